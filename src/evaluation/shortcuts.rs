//! Shortcut audit of a labelled set: can labels be predicted without the framing?
//!
//! A shortcut represents an article by something that must not reveal its label. A logistic
//! regression on it alone predicts the stance toward each camp for articles of held-out events or
//! outlets. It decides as if the three sides were equally frequent, so that a shortcut cannot hide
//! behind the most frequent label; the macro-F1 of chance is one third. (The idea of partial-input
//! baselines: Gururangan et al. 2018, "Annotation Artifacts in Natural Language Inference Data".)

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::ConfusionMatrix;
use crate::camp::Stance;
use crate::features::{SparseRow, TfidfVectorizer};
use crate::labels::fold::{FoldGroup, folds};
use crate::labels::{LabelledArticle, LabelledSet};
use crate::text::script::normalise;
use crate::text::stem::Stemmer;
use crate::text::{TextReader, Token, TokenKind};
use crate::training::{DesignMatrix, Penalty, SolveError, Tolerance};

/// Macro-F1 of random guesses among three equally frequent sides.
pub const CHANCE: f64 = 1.0 / 3.0;

/// Largest acceptable distance from chance.
pub const MAX_ABOVE_CHANCE: f64 = 0.10;

/// Number of folds.
const FOLDS: usize = 5;

/// Strength of the L2 penalty on shortcuts.
const ALPHA: Penalty = Penalty::fixed(0.1);

/// Number of audits: every shortcut on held-out events and on held-out outlets.
pub const N_AUDITS: usize = 2 * Shortcut::ALL.len();

/// A property of articles that must not reveal their labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortcut {
    /// Length of the text, of sentences and of words, and the frequency of punctuation marks.
    Shape,
    /// Function words.
    FunctionWords,
    /// Names of people and places.
    Names,
    /// The outlet profile.
    Outlet,
    /// The event.
    Event,
}

impl Shortcut {
    /// All shortcuts.
    pub const ALL: [Self; 5] =
        [Self::Shape, Self::FunctionWords, Self::Names, Self::Outlet, Self::Event];

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Shape => "length and punctuation",
            Self::FunctionWords => "function words",
            Self::Names => "names of people and places",
            Self::Outlet => "outlet profile",
            Self::Event => "event",
        }
    }
}

/// How well one shortcut predicts the labels.
#[derive(Clone, Debug, PartialEq)]
pub struct ShortcutAudit {
    /// The shortcut.
    pub shortcut: Shortcut,
    /// The groups that are held out.
    pub group: FoldGroup,
    /// Macro-F1 of favor, neutral and against toward each camp, on the articles about the conflict.
    pub macro_f1: [f64; 2],
}

impl ShortcutAudit {
    /// Whether the shortcut is near chance for both camps.
    pub fn holds(&self) -> bool {
        self.macro_f1.iter().all(|&f1| f1 <= CHANCE + MAX_ABOVE_CHANCE)
    }
}

/// Audits every shortcut on a labelled set. `names` is the text of `names.txt`. Calls `tick`
/// [`N_AUDITS`] times.
///
/// # Errors
/// [`SolveError`] of the first fit that fails.
pub fn audit(
    set: &LabelledSet,
    names: &str,
    tick: impl Fn() + Sync,
) -> Result<Vec<ShortcutAudit>, SolveError> {
    let related: Vec<LabelledArticle> =
        set.articles.iter().filter(|labelled| labelled.is_related()).cloned().collect();
    let reader = TextReader::with_camps(&set.camps);
    let texts: Vec<(String, Vec<Token>)> = related
        .iter()
        .map(|labelled| labelled.article.full_text())
        .map(|text| {
            let tokens = reader.read(&text);
            (text, tokens)
        })
        .collect();
    let names = name_stems(set, names);
    let tasks: Vec<(Shortcut, FoldGroup)> = Shortcut::ALL
        .into_iter()
        .flat_map(|shortcut| [FoldGroup::Event, FoldGroup::Outlet].map(|group| (shortcut, group)))
        .collect();
    tasks
        .into_par_iter()
        .map(|(shortcut, group)| {
            let rows: Vec<SparseRow> = match shortcut {
                Shortcut::Shape => texts.iter().map(|(text, tokens)| shape(text, tokens)).collect(),
                Shortcut::FunctionWords => counts(&texts, |token| token.function),
                Shortcut::Names => counts(&texts, |token| {
                    token.kind == TokenKind::Arabic && names.contains(&token.term)
                }),
                Shortcut::Outlet => {
                    one_hot(&related, |labelled| labelled.article.outlet.as_deref())
                }
                Shortcut::Event => one_hot(&related, |labelled| labelled.article.event.as_deref()),
            };
            let macro_f1 = held_out(&related, &rows, group)?;
            tick();
            Ok(ShortcutAudit { shortcut, group, macro_f1 })
        })
        .collect()
}

