//! An assessment for a person.

use comfy_table::Cell;

use super::{Style, answers, colour, name, percent, range, right, short, signed};
use crate::camp::Stance;
use crate::evaluation::assessment::{
    Assessment, Breakdown, BreakdownGroup, CampAssessment, ModelComparison,
};
use crate::evaluation::bootstrap::SAMPLES;
use crate::evaluation::paired::Difference;
use crate::evaluation::{BootstrapEstimate, Coverage};

/// Most changed answers that are shown.
const SHOWN: usize = 12;

/// How many clusters leave an interval worth its name.
const FEW: usize = 10;

/// How intervals were made, and what the labels do not allow.
pub fn drawn(assessment: &Assessment) -> String {
    let Assessment { articles, unscored, drawn, camps, .. } = assessment;
    let by = match (drawn.events, drawn.clusters - drawn.events) {
        (0, _) => "one by one, because none names its event, or all name the same".to_owned(),
        (events, 0) => format!("by event: {events} events"),
        (events, alone) => {
            format!("by event: {events} events, and {alone} articles that name none, each alone")
        }
    };
    let mut said = vec![format!(
        "{articles} articles, drawn {SAMPLES} times with replacement for the intervals, {by}."
    )];
    if drawn.clusters < FEW {
        said.push(format!(
            "With {} to draw from, the intervals are too narrow to rely on.",
            drawn.clusters
        ));
    }
    if *unscored > 0 {
        said.push(format!("{unscored} of them could not be scored, and count as called unrelated and as not answered."));
    }
    for camp in camps {
        let confusion = &camp.figure.confusion;
        let absent: Vec<&str> = Stance::SIDES
            .iter()
            .enumerate()
            .filter(|(class, _)| confusion.labelled(*class) == 0)
            .map(|(_, side)| side.as_str())
            .collect();
        if !absent.is_empty() {
            let most = confusion.most_macro_f1(camp.figure.averaged.clone());
            let name = &camp.figure.name;
            said.push(format!(
                "No article is labelled {} toward {name}, so its macro-F1 is at most {most:.2}.",
                absent.join(" or ")
            ));
        }
    }
    said.join("\n")
}

/// What was given where each class was right, and precision, recall and F1 of each class with their
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
            let confusion = &camp.figure.confusion;
            let counts = (0..Stance::ALL.len())
                .map(|given| right(&confusion.count(class, given).to_string()));
            let shares = [
                (figures.precision, confusion.given(class)),
                (figures.recall, confusion.labelled(class)),
            ];
            let shares =
                shares.map(|(share, of)| if of == 0 { Cell::new("–") } else { cell(share) });
            let f1 = if confusion.labelled(class) + confusion.given(class) == 0 {
                Cell::new("–")
            } else {
                cell(figures.f1)
            };
            let head = [
                Cell::new(if class == 0 { &camp.figure.name } else { "" }),
                Cell::new(stance).fg(colour(*stance)),
            ];
            let labelled = right(&confusion.labelled(class).to_string());
            table.add_row(
                head.into_iter().chain([labelled]).chain(counts).chain(shares).chain([f1]),
            );
        }
    }
    table.to_string()
}

/// Errors of probabilities, then how many are right for each tenth of confidence.
pub fn calibration(camps: &[CampAssessment], style: Style) -> String {
    let mut errors =
        style.table(&["toward", "articles", "calibration error", "95 %", "Brier score", "95 %"]);
    let mut bins = style.table(&["toward", "confidence", "articles", "mean", "right", "95 %"]);
    for CampAssessment { figure, with_probabilities, reliability, .. } in camps {
        let of = |(value, interval): (f64, (f64, f64))| {
            [right(&format!("{value:.3}")), Cell::new(range(interval))]
        };
        let head = [Cell::new(&figure.name), right(&with_probabilities.to_string())];
        errors.add_row(head.into_iter().chain(of(reliability.ece)).chain(of(reliability.brier)));
        for (number, bin) in reliability.bins.iter().enumerate().filter(|(_, bin)| bin.articles > 0)
        {
            let tenth = format!("{:.1}–{:.1}", number as f64 / 10.0, (number + 1) as f64 / 10.0);
            let head =
                [Cell::new(&figure.name), Cell::new(tenth), right(&bin.articles.to_string())];
            let shares =
                [bin.confidence, bin.right.value].map(|share| right(&format!("{share:.2}")));
            // Where all or none are right every draw is alike: that is ignorance, not certainty.
            let (low, high) = bin.right.interval;
            let ends = if low < high { range((low, high)) } else { "–".to_owned() };
            bins.add_row(head.into_iter().chain(shares).chain([Cell::new(ends)]));
        }
    }
    format!("{errors}\n\n{bins}")
}

