//! `mizan evaluate`: what a model says of articles whose labels are known.

mod any;
mod stances;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use mizan::camp::Stance;
use mizan::evaluation::{Assessment, Figure, ModelComparison};
use mizan::intake::IntakeOptions;
use mizan::model::Model;
use mizan::output::assessment::{self, Compared};
use mizan::output::jsonl;
use mizan::output::table::assessment as tables;
use mizan::output::table::{self, OneVsRest};

use super::{model, terminal};
use crate::cli::{Evaluate, TOO_LOW};

/// Scores the labelled articles among the sources and compares.
pub fn run(options: &Evaluate) -> anyhow::Result<ExitCode> {
    let model = model::load(options.model.as_deref())?;
    let figures = match &options.labels {
        Some(path) => of_stances(model, path, options)?,
        None => of_any(&model, options)?,
    };
    Ok(options.min_f1.filter(|&least| is_too_low(&figures, least)).map_or(ExitCode::SUCCESS, |_| ExitCode::from(TOO_LOW)))
}

/// One stance against the rest, toward the camps, on the articles in `paths` whose labels are in the file at `path`.
pub fn one_vs_rest(model: Model, path: &Path, paths: &[PathBuf], intake: &IntakeOptions) -> anyhow::Result<Vec<OneVsRest>> {
    Ok(stances::read(model, None, path, paths, intake)?.one_vs_rest())
}

/// Prints what there is to tell of stances, and gives the figures of the camps.
fn of_stances(model: Model, path: &Path, options: &Evaluate) -> anyhow::Result<Vec<Figure>> {
    let other = options.compare.as_deref().map(|path| model::load(Some(path))).transpose()?;
    let stances = stances::read(model, other, path, &options.paths, &options.intake.options())?;
    let assessment = stances.assessment(options.min_group);
    let sides = stances.one_vs_rest();
    let compared = options.compare.as_ref().map(|other| Compared {
        model: options.model.as_ref().map_or_else(|| "the one inside the program".to_owned(), |path| path.display().to_string()),
        with: other.display().to_string(),
        comparison: ModelComparison::of(&stances.tested, &stances.others),
    });
    let mut out = io::stdout().lock();
    if options.json {
        writeln!(out, "{}", assessment::json(&assessment, &sides, compared.as_ref(), stances.not_found))?;
    } else {
        print(&mut out, &assessment, &sides, compared.as_ref())?;
    }
    Ok(assessment.camps.into_iter().map(|camp| camp.figure).collect())
}

fn print(out: &mut impl Write, assessment: &Assessment, sides: &[OneVsRest], compared: Option<&Compared>) -> io::Result<()> {
    let style = terminal::table_style();
    let figures: Vec<Figure> = assessment.camps.iter().map(|camp| camp.figure.clone()).collect();
    writeln!(out, "{}", table::figures("toward", &Stance::ALL.map(|stance| stance.to_string()), &figures, style))?;
    if !sides.is_empty() {
        writeln!(out, "\n{}", table::one_vs_rest(sides, style))?;
    }
    writeln!(out, "\n{}", tables::drawn(assessment))?;
    writeln!(out, "\nWhat was said where each label is right; each share with its 95 % interval:")?;
    writeln!(out, "{}", tables::confusion(&assessment.camps, style))?;
    writeln!(out, "\nWithout this model, on the same articles:")?;
    writeln!(out, "{}", tables::baselines(assessment, style))?;
    if let Some(Compared { model, with, comparison }) = compared {
        writeln!(out, "\nThe model, {model}, against the other, {with}:")?;
        writeln!(out, "{}", tables::models(assessment, comparison, style))?;
    }
    writeln!(out, "\nHow far its probabilities can be believed:")?;
    writeln!(out, "{}", tables::calibration(&assessment.camps, style))?;
    writeln!(out, "\nHow many it answers when wrong answers are to be rare:")?;
    writeln!(out, "{}", tables::answered(&assessment.camps, style))?;
    writeln!(out, "\nParts of the articles, with the labels that they bear (favor/neutral/against/unrelated):")?;
    for breakdown in &assessment.breakdowns {
        writeln!(out, "{}", tables::breakdown(breakdown, &assessment.camps, assessment.least, style))?;
    }
    Ok(())
}

/// Prints what there is to tell of labels of any kind, and gives the figures of the targets.
fn of_any(model: &Model, options: &Evaluate) -> anyhow::Result<Vec<Figure>> {
    let (mut figures, classes) = any::figures(model, options)?;
    let mut out = io::stdout().lock();
    if options.json {
        writeln!(out, "{}", jsonl::figures(&figures, &classes, &[]))?;
    } else {
        writeln!(out, "{}", table::figures("toward", &classes, &figures, terminal::table_style()))?;
    }
    if figures.len() > 1 {
        figures.remove(0);
    }
    Ok(figures)
}

/// Whether the mean macro-F1 is below `least`; then it is said by how much, and where.
fn is_too_low(figures: &[Figure], least: f64) -> bool {
    let mean = figures.iter().map(Figure::macro_f1).sum::<f64>() / figures.len().max(1) as f64;
    if mean >= least {
        return false;
    }
    let below: Vec<String> = figures
        .iter()
        .map(|figure| match least - figure.macro_f1() {
            short if short > 0.0 => format!("{} {:.4}, {short:.4} below", figure.name, figure.macro_f1()),
            _ => format!("{} {:.4}, not below", figure.name, figure.macro_f1()),
        })
        .collect();
    eprintln!("mizan: mean macro-F1 is {mean:.4}, {:.4} below --min-f1 {least} ({})", least - mean, below.join("; "));
    true
}
