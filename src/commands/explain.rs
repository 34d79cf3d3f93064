//! `mizan explain`: why articles are scored as they are.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::engine::articles;
use crate::intake::{Saved, Unreadable};
use crate::output::explanation::{Explained, json, terminal as form};
use crate::output::html::explanation as page;
use crate::output::table::Style;
use crate::scoring::explanation::Explainer;
use anyhow::{Context, bail};

use super::exit_code::SOME_FAILED;
use super::file::NewFile;
use super::input_args::IntakeArgs;
use super::source::{Input, inputs};
use super::{model, terminal};
use clap::ValueEnum;

/// Options of `explain`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan explain article.txt                       what moved the verdict, and the text with the words that did
  mizan explain --output why.html article.txt     the same as a page: one file, to open, send or print
  mizan explain --top 20 article.txt              more terms of each kind
  mizan explain saved/ | jq -c '.id, .answers'    everything, one JSON object an article

What comes out, per camp:
  net favor                 what the words added to the stance given, less what they added to the other stances on average
  favor, neutral, against   what they added to each; with the intercept and all others the columns add up to the sum,
                            whose softmax are the probabilities
  read as                   what they count as: `praise → lna` is a word of praise that stands nearest to that camp's name
The text is what was weighed, without leftovers of the page. For the stance given, a word is green or [+word]; against it, red
and underlined or [-word]. What is quoted or told as somebody else's is faint or ‹so›.

Exit codes:
  0  every article was explained
  1  some could not be; each has its message on standard error and an `error` in the output
  2  nothing could go on: wrong options, no such model, no input")]
pub struct ExplainArgs {
    /// Files, or folders of them (.txt, .html, .jsonl, .csv, .tsv, each with .gz, .zst or neither);
    /// `-` or nothing for standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Form of the output [default: terminal on a terminal, html for an output file *.html, json
    /// elsewhere]
    #[arg(short, long, value_enum)]
    pub format: Option<ExplainFormat>,

    /// File to write to, instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Most terms that are shown for a stance, and most against it; JSON has all
    #[arg(short, long, value_name = "COUNT", default_value_t = 8)]
    pub top: usize,

    /// Model file to use instead of the one inside the program
    #[arg(short, long, value_name = "FILE")]
    pub model: Option<PathBuf>,

    /// How files are read
    #[command(flatten)]
    pub intake: IntakeArgs,
}

/// Forms of an explanation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExplainFormat {
    /// For reading at a terminal
    Terminal,
    /// A page for a browser
    Html,
    /// One JSON object a line, with everything
    Json,
}

/// Explains every article, in order. A page is written at the end, when all are known; else each
/// article at once.
pub fn run(options: &ExplainArgs) -> anyhow::Result<ExitCode> {
    let paths =
        if options.paths.is_empty() { vec![PathBuf::from("-")] } else { options.paths.clone() };
    if options.paths.is_empty() && io::stdin().is_terminal() {
        bail!(
            "nothing to explain: name a file or a folder, or pipe an article in (see `mizan explain --help`)"
        );
    }
    let explainer = Explainer::new(model::load(options.model.as_deref())?)?;
    let camps = explainer.camps();
    let format = format(options);
    let cannot = |path: &Path| format!("cannot write {}", path.display());
    let inputs = inputs(&paths);
    if let Some(path) =
        options.output.as_deref().filter(|path| inputs.iter().any(|input| input.is(path)))
    {
        bail!("{}: it is one of the articles: name another --output", cannot(path));
    }
    let mut file = options
        .output
        .as_deref()
        .map(|path| NewFile::beside(path).with_context(|| cannot(path)))
        .transpose()?;
    let mut out: Box<dyn Write + '_> = match &mut file {
        Some(file) => Box::new(BufWriter::new(file)),
        None => Box::new(BufWriter::new(io::stdout().lock())),
    };
    let style = match &options.output {
        Some(_) => Style { width: terminal::WIDTH, colour: false },
        None => terminal::table_style(),
    };

    let intake = options.intake.options();
    let (mut failed, mut n_explained) = (false, 0);
    let mut for_page = Vec::new();
    let sources = inputs.into_iter().map(Input::source);
    for saved in articles(sources, &intake) {
        let explained = match saved {
            Err(Unreadable { place, error, .. }) => Explained::failed(place, error.to_string()),
            Ok(Saved { article, reading, .. }) => {
                let explanation = explainer.explain(&article).map_err(|error| error.to_string());
                Explained {
                    id: article.id,
                    outlet: article.outlet,
                    date: article.date,
                    event: article.event,
                    reading: Some(reading),
                    explanation,
                }
            }
        };
        match &explained.explanation {
            Ok(_) => n_explained += 1,
            Err(message) => {
                failed = true;
                terminal::complain(&explained.id, message);
            }
        }
        match format {
            ExplainFormat::Terminal => {
                writeln!(out, "{}", form::article(camps, &explained, options.top, style))?
            }
            ExplainFormat::Json => json::write(&mut out, camps, &explained)?,
            ExplainFormat::Html => for_page.push(explained),
        }
    }
    if format == ExplainFormat::Html {
        out.write_all(page::explanations(camps, &for_page, options.top).as_bytes())?;
    }
    out.flush()?;
    drop(out);
    if let Some((file, path)) = file.zip(options.output.as_deref()) {
        if n_explained == 0 {
            bail!("nothing could be explained: {} is left as it is", path.display());
        }
        file.keep().with_context(|| cannot(path))?;
    }
    Ok(if failed { ExitCode::from(SOME_FAILED) } else { ExitCode::SUCCESS })
}

/// The form that is asked for, or that fits where the output goes.
fn format(options: &ExplainArgs) -> ExplainFormat {
    let extension = options
        .output
        .as_ref()
        .and_then(|path| path.extension())
        .and_then(|extension| extension.to_str());
    match (options.format, &options.output, extension) {
        (Some(format), ..) => format,
        (None, Some(_), Some("html" | "htm")) => ExplainFormat::Html,
        (None, None, _) if io::stdout().is_terminal() => ExplainFormat::Terminal,
        _ => ExplainFormat::Json,
    }
}
