//! How far the set is, how fast it grows, and how far annotators agree.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::journal;
use super::session::Session;
use super::view::Label;
use crate::camp::Stance;
use crate::evaluation::bootstrap;
use crate::labels::agreement::{cohen_kappa, krippendorff_alpha, shared_labels, units};
use crate::labels::annotation::{ADJUDICATOR, Annotation};

/// How many of the last labels the speed is told from.
const RECENT: usize = 50;

/// How things stand.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Progress {
    /// Number of articles.
    pub articles: usize,
    /// … with a label.
    pub labelled: usize,
    /// … with labels of two annotators or more.
    pub labelled_twice: usize,
    /// … that this annotator labelled.
    pub own: usize,
    /// … of these, drawn at random.
    pub own_random: usize,
    /// … that this annotator put off.
    pub skipped: usize,
    /// Articles on which annotators differ, and that nobody settled.
    pub disputed: usize,
    /// The middle of the seconds that the last labels took.
    pub seconds: Option<f64>,
    /// How far annotators agree.
    pub agreement: Vec<AgreementLine>,
    /// What is wrong with the set's files.
    pub problems: Vec<String>,
}

/// The agreement toward one camp by one measure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AgreementLine {
    /// Id of the camp.
    pub camp: String,
    /// Cohen's κ of two, or Krippendorff's α of all.
    pub measure: &'static str,
    /// Whose.
    pub annotators: Vec<String>,
    /// Number of articles that it is told from.
    pub articles: usize,
    /// The measure: 1 is perfect agreement, 0 is agreement by chance.
    pub value: f64,
    /// Its 95 % interval by the bootstrap over articles; none where it has no width to speak of.
    pub interval: Option<(f64, f64)>,
}

/// An article on which annotators differ.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Disagreement {
    /// Number of the article.
    pub article: usize,
    /// Its id.
    pub id: String,
    /// The labels, in the order of the file.
    pub labels: Vec<AnnotatorLabel>,
    /// How it was settled, if it was.
    pub settled: Option<Label>,
}

/// The label of one annotator.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AnnotatorLabel {
    /// Who.
    pub annotator: String,
    /// The label.
    pub label: Label,
}

impl Session {
    /// How things stand.
    pub fn progress(&self) -> Progress {
        let rows = by_article(self.annotations());
        let present: Vec<&str> = self
            .articles
            .iter()
            .filter(|entry| !entry.is_gone)
            .map(|entry| entry.article.id.as_str())
            .collect();
        let n = |is: &dyn Fn(&[&Annotation]) -> bool| {
            let of = |id: &&&str| rows.get(**id).is_some_and(|rows| is(rows));
            present.iter().filter(of).count()
        };
        let is_own = |row: &&Annotation| row.annotator == self.annotator;
        let readings =
            |rows: &[&Annotation]| rows.iter().filter(|row| row.annotator != ADJUDICATOR).count();
        let standing = journal::standing(&self.journal, &self.annotator);
        let random: BTreeSet<&str> = standing
            .iter()
            .filter(|entry| entry.is_random())
            .map(|entry| entry.article.as_str())
            .collect();
        let mut seconds: Vec<f64> =
            standing.iter().rev().filter_map(|entry| entry.work()).take(RECENT).collect();
        seconds.sort_by(f64::total_cmp);
        Progress {
            articles: present.len(),
            labelled: n(&|rows| !rows.is_empty()),
            labelled_twice: n(&|rows| readings(rows) > 1),
            own: n(&|rows| rows.iter().any(is_own)),
            own_random: random.len(),
            skipped: self.skipped().len(),
            disputed: self.disputes().filter(|(_, rows)| !is_settled(rows)).count(),
            seconds: seconds.get(seconds.len() / 2).copied(),
            agreement: self.agreement(),
            problems: self.problems().cloned().collect(),
        }
    }

