//! Model + article → verdict: the stance toward each camp, its probabilities, and the most
//! influential words.
//!
//! An article that is not about the conflict takes no side. So `P(unrelated)` is added to `neutral`
//! ([`crate::model::task`] has the formulas): the three sum to 1, and the scores of an unrelated
//! article tend to 0. An article that is off topic is unrelated for certain
//! ([`task::Task::gated_probabilities`]).

mod words;

use std::sync::Arc;

use super::verdict::{
    Abstention, CampVerdict, MIN_KNOWN, MIN_WORDS, STRONG_EVIDENCE, Verdict, counted,
};
use crate::article::Article;
use crate::camp::{Camps, Stance, StanceProbabilities};
use crate::features::{CompiledExtractor, Evidence};
use crate::model::{FusedHeads, HeadId, Model, task};
use crate::text::{AnalyzedText, TextReader, TokenKind};

/// Why an article cannot be scored.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unscorable {
    /// Too few words.
    #[error("it has {}; at least {MIN_WORDS} are needed to weigh it", counted(*.0, "Arabic word"))]
    TooShort(usize),
    /// Mostly in another script.
    #[error("it is not in Arabic: {arabic} of its {words} words are; mizan reads Arabic")]
    NotArabic {
        /// How many words are Arabic.
        arabic: usize,
        /// How many words there are.
        words: usize,
    },
    /// No word occurs in the training texts.
    #[error(
        "none of its {} occurs in the texts that the model was trained on",
        counted(*.0, "Arabic word")
    )]
    UnknownWords(usize),
    /// Sentences cannot be judged by themselves.
    #[error(
        "the model does not tell sides from sentences: use one that was trained on a set with \
         rationales"
    )]
    NoSentences,
}

/// Scores articles with one model. A scorer is `Send` and `Sync` and has no state that changes, so
/// many threads can share it by reference or in an `Arc`.
///
/// With rayon, where one thread reads and all threads score:
///
/// ```
/// use mizan::{ArticleReader, IntakeOptions, Model, Scorer};
/// use rayon::prelude::*;
///
/// let scorer = Scorer::new(Model::embedded()?)?;
/// let dump = r#"{"id": 1, "text": "أعلنت حكومة الوفاق الوطني وقف إطلاق النار في العاصمة طرابلس"}
/// {"id": 2, "text": ""}"#;
/// let mut intake = ArticleReader::new("dump.jsonl", dump.as_bytes(), &IntakeOptions::default())?;
///
/// // `next_raw` takes the bytes of the next article; `finish` decodes and cleans them, on any
/// // thread.
/// let answers: Vec<Result<(String, f64), String>> = std::iter::from_fn(|| intake.next_raw())
///     .par_bridge()
///     .map(|raw| {
///         let saved = raw.finish().map_err(|unreadable| unreadable.error.to_string())?;
///         let verdict = scorer.score(&saved.article).map_err(|error| error.to_string())?;
///         Ok((saved.article.id, verdict.lean()))
///     })
///     .collect();
/// assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// With tokio, where a batch goes to the threads that may block. An article of 3 kB takes about
/// 30 µs of a processor, so a program with few articles can score them in place.
///
/// ```
/// use std::sync::Arc;
///
/// use mizan::{Article, Model, Scorer};
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let scorer = Arc::new(Scorer::new(Model::embedded()?)?);
/// let text = "أعلنت حكومة الوفاق الوطني وقف إطلاق النار في العاصمة طرابلس";
/// let articles = vec![Article::from_saved("note", text), Article::default()];
///
/// let score = move || -> Vec<Option<f64>> {
///     articles.iter().map(|article| Some(scorer.score(article).ok()?.lean())).collect()
/// };
/// let leans = tokio::task::spawn_blocking(score).await?;
/// assert!(leans[0].is_some() && leans[1].is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Scorer {
    model: Model,
    camps: Camps,
    camp_ids: [Arc<str>; 2],
    signature: Arc<str>,
    version: Arc<str>,
    pub(super) reader: Arc<TextReader>,
    /// `None` if the model has a block of features without a compiled form.
    compiled: Option<CompiledExtractor>,
    heads: FusedHeads,
    max_error: Option<f64>,
}

/// The model does not predict stances toward two camps.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the model was not trained on stances toward two camps but on labels of {0}")]
pub struct NotStances(pub String);

/// The maximum error rate is outside 0.01 to 0.50, or not a number.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("the maximum error rate {0} is outside 0.01 to 0.50")]
pub struct MaxErrorOutOfRange(pub f64);

