//! What reading the forms of all programs has in common.

use std::ops::Range;

use super::label_names::{self, Meaning};
use super::offsets::{Count, locate};
use super::spans::{Span, marks};
use super::{ExchangedMark, Remark};
use crate::camp::{Camps, Stance};
use crate::labels::stance_words::{self, CampWords};
use crate::text::TextReader;

/// Most marked spans of one label.
const MAX_SPANS: usize = 1_000;

/// A span as a file gives it: its places, what is quoted there, and the name of its label; `None`
/// if it lacks one of them.
pub type FoundSpan<'a> = Option<(Range<usize>, Option<&'a str>, &'a str)>;

/// What labels are read with.
pub struct Reading<'a> {
    /// The camps of the set.
    pub camps: &'a Camps,
    /// The words for them.
    pub words: CampWords,
    /// Reads texts into sentences.
    pub reader: TextReader,
}

/// What the names of labels are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names<'a> {
    /// Articles.
    OfArticles,
    /// Articles; the question that they answer has a name, which may be that of a camp.
    Answering(&'a str),
}

impl<'a> Reading<'a> {
    /// Reads labels toward these camps.
    pub fn new(camps: &'a Camps) -> Self {
        Self { camps, words: CampWords::new(camps), reader: TextReader::with_camps(camps) }
    }

    /// What the name of a label says.
    ///
    /// # Errors
    /// When it says nothing that is known.
    pub fn names(&self, name: &str, of: Names) -> Result<Meaning, String> {
        let toward = match of {
            Names::OfArticles => None,
            Names::Answering(question) => self
                .words
                .camp(question)
                .and_then(|camp| Some(Meaning::Toward(camp, stance_words::stance(name)?))),
        };
        let meaning = toward.or_else(|| label_names::meaning(name, &self.words));
        meaning.ok_or_else(|| label_names::unknown(name, &label_names::all(self.camps)))
    }

    /// The marks that spans of a text are. A span that cannot be read is told and left out.
    pub fn marks<'f>(
        &self,
        place: &str,
        text: &str,
        found: impl IntoIterator<Item = FoundSpan<'f>>,
        count: Count,
        remarks: &mut Vec<Remark>,
    ) -> Vec<ExchangedMark> {
        let mut tell = |problem: String| {
            remarks.push(Remark::new(place, format!("{problem}: the mark is left out")));
        };
        let mut spans = Vec::new();
        for (at, found) in found.into_iter().enumerate() {
            if at == MAX_SPANS {
                tell(format!("more than {MAX_SPANS} marks: those after them are not read"));
                break;
            }
            let Some((places, quoted, name)) = found else {
                tell("a span lacks its start, its end or its label".to_owned());
                continue;
            };
            let meaning = label_names::span_meaning(name, &self.words);
            let Some((camp, stance, is_words)) = meaning else {
                tell(label_names::unknown(name, &label_names::all_spans(self.camps)));
                continue;
            };
            match locate(text, places, quoted, count) {
                Ok(bytes) => spans.push(Span { bytes, camp, stance, is_words }),
                Err(problem) => tell(problem),
            }
        }
        if spans.is_empty() {
            return Vec::new();
        }
        let (marks, problems) = marks(&self.reader.read_text(text.to_owned()), &spans);
        problems.into_iter().for_each(tell);
        marks
    }
}

/// A side that a mark of a table takes.
pub fn side(word: &str) -> Option<Stance> {
    stance_words::stance(word).filter(|side| matches!(side, Stance::Favor | Stance::Against))
}
