//! Classification reports as tables.

use comfy_table::{Attribute, Cell};

use super::{Style, colour, range, right};
use crate::evaluation::ClassificationReport;
use crate::evaluation::assessment::OneVsRest;
use crate::text::isolate::plain;

/// Macro-F1 with its interval, macro-F1 of always predicting the most frequent label, and F1 by
/// class.
pub fn figures(
    what: &str,
    classes: &[String],
    rows: &[ClassificationReport],
    style: Style,
) -> String {
    let header = [what, "articles", "macro-F1", "95 %", "commonest"].map(str::to_owned);
    let f1_of = classes
        .iter()
        .enumerate()
        .map(|(at, class)| if at == 0 { format!("F1 {}", plain(class)) } else { plain(class) });
    let header: Vec<String> = header.into_iter().chain(f1_of).collect();
    let mut table = style.table(&header.iter().map(String::as_str).collect::<Vec<_>>());
    for report in rows {
        let ClassificationReport { name, confusion, averaged, .. } = report;
        let f1 =
            (0..confusion.n_classes()).map(|class| right(&format!("{:.2}", confusion.f1(class))));
        let counts = [
            Cell::new(plain(name)),
            right(&confusion.total().to_string()),
            right(&format!("{:.2}", report.macro_f1())).add_attribute(Attribute::Bold),
            Cell::new(range(report.interval)),
            right(&format!("{:.2}", confusion.majority_baseline().macro_f1(averaged.clone()))),
        ];
        table.add_row(counts.into_iter().chain(f1));
    }
    table.to_string()
}

/// One stance against the rest, by camp.
pub fn one_vs_rest(rows: &[OneVsRest], style: Style) -> String {
    let mut table = style.table(&["toward", "stance", "articles", "macro-F1, vs rest", "AUC"]);
    for row in rows {
        let figures =
            [row.support.to_string(), format!("{:.2}", row.macro_f1), format!("{:.2}", row.auc)]
                .map(|text| right(&text));
        table.add_row(
            [Cell::new(&row.camp), Cell::new(row.stance).fg(colour(row.stance))]
                .into_iter()
                .chain(figures),
        );
    }
    table.to_string()
}
