//! The metrics of probes and their bootstrap intervals.

use std::collections::BTreeMap;

use super::ProbeSet;
use crate::evaluation::bootstrap::interval;

/// With fewer clusters, the bootstrap draws single articles: draws of the same few events do not
/// show the sampling error.
const MIN_CLUSTERS: usize = 10;

/// What a metric of a probe measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ProbeMetricKind {
    /// Names: mean shift that wording does not explain, as a share of the spread.
    NameShare,
    /// Names: the same in neutral articles.
    NameShareNeutral,
    /// Names: the same in partisan articles.
    NameSharePartisan,
    /// Names: the same if only the camps' own names are swapped, not those of associates.
    NameShareNamesAlone,
    /// Names: how far partisan scores go toward their mirror image, 0 to 1.
    Mirrored,
    /// Names: mean distance from the mirror image, as a share of the spread.
    DistanceFromMirror,
    /// Names: shift in neutral articles, relative to the shift that framing causes.
    NamesToFraming,
    /// Quotations: mean shift as a share of the spread.
    QuotationShare,
    /// Quotations: 95th percentile of the shifts, as a share of the spread.
    QuotationShareP95,
    /// Quotations: share of the stances that change.
    StancesChanged,
    /// Outlets: mean shift with the name in the text, as a share of the spread.
    TextShare,
    /// Outlets: 95th percentile of these shifts.
    TextShareP95,
    /// Outlets: mean shift between two names in the text, as a share of the spread.
    TextSwapShare,
    /// Outlets: mean shift with the name in the header field, in units of the score.
    HeaderShift,
}

impl ProbeMetricKind {
    /// The name of the metric in JSON, unique within its probe.
    pub fn key(self) -> &'static str {
        match self {
            Self::NameShare => "name_share",
            Self::NameShareNeutral => "neutral",
            Self::NameSharePartisan => "partisan",
            Self::NameShareNamesAlone => "name_share_names_alone",
            Self::Mirrored => "mirrored",
            Self::DistanceFromMirror => "from_mirror",
            Self::NamesToFraming => "of_framing",
            Self::QuotationShare => "mean",
            Self::QuotationShareP95 => "p95",
            Self::StancesChanged => "stances_changed",
            Self::TextShare => "text",
            Self::TextShareP95 => "text_p95",
            Self::TextSwapShare => "text_swapped",
            Self::HeaderShift => "header",
        }
    }
}

/// One metric of a probe, with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ProbeMetric {
    /// What it measures.
    pub kind: ProbeMetricKind,
    /// How many articles it is computed from.
    pub n_articles: usize,
    /// Its value; NaN if there is nothing to compute it from.
    pub value: f64,
    /// Its 95 % interval.
    pub interval: (f64, f64),
}

impl ProbeMetric {
    /// A metric of the score shifts of all articles. `counted` gives the part of each article's
    /// shift that counts, `None` for an article that is not measured.
    pub(super) fn of_shifts(
        kind: ProbeMetricKind,
        set: &ProbeSet,
        counted: impl Fn(usize) -> Option<[f64; 2]>,
        statistic: impl Fn(&[ScoredShift]) -> f64,
    ) -> Self {
        let shift = |at: usize| ScoredShift { scores: set.scores(at).scores, counted: counted(at) };
        Self::new(
            kind,
            set,
            |at| Some(shift(at)),
            |shifts| shifts.iter().filter(|shift| shift.counted.is_some()).count(),
            statistic,
        )
    }

    /// A metric of the articles that have an item, with its interval.
    pub(super) fn new<T: Copy>(
        kind: ProbeMetricKind,
        set: &ProbeSet,
        item: impl Fn(usize) -> Option<T>,
        n_articles: impl Fn(&[T]) -> usize,
        statistic: impl Fn(&[T]) -> f64,
    ) -> Self {
        let mut clusters: BTreeMap<&str, Vec<T>> = BTreeMap::new();
        for at in 0..set.len() {
            if let Some(item) = item(at) {
                clusters.entry(&set.article(at).cluster).or_default().push(item);
            }
        }
        let mut clusters: Vec<Vec<T>> = clusters.into_values().collect();
        let all = clusters.concat();
        if clusters.len() < MIN_CLUSTERS {
            clusters = all.iter().map(|&item| vec![item]).collect();
        }
        Self {
            kind,
            n_articles: n_articles(&all),
            value: statistic(&all),
            interval: interval(&clusters, statistic),
        }
    }
}

/// The unchanged scores of an article, and the part of each score's shift that counts, if the
/// article is measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ScoredShift {
    pub(super) scores: [f64; 2],
    pub(super) counted: Option<[f64; 2]>,
}

/// The standard deviation of the scores of all articles toward both camps.
pub(super) fn spread(scores: impl Iterator<Item = [f64; 2]>) -> f64 {
    let (mut n, mut sum, mut squares) = (0.0, 0.0, 0.0);
    for score in scores.flatten() {
        n += 1.0;
        sum += score;
        squares += score * score;
    }
    let mean: f64 = sum / n;
    // Scores lie in [−1, 1], so the cancellation is harmless.
    (squares / n - mean * mean).max(0.0).sqrt()
}

/// The mean of the counted shifts; NaN if there are none.
pub(super) fn mean(shifts: &[ScoredShift]) -> f64 {
    let (sum, n) = shifts
        .iter()
        .filter_map(|shift| shift.counted)
        .flatten()
        .fold((0.0, 0.0), |(sum, n), counted| (sum + counted, n + 1.0));
    sum / n
}

/// The mean of the counted shifts as a share of the spread.
pub(super) fn mean_share(shifts: &[ScoredShift]) -> f64 {
    mean(shifts) / spread(shifts.iter().map(|shift| shift.scores))
}

/// The 95th percentile (nearest rank) of the counted shifts, as a share of the spread.
pub(super) fn p95_share(shifts: &[ScoredShift]) -> f64 {
    let mut counted: Vec<f64> = shifts.iter().filter_map(|shift| shift.counted).flatten().collect();
    counted.sort_by(f64::total_cmp);
    let rank = (counted.len() * 95).div_ceil(100);
    counted
        .get(rank.saturating_sub(1))
        .map_or(f64::NAN, |shift| shift / spread(shifts.iter().map(|shift| shift.scores)))
}
