//! Composition of a labelled set: counts, and the quotas that a set for learning framing must meet.

use std::collections::{BTreeMap, BTreeSet};

use super::{LabelledArticle, LabelledSet};
use crate::camp::Stance;

/// A count and its quota.
#[derive(Clone, Debug, PartialEq)]
pub struct Quota {
    /// What is counted.
    pub what: String,
    /// The count.
    pub found: f64,
    /// The lower and the upper limit of the count.
    pub wanted: (f64, f64),
}

impl Quota {
    fn at_least(what: impl Into<String>, found: usize, least: usize) -> Self {
        Self { what: what.into(), found: found as f64, wanted: (least as f64, f64::INFINITY) }
    }

    fn within(what: &str, found: f64, wanted: (f64, f64)) -> Self {
        Self { what: what.to_owned(), found, wanted }
    }

    /// Whether the count is within its limits.
    pub fn holds(&self) -> bool {
        (self.wanted.0..=self.wanted.1).contains(&self.found)
    }
}

/// Genres whose voice is that of a newsroom.
const NEWS: [&str; 8] = [
    "wire",
    "brief",
    "report",
    "feature",
    "bulletin",
    "translated report",
    "explainer",
    "analysis",
];

/// Number of words of a text.
fn words(labelled: &LabelledArticle) -> usize {
    labelled.article.text.split_whitespace().count()
}

/// The quotas of a labelled set. They ensure that a model learns framing and not the outlets; see
/// `labeled/README.md`. `expressions` is the number of framing expressions that occur.
pub fn quotas(set: &LabelledSet, expressions: usize) -> Vec<Quota> {
    let mut quotas = quotas_of_stances(set);
    quotas.extend(quotas_of_contrasts(set));
    quotas.extend(quotas_of_texts(set));
    quotas.push(Quota::at_least("distinct framing expressions that occur", expressions, 250));
    quotas
}

/// Number of articles that are `wanted`.
fn count(set: &LabelledSet, wanted: impl Fn(&LabelledArticle) -> bool) -> usize {
    set.articles.iter().filter(|labelled| wanted(labelled)).count()
}

/// The articles about the conflict.
fn related(set: &LabelledSet) -> Vec<&LabelledArticle> {
    set.articles.iter().filter(|labelled| labelled.is_related()).collect()
}

/// Number of camps toward which an article takes a side.
fn sides(labelled: &LabelledArticle) -> usize {
    labelled.stances.iter().filter(|&&stance| stance != Stance::Neutral).count()
}

/// The size of the set, and the articles that take no side or one.
fn quotas_of_stances(set: &LabelledSet) -> Vec<Quota> {
    let related = related(set);
    let is_news = |labelled: &LabelledArticle| {
        NEWS.contains(&labelled.article.genre.as_deref().unwrap_or_default())
    };
    let with_sides =
        |labelled: &LabelledArticle, n: usize| labelled.is_related() && sides(labelled) == n;
    let mut quotas = vec![
        Quota::at_least("texts", set.articles.len(), 600),
        Quota::at_least(
            "events about the conflict",
            distinct(&related, |labelled| labelled.article.event.as_deref()),
            50,
        ),
        Quota::at_least(
            "outlet profiles",
            distinct(&related, |labelled| labelled.article.outlet.as_deref()),
            16,
        ),
        Quota::at_least(
            "neutral news",
            count(set, |labelled| with_sides(labelled, 0) && is_news(labelled)),
            150,
        ),
        Quota::at_least(
            "texts that take a side toward one camp only",
            count(set, |labelled| with_sides(labelled, 1)),
            200,
        ),
    ];
    for (camp, id) in set.camps.ids().into_iter().enumerate() {
        for stance in [Stance::Favor, Stance::Against] {
            let alone = |labelled: &LabelledArticle| {
                labelled.stances[camp] == stance && sides(labelled) == 1
            };
            quotas.push(Quota::at_least(format!("… {stance} {id} alone"), count(set, alone), 40));
        }
    }
    quotas
}

