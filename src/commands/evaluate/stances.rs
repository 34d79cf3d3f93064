//! Stances toward the camps.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::camp::Stance;
use crate::evaluation::metrics::{Confusion, auc};
use crate::evaluation::{Assessment, Predictions};
use crate::intake::{Format, Intake, IntakeError, IntakeOptions, Saved, Unreadable};
use crate::labels::given;
use crate::model::{Decision, Model};
use crate::output::table::OneVsRest;
use crate::scoring::{Scorer, Verdict};
use crate::text::TextReader;
use anyhow::{Context, anyhow, bail};

use crate::commands::source::sources;
use crate::commands::terminal;
use crate::engine::Source;

/// The labelled articles that were found, with what a model says of them.
pub struct Stances {
    /// The articles, in the order of their ids.
    pub tested: Vec<Predictions>,
    /// What another model says of them, if one was given.
    pub others: Vec<[Stance; 2]>,
    /// How many labelled articles were not found.
    pub not_found: usize,
    /// The ids of the camps.
    pub camps: [String; 2],
    decisions: Vec<Decision>,
}

/// Reads the labels in the file at `path` and scores the articles in `paths` that have one, by
/// `model` and by another.
pub fn read(
    model: Model,
    other: Option<Model>,
    path: &Path,
    paths: &[PathBuf],
    intake: &IntakeOptions,
) -> anyhow::Result<Stances> {
    let decisions = model.decisions.clone();
    let scorer = Scorer::new(model)?;
    let other = other.map(Scorer::new).transpose().context("the model to compare with")?;
    if let Some(other) = &other
        && other.camps().ids() != scorer.camps().ids()
    {
        bail!(
            "the models weigh different camps: {} and {}",
            scorer.camps().ids().join(", "),
            other.camps().ids().join(", ")
        );
    }
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let labels = given::read(&text, scorer.camps())
        .map_err(|error| anyhow!("{}: {error}", path.display()))?;
    let found = found(&scorer, other.as_ref(), paths, intake, &labels)?;
    if found.is_empty() {
        bail!(
            "none of the {} labelled articles was found; ids in {} must be those that `mizan score` prints",
            labels.len(),
            path.display()
        );
    }
    let not_found = labels.len() - found.len();
    if not_found > 0 {
        eprintln!(
            "mizan: {not_found} of the {} labelled articles were not found and are not in the figures",
            labels.len()
        );
    }
    let (tested, others) = found.into_values().unzip();
    Ok(Stances {
        tested,
        others,
        not_found,
        camps: scorer.camps().ids().map(str::to_owned),
        decisions,
    })
}

impl Stances {
    /// All that is told of them; groups of fewer than `least` articles are put together.
    pub fn assessment(&self, least: usize) -> Assessment {
        let [first, second] = &self.camps;
        Assessment::of(&self.tested, [first, second], &self.decisions, least)
    }

    /// Each stance against the rest, where there are both.
    pub fn one_vs_rest(&self) -> Vec<OneVsRest> {
        let mut sides = Vec::new();
        for (camp, name) in self.camps.iter().enumerate() {
            let confusion = Confusion::of(
                Stance::ALL.len(),
                self.tested.iter().map(|article| article.pair(camp)),
            );
            for (class, stance) in Stance::ALL
                .into_iter()
                .enumerate()
                .filter(|(_, stance)| [Stance::Favor, Stance::Against].contains(stance))
            {
                let probability = |verdict: &Verdict| match stance {
                    Stance::Favor => verdict.camps[camp].sides.favor,
                    _ => verdict.camps[camp].sides.against,
                };
                let scored = self.tested.iter().map(|article| {
                    (
                        article.verdict.as_ref().map_or(0.0, probability),
                        article.labels[camp] == stance,
                    )
                });
                if let Some(auc) = auc(&scored.collect::<Vec<_>>()) {
                    let (labelled, macro_f1) =
                        (confusion.labelled(class), confusion.one_vs_rest_f1(class));
                    sides.push(OneVsRest { camp: name.clone(), stance, labelled, macro_f1, auc });
                }
            }
        }
        sides
    }
}

/// Every labelled article that the sources hold, by id, with what another model says of it.
fn found(
    scorer: &Scorer,
    other: Option<&Scorer>,
    paths: &[PathBuf],
    intake: &IntakeOptions,
    labels: &BTreeMap<String, [Stance; 2]>,
) -> anyhow::Result<BTreeMap<String, (Predictions, [Stance; 2])>> {
    let reader = TextReader::of_camps(scorer.camps());
    let mut found = BTreeMap::new();
    for source in sources(paths) {
        let (articles, event, genre) =
            open(&source, intake).map_err(|message| anyhow!("{}: {message}", source.name()))?;
        for saved in articles {
            match saved {
                Err(Unreadable { place, error, .. }) => {
                    terminal::complain(&place, &error.to_string())
                }
                Ok(Saved { mut article, kept, .. }) => {
                    let Some(&labels) = labels.get(&article.id) else { continue };
                    let field = |at: Option<usize>| {
                        at.and_then(|at| kept.get(at).cloned().flatten())
                            .filter(|value| !value.trim().is_empty())
                    };
                    article.event = article.event.take().or_else(|| field(event));
                    article.genre = article.genre.take().or_else(|| field(genre));
                    let verdict = scorer
                        .score(&article)
                        .map_err(|error| terminal::complain(&article.id, &error.to_string()))
                        .ok();
                    let other = other.and_then(|other| other.score(&article).ok());
                    let said = other.map_or([Stance::Unrelated; 2], |verdict| {
                        verdict.camps.map(|camp| camp.stance)
                    });
                    found.insert(
                        article.id.clone(),
                        (Predictions::of(article, labels, verdict, &reader), said),
                    );
                }
            }
        }
    }
    Ok(found)
}

/// Where the event and the genre stand among the other fields of a dump that are wanted.
type Opened = (Intake<'static>, Option<usize>, Option<usize>);

/// A source, and the fields `event` and `genre` of tables and dumps that have them. A table without
/// a column that is wanted is refused, so fewer are asked for; standard input can be opened but
/// once, and gives them where it is said to be JSON lines.
fn open(source: &Source, intake: &IntakeOptions) -> Result<Opened, IntakeError> {
    let wanted = |names: &[&str]| {
        let mut intake = intake.clone();
        intake.fields.kept = names.iter().map(|&name| name.to_owned()).collect();
        let at = |field: &str| names.iter().position(|&name| name == field);
        source.articles(&intake).map(|articles| (articles, at("event"), at("genre")))
    };
    if source.is_one_time() && intake.format != Some(Format::Jsonl) {
        return wanted(&[]);
    }
    let tried = [&["event", "genre"][..], &["event"], &["genre"]];
    tried.into_iter().find_map(|names| wanted(names).ok()).map_or_else(|| wanted(&[]), Ok)
}
