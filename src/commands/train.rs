//! `mizan train`: hand-labelled articles in, a model file out.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use mizan::camp::Stance;
use mizan::evaluation::heldout::FOLDS;
use mizan::evaluation::{Figure, held_out};
use mizan::labels::LabelledSet;
use mizan::labels::fold::Group;
use mizan::model::StanceModel;
use mizan::output::table;
use mizan::training::{Corpus, TrainingSettings};

use super::{labelled, terminal};
use crate::cli::Train;

/// How many terms are shown for each camp and stance.
const TERMS_SHOWN: usize = 12;

/// Reads the labelled set, measures on held-out events and outlets, trains on everything, writes the model.
pub fn run(options: &Train) -> anyhow::Result<ExitCode> {
    let set = labelled::read(&options.labeled)?;
    let mut settings = TrainingSettings::default();
    if let Some(alpha) = options.alpha {
        settings.alpha = alpha;
    }
    let corpus = Corpus::new(&set);
    let model = corpus.train(&settings)?;

    let mut rows = Vec::new();
    let bar = terminal::progress(2 * FOLDS, "measuring on held-out events and outlets", false);
    for (group, name) in [(Group::Event, "events"), (Group::Outlet, "outlets")] {
        let held_out = held_out(&corpus, &settings, group, || bar.inc(1))?;
        for (camp, id) in set.camps.ids().into_iter().enumerate() {
            rows.push(held_out.figure(format!("{name}, {id}"), camp));
        }
    }
    bar.finish_and_clear();

    let path = options.output.clone().unwrap_or_else(|| PathBuf::from(format!("models/{}.safetensors", set.camps.conflict)));
    let bytes = model.to_bytes()?;
    write_atomically(&path, &bytes).with_context(|| format!("cannot write {}", path.display()))?;
    report(&set, &model, &rows, &format!("wrote {} ({} bytes)", path.display(), bytes.len()))?;
    Ok(ExitCode::SUCCESS)
}

fn report(set: &LabelledSet, model: &StanceModel, rows: &[Figure], written: &str) -> io::Result<()> {
    let style = terminal::table_style();
    let mut terms = Vec::new();
    for (camp, head) in set.camps.ids().into_iter().zip(&model.stances) {
        for stance in [Stance::Favor, Stance::Against] {
            let Some(side) = stance.side() else { continue };
            let mut features: Vec<usize> = (0..head.n_features()).collect();
            features.sort_by(|&a, &b| head.weight(b, side).total_cmp(&head.weight(a, side)));
            let strongest = features.into_iter().take(TERMS_SHOWN).map(|feature| model.tfidf.terms()[feature].clone());
            terms.push((camp.to_owned(), stance, strongest.collect()));
        }
    }
    let mut out = io::stdout().lock();
    writeln!(out, "{} labelled articles, {} terms", set.articles.len(), model.tfidf.n_features())?;
    writeln!(out, "\nOn articles whose event, or whose outlet, the model had not seen:")?;
    writeln!(out, "{}", table::figures("held out", rows, style))?;
    writeln!(out, "\nWhat the model learned from all of them:")?;
    writeln!(out, "{}", table::terms(&terms, style))?;
    writeln!(out, "\n{written}")
}

/// Writes all of `bytes` or nothing: into a new file beside `path`, onto the disk, then in its place.
fn write_atomically(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new().prefix(".mizan-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.as_file().set_permissions(fs::Permissions::from_mode(0o644))?;
    }
    file.persist(path)?;
    Ok(())
}
