//! The general extractor: a read article → one row of features, made of named blocks.
//!
//! Each block counts terms of its own kind, scales the counts to a row of length 1 and multiplies
//! it with its weight: features of a higher weight are penalised less in training. The columns of
//! the blocks stand side by side.

mod sentences;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::SparseRow;
use super::block::{Block, BlockSettings};
use super::evidence::{Evidence, Place, SeenWord, Spellings};
use super::framing::without_camp;
use super::sentences::SentenceClassifier;
use super::tfidf::{FitError, Tfidf};
use crate::text::script::normalise;
use crate::text::{AnalyzedText, Token};

/// Blocks with fitted vocabularies. An article has the same row alone and in any batch.
#[derive(Clone, Debug, PartialEq)]
pub struct Extractor {
    blocks: Vec<(BlockSettings, Arc<Tfidf>)>,
    /// The supports of its sentences are the last columns.
    sentences: Option<Arc<SentenceClassifier>>,
}

impl Extractor {
    /// Learns the vocabularies of `blocks` from `articles`; a term must stand in articles of
    /// `min_df` different `groups`.
    ///
    /// # Errors
    /// [`FitError`] when the settings of a block make no sense or leave no term in any.
    pub fn fit(
        blocks: &[BlockSettings],
        articles: &[&AnalyzedText],
        groups: &[&str],
    ) -> Result<Self, FitError> {
        let mut nothing = None;
        let fitted = blocks.iter().map(|settings| {
            settings.check()?;
            let terms: Vec<Vec<String>> =
                articles.iter().map(|read| only_terms(settings.block.terms(read))).collect();
            match settings.tfidf.fit_groups(&terms, groups) {
                Ok(tfidf) => Ok((settings.clone(), Arc::new(tfidf))),
                // A block may be empty, if another is not.
                Err(error @ FitError::NoTerms { .. }) => {
                    nothing = Some(error);
                    Ok((
                        settings.clone(),
                        Arc::new(Tfidf::new(settings.tfidf.clone(), Vec::new(), Vec::new())),
                    ))
                }
                Err(error) => Err(error),
            }
        });
        let extractor = Self::new(fitted.collect::<Result<_, _>>()?);
        match nothing {
            Some(error) if extractor.n_features() == 0 => Err(error),
            _ => Ok(extractor),
        }
    }

    /// An extractor from its parts.
    pub(crate) fn new(blocks: Vec<(BlockSettings, Arc<Tfidf>)>) -> Self {
        Self { blocks, sentences: None }
    }

    /// The same with the supports of an article's sentences as its last columns.
    #[must_use]
    pub fn with_sentences(mut self, classifier: Arc<SentenceClassifier>) -> Self {
        self.sentences = Some(classifier);
        self
    }

    /// The same in which the values of some words are multiplied by `factor`, so that training
    /// penalises them otherwise: those that are such a word, alone or beside a camp.
    #[must_use]
    pub(crate) fn with_values(self, words: &BTreeSet<String>, factor: f64) -> Self {
        let blocks = self.blocks.into_iter().map(|(settings, tfidf)| {
            let terms = tfidf.terms();
            let idf = terms.iter().zip(tfidf.idf()).map(|(term, idf)| {
                if words.contains(without_camp(term)) { idf * factor } else { *idf }
            });
            let tfidf = Tfidf::new(settings.tfidf.clone(), terms.to_vec(), idf.collect());
            (settings, Arc::new(tfidf))
        });
        Self { blocks: blocks.collect(), sentences: self.sentences }
    }

    /// The classifier of its sentences, if it has one.
    pub fn sentences(&self) -> Option<&Arc<SentenceClassifier>> {
        self.sentences.as_ref()
    }

    /// How many columns stand before the supports of sentences.
    pub fn n_counted(&self) -> usize {
        self.blocks.iter().map(|(_, tfidf)| tfidf.n_features()).sum()
    }

    /// The blocks, in the order of their columns.
    pub fn blocks(&self) -> &[(BlockSettings, Arc<Tfidf>)] {
        &self.blocks
    }

    /// How many columns a row has.
    pub fn n_features(&self) -> usize {
        self.n_counted() + self.sentences.as_ref().map_or(0, |sentences| sentences.n_supports())
    }

    /// The block and the term of a column.
    pub fn feature(&self, column: usize) -> Option<(Block, &str)> {
        let mut column = column;
        for (settings, tfidf) in &self.blocks {
            match tfidf.terms().get(column) {
                Some(term) => return Some((settings.block, term)),
                None => column -= tfidf.n_features(),
            }
        }
        let name = self.sentences.as_ref()?.names().get(column)?;
        Some((Block::Sentences, name))
    }

    /// The row of one article, shape `(n_features)`.
    pub fn row(&self, read: &AnalyzedText) -> SparseRow {
        let mut row = self.row_with(read, |_| true, |_, _, _| {});
        if let Some(classifier) = &self.sentences {
            self.add_supports(&mut row, &classifier.sentences(read, |_| {}));
        }
        row
    }

