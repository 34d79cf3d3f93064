//! Verdicts on the single sentences of an article.
//!
//! # What a probability of a sentence means
//!
//! It is what the classifier of sentences says of the sentence alone
//! ([`crate::features::sentences`]): the softmax of 0 for neutral and of the sentence's supports
//! for favor and against. The classifier learned from the sentences that annotators marked as
//! deciding, against all others, and *it is not calibrated*: what the model file holds to calibrate
//! with is for whole articles. So these numbers say which sentence speaks more plainly than another
//! and which side it takes; that nine of ten sentences at 0.9 take it is not claimed. The
//! probabilities of an article ([`crate::Verdict`]) are calibrated.

use std::ops::Range;

use super::influence::sentence_text;
use super::{Scorer, Unscorable, Verdict};
use crate::article::Article;
use crate::camp::{Stance, StanceProbabilities};
use crate::features::sentences::{SUPPORTED, SentenceClassifier, strongest};
use crate::features::{Evidence, evidence::SentenceEvidence};
use crate::model::HeadId;
use crate::text::AnalyzedText;

/// What a model says of one sentence of an article.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SentenceVerdict {
    /// The sentence, from its first word to its last.
    pub sentence: String,
    /// Its bytes in title and text ([`crate::Article::full_text`]).
    pub bytes: Range<usize>,
    /// The share of its words that are reported speech, from 0 (all of it is the article's own
    /// voice) to 1. Only the own voice decides a side.
    pub reported: f64,
    /// What it says of each camp, in the camps' order.
    pub camps: [SentenceStance; 2],
}

/// What a sentence says of one camp.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct SentenceStance {
    /// The most probable stance: `favor`, `neutral` or `against`.
    pub stance: Stance,
    /// The probabilities by this sentence alone; they sum to 1. They are not calibrated.
    pub sides: StanceProbabilities,
    /// Its pull in the article, in log-odds: how much its words add to the article's
    /// `ln P(favor) − ln P(against)` toward the camp, if the article is about the conflict. 0 for a
    /// sentence that is not among the strongest, from which an article's side is told. The pulls of
    /// all sentences and the same difference of the intercepts add up to that of the article.
    pub pull: f64,
}

impl SentenceStance {
    fn new(sides: StanceProbabilities, pull: f64) -> Self {
        let StanceProbabilities { favor, neutral, against } = sides;
        let stance = match () {
            () if favor > neutral && favor > against => Stance::Favor,
            () if against > neutral && against > favor => Stance::Against,
            () => Stance::Neutral,
        };
        Self { stance, sides, pull }
    }
}

/// The probabilities of the stances toward a camp by a sentence alone.
pub(super) fn sides(sentence: &SentenceEvidence, camp: usize) -> StanceProbabilities {
    let supports = &sentence.supports[SentenceClassifier::support(camp, 0)..][..SUPPORTED.len()];
    let largest = supports.iter().copied().fold(0.0, f64::max);
    let [favor, against] = [0, 1].map(|side| (supports[side] - largest).exp());
    let neutral = (-largest).exp();
    let sum = favor + neutral + against;
    StanceProbabilities { favor: favor / sum, neutral: neutral / sum, against: against / sum }
}

impl Scorer {
    /// Judges every sentence of an article toward each camp, in order; shape `(n_sentences)`, of
    /// those with a word.
    ///
    /// Their probabilities are not calibrated; those of the article, which [`Self::score`] gives,
    /// are. In an article that is off topic ([`Verdict::is_off_topic`]) the sentences have their
    /// probabilities all the same, and decide nothing.
    ///
    /// ```
    /// use mizan::{Article, Model, Scorer, Stance};
    ///
    /// let scorer = Scorer::new(Model::embedded()?)?;
    /// let text = "عقد المجلس جلسة في بنغازي اليوم. \
    ///     وطهرت القوات المسلحة الباسلة المدينة من الإرهابيين.";
    /// let sentences = scorer.score_sentences(&Article::new("note", text))?;
    /// assert_eq!(sentences.len(), 2);
    ///
    /// let [dry, partisan] = &sentences[..] else { panic!("two sentences") };
    /// assert_eq!(&text[partisan.bytes.clone()], partisan.sentence);
    /// // The camps stand in the order of `scorer.camps()`: lna, gna.
    /// assert_eq!(dry.camps[0].stance, Stance::Neutral);
    /// assert_eq!(partisan.camps[0].stance, Stance::Favor);
    /// assert!(partisan.camps[0].sides.favor > 0.5 && partisan.camps[0].pull > 0.0);
    /// assert_eq!(partisan.reported, 0.0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`Self::score`], and [`Unscorable::NoSentences`] when the model does not tell sides from
    /// sentences.
    pub fn score_sentences(&self, article: &Article) -> Result<Vec<SentenceVerdict>, Unscorable> {
        self.score_with_sentences(article).map(|(_, sentences)| sentences)
    }

