//! What adapting a model is worth, as tables and as JSON.

use std::io::{self, Write};

use comfy_table::Cell;
use serde_json::{Value, json};

use super::table::{Style, right};
use crate::evaluation::BootstrapEstimate;
use crate::evaluation::adaptation::{AdaptedOutput, CurvePoint, N_DRAWS, OutletError};
use crate::record::six;
use crate::text::isolate::{isolated, plain};

/// Fewest labelled articles of an outlet whose share of wrong stances is told.
const MIN_OF_OUTLET: usize = 10;

fn estimate(estimate: &BootstrapEstimate, digits: usize) -> String {
    let (low, high) = estimate.interval;
    format!("{:.digits$} ({low:.digits$}–{high:.digits$})", estimate.value)
}

/// Writes calibration before and after, and wrong stances by outlet.
///
/// # Errors
/// Those of `out`.
pub fn write(
    out: &mut impl Write,
    n_articles: usize,
    outputs: &[AdaptedOutput],
    outlets: &[OutletError],
    style: Style,
) -> io::Result<()> {
    writeln!(out, "On held-out articles, of {n_articles} that are labelled; 95 % intervals:")?;
    let mut table =
        style.table(&["toward", "Brier score", "difference", "calibration error", "wrong stances"]);
    for output in outputs {
        let [before, after] = &output.reliability;
        let (low, high) = output.difference.interval;
        table.add_row([
            Cell::new(plain(&output.name)),
            right(&format!("{:.3} → {:.3}", before.brier.value, after.brier.value)),
            right(&format!("{:+.3} ({low:+.3} to {high:+.3})", output.difference.value)),
            right(&format!("{:.2} → {:.2}", before.ece.value, after.ece.value)),
            right(&format!("{} → {}", output.n_wrong[0], output.n_wrong[1])),
        ]);
    }
    writeln!(out, "{table}")?;
    // A table in which every outlet has too few says nothing.
    if outlets.iter().all(|outlet| outlet.n_articles < MIN_OF_OUTLET) {
        return Ok(());
    }
    let mut table = style.table(&["outlet", "labelled", "wrong stances, both camps"]);
    for OutletError { outlet, n_articles, wrong } in outlets {
        let name = if outlet.is_empty() { "(none named)".to_owned() } else { isolated(outlet) };
        let share = match *n_articles {
            n if n < MIN_OF_OUTLET => "too few to say".to_owned(),
            _ => estimate(wrong, 2),
        };
        table.add_row([Cell::new(name), right(&n_articles.to_string()), right(&share)]);
    }
    writeln!(out, "\n{table}")
}

/// Writes what 20, 50 and 100 labelled articles are worth.
///
/// # Errors
/// Those of `out`.
pub fn write_curve(out: &mut impl Write, curve: &[CurvePoint], style: Style) -> io::Result<()> {
    writeln!(
        out,
        "\nLearned from some of them, measured on the others; means of {N_DRAWS} draws, ± the \
         standard deviation of the change:"
    )?;
    let mut table =
        style.table(&["labels", "measured on", "toward", "calibration error", "Brier score"]);
    for CurvePoint { name, n_articles, n_rest, ece, brier } in curve {
        let moved = |[before, after, deviation]: &[f64; 3]| {
            right(&format!("{before:.3} → {after:.3} ± {deviation:.3}"))
        };
        table.add_row([
            right(&n_articles.to_string()),
            right(&n_rest.to_string()),
            Cell::new(plain(name)),
            moved(ece),
            moved(brier),
        ]);
    }
    writeln!(out, "{table}")
}

/// All of it as one JSON object, as `schemas/adapt.json` describes it; without a curve that is
/// `null`.
pub fn json(
    n_articles: usize,
    is_better: bool,
    outputs: &[AdaptedOutput],
    outlets: &[OutletError],
    curve: Option<&[CurvePoint]>,
) -> Value {
    let interval = |(low, high): (f64, f64)| [six(low), six(high)];
    let output = |output: &AdaptedOutput| {
        let [before, after] = &output.reliability;
        json!({
            "toward": output.name,
            "brier": [six(before.brier.value), six(after.brier.value)],
            "difference": six(output.difference.value),
            "difference_95": interval(output.difference.interval),
            "ece": [six(before.ece.value), six(after.ece.value)],
            "wrong": output.n_wrong,
        })
    };
    let outlet = |error: &OutletError| {
        json!({
            "outlet": Some(&error.outlet).filter(|outlet| !outlet.is_empty()),
            "articles": error.n_articles,
            "wrong": six(error.wrong.value),
            "wrong_95": interval(error.wrong.interval),
        })
    };
    let point = |point: &CurvePoint| {
        let CurvePoint { name, n_articles, n_rest, ece, brier } = point;
        json!({
            "toward": name, "labels": n_articles, "measured_on": n_rest,
            "ece": [six(ece[0]), six(ece[1])], "ece_deviation": six(ece[2]),
            "brier": [six(brier[0]), six(brier[1])], "brier_deviation": six(brier[2]),
        })
    };
    json!({
        "articles": n_articles,
        "better": is_better,
        "figures": outputs.iter().map(output).collect::<Vec<_>>(),
        "outlets": outlets.iter().map(outlet).collect::<Vec<_>>(),
        "curve": curve.map(|curve| curve.iter().map(point).collect::<Vec<_>>()),
    })
}
