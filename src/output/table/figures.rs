//! Classification reports as tables.

use std::collections::BTreeMap;

use comfy_table::{Attribute, Cell};

use super::{Style, colour, range, right};
use crate::evaluation::ClassificationReport;
use crate::evaluation::assessment::OneVsRest;
use crate::text::isolate::plain;

/// Macro-F1 with its interval, macro-F1 of always predicting the most frequent label, and F1 by
/// class; below it what the figures cannot say.
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
    let lines = std::iter::once(table.to_string()).chain(caveats(classes, rows));
    lines.collect::<Vec<_>>().join("\n")
}

/// Which classes no article has, which lowers macro-F1, and which intervals say nothing.
fn caveats(classes: &[String], rows: &[ClassificationReport]) -> Vec<String> {
    let mut rows_of: BTreeMap<(Vec<String>, String), Vec<String>> = BTreeMap::new();
    for ClassificationReport { name, confusion, averaged, .. } in rows {
        let absent = averaged.clone().filter(|&class| confusion.support(class) == 0);
        let absent: Vec<String> = absent.map(|class| plain(&classes[class])).collect();
        if !absent.is_empty() {
            let most = format!("{:.2}", confusion.max_macro_f1(averaged.clone()));
            rows_of.entry((absent, most)).or_default().push(plain(name));
        }
    }
    let absent = rows_of.into_iter().map(|((absent, most), names)| {
        format!(
            "{}: no article is labelled {}, so macro-F1 is at most {most}.",
            names.join("; "),
            absent.join(" or ")
        )
    });
    let is_point = |report: &&ClassificationReport| report.interval.0 >= report.interval.1;
    let points: Vec<String> =
        rows.iter().filter(is_point).map(|report| plain(&report.name)).collect();
    let point = (!points.is_empty()).then(|| {
        format!(
            "{}: an interval of one value says only that these articles are all alike to the \
             model, not that others will be.",
            points.join("; ")
        )
    });
    absent.chain(point).collect()
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
