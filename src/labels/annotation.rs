//! `labels.csv`: who gave which label, and on what the annotators of an article settle.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Problems, SourceText};
use crate::camp::{Camps, Stance};

/// One row of `labels.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    /// Id of the article.
    pub article: String,
    /// Who labelled it.
    pub annotator: String,
    /// The stance toward each camp, in the camps' order.
    pub stances: [Stance; 2],
    /// Day of the label, `YYYY-MM-DD`, or empty.
    pub date: String,
    /// Anything worth saying.
    pub note: String,
    /// Line in the file, from 1.
    pub line: usize,
}

/// Reads `labels.csv`; rows that are wrong are left out and told in `problems`.
pub(super) fn read(file: &SourceText, camps: &Camps, problems: &mut Problems) -> Vec<Annotation> {
    let [first, second] = camps.ids();
    let expected = ["article", "annotator", first, second, "date", "note"];
    let mut reader =
        csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(file.text.as_bytes());
    match reader.headers() {
        Ok(found) if found.iter().eq(expected) => {}
        Ok(found) => {
            let found = found.iter().collect::<Vec<_>>().join(",");
            problems.add(
                file,
                1,
                format!("the columns are {found}; they must be {}", expected.join(",")),
            );
            return Vec::new();
        }
        Err(error) => {
            problems.add(file, 1, error.to_string());
            return Vec::new();
        }
    }
    let mut seen = BTreeSet::new();
    let mut annotations = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                problems.add(file, usize::try_from(line).unwrap_or(0), error.to_string());
                continue;
            }
        };
        let line =
            record.position().map_or(0, |position| usize::try_from(position.line()).unwrap_or(0));
        match row(&record, expected, line) {
            Err(message) => problems.add(file, line, message),
            Ok(annotation)
                if !seen.insert((annotation.article.clone(), annotation.annotator.clone())) =>
            {
                let Annotation { article, annotator, .. } = annotation;
                problems.add(
                    file,
                    line,
                    format!("{annotator:?} has labelled {article:?} before: keep one of the rows"),
                );
            }
            Ok(annotation) => annotations.push(annotation),
        }
    }
    annotations
}

fn row(record: &csv::StringRecord, columns: [&str; 6], line: usize) -> Result<Annotation, String> {
    let stance = |column: usize| {
        Stance::from_word(&record[column]).ok_or_else(|| {
            let known = Stance::ALL.map(Stance::as_str).join(", ");
            format!(
                "{}: unknown label {:?}; the labels are {known}",
                columns[column], &record[column]
            )
        })
    };
    let stances = [stance(2)?, stance(3)?];
    if (stances[0] == Stance::Unrelated) != (stances[1] == Stance::Unrelated) {
        return Err(format!(
            "{} and {}: an article is unrelated to both camps or to neither",
            stances[0], stances[1]
        ));
    }
    for column in [0, 1] {
        if record[column].is_empty() {
            return Err(format!("`{}` is empty", columns[column]));
        }
    }
    // A date that is not of the calendar, such as 2019-02-31, is a slip.
    let date = &record[4];
    if !date.is_empty() && !date.parse::<Date>().is_ok_and(|day| day.to_string() == *date) {
        return Err(format!(
            "`{}` is {date:?}: write a day of the calendar as YYYY-MM-DD",
            columns[4]
        ));
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

/// How the labels of several annotators become one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LabelAggregation {
    /// What most say.
    #[default]
    Majority,
    /// What the last row says.
    Latest,
}

/// The stances on which the annotators of each article settle. By majority: first whether it is
/// unrelated, then, camp by camp, what most of those say who did not call it so. Among equals the
/// one whose row stands last decides.
pub fn settle(
    annotations: &[Annotation],
    settling: LabelAggregation,
) -> BTreeMap<&str, [Stance; 2]> {
    let mut by_article: BTreeMap<&str, Vec<[Stance; 2]>> = BTreeMap::new();
    for annotation in annotations {
        by_article.entry(&annotation.article).or_default().push(annotation.stances);
    }
    by_article
        .into_iter()
        .map(|(article, mut rows)| {
            if settling == LabelAggregation::Latest {
                rows.drain(..rows.len() - 1);
            }
            let unrelated = majority(rows.iter().map(|row| row[0] == Stance::Unrelated));
            let settled = if unrelated == Some(true) {
                [Stance::Unrelated; 2]
            } else {
                let related: Vec<_> =
                    rows.iter().filter(|row| row[0] != Stance::Unrelated).collect();
                [0, 1].map(|camp| {
                    majority(related.iter().map(|row| row[camp])).unwrap_or(Stance::Neutral)
                })
            };
            (article, settled)
        })
        .collect()
}

/// The most frequent vote; among equals the one that was cast last. `None` without votes.
fn majority<T: Copy + PartialEq>(votes: impl Iterator<Item = T>) -> Option<T> {
    let votes: Vec<T> = votes.collect();
    let count = |vote: T| votes.iter().filter(|&&other| other == vote).count();
    votes.iter().copied().max_by_key(|&vote| count(vote))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Stance::{Against, Favor, Neutral, Unrelated};

    fn votes(rows: &[[Stance; 2]]) -> [Stance; 2] {
        let rows: Vec<_> = rows
            .iter()
            .enumerate()
            .map(|(line, &stances)| Annotation {
                article: "a".to_owned(),
                annotator: line.to_string(),
                stances,
                date: String::new(),
                note: String::new(),
                line,
            })
            .collect();
        settle(&rows, LabelAggregation::Majority)["a"]
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
        let row = |annotator: &str, stances, line| Annotation {
            article: "a".to_owned(),
            annotator: annotator.to_owned(),
            stances,
            date: String::new(),
            note: String::new(),
            line,
        };
        let rows = [
            row("1", [Favor, Favor], 2),
            row("2", [Favor, Favor], 3),
            row("3", [Against, Neutral], 4),
        ];
        assert_eq!(settle(&rows, LabelAggregation::Latest)["a"], [Against, Neutral]);
        assert_eq!(settle(&rows, LabelAggregation::Majority)["a"], [Favor, Favor]);
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
