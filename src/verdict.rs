//! Model + article → verdict: the stance toward each camp, how sure, and the words that spoke most for it.
//!
//! An article that is not about the conflict takes no side. So with `u = P(unrelated)` and `q` the side probabilities
//! of an article that is about the conflict, `favor = (1 − u)·q(favor)`, `against = (1 − u)·q(against)` and
//! `neutral = (1 − u)·q(neutral) + u`: the three sum to 1, and the scores of an unrelated article tend to 0.

use std::collections::BTreeMap;

use crate::arabic::normalise;
use crate::article::Article;
use crate::camp::{Camps, Sides, Stance, lean};
use crate::features::{SparseRow, counted};
use crate::model::{Head, StanceModel};
use crate::text::{Kind, Reader, Token};

/// Fewer Arabic words than this are not weighed.
pub const FEWEST_WORDS: usize = 5;

/// How many words a verdict names for each camp.
pub const WORDS_NAMED: usize = 5;

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
    /// The stance: unrelated when P(unrelated) is above one half, else the most probable side.
    pub stance: Stance,
    /// The probabilities of the sides.
    pub sides: Sides,
    /// The words that spoke most for `stance`, strongest first.
    pub words: Vec<Word>,
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
    model: StanceModel,
    reader: Reader,
}

impl Scorer {
    /// A scorer by `model`.
    pub fn new(model: StanceModel) -> Self {
        Self { reader: Reader::new(&model.camps), model }
    }

    /// The camps that verdicts speak of.
    pub fn camps(&self) -> &Camps {
        &self.model.camps
    }

    /// Weighs one article.
    ///
    /// # Errors
    /// [`Unscorable`] when there is nothing to go by: too short, not Arabic, no known word.
    pub fn score(&self, article: &Article) -> Result<Verdict, Unscorable> {
        let text = article.full_text();
        let tokens = self.reader.read(&text);
        let words = tokens.iter().filter(|token| token.kind != Kind::Number).count();
        let arabic = tokens.iter().filter(|token| token.kind == Kind::Arabic).count();
        if arabic * 2 < words {
            return Err(Unscorable::NotArabic { arabic, words });
        }
        if arabic < FEWEST_WORDS {
            return Err(Unscorable::TooShort(arabic));
        }
        let tokens = counted(tokens);
        let row = self.model.tfidf.transform(&tokens);
        if row.is_empty() {
            return Err(Unscorable::UnknownWords(arabic));
        }

        let surfaces = Surfaces { text: &text, tokens: &tokens, scorer: self };
        let unrelated = self.model.relevance.probabilities(&row)[UNRELATED];
        let camps = std::array::from_fn(|camp| {
            let head = &self.model.stances[camp];
            let sides = sides(&head.probabilities(&row), unrelated);
            let stance = if unrelated > 0.5 { Stance::Unrelated } else { sides.most_probable() };
            let words = match stance.side() {
                Some(side) => surfaces.strongest(head, side, &row),
                None => surfaces.strongest(&self.model.relevance, UNRELATED, &row),
            };
            CampVerdict { stance, sides, words }
        });
        Ok(Verdict { unrelated, camps })
    }
}

/// The side probabilities of an article from those that hold if it is about the conflict (in the order of
/// [`Stance::SIDES`]) and the probability that it is not.
fn sides(given_related: &[f64], unrelated: f64) -> Sides {
    let related = 1.0 - unrelated;
    Sides { favor: related * given_related[0], neutral: related * given_related[1] + unrelated, against: related * given_related[2] }
}

/// Finds how the features of an article are written in it.
struct Surfaces<'a> {
    text: &'a str,
    tokens: &'a [Token],
    scorer: &'a Scorer,
}

impl Surfaces<'_> {
    /// The features of `row` that add most to the logit of `class`, strongest first.
    fn strongest(&self, head: &Head, class: usize, row: &SparseRow) -> Vec<Word> {
        let mut pushes: Vec<(usize, f64)> =
            row.iter().map(|(feature, value)| (feature, value * head.weight(feature, class))).filter(|&(_, push)| push > 0.0).collect();
        pushes.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        pushes.truncate(WORDS_NAMED);

        let mut first: BTreeMap<usize, String> = BTreeMap::new();
        self.scorer.model.tfidf.each_known_ngram(self.tokens, |words, column| {
            let column = column as usize;
            if pushes.iter().any(|&(feature, _)| feature == column) {
                first.entry(column).or_insert_with(|| {
                    let written = self.tokens[words].iter().map(|token| normalise(&self.text[token.span.clone()]));
                    written.collect::<Vec<_>>().join(" ")
                });
            }
        });
        pushes.into_iter().filter_map(|(feature, weight)| Some(Word { word: first.remove(&feature)?, weight })).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_sum_to_one_and_an_unrelated_article_takes_none() {
        let q = [0.5, 0.25, 0.25];
        for unrelated in [0.0, 0.3, 1.0] {
            let sides = sides(&q, unrelated);
            assert!((sides.favor + sides.neutral + sides.against - 1.0).abs() < 1e-12);
            assert!((sides.score() - (1.0 - unrelated) * 0.25).abs() < 1e-12);
        }
    }
}
