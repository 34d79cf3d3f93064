//! The drift report, as tables and as JSON.

use comfy_table::Cell;
use serde_json::{Value, json};

use super::table::{Style, right, signed};
use crate::camp::Camps;
use crate::evaluation::drift::{Drift, DriftInput, DriftLevel, DriftMetric, MonthlyFigures, Shift};
use crate::record::six;
use crate::text::isolate::{isolated, plain};

/// Most outlets and months that a table shows.
const SHOWN: usize = 12;

/// The number in words, and in JSON.
fn names(number: DriftMetric, camps: &Camps) -> (String, String) {
    let fixed = |name: &str, key: &str| (name.to_owned(), key.to_owned());
    match number {
        DriftMetric::Known => fixed("share of unknown words", "unknown"),
        DriftMetric::Score(camp) => {
            (format!("score, {}", camps.ids()[camp]), format!("score_{}", camps.ids()[camp]))
        }
        DriftMetric::Unrelated => fixed("not about the conflict", "unrelated"),
        DriftMetric::Uncertain => fixed("uncertain", "uncertain"),
    }
}

/// The means before and now; of known words, those of the unknown.
fn means(shift: &Shift) -> [f64; 2] {
    let mean = |mean: f64| if shift.number == DriftMetric::Known { 1.0 - mean } else { mean };
    [mean(shift.before), mean(shift.now)]
}

fn level(level: DriftLevel) -> &'static str {
    match level {
        DriftLevel::Stable => "stable",
        DriftLevel::Watched => "watch",
        DriftLevel::Drifted => "drifted",
    }
}

fn percent(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}

/// What to do, and why, in a sentence or two.
pub fn says(drift: &Drift, camps: &Camps) -> String {
    if !drift.has_reference() {
        return "The model has no reference to compare with: it was trained by an older mizan, or \
         on other labels than stances. Train it again \
                (`mizan train`)."
            .to_owned();
    }
    let at = |wanted: DriftLevel| drift.shifts.iter().filter(move |shift| shift.level() == wanted);
    let list = |wanted: DriftLevel| {
        at(wanted).map(|shift| names(shift.number, camps).0).collect::<Vec<_>>().join("; ")
    };
    let words = at(DriftLevel::Drifted).find(|shift| shift.number == DriftMetric::Known).map(means);
    match (drift.level(), words) {
        (DriftLevel::Stable, _) => {
            "No drift: these articles are like those that the model was measured on.".to_owned()
        }
        (DriftLevel::Watched, _) => {
            format!(
                "No drift yet, but more than chance has moved a little: {}. Look again with the \
                 next articles.",
                list(DriftLevel::Watched)
            )
        }
        (DriftLevel::Drifted, Some(means)) => format!(
            "Label some of these articles and train again: {}, so its figures do not hold here. \
             Drifted: {}.",
            unknown_words(means.map(percent)),
            list(DriftLevel::Drifted)
        ),
        (DriftLevel::Drifted, None) => format!(
            "Label some of these articles and compare (`mizan evaluate`); train again if the \
             model has become worse. {} what it says is spread otherwise than where it was \
             measured: either the news is another, or the model errs. Drifted: {}.",
            if drift.knows_words() {
                "Its words are known, but"
            } else {
                "Whether it knows their words cannot be told, as tables of scores (CSV, TSV, \
                 Excel) have no `known`; JSON lines and Parquet do. But"
            },
            list(DriftLevel::Drifted)
        ),
    }
}

/// How the unknown words differ, by their shares before and now as they are shown.
fn unknown_words([before, now]: [String; 2]) -> String {
    if before == now {
        return format!(
            "{now} of their words are unknown to the model, as many as where it was measured, but \
             they are spread otherwise over the articles: some have many more, others hardly any"
        );
    }
    format!("{now} of their words are unknown to the model, against {before} where it was measured")
}

/// The numbers, then and now.
pub fn shifts(drift: &Drift, camps: &Camps, style: Style) -> String {
    let mut table = style.table(&["mean of", "then", "now", "stability index", "by chance", ""]);
    for shift in &drift.shifts {
        let shown = |mean: f64| {
            if matches!(shift.number, DriftMetric::Score(_)) { signed(mean) } else { percent(mean) }
        };
        let [before, now] = means(shift).map(|mean| right(&shown(mean)));
        let figures = [shift.index, shift.chance].map(|figure| right(&format!("{figure:.3}")));
        let row = [Cell::new(names(shift.number, camps).0), before, now].into_iter().chain(figures);
        table.add_row(row.chain([Cell::new(level(shift.level()))]));
    }
    table.to_string()
}

