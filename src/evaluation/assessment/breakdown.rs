//! Figures of parts of the articles: by outlet, event, genre and length.
//!
//! In a part most classes may be missing, and a class that nothing bears has F1 0. So every part
//! tells its labels, and `at_most`, the largest macro-F1 that it allows. The intervals of many
//! parts are not corrected for their number: of twenty, one is off by chance.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::tested::{Drawn, Predictions};
use super::{AVERAGED, CAMPS, CLASSES};
use crate::evaluation::bootstrap::BootstrapEstimate;
use crate::evaluation::metrics::Confusion;

/// By what articles are parted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Division {
    /// The outlet.
    Outlet,
    /// The event.
    Event,
    /// The genre.
    Genre,
    /// Quarters by the number of words.
    Length,
}

impl Division {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Outlet, Self::Event, Self::Genre, Self::Length];

    /// What output calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Outlet => "outlet",
            Self::Event => "event",
            Self::Genre => "genre",
            Self::Length => "length",
        }
    }
}

/// What stands for groups that are too small to be told.
pub const OTHER: &str = "(other)";

/// What stands for articles that do not say.
pub const NONE: &str = "(none)";

/// The figures of every group.
#[derive(Clone, Debug, PartialEq)]
pub struct Breakdown {
    /// By what the articles are parted.
    pub division: Division,
    /// The groups; none where no article says to which it belongs, or all groups are too small.
    /// Bands of length from the shortest, others from the largest; at the end those that do not
    /// say, and those put together.
    pub groups: Vec<BreakdownGroup>,
    /// How many groups are too small, and were put together.
    pub pooled: usize,
}

/// The figures of one group.
#[derive(Clone, Debug, PartialEq)]
pub struct BreakdownGroup {
    /// Its name.
    pub name: String,
    /// How many articles there are.
    pub articles: usize,
    /// How they are drawn for intervals.
    pub drawn: Drawn,
    /// Toward each camp.
    pub camps: [GroupFigures; CAMPS],
}

/// The figures of one group toward one camp.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GroupFigures {
    /// How many articles bear each class.
    pub labelled: [usize; CLASSES],
    /// Mean F1 of favor, neutral and against.
    pub macro_f1: BootstrapEstimate,
    /// The largest that it can be with these labels.
    pub at_most: f64,
    /// The share that was given its label.
    pub accuracy: BootstrapEstimate,
}

impl Breakdown {
    /// Figures of the groups; groups of fewer than `least` articles are put together.
    pub fn of(tested: &[&Predictions], division: Division, least: usize) -> Self {
        let bands = Bands::of(tested);
        let mut groups: BTreeMap<Option<String>, Vec<&Predictions>> = BTreeMap::new();
        for &article in tested {
            let name = match division {
                Division::Outlet => article.outlet.clone(),
                Division::Event => article.event.clone(),
                Division::Genre => article.genre.clone(),
                // Zeros in front keep the order of numbers.
                Division::Length => Some(format!("{:020}", bands.of_words(article.words))),
            };
            groups.entry(name).or_default().push(article);
        }
        if groups.keys().all(Option::is_none) {
            return Self { division, groups: Vec::new(), pooled: 0 };
        }
        let (large, small): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|(_, members)| members.len() >= least);
        let mut large: Vec<_> =
            large.into_iter().map(|(name, members)| (name.is_none(), name, members)).collect();
        large.sort_by_key(|(none, name, members)| match division {
            Division::Length => (*none, Reverse(0), name.clone()),
            _ => (*none, Reverse(members.len()), name.clone()),
        });
        let called = |name: Option<String>| match (division, name) {
            (_, None) => NONE.to_owned(),
            (Division::Length, Some(band)) => bands.name(band.parse().unwrap_or_default()),
            (_, Some(name)) => name,
        };
        let mut groups: Vec<BreakdownGroup> = large
            .into_iter()
            .map(|(_, name, members)| BreakdownGroup::of(called(name), &members, division))
            .collect();
        let pooled = small.len();
        if pooled > 0 && !groups.is_empty() {
            let members: Vec<&Predictions> =
                small.into_iter().flat_map(|(_, members)| members).collect();
            groups.push(BreakdownGroup::of(OTHER.to_owned(), &members, division));
        }
        Self { division, groups, pooled }
    }
}

impl BreakdownGroup {
    fn of(name: String, members: &[&Predictions], division: Division) -> Self {
        // An event that is drawn whole, or not at all, says nothing of itself.
        let drawn = if division == Division::Event && name != OTHER {
            Drawn::alone(members)
        } else {
            Drawn::of(members)
        };
        let camps = [0, 1].map(|camp| {
            let pairs = drawn.clusters(members, |_, article| article.pair(camp));
            let figures = BootstrapEstimate::all(&pairs, |sample| {
                let confusion = Confusion::of(CLASSES, sample.iter().copied());
                vec![confusion.macro_f1(AVERAGED), confusion.accuracy()]
            });
            let confusion = Confusion::of(CLASSES, pairs.into_iter().flatten());
            GroupFigures {
                labelled: [0, 1, 2, 3].map(|class| confusion.labelled(class)),
                macro_f1: figures[0],
                at_most: confusion.most_macro_f1(AVERAGED),
                accuracy: figures[1],
            }
        });
        Self { name, articles: members.len(), drawn, camps }
    }
}

