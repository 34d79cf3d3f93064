//! What can be said of outlets, for a terminal, for programs and for spreadsheets. The page for a browser is in [`super::html::report`].

use std::io::Write;

use comfy_table::Cell;
use serde_json::{Map, Value, json};

use super::csv::{harmless, row};
use super::isolate::isolated;
use super::jsonl::six;
use super::table::Style;
use crate::archive::extremes::Pulling;
use crate::archive::lean::Estimate;
use crate::archive::summary::{Counts, Outlet, Summary};
use crate::archive::terms::Typical;
use crate::camp::Stance;
use crate::verdict::UNCERTAIN;

/// What stands for the name of the articles that name no outlet.
pub const NAMELESS: &str = "(no outlet named)";

/// What stands where there are not articles enough to tell.
pub const TOO_FEW: &str = "too few";

/// The words under which stances are counted.
pub(super) const COUNTED: [&str; 5] =
    [Stance::Favor.as_str(), Stance::Neutral.as_str(), Stance::Against.as_str(), Stance::Unrelated.as_str(), UNCERTAIN];

/// A table, a line an outlet.
pub fn table(summary: &Summary, style: Style) -> String {
    let header = ["outlet", "articles", "weighed", "uncertain", "mean lean", "95 %", "shrunken", "95 %", "places"];
    let mut table = style.table(&header);
    for outlet in &summary.outlets {
        let Counts { articles, weighed, .. } = outlet.counts;
        let few = || (String::new(), TOO_FEW.to_owned());
        let lean = outlet.lean.as_ref();
        let mean = lean.map_or_else(String::new, |lean| signed(lean.mean));
        let interval = lean.and_then(Estimate::interval).map_or_else(|| TOO_FEW.to_owned(), range);
        let shrunken = outlet.shrunken.as_ref();
        let (believed, believed_interval) = shrunken.map_or_else(few, |lean| (signed(lean.mean), range(lean.interval)));
        let places = shrunken.map_or_else(String::new, |lean| places(lean.places));
        let uncertain = if weighed > 0 { format!("{:.0} %", 100.0 * outlet.counts.uncertain_share()) } else { String::new() };
        let name = isolated(&outlet.name.as_deref().map_or_else(|| NAMELESS.to_owned(), |name| shortened(name, 30)));
        let figures = [articles.to_string(), weighed.to_string(), uncertain, mean, interval, believed, believed_interval, places];
        table.add_row([Cell::new(name)].into_iter().chain(figures.iter().map(|text| super::table::right(text))));
    }
    table.to_string()
}

/// The places that an outlet may have.
pub(super) fn places((best, last): (usize, usize)) -> String {
    if best == last { best.to_string() } else { format!("{best}–{last}") }
}

/// A lean with its sign.
pub(super) fn signed(number: f64) -> String {
    format!("{:+.2}", if number.abs() < 0.005 { 0.0 } else { number }).replace('-', "−")
}

/// The ends of an interval of leans.
pub(super) fn range((low, high): (f64, f64)) -> String {
    format!("{} to {}", signed(low), signed(high))
}

/// At most so many characters, the rest standing for by `…`.
pub(super) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// All figures as one JSON object. Fields may be added; none is renamed. What cannot be told is `null`.
pub fn json(summary: &Summary) -> Value {
    let overall = summary.overall.as_ref().map(|overall| {
        let (low, high) = overall.interval();
        json!({"mean": six(overall.mean), "low": six(low), "high": six(high), "tau2": six(overall.tau2), "outlets": overall.outlets})
    });
    let mut object = Map::new();
    object.insert("camps".to_owned(), json!(summary.camps));
    object.insert("counts".to_owned(), json!(counts(&summary.counts())));
    object.insert("all_outlets".to_owned(), json!(overall));
    object.insert("terms_sampled".to_owned(), json!(summary.terms_sampled));
    object.insert("outlets".to_owned(), summary.outlets.iter().map(|outlet| of_outlet(outlet, &summary.camps)).collect());
    Value::Object(object)
}

