//! The relation of a lexicon word to the camps.

/// The relation of a lexicon word to the camps, given by their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::features) enum Role {
    /// It is about nobody who is mentioned.
    Nobody,
    /// It is about a third party.
    Third,
    /// It is about the camp.
    About(usize),
    /// And grammar ties it to the camp.
    Tied(usize),
    /// It is about the camp, if a description means what it is presumed to mean.
    Presumed(usize),
    /// It is about who helps the camp.
    Ally(usize),
    /// The camp, or who helps it, is the opponent in the fight that it tells.
    Opponent(usize),
    /// It is about somebody else, and the camp is nearest in the sentence: "the army against the
    /// terrorists".
    Beside(usize),
}

impl Role {
    /// Every role that a word can have toward `n_camps` camps, in the order of their numbers.
    pub(in crate::features) fn all(n_camps: usize) -> impl Iterator<Item = Self> {
        let toward = |camp| {
            [
                Self::About(camp),
                Self::Tied(camp),
                Self::Presumed(camp),
                Self::Ally(camp),
                Self::Opponent(camp),
                Self::Beside(camp),
            ]
        };
        [Self::Nobody, Self::Third].into_iter().chain((0..n_camps).flat_map(toward))
    }

    /// Its number among all.
    pub(in crate::features) fn number(self) -> usize {
        let (camp, place) = match self {
            Self::Nobody => return 0,
            Self::Third => return 1,
            Self::About(camp) => (camp, 0),
            Self::Tied(camp) => (camp, 1),
            Self::Presumed(camp) => (camp, 2),
            Self::Ally(camp) => (camp, 3),
            Self::Opponent(camp) => (camp, 4),
            Self::Beside(camp) => (camp, 5),
        };
        2 + 6 * camp + place
    }

    /// The camp that it is a relation to.
    pub(in crate::features) fn camp(self) -> Option<usize> {
        match self {
            Self::Nobody | Self::Third => None,
            Self::About(camp)
            | Self::Tied(camp)
            | Self::Presumed(camp)
            | Self::Ally(camp)
            | Self::Opponent(camp)
            | Self::Beside(camp) => Some(camp),
        }
    }

    /// The same relation to another camp.
    pub(in crate::features) fn toward(self, camp: usize) -> Self {
        match self {
            Self::Nobody | Self::Third => self,
            Self::About(_) => Self::About(camp),
            Self::Tied(_) => Self::Tied(camp),
            Self::Presumed(_) => Self::Presumed(camp),
            Self::Ally(_) => Self::Ally(camp),
            Self::Opponent(_) => Self::Opponent(camp),
            Self::Beside(_) => Self::Beside(camp),
        }
    }

    /// Whether the role tells something of a camp, so that what is learned of a sense in this role
    /// is shared by all its classes.
    pub(in crate::features) fn is_of_camp(self) -> bool {
        !matches!(self, Self::Nobody | Self::Third)
    }

    /// What the role adds to a term, given the ids of the camps.
    pub(in crate::features) fn tag(self, camps: &[String]) -> String {
        match self {
            Self::Nobody => "@none".to_owned(),
            Self::Third => "@third".to_owned(),
            Self::About(camp) => format!("@{}", camps[camp]),
            Self::Tied(camp) => format!("=tied@{}", camps[camp]),
            Self::Presumed(camp) => format!("?{}", camps[camp]),
            Self::Ally(camp) => format!("@w{}", camps[camp]),
            Self::Opponent(camp) => format!(">{}", camps[camp]),
            Self::Beside(camp) => format!("~{}", camps[camp]),
        }
    }
}
