//! The report of an evaluation on labelled articles.

use std::io::{self, Write};

use super::assessment::NamedComparison;
use super::table::assessment as tables;
use super::table::{self, Style};
use crate::camp::Stance;
use crate::evaluation::ClassificationReport;
use crate::evaluation::assessment::{Assessment, OneVsRest};

/// Writes all metrics of `assessment` as tables.
///
/// # Errors
/// Those of `out`.
pub fn write(
    out: &mut impl Write,
    assessment: &Assessment,
    sides: &[OneVsRest],
    compared: Option<&NamedComparison>,
    style: Style,
) -> io::Result<()> {
    let camps = &assessment.camps;
    let reports: Vec<ClassificationReport> = camps.iter().map(|camp| camp.report.clone()).collect();
    let classes = Stance::ALL.map(|stance| stance.to_string());
    writeln!(out, "{}", table::figures("toward", &classes, &reports, style))?;
    if !sides.is_empty() {
        writeln!(out, "\n{}", table::one_vs_rest(sides, style))?;
    }
    writeln!(out, "\n{}", tables::sides(&assessment.sides))?;
    writeln!(out, "\n{}", tables::resampling(assessment))?;
    writeln!(out, "\nWhat was said where each label is right; each share with its 95 % interval:")?;
    writeln!(out, "{}", tables::confusion(camps, style))?;
    writeln!(out, "\nWithout this model, on the same articles:")?;
    writeln!(out, "{}", table::baselines(assessment, style))?;
    if let Some(NamedComparison { model, with, comparison }) = compared {
        writeln!(out, "\nThe model, {model}, against the other, {with}:")?;
        writeln!(out, "{}", table::models(assessment, comparison, style))?;
    }
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
