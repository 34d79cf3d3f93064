//! Swaps the camps in a text: each name is replaced by its counterpart in the other camp.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::camp::Camps;
use crate::text::AnalyzedText;
use crate::text::phrase_words::{PhraseWords, one_spelling, proclitic};
use crate::text::phrases::{Found, Phrases};
use crate::text::script::{fold_letters, normalise};

/// Pairs of names of one conflict: first camp, second camp.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pairs {
    names: Vec<[String; 2]>,
    associates: Vec<[String; 2]>,
}

/// Which names are swapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SwapScope {
    /// Only the camps' own names.
    Names,
    /// Also those of places, backers and bodies associated with them.
    NamesAndAssociates,
}

/// A name to look for.
#[derive(Debug)]
struct Name {
    /// As the camps file writes it.
    written: String,
    /// Its replacement; `None` for a name that stays.
    counterpart: Option<String>,
    strong: bool,
}

/// The names of two camps and their counterparts.
#[derive(Debug)]
pub struct Counterparts {
    words: PhraseWords,
    phrases: Phrases<usize>,
    names: Vec<Name>,
}

/// Whether some words stand in a name as they are.
fn has_words(name: &str, words: &str) -> bool {
    let words: Vec<&str> = words.split(' ').collect();
    let name: Vec<&str> = name.split(' ').collect();
    name.windows(words.len()).any(|part| part == words)
}

impl Counterparts {
    /// The counterparts for `camps`: the pairs of `counterparts.toml`. For a name in no pair, the
    /// nth name of one camp is paired with the nth name of the other.
    pub fn new(camps: &Camps) -> Self {
        // A test parses the file, so a built program cannot contain a broken one.
        let mut known: BTreeMap<String, Pairs> =
            toml::from_str(include_str!("counterparts.toml")).unwrap_or_default();
        let pairs = known.remove(&camps.conflict).unwrap_or_default();
        let mut names: Vec<Name> = Vec::new();
        // Pairs come first: if a word matches two patterns, the first one wins.
        for (pairs, strong) in [(&pairs.names, true), (&pairs.associates, false)] {
            for [first, second] in pairs {
                for (name, counterpart) in [(first, second), (second, first)] {
                    names.push(Name {
                        written: name.clone(),
                        counterpart: Some(counterpart.clone()),
                        strong,
                    });
                }
            }
        }
        for (camp, other) in camps.camps.iter().zip(camps.camps.iter().rev()) {
            let others: Vec<&str> = other.names().collect();
            // A longer name that holds a paired one is swapped by that.
            let holds_pair = |name: &str| {
                let is_part = |pair: &Name| pair.written.len() < name.len();
                names.iter().any(|pair| is_part(pair) && has_words(name, &pair.written))
            };
            let alone: Vec<&str> = camp.names().filter(|name| !holds_pair(name)).collect();
            for (name, counterpart) in alone.into_iter().zip(others.iter().cycle()) {
                names.push(Name {
                    written: name.to_owned(),
                    counterpart: Some((*counterpart).to_owned()),
                    strong: true,
                });
            }
            let others = camp.judging.iter().chain(&camp.allies).chain(&camp.seats);
            names.extend(others.map(|name| Name {
                written: name.clone(),
                counterpart: None,
                strong: false,
            }));
        }
        let mut words = PhraseWords::default();
        let phrases = Phrases::new(
            &mut words,
            names.iter().enumerate().map(|(number, name)| (name.written.as_str(), number)),
        );
        Self { words, phrases, names }
    }

    /// The text with the camps' names swapped, proclitics included; `None` if there is nothing to
    /// swap.
    pub fn swap(&self, read: &AnalyzedText, scope: SwapScope) -> Option<String> {
        let met: Vec<Vec<u32>> = read
            .tokens
            .iter()
            .map(|token| self.words.matching(&one_spelling(&read.text[token.span.clone()])))
            .collect();
        let (mut text, mut end) = (String::new(), 0);
        self.phrases.find(
            met.len(),
            |token| self.phrases.uses(&met[token]).begins,
            |token| &met[token],
            |Found { start, end: after, value }| {
                let name = &self.names[value];
                let token = &read.tokens[start];
                let wanted = name.strong || scope == SwapScope::NamesAndAssociates;
                if let Some(written) = wanted
                    .then(|| name.replaced(&normalise(&read.text[token.span.clone()])))
                    .flatten()
                {
                    text.push_str(&read.text[end..token.span.start]);
                    text.push_str(&written);
                    end = read.tokens[after - 1].span.end;
                }
            },
        );
        (end > 0).then(|| text + &read.text[end..])
    }
}

