//! Parties of a conflict, and third parties that are not to be taken for one (`parties.toml`).

use std::sync::LazyLock;

use serde::Deserialize;

/// A party that a mention means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// The camp with this number: its army, government, leaders, a brigade of its own.
    Camp(usize),
    /// Who fights or speaks for the camp with this number without being part of it.
    Ally(usize),
    /// Neither camp.
    Third(ThirdParty),
}

/// A party that is no camp.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ThirdParty {
    /// The United Nations and its envoys.
    Un,
    /// A foreign state, its officials, a league of states.
    State,
    /// ISIS, al-Qaida and their like.
    Jihadist,
    /// Armed men of no camp.
    Gang,
    /// Civilians and their bodies.
    Civilian,
    /// A body, force or person of the country that stands with neither camp.
    Neither,
}

impl Party {
    /// Number of the camp that it is or helps.
    pub fn camp(self) -> Option<usize> {
        match self {
            Self::Camp(camp) | Self::Ally(camp) => Some(camp),
            Self::Third(_) => None,
        }
    }

    /// The party of a name in data, given the ids of the camps.
    pub(crate) fn from_name(name: &str, camps: &[&str]) -> Option<Self> {
        let camp = |id: &str| camps.iter().position(|camp| *camp == id);
        if let Some(ally) = name.strip_suffix("-ally").and_then(camp) {
            return Some(Self::Ally(ally));
        }
        let third = || ThirdParty::ALL.into_iter().find(|third| third.name() == name);
        camp(name).map(Self::Camp).or_else(|| third().map(Self::Third))
    }

    /// Its name in data and output, given the ids of the camps: `lna`, `lna-ally`, `un`.
    pub fn name(self, camps: &[String]) -> String {
        match self {
            Self::Camp(camp) => camps[camp].clone(),
            Self::Ally(camp) => format!("{}-ally", camps[camp]),
            Self::Third(third) => third.name().to_owned(),
        }
    }
}

impl ThirdParty {
    /// All of them.
    const ALL: [Self; 6] =
        [Self::Un, Self::State, Self::Jihadist, Self::Gang, Self::Civilian, Self::Neither];

    /// Its name in data and output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Un => "un",
            Self::State => "state",
            Self::Jihadist => "jihadist",
            Self::Gang => "gang",
            Self::Civilian => "civilian",
            Self::Neither => "neither",
        }
    }
}

/// Kinds of nouns that mean a party only in their context: "the army", "the government".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Head {
    /// الجيش.
    Army,
    /// القوات.
    Forces,
    /// الميليشيات.
    Militias,
    /// الحكومة.
    Government,
    /// البرلمان.
    Parliament,
    /// المتحدث، القائد.
    Person,
    /// قواتنا، الأبطال: the side of whoever speaks.
    Ours,
    /// العدو، الغزاة: whom the speaker fights.
    Enemy,
    /// قواته: of the party mentioned last.
    Owned,
    /// أنصاره، أبواق: who stands for a party without being part of it.
    Backers,
    /// الطرف الآخر، خصومه: the other camp than the one mentioned last.
    Rival,
    /// إعلام، أنصار: a party only with its seat or name beside.
    Body,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
struct ThirdList {
    kind: ThirdParty,
    #[expect(dead_code, reason = "for the reader of the file")]
    reason: String,
    patterns: Vec<&'static str>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
struct HeadList {
    kind: Head,
    #[serde(default = "yes")]
    alone: bool,
    #[expect(dead_code, reason = "for the reader of the file")]
    reason: String,
    patterns: Vec<&'static str>,
}

fn yes() -> bool {
    true
}

/// The third parties and heads of `parties.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
struct File {
    third: Vec<ThirdList>,
    head: Vec<HeadList>,
    tie: List,
    this: List,
    place: List,
    fight: List,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
struct List {
    #[expect(dead_code, reason = "for the reader of the file")]
    reason: String,
    patterns: Vec<&'static str>,
}

/// Patterns of third parties, and of nouns that the context decides.
#[derive(Debug, Default)]
pub(crate) struct Parties {
    pub(crate) third: Vec<(&'static str, ThirdParty)>,
    /// With whether they mean somebody without a word that says whom.
    pub(crate) heads: Vec<(&'static str, Head, bool)>,
    /// Words that tie a noun to the party behind them: الموالية.
    pub(crate) ties: Vec<&'static str>,
    /// Demonstratives.
    pub(crate) this: Vec<&'static str>,
    /// Streets, schools and the like.
    pub(crate) places: Vec<&'static str>,
    /// Words of attack, defence and clashes.
    pub(crate) fights: Vec<&'static str>,
}

/// The parties of `parties.toml`.
pub(crate) static PARTIES: LazyLock<Parties> = LazyLock::new(|| {
    // A test reads the file, so that it cannot be wrong in a built program.
    read(include_str!(concat!(env!("OUT_DIR"), "/parties.json"))).unwrap_or_default()
});

fn read(text: &'static str) -> Result<Parties, serde_json::Error> {
    let file: File = serde_json::from_str(text)?;
    let third = file
        .third
        .iter()
        .flat_map(|list| list.patterns.iter().map(|pattern| (*pattern, list.kind)));
    let heads = file
        .head
        .iter()
        .flat_map(|list| list.patterns.iter().map(|pattern| (*pattern, list.kind, list.alone)));
    Ok(Parties {
        third: third.collect(),
        heads: heads.collect(),
        ties: file.tie.patterns,
        this: file.this.patterns,
        places: file.place.patterns,
        fights: file.fight.patterns,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_reads() {
        let parties = read(include_str!(concat!(env!("OUT_DIR"), "/parties.json"))).unwrap();
        assert!(parties.third.len() > 200 && parties.heads.len() > 30);
    }

    #[test]
    fn the_kinds_that_a_camps_file_may_name_are_all() {
        let names: Vec<&str> = ThirdParty::ALL.into_iter().map(ThirdParty::name).collect();
        assert_eq!(names, crate::camp::checks::THIRD_PARTIES);
    }
}
