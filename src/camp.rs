//! The two rival camps, the stances toward them, and the sign convention of scores.
//!
//! Per camp, `score = P(favor) − P(against)`. The `lean` of an article is
//! `(score of the first camp − score of the second) / 2`. Both are in [−1, 1]. Only the camps file
//! (`labeled/camps.toml`: `lna`, then `gna`) determines which camp is the first.

use std::fmt;

use serde::{Deserialize, Serialize};

pub(crate) mod checks;
mod error;

pub use error::CampsError;
use error::{MAX_CONFLICT, RESERVED_IDS};

/// The stance of an article toward one camp: of the article's own voice, not of those it quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// The article praises the camp, or describes events in the camp's terms.
    Favor,
    /// The article takes no side for or against the camp.
    Neutral,
    /// The article blames the camp, or describes events in the terms of its enemies.
    Against,
    /// The article is not about the conflict.
    Unrelated,
}

impl Stance {
    /// The stances of articles about the conflict, in the order of a model's weights.
    pub const SIDES: [Self; 3] = [Self::Favor, Self::Neutral, Self::Against];

    /// All stances, in the order of the label codebook.
    pub const ALL: [Self; 4] = [Self::Favor, Self::Neutral, Self::Against, Self::Unrelated];

    /// The stance as a word, as in label files and output: `favor`, `neutral`, `against` or
    /// `unrelated`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Favor => "favor",
            Self::Neutral => "neutral",
            Self::Against => "against",
            Self::Unrelated => "unrelated",
        }
    }

    /// The stance that a word stands for, as in [`Self::as_str`].
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stance| stance.as_str() == word)
    }

    /// The position in [`Self::SIDES`]; `None` for [`Self::Unrelated`].
    pub fn side(self) -> Option<usize> {
        Self::SIDES.iter().position(|&side| side == self)
    }
}

impl fmt::Display for Stance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The probabilities of the three stances toward one camp; they sum to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct StanceProbabilities {
    /// P(favor).
    pub favor: f64,
    /// P(neutral).
    pub neutral: f64,
    /// P(against).
    pub against: f64,
}

impl StanceProbabilities {
    /// P(favor) − P(against), in [−1, 1].
    pub fn score(&self) -> f64 {
        self.favor - self.against
    }
}

/// The lean of an article, from its scores toward the two camps in the order of the camps file. It
/// is in [−1, 1] and positive toward the first camp.
pub fn lean(scores: [f64; 2]) -> f64 {
    (scores[0] - scores[1]) / 2.0
}

/// One camp of a conflict: its id and its names, as in the camps file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Camp {
    /// Id in label files and output, such as `lna`: lower-case ASCII letters, digits and `_`.
    pub id: String,
    /// Name in English.
    pub name_en: String,
    /// Name in Arabic.
    pub name_ar: String,
    /// Names of the organisations that the camp succeeded.
    #[serde(default)]
    pub predecessors: Vec<String>,
    /// Names of the organisations that succeeded the camp.
    #[serde(default)]
    pub successors: Vec<String>,
    /// Names of the camp, its leaders, bodies and forces in news text.
    pub aliases: Vec<String>,
    /// Shortened forms of the names in running text; `*` stands for any ending.
    #[serde(default)]
    pub short_names: Vec<String>,
    /// Names that by themselves judge the camp, such as those of its enemies for it; `*` stands for
    /// any ending.
    #[serde(default)]
    pub judging: Vec<String>,
    /// Who fights or speaks for the camp without being part of it; `*` stands for any ending.
    #[serde(default)]
    pub allies: Vec<String>,
    /// Seats and regions that say whose a government or force is; `*` stands for any ending.
    #[serde(default)]
    pub seats: Vec<String>,
    /// Nouns of the program's list (`src/text/parties.toml`), or whole kinds of them (`army`,
    /// `government`, `parliament`, `militias`), that usually mean the camp where nothing else says
    /// who is meant.
    #[serde(default)]
    pub usual: Vec<String>,
}

