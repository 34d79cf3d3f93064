//! Speech that goes on over sentences and paragraphs without marks: what follows a colon at the end
//! of a paragraph, a communiqué in full, the answers of an interview.

use std::ops::Range;

use super::Zone;
use super::clause::{Clause, MAX_SPEAKER};
use super::marks::Gap;
use super::words::SpeechWord;

/// Most words from the end of a paragraph back to the word of saying that announces the next one.
const MAX_ANNOUNCEMENT: usize = 40;

/// Most words from there back to the word that says that a text follows in full.
const MAX_IN_FULL: usize = 4;

/// The first words of an announcement, which may say so, too: فيما يلي, النص الكامل.
const FIRST_WORDS: usize = 2;

/// How far what is said goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum GoesOn {
    /// It does not.
    #[default]
    No,
    /// Behind a speaker and a colon: to the end of the paragraph, or to where the newsroom tells
    /// on.
    Speaker,
    /// To the end of the paragraph.
    Paragraph,
    /// To where the newsroom speaks again, or asks.
    Text,
}

impl Clause<'_> {
    /// How far speech goes on from the sentence before into this one, given how far it went on
    /// there.
    pub(super) fn goes_on(&self, before: GoesOn, zones: &[Zone]) -> GoesOn {
        let first = self.sentence.start;
        if first == 0 || !self.gap(first).is(Gap::LINE) {
            let ends = before == GoesOn::Speaker && self.tells_on();
            return if ends { GoesOn::No } else { before };
        }
        if self.quotation(first).is_some() {
            return GoesOn::No;
        }
        if self.gap(first).is(Gap::COLON) {
            return self.announced(zones);
        }
        match before {
            GoesOn::Text if !self.is_newsroom() => GoesOn::Text,
            // The next item of a list, or of what the speaker says of himself.
            GoesOn::Speaker | GoesOn::Paragraph
                if self.gap(first).is(Gap::COMMA)
                    || self.word(first).is(SpeechWord::LATIN)
                    || self.tells_of_self() =>
            {
                before
            }
            _ => GoesOn::No,
        }
    }

    /// What the paragraph before announces with the colon at its end.
    fn announced(&self, zones: &[Zone]) -> GoesOn {
        let end = self.sentence.start;
        let first = end.saturating_sub(MAX_ANNOUNCEMENT);
        let start = (first..end).rev().find(|&at| self.gap(at).is(Gap::END)).unwrap_or(first);
        let has = |words: Range<usize>, roles| words.into_iter().any(|at| self.word(at).is(roles));
        let last = start.max(end.saturating_sub(MAX_IN_FULL))..end;
        let is_statement = has(start..end, SpeechWord::STATEMENT);
        let says = SpeechWord::VERB.or(SpeechWord::PARTICIPLE);
        let is_said = (start..end).any(|at| self.word(at).is(says) && !self.is_denied(at));
        let begins = start..end.min(start + FIRST_WORDS);
        let is_in_full = has(last.clone(), SpeechWord::IN_FULL) || has(begins, SpeechWord::IN_FULL);
        if is_statement && is_in_full {
            GoesOn::Text
        } else if is_statement
            || is_said
            || has(last, SpeechWord::NOUN)
            || zones[end - 1] == Zone::Reported
        {
            GoesOn::Paragraph
        } else {
            GoesOn::No
        }
    }

    /// Whether a paragraph goes on with a speech: it begins with إن, or the speakers tell of
    /// themselves.
    fn tells_of_self(&self) -> bool {
        let mut words = self.sentence.clone();
        let is_we = |at: usize| self.word(at).is(SpeechWord::WE);
        let begins = self.word(self.sentence.start).is(SpeechWord::THAT);
        let stop = SpeechWord::VERB.or(SpeechWord::NEW_CLAUSE);
        begins || words.find(|&at| is_we(at) || self.role(at).1.is(stop)).is_some_and(is_we)
    }

    /// Whether a paragraph within a text that is given in full is the newsroom's.
    fn is_newsroom(&self) -> bool {
        let first = self.sentence.start;
        let role = self.role(first).1;
        self.is_labelled(SpeechWord::ASKS)
            || role.is(SpeechWord::NEW_CLAUSE)
            || role.is(SpeechWord::VERB)
                && role.is(SpeechWord::AND)
                && !role.is(SpeechWord::PRESENT)
    }

    /// Whether the sentence begins with a word of these roles and a colon.
    fn is_labelled(&self, roles: SpeechWord) -> bool {
        let first = self.sentence.start;
        self.word(first).is(roles) && self.gap(first + 1).is(Gap::COLON)
    }

    /// Whether a sentence within speech has a frame of its own: وأضاف …, a speaker and a colon.
    pub(super) fn has_own_frame(&self) -> bool {
        let first = self.sentence.start;
        let role = self.role(first).1;
        let before_colon = first + 1..self.sentence.end.min(first + MAX_SPEAKER + 1);
        role.is(SpeechWord::VERB) && role.is(SpeechWord::AND) && !role.is(SpeechWord::PRESENT)
            || role.is(SpeechWord::NEW_CLAUSE)
            || before_colon.into_iter().any(|at| self.gap(at).is(Gap::COLON))
    }

    /// How far speech goes on behind this sentence, where a paragraph begins with a speaker and a
    /// colon: المتحدث: …, ج: …
    pub(super) fn labels(&self, before: GoesOn) -> GoesOn {
        let first = self.sentence.start;
        let begins = first == 0 || self.gap(first).is(Gap::LINE);
        if !begins || self.speaker_before_colon().is_none() {
            before
        } else if self.is_labelled(SpeechWord::ANSWERS) {
            GoesOn::Text
        } else {
            GoesOn::Speaker
        }
    }

    /// Whether a sentence behind what a speaker says is the newsroom's: وغادر القاعة, ولم يرد.
    fn tells_on(&self) -> bool {
        let role = self.role(self.sentence.start).1;
        role.is(SpeechWord::AND) && role.is(SpeechWord::DEED)
            || role.is(SpeechWord::NEGATION) && role.is(SpeechWord::AFTERTHOUGHT)
    }
}

