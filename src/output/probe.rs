//! What probes find, for a person and for a program.

use std::fmt::Write;

use comfy_table::Cell;
use serde_json::{Value, json};

use super::table::{Style, name, right, signed};
use crate::camp::Camps;
use crate::evaluation::probe::{Finding, Measure, Mover, ProbeFindings, TOLERATED};
use crate::record::six;
use crate::text::isolate::plain;

/// A figure as it is printed; nothing where there is none.
fn shown(value: f64) -> String {
    if value.is_finite() { format!("{value:.3}") } else { "—".to_owned() }
}

fn range((low, high): (f64, f64)) -> String {
    if low.is_finite() && high.is_finite() {
        format!("{low:.3}–{high:.3}")
    } else {
        String::new()
    }
}

/// The figures of all probes, and a sentence on each.
pub fn table(findings: &ProbeFindings, style: Style) -> String {
    let mut table = style.table(&["probe", "measure", "texts", "value", "95 %"]);
    for finding in &findings.findings {
        for (at, Measure { name, texts, value, interval, .. }) in
            finding.measures.iter().enumerate()
        {
            let probe = if at == 0 { finding.probe } else { "" };
            table.add_row([
                Cell::new(probe),
                Cell::new(name),
                right(&texts.to_string()),
                right(&shown(*value)),
                Cell::new(range(*interval)),
            ]);
        }
    }
    let sentences =
        findings.findings.iter().map(|finding| format!("\n{}: {}", finding.probe, finding.says));
    format!("{table}\n{}", sentences.collect::<String>())
}

/// The texts that moved most in each probe, `top` of each.
pub fn movers(findings: &ProbeFindings, camps: &Camps, top: usize, style: Style) -> String {
    let mut table = style.table(&["probe", "article", "toward", "score", "after", "counts"]);
    for Finding { probe, movers, .. } in &findings.findings {
        for (at, Mover { id, camp, before, after, by }) in movers.iter().take(top).enumerate() {
            let probe = if at == 0 { *probe } else { "" };
            let figures =
                [signed(*before), signed(*after), format!("{by:.2}")].map(|figure| right(&figure));
            table.add_row(
                [Cell::new(probe), Cell::new(name(id)), Cell::new(camps.ids()[*camp])]
                    .into_iter()
                    .chain(figures),
            );
        }
    }
    table.to_string()
}

/// What probes find as one JSON object:
/// `{"texts", "spread", "tolerated", "probes": [{"probe", "holds", "says", "measures": [{"measure", "texts", "value", "interval"}], "moved_most": [{"id", "toward", "before", "after", "counts"}]}]}`.
/// A figure that could not be measured is `null`.
pub fn json(findings: &ProbeFindings, camps: &Camps, top: usize) -> Value {
    // A number that is none becomes `null`.
    let measure = |Measure { key, texts, value, interval, .. }: &Measure| json!({"measure": key, "texts": texts, "value": six(*value), "interval": [six(interval.0), six(interval.1)]});
    let mover = |Mover { id, camp, before, after, by }: &Mover| json!({"id": id, "toward": camps.ids()[*camp], "before": six(*before), "after": six(*after), "counts": six(*by)});
    let finding = |Finding { probe, measures, holds, says, movers }: &Finding| {
        json!({
            "probe": probe,
            "holds": holds,
            "says": says,
            "measures": measures.iter().map(measure).collect::<Vec<_>>(),
            "moved_most": movers.iter().take(top).map(mover).collect::<Vec<_>>(),
        })
    };
    json!({
        "texts": findings.texts,
        "spread": six(findings.spread),
        "tolerated": TOLERATED,
        "probes": findings.findings.iter().map(finding).collect::<Vec<_>>(),
    })
}

/// What probes found of held-out articles, for a model card.
pub fn markdown(findings: &ProbeFindings) -> String {
    let mut card = format!(
        "Probes: one thing is changed in the held-out articles, and their scores are compared, by models of these settings that were not\n\
         trained on the articles' events. Shares are of the spread (standard deviation) of the scores, {:.3}; at most {TOLERATED} is wanted of the first\n\
         of each probe, and of stances that change. `src/evaluation/probe/` says how each is measured.\n\n\
         | probe | measure | texts | value | 95 % |\n|---|---|---|---|---|\n",
        findings.spread
    );
    // Writing into a string cannot fail.
    for finding in &findings.findings {
        for Measure { name, texts, value, interval, .. } in &finding.measures {
            let _ = writeln!(
                card,
                "| {} | {name} | {texts} | {} | {} |",
                finding.probe,
                shown(*value),
                range(*interval)
            );
        }
    }
    for finding in &findings.findings {
        let warning = if finding.holds { "" } else { "**Warning.** " };
        let _ = write!(card, "\n- {warning}{}", plain(&finding.says));
    }
    card
}
