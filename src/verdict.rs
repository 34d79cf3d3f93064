//! Model + article → verdict: the stance toward each camp, how sure, and the words that spoke most for it.
//!
//! An article that is not about the conflict takes no side. So `P(unrelated)` is added to `neutral`
//! ([`crate::model::task`] has the formulas): the three sum to 1, and the scores of an unrelated article tend to 0.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::article::Article;
use crate::camp::{Camps, Sides, Stance, lean};
use crate::features::SparseRow;
use crate::features::extractor::Occurrence;
use crate::model::{Head, Model};
use crate::text::{Kind, ReadText, Reader};

/// Fewer Arabic words than this are not weighed.
pub const FEWEST_WORDS: usize = 5;

/// How many words a verdict names for each camp.
pub const WORDS_NAMED: usize = 5;

/// Share of an article's words that must be known: with less, what is known is not what the article is about.
pub const LEAST_KNOWN: f64 = 0.5;

/// Column of P(unrelated) in the relevance head.
const UNRELATED: usize = 1;

/// The verdict on one article.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// P(the article is not about the conflict).
    pub unrelated: f64,
    /// What is said of each camp, in the camps' order.
    pub camps: [CampVerdict; 2],
}

impl Verdict {
    /// The lean, in [−1, 1], positive toward the first camp.
    pub fn lean(&self) -> f64 {
        lean([self.camps[0].sides.score(), self.camps[1].sides.score()])
    }
}

/// What a verdict says of one camp.
#[derive(Clone, Debug, PartialEq)]
pub struct CampVerdict {
    /// The stance that fits best.
    pub stance: Stance,
    /// Why `stance` had better not be relied on, if so.
    pub doubt: Option<Doubt>,
    /// The probabilities of the sides.
    pub sides: Sides,
    /// The words that spoke most for `stance`, strongest first.
    pub words: Vec<Word>,
}

/// Why an article gets no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Doubt {
    /// Several stances may be right at the risk that was asked for, or none is like what the model knows.
    #[error("at this risk it may be {}", if .0.is_empty() { "anything".to_owned() } else { .0.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ") })]
    Risk(Vec<Stance>),
    /// Most words are not of those that the model was trained on.
    #[error("only {known} of its {words} words occur in the texts that the model was trained on")]
    UnknownWords {
        /// How many words are known.
        known: usize,
        /// How many words were weighed.
        words: usize,
    },
}

/// A word, or a run of words, that spoke for a stance.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// As it stands where it first occurs in the article, without marks.
    pub word: String,
    /// What it added to the logit of the stance; positive.
    pub weight: f64,
}

/// Why an article cannot be weighed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unscorable {
    /// Too few words.
    #[error("it has {0} Arabic words; at least {FEWEST_WORDS} are needed to weigh it")]
    TooShort(usize),
    /// Mostly in another script.
    #[error("it is not in Arabic: {arabic} of its {words} words are; mizan reads Arabic")]
    NotArabic {
        /// How many words are Arabic.
        arabic: usize,
        /// How many words there are.
        words: usize,
    },
    /// No word that the model has seen.
    #[error("none of its {0} Arabic words occurs in the texts that the model was trained on")]
    UnknownWords(usize),
}

/// Weighs articles by one model. Shares nothing and changes nothing: one scorer serves many threads.
#[derive(Debug)]
pub struct Scorer {
    model: Model,
    camps: Camps,
    reader: Reader,
    max_error: Option<f64>,
}

/// The model answers other questions.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the model was not trained on stances toward two camps but on labels of {0}: only `mizan evaluate --from` can use it")]
pub struct NotStances(pub String);

impl Scorer {
    /// A scorer by `model`.
    ///
    /// # Errors
    /// When it is no model of stances.
    pub fn new(model: Model) -> Result<Self, NotStances> {
        let Some(camps) = model.camps().cloned() else {
            return Err(NotStances(model.task.outputs().into_iter().map(|output| output.name).collect::<Vec<_>>().join(", ")));
        };
        Ok(Self { reader: model.reader(), camps, model, max_error: None })
    }

    /// Has doubts wherever a stance is wrong with more than this risk (0.01 to 0.50).
    #[must_use]
    pub fn max_error(mut self, risk: Option<f64>) -> Self {
        self.max_error = risk;
        self
    }

