//! The field of the text that the command line names, and how many sources have it.

use crate::article::quoted::quoted;

/// The sources with records that were read, by whether they have the named field.
#[derive(Debug, Default)]
pub(super) struct NamedText {
    n_with: usize,
    n_without: usize,
}

impl NamedText {
    /// Counts a source.
    pub(super) fn add(&mut self, is_present: bool) {
        if is_present {
            self.n_with += 1;
        } else {
            self.n_without += 1;
        }
    }

    /// Whether no source has it, so that it is misspelt.
    pub(super) fn is_misspelt(&self) -> bool {
        self.n_without > 0 && self.n_with == 0
    }

    /// What there is to tell at the end of a run, where `name` is misspelt.
    pub(super) fn message(&self, name: Option<&str>) -> Option<String> {
        let name = name.filter(|_| self.is_misspelt())?;
        Some(format!(
            "no file has the field {} of --text-field: the texts are those of the usual fields. \
             Name another, or leave the option out",
            quoted(name)
        ))
    }
}
