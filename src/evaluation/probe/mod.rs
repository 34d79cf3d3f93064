//! Probes: does a model react to things that must not change a stance? Each probe changes one
//! thing in many articles and measures how far their scores move.
//!
//! - [`Probe::Names`] replaces each name by its counterpart in the other camp. In a model that
//!   reads only wording, the framing follows its target.
//! - [`Probe::Quotations`] removes quoted and attributed speech, which is not the article's own
//!   voice. No score should move.
//! - [`Probe::Outlets`] signs the article with the name of another newsroom. No score should move.
//!
//! Score shifts are given as shares of the *spread*: the standard deviation of the unchanged
//! scores of all articles toward both camps. Every metric has a 95 % interval from a bootstrap
//! over events, or over articles if there are fewer than ten events.

mod counterparts;
mod held_out;
mod metric;
mod name_swap;
mod outlets;
mod probe_set;
mod quotations;
#[cfg(test)]
mod tests;

pub use counterparts::{Counterparts, SwapScope};
pub use metric::{ProbeMetric, ProbeMetricKind};
pub use probe_set::{ProbeArticle, ProbeSet, StanceScores};

/// Largest acceptable score shift, as a share of the spread.
pub const MAX_SHARE: f64 = 0.2;

/// A probe: one way to change articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Probe {
    /// The camps swap names.
    Names,
    /// Quoted and attributed speech is removed.
    Quotations,
    /// The article is signed by a newsroom that does not exist.
    Outlets,
}

impl Probe {
    /// All probes, in the order of a report.
    pub const ALL: [Self; 3] = [Self::Names, Self::Quotations, Self::Outlets];

    /// The probe's name in tables and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Names => "names",
            Self::Quotations => "quotations",
            Self::Outlets => "outlets",
        }
    }

    /// Runs the probe on a set of articles.
    pub fn run(self, set: &ProbeSet) -> ProbeResult {
        match self {
            Self::Names => name_swap::run(set),
            Self::Quotations => quotations::run(set),
            Self::Outlets => outlets::run(set),
        }
    }
}

/// One article whose score toward one camp moved.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreShift {
    /// Id of the article.
    pub id: String,
    /// Number of the camp.
    pub camp: usize,
    /// Score before the change, in [−1, 1].
    pub before: f64,
    /// Score after the change, in [−1, 1].
    pub after: f64,
    /// The part of the shift that counts against the model; above 0.
    pub counted: f64,
}

/// The result of one probe.
#[derive(Clone, Debug, PartialEq)]
pub struct ProbeResult {
    /// The probe.
    pub probe: Probe,
    /// The metrics; the first one is the probe's criterion.
    pub metrics: Vec<ProbeMetric>,
    /// Whether the model passes the probe.
    pub holds: bool,
    /// The shifts that count against the model, largest first.
    pub shifts: Vec<ScoreShift>,
}

impl ProbeResult {
    /// The value of one metric; NaN if the probe has no such metric.
    pub fn value(&self, kind: ProbeMetricKind) -> f64 {
        value(&self.metrics, kind)
    }
}

fn value(metrics: &[ProbeMetric], kind: ProbeMetricKind) -> f64 {
    metrics.iter().find(|metric| metric.kind == kind).map_or(f64::NAN, |metric| metric.value)
}

/// The results of all probes on one set of articles.
#[derive(Clone, Debug, PartialEq)]
pub struct ProbeReport {
    /// How many articles were scored.
    pub n_articles: usize,
    /// The standard deviation of their scores toward both camps.
    pub spread: f64,
    /// The result of each probe, in the order of [`Probe::ALL`].
    pub results: Vec<ProbeResult>,
}

impl ProbeReport {
    /// Runs every probe on `set`. Calls `tick` after each of them.
    pub fn measure(set: &ProbeSet, tick: impl Fn()) -> Self {
        let results = Probe::ALL.map(|probe| {
            let result = probe.run(set);
            tick();
            result
        });
        Self {
            n_articles: set.len(),
            spread: metric::spread(set.unchanged().map(|before| before.scores)),
            results: results.into(),
        }
    }
}

/// The shifts that count, largest first.
fn shifts(
    set: &ProbeSet,
    after: impl Fn(usize) -> Option<StanceScores>,
    counted: impl Fn(usize) -> Option<[f64; 2]>,
) -> Vec<ScoreShift> {
    let mut shifts = Vec::new();
    for at in 0..set.len() {
        let (Some(after), Some(counted)) = (after(at), counted(at)) else { continue };
        let before = set.scores(at);
        shifts.extend((0..2).filter(|&camp| counted[camp] > 0.0).map(|camp| ScoreShift {
            id: set.article(at).id.clone(),
            camp,
            before: before.scores[camp],
            after: after.scores[camp],
            counted: counted[camp],
        }));
    }
    shifts.sort_by(|a, b| {
        b.counted.total_cmp(&a.counted).then_with(|| a.id.cmp(&b.id)).then(a.camp.cmp(&b.camp))
    });
    shifts
}

/// How far the score toward each camp moved.
fn distances(before: StanceScores, after: StanceScores) -> [f64; 2] {
    std::array::from_fn(|camp| (after.scores[camp] - before.scores[camp]).abs())
}