/// The months, the latest last.
pub fn months(drift: &Drift, camps: &Camps, style: Style) -> String {
    let scores = camps.ids().map(|id| format!("score, {id}"));
    let mut table = style.table(&[
        "month",
        "articles",
        "related",
        "unknown words",
        "uncertain",
        &scores[0],
        &scores[1],
    ]);
    for month in &drift.months[drift.months.len().saturating_sub(SHOWN)..] {
        let MonthlyFigures { month, articles, related, unknown, uncertain, scores } = month;
        let share = |share: &Option<f64>| share.map_or_else(String::new, percent);
        let scores = scores.map_or_else(Default::default, |scores| scores.map(signed));
        let cells = [articles.to_string(), related.to_string(), share(unknown), share(uncertain)];
        let cells = cells.into_iter().chain(scores).map(|text| right(&text));
        table.add_row([Cell::new(month)].into_iter().chain(cells));
    }
    table.to_string()
}

/// The commonest outlets.
pub fn outlets(drift: &Drift, style: Style) -> String {
    let mut table = style.table(&["outlet", "articles", "trained on"]);
    for (outlet, articles, trained) in drift.outlets.iter().take(SHOWN) {
        table.add_row([
            Cell::new(isolated(outlet)),
            right(&articles.to_string()),
            right(&trained.to_string()),
        ]);
    }
    table.to_string()
}

/// The articles to label first, with their whole ids: they are looked up.
pub fn to_label(rows: &[(&DriftInput, f64)], style: Style) -> String {
    let mut table = style.table(&["article", "doubt", "unknown words", "worth", "outlet"]);
    for (scored, worth) in rows {
        let unknown = scored.known.map_or_else(String::new, |known| percent(1.0 - known));
        let figures = [format!("{:.2}", scored.ambiguity), unknown, format!("{worth:.2}")]
            .map(|text| right(&text));
        let outlet = scored.outlet.as_deref().map(isolated).unwrap_or_default();
        table.add_row(
            [Cell::new(plain(&scored.id))].into_iter().chain(figures).chain([Cell::new(outlet)]),
        );
    }
    table.to_string()
}

/// All of it as one JSON object:
/// `{"articles", "drift", "level", "says", "numbers": [{"number", "then", "now", "index", "chance",
/// "level"}], "new_outlets", "outlets": [{"outlet", "articles", "trained_on"}], "months":
/// [{"month", "articles", "related", "unknown", "uncertain", "scores"}], "label_first": [{"id",
/// "outlet", "doubt", "unknown", "worth"}]}`. What no article tells is `null`. The schema is in
/// `schemas/drift.json`.
pub fn json(drift: &Drift, camps: &Camps, rows: &[(&DriftInput, f64)]) -> Value {
    let number = |shift: &Shift| {
        let [before, now] = means(shift).map(six);
        let (index, chance) = (six(shift.index), six(shift.chance));
        let number = names(shift.number, camps).1;
        json!({
            "number": number, "then": before, "now": now, "index": index, "chance": chance,
            "level": level(shift.level())
        })
    };
    let outlet = |(outlet, n, trained): &(String, usize, u32)| {
        json!({
            "outlet": outlet, "articles": n, "trained_on": trained
        })
    };
    let month =
        |MonthlyFigures { month, articles, related, unknown, uncertain, scores }: &MonthlyFigures| {
            let score = |camp: usize| json!(scores.map(|scores| six(scores[camp])));
            let scores: serde_json::Map<String, Value> =
                camps.ids().into_iter().map(str::to_owned).zip([0, 1].map(score)).collect();
            json!({
                "month": month, "articles": articles, "related": related,
                "unknown": unknown.map(six), "uncertain": uncertain.map(six), "scores": scores
            })
        };
    let row = |(scored, worth): &(&DriftInput, f64)| {
        let unknown = scored.known.map(|known| six(1.0 - known));
        json!({
            "id": scored.id, "outlet": scored.outlet, "doubt": six(scored.ambiguity),
            "unknown": unknown, "worth": six(*worth)
        })
    };
    json!({
        "articles": drift.articles,
        "reference": drift.has_reference(),
        "drift": drift.level() == DriftLevel::Drifted,
        "level": level(drift.level()),
        "says": plain(&says(drift, camps)),
        "numbers": drift.shifts.iter().map(number).collect::<Vec<_>>(),
        "new_outlets": drift.new_outlets().map(six),
        "outlets": drift.outlets.iter().map(outlet).collect::<Vec<_>>(),
        "months": drift.months.iter().map(month).collect::<Vec<_>>(),
        "label_first": rows.iter().map(row).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_that_look_alike_are_not_set_against_each_other() {
        let says = |before: f64, now: f64| unknown_words([before, now].map(percent));
        assert!(says(0.09, 0.3).contains("30 % of their words") && says(0.09, 0.3).contains("9 %"));
        let alike = says(0.089, 0.094);
        assert!(alike.contains("spread otherwise") && !alike.contains("against"), "{alike}");
    }
}
