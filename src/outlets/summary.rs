//! The report on the outlets of an archive: means, intervals, order, months, terms, articles.

use std::collections::BTreeMap;

use super::extremes::InfluentialArticle;
use super::lean::{MeanEstimate, ScoreKind};
use super::makers::Makers;
use super::quotes::QuotedSentence;
use super::shrinkage::{OutletPopulation, ShrunkenMean, shrunken};
use super::sums::{OutletSums, StandaloneSums};
use super::tally::Tally;
use super::terms::DistinctiveTerm;

/// Largest number of distinctive terms of an outlet.
pub const MAX_TERMS: usize = 10;

/// Fewest articles about the conflict from which the lean of an outlet is told. A mean of fewer
/// says more of these articles than of the outlet.
pub const MIN_ARTICLES: u64 = 5;

/// Smallest share of articles about the conflict with which an archive can be reported on. Of
/// articles about other things up to one in a thousand is taken for one about the conflict; below
/// one in a hundred, such errors may be a tenth of what is averaged and more.
pub const MIN_RELATED: f64 = 0.01;

/// The report on all outlets.
#[derive(Clone, Debug, PartialEq)]
pub struct OutletReport {
    /// Ids of the camps; a lean is positive toward the first.
    pub camps: [String; 2],
    /// The outlets, from the one farthest toward the first camp to the one farthest toward the
    /// second; last those without a mean.
    pub outlets: Vec<Outlet>,
    /// The distribution of the outlets' leans, if there are enough outlets.
    pub overall: Option<OutletPopulation>,
    /// The sampling rate of terms as 1 of this many; 1 if all were counted.
    pub terms_sampled: u64,
    /// Which models made the records.
    pub makers: Makers,
}

/// The report on one outlet.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlet {
    /// Its name; `None` for the articles without an outlet, which are not ranked.
    pub name: Option<String>,
    /// The numbers of its articles.
    pub counts: Counts,
    /// The mean lean; `None` of fewer than [`MIN_ARTICLES`].
    pub lean: Option<MeanEstimate>,
    /// The mean score toward each camp.
    pub toward: [Option<MeanEstimate>; 2],
    /// The mean lean, shrunken toward that of all outlets.
    pub shrunken: Option<ShrunkenMean>,
    /// The mean lean of each month (`YYYY-MM`) that has articles.
    pub months: Vec<(String, MeanEstimate)>,
    /// Its most distinctive terms.
    pub typical: Vec<DistinctiveTerm>,
    /// The articles that influence its mean lean most, each with its influence.
    pub pulling: Vec<(InfluentialArticle, f64)>,
    /// The sentences that decided its surest articles: toward the first camp (for it, or against
    /// the second), and toward the second.
    pub sentences: [Vec<QuotedSentence>; 2],
}

/// Numbers of articles by kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All articles.
    pub articles: u64,
    /// Articles in the means: scored, and about the conflict.
    pub weighed: u64,
    /// Articles that are not about the conflict.
    pub unrelated: u64,
    /// Articles without scores.
    pub failed: u64,
    /// Articles in the means for which the model abstained toward some camp.
    pub uncertain: u64,
    /// Articles in the means whose date is of an unknown form.
    pub unread_dates: u64,
    /// Articles in the means without event and date, each of which is a cluster of its own.
    pub standalone: u64,
    /// By camp: articles in the means with each stance, by its name or `uncertain`.
    pub stances: [BTreeMap<String, u64>; 2],
}

impl Counts {
    fn from_sums(sums: &OutletSums) -> Self {
        let OutletSums { unrelated, failed, uncertain, unread_dates, stances, .. } = sums.clone();
        let weighed = sums.total().n;
        Self {
            standalone: sums.alone.sums.n,
            articles: weighed + unrelated + failed,
            weighed,
            unrelated,
            failed,
            uncertain,
            unread_dates,
            stances,
        }
    }

    /// Whether too few of the articles are about the conflict to say anything of their outlets:
    /// fewer than [`MIN_ARTICLES`], or a share below [`MIN_RELATED`].
    pub fn is_off_topic(&self) -> bool {
        let scored = self.weighed + self.unrelated;
        self.weighed < MIN_ARTICLES || (self.weighed as f64) < MIN_RELATED * scored as f64
    }

    /// Whether most of the articles are about the conflict: if too few are, it is that there are
    /// few at all.
    pub fn is_mostly_related(&self) -> bool {
        self.weighed > self.unrelated
    }

    /// The share of uncertain articles in the means.
    pub fn uncertain_share(&self) -> f64 {
        self.uncertain as f64 / self.weighed.max(1) as f64
    }
}

