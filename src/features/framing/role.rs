//! The relation of a lexicon word to the camps.

/// The relation of a lexicon word to the camps, given by their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::features) enum Role {
    /// Any relation.
    Any,
    /// The word names somebody else, in a sentence about the camp.
    Free(usize),
    /// The camp is nearest.
    At(usize),
    /// And near.
    Near(usize),
    /// And adjacent, behind the word or ahead of it.
    Adjacent { camp: usize, behind: bool },
    /// An associate of the camp is meant.
    Associate(usize),
    /// An associate is adjacent.
    AdjacentAssociate { camp: usize, behind: bool },
    /// The sentence names neither.
    Nobody,
}

impl Role {
    /// Every role that a word can have toward `n_camps` camps, in the order of their numbers.
    pub(in crate::features) fn all(n_camps: usize) -> impl Iterator<Item = Self> {
        let toward = |camp| {
            let near = [Self::Free(camp), Self::At(camp), Self::Near(camp), Self::Associate(camp)];
            let adjacent = move |behind| {
                [Self::Adjacent { camp, behind }, Self::AdjacentAssociate { camp, behind }]
            };
            near.into_iter().chain([false, true].into_iter().flat_map(adjacent))
        };
        [Self::Any, Self::Nobody].into_iter().chain((0..n_camps).flat_map(toward))
    }

    /// Its number among all.
    pub(in crate::features) fn number(self) -> usize {
        let (camp, place) = match self {
            Self::Any => return 0,
            Self::Nobody => return 1,
            Self::Free(camp) => (camp, 0),
            Self::At(camp) => (camp, 1),
            Self::Near(camp) => (camp, 2),
            Self::Associate(camp) => (camp, 3),
            Self::Adjacent { camp, behind } => (camp, 4 + 2 * usize::from(behind)),
            Self::AdjacentAssociate { camp, behind } => (camp, 5 + 2 * usize::from(behind)),
        };
        2 + 8 * camp + place
    }

    /// What the role adds to a term, given the ids of the camps.
    pub(in crate::features) fn tag(self, camps: &[String]) -> String {
        let side = |behind| if behind { "+B" } else { "+A" };
        match self {
            Self::Any => String::new(),
            Self::Free(camp) => format!("=free@{}", camps[camp]),
            Self::At(camp) => format!("@{}", camps[camp]),
            Self::Near(camp) => format!("=near@{}", camps[camp]),
            Self::Adjacent { camp, behind } => format!("{}@{}", side(behind), camps[camp]),
            Self::Associate(camp) => format!("@w{}", camps[camp]),
            Self::AdjacentAssociate { camp, behind } => {
                format!("{}@w{}", side(behind), camps[camp])
            }
            Self::Nobody => "@none".to_owned(),
        }
    }
}
