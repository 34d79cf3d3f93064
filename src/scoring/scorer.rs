//! Model + article → verdict: the stance toward each camp, how sure, and the words that spoke most
//! for it.
//!
//! An article that is not about the conflict takes no side. So `P(unrelated)` is added to `neutral`
//! ([`crate::model::task`] has the formulas): the three sum to 1, and the scores of an unrelated
//! article tend to 0.

use std::sync::Arc;

use super::surfaces::Surfaces;
use crate::article::Article;
use crate::camp::{Camps, Stance, StanceProbabilities, lean};
use crate::features::{CompiledExtractor, Evidence};
use crate::model::{FusedHeads, Model};
use crate::text::{TextReader, TokenKind};

/// Fewer Arabic words than this are not weighed.
pub const MIN_WORDS: usize = 5;

/// What stands in output for a stance that cannot be told.
pub const UNCERTAIN: &str = "uncertain";

/// How many words a verdict names for each camp.
pub const WORDS_NAMED: usize = 5;

/// Share of an article's words that must be known: with less, what is known is not what the article
/// is about.
pub const MIN_KNOWN: f64 = 0.5;

/// Column of P(unrelated) in the relevance head.
pub(crate) const UNRELATED: usize = 1;

/// The verdict on one article.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// P(the article is not about the conflict).
    pub unrelated: f64,
    /// What is said of each camp, in the camps' order.
    pub camps: [CampVerdict; 2],
    /// How many of its words could be weighed: Arabic ones of at least two letters that are no
    /// function words.
    pub words: usize,
    /// How many of these the model knows: some feature begins with them.
    pub known: usize,
}

impl Verdict {
    /// The lean, in [−1, 1], positive toward the first camp.
    pub fn lean(&self) -> f64 {
        lean([self.camps[0].sides.score(), self.camps[1].sides.score()])
    }

    /// The share of its content words that the model knows; 1 where it has none.
    pub fn share_known(&self) -> f64 {
        if self.words == 0 { 1.0 } else { self.known as f64 / self.words as f64 }
    }
}

/// What a verdict says of one camp.
#[derive(Clone, Debug, PartialEq)]
pub struct CampVerdict {
    /// The stance that fits best.
    pub stance: Stance,
    /// Why `stance` had better not be relied on, if so.
    pub doubt: Option<Abstention>,
    /// The probabilities of the sides.
    pub sides: StanceProbabilities,
    /// The words that spoke most for `stance`, strongest first.
    pub words: Vec<Word>,
}

/// Why an article gets no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Abstention {
    /// Several stances may be right at the risk that was asked for, or none is like what the model
    /// knows.
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
    #[error("it has {0} Arabic words; at least {MIN_WORDS} are needed to weigh it")]
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

/// Weighs articles by one model. One scorer serves many threads: it is `Send` and `Sync`, nothing
/// outside of it is changed, and to share it is to borrow it, or to clone an `Arc`.
///
/// In a program that uses rayon, with one thread that reads and all that weigh:
///
/// ```
/// use mizan::intake::{Intake, IntakeOptions};
/// use mizan::model::Model;
/// use mizan::verdict::Scorer;
/// use rayon::prelude::*;
///
/// let scorer = Scorer::new(Model::embedded()?)?;
/// let dump = "{\"id\": 1, \"text\": \"أعلنت حكومة الوفاق الوطني وقف إطلاق النار في العاصمة طرابلس\"}\n{\"id\": 2, \"text\": \"\"}";
/// let mut intake = Intake::new("dump.jsonl", dump.as_bytes(), &IntakeOptions::default())?;
///
/// // `next_raw` only takes the bytes of the next article; `finish` decodes and cleans them, on any thread.
/// let answers: Vec<Result<(String, f64), String>> = std::iter::from_fn(|| intake.next_raw())
///     .par_bridge()
///     .map(|raw| {
///         let saved = raw.finish().map_err(|unreadable| format!("{}: {}", unreadable.place, unreadable.error))?;
///         let verdict = scorer.score(&saved.article).map_err(|unscorable| format!("{}: {unscorable}", saved.article.id))?;
///         Ok((saved.article.id, verdict.lean()))
///     })
///     .collect();
/// assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// In a program that uses tokio. An article of 3 kB takes some 30 µs of a processor, so whoever has
/// few may score them where they come; a batch goes to the threads that may block:
///
/// ```
/// use std::sync::Arc;
///
/// use mizan::article::Article;
/// use mizan::model::Model;
/// use mizan::verdict::{Scorer, Unscorable};
///
/// async fn leans(scorer: &Arc<Scorer>, articles: Vec<Article>) -> Result<Vec<Result<f64, Unscorable>>, tokio::task::JoinError> {
///     let scorer = Arc::clone(scorer);
///     let weigh = move || articles.iter().map(|article| Ok(scorer.score(article)?.lean())).collect();
///     tokio::task::spawn_blocking(weigh).await
/// }
///
/// let scorer = Arc::new(Scorer::new(Model::embedded()?)?);
/// let article = Article::from_saved("note", "أعلنت حكومة الوفاق الوطني وقف إطلاق النار في العاصمة طرابلس");
/// let leans = tokio::runtime::Runtime::new()?.block_on(leans(&scorer, vec![article, Article::default()]))?;
/// assert!(leans[0].is_ok() && leans[1] == Err(Unscorable::TooShort(0)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Scorer {
    model: Model,
    camps: Camps,
    camp_ids: [Arc<str>; 2],
    signature: Arc<str>,
    version: Arc<str>,
    way: Way,
    max_error: Option<f64>,
}

/// How an article becomes logits. Both ways give the same, bit for bit.
#[derive(Debug)]
enum Way {
    /// The readable way.
    Simple(Arc<TextReader>),
    /// The fast one.
    Fast { frozen: CompiledExtractor, heads: FusedHeads },
}

