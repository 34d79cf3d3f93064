//! Annotations (`labels.csv`), and their aggregation to one label per article.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::SourceText;
use super::csv_rows::csv_rows;
use super::problem::{ProblemKind, Problems};
use crate::camp::{Camps, Stance};

/// The annotator whose rows settle what others disagree on. Such a row was made in sight of theirs,
/// so that it says nothing of agreement.
pub const ADJUDICATOR: &str = "adjudicator";

/// The label of one article by one annotator: a row of `labels.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    /// Id of the article.
    pub article: String,
    /// Name of the annotator.
    pub annotator: String,
    /// The stance toward each camp, in the camps' order.
    pub stances: [Stance; 2],
    /// Day of the label, `YYYY-MM-DD`, or empty.
    pub date: String,
    /// A comment of the annotator.
    pub note: String,
    /// Line in the file, from 1.
    pub line: usize,
}

/// Reads `labels.csv`; invalid rows are skipped and added to `problems`.
pub(super) fn read(file: &SourceText, camps: &Camps, problems: &mut Problems) -> Vec<Annotation> {
    let [first, second] = camps.ids();
    let expected = ["article", "annotator", first, second, "date", "note"];
    let mut seen = BTreeSet::new();
    let mut annotations = Vec::new();
    for (line, record) in csv_rows(file, expected, problems) {
        match row(&record, expected, line) {
            Err(kind) => problems.add(file, line, kind),
            Ok(annotation)
                if !seen.insert((annotation.article.clone(), annotation.annotator.clone())) =>
            {
                let Annotation { article, annotator, .. } = annotation;
                problems.add(file, line, ProblemKind::RepeatedAnnotation { annotator, article });
            }
            Ok(annotation) => annotations.push(annotation),
        }
    }
    annotations
}

fn row(
    record: &csv::StringRecord,
    columns: [&str; 6],
    line: usize,
) -> Result<Annotation, ProblemKind> {
    let stance = |column: usize| {
        Stance::from_word(&record[column]).ok_or_else(|| ProblemKind::UnknownLabel {
            column: columns[column].to_owned(),
            label: record[column].to_owned(),
        })
    };
    let stances = [stance(2)?, stance(3)?];
    if (stances[0] == Stance::Unrelated) != (stances[1] == Stance::Unrelated) {
        return Err(ProblemKind::HalfUnrelated(stances));
    }
    for column in [0, 1] {
        if record[column].is_empty() {
            return Err(ProblemKind::EmptyCell(columns[column].to_owned()));
        }
    }
    // A date that is not of the calendar, such as 2019-02-31, is a slip.
    let date = &record[4];
    if !date.is_empty() && !date.parse::<Date>().is_ok_and(|day| day.to_string() == *date) {
        return Err(ProblemKind::AnnotationDate {
            column: columns[4].to_owned(),
            date: date.to_owned(),
        });
    }
    let field = |column: usize| record[column].to_owned();
    Ok(Annotation {
        article: field(0),
        annotator: field(1),
        stances,
        date: field(4),
        note: field(5),
        line,
    })
}

/// The day of a time in seconds since 1970, in UTC, as `YYYY-MM-DD`.
pub fn day_of(seconds: i64) -> Option<String> {
    let at = jiff::Timestamp::from_second(seconds).ok()?;
    at.to_string().get(..10).map(str::to_owned)
}

/// How the labels of several annotators become one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum LabelAggregation {
    /// Majority vote; an adjudicator has the only one.
    #[default]
    Majority,
    /// The label of the last row.
    Latest,
}