#[cfg(test)]
mod tests {
    use crate::text::speech::tests::zones;

    #[test]
    fn a_colon_at_the_end_of_a_paragraph_announces_the_next_one() {
        for (text, read) in [
            (
                "وقال المتحدث مساء أمس:\n\nالعصابات نهبت الحي. وهي تفر الآن.\n\nوتقع المدينة شرقا.",
                "وقال المتحدث مساء أمس [العصابات نهبت الحي وهي تفر الآن] وتقع المدينة شرقا",
            ),
            (
                "قال الوزير إن الأسباب كثيرة:\n- الميليشيات\n- الفساد\nوالمدينة هادئة.",
                "(قال الوزير إن) [الأسباب كثيرة الميليشيات الفساد] والمدينة هادئة",
            ),
            (
                "وقال عند الباب:\nحررنا المدينة.\nنحن أبناء الدولة.\nوإن العصابات تفر.\nوعاد السكان.",
                "وقال عند الباب [حررنا المدينة نحن أبناء الدولة وإن العصابات تفر] وعاد السكان",
            ),
            (
                "أبرز ما جاء في مؤتمر المتحدث العسكري:\n1. جيشنا حرر المدينة.\n2. العصابات تفر.\nوالحي هادئ.",
                "أبرز ما جاء في مؤتمر المتحدث العسكري [1 جيشنا حرر المدينة 2 العصابات تفر] والحي هادئ",
            ),
            ("وفيما يلي أبرز الأحداث:\n\nسقطت المدينة.", "وفيما يلي أبرز الأحداث سقطت المدينة"),
        ] {
            assert_eq!(zones(text), read);
        }
    }

    #[test]
    fn a_statement_in_full_goes_on_to_where_the_newsroom_speaks() {
        assert_eq!(
            zones(
                "أصدرت الوزارة بيانا هذا نصه:\n\nتدين الوزارة العدوان.\n\nإن الجيش يدافع عن الوطن.\n\n\
                 يذكر أن المدينة هادئة."
            ),
            "أصدرت الوزارة بيانا هذا نصه [تدين الوزارة العدوان إن الجيش يدافع عن الوطن] \
             يذكر أن المدينة هادئة"
        );
    }

    #[test]
    fn a_text_that_is_announced_in_full_goes_on_behind_its_opening() {
        assert_eq!(
            zones(
                "فيما يلي النص الكامل لكلمة القائد العام في بنغازي:\n\nبسم الله الرحمن الرحيم\n\nآن الأوان لطرد العصابات."
            ),
            "فيما يلي النص الكامل لكلمة القائد العام في بنغازي [بسم الله الرحمن الرحيم آن الأوان لطرد العصابات]"
        );
    }

    #[test]
    fn an_answer_goes_on_to_the_next_question() {
        assert_eq!(
            zones("س: كيف ترى الوضع؟\nج: البلاد خربت. وسننتصر.\nوأنا أثق بالنصر.\nس: ومتى؟"),
            "س كيف ترى الوضع (ج) [البلاد خربت وسننتصر وأنا أثق بالنصر] س ومتى"
        );
    }

    #[test]
    fn a_speaker_and_a_colon_have_the_whole_paragraph() {
        assert_eq!(
            zones("عنوان\nالمتحدث العسكري: جيشنا حرر المطار. والعصابات تفر.\nوالمدينة هادئة."),
            "عنوان (المتحدث العسكري) [جيشنا حرر المطار والعصابات تفر] والمدينة هادئة"
        );
        assert_eq!(zones("يا ناس: صح فيه خونة. ونعرفهم."), "يا ناس صح فيه خونة ونعرفهم");
    }
}