    /// The verdict of [`Self::score`] and those of [`Self::score_sentences`]. The article is read
    /// by the general extractor, which takes some times as long as scoring alone.
    ///
    /// # Errors
    /// As [`Self::score_sentences`].
    pub fn score_with_sentences(
        &self,
        article: &Article,
    ) -> Result<(Verdict, Vec<SentenceVerdict>), Unscorable> {
        if !self.judges_sentences() {
            return Err(Unscorable::NoSentences);
        }
        let read = self.read(article);
        let evidence = self.model().extractor().whole_evidence(&read);
        let verdict = self.verdict_with(&read.text, &evidence, &self.logits(&evidence))?;
        Ok((verdict, self.judged(&read, &evidence)))
    }

    /// Whether the model tells sides from sentences.
    pub fn judges_sentences(&self) -> bool {
        self.model().extractor().sentences().is_some()
    }

    fn judged(&self, read: &AnalyzedText, evidence: &Evidence) -> Vec<SentenceVerdict> {
        let pulls = [0, 1].map(|camp| self.pulls(evidence, camp));
        let sentences = evidence.sentences.iter().enumerate();
        let judged = sentences.filter_map(|(number, sentence)| {
            let (text, bytes) = sentence_text(&read.text, evidence, sentence)?;
            let own = &read.findings.voices.own[sentence.words.clone()];
            let reported = own.iter().filter(|own| !**own).count();
            Some(SentenceVerdict {
                sentence: text.to_owned(),
                bytes,
                reported: reported as f64 / own.len() as f64,
                camps: [0, 1]
                    .map(|camp| SentenceStance::new(sides(sentence, camp), pulls[camp][number])),
            })
        });
        judged.collect()
    }

    /// By sentence: its pull toward a camp.
    fn pulls(&self, evidence: &Evidence, camp: usize) -> Vec<f64> {
        let mut pulls = vec![0.0; evidence.sentences.len()];
        let extractor = self.model().extractor();
        let Some(classifier) = extractor.sentences() else { return pulls };
        let head = HeadId::Camp(camp);
        let scale = &self.model().scalings()[head.index()].scale;
        let [favor, against] = [0, 2];
        for support in (0..SUPPORTED.len()).map(|side| SentenceClassifier::support(camp, side)) {
            let weight = |class: usize| {
                let column = extractor.n_counted() + support;
                scale[class] * self.model().heads()[head.index()].weight(column, class)
            };
            let chosen = strongest(&evidence.sentences, support);
            let share = (weight(favor) - weight(against)) / chosen.len().max(1) as f64;
            let intercept = f64::from(classifier.intercepts()[support]);
            for number in chosen {
                pulls[number] += share * (evidence.sentences[number].supports[support] - intercept);
            }
        }
        pulls
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Model;
    use crate::scoring::explanation::Explainer;

    const TEXT: &str = "عقد المجلس جلسة في بنغازي صباح اليوم. وطهرت القوات المسلحة الباسلة المدينة \
     من فلول الإرهابيين. وقال شاهد إن «المرتزقة» هربوا من طرابلس. وهربت ميليشيات السراج الباغية.";

    #[test]
    fn the_pulls_of_sentences_add_up_to_the_log_odds_of_the_article() {
        let article = Article::new("a", TEXT);
        let explainer = Explainer::new(Model::embedded().unwrap()).unwrap();
        let explanation = explainer.explain(&article).unwrap();
        let (verdict, sentences) = explainer.scorer().score_with_sentences(&article).unwrap();
        assert_eq!(verdict, explainer.scorer().score(&article).unwrap());
        for camp in [0, 1] {
            let head = explanation.head(HeadId::Camp(camp));
            let intercepts = head.calibrated_intercepts();
            let pulls: f64 = sentences.iter().map(|sentence| sentence.camps[camp].pull).sum();
            let log_odds = head.probabilities[0].ln() - head.probabilities[2].ln();
            assert!((pulls + intercepts[0] - intercepts[2] - log_odds).abs() < 1e-9);
        }
    }

    #[test]
    fn a_sentence_has_the_probability_of_the_evidence_and_its_share_of_reported_words() {
        let scorer = Scorer::new(Model::embedded().unwrap()).unwrap();
        let (verdict, sentences) = scorer.score_with_sentences(&Article::new("a", TEXT)).unwrap();
        assert_eq!(sentences.len(), 4);
        for sentence in &sentences {
            assert_eq!(&TEXT[sentence.bytes.clone()], sentence.sentence);
            for StanceProbabilities { favor, neutral, against } in
                sentence.camps.map(|camp| camp.sides)
            {
                assert!((favor + neutral + against - 1.0).abs() < 1e-12);
            }
        }
        let [first, ..] = &verdict.camps[0].sentences[..] else { panic!("{verdict:?}") };
        let same = sentences.iter().find(|sentence| sentence.bytes == first.bytes).unwrap();
        assert!((same.camps[0].sides.favor - first.probability).abs() < 1e-12);
        let reported: Vec<bool> =
            sentences.iter().map(|sentence| sentence.reported > 0.0).collect();
        assert_eq!(reported, [false, false, true, false]);
    }
}
