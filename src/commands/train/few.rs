//! The warning of too few labels: what is learned from them, and what is measured, is mostly
//! chance.

use crate::camp::Camps;
use crate::commands::terminal;
use crate::labelling::assets::CAMPS;
use crate::text::isolate::plain;
use crate::text::listed::listed;
use crate::training::TrainingSet;
use crate::training::search::FOLDS;

/// Fewest labelled articles. With as many, the 95 % interval of a share of .8 is ± .11 wide; with
/// fewer, held-out figures cannot tell a useful model from a poor one.
const MIN_ARTICLES: usize = 50;

/// Fewest articles of one kind of label: two in each fold. With fewer, a class is often held out
/// whole, so that the model is measured on what it never saw.
const MIN_OF_A_KIND: usize = 2 * FOLDS;

/// Most kinds of label that are named.
const MAX_NAMED: usize = 8;

/// Warns in one line where labels are few, and says what to do then.
pub fn tell_few(set: &TrainingSet, has_companion: bool) {
    let mut lacks = Vec::new();
    let n = set.n_articles();
    if n < MIN_ARTICLES {
        lacks.push(format!("{n} labelled articles ({MIN_ARTICLES} are wanted)"));
    }
    let few = few_of_a_kind(set);
    if !few.is_empty() {
        let more = few.len().saturating_sub(MAX_NAMED);
        let mut named: Vec<String> = few.into_iter().take(MAX_NAMED).collect();
        if more > 0 {
            named.push(format!("{more} more kinds"));
        }
        lacks.push(format!("{} ({MIN_OF_A_KIND} of each are wanted)", listed(&named)));
    }
    if lacks.is_empty() {
        return;
    }
    let is_of_shipped_camps = Camps::from_toml(CAMPS)
        .is_ok_and(|camps| set.task.camps().is_some_and(|own| own.ids() == camps.ids()));
    let cure = if is_of_shipped_camps && !has_companion {
        "label more, or add the set of this program (--with default), or keep its model and fit \
         the probabilities (`mizan adapt`, from 20 labels)"
    } else {
        "label more"
    };
    terminal::tell(&format!(
        "too few labels to rely on the model or on its figures: {}. What to do: {cure}",
        lacks.join("; ")
    ));
}

/// The kinds of label of which there are some, but few, with their numbers.
fn few_of_a_kind(set: &TrainingSet) -> Vec<String> {
    let outputs = set.task.outputs();
    let several = outputs.len() > 1;
    let mut few = Vec::new();
    for (number, output) in outputs.into_iter().enumerate() {
        for (class, name) in output.classes.iter().enumerate() {
            let n = set.labels.iter().filter(|labels| labels[number] == Some(class)).count();
            if (1..MIN_OF_A_KIND).contains(&n) {
                let toward =
                    if several { format!(" toward {}", output.name) } else { String::new() };
                few.push(plain(&format!("{n} {name}{toward}")));
            }
        }
    }
    few
}
