//! A labelled set for a person: what it is made of, and whether it holds.

use comfy_table::{Cell, Color};

use super::{Style, right};
use crate::camp::Camps;
use crate::evaluation::shortcuts::Audit;
use crate::labels::composition::Quota;
use crate::labels::fold::FoldGroup;

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

/// Agreement: camp, who, on how many articles, how much.
pub fn agreement(rows: &[(String, String, usize, f64)], least: f64, style: Style) -> String {
    let mut table = style.table(&["toward", "measure", "articles", "agreement", "holds"]);
    for (camp, measure, articles, figure) in rows {
        let cells = [
            Cell::new(camp),
            Cell::new(measure),
            right(&articles.to_string()),
            right(&format!("{figure:.3}")),
            holds(*figure >= least),
        ];
        table.add_row(cells);
    }
    table.to_string()
}

/// How well shortcuts do.
pub fn audits(camps: &Camps, audits: &[Audit], style: Style) -> String {
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