impl Outlet {
    fn new(name: &str, sums: &OutletSums, typical: Vec<DistinctiveTerm>) -> Self {
        let clusters = sums.clusters();
        let is_told = sums.total().n >= MIN_ARTICLES;
        let mean =
            |measure| is_told.then(|| MeanEstimate::new(measure, &clusters, &sums.alone)).flatten();
        let lean = mean(ScoreKind::Lean);
        let month = |(month, clusters): (&str, Vec<_>)| {
            Some((
                month.to_owned(),
                MeanEstimate::new(ScoreKind::Lean, &clusters, &StandaloneSums::default())?,
            ))
        };
        let pulling = lean
            .as_ref()
            .map_or_else(Vec::new, |lean| sums.extremes.by_influence(lean.mean, lean.n));
        Self {
            name: (!name.is_empty()).then(|| name.to_owned()),
            counts: Counts::from_sums(sums),
            toward: [0, 1].map(|camp| mean(ScoreKind::Toward(camp))),
            lean,
            shrunken: None,
            months: if is_told {
                sums.months().into_iter().filter_map(month).collect()
            } else {
                Vec::new()
            },
            typical,
            sentences: if is_told {
                sums.sentences.by_side().clone()
            } else {
                [Vec::new(), Vec::new()]
            },
            pulling: pulling.into_iter().map(|(article, by)| (article.clone(), by)).collect(),
        }
    }

    /// The lean that outlets are ordered by.
    fn order(&self) -> f64 {
        let lean = self.shrunken.as_ref().map(|shrunken| shrunken.mean);
        lean.or_else(|| self.lean.as_ref().map(|lean| lean.mean)).unwrap_or(f64::NEG_INFINITY)
    }
}

impl OutletReport {
    /// The report of the sums in `tally`; `None` if no article has scores.
    pub fn from_tally(tally: &Tally) -> Option<Self> {
        let camps = tally.camps.clone()?;
        let mut typical = tally.terms.distinctive(MAX_TERMS);
        let mut outlets: Vec<Outlet> = tally
            .outlets
            .iter()
            .map(|(name, sums)| Outlet::new(name, sums, typical.remove(name).unwrap_or_default()))
            .collect();
        let named: Vec<Option<MeanEstimate>> = outlets
            .iter()
            .map(|outlet| outlet.lean.clone().filter(|_| outlet.name.is_some()))
            .collect();
        let (overall, shrunken) = shrunken(&named);
        for (outlet, shrunken) in outlets.iter_mut().zip(shrunken) {
            outlet.shrunken = shrunken;
        }
        outlets.sort_by(|a, b| b.order().total_cmp(&a.order()).then_with(|| a.name.cmp(&b.name)));
        let (terms_sampled, makers) = (tally.terms.sampled(), tally.makers.clone());
        Some(Self { camps, outlets, overall, terms_sampled, makers })
    }

    /// The number of articles without the name of an outlet.
    pub fn unnamed(&self) -> u64 {
        let unnamed = self.outlets.iter().filter(|outlet| outlet.name.is_none());
        unnamed.map(|outlet| outlet.counts.articles).sum()
    }

    /// Numbers of articles of all outlets, by kind.
    pub fn counts(&self) -> Counts {
        let mut all = Counts::default();
        for outlet in &self.outlets {
            let Counts {
                articles,
                weighed,
                unrelated,
                failed,
                uncertain,
                unread_dates,
                standalone,
                stances,
            } = &outlet.counts;
            all.standalone += standalone;
            all.articles += articles;
            all.weighed += weighed;
            all.unrelated += unrelated;
            all.failed += failed;
            all.uncertain += uncertain;
            all.unread_dates += unread_dates;
            for (sums, counts) in all.stances.iter_mut().zip(stances) {
                for (stance, count) in counts {
                    *sums.entry(stance.clone()).or_default() += count;
                }
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outlets::tally::tests::article;

    #[test]
    fn outlets_stand_in_the_order_of_their_lean_and_the_nameless_are_not_ranked() {
        let mut tally = Tally::default();
        for number in 0..30_i64 {
            let outlets =
                [("b", 500_000), ("a", -500_000), ("c", 0), ("", 900_000), ("d", 100_000)];
            let (outlet, lean) = outlets[usize::try_from(number % 5).unwrap()];
            let mut article = article(&format!("a{number}"), outlet, lean + 10_000 * (number / 5));
            article.date = Some(format!("2019-0{}-01", 1 + number / 5));
            article.outlet = article.outlet.filter(|outlet| !outlet.is_empty());
            tally.add(&article).unwrap();
        }
        let summary = OutletReport::from_tally(&tally).unwrap();
        let names: Vec<Option<&str>> =
            summary.outlets.iter().map(|outlet| outlet.name.as_deref()).collect();
        assert_eq!(names, [None, Some("b"), Some("d"), Some("c"), Some("a")]);
        assert!(summary.outlets[0].shrunken.is_none() && summary.outlets[0].lean.is_some());
        assert_eq!(summary.overall.as_ref().unwrap().outlets, 4);
        let b = &summary.outlets[1];
        assert_eq!(
            (b.months.len(), b.months[5].0.as_str(), b.shrunken.as_ref().unwrap().places),
            (6, "2019-06", (1, 1))
        );
        assert!(
            (b.lean.as_ref().unwrap().mean - 0.525).abs() < 1e-12
                && b.months[0].1.interval().is_none()
        );
        assert_eq!((summary.counts().articles, summary.counts().weighed), (30, 30));
        assert_eq!(OutletReport::from_tally(&Tally::default()), None);
    }
}
