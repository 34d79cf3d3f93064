//! `mizan labels`: is the labelled set sound, and does it teach framing? It also writes and reads
//! the set in the forms of other programs.

mod exchange;
mod passages;

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::process::ExitCode;

use crate::camp::Stance;
use crate::evaluation::shortcuts;
use crate::labels::agreement::agreements;
use crate::labels::composition::{Quota, quotas};
use crate::labels::{LabelAggregation, LabelledSet, framing};
use crate::output::table::{self, Style};
use crate::scoring::counted;
use crate::text::isolate::plain;
use crate::text::listed::listed;
use anyhow::{Context, anyhow};

use super::exit_code::NOT_SOUND;
use super::input_args::IntakeArgs;
use super::label::annotator;
use super::{file, labelled, terminal};
use crate::labelling::exchange::form::Form;
use std::path::PathBuf;

/// Options of `labels`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan labels                             check labeled/
  mizan labels --framing > framing.csv     where each expression of labeled/framing.csv occurs
  mizan labels --labeled my-set --export tasks.json --as label-studio
                                           and tasks.config.xml, the project's interface
  mizan labels --labeled my-set --export labels.xlsx
  mizan labels --labeled my-set --import export.jsonl --annotator Mona
                                           what doccano, Label Studio, Prodigy or a spreadsheet
                                           wrote; the set is made if there is none

What an import leaves out (unknown labels, skipped and rejected answers, articles without a stance
toward both camps, labels that contradict each other or those of the set) is told with its line.
Nothing that stands in the set is changed.

See also: mizan label, mizan train

Exit codes:
  0  all of it holds, or was written
  1  some of it does not: the rows marked `no` say what; or some of an import was left out
  2  the files are not of the form, and the messages say where")]
pub struct LabelsArgs {
    /// Folder of the labelled set
    #[arg(short, long, value_name = "DIR", default_value = "labeled")]
    pub labeled: PathBuf,

    /// Print framing.csv with its last column made anew, and nothing else
    #[arg(long)]
    pub framing: bool,

    /// Write the set, labelled or not, to a new file for another program
    #[arg(long, value_name = "FILE", conflicts_with_all = ["framing", "import"])]
    pub export: Option<PathBuf>,

    /// Take articles, labels and marks of files of another program into the set
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with = "framing")]
    pub import: Vec<PathBuf>,

    /// The program of --export, or of --import where the file does not tell
    #[arg(long = "as", value_enum, value_name = "PROGRAM")]
    pub form: Option<FormName>,

    /// Whose the labels of --import are, where the file does not say it [default: the name of the
    /// user]
    #[arg(long, value_name = "NAME", value_parser = annotator, requires = "import")]
    pub annotator: Option<String>,

    /// How tables of --import are read
    #[command(flatten)]
    pub intake: IntakeArgs,
}

/// The programs whose files are written and read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum FormName {
    /// doccano: JSON lines
    Doccano,
    /// Label Studio: tasks in JSON
    LabelStudio,
    /// Prodigy: JSON lines
    Prodigy,
    /// A table of comma-separated values
    Csv,
    /// A workbook of Excel
    Xlsx,
}

impl FormName {
    fn form(self) -> Form {
        match self {
            Self::Doccano => Form::Doccano,
            Self::LabelStudio => Form::LabelStudio,
            Self::Prodigy => Form::Prodigy,
            Self::Csv => Form::Csv,
            Self::Xlsx => Form::Xlsx,
        }
    }
}

/// Least agreement of annotators, corrected for chance.
const MIN_AGREEMENT: f64 = 0.8;

