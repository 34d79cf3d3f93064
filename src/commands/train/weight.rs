//! How often the user's own articles count beside those of another set.

use std::str::FromStr;

use crate::commands::terminal;
use crate::training::search::{FOLDS, ParameterGrid, WEIGHTS, WeightChoice};
use crate::training::{TrainingParams, TrainingSet};

/// The weight where none is given, or none can be chosen: the best for unseen outlets in a field
/// study.
const DEFAULT_WEIGHT: u16 = 10;

/// Largest weight.
const MAX_WEIGHT: u16 = 1_000;

/// A weight, or that it is to be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// By cross-validation over outlets.
    Auto,
    /// This one.
    Count(u16),
}

impl FromStr for Weight {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.eq_ignore_ascii_case("auto") {
            return Ok(Self::Auto);
        }
        text.parse()
            .ok()
            .filter(|count| (1..=MAX_WEIGHT).contains(count))
            .map(Self::Count)
            .ok_or_else(|| format!("give a number from 1 to {MAX_WEIGHT}, or auto"))
    }
}

impl Weight {
    /// The weight until another one is chosen.
    pub fn fixed(self) -> usize {
        match self {
            Self::Auto => DEFAULT_WEIGHT.into(),
            Self::Count(count) => count.into(),
        }
    }
}

/// Chooses the weight where that is asked for, and tells it.
pub fn weigh(set: &mut TrainingSet, weight: Weight, grid: &ParameterGrid) -> anyhow::Result<()> {
    if weight != Weight::Auto {
        return Ok(());
    }
    let bar =
        terminal::progress(WEIGHTS.len() * FOLDS, "weighing your articles on held-out ones", false);
    let tick = || bar.inc(1);
    let mut params = TrainingParams::default_for(set);
    if let [alpha] = grid.alphas[..] {
        params.alpha = alpha;
    }
    let choice = set.choose_weight(&params, &tick)?;
    bar.finish_and_clear();
    terminal::tell(&told(choice.as_ref()));
    Ok(())
}

/// The choice, in words.
fn told(choice: Option<&WeightChoice>) -> String {
    let Some(WeightChoice { weight, grouping, n_groups, tried }) = choice else {
        return format!(
            "your articles are of fewer than three outlets and events, so that their weight cannot \
             be chosen on held-out ones: they count {DEFAULT_WEIGHT} times"
        );
    };
    let tried: Vec<String> =
        tried.iter().map(|(weight, macro_f1)| format!("{weight} → {macro_f1:.3}")).collect();
    format!(
        "your articles count {weight} times: the smallest weight as good as the best but for \
         chance, by macro-F1 on {n_groups} {grouping} of yours, each held out ({}); it was chosen \
         on articles that the figures below are measured on, which flatters these a little",
        tried.join(", ")
    )
}
