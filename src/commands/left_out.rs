//! Rows of a labelled table that are left out: told by reason, and counted.

use std::collections::BTreeMap;

use super::terminal;
use crate::article::quoted::quoted;
use crate::engine::{Diagnostic, row};
use crate::scoring::counted;
use crate::text::isolate::plain;
use crate::text::listed::listed;

/// Most reasons that are told.
const MAX_REASONS: usize = 20;

/// Most rows that are named for one reason.
const MAX_NAMED: usize = 5;

/// The rows that are left out, by reason.
#[derive(Debug, Default)]
pub struct LeftOut {
    by_reason: BTreeMap<String, Rows>,
    n_rows: usize,
}

#[derive(Debug, Default)]
struct Rows {
    /// The first of them.
    named: Vec<String>,
    n: usize,
}

impl LeftOut {
    /// Notes a row that is left out; tells anything else at once.
    pub fn note(&mut self, diagnostic: &Diagnostic) {
        let (name, reason) = match diagnostic {
            Diagnostic::LabelLeftOut { id, place, reason } => (row(id, place), reason.clone()),
            Diagnostic::LabelMissing { id, place, field } => {
                (row(id, place), format!("no label in field {}", quoted(field)))
            }
            Diagnostic::SeveralLabels { id, place, labels } => {
                (row(id, place), format!("several labels ({})", listed(labels)))
            }
            // It is called by its place.
            Diagnostic::ArticleFailed { id, message } => (id.clone(), message.clone()),
            other => return terminal::report(other),
        };
        self.n_rows += 1;
        let rows = self.by_reason.entry(reason).or_default();
        rows.n += 1;
        if rows.named.len() < MAX_NAMED {
            rows.named.push(plain(&name));
        }
    }

    /// How many rows were left out.
    pub fn n_rows(&self) -> usize {
        self.n_rows
    }

    /// Whether no row was left out.
    pub fn is_empty(&self) -> bool {
        self.n_rows == 0
    }

    /// Tells why rows were left out, and how many are left.
    pub fn tell(&self, n_articles: usize) {
        if self.is_empty() {
            return;
        }
        for (reason, Rows { named, n }) in self.by_reason.iter().take(MAX_REASONS) {
            let more = if *n > named.len() { " …" } else { "" };
            terminal::tell(&plain(&format!(
                "{} left out ({}{more}): {reason}",
                counted(*n, "row"),
                named.join(", ")
            )));
        }
        let more = self.by_reason.len().saturating_sub(MAX_REASONS);
        if more > 0 {
            terminal::tell(&format!("… and {} more", counted(more, "reason")));
        }
        terminal::tell(&format!(
            "{} left out in all; {} with labels",
            counted(self.n_rows, "row"),
            counted(n_articles, "article")
        ));
    }
}
