//! Warnings about the models and versions that made the records that a command reads.

use super::terminal;
use crate::outlets::makers::{CountedMaker, Makers};
use crate::text::isolate::plain;

/// How many makers a warning lists.
const MAX_LISTED: usize = 5;

/// Says on standard error where records were made by several models or versions: their numbers do
/// not mean the same.
pub fn warn_where_mixed(makers: &Makers) {
    let n_makers = makers.all().len();
    if n_makers > 1 {
        terminal::tell(&format!(
            "warning: the records were made by {n_makers} different models or versions, whose \
             scores are not comparable: {}; score all articles with one model",
            list(makers)
        ));
    }
}

/// Says on standard error where records were made by another model than `signature`.
pub fn warn_where_not_by(makers: &Makers, signature: &str) {
    let others =
        makers.all().filter(|maker| maker.model.as_ref().is_some_and(|model| model != signature));
    let n_others: u64 = others.map(|maker| maker.articles).sum();
    if n_others > 0 {
        terminal::tell(&format!(
            "warning: {n_others} records were made by another model than {signature}, \
             with which they are compared: {}; name theirs with --model",
            list(makers)
        ));
    }
}

fn list(makers: &Makers) -> String {
    let shown = |CountedMaker { model, version, articles }| {
        let name = |name: Option<String>| name.unwrap_or_else(|| "unnamed".to_owned());
        plain(&format!("{} of mizan {} ({articles})", name(model), name(version)))
    };
    let mut listed: Vec<String> = makers.all().take(MAX_LISTED).map(shown).collect();
    let n_more = makers.all().len().saturating_sub(MAX_LISTED);
    if n_more > 0 {
        listed.push(format!("and {n_more} more"));
    }
    listed.join(", ")
}