fn counts(counts: &Counts) -> Map<String, Value> {
    let Counts { articles, weighed, unrelated, failed, uncertain, unread_dates, .. } = counts;
    let fields = [
        ("articles", articles),
        ("weighed", weighed),
        ("unrelated", unrelated),
        ("failed", failed),
        ("uncertain", uncertain),
        ("unread_dates", unread_dates),
    ];
    fields.into_iter().map(|(name, count)| (name.to_owned(), json!(count))).collect()
}

fn estimate(estimate: Option<&Estimate>) -> Value {
    estimate.map_or(Value::Null, |estimate| {
        let (low, high) = estimate.interval().unzip();
        json!({
            "mean": six(estimate.mean),
            "low": low.map(six),
            "high": high.map(six),
            "articles": estimate.n,
            "clusters": estimate.clusters,
        })
    })
}

fn of_outlet(outlet: &Outlet, camps: &[String; 2]) -> Value {
    let mut object = Map::new();
    object.insert("outlet".to_owned(), json!(outlet.name));
    object.insert("counts".to_owned(), json!(counts(&outlet.counts)));
    object.insert("lean".to_owned(), estimate(outlet.lean.as_ref()));
    let shrunken = outlet.shrunken.as_ref().map(|lean| {
        let (low, high) = lean.interval;
        json!({"mean": six(lean.mean), "low": six(low), "high": six(high), "places": [lean.places.0, lean.places.1]})
    });
    object.insert("shrunken".to_owned(), json!(shrunken));
    for ((camp, toward), stances) in camps.iter().zip(&outlet.toward).zip(&outlet.counts.stances) {
        object.insert(camp.clone(), json!({"score": estimate(toward.as_ref()), "stances": stances}));
    }
    let months = outlet.months.iter().map(|(month, lean)| json!({"month": month, "lean": estimate(Some(lean))}));
    object.insert("months".to_owned(), months.collect());
    let terms = outlet.typical.iter().map(|Typical { term, here, elsewhere, log_odds, z }| {
        json!({
            "word": term.word,
            "camp": camps[term.camp],
            "stance": term.stance,
            "articles": here,
            "elsewhere": elsewhere,
            "log_odds": six(*log_odds),
            "z": six(*z),
        })
    });
    object.insert("terms".to_owned(), terms.collect());
    object.insert("pulling".to_owned(), outlet.pulling.iter().map(|(article, by)| pulling(article, *by, camps)).collect());
    Value::Object(object)
}

fn pulling(article: &Pulling, by: f64, camps: &[String; 2]) -> Value {
    let Pulling { lean, id, date, event, camps: stances } = article;
    let mut object = json!({"id": id, "date": date, "event": event, "lean": six(*lean as f64 / 1e6), "moves": six(by)});
    if let Some(object) = object.as_object_mut() {
        for (camp, (stance, words)) in camps.iter().zip(stances) {
            object.insert(camp.clone(), json!({"stance": stance.map_or(UNCERTAIN, Stance::as_str), "words": words}));
        }
    }
    object
}

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

/// The same figures as one table. The column `row` says what a row tells: `all` outlets, an `outlet`, one `month` of it, a `term` that is
/// typical of it, or an `article` that pulls on its mean; columns that say nothing of that are empty.
///
/// # Errors
/// Those of `out`.
pub fn write_csv(mut out: impl Write, summary: &Summary) -> csv::Result<()> {
    let of_camp = |camp: &String| {
        let figures = ["score", "low", "high", "stance", "words"].map(str::to_owned);
        figures.into_iter().chain(COUNTED.map(|stance| format!("n_{stance}"))).map(|name| format!("{camp}_{name}")).collect::<Vec<_>>()
    };
    let [before, after] = [&BEFORE[..], &AFTER].map(|columns| columns.iter().map(|&column| column.to_owned()));
    let columns: Vec<String> = before.chain(summary.camps.iter().flat_map(of_camp)).chain(after).collect();
    row(&mut out, columns.clone())?;
    for filled in rows(summary) {
        row(&mut out, columns.iter().map(|column| filled.get(column).cloned().unwrap_or_default()))?;
    }
    Ok(())
}

