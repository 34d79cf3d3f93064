//! The model card in Markdown: training data, metrics, intended use (Mitchell et al. 2019, "Model
//! Cards for Model Reporting").

use std::fmt::{self, Write};

use super::probe;
use crate::evaluation::ClassificationReport;
use crate::evaluation::heldout::{ContrastConsistency, HeldOutSummary};
use crate::evaluation::probe::ProbeReport;
use crate::features::Extractor;
use crate::features::sentences::POOLED;
use crate::model::Model;
use crate::scoring::counted;
use crate::text::isolate::plain;
use crate::text::listed::listed;
use crate::training::TrainingSet;

/// The card of `model`, trained on `set`.
pub fn markdown(
    set: &TrainingSet,
    model: &Model,
    held_out: &[HeldOutSummary],
    probes: Option<&ProbeReport>,
) -> String {
    let mut card = String::new();
    // Writing into a string cannot fail.
    let _ = write_card(&mut card, set, model, held_out, probes);
    card
}

/// The card of a model that was adapted after training: it says so, and keeps the figures of the
/// model before, from its card, if that is there.
pub fn adapted(model: &Model, before: Option<&str>) -> String {
    let provenance = model.provenance();
    let to = provenance.adapted.as_ref().map_or_else(String::new, |to| {
        format!("to {} labelled articles, BLAKE3 `{}`", to.n_articles, to.hash)
    });
    // The card of another training would be of other figures.
    let before = before.filter(|card| card.contains(&provenance.hash)).map_or_else(
        || {
            let figures = provenance.figures.iter().map(|(name, [value, low, high])| {
                format!("- {}: {value:.2} ({low:.2}–{high:.2})\n", plain(name))
            });
            figures.collect::<Vec<_>>().concat()
        },
        |card| {
            // Its headings stand below that of this part.
            let level = |line: &str| if line.starts_with('#') { "##" } else { "" };
            let lines = card.lines().map(|line| format!("{}{line}\n", level(line)));
            lines.collect::<Vec<_>>().concat()
        },
    );
    format!(
        "# Model card\n\n\
         Written by `mizan train` {}, and adapted {to} by `mizan adapt` {}. Its words and weights \
         are those of the training, on {} articles, BLAKE3 `{}`; its probabilities and abstentions \
         are not.\n\n\
         ## The model before it was adapted\n\n\
         Nothing below was measured on the adapted model.\n\n{before}",
        plain(&provenance.mizan),
        env!("CARGO_PKG_VERSION"),
        provenance.n_trained(),
        plain(&provenance.hash)
    )
}

fn write_card(
    card: &mut String,
    set: &TrainingSet,
    model: &Model,
    held_out: &[HeldOutSummary],
    probes: Option<&ProbeReport>,
) -> fmt::Result {
    write_model(card, set, model)?;
    write_reports(card, set, held_out)?;
    write_calibration(card, held_out)?;
    if let Some(probes) = probes {
        writeln!(card, "\n{}", probe::markdown(probes))?;
    }
    write_intended_use(card, model)
}

fn write_model(card: &mut String, set: &TrainingSet, model: &Model) -> fmt::Result {
    let provenance = &model.provenance();
    let outputs = set.task.outputs();
    writeln!(
        card,
        "# Model card\n\nWritten by `mizan train` {}; made anew with every training.\n",
        provenance.mizan
    )?;

    writeln!(card, "## What it is\n")?;
    for output in &outputs {
        let classes: Vec<String> = output.classes.iter().map(|class| said(class)).collect();
        writeln!(card, "- `{}`: {}", said(&output.name).replace('`', ""), classes.join(", "))?;
    }
    let extractor = model.extractor();
    writeln!(card, "- multinomial logistic regression over {} features:", extractor.n_features())?;
    write_blocks(card, extractor)?;
    if let Some(classifier) = extractor.sentences() {
        writeln!(
            card,
            "  - sentences: {} supports, {}; each is the mean of the article's {POOLED} strongest \
             sentences\n- the support of a sentence: multinomial logistic regression over {} \
             features, alpha {}, trained on the sentences that decide the labels:",
            classifier.n_supports(),
            classifier.names().join(", "),
            classifier.extractor().n_features(),
            provenance.sentence_alpha.unwrap_or_default()
        )?;
        write_blocks(card, classifier.extractor())?;
    }
    let own_words = model.own_words();
    if !own_words.is_empty() {
        let words: Vec<String> =
            own_words.iter().map(|own| format!("{} ({})", own.pattern, own.class)).collect();
        writeln!(
            card,
            "- {} that its labelled set adds to the lexicon: {}",
            counted(own_words.len(), "word"),
            listed(&words).replace('*', "\\*")
        )?;
    }
    writeln!(card, "- alpha {}; settings: {}", provenance.alpha, provenance.chosen)?;
    let passages = match set.passages.len() {
        0 => String::new(),
        n => format!(" and {n} passages (of these, what sentences say alone)"),
    };
    writeln!(
        card,
        "- trained on {} articles{passages}, BLAKE3 of texts and labels `{}`\n",
        set.n_articles(),
        provenance.hash
    )?;
    Ok(())
}

