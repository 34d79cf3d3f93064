//! `mizan demo`: a folder of invented articles to try every command on.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use maud::{DOCTYPE, Markup, html};

use super::{file, shipped};
use crate::article::Article;
use crate::text::isolate::visible;

/// The articles: by the site that shows them, their ids in the labelled set. The sites are made
/// for this folder. Each has articles of one kind of framing, so that a report of it has something
/// to show; the profiles of newsrooms in the set have no camp.
const SITES: [(&str, [&str; 5]); 3] = [
    (
        "alif.example",
        [
            "oil-crescent-2016-6",
            "airport-2014-6",
            "memorandum-2019-6",
            "oil-crescent-2017-d10",
            "hor-vote-2016-3",
        ],
    ),
    (
        "ba.example",
        [
            "watiya-2020-6",
            "tripoli-2019-7",
            "oil-crescent-2017-1",
            "gharyan-2019-1",
            "tripoli-2019-4",
        ],
    ),
    (
        "jim.example",
        [
            "benghazi-2017-1",
            "ports-2018-a1",
            "gharyan-2019-3",
            "libya-health-8",
            "skhirat-end-2017-3",
        ],
    ),
];

/// What each page says of itself.
const INVENTED: &str = "نص مُتخيَّل كُتب لمشروع ميزان، والموقع لا وجود له";

/// Options of `demo`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan demo                    writes the folder mizan-demo and says what to do with it
  mizan demo /tmp/try           another folder

See also: mizan score, mizan explain, mizan report")]
pub struct DemoArgs {
    /// Folder to write
    #[arg(value_name = "DIR", default_value = "mizan-demo")]
    pub folder: PathBuf,
}

/// Writes the folder. One that is there already must be as it was written.
pub fn run(options: &DemoArgs) -> anyhow::Result<ExitCode> {
    let folder = &options.folder;
    let pages = pages(folder)?;
    if fs::symlink_metadata(folder).is_err() {
        for (path, page) in &pages {
            write(path, page.as_bytes())?;
        }
    } else if !pages.iter().all(|(path, page)| is_there(path, page)) {
        bail!("{} is there already, and no demo; name another folder", folder.display());
    }
    io::stdout().lock().write_all(told(folder, pages.len()).as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// The pages of the folder, by their paths.
fn pages(folder: &Path) -> anyhow::Result<Vec<(PathBuf, String)>> {
    let set = shipped::read()?;
    let mut pages = Vec::new();
    for (site, ids) in SITES {
        for id in ids {
            let labelled = set.articles.iter().find(|labelled| labelled.article.id == id);
            let article = &labelled.with_context(|| format!("no article {id}"))?.article;
            let path = folder.join(site).join(format!("{id}.html"));
            pages.push((path, page(site, article).into_string()));
        }
    }
    Ok(pages)
}

/// Whether a file has this content.
fn is_there(path: &Path, content: &str) -> bool {
    file::read(path, content.len() as u64).is_ok_and(|found| found == content.as_bytes())
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    file::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

/// What to do with the folder.
fn told(folder: &Path, n_articles: usize) -> String {
    let folder = visible(&folder.display().to_string());
    format!(
        "\
{folder} has {n_articles} articles of three sites. They are invented, and the model was trained on
them: they show how mizan is used, not how good it is.

  mizan score {folder}
  mizan explain {folder}/alif.example/oil-crescent-2016-6.html -o why.html
  mizan score {folder} -o scores.jsonl && mizan report scores.jsonl -o report.html
"
    )
}

/// An article as a site would show it.
fn page(site: &str, article: &Article) -> Markup {
    let title = article.title.as_deref().unwrap_or(&article.id);
    html! {
        (DOCTYPE)
        html lang="ar" dir="rtl" {
            head {
                meta charset="utf-8";
                title { (title) }
                meta property="og:site_name" content=(site);
                @if let Some(date) = &article.date {
                    meta property="article:published_time" content=(date);
                }
                meta name="description" content=(INVENTED);
            }
            body {
                article {
                    h1 { (title) }
                    @for paragraph in article.text.split("\n\n") {
                        p { (paragraph) }
                    }
                }
                footer { (INVENTED) }
            }
        }
    }
}