impl Name {
    /// The counterpart with the proclitics of the name's first word as written in the text: و, ف,
    /// ب, ك and ل stay; ل merges with the definite article as in writing (للسراج).
    fn replaced(&self, first: &str) -> Option<String> {
        let counterpart = self.counterpart.as_deref()?;
        let own = self.written.split(' ').next()?;
        let front = proclitic(&fold_letters(first), own)?;
        if let (Some(name), Some(counterpart)) =
            (own.strip_suffix('*'), counterpart.strip_suffix('*'))
        {
            // Folding letters does not change their number.
            let ending: String =
                first.chars().skip(front.chars().count() + name.chars().count()).collect();
            return Some(format!("{front}{counterpart}{ending}"));
        }
        let joined = front
            .strip_suffix("ال")
            .or_else(|| front.strip_suffix("لل").map(|_| &front[..front.len() - "ل".len()]))
            .unwrap_or(front);
        Some(match counterpart.strip_prefix("ال") {
            Some(rest) if joined.ends_with('ل') => format!("{joined}ل{rest}"),
            _ => format!("{joined}{counterpart}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Mention, TextReader};
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static CAMPS: LazyLock<Camps> =
        LazyLock::new(|| Camps::from_toml(include_str!("../../../labeled/camps.toml")).unwrap());
    static READER: LazyLock<TextReader> = LazyLock::new(|| TextReader::with_camps(&CAMPS));
    static COUNTERPARTS: LazyLock<Counterparts> = LazyLock::new(|| Counterparts::new(&CAMPS));

    fn swap(text: &str, scope: SwapScope) -> Option<String> {
        COUNTERPARTS.swap(&READER.read_text(text.to_owned()), scope)
    }

    fn pairs() -> Pairs {
        let mut known: BTreeMap<String, Pairs> =
            toml::from_str(include_str!("counterparts.toml")).unwrap();
        known.remove("libya").unwrap()
    }

    #[test]
    fn names_are_swapped_with_what_is_joined_to_them() {
        for (text, expected) in [
            ("التقى حفتر وفدا، ثم زار السراج روما", "التقى السراج وفدا، ثم زار حفتر روما"),
            ("رسالة لحفتر وللسراج", "رسالة للسراج ولحفتر"),
            ("وبمجلس النواب فالمجلس الرئاسي", "وبالمجلس الرئاسي فمجلس النواب"),
            ("قوات حكومة الوفاق الوطني", "قوات القيادة العامة للقوات المسلحة"),
        ] {
            assert_eq!(swap(text, SwapScope::Names).as_deref(), Some(expected));
        }
        assert_eq!(swap("طائرات مصرية فوق طرابلس", SwapScope::Names), None);
        assert_eq!(
            swap("الطائرات المصرية وللتركيين في طرابلس، ومصر", SwapScope::NamesAndAssociates)
                .as_deref(),
            Some("الطائرات التركية وللمصريين في بنغازي، وتركيا")
        );
    }

    #[test]
    fn every_pair_is_of_the_two_camps_and_no_name_stands_in_two() {
        let pairs = pairs();
        let mut seen = std::collections::BTreeSet::new();
        for ([first, second], strong) in pairs
            .names
            .iter()
            .map(|pair| (pair, true))
            .chain(pairs.associates.iter().map(|pair| (pair, false)))
        {
            for (camp, name) in [(0, first), (1, second)] {
                let mentions =
                    READER.read_text(name.trim_end_matches('*').to_owned()).findings.mentions;
                // Who or what is associated with a camp need not be the camp: a state, a place.
                let camps: Vec<_> = mentions.iter().filter_map(Mention::camp).collect();
                assert!(camps == [camp] || !strong && camps.is_empty(), "{name}: {camps:?}");
                let whole = |mention: &Mention| mention.tokens.len() == name.split(' ').count();
                assert!(!strong || mentions.iter().all(whole), "{name}: {mentions:?}");
                assert!(seen.insert(name.clone()), "{name} stands in two pairs");
            }
        }
    }

    #[test]
    fn a_conflict_without_pairs_swaps_by_place() {
        let camps = Camps::from_toml(include_str!("../../../labeled/sudan/camps.toml")).unwrap();
        let [first, second] = [0, 1].map(|camp: usize| camps.camps[camp].aliases[0].clone());
        let read = TextReader::with_camps(&camps).read_text(format!("وقال {first} اليوم"));
        assert_eq!(
            Counterparts::new(&camps).swap(&read, SwapScope::Names),
            Some(format!("وقال {second} اليوم"))
        );
    }

    const FRONTS: [&str; 6] = ["", "و", "ف", "ب", "ك", "ل"];

    proptest! {
        /// Pairs map one to one, so the camps are back where they were.
        #[test]
        fn swapped_twice_a_text_is_itself(
            pieces in prop::collection::vec(
                (any::<prop::sample::Index>(), 0..2_usize, 0..6_usize),
                1..20,
            )
        ) {
            let pairs = pairs();
            let all: Vec<&[String; 2]> = pairs.names.iter().chain(&pairs.associates).collect();
            let joined = |number: usize, name: &str| match (
                FRONTS[number],
                name.strip_prefix("ال"),
            ) {
                ("ل", Some(rest)) => format!("لل{rest}"),
                (front, _) => format!("{front}{name}"),
            };
            let names = pieces.iter().map(|(pair, camp, front)| {
                joined(*front, &pair.get(&all)[*camp].replace('*', "ة"))
            });
            let text = names.collect::<Vec<_>>().join(" يوم أمس ");
            let once = swap(&text, SwapScope::NamesAndAssociates).unwrap();
            prop_assert_ne!(&once, &text);
            prop_assert_eq!(swap(&once, SwapScope::NamesAndAssociates).unwrap(), text);
        }
    }
}
