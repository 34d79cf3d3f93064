//! The report on outlets as CSV: one table has rows of one kind.

use std::collections::BTreeMap;
use std::io::Write;

use super::{COUNTED, NAMELESS, counts};
use crate::camp::Stance;
use crate::outlets::extremes::InfluentialArticle;
use crate::outlets::lean::MeanEstimate;
use crate::outlets::summary::{Counts, Outlet, OutletReport};
use crate::outlets::terms::DistinctiveTerm;
use crate::record::csv::{harmless, row_with};
use crate::record::six;
use crate::scoring::UNCERTAIN;

/// A table of the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReportTable {
    /// A row for each outlet: counts, mean lean, shrunken lean, scores and stances by camp.
    #[default]
    Outlets,
    /// A row for each month of an outlet.
    Months,
    /// A row for each typical word of an outlet.
    Terms,
    /// A row for each article that influences an outlet's mean most.
    Articles,
    /// A row for each sentence that decided one of the surest articles of an outlet.
    Sentences,
}

impl ReportTable {
    /// Its columns, and those that it has for each camp.
    fn columns(self) -> [&'static [&'static str]; 2] {
        match self {
            Self::Outlets => [
                &[
                    "outlet",
                    "articles",
                    "weighed",
                    "unrelated",
                    "failed",
                    "uncertain",
                    "unread_dates",
                    "clusters",
                    "lean",
                    "lean_low",
                    "lean_high",
                    "shrunken",
                    "shrunken_low",
                    "shrunken_high",
                    "place_from",
                    "place_to",
                ],
                &[
                    "score",
                    "low",
                    "high",
                    "n_favor",
                    "n_neutral",
                    "n_against",
                    "n_unrelated",
                    "n_uncertain",
                ],
            ],
            Self::Months => {
                [&["outlet", "month", "weighed", "clusters", "lean", "lean_low", "lean_high"], &[]]
            }
            Self::Terms => [
                &["outlet", "term", "toward", "stance", "articles", "elsewhere", "log_odds", "z"],
                &[],
            ],
            Self::Articles => {
                [&["outlet", "id", "date", "event", "lean", "moves"], &["stance", "words"]]
            }
            Self::Sentences => {
                [&["outlet", "id", "toward", "stance", "probability", "sentence"], &[]]
            }
        }
    }
}

/// Writes one table of the report as text with this separator. Cells without a value are empty.
///
/// # Errors
/// Errors of the writer.
pub fn write_csv(
    mut out: impl Write,
    separator: u8,
    summary: &OutletReport,
    table: ReportTable,
) -> csv::Result<()> {
    let columns = columns(summary, table);
    row_with(&mut out, separator, columns.clone())?;
    for filled in summary.outlets.iter().flat_map(|outlet| rows(outlet, &summary.camps, table)) {
        row_with(
            &mut out,
            separator,
            columns.iter().map(|column| filled.get(column).cloned().unwrap_or_default()),
        )?;
    }
    Ok(())
}

fn columns(summary: &OutletReport, table: ReportTable) -> Vec<String> {
    let [before, of_camp] = table.columns();
    let of_camps = summary
        .camps
        .iter()
        .flat_map(|camp| of_camp.iter().map(move |column| format!("{camp}_{column}")));
    before.iter().map(|&column| column.to_owned()).chain(of_camps).collect()
}

/// The non-empty cells of a row, by column.
#[derive(Default)]
struct Cells(BTreeMap<String, String>);

impl Cells {
    fn new(outlet: &Outlet) -> Self {
        Self::default().text("outlet", outlet.name.as_deref().unwrap_or(NAMELESS))
    }

    fn get(&self, column: &str) -> Option<&String> {
        self.0.get(column)
    }

    /// Adds text that no spreadsheet reads as a formula.
    fn text(mut self, column: &str, text: &str) -> Self {
        self.0.insert(column.to_owned(), harmless(text));
        self
    }

    fn number(mut self, column: &str, number: f64) -> Self {
        self.0.insert(column.to_owned(), six(number).to_string());
        self
    }

    fn count(mut self, column: &str, count: u64) -> Self {
        self.0.insert(column.to_owned(), count.to_string());
        self
    }

