//! The words of pages: one table a language (`en.toml`, `ar.toml`), each text by section and name.
//!
//! A text has gaps in braces: `{articles}`. In a right-to-left language, what fills a gap is
//! isolated, so that numbers with signs and Latin names stay whole. Digits are Latin everywhere.

mod plural;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::camp::Stance;
use crate::record::UNCERTAIN;

type Table = BTreeMap<String, BTreeMap<String, String>>;

/// A language that pages are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English, left to right.
    #[default]
    English,
    /// Arabic, right to left.
    Arabic,
}

/// The words of one language.
#[derive(Debug)]
pub struct Words {
    language: Language,
    table: Table,
}

static ENGLISH: LazyLock<Words> =
    LazyLock::new(|| Words::new(Language::English, include_str!("en.toml")));
static ARABIC: LazyLock<Words> =
    LazyLock::new(|| Words::new(Language::Arabic, include_str!("ar.toml")));

impl Language {
    /// Its words.
    pub fn words(self) -> &'static Words {
        match self {
            Self::English => &ENGLISH,
            Self::Arabic => &ARABIC,
        }
    }

    /// Its code, as HTML names it.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Arabic => "ar",
        }
    }

    /// Its direction, as HTML names it.
    pub fn direction(self) -> &'static str {
        match self {
            Self::English => "ltr",
            Self::Arabic => "rtl",
        }
    }
}

impl Words {
    fn new(language: Language, table: &str) -> Self {
        let mut table: Table = toml::from_str(table).unwrap_or_default();
        if language == Language::Arabic {
            for text in table.values_mut().flat_map(BTreeMap::values_mut) {
                *text = with_signs_apart(text);
            }
        }
        Self { language, table }
    }

    /// The language of these words.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The text of a section and name: `report.title`. A test finds every name that is asked for.
    pub fn say<'a>(&'a self, key: &'a str) -> &'a str {
        let (section, name) = key.split_once('.').unwrap_or((key, ""));
        self.table.get(section).and_then(|texts| texts.get(name)).map_or(key, String::as_str)
    }

    /// A text with its gaps filled.
    pub fn fill(&self, key: &str, gaps: &[(&str, &str)]) -> String {
        let mut rest = self.say(key);
        let mut filled = String::with_capacity(rest.len() + 32);
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            filled.push_str(before);
            if let Some((_, value)) = gaps.iter().find(|(gap, _)| *gap == name) {
                filled.push_str(&self.apart(value));
            }
            rest = after;
        }
        filled.push_str(rest);
        filled
    }

    /// Text apart from the direction around it.
    pub fn apart(&self, text: &str) -> String {
        let is_latin = text.is_ascii() || text.starts_with(['−', '+']);
        match (self.language, is_latin) {
            (Language::English, true) => text.to_owned(),
            // LEFT-TO-RIGHT ISOLATE or FIRST STRONG ISOLATE … POP DIRECTIONAL ISOLATE.
            (Language::Arabic, true) => format!("\u{2066}{text}\u{2069}"),
            (_, false) => format!("\u{2068}{text}\u{2069}"),
        }
    }

    /// A number of things, by the section that has the forms of their noun: `3 articles`.
    pub fn count(&self, number: impl TryInto<u64>, noun: &str) -> String {
        let number = number.try_into().unwrap_or(u64::MAX);
        let key = format!("{noun}.{}", plural::form(self.language, number));
        self.fill(&key, &[("n", &number.to_string())])
    }

    /// A stance; `None` is uncertain.
    pub fn stance(&self, stance: Option<Stance>) -> &str {
        self.named("stance", stance.map_or(UNCERTAIN, Stance::as_str))
    }

    /// A word of a section that data names; as it is, if the section lacks it.
    pub fn named<'a>(&'a self, section: &str, name: &'a str) -> &'a str {
        self.table.get(section).and_then(|texts| texts.get(name)).map_or(name, String::as_str)
    }

    /// Several names in one list.
    pub fn list<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> String {
        names.into_iter().collect::<Vec<_>>().join(self.say("page.comma"))
    }
}

/// Numbers with a sign isolated, which a right-to-left text would put behind them.
fn with_signs_apart(text: &str) -> String {
    let mut apart = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(['−', '+']) {
        let (before, from) = rest.split_at(start);
        let is_of_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | '−' | '+');
        let end = from.find(|c| !is_of_number(c)).unwrap_or(from.len());
        let (number, after) = from.split_at(end);
        apart.extend([before, "\u{2066}", number, "\u{2069}"]);
        rest = after;
    }
    apart.push_str(rest);
    apart
}

#[cfg(test)]
mod tests;
