//! The rows of a table of a labelled set, whose columns the codebook fixes.

use super::SourceText;
use super::problem::{ProblemKind, Problems};
use crate::text::listed::listed;

/// The rows of a table with these columns, each with its line in the file, from 1. What cannot be
/// read is skipped and added to `problems`; with other columns there are no rows.
pub(super) fn csv_rows<const N: usize>(
    file: &SourceText,
    expected: [&str; N],
    problems: &mut Problems,
) -> Vec<(usize, csv::StringRecord)> {
    let mut reader =
        csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(file.text.as_bytes());
    match reader.headers() {
        Ok(found) if found.iter().eq(expected) => {}
        Ok(found) => {
            let found = listed(&found.iter().collect::<Vec<_>>());
            let expected = expected.join(", ");
            problems.add(file, 1, ProblemKind::Columns { found, expected });
            return Vec::new();
        }
        Err(error) => {
            problems.add(file, 1, ProblemKind::Csv(error.to_string()));
            return Vec::new();
        }
    }
    let line = |position: Option<&csv::Position>| {
        position.map_or(0, |position| usize::try_from(position.line()).unwrap_or(0))
    };
    let mut rows = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => rows.push((line(record.position()), record)),
            Err(error) => {
                let kind = ProblemKind::Csv(error.to_string());
                problems.add(file, line(error.position()), kind);
            }
        }
    }
    rows
}
