//! The sentences of an article in an extractor: their rows, and their supports in the row of the
//! article.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Extractor, n_columns};
use crate::features::evidence::SentenceEvidence;
use crate::features::{SentenceClassifier, SparseRow};
use crate::text::AnalyzedText;

impl Extractor {
    /// Adds the supports of an article's sentences to its row.
    pub(in crate::features) fn add_supports(
        &self,
        row: &mut SparseRow,
        sentences: &[SentenceEvidence],
    ) {
        let supports = self.sentences.iter().flat_map(|classifier| 0..classifier.n_supports());
        self.set_supports(
            row,
            supports.map(|support| SentenceClassifier::pooled(sentences, support)),
        );
    }

    /// Sets the supports of an article in its row.
    pub fn set_supports(&self, row: &mut SparseRow, supports: impl Iterator<Item = f64>) {
        let first = u32::try_from(self.n_counted()).unwrap_or(u32::MAX);
        let counted = row.columns.partition_point(|&column| column < first);
        row.columns.truncate(counted);
        row.values.truncate(counted);
        for (column, support) in (first..).zip(supports) {
            row.columns.push(column);
            row.values.push(support);
        }
    }

    /// The rows of a text's sentences, in order; shape `(n_sentences, n_features)`.
    pub fn rows_of_sentences(&self, read: &AnalyzedText) -> Vec<SparseRow> {
        self.sentence_rows(read, |_| {}).into_iter().map(|sentence| sentence.row).collect()
    }

    /// The rows of a text's sentences with their places, in order; their supports are left out.
    /// Calls `each` with the words of every occurrence of a feature.
    pub(in crate::features) fn sentence_rows(
        &self,
        read: &AnalyzedText,
        mut each: impl FnMut(&Range<usize>),
    ) -> Vec<SentenceEvidence> {
        let sentence = |words: &Range<usize>| SentenceEvidence {
            words: words.clone(),
            ..SentenceEvidence::default()
        };
        let mut sentences: Vec<SentenceEvidence> =
            read.findings.voices.sentences.iter().map(sentence).collect();
        let mut offset = 0;
        for (settings, tfidf) in &self.blocks {
            let terms = settings.block.terms(read);
            let tokens: Vec<Range<usize>> =
                terms.iter().map(|(span, _)| read.tokens_in(span)).collect();
            let mut from = 0;
            for sentence in &mut sentences {
                let before = |tokens: &Range<usize>| tokens.start < sentence.words.end;
                let to = from + tokens[from..].partition_point(before);
                let here: Vec<&str> =
                    terms[from..to].iter().map(|(_, term)| term.as_str()).collect();
                let mut columns = Vec::new();
                let mut first: BTreeMap<u32, Range<usize>> = BTreeMap::new();
                tfidf.each_known_ngram(&here, |words, column| {
                    let place = tokens[from + words.start].start..tokens[from + words.end - 1].end;
                    each(&place);
                    first.entry(column).or_insert(place);
                    columns.push(column);
                });
                let block = tfidf.row(columns);
                let places = block.columns.iter().map(|column| first[column].clone());
                sentence.places.extend(places);
                let values = block.values.into_iter().map(|value| settings.weight * value);
                sentence.row.values.extend(values);
                sentence.row.columns.extend(block.columns.iter().map(|column| offset + column));
                from = to;
            }
            offset += n_columns(tfidf);
        }
        sentences
    }
}
