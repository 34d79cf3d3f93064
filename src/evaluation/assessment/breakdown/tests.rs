use super::super::predictions::tests::example;
use super::*;
use crate::camp::Stance::{Favor, Neutral};

fn of(articles: &[Predictions], key: BreakdownKey, least: usize) -> Breakdown {
    Breakdown::new(&articles.iter().collect::<Vec<_>>(), key, least)
}

fn names(breakdown: &Breakdown) -> Vec<(&str, usize)> {
    breakdown.groups.iter().map(|group| (group.name.as_str(), group.n_articles)).collect()
}

fn articles(outlets: &[Option<&str>]) -> Vec<Predictions> {
    let article = |(at, outlet): (usize, Option<&str>)| {
        let article = example(
            &at.to_string(),
            [if at == 0 { Favor } else { Neutral }, Neutral],
            Some([Neutral; 2]),
        );
        Predictions { outlet: outlet.map(str::to_owned), n_words: 100 * (at + 1), ..article }
    };
    outlets.iter().copied().enumerate().map(article).collect()
}

#[test]
fn small_groups_are_pooled_and_every_article_is_in_one_group() {
    let articles = articles(&[
        Some("b"),
        Some("a"),
        Some("a"),
        Some("c"),
        Some("b"),
        None,
        None,
        Some("a"),
        Some("d"),
    ]);
    let found = of(&articles, BreakdownKey::Outlet, 2);
    assert_eq!(
        (names(&found), found.n_pooled),
        (vec![("a", 3), ("b", 2), (NONE, 2), (OTHER, 2)], 2)
    );
    let found = of(&articles, BreakdownKey::Outlet, 3);
    assert_eq!((names(&found), found.n_pooled), (vec![("a", 3), (OTHER, 6)], 4));
    let found = of(&articles, BreakdownKey::Outlet, 4);
    assert_eq!((names(&found), found.n_pooled), (vec![], 5), "everything would be pooled");
    let found = of(&articles, BreakdownKey::Genre, 1);
    assert_eq!((names(&found), found.n_pooled), (vec![], 0));
}

#[test]
fn metrics_of_a_group_are_as_worked_out_by_hand() {
    let found = of(&articles(&[Some("a"), Some("a"), Some("b")]), BreakdownKey::Outlet, 1);
    let [x, y] = &found.groups[0].camps;
    // One favor and one neutral, both predicted neutral: F1 0 and 2 / 3; two of three classes
    // are labelled.
    assert!(
        (x.macro_f1.value - 2.0 / 9.0).abs() < 1e-12
            && (x.max_macro_f1 - 2.0 / 3.0).abs() < 1e-12
            && (x.accuracy.value - 0.5).abs() < 1e-12
    );
    assert_eq!((x.support, y.support), ([1, 1, 0, 0], [0, 2, 0, 0]));
    assert!(
        (y.macro_f1.value - 1.0 / 3.0).abs() < 1e-12 && (y.max_macro_f1 - 1.0 / 3.0).abs() < 1e-12
    );
}

#[test]
fn bands_of_length_are_quarters_with_their_limits() {
    let found = of(&articles(&[None; 8]), BreakdownKey::Length, 1);
    let bands = [
        ("up to 200 words", 2),
        ("201 to 400 words", 2),
        ("401 to 600 words", 2),
        ("601 words and more", 2),
    ];
    assert_eq!(names(&found), bands);
    let mut same = articles(&[None; 8]);
    for article in &mut same {
        article.n_words = 50;
    }
    assert_eq!(names(&of(&same, BreakdownKey::Length, 1)), [("any number of words", 8)]);
    same[7].n_words = 90;
    assert_eq!(
        names(&of(&same, BreakdownKey::Length, 1)),
        [("up to 50 words", 7), ("51 words and more", 1)]
    );
}

#[test]
fn articles_of_one_event_are_resampled_one_by_one() {
    let mut articles = articles(&[None; 5]);
    for (at, article) in articles.iter_mut().enumerate() {
        article.event = Some(if at < 3 { "e" } else { "f" }.to_owned());
    }
    let found = of(&articles, BreakdownKey::Event, 2);
    let resampling: Vec<(&str, usize, usize)> = found
        .groups
        .iter()
        .map(|group| (group.name.as_str(), group.resampling.n_clusters, group.resampling.n_events))
        .collect();
    assert_eq!(resampling, [("e", 3, 0), ("f", 2, 0)]);
}
