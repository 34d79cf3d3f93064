//! Whose voice is it? Sentences, and in each the words that are quoted or told as somebody else's.
//!
//! Not the article's own voice is (labeled/CODEBOOK.md):
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

/// So many words after a verb of saying its أن may come.
const REACH: usize = 12;

/// So many words after وصفه are the speaker's.
const CALLED: usize = 4;

/// A title's speaker is so many words long at most.
const SPEAKER: usize = 3;

/// Words that do something in reported speech, in one spelling, and what they do.
const WORDS: [(u8, &str); 5] = [
    // Verbs of saying.
    (
        SpeechCue::VERB,
        "قال قالت قالوا يقول تقول يقولون اعلن اعلنت يعلن تعلن اكد اكدت يوكد توكد اوضح اوضحت اضاف اضافت ذكر ذكرت صرح صرحت افاد افادت \
         اعتبر اعتبرت راي رات شدد شددت اشار اشارت بين نقل نقلت حذر حذرت طالب طالبت دعا دعت اتهم اتهمت وصف وصفت يصف تصف نفي نفت كتب \
         كتبت جاء نص لفت تابع تحدث تحدثت زعم زعمت ادعي ادعت",
    ),
    // أن and its forms, with and without و ف ب before them.
    (
        SpeechCue::THAT,
        "ان انه انها انهم بان بانه بانها بانهم وان وانه وانها وانهم وبان وبانه وبانها وبانهم فان فانه فانها فانهم بانهم",
    ),
    // Words that name a source.
    (SpeechCue::ACCORDING, "بحسب حسب وفق وفقا نقلا وبحسب ووفق ووفقا ونقلا"),
    // Words with which a speaker names something his way.
    (
        SpeechCue::CALLING,
        "وصف وصفه وصفها وصفته وصفتها وصفوه وصفوها سماه سماها اسماه اسماها سمته سمتها يسميه تسميه يصفه تصفه يصفها تصفها اسمته اسمتها \
         وصفهم سماهم اسماهم دعاهم نعتهم نعته اعتبره اعتبرته يعتبره تعتبره",
    ),
    // What stands before a colon in a title and is no speaker.
    (
        SpeechCue::NO_SPEAKER,
        "عاجل العاجل تحديث خبر بالفيديو فيديو شاهد تذكير تصحيح بالصور صور ليبيا",
    ),
];

/// What each of these words does.
static SAYINGS: LazyLock<FxHashMap<&str, u8>> = LazyLock::new(|| {
    let mut sayings = FxHashMap::default();
    for (does, words) in WORDS {
        for word in words.split_whitespace() {
            *sayings.entry(word).or_default() |= does;
        }
    }
    sayings
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

/// What a word does in reported speech.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct SpeechCue(pub(crate) u8);

impl SpeechCue {
    const VERB: u8 = 1;
    const THAT: u8 = 2;
    const ACCORDING: u8 = 4;
    const CALLING: u8 = 8;
    const NO_SPEAKER: u8 = 16;

    /// What a word in one spelling does. Verbs of saying and of calling do it behind a و or ف too.
    pub(crate) fn of(word: &str) -> Self {
        let does = |word: &str| SAYINGS.get(word).copied().unwrap_or_default();
        let bare = word.strip_prefix(['و', 'ف']).map_or(0, does);
        Self(does(word) | bare & (Self::VERB | Self::CALLING))
    }

    fn does(self, what: u8) -> bool {
        self.0 & what != 0
    }
}

/// Hears a text token by token, and tells whose voice it is.
#[derive(Debug, Default)]
pub(crate) struct ReportedSpeechTagger {
    voices: Voices,
    before: Option<TokenKind>,
    quoted: bool,
    start: usize,
    speech: Speech,
}

impl ReportedSpeechTagger {
    /// Takes the next token of a kind, with what stands between it and the one before.
    pub(crate) fn hear(&mut self, gap: &str, kind: TokenKind, saying: SpeechCue) {
        let at = self.voices.own.len();
        let mut named = false;
        // One space is what nearly always stands between words, and says nothing.
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
        let attributed = self.speech.attributes(named, at - self.start, saying, is_title);
        self.voices.own.push(!(self.quoted || attributed));
        self.before = Some(kind);
    }

    /// Puts what was heard into `voices`, takes the room that was there for what it hears next, and
    /// begins anew.
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

/// Whether what stands between two tokens ends a sentence. A full stop between numbers or Latin
/// letters does not.
fn ends_sentence(gap: &str, before: Option<TokenKind>, after: TokenKind) -> bool {
    let inside = gap == "."
        && (after != TokenKind::Arabic || before.is_some_and(|before| before != TokenKind::Arabic));
    !inside && gap.contains(['\n', '.', '!', '؟', '?', '؛', '…'])
}

/// What was said so far in a sentence.
#[derive(Debug, Default)]
struct Speech {
    attributed: bool,
    said: Option<usize>,
    called: usize,
    no_speaker: bool,
}

impl Speech {
    /// Whether the word at place `at` of the sentence is somebody else's; `colon` says that one
    /// stands before it.
    fn attributes(&mut self, colon: bool, at: usize, saying: SpeechCue, is_title: bool) -> bool {
        if self.said.is_some_and(|said| at - said <= REACH) && saying.does(SpeechCue::THAT) {
            self.attributed = true;
        }
        if colon {
            let named = is_title && at <= SPEAKER && !self.no_speaker;
            self.attributed |= self.said.is_some() || named;
        }
        if saying.does(SpeechCue::VERB) {
            self.said = Some(at);
        }
        self.attributed |= saying.does(SpeechCue::ACCORDING);
        let attributed = self.attributed || self.called > 0;
        self.called = self.called.saturating_sub(1);
        if saying.does(SpeechCue::CALLING) {
            self.called = CALLED;
        }
        self.no_speaker |= saying.does(SpeechCue::NO_SPEAKER);
        attributed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::phrases::one_spelling;
    use crate::text::token::tokens;

    /// The words of the own voice.
    fn own(text: &str) -> String {
        let (mut listener, mut voices, mut end) =
            (ReportedSpeechTagger::default(), Voices::default(), 0);
        for (span, kind) in tokens(text) {
            listener.hear(
                &text[end..span.start],
                kind,
                SpeechCue::of(&one_spelling(&text[span.clone()])),
            );
            end = span.end;
        }
        listener.finish(&mut voices);
        assert_eq!(
            voices.sentences.iter().map(ExactSizeIterator::len).sum::<usize>(),
            tokens(text).count()
        );
        let own: Vec<&str> = tokens(text)
            .zip(&voices.own)
            .filter(|(_, own)| **own)
            .map(|((span, _), _)| &text[span])
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
