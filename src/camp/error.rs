//! Why a camps file is invalid.

use crate::article::quoted::quoted;

/// Why a camps file is invalid.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CampsError {
    /// The TOML is invalid, or a key is unknown or missing.
    #[error("{}", .0.to_string().trim_end())]
    Toml(Box<toml::de::Error>),
    /// There are more camps than two, or fewer.
    #[error("{}", count(.ids))]
    Count {
        /// The ids of those that there are.
        ids: Vec<String>,
    },
    /// A name is one of both camps.
    #[error(
        "{} is a name of both camps: leave it to one, or take it out of both (`usual` says whom a \
         common noun means)",
        quoted(.name)
    )]
    SharedName {
        /// The name.
        name: String,
    },
    /// The id of a camp is empty, has other characters than `a-z 0-9 _`, or is reserved.
    #[error(
        "camp id {}: use a short name of a-z, 0-9 and _ that is none of {RESERVED_IDS:?}",
        quoted(.id)
    )]
    InvalidId {
        /// The id.
        id: String,
    },
    /// The id of the conflict, which is the name of its model file, is no plain name.
    #[error(
        "conflict {}: use a name of at most {MAX_CONFLICT} letters, digits, - and _; the model \
         file is called so",
        quoted(.conflict)
    )]
    InvalidConflict {
        /// The id.
        conflict: String,
    },
    /// A name is empty, or has a word without a letter or digit.
    #[error(
        "{list}: {} is no name; write words, with `*` only at the end of one for any ending",
        quoted(.name)
    )]
    InvalidName {
        /// The key of the list.
        list: &'static str,
        /// The name.
        name: String,
    },
    /// A day or the referent of an era cannot be read.
    #[error("[[era]] number {number}: {what}")]
    InvalidEra {
        /// Which of the eras, from 1.
        number: usize,
        /// What is wrong, and the cure.
        what: String,
    },
    /// Both camps have the same id.
    #[error("both camps have the id {id:?}: give each its own")]
    RepeatedId {
        /// The id.
        id: String,
    },
}

fn count(ids: &[String]) -> String {
    match ids {
        [] => "two camps are needed, there is none: write two tables [[camp]]".to_owned(),
        [one] => format!("two camps are needed, there is one ({one}): write another [[camp]]"),
        more => format!(
            "two camps are needed, there are {} ({}): a model tells two apart; make a set for each \
             pair",
            more.len(),
            more.join(", ")
        ),
    }
}

/// Most characters of a conflict's id.
pub(super) const MAX_CONFLICT: usize = 60;

/// Names of output fields, which camps cannot have as ids.
pub(super) const RESERVED_IDS: [&str; 15] = [
    "id",
    "outlet",
    "date",
    "event",
    "kept",
    "lean",
    "unrelated",
    "known",
    "sentences",
    "error",
    "model",
    "version",
    "reading",
    "article",
    "relevance",
];
