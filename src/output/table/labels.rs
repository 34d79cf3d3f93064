//! The checks of a labelled set as tables.

use comfy_table::{Cell, Color};

use super::{Style, right};
use crate::camp::Camps;
use crate::evaluation::agreement::{Agreement, Annotators};
use crate::evaluation::shortcuts::ShortcutAudit;
use crate::labels::composition::Quota;
use crate::labels::fold::FoldGroup;

/// The composition of a set, and its requirements.
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

/// The agreement of annotators; a row holds from `min` on.
pub fn agreement(rows: &[Agreement], min: f64, style: Style) -> String {
    let mut table = style.table(&["toward", "measure", "articles", "agreement", "holds"]);
    for Agreement { camp, annotators, n_articles, value } in rows {
        let measure = match annotators {
            Annotators::Pair(first, second) => format!("κ, {first} and {second}"),
            Annotators::All => "α, all".to_owned(),
        };
        let cells = [
            Cell::new(camp),
            Cell::new(measure),
            right(&n_articles.to_string()),
            right(&format!("{value:.3}")),
            holds(*value >= min),
        ];
        table.add_row(cells);
    }
    table.to_string()
}

/// Macro-F1 of every shortcut.
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
