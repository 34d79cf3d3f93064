//! The two rival camps, the stances toward them, and the one home of the sign.
//!
//! Per camp, `score = P(favor) − P(against)`. The `lean` of an article is
//! `(score of the first camp − score of the second) / 2`. Both lie in [−1, 1]. Which camp is first
//! is said by the camps file (`labeled/camps.toml`: `lna`, then `gna`) and by nothing else.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A stance of an article's own voice toward one camp.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// Praises the camp, or tells the events in its words.
    Favor,
    /// Takes no side for or against the camp.
    Neutral,
    /// Blames the camp, or tells the events in its enemies' words.
    Against,
    /// The article is not about the conflict.
    Unrelated,
}

impl Stance {
    /// The stances that an article about the conflict can take, in the order in which every model
    /// keeps their weights.
    pub const SIDES: [Self; 3] = [Self::Favor, Self::Neutral, Self::Against];

    /// All labels that an annotator can give.
    pub const ALL: [Self; 4] = [Self::Favor, Self::Neutral, Self::Against, Self::Unrelated];

    /// The word that stands for the stance in label files and in output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Favor => "favor",
            Self::Neutral => "neutral",
            Self::Against => "against",
            Self::Unrelated => "unrelated",
        }
    }

    /// The stance that `word` stands for, if it is one.
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

/// The probabilities of the three sides toward one camp; they sum to 1.
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

/// The lean of an article from its scores toward the two camps, in the order of the camps file; in
/// [−1, 1], positive toward the first.
pub fn lean(scores: [f64; 2]) -> f64 {
    (scores[0] - scores[1]) / 2.0
}

/// One camp: what the camps file says of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Camp {
    /// Short name in label files, options and output, such as `lna`.
    pub id: String,
    /// Name in English.
    pub name_en: String,
    /// Name in Arabic.
    pub name_ar: String,
    /// Names of what the camp was before.
    #[serde(default)]
    pub predecessors: Vec<String>,
    /// Names of what the camp became.
    #[serde(default)]
    pub successors: Vec<String>,
    /// Names under which news text speaks of the camp, its leaders, bodies and forces.
    pub aliases: Vec<String>,
    /// What running text leaves of the names; `*` stands for any ending.
    #[serde(default)]
    pub short_names: Vec<String>,
    /// Places, backers and bodies that stand near the camp; `*` stands for any ending.
    #[serde(default)]
    pub associates: Vec<String>,
}

impl Camp {
    /// All names of the camp itself.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let all = [&self.aliases, &self.short_names, &self.predecessors, &self.successors];
        all.into_iter().flatten().map(String::as_str)
    }
}

/// The two camps of one conflict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Camps {
    /// Short name of the conflict, such as `libya`; the default name of its model file.
    pub conflict: String,
    /// The camps; a lean is positive toward the first.
    #[serde(rename = "camp")]
    pub camps: [Camp; 2],
}

impl Camps {
    /// Reads a camps file (TOML).
    ///
    /// # Errors
    /// When the text is not of the form of `labeled/camps.toml`: the message names line and key.
    /// When an id is empty, is not made of `a-z 0-9 _`, is given twice, or is a name that the
    /// output already uses.
    pub fn from_toml(text: &str) -> Result<Self, String> {
        let camps: Self =
            toml::from_str(text).map_err(|error| error.to_string().trim_end().to_owned())?;
        camps.check()?;
        Ok(camps)
    }

    /// The checks of [`Self::from_toml`], for camps that come from elsewhere (a model file).
    pub(crate) fn check(&self) -> Result<(), String> {
        const TAKEN: [&str; 14] = [
            "id",
            "outlet",
            "date",
            "event",
            "kept",
            "lean",
            "unrelated",
            "known",
            "error",
            "model",
            "version",
            "reading",
            "article",
            "relevance",
        ];
        for Camp { id, .. } in &self.camps {
            let plain = id
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
            if id.is_empty() || !plain || TAKEN.contains(&id.as_str()) {
                return Err(format!(
                    "camp id {id:?}: use a short name of a-z, 0-9 and _ that is none of {TAKEN:?}"
                ));
            }
        }
        if self.camps[0].id == self.camps[1].id {
            return Err(format!(
                "both camps have the id {:?}: give each its own",
                self.camps[0].id
            ));
        }
        Ok(())
    }

    /// The aliases that are one word: names that text keeps whole.
    pub fn one_word_names(&self) -> impl Iterator<Item = &str> {
        self.camps
            .iter()
            .flat_map(|camp| &camp.aliases)
            .map(String::as_str)
            .filter(|alias| !alias.contains(' '))
    }

    /// The two ids, in order.
    pub fn ids(&self) -> [&str; 2] {
        [&self.camps[0].id, &self.camps[1].id]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lean_is_positive_toward_the_first_camp() {
        let praised = StanceProbabilities { favor: 0.7, neutral: 0.2, against: 0.1 };
        let blamed = StanceProbabilities { favor: 0.1, neutral: 0.1, against: 0.8 };
        assert!((praised.score() - 0.6).abs() < 1e-12);
        assert!((blamed.score() + 0.7).abs() < 1e-12);
        assert!((lean([praised.score(), blamed.score()]) - 0.65).abs() < 1e-12);
        assert!((lean([1.0, -1.0]) - 1.0).abs() < f64::EPSILON);
    }

    #[test]
    fn the_shipped_camps_file_reads() {
        let camps = Camps::from_toml(include_str!("../labeled/camps.toml")).unwrap();
        assert_eq!(camps.ids(), ["lna", "gna"]);
        assert!(camps.camps.iter().all(|camp| camp.aliases.len() > 5));
    }

    #[test]
    fn a_camp_may_not_take_the_name_of_an_output_field() {
        let text = include_str!("../labeled/camps.toml").replace("id = \"lna\"", "id = \"lean\"");
        assert!(Camps::from_toml(&text).unwrap_err().contains("\"lean\""));
        let twice = include_str!("../labeled/camps.toml").replace("id = \"lna\"", "id = \"gna\"");
        assert!(Camps::from_toml(&twice).unwrap_err().contains("give each its own"));
    }
}
