//! The model card: what a model was made of, how well it does, what it is for and what it is not
//! for, in Markdown.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::probe;
use crate::evaluation::probe::ProbeFindings;
use crate::evaluation::{Contrast, Figure, HeldOutSummary, Reliability};
use crate::model::Model;
use crate::training::Corpus;

/// The figures that a model file keeps.
pub fn figures(held_out: &[HeldOutSummary]) -> BTreeMap<String, [f64; 3]> {
    let mut figures = BTreeMap::new();
    for held_out in held_out {
        for figure in &held_out.figures {
            figures.insert(
                format!("macro-F1, {}", figure.name),
                [figure.macro_f1(), figure.interval.0, figure.interval.1],
            );
        }
        for row in &held_out.contrast {
            figures.insert(
                format!("contrast families right, {}, {}", held_out.grouping, row.name),
                [row.right, row.interval.0, row.interval.1],
            );
        }
        let [_, Reliability { ece, brier, .. }] = &held_out.reliability;
        for (name, (value, (low, high))) in [("calibration error", *ece), ("Brier score", *brier)] {
            figures.insert(format!("{name}, {}", held_out.grouping), [value, low, high]);
        }
    }
    figures
}

/// The card of `model`, trained on `corpus`.
pub fn markdown(
    corpus: &Corpus,
    model: &Model,
    held_out: &[HeldOutSummary],
    probes: Option<&ProbeFindings>,
) -> String {
    let mut card = String::new();
    // Writing into a string cannot fail.
    let _ = write_card(&mut card, corpus, model, held_out, probes);
    card
}

fn write_card(
    card: &mut String,
    corpus: &Corpus,
    model: &Model,
    held_out: &[HeldOutSummary],
    probes: Option<&ProbeFindings>,
) -> std::fmt::Result {
    let provenance = model.provenance();
    let outputs = corpus.task.outputs();
    let stances = model.camps().is_some();
    writeln!(
        card,
        "# Model card\n\nWritten by `mizan train` {}; made anew with every training.\n",
        provenance.mizan
    )?;

    writeln!(card, "## What it is\n")?;
    for output in &outputs {
        writeln!(card, "- `{}`: {}", output.name, output.classes.join(", "))?;
    }
    writeln!(
        card,
        "- multinomial logistic regression over {} features:",
        model.extractor().n_features()
    )?;
    for (settings, tfidf) in model.extractor().blocks() {
        writeln!(
            card,
            "  - {}: {} terms, weight {}",
            settings.block.name(),
            tfidf.n_features(),
            settings.weight
        )?;
    }
    writeln!(card, "- alpha {}; settings: {}", provenance.alpha, provenance.chosen)?;
    writeln!(
        card,
        "- trained on {} articles, BLAKE3 of articles and labels `{}`\n",
        corpus.len(),
        provenance.hash
    )?;

    writeln!(
        card,
        "## How well it does\n\nOn articles of the training set whose group was held out, settings and calibration chosen without them;"
    )?;
    writeln!(
        card,
        "95 % intervals by drawing the {} with replacement.\n",
        corpus.groupings.first().map_or("articles", |grouping| &grouping.name)
    )?;
    let header = outputs
        .first()
        .map_or_else(Vec::new, |output| {
            output.classes.iter().map(|class| format!(" F1 {class} |")).collect()
        })
        .concat();
    writeln!(
        card,
        "| held out | articles | macro-F1 | 95 % |{header}\n|---|---|---|---|{}",
        "---|".repeat(header.matches('|').count())
    )?;
    for figure in held_out.iter().flat_map(|summary| &summary.figures) {
        let Figure { name, confusion, interval: (low, high), .. } = figure;
        let f1 = (0..confusion.n_classes())
            .map(|class| format!(" {:.2} |", confusion.f1(class)))
            .collect::<Vec<_>>()
            .concat();
        writeln!(
            card,
            "| {name} | {} | {:.2} | {low:.2}–{high:.2} |{f1}",
            confusion.total(),
            figure.macro_f1()
        )?;
    }
    if held_out.iter().any(|summary| !summary.contrast.is_empty()) {
        writeln!(
            card,
            "\nContrast families, whose members differ in a few words of framing only:\n"
        )?;
        writeln!(
            card,
            "| held out | toward | families | all members right | 95 % |\n|---|---|---|---|---|"
        )?;
        for (grouping, row) in held_out
            .iter()
            .flat_map(|summary| summary.contrast.iter().map(|row| (&summary.grouping, row)))
        {
            let Contrast { name, families, right, interval: (low, high) } = row;
            writeln!(
                card,
                "| {grouping} | {name} | {families} | {:.0} % | {low:.2}–{high:.2} |",
                100.0 * right
            )?;
        }
    }
    writeln!(
        card,
        "\n| held out | calibration error | 95 % | before calibration | Brier score | before |\n|---|---|---|---|---|---|"
    )?;
    for held_out in held_out {
        let [before, after] = &held_out.reliability;
        let (ece, (low, high)) = after.ece;
        let (brier, old_ece, old_brier) = (after.brier.0, before.ece.0, before.brier.0);
        writeln!(
            card,
            "| {} | {ece:.3} | {low:.3}–{high:.3} | {old_ece:.3} | {brier:.3} | {old_brier:.3} |",
            held_out.grouping
        )?;
    }
    writeln!(
        card,
        "\n| held out | `--max-error` | answered | wrong answers | 95 % |\n|---|---|---|---|---|"
    )?;
    for held_out in held_out {
        for row in &held_out.coverage {
            let (answered, (low, high)) = (row.answered.value, row.wrong.interval);
            let wrong = if answered > 0.0 {
                format!("{:.2} | {low:.2}–{high:.2}", row.wrong.value)
            } else {
                " | ".to_owned()
            };
            writeln!(
                card,
                "| {}, {} | {:.2} | {:.0} % | {wrong} |",
                held_out.grouping,
                row.output,
                row.risk,
                100.0 * answered
            )?;
        }
    }

    if let Some(probes) = probes {
        writeln!(card, "\n{}", probe::markdown(probes))?;
    }

    writeln!(card, "\n## What it is for, and what not\n")?;
    if stances {
        writeln!(
            card,
            "To weigh the wording of Arabic news articles and posts toward the camps above, one by one or by the hundreds, with a person who"
        )?;
        writeln!(
            card,
            "reads what it calls partisan. Not to prove an outlet's or an author's intent, not to tell true from false, and not for text in"
        )?;
        writeln!(
            card,
            "other languages or about other conflicts. The figures above are of texts like those it was trained on; real newsrooms differ, so"
        )?;
        writeln!(
            card,
            "measure on your own labelled articles (`mizan evaluate`) before you rely on it."
        )?;
    } else {
        writeln!(
            card,
            "To give texts like those it was trained on the labels above. Nothing else was measured."
        )?;
    }
    Ok(())
}
