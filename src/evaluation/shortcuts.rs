//! Can the label be told without reading the framing?
//!
//! Each shortcut is a way to represent an article by something that must not give its label away. A
//! logistic regression on it alone is asked for the stance toward each camp of articles whose
//! event, or whose outlet, it has not seen. It decides as if the three sides were equally common,
//! so that a shortcut cannot hide behind the commonest label; then a guess by chance has a macro-F1
//! of one third.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Confusion;
use crate::camp::Stance;
use crate::features::{SparseRow, TfidfVectorizer};
use crate::labels::fold::{FoldGroup, folds};
use crate::labels::{LabelledArticle, LabelledSet};
use crate::text::script::normalise;
use crate::text::stem::Stemmer;
use crate::text::{TextReader, Token, TokenKind};
use crate::training::{Examples, Precision, SolveError};

/// Macro-F1 of a guess by chance among three sides taken as equally common.
pub const CHANCE: f64 = 1.0 / 3.0;

/// How far above chance a shortcut may come.
pub const TOLERATED: f64 = 0.10;

/// How many folds an audit holds out, one after the other.
const FOLDS: usize = 5;

/// Strength of the L2 penalty on shortcuts.
const ALPHA: f64 = 0.1;

/// How many audits there are: every shortcut on held-out events and on held-out outlets.
pub const TICKS: usize = 2 * Shortcut::ALL.len();

/// Something that must not give the label away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortcut {
    /// Length, sentence and word length, and how often each mark of punctuation stands.
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

    /// What a table calls it.
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

/// How well one shortcut does.
#[derive(Clone, Debug, PartialEq)]
pub struct Audit {
    /// The shortcut.
    pub shortcut: Shortcut,
    /// What the folds held out.
    pub group: FoldGroup,
    /// Macro-F1 of favor, neutral and against toward each camp, in the camps' order, on the
    /// articles about the conflict.
    pub macro_f1: [f64; 2],
}

impl Audit {
    /// Whether the shortcut stays near chance for both camps.
    pub fn holds(&self) -> bool {
        self.macro_f1.iter().all(|&f1| f1 <= CHANCE + TOLERATED)
    }
}

/// Tries every shortcut on a set; `names` is the text of `names.txt`. `tick` is called [`TICKS`]
/// times.
///
/// # Errors
/// [`SolveError`] of the first fit that fails.
pub fn audit(
    set: &LabelledSet,
    names: &str,
    tick: impl Fn() + Sync,
) -> Result<Vec<Audit>, SolveError> {
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
            Ok(Audit { shortcut, group, macro_f1 })
        })
        .collect()
}

/// Macro-F1 toward each camp on held-out groups, by a fit on `rows`.
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
        let space =
            Examples::new(rest.iter().map(|&position| &rows[position]).collect(), n_features)?;
        for (camp, pairs) in pairs.iter_mut().enumerate() {
            let sides: Vec<usize> = rest
                .iter()
                .filter_map(|&position| articles[position].stances[camp].side())
                .collect();
            let head = space.fit(&sides, Stance::SIDES.len(), ALPHA, Precision::COMPARED)?;
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
    Ok(pairs
        .map(|pairs| Confusion::of(Stance::SIDES.len(), pairs).macro_f1(0..Stance::SIDES.len())))
}

/// The stems of the camps' one-word aliases and of the words of `names.txt`.
fn name_stems(set: &LabelledSet, names: &str) -> std::collections::BTreeSet<String> {
    let stemmer = Stemmer::new(set.camps.one_word_names());
    let listed =
        names.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
    listed.chain(set.camps.one_word_names()).map(|name| stemmer.stem(&normalise(name))).collect()
}

/// Length, sentence and word length, and how often each mark of punctuation stands in a hundred
/// words, each about 0 to 1.
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

/// TF-IDF of the tokens that are wanted; document frequencies of all articles, which know nothing
/// of labels.
fn counts(texts: &[(String, Vec<Token>)], wanted: impl Fn(&Token) -> bool) -> Vec<SparseRow> {
    let terms: Vec<Vec<&str>> = texts
        .iter()
        .map(|(text, tokens)| {
            tokens
                .iter()
                .filter(|token| wanted(token))
                .map(|token| if token.function { &text[token.span.clone()] } else { &token.term })
                .collect()
        })
        .collect();
    match TfidfVectorizer::default().min_df(2).sublinear_tf(true).fit(&terms) {
        Ok(tfidf) => terms.iter().map(|terms| tfidf.transform(terms)).collect(),
        Err(_) => vec![SparseRow::default(); texts.len()],
    }
}

/// One column for each value.
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