/// A name from the labels in Markdown: it is text, whatever stands in it.
fn said(name: &str) -> String {
    let mut said = String::with_capacity(name.len());
    for c in plain(name).chars() {
        if c.is_ascii_punctuation() && !matches!(c, '-' | '_' | '.' | ',' | ':' | '/') {
            said.push('\\');
        }
        said.push(c);
    }
    said
}

fn write_blocks(card: &mut String, extractor: &Extractor) -> fmt::Result {
    for (settings, tfidf) in extractor.blocks() {
        writeln!(
            card,
            "  - {}: {} terms, weight {}",
            settings.block.name(),
            tfidf.n_features(),
            settings.weight
        )?;
    }
    Ok(())
}

fn write_reports(card: &mut String, set: &TrainingSet, held_out: &[HeldOutSummary]) -> fmt::Result {
    let outputs = set.task.outputs();
    writeln!(
        card,
        "## How well it does\n\nOn articles of the training set whose group was held out, \
         settings and calibration chosen without them;"
    )?;
    writeln!(
        card,
        "95 % intervals by drawing the {} with replacement.\n",
        set.groupings.first().map_or("articles", |grouping| &grouping.name)
    )?;
    let header = outputs
        .first()
        .map_or_else(Vec::new, |output| {
            output.classes.iter().map(|class| format!(" F1 {} |", said(class))).collect()
        })
        .concat();
    writeln!(
        card,
        "| held out | articles | macro-F1 | 95 % |{header}\n|---|---|---|---|{}",
        "---|".repeat(header.matches('|').count())
    )?;
    for report in held_out.iter().flat_map(|summary| &summary.reports) {
        let ClassificationReport { name, confusion, interval: (low, high), .. } = report;
        let f1 = (0..confusion.n_classes())
            .map(|class| format!(" {:.2} |", confusion.f1(class)))
            .collect::<Vec<_>>()
            .concat();
        writeln!(
            card,
            "| {} | {} | {:.2} | {low:.2}–{high:.2} |{f1}",
            said(name),
            confusion.total(),
            report.macro_f1()
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
            let ContrastConsistency { output, n_families, consistent } = row;
            let (low, high) = consistent.interval;
            writeln!(
                card,
                "| {grouping} | {output} | {n_families} | {:.0} % | {low:.2}–{high:.2} |",
                100.0 * consistent.value
            )?;
        }
    }
    Ok(())
}

fn write_calibration(card: &mut String, held_out: &[HeldOutSummary]) -> fmt::Result {
    writeln!(
        card,
        "\n| held out | calibration error | 95 % | before calibration | Brier score | before |\n\
         |---|---|---|---|---|---|"
    )?;
    for held_out in held_out {
        let [before, after] = &held_out.reliability;
        let (low, high) = after.ece.interval;
        let [ece, brier, old_ece, old_brier] =
            [after.ece, after.brier, before.ece, before.brier].map(|error| error.value);
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
    Ok(())
}

fn write_intended_use(card: &mut String, model: &Model) -> fmt::Result {
    writeln!(card, "\n## What it is for, and what not\n")?;
    if model.camps().is_some() {
        writeln!(
            card,
            "To weigh the wording of Arabic news articles and posts toward the camps above, one by \
             one or by the hundreds, with a person who\n\
             reads what it calls partisan. Not to prove an outlet's or an author's intent, not to \
             tell true from false, and not for text in\n\
             other languages or about other conflicts. The figures above are of texts like those \
             it was trained on; real newsrooms differ, so\n\
             measure on your own labelled articles (`mizan evaluate`) before you rely on it."
        )?;
    } else {
        writeln!(
            card,
            "To give texts like those it was trained on the labels above. Nothing else was \
             measured."
        )?;
    }
    Ok(())
}
