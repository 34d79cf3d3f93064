//! The report on outlets as one CSV table.

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

/// The columns of [`write_csv`] before those of the camps, and after them.
const BEFORE: [&str; 24] = [
    "row",
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
    "tau2",
    "month",
    "term",
    "toward",
    "stance",
    "elsewhere",
    "log_odds",
];
const AFTER: [&str; 5] = ["z", "id", "date", "event", "moves"];

/// Writes all values as one table of text with this separator. The column `row` names the kind of a
/// row: `all` outlets, an `outlet`, a `month` of it, a typical `term`, or an influential `article`.
/// Columns that do not apply are empty.
///
/// # Errors
/// Errors of the writer.
pub fn write_csv(mut out: impl Write, separator: u8, summary: &OutletReport) -> csv::Result<()> {
    let of_camp = |camp: &String| {
        let figures = ["score", "low", "high", "stance", "words"].map(str::to_owned);
        figures
            .into_iter()
            .chain(COUNTED.map(|stance| format!("n_{stance}")))
            .map(|name| format!("{camp}_{name}"))
            .collect::<Vec<_>>()
    };
    let [before, after] =
        [&BEFORE[..], &AFTER].map(|columns| columns.iter().map(|&column| column.to_owned()));
    let columns: Vec<String> =
        before.chain(summary.camps.iter().flat_map(of_camp)).chain(after).collect();
    row_with(&mut out, separator, columns.clone())?;
    for filled in rows(summary) {
        row_with(
            &mut out,
            separator,
            columns.iter().map(|column| filled.get(column).cloned().unwrap_or_default()),
        )?;
    }
    Ok(())
}

/// The non-empty cells of a row, by column.
#[derive(Default)]
struct Cells(BTreeMap<String, String>);

impl Cells {
    fn new(row: &str, outlet: Option<&Outlet>) -> Self {
        let name = outlet.map(|outlet| outlet.name.as_deref().unwrap_or(NAMELESS));
        Self::default().text("row", row).text("outlet", name.unwrap_or_default())
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

fn rows(summary: &OutletReport) -> Vec<Cells> {
    let all = Cells::new("all", None).counts(&summary.counts());
    let mut rows = vec![match &summary.overall {
        Some(overall) => {
            let all =
                all.number("shrunken", overall.mean).interval("shrunken", Some(overall.interval()));
            all.number("tau2", overall.tau2)
        }
        None => all,
    }];
    rows.extend(summary.outlets.iter().map(|outlet| of_outlet_row(outlet, &summary.camps)));
    for outlet in &summary.outlets {
        rows.extend(outlet.months.iter().map(|(month, lean)| {
            Cells::new("month", Some(outlet))
                .text("month", month)
                .count("weighed", lean.n)
                .lean(Some(lean))
        }));
        rows.extend(outlet.typical.iter().map(
            |DistinctiveTerm { term, here, elsewhere, log_odds, z }| {
                let cells = Cells::new("term", Some(outlet))
                    .text("term", &term.word)
                    .text("toward", &summary.camps[term.camp]);
                let cells = cells
                    .text("stance", term.stance.as_str())
                    .count("articles", *here)
                    .count("elsewhere", *elsewhere);
                cells.number("log_odds", *log_odds).number("z", *z)
            },
        ));
        rows.extend(outlet.pulling.iter().map(|(article, by)| {
            let InfluentialArticle { lean, id, date, event, camps } = article;
            let cells = Cells::new("article", Some(outlet))
                .text("id", id)
                .number("lean", *lean as f64 / 1e6)
                .number("moves", *by);
            let cells = cells
                .text("date", date.as_deref().unwrap_or_default())
                .text("event", event.as_deref().unwrap_or_default());
            summary.camps.iter().zip(camps).fold(cells, |cells, (camp, (stance, words))| {
                let cells =
                    cells.text(&format!("{camp}_stance"), stance.map_or(UNCERTAIN, Stance::as_str));
                cells.text(&format!("{camp}_words"), &words.join("؛ "))
            })
        }));
    }
    rows
}

fn of_outlet_row(outlet: &Outlet, camps: &[String; 2]) -> Cells {
    let mut cells =
        Cells::new("outlet", Some(outlet)).counts(&outlet.counts).lean(outlet.lean.as_ref());
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
