//! The last lines of a training report: how good the model is, in short.

use crate::evaluation::heldout::{ComparisonOutcome, HeldOutSummary, TrainingRun};
use crate::output::table::range;
use crate::text::isolate::plain;
use crate::text::listed::listed;
use crate::training::TrainingSet;

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
        let difference = comparison.macro_f1.after.value - comparison.macro_f1.before.value;
        let (low, high) = comparison.macro_f1.difference.interval;
        lines.push(format!(
            "against the model that was there: {outcome}, {difference:+.3} (95 % {low:+.3} to \
             {high:+.3})"
        ));
    }
    lines
}

/// Macro-F1 with its interval, output by output.
fn held_out(summary: &HeldOutSummary, names: &[String]) -> String {
    let figures = summary.reports.iter().zip(names).map(|(report, name)| {
        format!("{name} {:.2} ({})", report.macro_f1(), range(report.interval))
    });
    let figures: Vec<String> = figures.collect();
    format!("macro-F1 on held-out {} (95 %): {}", summary.grouping, listed(&figures))
}
