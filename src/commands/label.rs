//! `mizan label`: a labelling set and articles in; labels and rationales out, in the browser.

mod browser;
mod connections;
pub mod folder;
pub mod new_set;
mod trainer;

use std::env;
use std::io::{self, IsTerminal, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, anyhow, bail};
use tokio::net::TcpListener;

use super::input_args::IntakeArgs;
use super::labelled::check_is_no_set;
use super::model_file::ModelArgs;
use super::source::check_exist;
use super::{shipped, terminal};
use crate::camp::Camps;
use crate::labelling::assets::{CAMPS, CODEBOOK};
use crate::labelling::guard::Guard;
use crate::labelling::{Session, SetStore, page, web};
use crate::labels::annotation::ADJUDICATOR;
use crate::scoring::Scorer;
use crate::text::isolate::plain;
use folder::FolderStore;
use trainer::{MODEL, ProcessTrainer};

/// Options of `label`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan label my-set saved/                  make a set of the articles in saved/, and label them
  mizan label my-set                         go on
  mizan label my-set --annotator Mona        a second reader; choose `second reading, blind`
  mizan train --labeled my-set -o m.safetensors
                                             a model of your labels

The page is served to this machine only, needs no network, and is open to whoever has the address
that is printed. Every answer is on the disk before the page says so: end the program as you like.

The set is a folder that labeled/CODEBOOK.md describes: camps.toml, labels.csv, rationales.csv and
the articles, one file each, in pool/ (those without a label are left out of training). It may be
edited by hand and by others meanwhile; journal.jsonl says what was pressed.

See also: mizan labels, mizan train

Exit codes:
  0  never: the program runs until it is ended
  2  it cannot run: no such set, nothing to label, the port is taken")]
pub struct LabelArgs {
    /// Folder of the set; it is made if there is none
    #[arg(value_name = "SET")]
    pub set: PathBuf,

    /// Articles to take in: files, or folders of them, of any kind that `score` reads
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Who labels [default: the name of the user]
    #[arg(long, value_name = "NAME", value_parser = annotator)]
    pub annotator: Option<String>,

    /// Port to listen at [default: a free one]
    #[arg(long, value_name = "PORT")]
    pub port: Option<u16>,

    /// Do not open the browser
    #[arg(long)]
    pub no_open: bool,

    /// Seed of what is drawn at random
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub seed: u64,

    /// Model file for opinions and for what is uncertain [default: model.safetensors of the set,
    /// which the page trains and keeps; else that of the other commands]
    #[arg(short, long, value_name = "FILE")]
    pub model: Option<PathBuf>,

    /// How files are read
    #[command(flatten)]
    pub intake: IntakeArgs,
}

/// Longest name of an annotator, in characters.
const MAX_NAME: usize = 60;

/// Why a name cannot be that of an annotator.
#[derive(Debug, thiserror::Error)]
pub enum NameError {
    /// It is too long, or not all of it is seen.
    #[error("a name has 1 to {MAX_NAME} characters, and no control characters")]
    Form,
    /// It is the page's own.
    #[error("{ADJUDICATOR} is the name under which the page writes what settles a difference")]
    Reserved,
}

/// A name as that of an annotator.
///
/// # Errors
/// When it is too long, invisible or taken.
pub fn annotator(name: &str) -> Result<String, NameError> {
    let name = name.trim();
    match name.chars().count() {
        _ if name == ADJUDICATOR => Err(NameError::Reserved),
        1..=MAX_NAME if plain(name) == name => Ok(name.to_owned()),
        _ => Err(NameError::Form),
    }
}

/// The name of who uses the program.
pub fn user_name() -> String {
    let name = ["USER", "USERNAME"].iter().find_map(|name| env::var(name).ok());
    name.and_then(|name| annotator(&name).ok()).unwrap_or_else(|| "annotator".to_owned())
}

/// Makes or opens the set, takes articles in, and serves the page until the program is ended.
pub fn run(options: &LabelArgs) -> anyhow::Result<ExitCode> {
    let annotator = options.annotator.clone().unwrap_or_else(user_name);
    let kept = Some(options.set.join(MODEL)).filter(|kept| kept.exists());
    let scorer = Scorer::new(ModelArgs { model: options.model.clone().or(kept) }.load()?)?;

    check_exist(&options.paths)?;
    // A file is no set: what is made of it is told first.
    if !options.set.is_file() {
        options.paths.iter().try_for_each(|path| check_is_no_set(path))?;
    }
    new_set::make(&options.set, !options.paths.is_empty())?;
    let store = FolderStore::new(&options.set);
    if !options.paths.is_empty() {
        new_set::take_in(&store, &options.paths, &options.intake.options())?;
    }
    // Who cannot save is told before anything is labelled.
    drop(store.lock().context("labels could not be saved in this set")?);
    let codebook = store.optional("CODEBOOK.md")?.unwrap_or_else(|| CODEBOOK.to_owned());
    let session = Session::new(Box::new(store), annotator.clone(), scorer, options.seed)
        .with_context(|| format!("{} cannot be labelled", options.set.display()))?;
    for problem in session.problems() {
        terminal::complain("set", problem);
    }
    if session.articles.is_empty() {
        bail!(
            "{} has no articles: name files or folders of articles behind it, \
             `mizan label {} saved/`",
            options.set.display(),
            super::shell_word::shell_word(&options.set)
        );
    }
    serve(session, &annotator, &codebook, options)
}

fn serve(
    session: Session,
    annotator: &str,
    codebook: &str,
    options: &LabelArgs,
) -> anyhow::Result<ExitCode> {
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(|error| anyhow!("no random token: {error}"))?;
    let token = blake3::hash(&random).to_hex()[..32].to_owned();
    let page = page::page(&session.camps, annotator, codebook);
    let n_articles = session.articles.len();
    let with_shipped = Camps::from_toml(CAMPS)?.ids() == session.camps.ids();
    let trainer = ProcessTrainer::new(&options.set, with_shipped);

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, options.port.unwrap_or(0)));
        let listener = TcpListener::bind(address)
            .await
            .with_context(|| format!("cannot listen at {address}: name another --port"))?;
        let port = listener.local_addr()?.port();
        // The shipped set is inside the program, and whole.
        let plain_news = || shipped::plain_news().unwrap_or_default();
        let guarded_by = Guard::new(port, &token);
        let router = web::router(session, Box::new(trainer), plain_news, page, guarded_by);
        let url = format!("http://127.0.0.1:{port}/#{token}");
        // The page is up before its address is told: connections wait in the listener.
        let mut out = io::stdout().lock();
        writeln!(out, "{url}")?;
        out.flush()?;
        drop(out);
        terminal::tell(&format!(
            "{annotator} labels {n_articles} articles in {}; open the address in a \
             browser; Ctrl-C ends, and loses nothing",
            options.set.display()
        ));
        let is_at_screen = io::stdout().is_terminal() && !options.no_open;
        let _opened = is_at_screen.then(|| browser::open(&url)).flatten();
        match connections::serve(listener, router).await {}
    })
}

#[cfg(test)]
mod tests {
    use super::annotator;

    #[test]
    fn a_name_is_short_and_visible_and_not_reserved() {
        assert_eq!(annotator(" منى ").unwrap(), "منى");
        for bad in ["", "  ", "a\nb", "\u{202E}x", "adjudicator"] {
            assert!(annotator(bad).is_err(), "{bad:?}");
        }
        assert!(annotator(&"x".repeat(61)).is_err());
    }
}
