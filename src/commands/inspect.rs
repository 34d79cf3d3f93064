//! `mizan inspect`: shows how articles are read.

mod page;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::process::ExitCode;

use crate::engine::articles;
use crate::features::{BlockSettings, in_words};
use crate::intake::IntakeArticle;
use crate::output::maker::with_maker;
use crate::output::reading::{self, terminal as form};
use crate::output::table::{self, Removed};
use crate::record::json;
use crate::text::isolate::{isolated, plain};
use crate::text::{AnalyzedText, TextReader, TokenKind};

use super::exit_code::SOME_FAILED;
use super::input_args::IntakeArgs;
use super::model_file::ModelArgs;
use super::outputs::Outputs;
use super::source::{Wanted, sources};
use super::terminal;
use std::path::PathBuf;

/// Options of `inspect`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan inspect page.html                  what is found in the page, and what is removed
  mizan inspect --text article.txt         the same, and the text that is scored
  mizan inspect --reading article.txt      whose voice each sentence is, who is meant, what frames
                                           whom
  mizan inspect --output reading.html a/   the same as a web page in one file, with the text marked
  mizan inspect --json dump.jsonl          the same, one JSON object an article
  mizan inspect --summary dump.jsonl.gz    how much is removed from the articles of each outlet

Reading:
  own, frame, reported, aim   whose voice: the newsroom's; its words that name a speaker and the
                              saying; what somebody else says; a purpose that an actor declares
  who                         which camp is meant, who helps it (lna-ally), or a third party (un,
                              state, jihadist, gang, civilian, neither), and how that was found
  framing                     words that praise or blame, or serve one side without either; their
                              target, and its role: it is called so (epithet), does it (agent), is
                              fought (opponent)
  In JSON, places are bytes of `text`; what no zone is listed for is the own voice.

See also: mizan score, mizan explain

Exit codes:
  0  every article was read
  1  some articles could not be read; each has a message on standard error
  2  the run failed")]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct InspectArgs {
    /// Files or folders
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,

    /// Also show the text that is kept
    #[arg(short, long, conflicts_with = "summary")]
    pub text: bool,

    /// Show how each sentence is read: whose voice, who is meant, what frames whom
    #[arg(short, long, conflicts_with = "summary")]
    pub reading: bool,

    /// Print how each article is read as one JSON object a line
    #[arg(long, conflicts_with_all = ["summary", "text", "reading"])]
    pub json: bool,

    /// Write how each article is read as a web page to this file (.html)
    #[arg(
        short, long, value_name = "FILE",
        conflicts_with_all = ["summary", "text", "reading", "json"]
    )]
    pub output: Option<PathBuf>,

    /// Show only how much is removed, by outlet and rule
    #[arg(short, long)]
    pub summary: bool,

    /// How files are read
    #[command(flatten)]
    pub intake: IntakeArgs,
}

/// How many terms of each block are shown.
const TERMS_SHOWN: usize = 12;

/// Shows how every source was read.
pub fn run(options: &InspectArgs) -> anyhow::Result<ExitCode> {
    if let Some(path) = &options.output {
        return page::run(options, path);
    }
    let model = ModelArgs::default().load()?;
    let (reader, signature) = (model.reader(), model.signature());
    let of_sentences = model.extractor().sentences().map(|classifier| classifier.extractor());
    let extractors = [Some(model.extractor()), of_sentences].into_iter().flatten();
    let blocks: Vec<BlockSettings> = extractors
        .flat_map(|extractor| extractor.blocks().iter().map(|(settings, _)| settings.clone()))
        .collect();
    let mut out = io::stdout().lock();
    let intake_options = options.intake.options();
    let mut failed = false;
    let mut summary = Summary::default();
    for saved in
        articles(sources(&options.paths, &Outputs::new([]), Wanted::Articles)?, &intake_options)
    {
        match saved {
            Ok(saved) if options.summary => summary.add(&saved),
            Ok(saved) if options.json => {
                let read = reader.read_article(&saved.article);
                let object = reading::json(&saved.article.id, &read);
                json::line(&mut out, &with_maker(object, Some(&signature)))?;
            }
            Ok(saved) => {
                show(&mut out, &saved, &reader, &blocks, options)?;
            }
            Err(unreadable) => {
                failed = true;
                terminal::report_unreadable(&unreadable);
            }
        }
    }
    if options.summary {
        writeln!(out, "{}", table::removals(&summary.rows(), terminal::table_style()))?;
    }
    Ok(if failed { ExitCode::from(SOME_FAILED) } else { ExitCode::SUCCESS })
}