    fn counts(self, all: &Counts) -> Self {
        counts(all).into_iter().fold(self, |cells, (column, count)| {
            cells.count(&column, count.as_u64().unwrap_or_default())
        })
    }

    fn interval(self, name: &str, interval: Option<(f64, f64)>) -> Self {
        match interval {
            Some((low, high)) => {
                self.number(&format!("{name}_low"), low).number(&format!("{name}_high"), high)
            }
            None => self,
        }
    }

    fn lean(self, lean: Option<&MeanEstimate>) -> Self {
        match lean {
            Some(lean) => self
                .count("clusters", lean.clusters)
                .number("lean", lean.mean)
                .interval("lean", lean.interval()),
            None => self,
        }
    }
}

/// The rows of one outlet.
fn rows(outlet: &Outlet, camps: &[String; 2], table: ReportTable) -> Vec<Cells> {
    match table {
        ReportTable::Outlets => vec![of_outlet(outlet, camps)],
        ReportTable::Months => {
            let months = outlet.months.iter();
            months
                .map(|(month, lean)| {
                    Cells::new(outlet)
                        .text("month", month)
                        .count("weighed", lean.n)
                        .lean(Some(lean))
                })
                .collect()
        }
        ReportTable::Terms => {
            outlet.typical.iter().map(|typical| of_term(outlet, typical, camps)).collect()
        }
        ReportTable::Articles => {
            let pulling = outlet.pulling.iter();
            pulling.map(|(article, by)| of_article(outlet, article, *by, camps)).collect()
        }
        ReportTable::Sentences => {
            let quoted = outlet.sentences.iter().flatten();
            quoted
                .map(|quoted| {
                    Cells::new(outlet)
                        .text("sentence", &quoted.text)
                        .text("toward", &camps[quoted.camp])
                        .text("stance", quoted.stance.as_str())
                        .text("id", &quoted.id)
                        .number("probability", quoted.probability as f64 / 1e6)
                })
                .collect()
        }
    }
}

fn of_term(outlet: &Outlet, typical: &DistinctiveTerm, camps: &[String; 2]) -> Cells {
    let DistinctiveTerm { term, here, elsewhere, log_odds, z } = typical;
    Cells::new(outlet)
        .text("term", &term.word)
        .text("toward", &camps[term.camp])
        .text("stance", term.stance.as_str())
        .count("articles", *here)
        .count("elsewhere", *elsewhere)
        .number("log_odds", *log_odds)
        .number("z", *z)
}

fn of_article(
    outlet: &Outlet,
    article: &InfluentialArticle,
    by: f64,
    camps: &[String; 2],
) -> Cells {
    let InfluentialArticle { lean, id, date, event, camps: stances } = article;
    let cells = Cells::new(outlet)
        .text("id", id)
        .number("lean", *lean as f64 / 1e6)
        .number("moves", by)
        .text("date", date.as_deref().unwrap_or_default())
        .text("event", event.as_deref().unwrap_or_default());
    camps.iter().zip(stances).fold(cells, |cells, (camp, (stance, words))| {
        let stance = stance.map_or(UNCERTAIN, Stance::as_str);
        let cells = cells.text(&format!("{camp}_stance"), stance);
        cells.text(&format!("{camp}_words"), &words.join("؛ "))
    })
}

fn of_outlet(outlet: &Outlet, camps: &[String; 2]) -> Cells {
    let mut cells = Cells::new(outlet).counts(&outlet.counts).lean(outlet.lean.as_ref());
    if let Some(lean) = &outlet.shrunken {
        cells = cells.number("shrunken", lean.mean).interval("shrunken", Some(lean.interval));
        cells =
            cells.count("place_from", lean.places.0 as u64).count("place_to", lean.places.1 as u64);
    }
    for ((camp, toward), stances) in camps.iter().zip(&outlet.toward).zip(&outlet.counts.stances) {
        if let Some(toward) = toward {
            cells = cells
                .number(&format!("{camp}_score"), toward.mean)
                .interval(camp, toward.interval());
            for stance in COUNTED {
                cells = cells.count(
                    &format!("{camp}_n_{stance}"),
                    stances.get(stance).copied().unwrap_or_default(),
                );
            }
        }
    }
    cells
}
