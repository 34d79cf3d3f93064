//! What a camps file must say so that nothing of it is passed over without a word.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Camp, Camps, CampsError};
use crate::article::quoted::quoted;

/// The kinds of third parties that an era may name, as they are called in data.
pub(crate) const THIRD_PARTIES: [&str; 6] =
    ["un", "state", "jihadist", "gang", "civilian", "neither"];

/// Checks that there are two camps: a third one would be passed over, and one alone would be told
/// in words of the parser.
pub(super) fn check_count(text: &str) -> Result<(), CampsError> {
    // What is no table at all is told with its line by the parser of the whole file.
    let Ok(file) = toml::from_str::<toml::Table>(text) else { return Ok(()) };
    let camps = match file.get("camp") {
        None => &[][..],
        Some(toml::Value::Array(camps)) => camps,
        Some(_) => return Ok(()),
    };
    if camps.len() == 2 {
        return Ok(());
    }
    let id = |camp: &toml::Value| camp.get("id").and_then(toml::Value::as_str).map(quoted);
    let ids = camps.iter().map(|camp| id(camp).unwrap_or_else(|| "one without id".to_owned()));
    Err(CampsError::Count { ids: ids.collect() })
}

impl Camps {
    /// Checks that no name is both camps': each mention of it would count for the last one.
    fn check_shared(&self) -> Result<(), CampsError> {
        let [first, second] = &self.camps;
        let known: BTreeSet<&str> = first.names().map(str::trim).collect();
        match second.names().find(|name| known.contains(name.trim())) {
            Some(name) => Err(CampsError::SharedName { name: name.to_owned() }),
            None => Ok(()),
        }
    }

    /// Checks that every name can stand in a text, and that every era has its days and a referent.
    pub(super) fn check_names(&self) -> Result<(), CampsError> {
        let own = [
            ("topic", &self.topic),
            ("shared", &self.shared),
            ("likely", &self.likely),
            ("elsewhere", &self.elsewhere),
        ];
        for (list, names) in own.into_iter().chain(self.camps.iter().flat_map(lists)) {
            check_list(list, names)?;
        }
        self.check_shared()?;
        for (at, era) in self.eras.iter().enumerate() {
            let invalid = |what| CampsError::InvalidEra { number: at + 1, what };
            let day = |written: &str| {
                written.parse::<Date>().map_err(|_| {
                    invalid(format!("{} is no day; write it as 2014-08-04", quoted(written)))
                })
            };
            if day(&era.until)? < day(&era.from)? {
                return Err(invalid(format!("it ends on {} before it begins", era.until)));
            }
            let camp = era.referent.strip_suffix("-ally").unwrap_or(&era.referent);
            if !self.ids().contains(&camp) && !THIRD_PARTIES.contains(&era.referent.as_str()) {
                let [first, second] = self.ids();
                return Err(invalid(format!(
                    "referent {}: give {first}, {second}, one of these with -ally, or one of \
                     {THIRD_PARTIES:?}",
                    quoted(&era.referent)
                )));
            }
            check_list("patterns", &era.patterns)?;
        }
        Ok(())
    }
}

fn lists(camp: &Camp) -> [(&'static str, &Vec<String>); 7] {
    [
        ("predecessors", &camp.predecessors),
        ("successors", &camp.successors),
        ("aliases", &camp.aliases),
        ("short_names", &camp.short_names),
        ("judging", &camp.judging),
        ("allies", &camp.allies),
        ("seats", &camp.seats),
    ]
}

/// A word without a letter or digit, such as `*` alone, would stand for every word or for none.
fn check_list(list: &'static str, names: &[String]) -> Result<(), CampsError> {
    let has_words = |name: &str| {
        let mut words = name.split_whitespace().peekable();
        words.peek().is_some() && words.all(|word| word.chars().any(char::is_alphanumeric))
    };
    match names.iter().find(|name| !has_words(name)) {
        Some(name) => Err(CampsError::InvalidName { list, name: name.clone() }),
        None => Ok(()),
    }
}
