//! Does a model follow what it must not? Each probe changes one thing in many texts and measures
//! how far their scores move.
//!
//! | probe | what is changed | what a reader of wording would say |
//! |---|---|---|
//! | [`names`] | the camps change sides: every name gives way to its counterpart | the framing follows its target |
//! | [`quotations`] | quoted and attributed speech is left out | nothing: it is not the article's own voice |
//! | [`outlets`] | the article gets another newsroom's name | nothing |
//!
//! Movements are told as shares of the *spread*: the standard deviation of the scores of all texts
//! toward both camps, unchanged. Every figure has a 95 % interval, by drawing events with
//! replacement; texts, where fewer than ten events are known.

mod counterparts;
pub mod names;
pub mod outlets;
pub mod quotations;
mod subject;

use std::collections::BTreeMap;

use super::bootstrap::interval;
pub use counterparts::{Counterparts, Swapped};
pub use subject::{Subject, Subjects, Weighed};

/// Share of the spread that may come of what a model must not follow.
pub const TOLERATED: f64 = 0.2;

/// With fewer clusters, intervals are of texts drawn one by one: the same few events over and over
/// would say nothing of chance.
const MIN_CLUSTERS: usize = 10;

/// One figure of a probe.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// Its name in JSON.
    pub key: &'static str,
    /// What a table calls it.
    pub name: &'static str,
    /// How many texts it is of.
    pub texts: usize,
    /// Its value; no number where there is nothing to measure it by.
    pub value: f64,
    /// Its 95 % interval.
    pub interval: (f64, f64),
}

/// A text whose score toward one camp moved.
#[derive(Clone, Debug, PartialEq)]
pub struct Mover {
    /// Id of the article.
    pub id: String,
    /// Number of the camp.
    pub camp: usize,
    /// Its score.
    pub before: f64,
    /// Its score after the change.
    pub after: f64,
    /// How much of the movement counts against the model; at least 0.
    pub by: f64,
}

/// What one probe found.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Name of the probe.
    pub probe: &'static str,
    /// The figures; the first is the one that is judged.
    pub measures: Vec<Measure>,
    /// Whether what it found is good.
    pub holds: bool,
    /// What it means, in a sentence.
    pub says: String,
    /// The texts that moved, the farthest first.
    pub movers: Vec<Mover>,
}

/// What the probes found.
#[derive(Clone, Debug, PartialEq)]
pub struct ProbeFindings {
    /// How many texts were weighed.
    pub texts: usize,
    /// The standard deviation of their scores toward both camps.
    pub spread: f64,
    /// The findings of each probe.
    pub findings: Vec<Finding>,
}

impl ProbeFindings {
    /// Lets every probe look at `subjects`; `tick` is called for each that is done.
    pub fn of(subjects: &Subjects, tick: impl Fn()) -> Self {
        let probes: [fn(&Subjects) -> Finding; 3] =
            [names::probe, quotations::probe, outlets::probe];
        let findings = probes.map(|probe| {
            let finding = probe(subjects);
            tick();
            finding
        });
        Self {
            texts: subjects.len(),
            spread: spread(subjects.before().map(|before| before.scores)),
            findings: findings.into(),
        }
    }

    /// How many probes there are.
    pub const PROBES: usize = 3;
}

/// A text in a measurement: its scores, and what counts of each score's movement, where the text is
/// measured at all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Item {
    scores: [f64; 2],
    moved: Option<[f64; 2]>,
}

/// The standard deviation of the scores of all texts toward both camps.
fn spread(scores: impl Iterator<Item = [f64; 2]>) -> f64 {
    let (mut n, mut sum, mut squares) = (0.0, 0.0, 0.0);
    for score in scores.flatten() {
        n += 1.0;
        sum += score;
        squares += score * score;
    }
    let mean: f64 = sum / n;
    // Scores lie in [−1, 1]: no digits are lost that matter.
    (squares / n - mean * mean).max(0.0).sqrt()
}

/// The mean of what counts of the movements; no number without any.
fn mean(items: &[Item]) -> f64 {
    let (sum, n) = items
        .iter()
        .filter_map(|item| item.moved)
        .flatten()
        .fold((0.0, 0.0), |(sum, n), moved| (sum + moved, n + 1.0));
    sum / n
}

/// The same as a share of the spread.
fn mean_share(items: &[Item]) -> f64 {
    mean(items) / spread(items.iter().map(|item| item.scores))
}

