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
    let all = &set.articles;
    let count = |wanted: &dyn Fn(&LabelledArticle) -> bool| {
        all.iter().filter(|labelled| wanted(labelled)).count()
    };
    let related: Vec<&LabelledArticle> =
        all.iter().filter(|labelled| labelled.is_related()).collect();
    let sides = |labelled: &LabelledArticle| {
        labelled.stances.iter().filter(|&&stance| stance != Stance::Neutral).count()
    };
    let news = |labelled: &LabelledArticle| {
        NEWS.contains(&labelled.article.genre.as_deref().unwrap_or_default())
    };
    let both = |stance: Stance| count(&|labelled| labelled.stances == [stance; 2]);

    let mut quotas = vec![
        Quota::at_least("texts", all.len(), 600),
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
            count(&|labelled| labelled.is_related() && sides(labelled) == 0 && news(labelled)),
            150,
        ),
        Quota::at_least(
            "texts that take a side toward one camp only",
            count(&|labelled| labelled.is_related() && sides(labelled) == 1),
            200,
        ),
    ];
    for (camp, id) in set.camps.ids().into_iter().enumerate() {
        for stance in [Stance::Favor, Stance::Against] {
            let alone = |labelled: &LabelledArticle| {
                labelled.stances[camp] == stance && sides(labelled) == 1
            };
            quotas.push(Quota::at_least(format!("… {stance} {id} alone"), count(&alone), 40));
        }
    }
    let families: BTreeMap<&str, usize> = all
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
    let share = |part: usize| 100.0 * part as f64 / all.len() as f64;
    let has_boilerplate = |labelled: &LabelledArticle| {
        labelled.removals.iter().any(|removal| removal.rule != "newsroom")
    };
    let has_comments = |labelled: &LabelledArticle| {
        labelled.removals.iter().any(|removal| removal.rule == "comments")
    };
    let has_quotations =
        |labelled: &LabelledArticle| labelled.article.text.contains(['«', '"', '“']);
    let mut lengths: Vec<usize> = all.iter().map(words).collect();
    lengths.sort_unstable();
    let length = |at: usize| lengths.get(at).copied().unwrap_or(0) as f64;
    quotas.extend([
        Quota::at_least(
            "texts that take a side toward both camps",
            count(&|labelled| labelled.is_related() && sides(labelled) == 2),
            90,
        ),
        Quota::at_least("… that blame both", both(Stance::Against), 5),
        Quota::at_least("… that favour both", both(Stance::Favor), 5),
        Quota::at_least(
            "contrast families with three variants or more",
            families.values().filter(|&&size| size > 3).count(),
            60,
        ),
        Quota::at_least("posts of 10 to 40 words", count(&short), 60),
        Quota::at_least("unrelated texts", both(Stance::Unrelated), 60),
        Quota {
            what: "events told with fewer than three labels".to_owned(),
            found: with_few_labels(|labelled| labelled.article.event.as_deref()),
            wanted: (0.0, 0.0),
        },
        Quota {
            what: "outlet profiles with fewer than three labels".to_owned(),
            found: with_few_labels(|labelled| labelled.article.outlet.as_deref()),
            wanted: (0.0, 0.0),
        },
        Quota {
            what: "shortest text, words".to_owned(),
            found: length(0),
            wanted: (10.0, f64::INFINITY),
        },
        Quota {
            what: "median text, words".to_owned(),
            found: length(lengths.len() / 2),
            wanted: (170.0, 270.0),
        },
        Quota {
            what: "longest text, words".to_owned(),
            found: length(lengths.len().saturating_sub(1)),
            wanted: (0.0, 900.0),
        },
        Quota {
            what: "texts with page leftovers, %".to_owned(),
            found: share(count(&has_boilerplate)),
            wanted: (25.0, 100.0),
        },
        Quota {
            what: "texts with quoted words, %".to_owned(),
            found: share(count(&has_quotations)),
            wanted: (50.0, 100.0),
        },
        Quota {
            what: "texts with readers' comments, %".to_owned(),
            found: share(count(&has_comments)),
            wanted: (10.0, 100.0),
        },
        Quota::at_least("distinct framing expressions that occur", expressions, 250),
    ]);
    quotas
}

fn distinct<'a>(
    articles: &[&'a LabelledArticle],
    key: impl Fn(&'a LabelledArticle) -> Option<&'a str>,
) -> usize {
    articles.iter().filter_map(|labelled| key(labelled)).collect::<BTreeSet<_>>().len()
}
