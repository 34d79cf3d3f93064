//! Splits a text into sentences and tells the article's own voice from quotations and reported
//! speech.
//!
//! The following is not the article's own voice (labeled/CODEBOOK.md):
//! - what stands in quotation marks, to the end of the paragraph at most;
//! - after a verb of saying, what follows أن, إن … or a colon, to the end of the sentence;
//! - after بحسب, وفق, نقلا, the rest of the sentence;
//! - the words after وصفه, سمّاه … (but not after the passive ما يسمى, which is scorn of one's
//!   own);
//! - in the title, what follows a name and a colon («المسماري: …»).

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::token::TokenKind;

/// Most words between a verb of saying and its أن.
const MAX_THAT_DISTANCE: usize = 12;

/// How many words after وصفه are the speaker's.
const CALLED_WORDS: usize = 4;

/// Most words of a title's speaker.
const MAX_SPEAKER_WORDS: usize = 3;

/// Cue words of reported speech, in one spelling, by their roles.
const WORDS: [(u8, &str); 5] = [
    // Verbs of saying.
    (
        SpeechCue::VERB,
        "قال قالت قالوا يقول تقول يقولون اعلن اعلنت يعلن تعلن اكد اكدت يوكد توكد اوضح اوضحت اضاف \
         اضافت ذكر ذكرت صرح صرحت افاد افادت \
         اعتبر اعتبرت راي رات شدد شددت اشار اشارت بين نقل نقلت حذر حذرت طالب طالبت دعا دعت اتهم \
         اتهمت وصف وصفت يصف تصف نفي نفت كتب \
         كتبت جاء نص لفت تابع تحدث تحدثت زعم زعمت ادعي ادعت",
    ),
    // أن and its forms, with and without و ف ب before them.
    (
        SpeechCue::THAT,
        "ان انه انها انهم بان بانه بانها بانهم وان وانه وانها وانهم وبان وبانه وبانها وبانهم فان \
         فانه فانها فانهم بانهم",
    ),
    // Words that name a source.
    (SpeechCue::ACCORDING, "بحسب حسب وفق وفقا نقلا وبحسب ووفق ووفقا ونقلا"),
    // Words with which a speaker labels something.
    (
        SpeechCue::CALLING,
        "وصف وصفه وصفها وصفته وصفتها وصفوه وصفوها سماه سماها اسماه اسماها سمته سمتها يسميه تسميه \
         يصفه تصفه يصفها تصفها اسمته اسمتها \
         وصفهم سماهم اسماهم دعاهم نعتهم نعته اعتبره اعتبرته يعتبره تعتبره",
    ),
    // Words before a colon in a title that are not a speaker.
    (
        SpeechCue::NO_SPEAKER,
        "عاجل العاجل تحديث خبر بالفيديو فيديو شاهد تذكير تصحيح بالصور صور ليبيا",
    ),
];

/// The roles of each cue word.
static CUES: LazyLock<FxHashMap<&str, u8>> = LazyLock::new(|| {
    let mut cues = FxHashMap::default();
    for (does, words) in WORDS {
        for word in words.split_whitespace() {
            *cues.entry(word).or_default() |= does;
        }
    }
    cues
});

/// The sentences of a text as ranges of tokens, and for each token whether it is the article's own
/// voice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Voices {
    /// The sentences, in order.
    pub sentences: Vec<Range<usize>>,
    /// By token: whether it is the own voice.
    pub own: Vec<bool>,
}

/// The roles of a word in reported speech, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct SpeechCue(pub(crate) u8);

impl SpeechCue {
    const VERB: u8 = 1;
    const THAT: u8 = 2;
    const ACCORDING: u8 = 4;
    const CALLING: u8 = 8;
    const NO_SPEAKER: u8 = 16;

    /// The roles of a word in one spelling. Verbs keep theirs after a و or ف.
    pub(crate) fn for_word(word: &str) -> Self {
        let does = |word: &str| CUES.get(word).copied().unwrap_or_default();
        let bare = word.strip_prefix(['و', 'ف']).map_or(0, does);
        Self(does(word) | bare & (Self::VERB | Self::CALLING))
    }

    fn does(self, what: u8) -> bool {
        self.0 & what != 0
    }
}

/// Tags the tokens of a text, one after the other, as own voice or reported speech.
#[derive(Debug, Default)]
pub(crate) struct ReportedSpeechTagger {
    voices: Voices,
    before: Option<TokenKind>,
    quoted: bool,
    start: usize,
    speech: Speech,
}

