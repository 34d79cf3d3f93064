//! The last lines of a training report: how good the model is, in short.

use crate::evaluation::ClassificationReport;
use crate::evaluation::heldout::{ComparisonOutcome, HeldOutSummary, TrainingRun};
use crate::output::table::range;
use crate::text::isolate::plain;
use crate::text::listed::listed;
use crate::training::{ARTICLES, TrainingSet};

/// One line for each grouping that was held out, and one on the model that was there before, if it
/// was compared with.
pub fn answer(set: &TrainingSet, run: &TrainingRun) -> Vec<String> {
    let names: Vec<String> = set.task.outputs().iter().map(|output| plain(&output.name)).collect();
    let mut lines: Vec<String> =
        run.summaries.iter().map(|summary| held_out(summary, &names)).collect();
    if let Some(comparison) = &run.comparison {
        let outcome = match comparison.outcome() {
            ComparisonOutcome::Better => "better",
            ComparisonOutcome::NoDifference => "no difference that is more than chance",
            ComparisonOutcome::Worse => "worse",
        };
        if let Some(then) = comparison.then {
            lines.push(format!(
                "against the model that was there when it was trained: {outcome}, macro-F1 {:.2} \
                 ({}) → {:.2}",
                then.before,
                range(then.interval),
                then.after
            ));
            return lines;
        }
        let difference = comparison.macro_f1.after.value - comparison.macro_f1.before.value;
        let (low, high) = comparison.macro_f1.difference.interval;
        lines.push(format!(
            "against the model that was there: {outcome}, {difference:+.3} (95 % {low:+.3} to \
             {high:+.3})"
        ));
    }
    lines
}

/// Macro-F1 with its interval, output by output, and where it is no better than chance.
fn held_out(summary: &HeldOutSummary, names: &[String]) -> String {
    let figures = summary.reports.iter().zip(names).map(|(report, name)| {
        format!("{name} {:.2} ({})", report.macro_f1(), range(report.interval))
    });
    let figures: Vec<String> = figures.collect();
    let mut parts =
        vec![format!("macro-F1 on held-out {} (95 %): {}", summary.grouping, listed(&figures))];
    if summary.grouping == ARTICLES {
        let caveat = "other articles about their events may have been seen, so this is too good";
        parts.push(caveat.to_owned());
    }
    let poor = summary.reports.iter().zip(names).filter(|(report, _)| is_chance(report));
    let poor: Vec<String> = poor.map(|(_, name)| name.clone()).collect();
    if !poor.is_empty() {
        parts.push(format!("for {} no better than always the commonest label", listed(&poor)));
    }
    parts.join("; ")
}

/// Whether always giving the commonest label is as good, as far as can be told.
fn is_chance(report: &ClassificationReport) -> bool {
    let commonest = report.confusion.majority_baseline();
    report.interval.0 <= commonest.macro_f1(report.averaged.clone())
}