/// The cells of a row that are not empty, by column.
#[derive(Default)]
struct Cells(std::collections::BTreeMap<String, String>);

impl Cells {
    fn of(row: &str, outlet: Option<&Outlet>) -> Self {
        let name = outlet.map(|outlet| outlet.name.as_deref().unwrap_or(NAMELESS));
        Self::default().text("row", row).text("outlet", name.unwrap_or_default())
    }

    fn get(&self, column: &str) -> Option<&String> {
        self.0.get(column)
    }

    /// Text, which may not become a formula.
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
        counts(all).into_iter().fold(self, |cells, (column, count)| cells.count(&column, count.as_u64().unwrap_or_default()))
    }

    fn interval(self, name: &str, interval: Option<(f64, f64)>) -> Self {
        match interval {
            Some((low, high)) => self.number(&format!("{name}_low"), low).number(&format!("{name}_high"), high),
            None => self,
        }
    }

    fn lean(self, lean: Option<&Estimate>) -> Self {
        match lean {
            Some(lean) => self.count("clusters", lean.clusters).number("lean", lean.mean).interval("lean", lean.interval()),
            None => self,
        }
    }
}

fn rows(summary: &Summary) -> Vec<Cells> {
    let all = Cells::of("all", None).counts(&summary.counts());
    let mut rows = vec![match &summary.overall {
        Some(overall) => {
            let all = all.number("shrunken", overall.mean).interval("shrunken", Some(overall.interval()));
            all.number("tau2", overall.tau2)
        }
        None => all,
    }];
    rows.extend(summary.outlets.iter().map(|outlet| of_outlet_row(outlet, &summary.camps)));
    for outlet in &summary.outlets {
        rows.extend(
            outlet
                .months
                .iter()
                .map(|(month, lean)| Cells::of("month", Some(outlet)).text("month", month).count("weighed", lean.n).lean(Some(lean))),
        );
        rows.extend(outlet.typical.iter().map(|Typical { term, here, elsewhere, log_odds, z }| {
            let cells = Cells::of("term", Some(outlet)).text("term", &term.word).text("toward", &summary.camps[term.camp]);
            let cells = cells.text("stance", term.stance.as_str()).count("articles", *here).count("elsewhere", *elsewhere);
            cells.number("log_odds", *log_odds).number("z", *z)
        }));
        rows.extend(outlet.pulling.iter().map(|(article, by)| {
            let Pulling { lean, id, date, event, camps } = article;
            let cells = Cells::of("article", Some(outlet)).text("id", id).number("lean", *lean as f64 / 1e6).number("moves", *by);
            let cells = cells.text("date", date.as_deref().unwrap_or_default()).text("event", event.as_deref().unwrap_or_default());
            summary.camps.iter().zip(camps).fold(cells, |cells, (camp, (stance, words))| {
                let cells = cells.text(&format!("{camp}_stance"), stance.map_or(UNCERTAIN, Stance::as_str));
                cells.text(&format!("{camp}_words"), &words.join("؛ "))
            })
        }));
    }
    rows
}

fn of_outlet_row(outlet: &Outlet, camps: &[String; 2]) -> Cells {
    let mut cells = Cells::of("outlet", Some(outlet)).counts(&outlet.counts).lean(outlet.lean.as_ref());
    if let Some(lean) = &outlet.shrunken {
        cells = cells.number("shrunken", lean.mean).interval("shrunken", Some(lean.interval));
        cells = cells.count("place_from", lean.places.0 as u64).count("place_to", lean.places.1 as u64);
    }
    for ((camp, toward), stances) in camps.iter().zip(&outlet.toward).zip(&outlet.counts.stances) {
        if let Some(toward) = toward {
            cells = cells.number(&format!("{camp}_score"), toward.mean).interval(camp, toward.interval());
            for stance in COUNTED {
                cells = cells.count(&format!("{camp}_n_{stance}"), stances.get(stance).copied().unwrap_or_default());
            }
        }
    }
    cells
}
