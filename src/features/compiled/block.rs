//! Blocks of features in compiled form.

use rustc_hash::FxHashMap;

use super::NO_COLUMN;
use super::ngrams::Ngrams;
use crate::features::block::{Block, BlockSettings};
use crate::features::framing::{self, Role, TextStatement};
use crate::features::tfidf::{Analyzer, Tfidf};
use crate::text::lexicon::LEXICON;

/// A block of features in the form in which its terms are looked up.
#[derive(Debug)]
pub(super) enum CompiledBlock {
    Stems(Ngrams),
    OwnStems(Ngrams),
    /// By class and role: the columns of the class's term and of its sense's.
    Lexicon(Vec<[u32; 2]>),
    Mentions(Vec<(TextStatement, u32)>),
    /// By camp and number of the stem: the column.
    CampStems(Vec<Vec<u32>>),
}

impl CompiledBlock {
    /// Compiles a block whose columns begin at `offset`, given the numbers of the stems and the ids
    /// of the camps; `None` if it has no compiled form.
    pub(super) fn new(
        settings: &BlockSettings,
        tfidf: &Tfidf,
        offset: u32,
        (stems, camps): (&FxHashMap<String, u32>, &[String]),
    ) -> Option<Self> {
        let (analyzer, ngram_range) = tfidf.settings().runs();
        let column = |term: String| tfidf.column(&term).map_or(NO_COLUMN, |column| offset + column);
        Some(match settings.block {
            _ if analyzer != Analyzer::Word => return None,
            Block::Stems => CompiledBlock::Stems(Ngrams::new(tfidf, offset, stems)),
            Block::OwnStems => CompiledBlock::OwnStems(Ngrams::new(tfidf, offset, stems)),
            Block::Lexicon if ngram_range == (1, 1) => {
                let of_class = LEXICON.classes.iter().flat_map(|class| {
                    let tagged =
                        |name: &str, role: Role| column(format!("{name}{}", role.tag(camps)));
                    let columns = move |role| {
                        [
                            tagged(&class.name, role),
                            framing::sense(class)
                                .filter(|_| role.is_of_camp())
                                .map_or(NO_COLUMN, |sense| tagged(sense, role)),
                        ]
                    };
                    Role::all(camps.len()).map(columns)
                });
                CompiledBlock::Lexicon(of_class.collect())
            }
            Block::Mentions if ngram_range == (1, 1) => CompiledBlock::Mentions(
                TextStatement::all(camps.len())
                    .map(|statement| (statement, column(statement.term(camps))))
                    .collect(),
            ),
            Block::CampStems if ngram_range == (1, 1) => {
                let mut columns = vec![vec![NO_COLUMN; stems.len() + 1]; camps.len()];
                for (column, term) in (offset..).zip(tfidf.terms()) {
                    // A model file may hold terms that no text produces.
                    let Some((stem, tag)) = term.rsplit_once('@') else { continue };
                    let camp = camps.iter().position(|camp| camp == tag);
                    if let Some((camp, stem)) = camp.zip(stems.get(stem)) {
                        columns[camp][*stem as usize] = column;
                    }
                }
                CompiledBlock::CampStems(columns)
            }
            Block::Lexicon
            | Block::Mentions
            | Block::CampStems
            | Block::Words
            | Block::Chunks
            | Block::Sentences => return None,
        })
    }
}
