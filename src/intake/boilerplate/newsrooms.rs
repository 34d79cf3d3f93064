//! The newsrooms of `newsrooms.toml`: their names, and the pattern that finds them.

use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use super::pattern::compiled;

/// Names of newsrooms.
#[derive(Debug, Deserialize)]
pub struct Newsrooms {
    /// Those that are names wherever they stand.
    pub plain: Vec<String>,
    /// Those that are ordinary words too.
    pub ambiguous: Vec<String>,
}

/// Words for a newsroom, before its name.
pub const WORDS: &str = "قناة|قناتي|صحيفة|جريدة|موقع|وكالة|شبكة|تلفزيون|فضائية|مجلة|إذاعة";

pub static NEWSROOMS: LazyLock<Newsrooms> = LazyLock::new(|| {
    toml::from_str(include_str!("newsrooms.toml")).expect("the tests read the file")
});

/// The pattern of a newsroom's name in a line as it stands.
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

/// A name as a pattern for its usual spellings, in verbose mode.
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
