//! An assessment as tables.

use comfy_table::Cell;

use super::{Style, colour, name, percent, range, right, short};
use crate::camp::Stance;
use crate::evaluation::assessment::{
    Assessment, Breakdown, BreakdownGroup, CampAssessment, SideMetrics,
};
use crate::evaluation::bootstrap::N_SAMPLES;
use crate::evaluation::{BootstrapEstimate, Coverage};
use crate::scoring::counted;

/// With fewer clusters, intervals are unreliable.
const MIN_CLUSTERS: usize = 10;

/// A sentence on the sides that are taken.
pub fn sides(assessment: &Assessment) -> String {
    let SideMetrics { labelled, given, right, metrics } = &assessment.sides;
    let share = |share: &BootstrapEstimate| {
        let (low, high) = share.interval;
        format!("{:.2} ({low:.2}–{high:.2})", share.value)
    };
    format!(
        "{}: the model takes {}, both camps together; {right} are right, precision {}. Of the \
         {labelled} sides that there are it finds {}; F1 {}.",
        counted(assessment.n_articles, "article"),
        counted(*given, "side"),
        share(&metrics.precision),
        share(&metrics.recall),
        share(&metrics.f1)
    )
}

/// Sentences on how intervals were computed.
pub fn resampling(assessment: &Assessment) -> String {
    let Assessment { n_articles, n_unscored, resampling, .. } = assessment;
    let by = match (resampling.n_events, resampling.n_clusters - resampling.n_events) {
        (0, _) => "one by one, because none names its event, or all name the same".to_owned(),
        (events, 0) => format!("by event: {events} events"),
        (events, alone) => {
            format!("by event: {events} events, and {alone} articles that name none, each alone")
        }
    };
    let mut sentences = vec![format!(
        "{}, drawn {N_SAMPLES} times with replacement for the intervals, {by}.",
        counted(*n_articles, "article")
    )];
    if resampling.n_clusters < MIN_CLUSTERS {
        sentences.push(format!(
            "With {} to draw from, the intervals are too narrow to rely on.",
            resampling.n_clusters
        ));
    }
    if *n_unscored > 0 {
        sentences.push(format!(
            "{n_unscored} of them could not be scored, and count as called unrelated and as not \
             answered."
        ));
    }
    sentences.join("\n")
}

/// The confusion matrix of each camp, and precision, recall and F1 of each class with their
/// intervals.
pub fn confusion(camps: &[CampAssessment], style: Style) -> String {
    let header = [
        "toward",
        "label",
        "articles",
        "→ favor",
        "neutral",
        "against",
        "unrelated",
        "precision",
        "recall",
        "F1",
    ];
    let mut table = style.table(&header);
    for camp in camps {
        for (class, (stance, figures)) in Stance::ALL.iter().zip(&camp.classes).enumerate() {
            let confusion = &camp.report.confusion;
            let counts = (0..Stance::ALL.len())
                .map(|predicted| right(&confusion.count(class, predicted).to_string()));
            let shares = [
                (figures.precision, confusion.predicted(class)),
                (figures.recall, confusion.support(class)),
            ];
            let shares =
                shares.map(|(share, of)| if of == 0 { Cell::new("–") } else { cell(share) });
            let f1 = if confusion.support(class) + confusion.predicted(class) == 0 {
                Cell::new("–")
            } else {
                cell(figures.f1)
            };
            let head = [
                Cell::new(if class == 0 { &camp.report.name } else { "" }),
                Cell::new(stance).fg(colour(*stance)),
            ];
            let labelled = right(&confusion.support(class).to_string());
            table.add_row(
                head.into_iter().chain([labelled]).chain(counts).chain(shares).chain([f1]),
            );
        }
    }
    table.to_string()
}

