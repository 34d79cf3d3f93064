//! The table that `mizan score --format csv` writes.

use super::{CampScore, NO_SCORES, ONE, ScoredArticle, checked, stance, within};

/// Which column of a table holds what.
#[derive(Debug)]
pub(super) struct Columns {
    header: csv::StringRecord,
    camps: Vec<String>,
}

impl Columns {
    /// The columns of a table that `mizan score` wrote; `None` where it did not.
    pub(super) fn of(header: &csv::StringRecord) -> Option<Self> {
        let has = |name: &str| header.iter().any(|column| column == name);
        let camps: Vec<String> = header
            .iter()
            .filter_map(|column| column.strip_suffix("_score").map(str::to_owned))
            .collect();
        (has("id") && has("lean") && has("unrelated") && camps.len() == 2)
            .then(|| Self { header: header.clone(), camps })
    }

    /// The article of a row.
    pub(super) fn article(&self, row: &csv::StringRecord) -> Result<ScoredArticle, String> {
        let cell = |name: &str| {
            let value = row.get(self.header.iter().position(|column| column == name)?)?;
            Some(without_guard(value)).filter(|value| !value.trim().is_empty())
        };
        let number = |name: &str| cell(name).and_then(|value| value.trim().parse::<f64>().ok());
        let camp = |name: &String| {
            let words = cell(&format!("{name}_words")).unwrap_or_default();
            Ok(CampScore {
                camp: name.clone(),
                stance: stance(name, cell(&format!("{name}_stance")).unwrap_or_default())?,
                score: within(&format!("{name}_score"), number(&format!("{name}_score")), -ONE)?,
                words: words
                    .split("؛ ")
                    .filter(|word| !word.is_empty())
                    .map(|word| (word.to_owned(), None))
                    .collect(),
            })
        };
        let scores = match cell("error") {
            Some(message) => Err(message.to_owned()),
            None => Ok(checked(
                self.camps.iter().map(camp).collect::<Result<_, String>>()?,
                number("lean"),
                number("unrelated"),
            )?),
        };
        let text = |name: &str| cell(name).map(str::to_owned);
        Ok(ScoredArticle {
            id: text("id").ok_or(NO_SCORES)?,
            outlet: text("outlet"),
            date: text("date"),
            event: text("event"),
            scores,
        })
    }
}

/// A cell without the `'` that kept it from being a formula.
fn without_guard(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| !rest.starts_with(char::is_alphanumeric)).unwrap_or(cell)
}