/// Checks the set and prints what it is made of.
pub fn run(options: &LabelsArgs) -> anyhow::Result<ExitCode> {
    if let Some(path) = &options.export {
        return exchange::export(options, path);
    }
    if !options.import.is_empty() {
        return exchange::import(options);
    }
    let set = labelled::read(&options.labeled, LabelAggregation::Majority)?;
    // The list of expressions, and the quotas and audits that rest on it, are of a set that was
    // written to teach framing; a set that was found has none.
    if !options.framing && !options.labeled.join("framing.csv").exists() {
        return found(&set);
    }
    let read = |name: &str| {
        let path = options.labeled.join(name);
        file::read(&path, file::MAX_LABELS)
            .map_err(anyhow::Error::from)
            .and_then(|bytes| Ok(String::from_utf8(bytes)?))
            .with_context(|| format!("cannot read {}", path.display()))
    };
    let expressions = framing::read(&read("framing.csv")?, &set)
        .map_err(|error| anyhow!("framing.csv: {error}"))?;
    if options.framing {
        framing::write(io::stdout().lock(), &expressions)?;
        return Ok(ExitCode::SUCCESS);
    }
    let style = terminal::table_style();
    let mut out = io::stdout().lock();
    let mut sound = true;

    writeln!(out, "What the set is made of")?;
    let occurring: BTreeSet<&str> = expressions
        .iter()
        .filter(|found| !found.articles.is_empty())
        .map(|found| found.text.as_str())
        .collect();
    let quotas = quotas(&set, occurring.len());
    sound &= quotas.iter().all(Quota::holds);
    writeln!(out, "{}\n", table::quotas(&quotas, style))?;

    sound &= annotators_agree(&mut out, &set, style)?;
    sound &= passages::report(&mut out, &set, style)?;
    writeln!(
        out,
        "Can the label be told without the framing? (macro-F1; chance is {:.2}, tolerated {:.2})",
        shortcuts::CHANCE,
        shortcuts::CHANCE + shortcuts::MAX_ABOVE_CHANCE
    )?;
    let bar = terminal::progress(shortcuts::N_AUDITS, "auditing shortcuts", false);
    let audits = shortcuts::audit(&set, &read("names.txt")?, || bar.inc(1))?;
    bar.finish_and_clear();
    sound &= audits.iter().all(shortcuts::ShortcutAudit::holds);
    writeln!(out, "{}\n", table::audits(&set.camps, &audits, style))?;
    writeln!(
        out,
        "{}",
        if sound { "All of it holds." } else { "Not all of it holds: see the rows marked `no`." }
    )?;
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::from(NOT_SOUND) })
}

/// How far annotators agree, on what they differ, and which articles are near-duplicates; whether
/// that is as it should be.
fn annotators_agree(out: &mut impl Write, set: &LabelledSet, style: Style) -> anyhow::Result<bool> {
    let mut is_sound = true;
    writeln!(out, "How far annotators agree")?;
    let agreements = agreements(&set.camps, &set.annotations);
    is_sound &= agreements.iter().all(|agreement| agreement.value >= MIN_AGREEMENT);
    writeln!(out, "{}\n", table::agreement(&agreements, MIN_AGREEMENT, style))?;
    let disputes = set.disputes();
    for dispute in &disputes {
        writeln!(out, "{}", table::dispute(dispute))?;
    }
    if !disputes.is_empty() {
        let n = counted(disputes.len(), "article");
        writeln!(out, "{n} with labels that differ and that no adjudicator settled")?;
    }

    for group in set.near_duplicates() {
        is_sound = false;
        let ids: Vec<String> =
            group.iter().map(|&at| plain(&set.articles[at].article.id)).collect();
        writeln!(out, "near-duplicates: {}", listed(&ids))?;
    }
    Ok(is_sound)
}

/// Prints what a set is made of that was not written for this project.
fn found(set: &LabelledSet) -> anyhow::Result<ExitCode> {
    let mut out = io::stdout().lock();
    let n = set.articles.len();
    writeln!(out, "{n} articles have a label, {} of pool/ have none yet", set.n_waiting)?;
    for (camp, id) in set.camps.ids().into_iter().enumerate() {
        let count = |stance: Stance| {
            let has = set.articles.iter().filter(|one| one.stances[camp] == stance).count();
            format!("{stance} {has}")
        };
        writeln!(out, "{id}: {}", Stance::ALL.map(count).join(", "))?;
    }
    writeln!(out)?;
    let mut is_sound = annotators_agree(&mut out, set, terminal::table_style())?;
    is_sound &= passages::report(&mut out, set, terminal::table_style())?;
    writeln!(
        out,
        "{}",
        if is_sound {
            "All of it holds."
        } else {
            "Not all of it holds: see `no` and near-duplicates above."
        }
    )?;
    Ok(if is_sound { ExitCode::SUCCESS } else { ExitCode::from(NOT_SOUND) })
}