/// The movement that a twentieth of the movements exceed (the nearest rank), as a share of the
/// spread.
fn share_of_most(items: &[Item]) -> f64 {
    let mut moved: Vec<f64> = items.iter().filter_map(|item| item.moved).flatten().collect();
    moved.sort_by(f64::total_cmp);
    let rank = (moved.len() * 95).div_ceil(100);
    moved
        .get(rank.saturating_sub(1))
        .map_or(f64::NAN, |moved| moved / spread(items.iter().map(|item| item.scores)))
}

/// A measurement of all subjects: `moved` gives what counts of each one's movement.
fn measure(
    (key, name): (&'static str, &'static str),
    subjects: &Subjects,
    moved: impl Fn(usize) -> Option<[f64; 2]>,
    figure: impl Fn(&[Item]) -> f64,
) -> Measure {
    let item = |at: usize| Item { scores: subjects.weighed(at).scores, moved: moved(at) };
    figure_of(
        (key, name),
        subjects,
        |at| Some(item(at)),
        |items| items.iter().filter(|item| item.moved.is_some()).count(),
        figure,
    )
}

/// A figure of the subjects that have an item, with its interval.
fn figure_of<T: Copy>(
    (key, name): (&'static str, &'static str),
    subjects: &Subjects,
    item: impl Fn(usize) -> Option<T>,
    texts: impl Fn(&[T]) -> usize,
    figure: impl Fn(&[T]) -> f64,
) -> Measure {
    let mut clusters: BTreeMap<&str, Vec<T>> = BTreeMap::new();
    for at in 0..subjects.len() {
        if let Some(item) = item(at) {
            clusters.entry(&subjects.subject(at).cluster).or_default().push(item);
        }
    }
    let mut clusters: Vec<Vec<T>> = clusters.into_values().collect();
    let all = clusters.concat();
    if clusters.len() < MIN_CLUSTERS {
        clusters = all.iter().map(|&item| vec![item]).collect();
    }
    Measure {
        key,
        name,
        texts: texts(&all),
        value: figure(&all),
        interval: interval(&clusters, figure),
    }
}

/// The movements that count, the farthest first.
fn movers(
    subjects: &Subjects,
    after: impl Fn(usize) -> Option<Weighed>,
    moved: impl Fn(usize) -> Option<[f64; 2]>,
) -> Vec<Mover> {
    let mut movers = Vec::new();
    for at in 0..subjects.len() {
        let (Some(after), Some(moved)) = (after(at), moved(at)) else { continue };
        let before = subjects.weighed(at);
        movers.extend((0..2).filter(|&camp| moved[camp] > 0.0).map(|camp| Mover {
            id: subjects.subject(at).id.clone(),
            camp,
            before: before.scores[camp],
            after: after.scores[camp],
            by: moved[camp],
        }));
    }
    movers.sort_by(|a, b| {
        b.by.total_cmp(&a.by).then_with(|| a.id.cmp(&b.id)).then(a.camp.cmp(&b.camp))
    });
    movers
}

/// How far each score moved.
fn distances(before: Weighed, after: Weighed) -> [f64; 2] {
    std::array::from_fn(|camp| (after.scores[camp] - before.scores[camp]).abs())
}

/// A share in a sentence.
fn percent(share: f64) -> String {
    match 100.0 * share {
        percent if !percent.is_finite() => "an unknown share".to_owned(),
        percent if percent < 9.95 => format!("{percent:.1} %"),
        percent => format!("{percent:.0} %"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scores 1, 0, −1, 0: mean 0, variance ½.
    #[test]
    fn shares_are_as_worked_out_by_hand() {
        let items = [
            Item { scores: [1.0, 0.0], moved: Some([0.2, 0.0]) },
            Item { scores: [-1.0, 0.0], moved: Some([0.4, 0.2]) },
        ];
        let spread = 0.5_f64.sqrt();
        assert!((mean(&items) - 0.2).abs() < 1e-12);
        assert!((mean_share(&items) - 0.2 / spread).abs() < 1e-12);
        assert!((share_of_most(&items) - 0.4 / spread).abs() < 1e-12);
        let unmeasured = [Item { scores: [1.0, 0.0], moved: None }];
        assert!(mean_share(&unmeasured).is_nan() && share_of_most(&unmeasured).is_nan());
    }
}
