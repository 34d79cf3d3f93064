//! `mizan ablate`: what each block of features is worth.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::process::ExitCode;

use crate::camp::Stance;
use crate::evaluation::{Figure, HeldOut, ablation};
use crate::intake::IntakeOptions;
use crate::labels::LabelAggregation;
use crate::output::table;
use crate::training::calibration::Calibration;
use crate::training::search::{FOLDS, Grid, out_of_fold};
use crate::training::{Corpus, TrainingSettings, relative};
use anyhow::bail;

use super::{evaluate, labelled, terminal};
use std::path::PathBuf;

/// Options of `ablate`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan ablate                             on held-out events and outlets of labeled/
  mizan ablate --dev real.jsonl            and on a dump that holds texts and labels (fields id, text, lna, gna)
  mizan ablate --transfer labeled/sudan    and on another conflict that nothing was trained on

Exit codes:
  0  it was measured
  2  it could not be, and the message says why")]
pub struct AblateArgs {
    /// Folder of the labelled set
    #[arg(short, long, value_name = "DIR", default_value = "labeled")]
    pub labeled: PathBuf,

    /// Dump of labelled texts to measure on, never trained on; may be given more than once
    #[arg(long, value_name = "FILE")]
    pub dev: Vec<PathBuf>,

    /// Folder of a labelled set of another conflict: scored without training, by a model that sees
    /// camps as self and rival
    #[arg(long, value_name = "DIR")]
    pub transfer: Option<PathBuf>,

    /// Strength of the L2 penalty [default: the usual]
    #[arg(long, value_name = "NUMBER")]
    pub alpha: Option<f64>,
}

/// Measures every variant on held-out groups of the labelled set, and on the dumps of labelled
/// texts that are given.
pub fn run(options: &AblateArgs) -> anyhow::Result<ExitCode> {
    let set = labelled::read(&options.labeled, LabelAggregation::Majority)?;
    let corpus = Corpus::of_set(&set);
    corpus.check()?;
    let elsewhere = options
        .transfer
        .as_deref()
        .map(|folder| labelled::read(folder, LabelAggregation::Majority))
        .transpose()?;
    let usual = Grid::usual(&corpus);
    let alpha = options.alpha.unwrap_or(usual.alpha);
    let variants = ablation::variants(&usual.blocks);
    let positions: Vec<usize> = (0..corpus.len()).collect();
    let bar = terminal::progress(
        variants.len() * corpus.groupings.len() * FOLDS,
        "leaving out blocks",
        false,
    );
    let mut rows = Vec::new();
    for (name, blocks) in variants {
        let (mut all, mut summaries) = (Vec::new(), Vec::new());
        for grouping in &corpus.groupings {
            let folds = corpus.folds(grouping, &positions, FOLDS);
            let logits =
                out_of_fold(&corpus, &positions, &folds, (&blocks, &[alpha]), &|| bar.inc(1))?
                    .swap_remove(0);
            summaries.push(HeldOut::new(&corpus, grouping, &folds, &logits).summary(&[]));
            all.push(logits);
        }
        let mut dev = Vec::new();
        if !options.dev.is_empty() {
            let calibration = Calibration::learn(&corpus, &all.iter().collect::<Vec<_>>());
            let settings = TrainingSettings { blocks, alpha };
            let model = corpus.train(&settings, &calibration, String::new(), BTreeMap::new())?;
            for path in &options.dev {
                let sides = evaluate::one_vs_rest(
                    model.clone(),
                    path,
                    std::slice::from_ref(path),
                    &IntakeOptions::default(),
                )?;
                let file = path
                    .file_stem()
                    .map(|stem| stem.to_string_lossy().into_owned())
                    .unwrap_or_default();
                dev.extend(sides.into_iter().map(|side| (file.clone(), side)));
            }
        }
        rows.push((name, summaries, dev));
    }
    bar.finish_and_clear();
    let style = terminal::table_style();
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "macro-F1 on held-out groups, with its 95 % interval, and contrast families of which every member is right:"
    )?;
    writeln!(out, "{}", table::ablation(&rows, style))?;
    if !options.dev.is_empty() {
        writeln!(
            out,
            "\none stance against the rest, macro-F1 and area under the ROC curve, on texts that were never trained on:"
        )?;
        writeln!(out, "{}", table::ablation_elsewhere(&rows, style))?;
    }
    if let (Some(folder), Some(other)) = (&options.transfer, &elsewhere) {
        let other = Corpus::of_set(other);
        writeln!(
            out,
            "\none head for both camps, each article seen from either side; and the same on {}, never trained on:",
            folder.display()
        )?;
        writeln!(
            out,
            "{}",
            table::figures("", &relative_classes(), &transfer(&corpus, &other)?, style)
        )?;
    }
    Ok(ExitCode::SUCCESS)
}

fn relative_classes() -> Vec<String> {
    Stance::SIDES.iter().map(ToString::to_string).collect()
}

/// A model in the camp-relative view: held-out events of its own conflict, and another conflict.
fn transfer(corpus: &Corpus, other: &Corpus) -> anyhow::Result<Vec<Figure>> {
    let settings = relative::usual(corpus);
    let (Some(own), Some(other)) = (corpus.relative(), other.relative()) else {
        bail!("both labelled sets must be of stances")
    };
    let positions: Vec<usize> = (0..own.len()).collect();
    let (mut figures, mut all) = (Vec::new(), Vec::new());
    for grouping in &own.groupings {
        let folds = own.folds(grouping, &positions, FOLDS);
        let logits =
            out_of_fold(&own, &positions, &folds, (&settings.blocks, &[settings.alpha]), &|| ())?
                .swap_remove(0);
        figures.extend(HeldOut::new(&own, grouping, &folds, &logits).summary(&[]).figures);
        all.push(logits);
    }
    let calibration = Calibration::learn(&own, &all.iter().collect::<Vec<_>>());
    let model = own.train(&settings, &calibration, String::new(), BTreeMap::new())?;
    let pairs: Vec<Vec<(usize, usize)>> = other
        .read
        .iter()
        .zip(&other.labels)
        .filter_map(|(read, labels)| {
            Some(vec![(
                labels[0]?,
                model.task().decide(model.decisions(), &model.probabilities(read))[0],
            )])
        })
        .collect();
    figures.push(Figure::of(
        "the other conflict".to_owned(),
        Stance::SIDES.len(),
        0..Stance::SIDES.len(),
        &pairs,
    ));
    Ok(figures)
}