/// Calibration errors, then the reliability diagram.
pub fn calibration(camps: &[CampAssessment], style: Style) -> String {
    let mut errors =
        style.table(&["toward", "articles", "calibration error", "95 %", "Brier score", "95 %"]);
    let mut bins = style.table(&["toward", "confidence", "articles", "mean", "right", "95 %"]);
    for CampAssessment { report, n_scored, reliability, .. } in camps {
        let of = |error: BootstrapEstimate| {
            [right(&format!("{:.3}", error.value)), Cell::new(range(error.interval))]
        };
        let head = [Cell::new(&report.name), right(&n_scored.to_string())];
        errors.add_row(head.into_iter().chain(of(reliability.ece)).chain(of(reliability.brier)));
        for (number, bin) in
            reliability.bins.iter().enumerate().filter(|(_, bin)| bin.n_articles > 0)
        {
            let tenth = format!("{:.1}–{:.1}", number as f64 / 10.0, (number + 1) as f64 / 10.0);
            let head =
                [Cell::new(&report.name), Cell::new(tenth), right(&bin.n_articles.to_string())];
            let shares =
                [bin.confidence, bin.accuracy.value].map(|share| right(&format!("{share:.2}")));
            // If all or none are correct, every sample is the same: that is no certainty.
            let (low, high) = bin.accuracy.interval;
            let ends = if low < high { range((low, high)) } else { "–".to_owned() };
            bins.add_row(head.into_iter().chain(shares).chain([Cell::new(ends)]));
        }
    }
    format!("{errors}\n\n{bins}")
}

/// Coverage and error rate by risk.
pub fn coverage(camps: &[CampAssessment], style: Style) -> String {
    let mut table =
        style.table(&["toward", "--max-error", "answered", "95 %", "wrong answers", "95 %"]);
    for Coverage { output, risk, answered, wrong } in camps.iter().flat_map(|camp| &camp.coverage) {
        let share = |share: &BootstrapEstimate| {
            [right(&percent(share.value)), Cell::new(range(share.interval))]
        };
        let wrong = if answered.value > 0.0 { share(wrong) } else { ["", ""].map(Cell::new) };
        table.add_row(
            [Cell::new(output), right(&format!("{risk:.2}"))]
                .into_iter()
                .chain(share(answered))
                .chain(wrong),
        );
    }
    table.to_string()
}

/// The metrics of groups, or why there are none.
pub fn breakdown(
    breakdown: &Breakdown,
    camps: &[CampAssessment],
    min_group: usize,
    style: Style,
) -> String {
    let what = breakdown.key.name();
    match (breakdown.groups.len(), breakdown.n_pooled) {
        (0, 0) => return format!("By {what}: no article names its {what}."),
        (0, _) => return format!("By {what}: no group has {min_group} articles."),
        _ => {}
    }
    let mut table = style.table(&[
        what, "articles", "clusters", "toward", "labels", "macro-F1", "95 %", "at most", "right",
        "95 %",
    ]);
    for BreakdownGroup { name: group, n_articles, resampling, camps: metrics } in &breakdown.groups
    {
        for (number, (camp, metrics)) in camps.iter().zip(metrics).enumerate() {
            let head = [name(group), n_articles.to_string(), resampling.n_clusters.to_string()];
            let [group, articles, clusters] =
                if number == 0 { head } else { [const { String::new() }; 3] };
            let of = |share: BootstrapEstimate| {
                [right(&format!("{:.2}", share.value)), Cell::new(range(share.interval))]
            };
            let labelled = metrics.support.map(|count| count.to_string()).join("/");
            let head = [
                Cell::new(group),
                right(&articles),
                right(&clusters),
                Cell::new(&camp.report.name),
                right(&labelled),
            ];
            let most = [right(&format!("{:.2}", metrics.max_macro_f1))];
            table.add_row(
                head.into_iter()
                    .chain(of(metrics.macro_f1))
                    .chain(most)
                    .chain(of(metrics.accuracy)),
            );
        }
    }
    match breakdown.n_pooled {
        0 => table.to_string(),
        groups => format!(
            "{table}\n (other): {groups} groups of fewer than {min_group} articles, put together"
        ),
    }
}

fn cell(estimate: BootstrapEstimate) -> Cell {
    short(estimate.value, estimate.interval)
}
