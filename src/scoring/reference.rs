//! The definition that scoring is tested against: text read by [`crate::text::reference`], general
//! features, and logits head by head. Only tests and benchmarks use it.

use super::{Scorer, Unscorable, Verdict};
use crate::article::Article;
use crate::text::reference;

impl Scorer {
    /// The verdict of [`Self::score`], by the definition; many times slower.
    ///
    /// # Errors
    /// As [`Self::score`].
    pub fn score_by_definition(&self, article: &Article) -> Result<Verdict, Unscorable> {
        let read = reference::read_dated(&self.reader, article.full_text(), article.day());
        let evidence = self.model().extractor().evidence(&read);
        let logits: Vec<Vec<f64>> =
            self.model().heads().iter().map(|head| head.logits(&evidence.row)).collect();
        self.verdict_with(&read.text, &evidence, &logits)
    }
}
