//! The fields of a file that no part of an article is from, though a part is missing.

use std::fmt;

use serde_json::{Map, Value};

use super::names::{at_path, may_be_of_title};
use super::{Fields, GuessedField};
use crate::article::quoted::quoted;
use crate::text::listed::listed;

/// Most names that are told.
const MAX_TOLD: usize = 8;

/// What there is to tell of the fields of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::intake) struct FieldNotes {
    /// The fields that were guessed.
    pub(in crate::intake) guessed: Vec<GuessedField>,
    /// Named fields that are not there.
    pub(in crate::intake) absent: Vec<String>,
    /// What is not used, where a part is missing.
    pub(in crate::intake) unused: Option<UnusedFields>,
}

impl FieldNotes {
    /// Looks at a further record, which may have the parts that are missing in the first one.
    pub(in crate::intake) fn look(&mut self, object: &Map<String, Value>) {
        let Some(unused) = &mut self.unused else { return };
        let mut fields = Fields::new();
        let guessed = fields.guess_by_value(object);
        let is_filled = |name: &str| {
            let value = at_path(object, name);
            value.is_some_and(|value| !value.is_null() && *value != "")
        };
        let is_there =
            |part: &str| guessed.iter().any(|guess| guess.field == part && is_filled(&guess.name));
        unused.missing.retain(|part| !is_there(part));
        unused.names.retain(|name| !guessed.iter().any(|guess| guess.name == *name));
        if unused.missing.is_empty() || unused.names.is_empty() {
            self.unused = None;
        }
    }
}

/// The outlet, date or headline that was not found, and the fields that are not used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnusedFields {
    /// What is missing: `outlet`, `date`; `title` only where an unused field may be one.
    pub missing: Vec<&'static str>,
    /// The names of the fields.
    pub names: Vec<String>,
}

impl UnusedFields {
    /// What a file with the fields `present` leaves unused; `None` if nothing is missing.
    pub(in crate::intake) fn new<'p>(
        fields: &Fields,
        present: impl IntoIterator<Item = &'p String>,
    ) -> Option<Self> {
        // Without a text, all of its fields are told anyway.
        fields.text.as_ref()?;
        let missing = [("outlet", &fields.outlet), ("date", &fields.date)];
        let mut missing: Vec<&str> =
            missing.iter().filter(|(_, name)| name.is_none()).map(|(part, _)| *part).collect();
        let taken = fields.named();
        let is_used = |name: &String| {
            taken
                .iter()
                .any(|used| used == name || used.split_once('.').is_some_and(|it| it.0 == name))
        };
        let names: Vec<String> = present
            .into_iter()
            .filter(|name| !name.trim().is_empty() && !is_used(name))
            .cloned()
            .collect();
        if fields.title.is_none() && names.iter().any(|name| may_be_of_title(name)) {
            missing.insert(0, "title");
        }
        (!missing.is_empty() && !names.is_empty()).then_some(Self { missing, names })
    }
}

impl fmt::Display for UnusedFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = |of: fn(&str) -> String| {
            let parts: Vec<String> = self.missing.iter().map(|part| of(part)).collect();
            parts.join(", ")
        };
        let mut names: Vec<String> =
            self.names.iter().take(MAX_TOLD).map(|name| quoted(name)).collect();
        if self.names.len() > MAX_TOLD {
            names.push(format!("and {} more", self.names.len() - MAX_TOLD));
        }
        let (missing, options) =
            (all(|part| format!("no {part}")), all(|part| format!("--{part}-field")));
        let verb = if self.missing.len() == 1 { "names it" } else { "name them" };
        write!(f, "{missing} found; unused: {} ({options} {verb})", listed(&names))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_and_what_is_unused_is_told_in_one_line() {
        let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
        let told = |fields: &Fields, present: &[&str]| {
            UnusedFields::new(fields, &names(present)).map(|unused| unused.to_string())
        };
        let fields = Fields::new().with_text("a").with_id("b.c");
        assert_eq!(
            told(&fields, &["a", "b", "x", "", "y"]).as_deref(),
            Some(
                "no outlet, no date found; unused: \"x\", \"y\" (--outlet-field, --date-field \
                 name them)"
            )
        );
        let fields = fields.with_outlet("x");
        assert_eq!(
            told(&fields, &["a", "x", "y"]).as_deref(),
            Some("no date found; unused: \"y\" (--date-field names it)")
        );
        assert_eq!(told(&fields, &["a", "b", "x"]), None);
        assert_eq!(told(&fields.clone().with_date("y"), &["a", "x", "y", "z"]), None);
        let fields = fields.with_date("y");
        for name in ["page title", "Headlines EN", "عنوان البرقية", "Titre du sujet"] {
            assert_eq!(
                told(&fields, &["a", "x", "y", "z", name]).unwrap(),
                format!("no title found; unused: \"z\", \"{name}\" (--title-field names it)")
            );
            let fields = fields.clone().with_title("z");
            assert_eq!(told(&fields, &["a", "x", "y", "z", name]), None);
        }
        for name in ["subtitle", "العنوان الفرعي"] {
            assert_eq!(told(&fields, &["a", "x", "y", "z", name]), None);
        }
        let fields = Fields::new().with_text("a");
        let many: Vec<String> = (0..30).map(|number| number.to_string()).collect();
        let many = UnusedFields::new(&fields, &many).unwrap().to_string();
        assert!(many.contains("and 22 more") && many.len() < 200, "{many}");
    }
}
