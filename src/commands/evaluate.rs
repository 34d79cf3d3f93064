//! `mizan evaluate`: what a model says of articles whose labels are known.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::{Context, anyhow, bail};
use mizan::camp::Stance;
use mizan::evaluation::{Figure, metrics::auc};
use mizan::intake::{Saved, Unreadable};
use mizan::labels::given;
use mizan::output::table::{self, OneVsRest};
use mizan::verdict::{Scorer, Verdict};

use super::source::sources;
use super::{model, terminal};
use crate::cli::Evaluate;

/// Scores the labelled articles among the sources and compares.
pub fn run(options: &Evaluate) -> anyhow::Result<ExitCode> {
    let scorer = Scorer::new(model::load(options.model.as_deref())?);
    let path = &options.labels;
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let labels = given::read(&text, scorer.camps()).map_err(|error| anyhow!("{}: {error}", path.display()))?;
    let verdicts = verdicts(&scorer, options, &labels)?;
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

    let mut figures = Vec::new();
    let mut sides = Vec::new();
    for (camp, id) in scorer.camps().ids().into_iter().enumerate() {
        let given = |verdict: &Option<Verdict>| verdict.as_ref().map_or(Stance::Unrelated, |verdict| verdict.camps[camp].stance);
        let alone: Vec<_> = verdicts.iter().map(|(article, verdict)| vec![(labels[article][camp], given(verdict))]).collect();
        let figure = Figure::of(id.to_owned(), &alone);
        for stance in [Stance::Favor, Stance::Against] {
            let probabilities: Vec<(f64, bool)> = verdicts
                .iter()
                .map(|(article, verdict)| {
                    let probability = verdict.as_ref().map_or(0.0, |verdict| match stance {
                        Stance::Favor => verdict.camps[camp].sides.favor,
                        _ => verdict.camps[camp].sides.against,
                    });
                    (probability, labels[article][camp] == stance)
                })
                .collect();
            if let Some(auc) = auc(&probabilities) {
                let labelled = figure.confusion.labelled(stance);
                sides.push(OneVsRest { camp: id.to_owned(), stance, labelled, macro_f1: figure.confusion.one_vs_rest_f1(stance), auc });
            }
        }
        figures.push(figure);
    }
    let style = terminal::table_style();
    let mut out = io::stdout().lock();
    writeln!(out, "{}\n", table::figures("toward", &figures, style))?;
    writeln!(out, "{}", table::one_vs_rest(&sides, style))?;
    Ok(ExitCode::SUCCESS)
}

/// The verdict on every labelled article that the sources hold; `None` for one that could not be scored.
fn verdicts(
    scorer: &Scorer,
    options: &Evaluate,
    labels: &BTreeMap<String, [Stance; 2]>,
) -> anyhow::Result<BTreeMap<String, Option<Verdict>>> {
    let mut verdicts = BTreeMap::new();
    for source in sources(&options.paths) {
        let articles = source.articles(&options.intake.options()).map_err(|message| anyhow!("{}: {message}", source.name()))?;
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
