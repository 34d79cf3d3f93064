//! `mizan evaluate`: what a model says of articles whose labels are known.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, anyhow, bail};
use mizan::camp::Stance;
use mizan::evaluation::{Figure, metrics::auc};
use mizan::intake::{IntakeOptions, Saved, Unreadable};
use mizan::labels::given;
use mizan::model::{Model, Question};
use mizan::output::jsonl;
use mizan::output::table::{self, OneVsRest};
use mizan::verdict::{Scorer, Verdict};

use super::source::sources;
use super::{labelled, model, terminal};
use crate::cli::Evaluate;

/// Scores the labelled articles among the sources and compares.
pub fn run(options: &Evaluate) -> anyhow::Result<ExitCode> {
    let model = model::load(options.model.as_deref())?;
    let (figures, sides, classes) = match &options.labels {
        Some(path) => stances(model, path, &options.paths, &options.intake.options())?,
        None => any(&model, options)?,
    };
    let mut out = io::stdout().lock();
    if options.json {
        writeln!(out, "{}", jsonl::figures(&figures, &classes, &sides))?;
        return Ok(ExitCode::SUCCESS);
    }
    let style = terminal::table_style();
    writeln!(out, "{}", table::figures("toward", &classes, &figures, style))?;
    if !sides.is_empty() {
        writeln!(out, "\n{}", table::one_vs_rest(&sides, style))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What is compared: figures, one stance against the rest, and the names of the classes.
pub type Compared = (Vec<Figure>, Vec<OneVsRest>, Vec<String>);

/// The stances toward the camps of the articles in `paths` whose labels are in the file at `path`.
pub fn stances(model: Model, path: &Path, paths: &[PathBuf], intake: &IntakeOptions) -> anyhow::Result<Compared> {
    let outputs = model.task.outputs();
    let scorer = Scorer::new(model)?;
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let labels = given::read(&text, scorer.camps()).map_err(|error| anyhow!("{}: {error}", path.display()))?;
    let verdicts = verdicts(&scorer, paths, intake, &labels)?;
    if verdicts.is_empty() {
        bail!(
            "none of the {} labelled articles was found; ids in {} must be those that `mizan score` prints",
            labels.len(),
            path.display()
        );
    }
    if verdicts.len() < labels.len() {
        let missing = labels.len() - verdicts.len();
        eprintln!("mizan: {missing} of the {} labelled articles were not found and are not in the figures", labels.len());
    }
    let class = |stance: Stance| Stance::ALL.iter().position(|&other| other == stance).unwrap_or_default();
    let mut figures = Vec::new();
    let mut sides = Vec::new();
    for (camp, Question { name, classes }) in outputs.iter().enumerate() {
        let given = |verdict: &Option<Verdict>| verdict.as_ref().map_or(Stance::Unrelated, |verdict| verdict.camps[camp].stance);
        let pairs = verdicts.iter().map(|(article, verdict)| vec![(class(labels[article][camp]), class(given(verdict)))]);
        let figure = Figure::of(name.clone(), classes.len(), 0..Stance::SIDES.len(), &pairs.collect::<Vec<_>>());
        for stance in [Stance::Favor, Stance::Against] {
            let probability = |verdict: &Verdict| match stance {
                Stance::Favor => verdict.camps[camp].sides.favor,
                _ => verdict.camps[camp].sides.against,
            };
            let probabilities =
                verdicts.iter().map(|(article, verdict)| (verdict.as_ref().map_or(0.0, probability), labels[article][camp] == stance));
            if let Some(auc) = auc(&probabilities.collect::<Vec<_>>()) {
                let (labelled, macro_f1) = (figure.confusion.labelled(class(stance)), figure.confusion.one_vs_rest_f1(class(stance)));
                sides.push(OneVsRest { camp: name.clone(), stance, labelled, macro_f1, auc });
            }
        }
        figures.push(figure);
    }
    Ok((figures, sides, outputs[0].classes.clone()))
}

/// The verdict on every labelled article that the sources hold; `None` for one that could not be scored.
fn verdicts(
    scorer: &Scorer,
    paths: &[PathBuf],
    intake: &IntakeOptions,
    labels: &BTreeMap<String, [Stance; 2]>,
) -> anyhow::Result<BTreeMap<String, Option<Verdict>>> {
    let mut verdicts = BTreeMap::new();
    for source in sources(paths) {
        let articles = source.articles(intake).map_err(|message| anyhow!("{}: {message}", source.name()))?;
        for saved in articles {
            match saved {
                Err(Unreadable { place, error }) => drop(terminal::complain(&place, &error.to_string())),
                Ok(Saved { article, .. }) if labels.contains_key(&article.id) => {
                    let verdict = scorer.score(&article).map_err(|error| terminal::complain(&article.id, &error.to_string())).ok();
                    verdicts.insert(article.id, verdict);
                }
                Ok(_) => {}
            }
        }
    }
    Ok(verdicts)
}

/// Labels of any kind: all texts together, then target by target.
fn any(model: &Model, options: &Evaluate) -> anyhow::Result<Compared> {
    let table = labelled::read_table(&options.any, options.intake.options())?;
    let outputs = model.task.outputs();
    let reader = model.reader();
    let mut pairs: Vec<Vec<Vec<(usize, usize)>>> = vec![Vec::new(); outputs.len()];
    for row in &table.rows {
        let Question { name, classes } = &table.questions[row.question];
        let output = outputs.iter().position(|output| output.name == *name).or((outputs.len() == 1).then_some(0));
        let Some(output) = output else {
            bail!("{}: the model knows nothing of the target {name:?}: it was trained on {}", row.id, names(&outputs));
        };
        let label = &classes[row.class];
        let known = &outputs[output].classes;
        let Some(label) = known.iter().position(|class| class == label) else {
            bail!("{}: the model knows no label {label:?}: it was trained on {}", row.id, known.join(", "));
        };
        let probabilities = model.probabilities(&reader.read_text(row.text.clone()));
        let given = model.task.decide(&model.decisions, &probabilities)[output];
        pairs[output].push(vec![(label, given)]);
    }
    let classes = outputs[0].classes.clone();
    let figure = |name: &str, pairs: &[Vec<(usize, usize)>]| Figure::of(name.to_owned(), classes.len(), 0..classes.len(), pairs);
    let mut figures = vec![figure("all", &pairs.concat())];
    if outputs.len() > 1 {
        figures.extend(outputs.iter().zip(&pairs).map(|(output, pairs)| figure(&output.name, pairs)));
    }
    Ok((figures, Vec::new(), classes))
}

fn names(outputs: &[Question]) -> String {
    outputs.iter().map(|output| output.name.as_str()).collect::<Vec<_>>().join(", ")
}
