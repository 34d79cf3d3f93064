//! The report on outlets as a table, JSON and CSV. The HTML page is in [`super::html::report`].

mod rows;
mod sentences;

use comfy_table::Cell;
use serde_json::{Map, Value, json};

use super::maker::with_maker;
use super::table::Style;
use crate::camp::Stance;
use crate::outlets::extremes::InfluentialArticle;
use crate::outlets::lean::MeanEstimate;
use crate::outlets::makers::CountedMaker;
use crate::outlets::quotes::QuotedSentence;
use crate::outlets::summary::{Counts, MIN_ARTICLES, MIN_RELATED, Outlet, OutletReport};
use crate::outlets::terms::DistinctiveTerm;
use crate::record::six;
use crate::scoring::{UNCERTAIN, counted};
use crate::text::isolate::{isolated, plain};

pub use rows::{ReportTable, write_csv};
pub use sentences::sentences;

/// The name of the group of articles without an outlet.
pub const NAMELESS: &str = "(no outlet named)";

/// The text in place of a value that needs more articles.
pub const TOO_FEW: &str = "too few";

/// What to say where an archive is not about the conflict: nothing can be said of its outlets.
/// `None` where it is.
pub fn warning(summary: &OutletReport) -> Option<String> {
    let counts = summary.counts();
    counts.is_off_topic().then(|| {
        if counts.is_mostly_related() {
            return format!(
                "{} {} about the conflict: of fewer than {MIN_ARTICLES}, nothing is said of the \
                 outlets; score more of them",
                counted(counts.weighed, "article"),
                if counts.weighed == 1 { "is" } else { "are" },
            );
        }
        format!(
            "only {} of {} {} about the conflict; with fewer than {MIN_ARTICLES}, \
             or less than {:.0} %, nothing can be said of the outlets: what is averaged may well \
             be articles about something else that were taken for it",
            counts.weighed,
            counted(counts.weighed + counts.unrelated, "scored article"),
            if counts.weighed == 1 { "is" } else { "are" },
            100.0 * MIN_RELATED
        )
    })
}

/// Most models that are named to people.
const MAX_MAKERS: usize = 5;

/// The models that made the records, as people are told: `libya@1a2b3c4d (mizan 0.1.0)`; `None`
/// where no record names its own.
pub fn makers(summary: &OutletReport, comma: &str) -> Option<String> {
    let shown = |CountedMaker { model, version, .. }| {
        let model: String = model?;
        let version = version.map_or_else(String::new, |version| format!(" (mizan {version})"));
        Some(plain(&format!("{model}{version}")))
    };
    let mut named: Vec<String> = summary.makers.all().filter_map(shown).collect();
    if named.len() > MAX_MAKERS {
        named.truncate(MAX_MAKERS);
        named.push("…".to_owned());
    }
    (!named.is_empty()).then(|| named.join(comma))
}

/// The words under which stances are counted.
pub(super) const COUNTED: [&str; 5] = [
    Stance::Favor.as_str(),
    Stance::Neutral.as_str(),
    Stance::Against.as_str(),
    Stance::Unrelated.as_str(),
    UNCERTAIN,
];

/// Narrower terminals get no columns for the numbers of articles and of uncertain ones.
const NARROW: u16 = 110;

/// A table with a row for each outlet.
pub fn table(summary: &OutletReport, style: Style) -> String {
    let mut header = vec![
        "articles",
        "weighed",
        "uncertain",
        "mean lean",
        "95 %",
        "shrunken",
        "95 %",
        "places",
        "outlet",
    ];
    let narrow = style.width < NARROW;
    header.retain(|column| !narrow || !["articles", "uncertain"].contains(column));
    let mut table = style.table(&header);
    for outlet in &summary.outlets {
        let Counts { articles, weighed, .. } = outlet.counts;
        let uncertain = if weighed > 0 {
            format!("{:.0} %", 100.0 * outlet.counts.uncertain_share())
        } else {
            String::new()
        };
        let mut figures = if narrow {
            vec![weighed.to_string()]
        } else {
            vec![articles.to_string(), weighed.to_string(), uncertain]
        };
        figures.extend(match &outlet.lean {
            Some(lean) => {
                [signed(lean.mean), lean.interval().map_or_else(|| TOO_FEW.to_owned(), range)]
            }
            None => [String::new(), TOO_FEW.to_owned()],
        });
        figures.extend(match &outlet.shrunken {
            Some(lean) => [signed(lean.mean), range(lean.interval), places(lean.places)],
            None => [String::new(), TOO_FEW.to_owned(), String::new()],
        });
        let name = isolated(
            &outlet.name.as_deref().map_or_else(|| NAMELESS.to_owned(), |name| shortened(name, 60)),
        );
        table
            .add_row(figures.iter().map(|text| super::table::right(text)).chain([Cell::new(name)]));
    }
    table.to_string()
}

