//! Whose voice is it? Sentences, and in each the words that are quoted or told as somebody else's.
//!
//! Not the article's own voice is (labeled/CODEBOOK.md):
//! - what stands in quotation marks, to the end of the paragraph at most;
//! - after a verb of saying, what follows أن, إن … or a colon, to the end of the sentence;
//! - after بحسب, وفق, نقلا, the rest of the sentence;
//! - the words after وصفه, سمّاه … (but not after the passive ما يسمى, which is scorn of one's own);
//! - in the title, what follows a name and a colon («المسماري: …»).

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::token::{Kind, Token};

/// So many words after a verb of saying its أن may come.
const REACH: usize = 12;

/// So many words after وصفه are the speaker's.
const CALLED: usize = 4;

/// A title's speaker is so many words long at most.
const SPEAKER: usize = 3;

fn words(list: &'static str) -> FxHashSet<&'static str> {
    list.split_whitespace().collect()
}

/// Verbs of saying, in one spelling.
static SAYING: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    words(
        "قال قالت قالوا يقول تقول يقولون اعلن اعلنت يعلن تعلن اكد اكدت يوكد توكد اوضح اوضحت اضاف اضافت ذكر ذكرت صرح صرحت افاد افادت \
         اعتبر اعتبرت راي رات شدد شددت اشار اشارت بين نقل نقلت حذر حذرت طالب طالبت دعا دعت اتهم اتهمت وصف وصفت يصف تصف نفي نفت كتب \
         كتبت جاء نص لفت تابع تحدث تحدثت زعم زعمت ادعي ادعت",
    )
});

/// أن and its forms, in one spelling, with and without و ف ب before them.
static THAT: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    words("ان انه انها انهم بان بانه بانها بانهم وان وانه وانها وانهم وبان وبانه وبانها وبانهم فان فانه فانها فانهم بانهم")
});

/// Words that name a source.
static ACCORDING: LazyLock<FxHashSet<&str>> = LazyLock::new(|| words("بحسب حسب وفق وفقا نقلا وبحسب ووفق ووفقا ونقلا"));

/// Words with which a speaker names something his way.
static CALLING: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    words(
        "وصف وصفه وصفها وصفته وصفتها وصفوه وصفوها سماه سماها اسماه اسماها سمته سمتها يسميه تسميه يصفه تصفه يصفها تصفها اسمته اسمتها \
         وصفهم سماهم اسماهم دعاهم نعتهم نعته اعتبره اعتبرته يعتبره تعتبره",
    )
});

/// What stands before a colon in a title and is no speaker.
static NO_SPEAKER: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| words("عاجل العاجل تحديث خبر بالفيديو فيديو شاهد تذكير تصحيح بالصور صور ليبيا"));

/// The sentences of a text as ranges of tokens, and for each token whether it is the article's own voice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Voices {
    /// The sentences, in order.
    pub sentences: Vec<Range<usize>>,
    /// By token: whether it is the own voice.
    pub own: Vec<bool>,
}

impl Voices {
    /// The voices of `text`, cut into `tokens`, whose words in one spelling are `spelt`.
    pub fn of(text: &str, tokens: &[Token], spelt: &[String]) -> Self {
        let mut voices = Self::default();
        let (mut start, mut quoted, mut speech) = (0, false, Speech::default());
        for (at, token) in tokens.iter().enumerate() {
            let before = at.checked_sub(1).map(|last| &tokens[last]);
            let gap = &text[before.map_or(0, |last| last.span.end)..token.span.start];
            for mark in gap.chars() {
                quoted = match mark {
                    '«' | '“' => true,
                    '»' | '”' | '\n' => false,
                    '"' => !quoted,
                    _ => quoted,
                };
            }
            if at > start && ends_sentence(gap, before, token) {
                voices.sentences.push(start..at);
                (start, speech) = (at, Speech::default());
            }
            let is_title = voices.sentences.is_empty();
            let attributed = speech.attributes(gap, &spelt[start..=at], is_title);
            voices.own.push(!(quoted || attributed));
        }
        if start < tokens.len() {
            voices.sentences.push(start..tokens.len());
        }
        voices
    }
}