/// Who is meant by some names at a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Era {
    /// Its first day, `YYYY-MM-DD`.
    pub from: String,
    /// Its last day.
    pub until: String,
    /// Who is meant: the id of a camp, the same with `-ally`, or a kind of third party such as
    /// `gang` or `neither`.
    pub referent: String,
    /// Why.
    pub reason: String,
    /// The names; `*` stands for any ending.
    pub patterns: Vec<String>,
}

impl Camp {
    /// All names of the camp itself, without its associates.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let all = [&self.aliases, &self.short_names, &self.predecessors, &self.successors];
        all.into_iter().flatten().map(String::as_str)
    }
}

/// The two rival camps of a conflict, and the names by which texts mention them.
///
/// ```
/// use mizan::Camps;
///
/// let camps = Camps::from_toml(
///     "conflict = 'example'\n\
///      [[camp]]\n\
///      id = 'north'\nname_en = 'North'\nname_ar = 'الشمال'\naliases = ['قوات الشمال']\n\
///      [[camp]]\n\
///      id = 'south'\nname_en = 'South'\nname_ar = 'الجنوب'\naliases = ['قوات الجنوب']\n",
/// )?;
/// assert_eq!(camps.ids(), ["north", "south"]);
/// # Ok::<(), mizan::error::CampsError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Camps {
    /// Id of the conflict, such as `libya`; the default name of its model file.
    pub conflict: String,
    /// Names that tie a text to the conflict's country: its towns, tribes, bodies and people; `*`
    /// stands for any ending. An article with none of them, and with no camp's name but shared
    /// ones, is off topic; without any here, nothing is.
    #[serde(default)]
    pub topic: Vec<String>,
    /// Names that other countries have too, such as a parliament's: a camp that is named only so,
    /// or by a name that holds one of them, does not tie a text to the conflict.
    #[serde(default)]
    pub shared: Vec<String>,
    /// Names of `shared` that news of other countries hardly bears without naming the country: they
    /// tie a text to the conflict that names nothing of `elsewhere`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub likely: Vec<String>,
    /// Countries that have bodies of such names, too, as words; `*` stands for any ending.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub elsewhere: Vec<String>,
    /// The camps. A positive lean is toward the first.
    #[serde(rename = "camp")]
    pub camps: [Camp; 2],
    /// Names that mean somebody else at other times; they count in texts whose date is known.
    #[serde(default, rename = "era")]
    pub eras: Vec<Era>,
}

impl Camps {
    /// Reads a camps file (TOML).
    ///
    /// # Errors
    /// If the text is not a camps file, such as `labeled/camps.toml`, or an id, a name or an era is
    /// invalid.
    pub fn from_toml(text: &str) -> Result<Self, CampsError> {
        checks::check_count(text)?;
        let camps: Self =
            toml::from_str(text).map_err(|error| CampsError::Toml(Box::new(error)))?;
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        let length = camps.conflict.chars().count();
        if !(1..=MAX_CONFLICT).contains(&length) || !camps.conflict.chars().all(is_part) {
            return Err(CampsError::InvalidConflict { conflict: camps.conflict });
        }
        camps.check()?;
        camps.check_names()?;
        Ok(camps)
    }

    /// Checks the ids, as [`Self::from_toml`] does, of camps from another source (a model file).
    pub(crate) fn check(&self) -> Result<(), CampsError> {
        for Camp { id, .. } in &self.camps {
            let plain = id
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
            if id.is_empty() || !plain || RESERVED_IDS.contains(&id.as_str()) {
                return Err(CampsError::InvalidId { id: id.clone() });
            }
        }
        if self.camps[0].id == self.camps[1].id {
            return Err(CampsError::RepeatedId { id: self.camps[0].id.clone() });
        }
        Ok(())
    }

    /// The aliases of one word; the stemmer leaves them whole.
    pub fn one_word_names(&self) -> impl Iterator<Item = &str> {
        self.camps
            .iter()
            .flat_map(|camp| &camp.aliases)
            .map(String::as_str)
            .filter(|alias| !alias.contains(' '))
    }

    /// The ids of the two camps, in order.
    pub fn ids(&self) -> [&str; 2] {
        [&self.camps[0].id, &self.camps[1].id]
    }
}

#[cfg(test)]
mod tests;
