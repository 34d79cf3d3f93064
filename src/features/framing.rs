//! How a camp is spoken of: the words of the framing lexicon and the stems around a camp's names, tagged with the camp.
//!
//! Everything here is of the own voice only. A lexicon word of class `c` gives the terms
//!
//! | term | when |
//! |---|---|
//! | `c` | always |
//! | `c@x` | x is the camp whose name stands nearest in the sentence; of two as near, the one that follows |
//! | `c=free@x` | instead, where `c` names somebody and x is not adjacent: somebody else, in a sentence about x |
//! | `c=near@x` | and it is at most six words away |
//! | `c+B@x`, `c+A@x` | and the name stands directly behind (B) or ahead (A) of the word, two words away at most |
//! | `c@wx`, `c+B@wx`, `c+A@wx` | the same with an associate of x; the first only where no camp is named, or the associate alone is adjacent |
//! | `c@none` | the sentence names neither |
//!
//! and each once more under the class's sense (`hostile@x`), so that a rare class inherits what is learned of its kind. In a text
//! of sixty words or fewer that names one camp only, that camp stands in for one in every sentence.

use std::ops::Range;

use crate::text::lexicon::{LEXICON, Sense};
use crate::text::{Mention, ReadText};

/// How near is near, in words.
const NEAR: usize = 6;

/// How near is adjacent.
const ADJACENT: usize = 2;

/// How far from a camp's name a stem is of its context.
const CONTEXT: usize = 5;

/// Texts of at most so many words are read as being about the one camp that they name.
const SHORT: usize = 60;

/// A term and its bytes in the text.
pub type Placed = (Range<usize>, String);

/// The nearest of some mentions: how far it is, and whether it follows.
struct Nearest<'a> {
    distance: usize,
    follows: bool,
    camp: &'a str,
}

/// The mention nearest to the tokens `at`, half a word being given to one that follows.
fn nearest<'a>(at: &Range<usize>, mentions: impl Iterator<Item = &'a Mention>) -> Option<Nearest<'a>> {
    let distance = |mention: &'a Mention| {
        let (distance, follows) = if mention.tokens.start >= at.end {
            (mention.tokens.start - at.end + 1, true)
        } else {
            (at.start.checked_sub(mention.tokens.end)? + 1, false)
        };
        Some(Nearest { distance, follows, camp: &mention.camp })
    };
    mentions.filter_map(distance).min_by_key(|nearest| 2 * nearest.distance - usize::from(nearest.follows))
}

/// The camp that a short text is about.
fn only_camp(read: &ReadText) -> Option<&str> {
    let mut camps = read.mentions.iter().filter(|mention| mention.strong).map(|mention| &*mention.camp);
    let first = camps.next()?;
    (read.tokens.len() <= SHORT && camps.all(|camp| camp == first)).then_some(first)
}

/// The bytes of some tokens.
fn bytes(read: &ReadText, tokens: &Range<usize>) -> Range<usize> {
    read.tokens[tokens.start].span.start..read.tokens[tokens.end - 1].span.end
}

/// The terms of the lexicon's words.
pub fn lexicon(read: &ReadText) -> Vec<Placed> {
    let only = only_camp(read);
    let mut placed = Vec::new();
    for sentence in &read.voices.sentences {
        let mentions = || read.mentions.iter().filter(|mention| sentence.contains(&mention.tokens.start));
        for hit in read.hits.iter().filter(|hit| sentence.contains(&hit.tokens.start) && read.voices.own[hit.tokens.start]) {
            if mentions().any(|mention| mention.tokens.start <= hit.tokens.start && hit.tokens.end <= mention.tokens.end) {
                continue;
            }
            let class = &LEXICON.classes[hit.class];
            let sense = match class.sense {
                Sense::Hostile => Some("hostile"),
                Sense::Praising => Some("praising"),
                Sense::None => None,
            };
            let strong = nearest(&hit.tokens, mentions().filter(|mention| mention.strong));
            let weak = nearest(&hit.tokens, mentions().filter(|mention| !mention.strong));
            // An associate directly beside the word is meant, not a camp's name farther off.
            let adjacent = |found: &Option<Nearest<'_>>| found.as_ref().is_some_and(|nearest| nearest.distance <= ADJACENT);
            let meant = if adjacent(&weak) && !adjacent(&strong) { None } else { strong.as_ref() };
            let mut roles = vec![String::new()];
            match (meant, &weak) {
                (Some(nearest), _) if class.actor && nearest.distance > ADJACENT => roles.push(format!("=free@{}", nearest.camp)),
                (Some(nearest), _) => {
                    roles.push(format!("@{}", nearest.camp));
                    if nearest.distance <= NEAR {
                        roles.push(format!("=near@{}", nearest.camp));
                    }
                    if nearest.distance <= ADJACENT {
                        roles.push(format!("{}@{}", if nearest.follows { "+B" } else { "+A" }, nearest.camp));
                    }
                }
                (None, Some(nearest)) => roles.push(format!("@w{}", nearest.camp)),
                (None, None) => roles.push("@none".to_owned()),
            }
            if let (None, None, Some(only)) = (&strong, &weak, only) {
                roles.push(format!("@{only}"));
            }
            if let Some(nearest) = weak.filter(|nearest| nearest.distance <= ADJACENT) {
                roles.push(format!("{}@w{}", if nearest.follows { "+B" } else { "+A" }, nearest.camp));
            }
            let span = bytes(read, &hit.tokens);
            for role in roles {
                placed.push((span.clone(), format!("{}{role}", class.name)));
                placed.extend(sense.map(|sense| (span.clone(), format!("{sense}{role}"))));
            }
        }
    }
    placed
}