/// The range of ranks of an outlet.
pub(super) fn places((best, last): (usize, usize)) -> String {
    if best == last { best.to_string() } else { format!("{best}–{last}") }
}

/// A lean with its sign.
pub(super) fn signed(number: f64) -> String {
    if number.abs() < 0.005 {
        "0.00".to_owned()
    } else {
        format!("{number:+.2}").replace('-', "−")
    }
}

/// The ends of an interval of leans.
pub(super) fn range((low, high): (f64, f64)) -> String {
    format!("{} to {}", signed(low), signed(high))
}

/// Text of at most `most` characters, cut with `…`.
pub(super) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// All values as one JSON object, as `schemas/report.json` describes it. Fields may be added; none
/// is renamed. Unknown values are `null`.
pub fn json(summary: &OutletReport) -> Value {
    let overall = summary.overall.as_ref().map(|overall| {
        let (low, high) = overall.interval();
        json!({
            "mean": six(overall.mean), "low": six(low), "high": six(high),
            "tau2": six(overall.tau2), "outlets": overall.outlets
        })
    });
    let mut object = Map::new();
    object.insert("camps".to_owned(), json!(summary.camps));
    object.insert("counts".to_owned(), json!(counts(&summary.counts())));
    object.insert("warning".to_owned(), json!(warning(summary)));
    object.insert("all_outlets".to_owned(), json!(overall));
    object.insert("terms_sampled".to_owned(), json!(summary.terms_sampled));
    object.insert(
        "outlets".to_owned(),
        summary.outlets.iter().map(|outlet| of_outlet(outlet, &summary.camps)).collect(),
    );
    object.insert("models".to_owned(), summary.makers.all().map(|maker| json!(maker)).collect());
    with_maker(Value::Object(object), None)
}

fn counts(counts: &Counts) -> Map<String, Value> {
    let Counts {
        articles, weighed, unrelated, failed, uncertain, unread_dates, standalone, ..
    } = counts;
    let fields = [
        ("articles", articles),
        ("weighed", weighed),
        ("unrelated", unrelated),
        ("failed", failed),
        ("uncertain", uncertain),
        ("unread_dates", unread_dates),
        ("standalone", standalone),
    ];
    fields.into_iter().map(|(name, count)| (name.to_owned(), json!(count))).collect()
}

fn estimate(estimate: Option<&MeanEstimate>) -> Value {
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
        json!({
            "mean": six(lean.mean), "low": six(low), "high": six(high),
            "places": [lean.places.0, lean.places.1]
        })
    });
    object.insert("shrunken".to_owned(), json!(shrunken));
    for ((camp, toward), stances) in camps.iter().zip(&outlet.toward).zip(&outlet.counts.stances) {
        object
            .insert(camp.clone(), json!({"score": estimate(toward.as_ref()), "stances": stances}));
    }
    let months = outlet
        .months
        .iter()
        .map(|(month, lean)| json!({"month": month, "lean": estimate(Some(lean))}));
    object.insert("months".to_owned(), months.collect());
    let terms =
        outlet.typical.iter().map(|DistinctiveTerm { term, here, elsewhere, log_odds, z }| {
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
    object.insert(
        "pulling".to_owned(),
        outlet.pulling.iter().map(|(article, by)| pulling(article, *by, camps)).collect(),
    );
    object.insert(
        "sentences".to_owned(),
        outlet.sentences.iter().flatten().map(|quoted| sentence(quoted, camps)).collect(),
    );
    Value::Object(object)
}

fn sentence(quoted: &QuotedSentence, camps: &[String; 2]) -> Value {
    let QuotedSentence { probability, id, camp, stance, text } = quoted;
    json!({
        "text": text, "camp": camps[*camp], "stance": stance, "id": id,
        "probability": six(*probability as f64 / 1e6)
    })
}

fn pulling(article: &InfluentialArticle, by: f64, camps: &[String; 2]) -> Value {
    let InfluentialArticle { lean, id, date, event, camps: stances } = article;
    let mut object = json!({
        "id": id, "date": date, "event": event, "lean": six(*lean as f64 / 1e6), "moves": six(by)
    });
    if let Some(object) = object.as_object_mut() {
        for (camp, (stance, words)) in camps.iter().zip(stances) {
            object.insert(
                camp.clone(),
                json!({"stance": stance.map_or(UNCERTAIN, Stance::as_str), "words": words}),
            );
        }
    }
    object
}