/// Bands of length: the ends of the first three quarters of the articles in order of their words.
#[derive(Clone, Debug)]
struct Bands {
    /// The largest number of words in each band but the last; no two are equal.
    limits: Vec<usize>,
}

impl Bands {
    fn of(tested: &[&Predictions]) -> Self {
        let mut words: Vec<usize> = tested.iter().map(|article| article.words).collect();
        words.sort_unstable();
        let limit = |quarter: usize| {
            words.get((quarter * words.len()).div_ceil(4).wrapping_sub(1)).copied()
        };
        let mut limits: Vec<usize> = (1..4).filter_map(limit).collect();
        limits.dedup();
        limits.retain(|limit| Some(limit) != words.last());
        Self { limits }
    }

    /// The number of the band of so many words.
    fn of_words(&self, words: usize) -> usize {
        self.limits.partition_point(|&limit| limit < words)
    }

    fn name(&self, band: usize) -> String {
        let from =
            band.checked_sub(1).and_then(|before| self.limits.get(before)).map(|limit| limit + 1);
        match (from, self.limits.get(band)) {
            (None, None) => "any number of words".to_owned(),
            (None, Some(to)) => format!("up to {to} words"),
            (Some(from), Some(to)) => format!("{from} to {to} words"),
            (Some(from), None) => format!("{from} words and more"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tested::tests::tested;
    use super::*;
    use crate::camp::Stance::{Favor, Neutral};

    fn of(articles: &[Predictions], division: Division, least: usize) -> Breakdown {
        Breakdown::of(&articles.iter().collect::<Vec<_>>(), division, least)
    }

    fn names(breakdown: &Breakdown) -> Vec<(&str, usize)> {
        breakdown.groups.iter().map(|group| (group.name.as_str(), group.articles)).collect()
    }

    fn articles(outlets: &[Option<&str>]) -> Vec<Predictions> {
        let article = |(at, outlet): (usize, Option<&str>)| {
            let article = tested(
                &at.to_string(),
                [if at == 0 { Favor } else { Neutral }, Neutral],
                Some([Neutral; 2]),
            );
            Predictions { outlet: outlet.map(str::to_owned), words: 100 * (at + 1), ..article }
        };
        outlets.iter().copied().enumerate().map(article).collect()
    }

    #[test]
    fn small_groups_are_put_together_and_all_articles_are_in_one_group() {
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
        let found = of(&articles, Division::Outlet, 2);
        assert_eq!(
            (names(&found), found.pooled),
            (vec![("a", 3), ("b", 2), (NONE, 2), (OTHER, 2)], 2)
        );
        let found = of(&articles, Division::Outlet, 3);
        assert_eq!((names(&found), found.pooled), (vec![("a", 3), (OTHER, 6)], 4));
        let found = of(&articles, Division::Outlet, 4);
        assert_eq!((names(&found), found.pooled), (vec![], 5), "what is put together would be all");
        let found = of(&articles, Division::Genre, 1);
        assert_eq!((names(&found), found.pooled), (vec![], 0));
    }

    #[test]
    fn figures_of_a_group_are_as_worked_out_by_hand() {
        let found = of(&articles(&[Some("a"), Some("a"), Some("b")]), Division::Outlet, 1);
        let [x, y] = &found.groups[0].camps;
        // One favor called neutral, one neutral called neutral: F1 0 and 2 / 3, of three classes
        // two are labelled.
        assert!(
            (x.macro_f1.value - 2.0 / 9.0).abs() < 1e-12
                && (x.at_most - 2.0 / 3.0).abs() < 1e-12
                && (x.accuracy.value - 0.5).abs() < 1e-12
        );
        assert_eq!((x.labelled, y.labelled), ([1, 1, 0, 0], [0, 2, 0, 0]));
        assert!(
            (y.macro_f1.value - 1.0 / 3.0).abs() < 1e-12 && (y.at_most - 1.0 / 3.0).abs() < 1e-12
        );
    }

    #[test]
    fn bands_of_length_are_quarters_with_their_limits() {
        let found = of(&articles(&[None; 8]), Division::Length, 1);
        let bands = [
            ("up to 200 words", 2),
            ("201 to 400 words", 2),
            ("401 to 600 words", 2),
            ("601 words and more", 2),
        ];
        assert_eq!(names(&found), bands);
        let mut same = articles(&[None; 8]);
        for article in &mut same {
            article.words = 50;
        }
        assert_eq!(names(&of(&same, Division::Length, 1)), [("any number of words", 8)]);
        same[7].words = 90;
        assert_eq!(
            names(&of(&same, Division::Length, 1)),
            [("up to 50 words", 7), ("51 words and more", 1)]
        );
    }

    #[test]
    fn the_articles_of_one_event_are_drawn_one_by_one() {
        let mut articles = articles(&[None; 5]);
        for (at, article) in articles.iter_mut().enumerate() {
            article.event = Some(if at < 3 { "e" } else { "f" }.to_owned());
        }
        let found = of(&articles, Division::Event, 2);
        let drawn: Vec<(&str, usize, usize)> = found
            .groups
            .iter()
            .map(|group| (group.name.as_str(), group.drawn.clusters, group.drawn.events))
            .collect();
        assert_eq!(drawn, [("e", 3, 0), ("f", 2, 0)]);
    }
}
