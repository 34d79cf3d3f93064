//! A labelled set for a person: what it is made of, and whether it holds.

use comfy_table::{Cell, Color};

use super::{Style, right};
use crate::camp::Camps;
use crate::evaluation::shortcuts::ShortcutAudit;
use crate::labels::agreement::{Agreement, AgreementMeasure, Dispute, OverallAgreement};
use crate::labels::composition::Quota;
use crate::labels::fold::FoldGroup;
use crate::text::isolate::plain;

/// What a set is made of, and what it must be.
pub fn quotas(quotas: &[Quota], style: Style) -> String {
    let mut table = style.table(&["", "found", "wanted", "holds"]);
    for quota in quotas {
        let wanted = match quota.wanted {
            (least, f64::INFINITY) => format!("at least {least}"),
            (0.0, most) => format!("at most {most}"),
            (least, most) => format!("{least} to {most}"),
        };
        table.add_row([
            Cell::new(&quota.what),
            right(&format!("{:.0}", quota.found)),
            Cell::new(wanted),
            holds(quota.holds()),
        ]);
    }
    table.to_string()
}

/// The agreement of annotators, and whether it is at least `least`.
pub fn agreement(agreements: &[Agreement], least: f64, style: Style) -> String {
    let holds_if = format!("holds (≥ {least})");
    let mut table = style.table(&["toward", "measure", "articles", "agreement", &holds_if]);
    for agreement in agreements {
        let measure = match &agreement.measure {
            AgreementMeasure::CohenKappa { annotators: [first, second] } => {
                format!("κ, {} and {}", plain(first), plain(second))
            }
            AgreementMeasure::KrippendorffAlpha => "α, all".to_owned(),
        };
        let cells = [
            Cell::new(&agreement.camp),
            Cell::new(measure),
            right(&agreement.n_articles.to_string()),
            right(&format!("{:.3}", agreement.value)),
            holds(agreement.value >= least),
        ];
        table.add_row(cells);
    }
    table.to_string()
}

/// The agreement of all annotators in one line, and each disputed article in a line.
pub fn agreement_lines(overall: &OverallAgreement) -> Vec<String> {
    let OverallAgreement { n_annotators, camps: [one, other], alpha: [first, second], disputes } =
        overall;
    let summary = format!(
        "{n_annotators} annotators: Krippendorff's α {first:.3} toward {one}, {second:.3} toward \
         {other}; {} articles disputed",
        disputes.len()
    );
    std::iter::once(summary).chain(disputes.iter().map(dispute)).collect()
}

/// A disputed article and its labels, in one line.
pub fn dispute(dispute: &Dispute) -> String {
    let labels = dispute.annotations.iter().map(|annotation| {
        let [first, second] = annotation.stances;
        format!("{} {first}/{second}", annotation.annotator)
    });
    format!("disputed: {}: {}", dispute.article, labels.collect::<Vec<_>>().join(", "))
}

/// How well shortcuts do.
pub fn audits(camps: &Camps, audits: &[ShortcutAudit], style: Style) -> String {
    let [first, second] = camps.ids();
    let mut table = style.table(&["told by", "held out", first, second, "holds"]);
    for audit in audits {
        let group = match audit.group {
            FoldGroup::Event => "events",
            FoldGroup::Outlet => "outlets",
        };
        let f1 = audit.macro_f1.map(|f1| right(&format!("{f1:.2}")));
        let cells = [Cell::new(audit.shortcut.name()), Cell::new(group)].into_iter().chain(f1);
        table.add_row(cells.chain([holds(audit.holds())]));
    }
    table.to_string()
}

fn holds(yes: bool) -> Cell {
    if yes { Cell::new("yes") } else { Cell::new("no").fg(Color::Red) }
}