    /// The row of one article, of the blocks that are wanted. Calls `each` with the block, the
    /// column and the bytes of the terms of every occurrence of a feature: one term or more, empty
    /// if the feature is of the text as a whole.
    fn row_with(
        &self,
        read: &AnalyzedText,
        is_wanted: impl Fn(Block) -> bool,
        mut each: impl FnMut(Block, u32, &[Range<usize>]),
    ) -> SparseRow {
        let mut row = SparseRow::default();
        let mut offset = 0;
        for (settings, tfidf) in &self.blocks {
            if !is_wanted(settings.block) {
                offset += n_columns(tfidf);
                continue;
            }
            let (spans, terms): (Vec<Range<usize>>, Vec<String>) =
                settings.block.terms(read).into_iter().unzip();
            let mut columns = Vec::new();
            tfidf.each_known_ngram(&terms, |words, column| {
                columns.push(column);
                each(settings.block, offset + column, &spans[words]);
            });
            let block = tfidf.row(columns);
            row.columns.extend(block.columns.into_iter().map(|column| offset + column));
            row.values.extend(block.values.into_iter().map(|value| settings.weight * value));
            offset += n_columns(tfidf);
        }
        row
    }

    /// The part of a row that the head with this number uses.
    pub fn row_for_head(&self, head: usize, row: &SparseRow) -> SparseRow {
        let mut offset = 0;
        let mut seen = SparseRow::default();
        for (settings, tfidf) in &self.blocks {
            let columns = offset..offset + n_columns(tfidf);
            if settings.heads.as_ref().is_none_or(|heads| heads.contains(&head)) {
                let (from, to) = (
                    row.columns.partition_point(|&c| c < columns.start),
                    row.columns.partition_point(|&c| c < columns.end),
                );
                seen.columns.extend_from_slice(&row.columns[from..to]);
                seen.values.extend_from_slice(&row.values[from..to]);
            }
            offset = columns.end;
        }
        if let (Some(_), Some(camp)) = (&self.sentences, head.checked_sub(1)) {
            let own = SentenceClassifier::columns_of(camp);
            for (column, value) in row.iter() {
                if column.checked_sub(offset as usize).is_some_and(|support| own.contains(&support))
                {
                    seen.columns.push(u32::try_from(column).unwrap_or(u32::MAX));
                    seen.values.push(value);
                }
            }
        }
        seen
    }

    /// What a model sees of an article. One that is off topic takes no side, whatever is said in
    /// it, so only its words are looked at.
    pub fn evidence(&self, read: &AnalyzedText) -> Evidence {
        self.evidence_with(read, !read.is_off_topic(), |_, _, _| {})
    }

    /// All that a model can see of an article, off topic or not.
    pub fn whole_evidence(&self, read: &AnalyzedText) -> Evidence {
        self.evidence_with(read, true, |_, _, _| {})
    }

    /// [`Self::whole_evidence`], and by entry of its row every place of the feature, in
    /// order, each once; none if the feature is of the text as a whole.
    pub fn evidence_with_places(&self, read: &AnalyzedText) -> (Evidence, Vec<Vec<Place>>) {
        let mut occurrences = Vec::new();
        let evidence = self.evidence_with(read, true, |_, column, terms| {
            occurrences.push((column, Place::new(read, terms)));
        });
        let mut places = vec![Vec::new(); evidence.row.columns.len()];
        for (column, place) in occurrences.into_iter().filter(|(_, place)| !place.parts.is_empty())
        {
            if let Ok(entry) = evidence.row.columns.binary_search(&column) {
                let places: &mut Vec<Place> = &mut places[entry];
                if places.last() != Some(&place) {
                    places.push(place);
                }
            }
        }
        (evidence, places)
    }

    /// What a model sees of an article, or only of its words; `each` is called as by
    /// [`Self::row_with`].
    fn evidence_with(
        &self,
        read: &AnalyzedText,
        whole: bool,
        mut each: impl FnMut(Block, u32, &[Range<usize>]),
    ) -> Evidence {
        let mut spellings = Spellings::default();
        let seen = |token: &Token| SeenWord {
            span: token.span.clone(),
            kind: token.kind,
            content: token.is_content(),
            known: false,
        };
        let mut words: Vec<SeenWord> = read.tokens.iter().map(seen).collect();
        let mut occurrences: Vec<(u32, Range<usize>)> = Vec::new();
        // Off topic, what is known are words, whatever else is looked at.
        let on_topic = !read.is_off_topic();
        let is_wanted = |block: Block| whole || block.is_of_words();
        let mut row = self.row_with(read, is_wanted, |block, column, terms| {
            let tokens = read.tokens_in(&(terms[0].start..terms[terms.len() - 1].end));
            if let Some(first) = words[tokens.clone()].first_mut() {
                first.known |= on_topic || block.is_of_words();
            }
            occurrences.push((column, tokens));
            each(block, column, terms);
        });
        let classifier = self.sentences.as_ref().filter(|_| whole);
        let sentences = classifier.map_or_else(Vec::new, |classifier| {
            classifier.sentences(read, |place| words[place.start].known |= on_topic)
        });
        self.add_supports(&mut row, &sentences);
        let mut places = vec![None; row.columns.len()];
        for (column, tokens) in occurrences {
            if let Ok(entry) = row.columns.binary_search(&column) {
                places[entry].get_or_insert(tokens);
            }
        }
        Evidence {
            places: places.into_iter().map(Option::unwrap_or_default).collect(),
            spellings: read
                .tokens
                .iter()
                .map(|token| spellings.number(&normalise(&read.text[token.span.clone()])))
                .collect(),
            on_topic: read.findings.on_topic,
            words,
            row,
            sentences,
        }
    }
}

/// The terms without their places.
fn only_terms(terms: Vec<(Range<usize>, String)>) -> Vec<String> {
    terms.into_iter().map(|(_, term)| term).collect()
}

/// Number of columns of a block. A vocabulary has at most `u32::MAX` terms.
fn n_columns(tfidf: &Tfidf) -> u32 {
    u32::try_from(tfidf.n_features()).unwrap_or(u32::MAX)
}
