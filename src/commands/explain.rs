//! `mizan explain`: shows why articles are scored as they are.

use std::ffi::OsStr;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::engine;
use crate::intake::{IntakeArticle, UnreadableArticle};
use crate::output::explanation::{ExplainedArticle, json, terminal as form};
use crate::output::html::explanation as page;
use crate::output::html::kind::PageKind;
use crate::output::table::Style;
use crate::record::ScoreRecord;
use crate::scoring::explanation::Explainer;
use anyhow::{Context, bail};

use super::exit_code::{CANNOT_GO_ON, SOME_FAILED};
use super::file::NewFile;
use super::input_args::IntakeArgs;
use super::model_file::ModelArgs;
use super::outputs::{Kind, Outputs};
use super::page_language::PageLanguage;
use super::picked::Picked;
use super::source::{Input, Wanted, inputs, none_found};
use super::{exit_code, hint, terminal};
use clap::ValueEnum;

/// Most articles of a page.
const MAX_OF_PAGE: usize = 1_000;

/// Options of `explain`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan explain article.txt                       the verdict, the text with what decides it marked,
                                                  and the numbers
  mizan explain --output why.html article.txt     the same as a web page in one file
  mizan explain --output why.html saved/          a page of many articles, with an index
  mizan explain --output why.html --lang ar a.txt the page in Arabic
  mizan explain --id n17 dump.jsonl               one article of a dump
  mizan explain --top 20 article.txt              more terms of each kind
  mizan explain --json saved/ | jq -c '.id, .answers'
                                                  everything, one JSON object an article; its
                                                  fields: mizan schema explain

Output:
  favours lna               the verdict toward each camp, by how many sentences it is decided, and
                            the probability of that stance
  the text                  what was scored, without boilerplate. A sentence that decides is green
                            and begins with +lna if it speaks for that camp, red with -lna if it
                            speaks against it; its words that weigh are underlined. Without
                            colours it stands in {+lna: …}, its words as [+word] or [-word]. Quoted
                            or attributed text is faint or ‹so›
  net favor                 what a term adds to the predicted stance, less what it adds to the
                            other stances on average
  favor, neutral, against   what it adds to each; with the intercept and all other terms each column
                            adds up to the sum, and the softmax of the sums is the probabilities
  read as                   what a word counts as: `praise → lna` is a word of praise that stands
                            nearest to that camp's name

See also: mizan score, mizan inspect

Exit codes:
  0  every article was explained
  1  some articles could not be explained; each has a message on standard error and an `error` in
     the output
  2  the run failed: wrong options, no such model, no input, no article of the ids")]
pub struct ExplainArgs {
    /// Files, or folders of them (.txt, .html, .jsonl, .csv, .tsv, each with .gz, .zst or neither);
    /// `-` or nothing for standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Output format [default: that of the ending of --output (.html, .json, .txt); else terminal
    /// on a terminal, json elsewhere]
    #[arg(short, long, value_enum)]
    pub format: Option<ExplainFormat>,

    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    pub json: bool,

    /// File to write to, instead of standard output; one that is there already is replaced if it
    /// holds explanations of the same form
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// How many terms to show for a stance, and against it; JSON has all
    #[arg(short, long, value_name = "COUNT", default_value_t = 8)]
    pub top: usize,

    /// Explain only the article with this id, as `mizan score` prints it; may be given more than
    /// once
    #[arg(long, value_name = "ID")]
    pub id: Vec<String>,

    /// Language of the page [default: en]
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    pub lang: Option<PageLanguage>,

    /// Which model
    #[command(flatten)]
    pub model: ModelArgs,

    /// How files are read
    #[command(flatten)]
    pub intake: IntakeArgs,
}

/// Output formats of an explanation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExplainFormat {
    /// Text for a terminal
    Terminal,
    /// A web page
    Html,
    /// One JSON object a line, with everything
    Json,
}