/// How many are answered at each risk, and how many of the answers are wrong.
pub fn answered(camps: &[CampAssessment], style: Style) -> String {
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

/// Figures of groups, or why there are none.
pub fn breakdown(
    breakdown: &Breakdown,
    camps: &[CampAssessment],
    least: usize,
    style: Style,
) -> String {
    let what = breakdown.division.name();
    match (breakdown.groups.len(), breakdown.pooled) {
        (0, 0) => return format!("By {what}: no article names its {what}."),
        (0, _) => return format!("By {what}: no group has {least} articles."),
        _ => {}
    }
    let mut table = style.table(&[
        what, "articles", "clusters", "toward", "labels", "macro-F1", "95 %", "at most", "right",
        "95 %",
    ]);
    for BreakdownGroup { name: group, articles, drawn, camps: figures } in &breakdown.groups {
        for (number, (camp, figures)) in camps.iter().zip(figures).enumerate() {
            let head = [name(group), articles.to_string(), drawn.clusters.to_string()];
            let [group, articles, clusters] =
                if number == 0 { head } else { [const { String::new() }; 3] };
            let of = |share: BootstrapEstimate| {
                [right(&format!("{:.2}", share.value)), Cell::new(range(share.interval))]
            };
            let labelled = figures.labelled.map(|count| count.to_string()).join("/");
            let head = [
                Cell::new(group),
                right(&articles),
                right(&clusters),
                Cell::new(&camp.figure.name),
                right(&labelled),
            ];
            let most = [right(&format!("{:.2}", figures.at_most))];
            table.add_row(
                head.into_iter()
                    .chain(of(figures.macro_f1))
                    .chain(most)
                    .chain(of(figures.accuracy)),
            );
        }
    }
    match breakdown.pooled {
        0 => table.to_string(),
        groups => format!(
            "{table}\n (other): {groups} groups of fewer than {least} articles, put together"
        ),
    }
}

/// The baselines, and how much better the model is.
pub fn baselines(assessment: &Assessment, style: Style) -> String {
    let mut table =
        style.table(&["baseline", "toward", "macro-F1", "95 %", "model − baseline", "95 %"]);
    for baseline in &assessment.baselines {
        for (toward, found) in
            toward(assessment).into_iter().zip(baseline.camps.iter().chain([&baseline.mean]))
        {
            table.add_row(
                [Cell::new(baseline.name), Cell::new(toward)].into_iter().chain(difference(found)),
            );
        }
    }
    table.to_string()
}

/// Two models, and the answers that differ.
pub fn models(assessment: &Assessment, comparison: &ModelComparison, style: Style) -> String {
    let header = [
        "toward",
        "the other",
        "95 %",
        "model − the other",
        "95 %",
        "right: only model",
        "only the other",
        "McNemar p",
    ];
    let mut table = style.table(&header);
    let toward = toward(assessment);
    for (toward, camp) in toward.iter().zip(&comparison.camps) {
        let counts = [camp.only_model, camp.only_other].map(|count| right(&count.to_string()));
        let head = [Cell::new(toward)].into_iter().chain(difference(&camp.difference));
        table.add_row(head.chain(counts).chain([right(&p(camp.p))]));
    }
    table.add_row(
        toward
            .last()
            .map(Cell::new)
            .into_iter()
            .chain(difference(&comparison.mean))
            .chain(["", "", ""].map(Cell::new)),
    );
    let rows = comparison.changed.iter().take(SHOWN).map(|changed| {
        let [label, other, model] =
            [changed.label, changed.other, changed.model].map(|stance| stance.to_string());
        [changed.id.clone(), toward[changed.camp].to_owned(), label, other, model]
    });
    let rows: Vec<[String; 5]> = rows.collect();
    let changed = comparison.changed.len();
    let shown = match changed {
        0 => String::new(),
        _ => format!(
            "\n{}",
            answers(["article", "toward", "label", "the other", "model"], &rows, style)
        ),
    };
    let more = if changed > SHOWN {
        format!("\n … and {} more; --json has all", changed - SHOWN)
    } else {
        String::new()
    };
    format!("{table}\n\n{changed} answers differ.{shown}{more}")
}

/// The camps and their mean.
fn toward(assessment: &Assessment) -> Vec<&str> {
    assessment.camps.iter().map(|camp| camp.figure.name.as_str()).chain(["mean"]).collect()
}

/// Macro-F1 of the one that is compared with, and the difference.
fn difference(found: &Difference) -> [Cell; 4] {
    let Difference {
        before, difference: BootstrapEstimate { value, interval: (low, high) }, ..
    } = found;
    let ends = format!("{} to {}", signed(*low), signed(*high));
    [
        right(&format!("{:.2}", before.value)),
        Cell::new(range(before.interval)),
        right(&signed(*value)),
        Cell::new(ends),
    ]
}

fn cell(measured: BootstrapEstimate) -> Cell {
    short(measured.value, measured.interval)
}

/// A p-value; a small one is not told as nothing.
fn p(p: f64) -> String {
    if p < 0.0001 { "< 0.0001".to_owned() } else { format!("{p:.4}") }
}