impl Scorer {
    /// A scorer with `model`.
    ///
    /// # Errors
    /// [`NotStances`] when the model predicts other labels.
    pub fn new(model: Model) -> Result<Self, NotStances> {
        let Some(camps) = model.camps().cloned() else {
            let names = model.task().outputs().into_iter().map(|output| output.name);
            return Err(NotStances(names.collect::<Vec<_>>().join(", ")));
        };
        let reader = Arc::new(model.reader());
        Ok(Self {
            compiled: CompiledExtractor::new(Arc::clone(&reader), model.extractor()),
            heads: FusedHeads::new(model.heads()),
            max_error: None,
            camp_ids: camps.ids().map(Arc::from),
            signature: Arc::from(model.signature()),
            version: Arc::from(env!("CARGO_PKG_VERSION")),
            reader,
            camps,
            model,
        })
    }

    /// A scorer that abstains above this error rate, from 0.01 to 0.50.
    ///
    /// # Errors
    /// [`MaxErrorOutOfRange`] for any other number.
    pub fn with_max_error(mut self, max_error: f64) -> Result<Self, MaxErrorOutOfRange> {
        if !(0.01..=0.50).contains(&max_error) {
            return Err(MaxErrorOutOfRange(max_error));
        }
        self.max_error = Some(max_error);
        Ok(self)
    }

    /// Its model.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The camps of its verdicts.
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

    /// Scores one article.
    ///
    /// # Errors
    /// [`Unscorable`] when the article is too short, not Arabic, or has no known word.
    pub fn score(&self, article: &Article) -> Result<Verdict, Unscorable> {
        let Some(compiled) = &self.compiled else { return self.score_read(&self.read(article)) };
        let text = article.full_text();
        compiled.evidence_on(&text, article.day(), |evidence| {
            self.verdict_with(&text, evidence, &self.heads.logits(&evidence.row))
        })
    }

    /// Reads an article for [`Self::score_read`].
    pub fn read(&self, article: &Article) -> AnalyzedText {
        self.reader.read_article(article)
    }

    /// Scores an article that was read already ([`Self::read`]). The verdict is that of
    /// [`Self::score`].
    ///
    /// # Errors
    /// As [`Self::score`].
    pub fn score_read(&self, read: &AnalyzedText) -> Result<Verdict, Unscorable> {
        let evidence = self.model.extractor().evidence(read);
        self.verdict_with(&read.text, &evidence, &self.heads.logits(&evidence.row))
    }

    /// The logits of a row, by head and class.
    pub(super) fn logits(&self, evidence: &Evidence) -> Vec<Vec<f64>> {
        self.heads.logits(&evidence.row)
    }

    /// The verdict on an article, given its evidence and the logits of the heads.
    pub(super) fn verdict_with(
        &self,
        text: &str,
        evidence: &Evidence,
        logits: &[Vec<f64>],
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

        let is_off_topic = self.model.task().is_off_topic(evidence.on_topic);
        let probabilities = self.model.logit_probabilities(logits, evidence.on_topic);
        let decided = self.model.task().decide(self.model.decisions(), &probabilities);
        let (words, known) = words::content_words(evidence);
        let by_sentence = self.judges_sentences();
        let unknown = (!is_off_topic && (known as f64) < MIN_KNOWN * words as f64)
            .then_some(Abstention::UnknownWords { known, words });
        let camps = std::array::from_fn(|camp| {
            let p = &probabilities[camp];
            let stance = Stance::ALL[decided[camp]];
            let (head, class) = match stance.side() {
                Some(side) => (HeadId::Camp(camp), side),
                None => (HeadId::Relevance, HeadId::UNRELATED),
            };
            let sentences = self.deciding(text, evidence, camp, stance);
            let is_strong =
                sentences.first().is_some_and(|first| first.probability >= STRONG_EVIDENCE);
            let abstention = unknown.clone().filter(|_| !is_strong).or_else(|| {
                let max_error = self.max_error.filter(|_| !is_off_topic)?;
                let set = self.model.decisions()[camp].set(p, max_error);
                (set != [decided[camp]]).then(|| {
                    Abstention::Risk(set.into_iter().map(|class| Stance::ALL[class]).collect())
                })
            });
            let is_silent = is_off_topic || (by_sentence && stance == Stance::Neutral);
            CampVerdict {
                stance,
                abstention,
                sides: StanceProbabilities {
                    favor: p[0],
                    neutral: p[1] + p[task::UNRELATED],
                    against: p[2],
                },
                words: if is_silent { Vec::new() } else { self.words(text, evidence, head, class) },
                sentences,
            }
        });
        let unrelated = probabilities[0][task::UNRELATED];
        Ok(Verdict { unrelated, is_off_topic, camps, words, known })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_maximum_error_rate_out_of_range_is_refused() {
        let scorer = || Scorer::new(Model::embedded().unwrap()).unwrap();
        for rate in [0.0, 0.009, 0.51, -0.1, f64::NAN, f64::INFINITY] {
            let error = scorer().with_max_error(rate).unwrap_err().to_string();
            assert!(error.contains("outside 0.01 to 0.50"), "{error}");
        }
        assert!([0.01, 0.1, 0.5].iter().all(|&rate| scorer().with_max_error(rate).is_ok()));
    }
}
