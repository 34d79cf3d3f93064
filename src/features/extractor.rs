//! A read article → one row of features, made of named blocks.
//!
//! Each block counts terms of its own kind, turns the counts into a row of length 1 and multiplies
//! it with its weight: the share of the penalty that its features are spared. The columns of the
//! blocks stand side by side.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::evidence::{Evidence, Place, Seen, Spellings};
use super::tfidf::{FitError, Tfidf, TfidfVectorizer};
use super::{SparseRow, framing};
use crate::text::script::{fold_letters, normalise};
use crate::text::{AnalyzedText, Token};

/// What a block counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Block {
    /// Stems of Arabic words of at least two letters, without function words. Numbers and words of
    /// other scripts are left out: they tell the day and the place, not the stance. Negations stay.
    Stems,
    /// Words of any kind as they are written, function words too, in one spelling. For short
    /// informal texts.
    Words,
    /// What stands between spaces, punctuation and emoji too, in one spelling: for n-grams of
    /// characters.
    Chunks,
    /// Words of the framing lexicon in the own voice, tagged with the camp that stands nearest
    /// ([`framing::lexicon`]).
    Lexicon,
    /// Stems in the own voice only.
    OwnStems,
    /// Stems in the own voice within five words of a camp's name, tagged with the camp
    /// ([`framing::context`]).
    Context,
    /// How much the text speaks of the camps at all ([`framing::mentions`]).
    Mentions,
}

impl Block {
    /// The name in messages and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Stems => "stems",
            Self::Words => "words",
            Self::Chunks => "chunks",
            Self::Lexicon => "lexicon",
            Self::OwnStems => "own-stems",
            Self::Context => "context",
            Self::Mentions => "mentions",
        }
    }

    /// The terms that the block counts, each with its bytes in the text.
    pub fn terms(self, read: &AnalyzedText) -> Vec<(Range<usize>, String)> {
        let one_spelling =
            |span: &Range<usize>| fold_letters(&normalise(&read.text[span.clone()]).to_lowercase());
        let tokens = read.tokens.iter();
        match self {
            Self::Stems => tokens
                .filter(|token| token.is_content())
                .map(|token| (token.span.clone(), token.term.clone()))
                .collect(),
            Self::Words => {
                tokens.map(|token| (token.span.clone(), one_spelling(&token.span))).collect()
            }
            Self::Chunks => chunks(&read.text)
                .map(|span| (span.clone(), one_spelling(&span)))
                .filter(|(_, term)| !term.is_empty())
                .collect(),
            Self::Lexicon => framing::lexicon(read),
            Self::OwnStems => framing::own_stems(read),
            Self::Context => framing::context(read),
            Self::Mentions => framing::mentions(read),
        }
    }
}

/// The parts of a text that stand between spaces or low lines, which join words in hashtags.
fn chunks(text: &str) -> impl Iterator<Item = Range<usize>> {
    let start = text.as_ptr() as usize;
    text.split(|c: char| c.is_whitespace() || c == '_').filter(|chunk| !chunk.is_empty()).map(
        move |chunk| {
            let from = chunk.as_ptr() as usize - start;
            from..from + chunk.len()
        },
    )
}

/// Settings of one block.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlockSettings {
    /// What it counts.
    pub block: Block,
    /// How counts become numbers.
    pub tfidf: TfidfVectorizer,
    /// What its numbers are multiplied with.
    pub weight: f64,
    /// The heads that look at it, by number; all, if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heads: Option<Vec<usize>>,
}

impl BlockSettings {
    /// A block with weight 1 that all heads look at.
    pub fn new(block: Block, tfidf: TfidfVectorizer) -> Self {
        Self { block, tfidf, weight: 1.0, heads: None }
    }

    /// A block that only the heads with these numbers look at.
    #[must_use]
    pub fn only_for(mut self, heads: &[usize]) -> Self {
        self.heads = Some(heads.to_vec());
        self
    }

    /// A block whose numbers are multiplied with `weight`.
    #[must_use]
    pub fn weight(mut self, weight: f64) -> Self {
        self.weight = weight;
        self
    }

    /// Whether the settings make sense.
    pub(crate) fn check(&self) -> Result<(), FitError> {
        if !(self.weight.is_finite() && self.weight > 0.0) {
            return Err(FitError::Weight(self.weight));
        }
        self.tfidf.check()
    }
}

