//! What each block of features is worth: variants of the blocks with some left out.

use crate::features::{Block, BlockSettings, TfidfVectorizer};
use crate::model::HeadId;

/// Variants of `blocks`, each with a name: plain words, every block that tells sides alone, all but
/// one of them, all, and the block of camps' contexts, which is not shipped.
pub fn variants(blocks: &[BlockSettings]) -> Vec<(String, Vec<BlockSettings>)> {
    let of_sides = |settings: &&BlockSettings| {
        settings.heads.as_ref().is_some_and(|heads| !heads.contains(&HeadId::Relevance.index()))
    };
    let sides: Vec<&BlockSettings> = blocks.iter().filter(of_sides).collect();
    let others: Vec<&BlockSettings> =
        blocks.iter().filter(|settings| !of_sides(settings)).collect();
    let with =
        |kept: Vec<&BlockSettings>| others.iter().copied().chain(kept).cloned().collect::<Vec<_>>();

    let context =
        BlockSettings::new(Block::Context, TfidfVectorizer::default().min_df(3).binary(true));
    let context = sides.first().map_or(context.clone(), |side| BlockSettings {
        heads: side.heads.clone(),
        ..context.clone()
    });
    let words = TfidfVectorizer::default().ngram_range(1, 2).min_df(2).sublinear_tf(true);
    let mut variants =
        vec![("words 1–2, all voices".to_owned(), vec![BlockSettings::new(Block::Stems, words)])];
    for block in &sides {
        variants.push((format!("{} alone", block.block.name()), with(vec![block])));
    }
    variants.push(("context alone".to_owned(), with(vec![&context])));
    for left_out in &sides {
        let kept =
            sides.iter().copied().filter(|settings| settings.block != left_out.block).collect();
        variants.push((format!("shipped but {}", left_out.block.name()), with(kept)));
    }
    variants.push(("shipped".to_owned(), with(sides.clone())));
    variants.push((
        "shipped and context".to_owned(),
        with(sides.into_iter().chain([&context]).collect()),
    ));
    variants
}
