//! The outlets probe: the article gets the name of a newsroom that does not exist
//! (`labeled/outlets.toml`), in the header field `outlet`, and in the text as newsrooms sign: a
//! dateline ahead of the first sentence, and the source in a line of its own at the end. Names that
//! take turns are put into the text, each text getting two, so that the movement from the one to
//! the other can be told too.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{
    Finding, Subjects, TOLERATED, Weighed, distances, mean, mean_share, measure, movers, percent,
    share_of_most,
};
use crate::article::Article;

#[derive(Deserialize)]
struct Profile {
    name: String,
}

/// Names of newsrooms that do not exist.
static NEWSROOMS: LazyLock<Vec<String>> = LazyLock::new(|| {
    // A test reads the file, so that it cannot be wrong in a built program.
    let profiles: BTreeMap<String, Profile> =
        toml::from_str(include_str!("../../../labeled/outlets.toml")).unwrap_or_default();
    profiles
        .into_values()
        .map(|profile| profile.name.split(" (").next().unwrap_or_default().to_owned())
        .collect()
});

/// The name that a text gets at its nth turn.
fn newsroom(at: usize, turn: usize) -> &'static str {
    let n = NEWSROOMS.len().max(1);
    NEWSROOMS.get((at + turn * (n / 2)) % n).map_or("", String::as_str)
}

/// The article as `newsroom` signs it. The first line is a title where there is one, and the
/// dateline comes after it.
fn signed(article: &Article, newsroom: &str) -> Article {
    let text = format!("{newsroom} – {}\n\nالمصدر: {newsroom}", article.text);
    Article { text, ..article.clone() }
}

/// The outlets probe.
pub fn probe(subjects: &Subjects) -> Finding {
    let header: Vec<Option<Weighed>> = subjects.each(|at| {
        let article = &subjects.subject(at).article;
        subjects.weigh(at, &Article { outlet: Some(newsroom(at, 0).to_owned()), ..article.clone() })
    });
    let text = |turn: usize| {
        subjects.each(|at| {
            subjects.weigh(at, &signed(&subjects.subject(at).article, newsroom(at, turn)))
        })
    };
    let texts: [Vec<Option<Weighed>>; 2] = [text(0), text(1)];
    let by_header = |at: usize| Some(distances(subjects.weighed(at), header[at]?));
    let by_text = |at: usize| Some(distances(subjects.weighed(at), texts[0][at]?));
    let measures = vec![
        measure(("text", "signed in the text"), subjects, by_text, mean_share),
        measure(("text_p95", "… 95th percentile"), subjects, by_text, share_of_most),
        measure(
            ("text_swapped", "another name in the text"),
            subjects,
            |at| Some(distances(texts[0][at]?, texts[1][at]?)),
            mean_share,
        ),
        measure(("header", "header field"), subjects, by_header, mean),
    ];
    let (share, moved) = (measures[0].value, measures[3].value);
    let untouched = moved.abs() < f64::EPSILON;
    let holds = untouched && share <= TOLERATED;
    let means = if holds { "it does not know newsrooms" } else { "it follows the newsroom" };
    let header = if untouched {
        "The outlet's name in the header moves nothing"
    } else {
        "The outlet's name in the header moves scores"
    };
    let says = format!(
        "{header}; signed in the text, it moves scores by {} of their spread: {means}.",
        percent(share)
    );
    Finding {
        probe: "outlets",
        measures,
        holds,
        says,
        movers: movers(subjects, |at| texts[0][at], by_text),
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