/// Whether what stands between two tokens ends a sentence. A full stop between numbers or Latin letters does not.
fn ends_sentence(gap: &str, before: Option<&Token>, after: &Token) -> bool {
    let inside = gap == "." && (after.kind != Kind::Arabic || before.is_some_and(|before| before.kind != Kind::Arabic));
    !inside && gap.contains(['\n', '.', '!', '؟', '?', '؛', '…'])
}

/// What was said so far in a sentence.
#[derive(Default)]
struct Speech {
    attributed: bool,
    said: Option<usize>,
    called: usize,
}

impl Speech {
    /// Whether the last of `sentence`'s words so far, with `gap` before it, is somebody else's.
    fn attributes(&mut self, gap: &str, sentence: &[String], is_title: bool) -> bool {
        let at = sentence.len() - 1;
        let word = sentence[at].as_str();
        let bare = word.strip_prefix(['و', 'ف']);
        let one_of = |list: &FxHashSet<&str>| list.contains(word) || bare.is_some_and(|bare| list.contains(bare));
        if self.said.is_some_and(|said| at - said <= REACH) && THAT.contains(word) {
            self.attributed = true;
        }
        if gap.contains(':') {
            let named = is_title && at <= SPEAKER && !sentence[..at].iter().any(|word| NO_SPEAKER.contains(word.as_str()));
            self.attributed |= self.said.is_some() || named;
        }
        if one_of(&SAYING) {
            self.said = Some(at);
        }
        self.attributed |= ACCORDING.contains(word);
        let attributed = self.attributed || self.called > 0;
        self.called = self.called.saturating_sub(1);
        if one_of(&CALLING) {
            self.called = CALLED;
        }
        attributed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::phrase::one_spelling;
    use crate::text::token::tokens;

    /// The words of the own voice.
    fn own(text: &str) -> String {
        let tokens: Vec<Token> = tokens(text).map(|(span, kind)| Token { span, kind, function: false, term: String::new() }).collect();
        let word = |token: &Token| &text[token.span.clone()];
        let spelt: Vec<String> = tokens.iter().map(|token| one_spelling(word(token))).collect();
        let voices = Voices::of(text, &tokens, &spelt);
        assert_eq!(voices.sentences.iter().map(ExactSizeIterator::len).sum::<usize>(), tokens.len());
        let own: Vec<&str> = tokens.iter().zip(&voices.own).filter(|(_, own)| **own).map(|(token, _)| word(token)).collect();
        own.join(" ")
    }

    #[test]
    fn quotations_and_reported_speech_are_not_the_own_voice() {
        assert_eq!(own("دخلت القوات «المدينة الباسلة» أمس"), "دخلت القوات أمس");
        assert_eq!(
            own("وقال المتحدث باسم القوات إن الميليشيات هربت. ودخلت القوات المدينة"),
            "وقال المتحدث باسم القوات ودخلت القوات المدينة"
        );
        assert_eq!(own("انسحبت القوات بحسب بيان الميليشيات"), "انسحبت القوات");
        assert_eq!(own("قصفت ما وصفها بأوكار الإرهاب في المدينة القديمة شرقا"), "قصفت ما وصفها القديمة شرقا");
        assert_eq!(own("حكومة ما يسمى بالوفاق"), "حكومة ما يسمى بالوفاق");
    }

    #[test]
    fn a_title_that_names_its_speaker_is_his() {
        assert_eq!(own("المسماري: الميليشيات تنهار\nدخلت القوات"), "المسماري دخلت القوات");
        assert_eq!(own("عاجل: الميليشيات تنهار"), "عاجل الميليشيات تنهار");
    }

    #[test]
    fn a_missing_space_ends_a_sentence_and_a_decimal_point_does_not() {
        assert_eq!(own("قال إن المدينة هادئة.ودخلت القوات"), "قال ودخلت القوات");
        assert_eq!(own("قال إن النسبة 3.5 بالمئة"), "قال");
    }
}