/// Explains every article, in order. A page is written at the end; other formats are written
/// article by article.
pub fn run(options: &ExplainArgs) -> anyhow::Result<ExitCode> {
    let paths =
        if options.paths.is_empty() { vec![PathBuf::from("-")] } else { options.paths.clone() };
    if options.paths.is_empty() && io::stdin().is_terminal() {
        bail!(
            "nothing to explain: name a file or a folder, or pipe an article in \
             (see `mizan explain --help`)"
        );
    }
    let outputs = Outputs::new(options.output.as_deref());
    options.model.model.as_deref().map_or(Ok(()), |model| outputs.refuse(model))?;
    let explainer = Explainer::new(options.model.load()?)?;
    let camps = explainer.camps();
    let format = format(options)?;
    let language = PageLanguage::of_page(options.lang, format == ExplainFormat::Html)?;
    let cannot = |path: &Path| format!("cannot write {}", path.display());
    let inputs = inputs(&paths, &outputs, Wanted::Articles)?;
    if let Some(path) = options.output.as_deref() {
        match format {
            ExplainFormat::Terminal => Kind::ExplanationText,
            ExplainFormat::Html => Kind::Page(PageKind::Explanation),
            ExplainFormat::Json => Kind::ExplanationJson,
        }
        .check(path)?;
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
    let named = |error: anyhow::Error| match &options.output {
        Some(path) => error.context(cannot(path)),
        None => error,
    };
    let style = match &options.output {
        Some(_) => Style { width: terminal::WIDTH, colour: false },
        None => terminal::table_style(),
    };

    let intake = options.intake.options();
    let (mut failed, mut n_explained, mut picked) = (false, 0, Picked::new(&options.id));
    let mut for_page = Vec::new();
    let sources = inputs.into_iter().map(Input::source);
    for read in engine::articles(sources, &intake) {
        if let Ok(read) = &read
            && !picked.takes(&read.article.id)
        {
            continue;
        }
        let shown = explained(&explainer, read);
        match &shown.record.scores {
            Ok(_) => n_explained += 1,
            Err(message) => {
                failed = true;
                terminal::complain_of_article(&shown.record.id, message);
            }
        }
        match format {
            ExplainFormat::Terminal => {
                let article = form::article(&shown, options.top, style);
                writeln!(out, "{article}").map_err(|error| named(error.into()))?;
            }
            ExplainFormat::Json => {
                json::write(&mut out, &shown).map_err(|error| named(error.into()))?;
            }
            ExplainFormat::Html if for_page.len() < MAX_OF_PAGE => for_page.push(shown),
            ExplainFormat::Html => {
                terminal::tell(&format!(
                    "the page has the first {MAX_OF_PAGE} articles, as many as a browser shows; \
                     for others pick them by --id, or write .json"
                ));
                failed = true;
                break;
            }
        }
    }
    let is_missing = picked.tell_missing();
    if is_missing && n_explained == 0 && !failed {
        return Ok(ExitCode::from(CANNOT_GO_ON));
    }
    failed |= is_missing;
    if n_explained == 0 && !failed {
        bail!("{}", none_found(&paths));
    }
    if format == ExplainFormat::Html {
        let page = page::explanations(camps, &for_page, options.top, language.words());
        out.write_all(page.as_bytes()).map_err(|error| named(error.into()))?;
    }
    out.flush().map_err(|error| named(error.into()))?;
    drop(out);
    if let Some((file, path)) = file.zip(options.output.as_deref()) {
        if n_explained == 0 {
            bail!("nothing could be shown: {} is left as it is", path.display());
        }
        file.keep().with_context(|| cannot(path))?;
    }
    Ok(if failed { ExitCode::from(SOME_FAILED) } else { ExitCode::SUCCESS })
}

/// The explanation of an article, or why there is none.
fn explained(
    explainer: &Explainer,
    read: Result<IntakeArticle, UnreadableArticle>,
) -> ExplainedArticle {
    let scorer = explainer.scorer();
    match read {
        Err(unreadable) => {
            exit_code::note(&unreadable.error);
            let record = ScoreRecord::from_unreadable(scorer, unreadable, hint::message).0;
            ExplainedArticle { record, explanation: None, has_title: false }
        }
        Ok(IntakeArticle { article, notes, .. }) => {
            let explanation = explainer.explain(&article);
            let verdict = explanation.as_ref().map(|explanation| explanation.verdict.clone());
            let verdict = verdict.map_err(Clone::clone);
            ExplainedArticle {
                has_title: article.title.as_ref().is_some_and(|title| !title.trim().is_empty()),
                record: ScoreRecord::from_verdict(scorer, article, &notes, verdict),
                explanation: explanation.ok(),
            }
        }
    }
}

/// The output format: the one that was asked for, or the one that fits where the output goes. An
/// ending that tells another one, or none, is refused: a page would be written over, and other
/// programs would open the file in vain.
fn format(options: &ExplainArgs) -> anyhow::Result<ExplainFormat> {
    let asked = if options.json { Some(ExplainFormat::Json) } else { options.format };
    let Some(path) = &options.output else {
        let to_terminal = io::stdout().is_terminal();
        let fitting = if to_terminal { ExplainFormat::Terminal } else { ExplainFormat::Json };
        return Ok(asked.unwrap_or(fitting));
    };
    let ending = path.extension().and_then(OsStr::to_str).map(str::to_ascii_lowercase);
    let told = match ending.as_deref() {
        Some("html" | "htm") => Some(ExplainFormat::Html),
        Some("json" | "jsonl") => Some(ExplainFormat::Json),
        Some("txt") => Some(ExplainFormat::Terminal),
        _ => None,
    };
    match (asked, told) {
        (Some(format), Some(told)) if format != told => bail!(
            "{}: its ending is that of another format than --format or --json says; name a file \
             with the ending of that format, or leave the option out",
            path.display()
        ),
        (Some(format), _) | (None, Some(format)) => Ok(format),
        (None, None) => bail!(
            "{}: its ending tells no format; use .html, .json or .txt, or say --format",
            path.display()
        ),
    }
}