/// The aggregated stances of each article. In a majority vote, the row of the adjudicator is the
/// only one that counts, if there is one. Without it the vote first decides whether the article is
/// unrelated, then, camp by camp, the stance among the annotators who did not call it unrelated. In
/// a tie, the last row decides.
pub(super) fn aggregate(
    annotations: &[Annotation],
    aggregation: LabelAggregation,
) -> BTreeMap<&str, [Stance; 2]> {
    let mut by_article: BTreeMap<&str, Vec<&Annotation>> = BTreeMap::new();
    for annotation in annotations {
        by_article.entry(&annotation.article).or_default().push(annotation);
    }
    by_article
        .into_iter()
        .map(|(article, rows)| {
            let deciding = match aggregation {
                LabelAggregation::Majority => rows.iter().find(|row| row.annotator == ADJUDICATOR),
                LabelAggregation::Latest => rows.last(),
            };
            let counted = deciding.map_or(&rows[..], std::slice::from_ref);
            let rows: Vec<[Stance; 2]> = counted.iter().map(|row| row.stances).collect();
            let unrelated = majority(rows.iter().map(|row| row[0] == Stance::Unrelated));
            let stances = if unrelated == Some(true) {
                [Stance::Unrelated; 2]
            } else {
                let related: Vec<_> =
                    rows.iter().filter(|row| row[0] != Stance::Unrelated).collect();
                [0, 1].map(|camp| {
                    majority(related.iter().map(|row| row[camp])).unwrap_or(Stance::Neutral)
                })
            };
            (article, stances)
        })
        .collect()
}

/// The most frequent vote, the last one in a tie; `None` without votes.
fn majority<T: Copy + Ord>(votes: impl Iterator<Item = T>) -> Option<T> {
    let votes: Vec<T> = votes.collect();
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for &vote in &votes {
        *counts.entry(vote).or_default() += 1;
    }
    votes.into_iter().max_by_key(|vote| counts[vote])
}

#[cfg(test)]
mod tests {
    use super::*;
    use Stance::{Against, Favor, Neutral, Unrelated};

    fn row(annotator: &str, stances: [Stance; 2], line: usize) -> Annotation {
        Annotation {
            article: "a".to_owned(),
            annotator: annotator.to_owned(),
            stances,
            date: String::new(),
            note: String::new(),
            line,
        }
    }

    fn votes(rows: &[[Stance; 2]]) -> [Stance; 2] {
        let rows: Vec<_> = rows
            .iter()
            .enumerate()
            .map(|(line, &stances)| row(&line.to_string(), stances, line))
            .collect();
        aggregate(&rows, LabelAggregation::Majority)["a"]
    }

    #[test]
    fn the_majority_decides_each_camp_and_the_last_row_a_tie() {
        assert_eq!(
            votes(&[[Favor, Neutral], [Favor, Against], [Neutral, Against]]),
            [Favor, Against]
        );
        assert_eq!(votes(&[[Favor, Neutral], [Against, Neutral]]), [Against, Neutral]);
        assert_eq!(
            votes(&[[Favor, Against], [Neutral, Against], [Favor, Against], [Neutral, Neutral]]),
            [Neutral, Against]
        );
    }

    #[test]
    fn the_latest_row_decides_where_that_is_wanted() {
        let rows = [
            row("1", [Favor, Favor], 2),
            row("2", [Favor, Favor], 3),
            row("3", [Against, Neutral], 4),
        ];
        assert_eq!(aggregate(&rows, LabelAggregation::Latest)["a"], [Against, Neutral]);
        assert_eq!(aggregate(&rows, LabelAggregation::Majority)["a"], [Favor, Favor]);
    }

    #[test]
    fn an_adjudicator_is_never_outvoted() {
        let rows = [
            row("1", [Neutral, Against], 2),
            row(ADJUDICATOR, [Favor, Neutral], 3),
            row("2", [Neutral, Against], 4),
            row("3", [Unrelated; 2], 5),
        ];
        assert_eq!(aggregate(&rows, LabelAggregation::Majority)["a"], [Favor, Neutral]);
        assert_eq!(aggregate(&rows, LabelAggregation::Latest)["a"], [Unrelated; 2]);
    }

    #[test]
    fn unrelated_is_decided_first_and_for_both() {
        assert_eq!(votes(&[[Unrelated; 2], [Unrelated; 2], [Neutral, Favor]]), [Unrelated; 2]);
        assert_eq!(
            votes(&[[Unrelated; 2], [Neutral, Favor], [Neutral, Against]]),
            [Neutral, Against]
        );
    }
}