    /// The camps that verdicts speak of.
    pub fn camps(&self) -> &Camps {
        &self.camps
    }

    /// Weighs one article.
    ///
    /// # Errors
    /// [`Unscorable`] when there is nothing to go by: too short, not Arabic, no known word.
    pub fn score(&self, article: &Article) -> Result<Verdict, Unscorable> {
        let read = self.reader.read_text(article.full_text());
        let words = read.tokens.iter().filter(|token| token.kind != Kind::Number).count();
        let arabic = read.tokens.iter().filter(|token| token.kind == Kind::Arabic).count();
        if arabic * 2 < words {
            return Err(Unscorable::NotArabic { arabic, words });
        }
        if arabic < FEWEST_WORDS {
            return Err(Unscorable::TooShort(arabic));
        }
        let row = self.model.extractor.row(&read);
        if row.is_empty() {
            return Err(Unscorable::UnknownWords(arabic));
        }

        let probabilities = self.model.row_probabilities(&row);
        let decided = self.model.task.decide(&self.model.decisions, &probabilities);
        let surfaces = Surfaces { read: &read, occurrences: self.model.extractor.occurrences(&read), row: &row };
        let unknown = surfaces.mostly_unknown();
        let camps = std::array::from_fn(|camp| {
            let p = &probabilities[camp];
            let stance = Stance::ALL[decided[camp]];
            let words = match stance.side() {
                Some(side) => surfaces.strongest(&self.model.heads[1 + camp], side),
                None => surfaces.strongest(&self.model.heads[0], UNRELATED),
            };
            let doubt = unknown.clone().or_else(|| {
                let set = self.model.decisions[camp].set(p, self.max_error?);
                (set != [decided[camp]]).then(|| Doubt::Risk(set.into_iter().map(|class| Stance::ALL[class]).collect()))
            });
            CampVerdict { stance, doubt, sides: Sides { favor: p[0], neutral: p[1] + p[3], against: p[2] }, words }
        });
        Ok(Verdict { unrelated: probabilities[0][3], camps })
    }
}

/// Finds how the features of an article are written in it.
struct Surfaces<'a> {
    read: &'a ReadText,
    occurrences: Vec<Occurrence>,
    row: &'a SparseRow,
}

impl Surfaces<'_> {
    /// The words whose features add most to the logit of `class` together, strongest first. A feature speaks through the words
    /// where it first occurs.
    fn strongest(&self, head: &Head, class: usize) -> Vec<Word> {
        let mut first: BTreeMap<usize, &Range<usize>> = BTreeMap::new();
        for (column, bytes) in &self.occurrences {
            first.entry(*column as usize).or_insert(bytes);
        }
        let mut pushes: BTreeMap<String, f64> = BTreeMap::new();
        for (feature, value) in self.row.iter() {
            let weight = value * head.weight(feature, class);
            // What spans the whole text, such as how often camps are named, is no word.
            if let Some(bytes) = first.get(&feature).filter(|bytes| weight != 0.0 && bytes.len() < self.read.text.len()) {
                *pushes.entry(self.written(bytes)).or_default() += weight;
            }
        }
        let mut words: Vec<Word> =
            pushes.into_iter().filter(|(_, weight)| *weight > 0.0).map(|(word, weight)| Word { word, weight }).collect();
        words.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        words.truncate(WORDS_NAMED);
        words
    }

    /// The words at some bytes, in one spelling each.
    fn written(&self, bytes: &Range<usize>) -> String {
        let first = self.read.tokens.partition_point(|token| token.span.start < bytes.start);
        let last = self.read.tokens.partition_point(|token| token.span.end <= bytes.end);
        self.read.words(&(first..last.max(first)))
    }

    /// The doubt about an article that hardly shares words with what was trained on.
    fn mostly_unknown(&self) -> Option<Doubt> {
        let starts: BTreeSet<usize> = self.occurrences.iter().map(|(_, bytes)| bytes.start).collect();
        let weighed = || self.read.tokens.iter().filter(|token| token.is_content());
        let (words, known) = (weighed().count(), weighed().filter(|token| starts.contains(&token.span.start)).count());
        ((known as f64) < LEAST_KNOWN * words as f64).then_some(Doubt::UnknownWords { known, words })
    }
}