impl ReportedSpeechTagger {
    /// Adds the next token: the text between it and the token before, its kind and its roles.
    pub(crate) fn push(&mut self, gap: &str, kind: TokenKind, cue: SpeechCue) {
        let at = self.voices.own.len();
        let mut named = false;
        // Nearly all gaps are a single space, which has no meaning here.
        if gap != " " {
            for mark in gap.chars() {
                self.quoted = match mark {
                    '«' | '“' => true,
                    '»' | '”' | '\n' => false,
                    '"' => !self.quoted,
                    _ => self.quoted,
                };
            }
            if at > self.start && ends_sentence(gap, self.before, kind) {
                self.voices.sentences.push(self.start..at);
                (self.start, self.speech) = (at, Speech::default());
            }
            named = gap.contains(':');
        }
        let is_title = self.voices.sentences.is_empty();
        let attributed = self.speech.attributes(named, at - self.start, cue, is_title);
        self.voices.own.push(!(self.quoted || attributed));
        self.before = Some(kind);
    }

    /// Moves the tags into `voices`, and begins anew in the memory that `voices` had.
    pub(crate) fn finish(&mut self, voices: &mut Voices) {
        if self.start < self.voices.own.len() {
            self.voices.sentences.push(self.start..self.voices.own.len());
        }
        std::mem::swap(&mut self.voices, voices);
        self.voices.sentences.clear();
        self.voices.own.clear();
        *self = Self { voices: std::mem::take(&mut self.voices), ..Self::default() };
    }
}

/// Whether the text between two tokens ends a sentence. A full stop between numbers or Latin
/// letters does not.
fn ends_sentence(gap: &str, before: Option<TokenKind>, after: TokenKind) -> bool {
    let inside = gap == "."
        && (after != TokenKind::Arabic || before.is_some_and(|before| before != TokenKind::Arabic));
    !inside && gap.contains(['\n', '.', '!', '؟', '?', '؛', '…'])
}

/// The state of reported speech within a sentence.
#[derive(Debug, Default)]
struct Speech {
    attributed: bool,
    said: Option<usize>,
    called: usize,
    no_speaker: bool,
}

impl Speech {
    /// Whether the word at position `at` of the sentence is reported speech; `colon` tells whether
    /// a colon precedes it.
    fn attributes(&mut self, colon: bool, at: usize, cue: SpeechCue, is_title: bool) -> bool {
        let is_near = self.said.is_some_and(|said| at - said <= MAX_THAT_DISTANCE);
        if is_near && cue.does(SpeechCue::THAT) {
            self.attributed = true;
        }
        if colon {
            let named = is_title && at <= MAX_SPEAKER_WORDS && !self.no_speaker;
            self.attributed |= self.said.is_some() || named;
        }
        if cue.does(SpeechCue::VERB) {
            self.said = Some(at);
        }
        self.attributed |= cue.does(SpeechCue::ACCORDING);
        let attributed = self.attributed || self.called > 0;
        self.called = self.called.saturating_sub(1);
        if cue.does(SpeechCue::CALLING) {
            self.called = CALLED_WORDS;
        }
        self.no_speaker |= cue.does(SpeechCue::NO_SPEAKER);
        attributed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::cut::{Cut, Cuts};
    use crate::text::phrases::one_spelling;

    /// The words of the own voice.
    fn own(text: &str) -> String {
        let (mut tagger, mut voices, mut end) =
            (ReportedSpeechTagger::default(), Voices::default(), 0);
        for Cut { span, kind, .. } in Cuts::new(text) {
            tagger.push(
                &text[end..span.start],
                kind,
                SpeechCue::for_word(&one_spelling(&text[span.clone()])),
            );
            end = span.end;
        }
        tagger.finish(&mut voices);
        assert_eq!(
            voices.sentences.iter().map(ExactSizeIterator::len).sum::<usize>(),
            Cuts::new(text).count()
        );
        let own: Vec<&str> = Cuts::new(text)
            .zip(&voices.own)
            .filter(|(_, own)| **own)
            .map(|(cut, _)| &text[cut.span])
            .collect();
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
        assert_eq!(
            own("قصفت ما وصفها بأوكار الإرهاب في المدينة القديمة شرقا"),
            "قصفت ما وصفها القديمة شرقا"
        );
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
