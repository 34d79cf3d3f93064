//! The names of newsrooms (`newsrooms.toml`), and the pattern that finds them.

use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use super::pattern::compiled;

/// Names of newsrooms.
#[derive(Debug, Deserialize)]
pub struct Newsrooms {
    /// Names that are never anything else.
    pub plain: Vec<String>,
    /// Names that are ordinary words, too.
    pub ambiguous: Vec<String>,
}

/// Words that come before the name of a newsroom: channel, newspaper, agency …
pub const WORDS: &str = "قناة|قناتي|صحيفة|جريدة|موقع|وكالة|شبكة|تلفزيون|فضائية|مجلة|إذاعة";

pub static NEWSROOMS: LazyLock<Newsrooms> = LazyLock::new(|| {
    toml::from_str(include_str!("newsrooms.toml")).expect("the tests read the file")
});

/// The pattern of the name of a newsroom in an unfolded line.
pub static PATTERN: LazyLock<Regex> = LazyLock::new(|| {
    let any = |names: &[String]| {
        let mut names: Vec<&String> = names.iter().collect();
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        names.into_iter().map(|name| loose(name)).collect::<Vec<_>>().join("|")
    };
    let (plain, ambiguous) = (any(&NEWSROOMS.plain), any(&NEWSROOMS.ambiguous));
    compiled(&format!(
        r#"[وفبلك]?(?:(?:{WORDS})\s+)?["«“]?(?:{plain})["»”]?
         | [وفبلك]?(?:{WORDS})\s+["«“]?(?:{ambiguous})["»”]?
         | (?:لـ?|عن|من|إلى)\s?["«“](?:{ambiguous})["»”]"#
    ))
});

/// A pattern of the usual spellings of a name, in verbose mode.
fn loose(name: &str) -> String {
    name.chars()
        .map(|c| match c {
            'ا' | 'أ' | 'إ' | 'آ' => "[اأإآ]".to_owned(),
            'ه' | 'ة' => "[هة]".to_owned(),
            'ي' | 'ى' => "[يى]".to_owned(),
            ' ' => r"\s+".to_owned(),
            other => regex::escape(&other.to_string()),
        })
        .collect()
}
