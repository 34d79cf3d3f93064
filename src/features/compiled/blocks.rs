//! Compiled blocks of features side by side, and how a stretch of an article is counted in them.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::block::CompiledBlock;
use super::cache::CachedWord;
use super::counting::FeatureCounter;
use super::scratch::RoleHit;
use crate::features::SparseRow;
use crate::features::block::BlockSettings;
use crate::features::evidence::SeenWord;
use crate::features::framing::TextStatement;
use crate::features::tfidf::Tfidf;

/// Blocks of features, their columns side by side.
#[derive(Debug)]
pub(super) struct CompiledBlocks {
    blocks: Vec<(BlockSettings, Arc<Tfidf>, CompiledBlock)>,
    pub(super) n_features: usize,
}

/// A stretch of an article: all of it, or one sentence.
pub(super) struct Stretch<'a> {
    /// Its words.
    pub(super) words: Range<usize>,
    /// The words of the article.
    pub(super) cached: &'a [CachedWord],
    /// Which words of the article are its own voice; empty where voices are not told apart.
    pub(super) own: &'a [bool],
    /// Its words of the lexicon.
    pub(super) roles: &'a [RoleHit],
    /// Its words beside one camp alone, each with the camp.
    pub(super) camp_words: &'a [(u32, u32)],
}

impl CompiledBlocks {
    /// Compiles blocks, given the numbers of the stems and the ids of the camps; `None` if one has
    /// no compiled form.
    pub(super) fn new(
        blocks: &[(BlockSettings, Arc<Tfidf>)],
        names: (&FxHashMap<String, u32>, &[String]),
    ) -> Option<Self> {
        let mut compiled = Vec::new();
        let mut offset = 0;
        for (settings, tfidf) in blocks {
            let block = CompiledBlock::new(settings, tfidf, offset, names)?;
            compiled.push((settings.clone(), Arc::clone(tfidf), block));
            offset += u32::try_from(tfidf.n_features()).ok()?;
        }
        Some(Self { blocks: compiled, n_features: offset as usize })
    }

    /// The statements about an article as a whole, with their columns.
    pub(super) fn statements(&self) -> impl Iterator<Item = &(TextStatement, u32)> {
        let statements = self.blocks.iter().filter_map(|(_, _, block)| match block {
            CompiledBlock::Mentions(statements) => Some(statements),
            _ => None,
        });
        statements.flatten()
    }

    /// Counts the features of a stretch, but for the statements, and marks the words that begin
    /// one as known.
    pub(super) fn count(
        &self,
        stretch: &Stretch<'_>,
        stems: &mut Vec<(u32, u32)>,
        counting: &mut FeatureCounter,
        words: &mut [SeenWord],
    ) {
        let Stretch { words: within, cached, own, roles, camp_words } = stretch;
        let mut add = |column: u32, first: u32, last: u32| {
            words[first as usize].known |= counting.add(column, first, last + 1);
        };
        let here = &cached[within.clone()];
        for (_, _, block) in &self.blocks {
            match block {
                CompiledBlock::Stems(ngrams) => {
                    let counted = here.iter().map(|word| (word.stem, word.is_content()));
                    gather(stems, within.start, counted);
                    ngrams.each(stems, &mut add);
                }
                CompiledBlock::OwnStems(ngrams) => {
                    let own = own.get(within.clone()).unwrap_or_default();
                    let counted = here.iter().zip(own);
                    let counted = counted.map(|(word, own)| (word.stem, *own && word.is_content()));
                    gather(stems, within.start, counted);
                    ngrams.each(stems, &mut add);
                }
                CompiledBlock::Lexicon(columns) => {
                    for RoleHit { words: (first, end), number } in *roles {
                        for column in columns[*number] {
                            add(column, *first, end - 1);
                        }
                    }
                }
                CompiledBlock::CampStems(columns) => {
                    for &(at, camp) in *camp_words {
                        let word = cached[at as usize];
                        if word.is_content() {
                            add(columns[camp as usize][word.stem as usize], at, at);
                        }
                    }
                }
                CompiledBlock::Mentions(_) => {}
            }
        }
    }

    /// Fills a row, and the places of its entries, from the counts.
    pub(super) fn fill(
        &self,
        counting: &mut FeatureCounter,
        counts: &mut Vec<usize>,
        row: &mut SparseRow,
        places: &mut Vec<Range<usize>>,
    ) {
        counts.clear();
        counting.drain(|column, count, (first, end)| {
            row.columns.push(column);
            counts.push(count as usize);
            places.push(first as usize..end as usize);
        });
        let (mut done, mut offset) = (0, 0);
        for (settings, tfidf, _) in &self.blocks {
            let end = done
                + row.columns[done..]
                    .partition_point(|&column| column as usize - offset < tfidf.n_features());
            let columns = row.columns[done..end].iter().map(|&column| column as usize - offset);
            tfidf.append_values(columns.zip(counts[done..end].iter().copied()), &mut row.values);
            for value in &mut row.values[done..] {
                *value *= settings.weight;
            }
            (done, offset) = (end, offset + tfidf.n_features());
        }
    }
}

/// Puts the words that are to be counted into `stems`, with their positions from `start` on;
/// without a branch, as in `FeatureCounter::add`.
fn gather(
    stems: &mut Vec<(u32, u32)>,
    start: usize,
    words: impl ExactSizeIterator<Item = (u32, bool)>,
) {
    stems.resize(words.len() + 1, (0, 0));
    let mut n_counted = 0;
    for (at, (stem, counted)) in (super::number(start)..).zip(words) {
        stems[n_counted] = (at, stem);
        n_counted += usize::from(counted);
    }
    stems.truncate(n_counted);
}
