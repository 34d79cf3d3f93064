//! The outlets probe: the article gets the name of a newsroom that does not exist
//! (`labeled/outlets.toml`), in the header field `outlet`, and in the text the way newsrooms sign:
//! as a dateline before the first sentence, and as the source on a line of its own at the end. It
//! is read as any article is, so what is taken out as boilerplate moves nothing. Each text gets two
//! names in turn, so that the shift from one to the other can be measured too.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::metric::{mean, mean_share, p95_share};
use super::{
    MAX_SHARE, Probe, ProbeMetric, ProbeMetricKind as Kind, ProbeResult, ProbeSet, StanceScores,
    distances, shifts,
};
use crate::article::Article;
use crate::intake::boilerplate;

#[derive(Deserialize)]
struct Profile {
    name: String,
}

/// Names of newsrooms that do not exist.
static NEWSROOMS: LazyLock<Vec<String>> = LazyLock::new(|| {
    // A test parses the file, so a built program cannot contain a broken one.
    let profiles: BTreeMap<String, Profile> =
        toml::from_str(include_str!("../../../labeled/outlets.toml")).unwrap_or_default();
    profiles
        .into_values()
        .map(|profile| profile.name.split(" (").next().unwrap_or_default().to_owned())
        .collect()
});

/// The name that the text at position `at` gets in turn 0 or 1.
fn newsroom(at: usize, turn: usize) -> &'static str {
    let n = NEWSROOMS.len().max(1);
    NEWSROOMS.get((at + turn * (n / 2)) % n).map_or("", String::as_str)
}

/// The article as `newsroom` signs it. The dateline comes after the title, if there is one.
fn signed(article: &Article, newsroom: &str) -> Article {
    let text = format!("{newsroom} – {}\n\nالمصدر: {newsroom}", article.text);
    Article { text, ..article.clone() }
}

/// The same as it is scored: without what reading takes for boilerplate.
fn read(article: &Article, newsroom: &str) -> Article {
    let mut article = signed(article, newsroom);
    boilerplate::clean(&mut article);
    article
}

/// Runs the outlets probe.
pub(super) fn run(set: &ProbeSet) -> ProbeResult {
    let header: Vec<Option<StanceScores>> = set.map(|at| {
        let article = &set.article(at).article;
        set.score(at, &Article { outlet: Some(newsroom(at, 0).to_owned()), ..article.clone() })
    });
    let text = |turn: usize| {
        set.map(|at| set.score(at, &read(&set.article(at).article, newsroom(at, turn))))
    };
    let texts: [Vec<Option<StanceScores>>; 2] = [text(0), text(1)];
    let by_header = |at: usize| Some(distances(set.scores(at), header[at]?));
    let by_text = |at: usize| Some(distances(set.scores(at), texts[0][at]?));
    let by_swap = |at: usize| Some(distances(texts[0][at]?, texts[1][at]?));
    let metrics = vec![
        ProbeMetric::of_shifts(Kind::TextShare, set, by_text, mean_share),
        ProbeMetric::of_shifts(Kind::TextShareP95, set, by_text, p95_share),
        ProbeMetric::of_shifts(Kind::TextSwapShare, set, by_swap, mean_share),
        ProbeMetric::of_shifts(Kind::HeaderShift, set, by_header, mean),
    ];
    let ignores_header = metrics[3].value.abs() < f64::EPSILON;
    ProbeResult {
        probe: Probe::Outlets,
        holds: ignores_header && metrics[0].value <= MAX_SHARE,
        metrics,
        shifts: shifts(set, |at| texts[0][at], by_text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newsrooms_are_those_of_the_labelled_set_and_a_text_gets_two() {
        assert_eq!(NEWSROOMS.len(), 16);
        assert!(NEWSROOMS.iter().all(|name| !name.is_empty() && !name.contains('(')));
        assert!((0..40).all(|at| newsroom(at, 0) != newsroom(at, 1)));
        let article = Article {
            title: Some("عنوان".to_owned()),
            text: "نص".to_owned(),
            ..Article::default()
        };
        assert_eq!(
            signed(&article, "وكالة سمت").full_text(),
            "عنوان\n\nوكالة سمت – نص\n\nالمصدر: وكالة سمت"
        );
    }
}
