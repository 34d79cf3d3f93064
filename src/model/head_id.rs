//! The address of a head in a model of stances.

/// A head of a model of stances: whether the article is about the conflict, or the side that it
/// takes toward one camp.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HeadId {
    /// Whether the article is about the conflict at all.
    Relevance,
    /// The side toward the camp with this number.
    Camp(usize),
}

impl HeadId {
    /// All heads, in the order of [`Task::heads`](super::Task::heads).
    pub const ALL: [Self; 3] = [Self::Relevance, Self::Camp(0), Self::Camp(1)];

    /// Class of [`Self::Relevance`]: the article is about the conflict.
    pub const RELATED: usize = 0;

    /// Class of [`Self::Relevance`]: the article is not about the conflict.
    pub const UNRELATED: usize = 1;

    /// The position among the heads of a model, and in
    /// [`BlockSettings::heads`](crate::features::BlockSettings::heads).
    pub const fn index(self) -> usize {
        match self {
            Self::Relevance => 0,
            Self::Camp(camp) => 1 + camp,
        }
    }

    /// The number of the camp, if the head is about one.
    pub const fn camp(self) -> Option<usize> {
        match self {
            Self::Relevance => None,
            Self::Camp(camp) => Some(camp),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_numbered_in_their_order() {
        assert!(HeadId::ALL.iter().enumerate().all(|(index, head)| head.index() == index));
    }
}
