//! Which models and versions made the records that a command reads.

use std::collections::BTreeMap;

use super::terminal;
use crate::record::ScoreRecord;
use crate::text::isolate::plain;

/// How many makers a warning lists.
const MAX_LISTED: usize = 5;

/// How many different makers are counted; a hostile file may name a new one in every line.
const MAX_COUNTED: usize = 1_000;

/// How many scored records each model and version made.
#[derive(Debug, Default)]
pub struct Makers {
    /// By the model and the version; older records name neither.
    counts: BTreeMap<(Option<String>, Option<String>), usize>,
}

impl Makers {
    /// Counts the maker of a record that has scores.
    pub fn add(&mut self, record: &ScoreRecord) {
        if record.scores.is_err() {
            return;
        }
        let maker = (record.model.as_deref(), record.version.as_deref());
        let known = self
            .counts
            .iter_mut()
            .find(|((model, version), _)| (model.as_deref(), version.as_deref()) == maker);
        if let Some((_, count)) = known {
            *count += 1;
        } else if self.counts.len() < MAX_COUNTED {
            let (model, version) = maker;
            self.counts.insert((model.map(str::to_owned), version.map(str::to_owned)), 1);
        }
    }

    /// Says on standard error where records were made by several models or versions: their numbers
    /// do not mean the same.
    pub fn warn_where_mixed(&self) {
        if self.counts.len() > 1 {
            terminal::tell(&format!(
                "warning: the records were made by {} different models or versions, whose \
                 scores are not comparable: {}; score all articles with one model",
                self.counts.len(),
                self.list()
            ));
        }
    }

    /// Says on standard error where records were made by another model than `signature`.
    pub fn warn_where_not_by(&self, signature: &str) {
        let others = self
            .counts
            .iter()
            .filter(|((model, _), _)| model.as_deref().is_some_and(|model| model != signature));
        let n_others: usize = others.map(|(_, count)| count).sum();
        if n_others > 0 {
            terminal::tell(&format!(
                "warning: {n_others} records were made by another model than {signature}, \
                 with which they are compared: {}; name theirs with --model",
                self.list()
            ));
        }
    }

    fn list(&self) -> String {
        let maker = |((model, version), count): (&(Option<String>, Option<String>), &usize)| {
            let name =
                |name: &Option<String>| name.as_deref().map_or("unnamed", |name| name).to_owned();
            plain(&format!("{} of mizan {} ({count})", name(model), name(version)))
        };
        let mut listed: Vec<String> = self.counts.iter().take(MAX_LISTED).map(maker).collect();
        if self.counts.len() > MAX_LISTED {
            listed.push(format!("and {} more", self.counts.len() - MAX_LISTED));
        }
        listed.join(", ")
    }
}