/// Blocks with frozen vocabularies. One article gets the same row alone and in any batch.
#[derive(Clone, Debug, PartialEq)]
pub struct Extractor {
    blocks: Vec<(BlockSettings, Arc<Tfidf>)>,
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
        let extractor = Self { blocks: fitted.collect::<Result<_, _>>()? };
        match nothing {
            Some(error) if extractor.n_features() == 0 => Err(error),
            _ => Ok(extractor),
        }
    }

    /// An extractor from its parts.
    pub(crate) fn new(blocks: Vec<(BlockSettings, Arc<Tfidf>)>) -> Self {
        Self { blocks }
    }

    /// The blocks, in the order of their columns.
    pub fn blocks(&self) -> &[(BlockSettings, Arc<Tfidf>)] {
        &self.blocks
    }

    /// How many columns a row has.
    pub fn n_features(&self) -> usize {
        self.blocks.iter().map(|(_, tfidf)| tfidf.n_features()).sum()
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
        None
    }

    /// The row of one article, shape `(n_features)`.
    pub fn row(&self, read: &AnalyzedText) -> SparseRow {
        let mut row = SparseRow::default();
        let mut offset = 0;
        for (settings, tfidf) in &self.blocks {
            let block = tfidf.transform(&only_terms(settings.block.terms(read)));
            row.columns.extend(block.columns.into_iter().map(|column| offset + column));
            row.values.extend(block.values.into_iter().map(|value| settings.weight * value));
            offset += width(tfidf);
        }
        row
    }

    /// The part of a row that the head with this number looks at.
    pub fn seen_by(&self, head: usize, row: &SparseRow) -> SparseRow {
        let mut offset = 0;
        let mut seen = SparseRow::default();
        for (settings, tfidf) in &self.blocks {
            let columns = offset..offset + width(tfidf);
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
        seen
    }

    /// What a model sees of an article.
    pub fn evidence(&self, read: &AnalyzedText) -> Evidence {
        let mut spellings = Spellings::default();
        let seen = |token: &Token| Seen {
            span: token.span.clone(),
            kind: token.kind,
            content: token.is_content(),
            known: false,
        };
        let mut words: Vec<Seen> = read.tokens.iter().map(seen).collect();
        let row = self.row(read);
        let mut places = vec![None; row.columns.len()];
        self.each_occurrence(read, |column, terms| {
            let place = read.tokens_in(&(terms[0].start..terms[terms.len() - 1].end));
            if let Some(first) = words[place.clone()].first_mut() {
                first.known = true;
            }
            if let Ok(entry) = row.columns.binary_search(&column) {
                places[entry].get_or_insert(place);
            }
        });
        Evidence {
            places: places.into_iter().map(Option::unwrap_or_default).collect(),
            spellings: read
                .tokens
                .iter()
                .map(|token| spellings.number(&normalise(&read.text[token.span.clone()])))
                .collect(),
            words,
            row,
        }
    }

    /// By entry of the text's own `row`: every place where the feature stands, in order, each once;
    /// none for what is said of the text as a whole.
    pub fn places(&self, read: &AnalyzedText, row: &SparseRow) -> Vec<Vec<Place>> {
        let mut places = vec![Vec::new(); row.columns.len()];
        self.each_occurrence(read, |column, terms| {
            let place = Place::of(read, terms);
            if let (Ok(entry), false) = (row.columns.binary_search(&column), place.parts.is_empty())
            {
                let places: &mut Vec<Place> = &mut places[entry];
                if places.last() != Some(&place) {
                    places.push(place);
                }
            }
        });
        places
    }

    /// Calls `each` with the column and the bytes of the terms of every occurrence of a feature,
    /// which are one or more; they are empty where it is of the text as a whole.
    fn each_occurrence(&self, read: &AnalyzedText, mut each: impl FnMut(u32, &[Range<usize>])) {
        let mut offset = 0;
        for (settings, tfidf) in &self.blocks {
            let (places, terms): (Vec<Range<usize>>, Vec<String>) =
                settings.block.terms(read).into_iter().unzip();
            tfidf.each_known_ngram(&terms, |words, column| each(offset + column, &places[words]));
            offset += width(tfidf);
        }
    }
}

fn only_terms(terms: Vec<(Range<usize>, String)>) -> Vec<String> {
    terms.into_iter().map(|(_, term)| term).collect()
}

/// Number of columns of a block; a vocabulary is held to this when it is made.
fn width(tfidf: &Tfidf) -> u32 {
    u32::try_from(tfidf.n_features()).unwrap_or(u32::MAX)
}
