//! Sums are the same however articles are divided and merged.

use proptest::prelude::*;

use super::*;
use crate::camp::Stance;
use crate::outlets::millionths::{Millionths, ONE};
use crate::record::{ScoredSentence, samples};

/// An article that leans so far, all of it by its score toward the first camp.
pub fn article(id: &str, outlet: &str, lean: Millionths) -> ScoreRecord {
    let camp = |camp: &str, score: Millionths| {
        let stance = if score > 300_000 { Stance::Favor } else { Stance::Neutral };
        samples::camp(camp, Some(stance), score as f64 / 1e6, &[&format!("w{}", score % 7)])
    };
    let scores = samples::scores([camp("lna", lean), camp("gna", -lean)]);
    ScoreRecord { outlet: Some(outlet.to_owned()), ..samples::record(id, Ok(scores)) }
}

prop_compose! {
    fn any_article()(
        (id, outlet, lean) in (0u32..1000, 0u8..4, -ONE..=ONE),
        (day, event, unrelated, kind) in (0u8..40, 0u8..6, 0..=ONE, 0u8..12),
    ) -> ScoreRecord {
        let mut article = article(&format!("a{id}"), &format!("o{outlet}"), lean);
        article.date = match day {
            0..28 => Some(format!("2019-0{}-{:02}", 1 + day % 3, day + 1)),
            28..32 => Some("yesterday".to_owned()),
            _ => None,
        };
        article.event = (event < 3).then(|| format!("e{event}"));
        let scores = article.scores.as_mut().unwrap();
        scores.unrelated = unrelated as f64 / 1e6;
        let text = format!("s{}", lean.rem_euclid(11));
        scores.camps[0].evidence =
            vec![ScoredSentence { text, span: None, stance: None, probability: None }];
        match kind {
            0 => article.scores = Err("too short".to_owned()),
            1 => scores.camps[1].stance = None,
            2 => article.outlet = None,
            _ => {}
        }
        article
    }
}

fn tallied(articles: &[ScoreRecord]) -> Tally {
    let mut tally = Tally::default();
    for article in articles {
        tally.add(article).unwrap();
    }
    tally
}

proptest! {
    #[test]
    fn however_articles_are_parted_and_in_whatever_order_they_merge_the_sums_are_the_same(
        articles in prop::collection::vec((any_article(), any::<u32>(), 0usize..5), 0..80),
    ) {
        let in_order: Vec<ScoreRecord> =
            articles.iter().map(|(article, _, _)| article.clone()).collect();
        let whole = tallied(&in_order);
        let mut shuffled = articles.clone();
        shuffled.sort_by_key(|(_, key, _)| *key);
        let mut parts: Vec<Vec<ScoreRecord>> = vec![Vec::new(); 5];
        for (article, _, part) in shuffled {
            parts[part].push(article);
        }
        let write = |part: &Vec<ScoreRecord>| serde_json::to_string(&tallied(part)).unwrap();
        let written: Vec<String> = parts.iter().map(write).collect();
        let merged = |order: &[usize]| {
            let mut all = Tally::default();
            for &part in order {
                all.merge(serde_json::from_str(&written[part]).unwrap()).unwrap();
            }
            all
        };
        for order in [[0, 1, 2, 3, 4], [4, 2, 0, 3, 1]] {
            prop_assert_eq!(&merged(&order), &whole);
        }
        // A pair merged first, then merged into the rest.
        let mut left = merged(&[3, 1]);
        left.merge(merged(&[0, 4, 2])).unwrap();
        prop_assert_eq!(&left, &whole);
    }
}

#[test]
fn articles_are_summed_by_event_else_by_day_else_alone() {
    let mut articles: Vec<ScoreRecord> =
        (0..6).map(|number| article(&format!("a{number}"), "x", 100_000 * (number + 1))).collect();
    articles[0].event = Some("e".to_owned());
    articles[0].date = Some("2019-04-30".to_owned());
    articles[1].event = Some("e".to_owned());
    articles[1].date = Some("2019-05-01".to_owned());
    articles[2].date = Some("2019-05-01".to_owned());
    articles[3].date = Some("Wed, 01 May 2019 10:00:00 +0200".to_owned());
    articles[4].date = Some("1/5/2019".to_owned());
    articles[5].scores.as_mut().unwrap().unrelated = 0.5;
    let tally = tallied(&articles);
    let sums = &tally.outlets["x"];
    let leans: Vec<(u64, Millionths)> =
        sums.clusters().iter().map(|sums| (sums.n, sums.sums[0])).collect();
    assert_eq!(leans, [(2, 300_000), (2, 700_000)]);
    assert_eq!((sums.alone.sums.sums[0], sums.alone.squares[0]), (500_000, 250_000_000_000));
    assert_eq!((sums.unread_dates, sums.unrelated, sums.total().n), (1, 1, 5));
    let months: Vec<(&str, usize)> =
        sums.months().into_iter().map(|(month, clusters)| (month, clusters.len())).collect();
    assert_eq!(months, [("2019-04", 1), ("2019-05", 2)]);
    assert_eq!(
        sums.stances[0],
        BTreeMap::from([("favor".to_owned(), 2), ("neutral".to_owned(), 3)])
    );
}

#[test]
fn leans_toward_other_camps_are_not_added() {
    let mut tally = tallied(&[article("a", "x", 1)]);
    let mut other = article("b", "x", 1);
    other.scores.as_mut().unwrap().camps[0].camp = "saf".into();
    let refusal = tally.add(&other).unwrap_err().to_string();
    assert!(
        refusal.contains("toward saf and gna, those before it toward lna and gna"),
        "{refusal}"
    );
    assert!(tally.merge(tallied(&[other])).is_err());
    assert_eq!(tally.outlets["x"].total().n, 1);
}
