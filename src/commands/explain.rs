//! `mizan explain`: why articles are scored as they are.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use mizan::explanation::Explainer;
use mizan::intake::{Saved, Unreadable};
use mizan::output::explanation::{Explained, json, terminal as form};
use mizan::output::html::explanation as page;
use mizan::output::table::Style;

use super::file::NewFile;
use super::source::sources;
use super::{model, terminal};
use crate::cli::{Explain, ExplainFormat, SOME_FAILED};

/// Explains every article, in order. A page is written at the end, when all are known; else each article at once.
pub fn run(options: &Explain) -> anyhow::Result<ExitCode> {
    let paths = if options.paths.is_empty() { vec![PathBuf::from("-")] } else { options.paths.clone() };
    if options.paths.is_empty() && io::stdin().is_terminal() {
        bail!("nothing to explain: name a file or a folder, or pipe an article in (see `mizan explain --help`)");
    }
    let explainer = Explainer::new(model::load(options.model.as_deref())?)?;
    let camps = explainer.camps();
    let format = format(options);
    let cannot = |path: &Path| format!("cannot write {}", path.display());
    let sources = sources(&paths);
    if let Some(path) = options.output.as_deref().filter(|path| sources.iter().any(|source| source.is(path))) {
        bail!("{}: it is one of the articles: name another --output", cannot(path));
    }
    let mut file = options.output.as_deref().map(|path| NewFile::beside(path).with_context(|| cannot(path))).transpose()?;
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
    for source in sources {
        let articles: Box<dyn Iterator<Item = Explained>> = match source.articles(&intake) {
            Err(message) => Box::new(std::iter::once(Explained::failed(source.name(), message))),
            Ok(articles) => Box::new(articles.map(|saved| match saved {
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
            })),
        };
        for explained in articles {
            match &explained.explanation {
                Ok(_) => n_explained += 1,
                Err(message) => failed |= terminal::complain(&explained.id, message),
            }
            match format {
                ExplainFormat::Terminal => writeln!(out, "{}", form::article(camps, &explained, options.top, style))?,
                ExplainFormat::Json => json::write(&mut out, camps, &explained)?,
                ExplainFormat::Html => for_page.push(explained),
            }
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
fn format(options: &Explain) -> ExplainFormat {
    let extension = options.output.as_ref().and_then(|path| path.extension()).and_then(|extension| extension.to_str());
    match (options.format, &options.output, extension) {
        (Some(format), ..) => format,
        (None, Some(_), Some("html" | "htm")) => ExplainFormat::Html,
        (None, None, _) if io::stdout().is_terminal() => ExplainFormat::Terminal,
        _ => ExplainFormat::Json,
    }
}