/// The stems of the own voice.
pub fn own_stems(read: &ReadText) -> Vec<Placed> {
    let own = read.tokens.iter().zip(&read.voices.own).filter(|(token, own)| **own && token.is_content());
    own.map(|(token, _)| (token.span.clone(), token.term.clone())).collect()
}

/// The stems of the own voice that stand within five words of a camp's name, with the camp: `stem@x`.
pub fn context(read: &ReadText) -> Vec<Placed> {
    let mut placed = Vec::new();
    for sentence in &read.voices.sentences {
        let mentions = || read.mentions.iter().filter(|mention| sentence.contains(&mention.tokens.start));
        for at in sentence.clone() {
            let token = &read.tokens[at];
            if !read.voices.own[at] || !token.is_content() || mentions().any(|mention| mention.tokens.contains(&at)) {
                continue;
            }
            let strong = nearest(&(at..at + 1), mentions().filter(|mention| mention.strong));
            if let Some(nearest) = strong.filter(|nearest| nearest.distance <= CONTEXT) {
                placed.push((token.span.clone(), format!("{}@{}", token.term, nearest.camp)));
            }
        }
    }
    placed
}

/// How much a text speaks of the camps at all: `named` for each camp that is named, `named 1`, `named 2`, `named 4` … for so many names, the same
/// for associates, and `first` when a camp is named in the first four sentences.
pub fn mentions(read: &ReadText) -> Vec<Placed> {
    let mut placed = Vec::new();
    let whole = 0..read.text.len();
    for (strong, what) in [(true, "named"), (false, "associate")] {
        let found: Vec<&Mention> = read.mentions.iter().filter(|mention| mention.strong == strong).collect();
        let mut camps: Vec<&str> = found.iter().map(|mention| &*mention.camp).collect();
        camps.sort_unstable();
        camps.dedup();
        placed.extend(camps.iter().map(|camp| (whole.clone(), format!("{what} {camp}"))));
        let counts = [1, 2, 4, 8, 16].into_iter().filter(|&least| found.len() >= least);
        placed.extend(counts.map(|least| (whole.clone(), format!("{what} {least}"))));
    }
    let opening = read.voices.sentences.iter().take(4).next_back().map_or(0, |sentence| sentence.end);
    if read.mentions.iter().any(|mention| mention.strong && mention.tokens.start < opening) {
        placed.push((whole, "first".to_owned()));
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::camp::Camps;
    use crate::text::Reader;

    fn terms(of: fn(&ReadText) -> Vec<Placed>, text: &str) -> Vec<String> {
        let camps = Camps::from_toml(include_str!("../../labeled/camps.toml")).unwrap();
        let mut terms: Vec<String> = of(&Reader::of_camps(&camps).read_text(text.to_owned())).into_iter().map(|(_, term)| term).collect();
        terms.sort();
        terms
    }

    /// One hostile word directly before the name of a camp, in a sentence that names no other.
    #[test]
    fn a_hostile_word_is_tagged_with_the_camp_behind_it() {
        let found = terms(lexicon, "تقدمت ميليشيات السراج نحو المدينة");
        let roles = ["", "+B@gna", "=near@gna", "@gna"];
        let both = |class: &str| roles.map(|role| format!("{class}{role}"));
        let mut expected = [both("hostile"), both("militia")].concat();
        expected.sort();
        assert_eq!(found, expected);
    }

    #[test]
    fn quoted_words_give_no_terms_and_names_of_camps_no_context() {
        assert!(terms(lexicon, "وقال إن «ميليشيات السراج» انسحبت").is_empty());
        assert_eq!(terms(context, "انسحبت قوات حكومة الوفاق أمس"), ["امس@gna", "انسحب@gna", "قوا@gna"].map(str::to_owned));
    }

    #[test]
    fn a_sentence_without_a_camp_says_so_and_a_short_text_lends_its_own() {
        assert!(terms(lexicon, "دحر الأبطال العدو").contains(&"hero@none".to_owned()));
        let short = terms(lexicon, "دحر الأبطال العدو. عاش حفتر");
        assert!(short.contains(&"hero@none".to_owned()) && short.contains(&"hero@lna".to_owned()), "{short:?}");
    }

    #[test]
    fn mentions_are_counted() {
        assert_eq!(terms(mentions, "حفتر والسراج"), ["first", "named 1", "named 2", "named gna", "named lna"].map(str::to_owned));
    }
}