/// The model answers other questions.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the model was not trained on stances toward two camps but on labels of {0}: only `mizan evaluate --from` can use it"
)]
pub struct NotStances(pub String);

impl Scorer {
    /// A scorer by `model`.
    ///
    /// # Errors
    /// When it is no model of stances.
    pub fn new(model: Model) -> Result<Self, NotStances> {
        let mut scorer = Self::simple(model)?;
        let Way::Simple(reader) = &scorer.way else { return Ok(scorer) };
        if let Some(frozen) = CompiledExtractor::new(Arc::clone(reader), &scorer.model.extractor) {
            scorer.way = Way::Fast { frozen, heads: FusedHeads::new(&scorer.model.heads) };
        }
        Ok(scorer)
    }

    /// A scorer that takes the readable way: to that the fast one is held, and it is many times
    /// slower.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn simple(model: Model) -> Result<Self, NotStances> {
        let Some(camps) = model.camps().cloned() else {
            return Err(NotStances(
                model
                    .task
                    .outputs()
                    .into_iter()
                    .map(|output| output.name)
                    .collect::<Vec<_>>()
                    .join(", "),
            ));
        };
        Ok(Self {
            way: Way::Simple(Arc::new(model.reader())),
            camp_ids: camps.ids().map(Arc::from),
            signature: Arc::from(model.signature()),
            version: Arc::from(env!("CARGO_PKG_VERSION")),
            camps,
            model,
            max_error: None,
        })
    }

    /// Has doubts wherever a stance is wrong with more than this risk (0.01 to 0.50).
    #[must_use]
    pub fn max_error(mut self, risk: Option<f64>) -> Self {
        self.max_error = risk;
        self
    }

    /// The model that it weighs by.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The camps that verdicts speak of.
    pub fn camps(&self) -> &Camps {
        &self.camps
    }

    /// The ids of the camps, in their order.
    pub(crate) fn camp_ids(&self) -> &[Arc<str>; 2] {
        &self.camp_ids
    }

    /// Name and short checksum of the model, as in `libya@1a2b3c4d`: what records say of it.
    pub fn signature(&self) -> &Arc<str> {
        &self.signature
    }

    /// Version of this program, which records name.
    pub(crate) fn version(&self) -> &Arc<str> {
        &self.version
    }

    /// Weighs one article.
    ///
    /// # Errors
    /// [`Unscorable`] when there is nothing to go by: too short, not Arabic, no known word.
    pub fn score(&self, article: &Article) -> Result<Verdict, Unscorable> {
        match &self.way {
            Way::Simple(reader) => {
                let read = reader.read_text(article.full_text());
                let evidence = self.model.extractor.evidence(&read);
                let logits: Vec<Vec<f64>> =
                    self.model.heads.iter().map(|head| head.logits(&evidence.row)).collect();
                self.verdict(&read.text, &evidence, &logits, |head, feature, class| {
                    self.model.heads[head].weight(feature, class)
                })
            }
            Way::Fast { frozen, heads } => {
                let text = article.full_text();
                frozen.evidence(&text, |evidence| {
                    let weight = |head, feature, class| heads.weight(head, feature, class);
                    self.verdict(&text, evidence, &heads.logits(&evidence.row), weight)
                })
            }
        }
    }

    /// What is said of an article, given what is seen of it, the logits of the heads, and what a
    /// head's number, a feature and a class weigh.
    fn verdict(
        &self,
        text: &str,
        evidence: &Evidence,
        logits: &[Vec<f64>],
        weight: impl Fn(usize, usize, usize) -> f64,
    ) -> Result<Verdict, Unscorable> {
        let words = evidence.words.iter().filter(|word| word.kind != TokenKind::Number).count();
        let arabic = evidence.words.iter().filter(|word| word.kind == TokenKind::Arabic).count();
        if arabic * 2 < words {
            return Err(Unscorable::NotArabic { arabic, words });
        }
        if arabic < MIN_WORDS {
            return Err(Unscorable::TooShort(arabic));
        }
        if evidence.row.is_empty() {
            return Err(Unscorable::UnknownWords(arabic));
        }

        let probabilities = self.model.logit_probabilities(logits);
        let decided = self.model.task.decide(&self.model.decisions, &probabilities);
        let surfaces = Surfaces::of(text, evidence);
        let (words, known) = content_words(evidence);
        let unknown = ((known as f64) < MIN_KNOWN * words as f64)
            .then_some(Abstention::UnknownWords { known, words });
        let camps = std::array::from_fn(|camp| {
            let p = &probabilities[camp];
            let stance = Stance::ALL[decided[camp]];
            let words = match stance.side() {
                Some(side) => surfaces.strongest(|feature| weight(1 + camp, feature, side)),
                None => surfaces.strongest(|feature| weight(0, feature, UNRELATED)),
            };
            let doubt = unknown.clone().or_else(|| {
                let set = self.model.decisions[camp].set(p, self.max_error?);
                (set != [decided[camp]]).then(|| {
                    Abstention::Risk(set.into_iter().map(|class| Stance::ALL[class]).collect())
                })
            });
            CampVerdict {
                stance,
                doubt,
                sides: StanceProbabilities { favor: p[0], neutral: p[1] + p[3], against: p[2] },
                words,
            }
        });
        Ok(Verdict { unrelated: probabilities[0][3], camps, words, known })
    }
}

/// How many content words an article has, and how many of them are known.
fn content_words(evidence: &Evidence) -> (usize, usize) {
    let weighed = evidence.words.iter().filter(|word| word.content);
    weighed.fold((0, 0), |(words, known), word| (words + 1, known + usize::from(word.known)))
}