fn show(
    out: &mut impl Write,
    saved: &IntakeArticle,
    reader: &TextReader,
    blocks: &[BlockSettings],
    options: &InspectArgs,
) -> io::Result<()> {
    let IntakeArticle { article, notes: reading, .. } = saved;
    let read = reader.read_article(article);
    let count = |kind| read.tokens.iter().filter(|token| token.kind == kind).count();
    writeln!(out, "article   {}", plain(&article.id))?;
    for (name, value) in
        [("title", &article.title), ("outlet", &article.outlet), ("date", &article.date)]
    {
        if let Some(value) = value {
            writeln!(out, "{name:<9} {}", plain(value))?;
        }
    }
    writeln!(
        out,
        "read as   {}, {}, {} bytes replaced",
        reading.format, reading.encoding, reading.replaced
    )?;
    writeln!(
        out,
        "words     {} Arabic, {} other, {} numbers",
        count(TokenKind::Arabic),
        count(TokenKind::Latin),
        count(TokenKind::Number)
    )?;
    let own = read.findings.voices.own.iter().filter(|own| **own).count();
    writeln!(
        out,
        "own voice {own} of {} words in {} sentences; the others are somebody else's words",
        read.tokens.len(),
        read.findings.voices.sentences.len()
    )?;
    writeln!(out, "parties   {}", parties(&read, options.reading))?;
    // Who wants the reading is not helped by its features.
    for settings in blocks.iter().filter(|_| !options.reading) {
        let mut terms: BTreeMap<String, usize> = BTreeMap::new();
        for (_, term) in settings.block.terms(&read) {
            *terms.entry(in_words(settings.block, &term, &read.camps)).or_default() += 1;
        }
        let n = terms.len();
        let mut terms: Vec<(String, usize)> = terms.into_iter().collect();
        terms.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let shown: Vec<String> = terms
            .iter()
            .take(TERMS_SHOWN)
            .map(|(term, count)| format!("{} ×{count}", isolated(term)))
            .collect();
        writeln!(
            out,
            "{:<9} {n} terms: {}{}",
            settings.block.name(),
            shown.join(", "),
            if n > TERMS_SHOWN { " …" } else { "" }
        )?;
    }
    writeln!(
        out,
        "removed   {}",
        if reading.removals.is_empty() {
            "nothing".to_owned()
        } else {
            format!("{} pieces", reading.removals.len())
        }
    )?;
    for removal in &reading.removals {
        let place =
            if removal.line == 0 { "title".to_owned() } else { format!("line {}", removal.line) };
        writeln!(
            out,
            "  {place:<9} {} ({}): {}",
            removal.reason,
            removal.rule,
            plain(&removal.text)
        )?;
    }
    if options.reading {
        writeln!(out, "reading\n\n{}", form::text(&read, terminal::table_style()))?;
    }
    if options.text {
        writeln!(out, "kept\n")?;
        for line in article.full_text().lines() {
            writeln!(out, "{}", plain(line))?;
        }
    }
    writeln!(out)
}

/// How often parties are mentioned; by their words, too, unless those are shown anyway.
fn parties(read: &AnalyzedText, by_name: bool) -> String {
    let mut named: BTreeMap<String, usize> = BTreeMap::new();
    for mention in &read.findings.mentions {
        let mut name = mention.party.name(&read.camps);
        if !by_name {
            name = format!("{name} {}", isolated(&read.words(&mention.tokens)));
        }
        *named.entry(name).or_default() += 1;
    }
    let named: Vec<String> =
        named.into_iter().map(|(name, count)| format!("{name} ×{count}")).collect();
    if named.is_empty() { "none".to_owned() } else { named.join(", ") }
}

/// How much was removed, by outlet.
#[derive(Default)]
struct Summary {
    outlets: BTreeMap<String, (Removed, BTreeMap<&'static str, usize>)>,
}

impl Summary {
    fn add(&mut self, saved: &IntakeArticle) {
        let outlet = saved.article.outlet.clone().unwrap_or_else(|| "(not named)".to_owned());
        let (removed, rules) = self.outlets.entry(outlet).or_default();
        let characters = |text: &str| text.chars().count();
        let taken: usize =
            saved.notes.removals.iter().map(|removal| characters(&removal.text)).sum();
        removed.articles += 1;
        removed.touched += usize::from(!saved.notes.removals.is_empty());
        removed.characters += characters(&saved.article.full_text()) + taken;
        removed.taken += taken;
        for removal in &saved.notes.removals {
            *rules.entry(removal.rule).or_default() += 1;
        }
    }

    fn rows(self) -> Vec<Removed> {
        let row = |(outlet, (removed, rules)): (String, (Removed, BTreeMap<&str, usize>))| {
            let rules: Vec<String> =
                rules.into_iter().map(|(rule, count)| format!("{rule} {count}")).collect();
            Removed { outlet, rules: rules.join(", "), ..removed }
        };
        self.outlets.into_iter().map(row).collect()
    }
}
