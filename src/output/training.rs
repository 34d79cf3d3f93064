//! The report of a training run.

mod answer;

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::probe;
use super::table::{self, Style, range};
use crate::evaluation::ClassificationReport;
use crate::evaluation::changed_answers::ChangedAnswer;
use crate::evaluation::heldout::{
    ChangedPrediction, ComparisonOutcome, HeldOutComparison, HeldOutPredictions, HeldOutSummary,
    LabelIssue, TrainingRun, find_label_issues,
};
use crate::model::Model;
use crate::scoring::counted;
use crate::text::isolate::plain;
use crate::text::listed::listed;
use crate::training::{ARTICLES, TrainingSet};
pub use answer::answer;

/// Most rows of each list: terms, changed predictions, label issues, near-duplicates.
const MAX_ROWS: usize = 12;

/// Most articles that are named which nothing ties to the country.
const MAX_OFF_TOPIC: usize = 5;

/// Writes the report of `run`, which trained on `set`. `agreement` are lines on the agreement of
/// the annotators, if there are several.
///
/// # Errors
/// Those of `out`.
pub fn write(
    out: &mut impl Write,
    set: &TrainingSet,
    run: &TrainingRun,
    agreement: &[String],
    style: Style,
) -> io::Result<()> {
    write_set(out, set, &run.model, agreement)?;
    write_held_out(out, set, &run.summaries, style)?;
    if let Some(probes) = &run.probes {
        let first = set.grouping_names().into_iter().take(1);
        writeln!(out, "\nWhat moves its scores {} it had not seen:", on_articles(first))?;
        writeln!(out, "{}", probe::table(probes, style))?;
    }
    writeln!(out, "\nWhat it learned from all of them:")?;
    writeln!(out, "{}", table::terms(&run.model.strongest(MAX_ROWS), style))?;
    write_label_issues(out, set, &run.predictions, style)?;
    match &run.comparison {
        Some(comparison) => write_comparison(out, set, comparison, style),
        None => Ok(()),
    }
}

fn write_set(
    out: &mut impl Write,
    set: &TrainingSet,
    model: &Model,
    agreement: &[String],
) -> io::Result<()> {
    let provenance = &model.provenance();
    let n_features = model.extractor().n_features();
    writeln!(out, "{} labelled articles, {n_features} features", set.n_articles())?;
    if set.task.camps().is_some() {
        let marked = set.deciding.iter().flatten().filter(|own| !own.is_empty()).count();
        if model.extractor().sentences().is_some() {
            let passages = match set.passages.len() {
                0 => String::new(),
                n => format!(", and {n} passages teach more"),
            };
            writeln!(
                out,
                "sides are told from sentences: {marked} labels have deciding sentences{passages}"
            )?;
        } else {
            let passages = match set.passages.len() {
                0 => "",
                _ => ", and passages teach nothing",
            };
            writeln!(
                out,
                "sides are told from whole articles: no rationale of the set has the side of its \
                 label, so scores name no deciding sentences{passages}"
            )?;
        }
    }
    for line in agreement {
        writeln!(out, "{line}")?;
    }
    let groups = &set.near_duplicates;
    for group in groups.iter().take(MAX_ROWS) {
        let ids: Vec<String> = group.iter().map(|&at| plain(set.called(at))).collect();
        writeln!(out, "near-duplicates, never on both sides of a test: {}", listed(&ids))?;
    }
    if groups.len() > MAX_ROWS {
        writeln!(out, "… and {} more groups of near-duplicates", groups.len() - MAX_ROWS)?;
    }
    writeln!(out, "settings: alpha {}, {}", provenance.alpha, provenance.chosen)
}

/// `on articles whose events, or whose outlets`, and what else names groups; `on articles that`
/// where each article is a group.
fn on_articles<'a>(groupings: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = groupings.filter(|&name| name != ARTICLES).collect();
    if names.is_empty() {
        return "on articles that".to_owned();
    }
    format!("on articles whose {}", names.join(", or whose "))
}

fn write_held_out(
    out: &mut impl Write,
    set: &TrainingSet,
    summaries: &[HeldOutSummary],
    style: Style,
) -> io::Result<()> {
    let reports: Vec<ClassificationReport> =
        summaries.iter().flat_map(|summary| summary.reports.clone()).collect();
    let classes = set.task.outputs().swap_remove(0).classes;
    let names = set.grouping_names();
    writeln!(out, "\nO{} the model had not seen:", &on_articles(names.into_iter())[1..])?;
    if set.grouping_names().contains(&ARTICLES) {
        writeln!(
            out,
            "(The articles name no events, or all the same: other articles about an event may \
             have been seen, so these figures are too good. A column `event` mends that.)"
        )?;
    }
    writeln!(out, "{}", table::figures("held out", &classes, &reports, style))?;
    if summaries.iter().any(|summary| !summary.contrast.is_empty()) {
        writeln!(out, "\nContrast families, whose members differ in a few words of framing only:")?;
        writeln!(out, "{}", table::contrast(summaries, style))?;
    }
    writeln!(
        out,
        "\nHow far its probabilities can be believed there, after and before calibration:"
    )?;
    writeln!(out, "{}", table::reliability(summaries, style))?;
    writeln!(out, "\nHow many it answers when wrong answers are to be rare:")?;
    writeln!(out, "{}", table::coverage(summaries, style))
}

