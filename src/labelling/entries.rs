//! The articles of a session.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::choice::Nearness;
use super::session::{Session, SessionError};
use super::store::Stamp;
use crate::article::Article;
use crate::engine::data_set::read_files;
use crate::features::SparseRow;
use crate::intake::boilerplate;
use crate::labels::LabelAggregation;
use crate::scoring::Verdict;

/// An article of the session.
#[derive(Debug)]
pub struct Entry {
    /// The article, cleaned of boilerplate.
    pub article: Article,
    /// Hash of what is shown of it.
    pub hash: String,
    /// Whether its file is gone.
    pub is_gone: bool,
    pub(super) verdict: OnceLock<Option<Verdict>>,
    pub(super) row: OnceLock<SparseRow>,
    pub(super) file: String,
    pub(super) stamp: Stamp,
}

impl Session {
    /// Reads the articles. One that is there already keeps its number.
    pub(super) fn load_articles(&mut self) -> Result<(), SessionError> {
        let files = read_files(&*self.store, LabelAggregation::Majority)?;
        let inside: BTreeMap<String, String> = ["articles", "pool", "families"]
            .iter()
            .flat_map(|folder| self.store.list(folder, &|_| true))
            .map(|name| (self.store.full_name(&name), name))
            .collect();
        let (found, problems) = files.filed_articles();
        self.article_problems = problems.iter().map(ToString::to_string).collect();
        for entry in &mut self.articles {
            entry.is_gone = true;
        }
        for one in found {
            let mut article = one.article;
            boilerplate::clean(&mut article);
            let file = inside.get(&one.file.name).cloned().unwrap_or_default();
            let stamp = self.store.stamp(&file);
            let hash = hash(&article);
            match self.numbers.get(&article.id) {
                Some(&number) if self.articles[number].hash == hash => {
                    let entry = &mut self.articles[number];
                    (entry.is_gone, entry.file, entry.stamp) = (false, file, stamp);
                }
                known => {
                    let number = known.copied();
                    let id = article.id.clone();
                    let entry = Entry {
                        article,
                        hash,
                        is_gone: false,
                        verdict: OnceLock::new(),
                        row: OnceLock::new(),
                        file,
                        stamp,
                    };
                    if let Some(number) = number {
                        self.articles[number] = entry;
                    } else {
                        self.numbers.insert(id, self.articles.len());
                        self.articles.push(entry);
                    }
                    self.nearness = Nearness::default();
                }
            }
        }
        Ok(())
    }
}

/// Hash of what an annotator sees of an article.
fn hash(article: &Article) -> String {
    blake3::hash(article.full_text().as_bytes()).to_hex()[..16].to_owned()
}