/// Macro-F1 toward each camp on held-out groups, from fits on `rows`.
fn held_out(
    articles: &[LabelledArticle],
    rows: &[SparseRow],
    group: FoldGroup,
) -> Result<[f64; 2], SolveError> {
    let n_features =
        rows.iter().filter_map(|row| row.columns.last()).max().map_or(1, |&last| last as usize + 1);
    let mut pairs: [Vec<(usize, usize)>; 2] = [Vec::new(), Vec::new()];
    for fold in folds(&group.keys(articles), &[], FOLDS) {
        let rest: Vec<usize> =
            (0..articles.len()).filter(|position| fold.binary_search(position).is_err()).collect();
        let rows_of_rest = rest.iter().map(|&position| &rows[position]).collect();
        let matrix = DesignMatrix::of_few_features(rows_of_rest, n_features)?;
        for (camp, pairs) in pairs.iter_mut().enumerate() {
            let sides: Vec<usize> = rest
                .iter()
                .filter_map(|&position| articles[position].stances[camp].side())
                .collect();
            let head = matrix.fit(&sides, Stance::SIDES.len(), ALPHA, Tolerance::SEARCH)?;
            let prior =
                |side: usize| sides.iter().filter(|&&other| other == side).count().max(1) as f64;
            for &position in &fold {
                let odds: Vec<f64> = head
                    .probabilities(&rows[position])
                    .iter()
                    .enumerate()
                    .map(|(side, p)| p / prior(side))
                    .collect();
                let best =
                    (0..odds.len()).max_by(|&a, &b| odds[a].total_cmp(&odds[b])).unwrap_or(0);
                pairs.extend(articles[position].stances[camp].side().map(|side| (side, best)));
            }
        }
    }
    Ok(pairs.map(|pairs| {
        ConfusionMatrix::from_pairs(Stance::SIDES.len(), pairs).macro_f1(0..Stance::SIDES.len())
    }))
}

/// The stems of the camps' one-word aliases and of the words of `names.txt`.
fn name_stems(set: &LabelledSet, names: &str) -> std::collections::BTreeSet<String> {
    let stemmer = Stemmer::new(set.camps.one_word_names());
    let listed =
        names.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
    listed.chain(set.camps.one_word_names()).map(|name| stemmer.stem(&normalise(name))).collect()
}

/// Length of the text, of sentences and of words, and the frequency of each punctuation mark per
/// hundred words, each scaled to about 0 to 1.
fn shape(text: &str, tokens: &[Token]) -> SparseRow {
    let words = tokens.len().max(1) as f64;
    let letters = text.chars().filter(|c| c.is_alphabetic()).count() as f64;
    let marks = ['.', '،', '؛', ':', '؟', '!', '«', '"', '(', '-', '–', '…', '#', '\n'];
    let count = |mark: char| text.chars().filter(|&c| c == mark).count() as f64;
    let sentences = (count('.') + count('؟') + count('!')).max(1.0);
    let mut values =
        vec![1.0, words.ln() / 7.0, (words / sentences).ln() / 4.0, letters / words / 6.0];
    values.extend(marks.map(|mark| (1.0 + 100.0 * count(mark) / words).ln() / 3.0));
    SparseRow { columns: (0..).take(values.len()).collect(), values }
}

/// TF-IDF of the selected tokens. Document frequencies are those of all articles, because they do
/// not depend on labels.
fn counts(texts: &[(String, Vec<Token>)], selected: impl Fn(&Token) -> bool) -> Vec<SparseRow> {
    let terms: Vec<Vec<&str>> = texts
        .iter()
        .map(|(text, tokens)| {
            tokens
                .iter()
                .filter(|token| selected(token))
                .map(|token| if token.function { &text[token.span.clone()] } else { &token.term })
                .collect()
        })
        .collect();
    match TfidfVectorizer::default().min_df(2).sublinear_tf(true).fit(&terms) {
        Ok(tfidf) => terms.iter().map(|terms| tfidf.transform(terms)).collect(),
        Err(_) => vec![SparseRow::default(); texts.len()],
    }
}

/// One-hot encoding: one column for each value.
fn one_hot<'a>(
    articles: &'a [LabelledArticle],
    key: impl Fn(&'a LabelledArticle) -> Option<&'a str>,
) -> Vec<SparseRow> {
    let mut columns = BTreeMap::new();
    articles
        .iter()
        .map(|labelled| {
            let next = u32::try_from(columns.len()).unwrap_or(u32::MAX);
            SparseRow {
                columns: vec![*columns.entry(key(labelled)).or_insert(next)],
                values: vec![1.0],
            }
        })
        .collect()
}
