//! Statements about how much a text as a whole names the camps.

use crate::text::{Mention, Party, TextFindings};

/// The numbers of names from which on a text has a term of its own.
const TIMES: [usize; 5] = [1, 2, 4, 8, 16];

/// A statement about the names of camps in a text as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::features) enum TextStatement {
    /// It mentions the camp, or who helps it.
    Of { camp: usize, strong: bool },
    /// It mentions camps, or who helps them, at least this many times.
    Times { least: usize, strong: bool },
    /// A camp is named in the first four sentences.
    First,
}

impl TextStatement {
    /// All statements about `n_camps` camps.
    pub(in crate::features) fn all(n_camps: usize) -> impl Iterator<Item = Self> {
        let of = move |strong| (0..n_camps).map(move |camp| Self::Of { camp, strong });
        let times = |strong| TIMES.into_iter().map(move |least| Self::Times { least, strong });
        [true, false]
            .into_iter()
            .flat_map(move |strong| of(strong).chain(times(strong)))
            .chain([Self::First])
    }

    /// Whether it holds.
    pub(in crate::features) fn holds(self, findings: &TextFindings) -> bool {
        let mut mentions = findings.mentions.iter();
        match self {
            Self::Of { camp, strong } => {
                let party = if strong { Party::Camp(camp) } else { Party::Ally(camp) };
                mentions.any(|mention| mention.party == party)
            }
            Self::Times { least, strong } => {
                let is_wanted = |mention: &&Mention| {
                    if strong { mention.camp().is_some() } else { mention.helped().is_some() }
                };
                mentions.filter(is_wanted).nth(least - 1).is_some()
            }
            Self::First => {
                let opening = findings
                    .voices
                    .sentences
                    .iter()
                    .take(4)
                    .next_back()
                    .map_or(0, |sentence| sentence.end);
                mentions.any(|mention| mention.camp().is_some() && mention.tokens.start < opening)
            }
        }
    }

    /// Its term, given the ids of the camps.
    pub(in crate::features) fn term(self, camps: &[String]) -> String {
        let what = |strong| if strong { "named" } else { "associate" };
        match self {
            Self::Of { camp, strong } => format!("{} {}", what(strong), camps[camp]),
            Self::Times { least, strong } => format!("{} {least}", what(strong)),
            Self::First => "first".to_owned(),
        }
    }
}
