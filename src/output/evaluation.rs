//! The report of an evaluation on labelled articles.

use std::io::{self, Write};

use super::assessment::NamedComparison;
use super::table::assessment as tables;
use super::table::{self, Style};
use crate::camp::Stance;
use crate::evaluation::ClassificationReport;
use crate::evaluation::assessment::{Assessment, OneVsRest};

/// How much is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The answer, and what it rests on.
    Summary,
    /// Every table.
    Full,
}

/// Writes the metrics of `assessment`: the answer in a sentence, then tables.
///
/// # Errors
/// Those of `out`.
pub fn write(
    out: &mut impl Write,
    assessment: &Assessment,
    sides: &[OneVsRest],
    compared: Option<&NamedComparison>,
    extent: Extent,
    style: Style,
) -> io::Result<()> {
    let camps = &assessment.camps;
    let reports: Vec<ClassificationReport> = camps.iter().map(|camp| camp.report.clone()).collect();
    let classes = Stance::ALL.map(|stance| stance.to_string());
    writeln!(out, "{}\n", tables::sides(assessment))?;
    writeln!(out, "{}", table::figures("toward", &classes, &reports, style))?;
    if !sides.is_empty() {
        writeln!(out, "\n{}", table::one_vs_rest(sides, style))?;
    }
    writeln!(out, "\n{}", tables::resampling(assessment))?;
    writeln!(out, "\nWhat was said where each label is right; each share with its 95 % interval:")?;
    writeln!(out, "{}", tables::confusion(camps, style))?;
    if let Some(NamedComparison { model, with, comparison }) = compared {
        writeln!(out, "\nThe model, {model}, against the other, {with}:")?;
        writeln!(out, "{}", table::models(assessment, comparison, style))?;
    }
    if extent == Extent::Summary {
        writeln!(
            out,
            "\n--full adds baselines, calibration, coverage and every outlet and event."
        )?;
        return Ok(());
    }
    writeln!(out, "\nWithout this model, on the same articles:")?;
    writeln!(out, "{}", table::baselines(assessment, style))?;
    writeln!(out, "\nHow far its probabilities can be believed:")?;
    writeln!(out, "{}", tables::calibration(camps, style))?;
    writeln!(out, "\nHow many it answers when wrong answers are to be rare:")?;
    writeln!(out, "{}", tables::coverage(camps, style))?;
    writeln!(
        out,
        "\nParts of the articles, with the labels that they bear \
         (favor/neutral/against/unrelated):"
    )?;
    for breakdown in &assessment.breakdowns {
        writeln!(out, "{}", tables::breakdown(breakdown, camps, assessment.min_group, style))?;
    }
    Ok(())
}