/// The articles that take two sides, contrast families, and labels that events and outlets share.
fn quotas_of_contrasts(set: &LabelledSet) -> Vec<Quota> {
    let related = related(set);
    let both = |stance: Stance| count(set, |labelled| labelled.stances == [stance; 2]);
    let families: BTreeMap<&str, usize> = set
        .articles
        .iter()
        .filter_map(|labelled| labelled.family.as_deref())
        .fold(BTreeMap::new(), |mut sizes, family| {
            *sizes.entry(family).or_default() += 1;
            sizes
        });
    let short = |labelled: &LabelledArticle| (10..=40).contains(&words(labelled));
    let with_few_labels = |key: fn(&LabelledArticle) -> Option<&str>| {
        let mut labels: BTreeMap<&str, BTreeSet<[Stance; 2]>> = BTreeMap::new();
        for labelled in &related {
            labels.entry(key(labelled).unwrap_or_default()).or_default().insert(labelled.stances);
        }
        labels.values().filter(|labels| labels.len() < 3).count() as f64
    };
    vec![
        Quota::at_least(
            "texts that take a side toward both camps",
            count(set, |labelled| labelled.is_related() && sides(labelled) == 2),
            90,
        ),
        Quota::at_least("… that blame both", both(Stance::Against), 5),
        Quota::at_least("… that favour both", both(Stance::Favor), 5),
        Quota::at_least(
            "contrast families with three variants or more",
            families.values().filter(|&&size| size > 3).count(),
            60,
        ),
        Quota::at_least("posts of 10 to 40 words", count(set, short), 60),
        Quota::at_least("unrelated texts", both(Stance::Unrelated), 60),
        Quota::within(
            "events told with fewer than three labels",
            with_few_labels(|labelled| labelled.article.event.as_deref()),
            (0.0, 0.0),
        ),
        Quota::within(
            "outlet profiles with fewer than three labels",
            with_few_labels(|labelled| labelled.article.outlet.as_deref()),
            (0.0, 0.0),
        ),
    ]
}

/// The lengths of texts, and what they contain.
fn quotas_of_texts(set: &LabelledSet) -> Vec<Quota> {
    let percent = |wanted: &dyn Fn(&LabelledArticle) -> bool| {
        100.0 * count(set, wanted) as f64 / set.articles.len() as f64
    };
    let has_removal = |labelled: &LabelledArticle, wanted: fn(&str) -> bool| {
        labelled.removals.iter().any(|removal| wanted(removal.rule))
    };
    let mut lengths: Vec<usize> = set.articles.iter().map(words).collect();
    lengths.sort_unstable();
    let length = |at: usize| lengths.get(at).copied().unwrap_or(0) as f64;
    vec![
        Quota::within("shortest text, words", length(0), (10.0, f64::INFINITY)),
        Quota::within("median text, words", length(lengths.len() / 2), (170.0, 270.0)),
        Quota::within("longest text, words", length(lengths.len().saturating_sub(1)), (0.0, 900.0)),
        Quota::within(
            "texts with page leftovers, %",
            percent(&|labelled| has_removal(labelled, |rule| rule != "newsroom")),
            (25.0, 100.0),
        ),
        Quota::within(
            "texts with quoted words, %",
            percent(&|labelled| labelled.article.text.contains(['«', '"', '“'])),
            (50.0, 100.0),
        ),
        Quota::within(
            "texts with readers' comments, %",
            percent(&|labelled| has_removal(labelled, |rule| rule == "comments")),
            (10.0, 100.0),
        ),
    ]
}

/// Number of distinct keys of articles.
fn distinct<'a>(
    articles: &[&'a LabelledArticle],
    key: impl Fn(&'a LabelledArticle) -> Option<&'a str>,
) -> usize {
    articles.iter().filter_map(|labelled| key(labelled)).collect::<BTreeSet<_>>().len()
}