    /// The articles on which annotators differ, with their rows.
    fn disputes(&self) -> impl Iterator<Item = (usize, Vec<&Annotation>)> {
        by_article(self.annotations()).into_iter().filter_map(|(id, rows)| {
            let number = self.number(id).filter(|&number| !self.articles[number].is_gone)?;
            let mut readings = rows.iter().filter(|row| row.annotator != ADJUDICATOR);
            let first = readings.next()?;
            readings.any(|row| row.stances != first.stances).then_some((number, rows))
        })
    }

    /// The articles on which annotators differ: those that nobody settled first.
    pub fn disagreements(&self) -> Vec<Disagreement> {
        let mut disputes: Vec<(usize, Vec<&Annotation>)> = self.disputes().collect();
        disputes.sort_by_key(|(number, rows)| (is_settled(rows), *number));
        let shown = |(number, rows): (usize, Vec<&Annotation>)| {
            let entry = &self.articles[number];
            let read = self.read(entry);
            let label = |annotator: &str| {
                let given = self.given(&entry.article.id, annotator)?;
                Some(super::view::label(&read, given))
            };
            let labels = rows.iter().filter(|row| row.annotator != ADJUDICATOR);
            Disagreement {
                article: number,
                id: entry.article.id.clone(),
                labels: labels
                    .filter_map(|row| {
                        let annotator = row.annotator.clone();
                        Some(AnnotatorLabel { label: label(&annotator)?, annotator })
                    })
                    .collect(),
                settled: label(ADJUDICATOR),
            }
        };
        disputes.into_iter().map(shown).collect()
    }

    /// How far annotators agree, toward each camp: each two of them, and all.
    fn agreement(&self) -> Vec<AgreementLine> {
        let rows = self.annotations();
        let names: BTreeSet<&str> = rows
            .iter()
            .map(|row| row.annotator.as_str())
            .filter(|name| *name != ADJUDICATOR)
            .collect();
        let names: Vec<&str> = names.into_iter().collect();
        let mut lines = Vec::new();
        for (camp, id) in self.camps.ids().into_iter().enumerate() {
            for (at, first) in names.iter().enumerate() {
                for second in &names[at + 1..] {
                    let pairs = shared_labels(rows, first, second, camp);
                    let clusters: Vec<Vec<(Stance, Stance)>> =
                        pairs.iter().map(|pair| vec![*pair]).collect();
                    let kappa = |pairs: &[(Stance, Stance)]| cohen_kappa(pairs).unwrap_or(f64::NAN);
                    lines.extend(cohen_kappa(&pairs).map(|value| AgreementLine {
                        camp: id.to_owned(),
                        measure: "κ",
                        annotators: vec![(*first).to_owned(), (*second).to_owned()],
                        articles: pairs.len(),
                        value,
                        interval: known(bootstrap::interval(&clusters, kappa)),
                    }));
                }
            }
            if names.len() > 2 {
                let mut units = units(rows, camp);
                units.retain(|unit| unit.len() > 1);
                let clusters: Vec<Vec<usize>> = (0..units.len()).map(|unit| vec![unit]).collect();
                let alpha = |sample: &[usize]| {
                    let units: Vec<Vec<Stance>> =
                        sample.iter().map(|&unit| units[unit].clone()).collect();
                    krippendorff_alpha(&units).unwrap_or(f64::NAN)
                };
                lines.extend(krippendorff_alpha(&units).map(|value| AgreementLine {
                    camp: id.to_owned(),
                    measure: "α",
                    annotators: names.iter().map(|name| (*name).to_owned()).collect(),
                    articles: units.len(),
                    value,
                    interval: known(bootstrap::interval(&clusters, alpha)),
                }));
            }
        }
        lines
    }
}

fn known(interval: (f64, f64)) -> Option<(f64, f64)> {
    Some(interval).filter(|(low, high)| !low.is_nan() && !high.is_nan())
}

fn is_settled(rows: &[&Annotation]) -> bool {
    rows.iter().any(|row| row.annotator == ADJUDICATOR)
}

fn by_article(annotations: &[Annotation]) -> BTreeMap<&str, Vec<&Annotation>> {
    let mut rows: BTreeMap<&str, Vec<&Annotation>> = BTreeMap::new();
    for row in annotations {
        rows.entry(&row.article).or_default().push(row);
    }
    rows
}