fn write_label_issues(
    out: &mut impl Write,
    set: &TrainingSet,
    held_out: &[HeldOutPredictions],
    style: Style,
) -> io::Result<()> {
    let Some(first) = held_out.first() else { return Ok(()) };
    let outputs = set.task.outputs();
    let mut issues: Vec<(usize, LabelIssue)> = Vec::new();
    for (output, predictions) in first.predictions.iter().enumerate() {
        issues.extend(find_label_issues(predictions).into_iter().map(|issue| (output, issue)));
    }
    // What names nothing of the country is unrelated whatever was learned: no doubt of its label.
    // Labels of another kind are of no country.
    let is_on_topic = |(_, issue): &(usize, LabelIssue)| !set.texts[issue.position].is_off_topic();
    let (mut issues, off_topic): (Vec<_>, Vec<_>) = issues.into_iter().partition(is_on_topic);
    if !off_topic.is_empty() {
        let articles: BTreeSet<usize> = off_topic.iter().map(|(_, issue)| issue.position).collect();
        let named = articles.iter().take(MAX_OFF_TOPIC);
        let mut named: Vec<String> = named.map(|&at| plain(set.called(at))).collect();
        if articles.len() > named.len() {
            named.push(format!("and {} more", articles.len() - named.len()));
        }
        writeln!(
            out,
            "\n{} {} no camp, place or body that only this country has ({}), against the label: \
             every model calls what names none unrelated. Add what names it, as the headline.",
            counted(articles.len(), "article"),
            if articles.len() == 1 { "names" } else { "name" },
            listed(&named)
        )?;
    }
    issues.sort_by(|a, b| b.1.margin.total_cmp(&a.1.margin));
    writeln!(
        out,
        "\n{} labels the model does not believe; the likeliest mistakes, of it or of the label:",
        issues.len()
    )?;
    let row = |(output, issue): &(usize, LabelIssue)| {
        let class = |class: usize| outputs[*output].classes[class].clone();
        [
            set.called(issue.position).to_owned(),
            outputs[*output].name.clone(),
            class(issue.label),
            class(issue.suggested),
            format!("{:.2}", issue.margin),
        ]
    };
    let rows: Vec<[String; 5]> = issues.iter().take(MAX_ROWS).map(row).collect();
    let header = ["article", "toward", "label", "believed", "by"];
    writeln!(out, "{}", table::answers(header, &rows, style))?;
    match issues.len().saturating_sub(MAX_ROWS) {
        0 => Ok(()),
        more => writeln!(out, " … and {more} less likely; `--predictions FILE` lists them all"),
    }
}

/// Writes which answers to the articles of the set are not those of the model file that was there.
///
/// # Errors
/// Those of `out`.
pub fn write_changed(
    out: &mut impl Write,
    set: &TrainingSet,
    changed: &[ChangedAnswer],
    style: Style,
) -> io::Result<()> {
    let outputs = set.task.outputs();
    writeln!(
        out,
        "\nThe two files on the {} articles of this set, which the new one was trained on: {} of \
         {} answers differ",
        set.ids.len(),
        changed.len(),
        set.ids.len() * outputs.len()
    )?;
    if changed.is_empty() {
        return Ok(());
    }
    let row = |answer: &ChangedAnswer| {
        let ChangedAnswer { id, camp, before, after } = answer;
        [id.clone(), outputs[*camp].name.clone(), before.to_string(), after.to_string()]
    };
    let rows: Vec<[String; 4]> = changed.iter().take(MAX_ROWS).map(row).collect();
    let header = ["article", "toward", "was called", "is called"];
    writeln!(out, "{}", table::answers(header, &rows, style))?;
    match changed.len().saturating_sub(MAX_ROWS) {
        0 => Ok(()),
        more => writeln!(out, " … and {more} more"),
    }
}

fn write_comparison(
    out: &mut impl Write,
    set: &TrainingSet,
    comparison: &HeldOutComparison,
    style: Style,
) -> io::Result<()> {
    let outputs = set.task.outputs();
    let outcome = match comparison.outcome() {
        ComparisonOutcome::Better => "better",
        ComparisonOutcome::NoDifference => "no difference that is more than chance",
        ComparisonOutcome::Worse => "worse",
    };
    if let Some(then) = comparison.then {
        return writeln!(
            out,
            "\nAgainst the model that was there: {outcome}\n\
             It learned from other rationales, passages or words than those of today, so training \
             it anew does not show what it was. When it was trained, its mean macro-F1 was \
             {:.3} ({}); now it is {:.3}",
            then.before,
            range(then.interval),
            then.after
        );
    }
    let HeldOutComparison { macro_f1, changed, .. } = comparison;
    let (before, after) = (macro_f1.before.value, macro_f1.after.value);
    let (low, high) = macro_f1.difference.interval;
    writeln!(
        out,
        "\nAgainst the settings and the labels of the model that was there, both trained anew on \
         the same folds: {outcome}"
    )?;
    writeln!(
        out,
        "mean macro-F1 {before:.3} → {after:.3}, difference {:+.3} (95 % {low:+.3} to {high:+.3}); \
         {} answers changed on held-out articles",
        after - before,
        changed.len()
    )?;
    let row = |&ChangedPrediction { position, output, before, after }: &ChangedPrediction| {
        let class = |class: Option<usize>| {
            class.map_or_else(String::new, |class| outputs[output].classes[class].clone())
        };
        [
            set.called(position).to_owned(),
            outputs[output].name.clone(),
            class(set.labels[position][output]),
            class(Some(before)),
            class(Some(after)),
        ]
    };
    let rows: Vec<[String; 5]> = changed.iter().take(MAX_ROWS).map(row).collect();
    if rows.is_empty() {
        return Ok(());
    }
    let header = ["article", "toward", "label", "was called", "is called"];
    writeln!(out, "{}", table::answers(header, &rows, style))?;
    match changed.len().saturating_sub(MAX_ROWS) {
        0 => Ok(()),
        more => writeln!(out, " … and {more} more"),
    }
}
