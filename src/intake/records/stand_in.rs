//! The usual field of the text in place of a named one, in a file that does not have that.

use memchr::memmem;
use serde_json::{Map, Value};

use crate::intake::fields::{Fields, at_path};

/// The field of the text that was named and is not there. As soon as a record has it, the usual one
/// no longer stands in for it: a file whose first record lacks its text is no file of others.
#[derive(Debug)]
pub(super) struct StandIn {
    pub(super) name: String,
    /// The name, or the first of its path, as JSON writes it.
    written: String,
}

impl StandIn {
    /// Leaves the field of the text open that `object`, the first record, does not have, where it
    /// has one with a usual name.
    pub(super) fn of_text(fields: &mut Fields, object: &Map<String, Value>) -> Option<Self> {
        let name = fields.text.clone()?;
        if at_path(object, &name).is_some() || !fields.has_usual_text(object) {
            return None;
        }
        let present: Vec<String> = object.keys().cloned().collect();
        if !fields.free_absent_text(&present) {
            return None;
        }
        let first = name.split('.').next().unwrap_or(&name);
        let written = Value::from(first).to_string();
        Some(Self { name, written })
    }

    /// Whether a record may have the named field.
    pub(super) fn is_over_at(&self, record: &[u8]) -> bool {
        memmem::find(record, self.written.as_bytes()).is_some()
    }

    /// Names the field again.
    pub(super) fn end(self, fields: &mut Fields) {
        fields.text = Some(self.name);
        fields.is_text_guessed = false;
    }
}
