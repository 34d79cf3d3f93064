//! How a model reads text.

use super::Model;
use crate::text::{OwnWord, TextReader};

impl Model {
    /// The words that its labelled set adds to the lexicon.
    pub(crate) fn own_words(&self) -> &[OwnWord] {
        &self.text.own_words
    }

    /// A reader of text for this model.
    pub fn reader(&self) -> TextReader {
        self.task.reader(&self.text)
    }
}
