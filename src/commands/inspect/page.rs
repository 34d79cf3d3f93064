//! `mizan inspect --output`: a page that shows how articles are read.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, anyhow, bail};

use super::InspectArgs;
use crate::commands::exit_code::SOME_FAILED;
use crate::commands::file::NewFile;
use crate::commands::model_file::ModelArgs;
use crate::commands::outputs::{Kind, Outputs};
use crate::commands::source::{Input, Wanted, inputs};
use crate::commands::{hint, terminal};
use crate::engine::articles;
use crate::output::html::kind::PageKind;
use crate::output::html::reading::{ReadArticle, readings};

/// Writes the page of all articles to `path`, whole or not at all.
pub(super) fn run(options: &InspectArgs, path: &Path) -> anyhow::Result<ExitCode> {
    let cannot = || format!("cannot write {}", path.display());
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    if !["html", "htm"].contains(&ending.to_lowercase().as_str()) {
        bail!(
            "{}: --output writes a web page, so name a file that ends in .html; for text use \
             --reading, for JSON use --json",
            cannot()
        );
    }
    let inputs = inputs(&options.paths, &Outputs::new([path]), Wanted::Articles)?;
    Kind::Page(PageKind::Reading).check(path)?;
    let model = ModelArgs::default().load()?;
    let camps = model.camps().ok_or_else(|| anyhow!("the model knows no camps"))?;
    let reader = model.reader();
    let mut file = NewFile::beside(path).with_context(cannot)?;
    let intake = options.intake.options();
    let (mut failed, mut shown) = (0, Vec::new());
    for saved in articles(inputs.into_iter().map(Input::source), &intake) {
        shown.push(match saved {
            Ok(saved) => {
                let article = saved.article;
                ReadArticle {
                    has_title: article.title.as_ref().is_some_and(|title| !title.trim().is_empty()),
                    read: Ok(reader.read_article(&article)),
                    source: article.outlet.into_iter().chain(article.date).collect(),
                    id: article.id,
                }
            }
            Err(unreadable) => {
                failed += 1;
                terminal::report_unreadable(&unreadable);
                ReadArticle {
                    has_title: false,
                    read: Err(hint::message(&unreadable.error)),
                    source: Vec::new(),
                    id: unreadable.place,
                }
            }
        });
    }
    if failed == shown.len() {
        bail!("nothing could be shown: {} is left as it is", path.display());
    }
    file.write_all(readings(camps, &shown).as_bytes()).with_context(cannot)?;
    file.keep().with_context(cannot)?;
    Ok(if failed > 0 { ExitCode::from(SOME_FAILED) } else { ExitCode::SUCCESS })
}
