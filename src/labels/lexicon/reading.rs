//! `lexicon.toml` → the lexicon of a set, and all that is wrong with it.

use std::borrow::Cow;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{LexiconError, RELATIONS, SetLexicon, one_form, relation_name, sense_name};
use crate::labels::SourceText;
use crate::labels::problem::{ProblemKind, Problems};
use crate::text::lexicon::{LEXICON, Relation};
use crate::text::own_words::{self, OwnWord, OwnWordError, check_pattern, class_number};

type Value<'a> = Spanned<DeValue<'a>>;

/// Reads one file.
struct Reading<'a, 'p> {
    file: &'a SourceText,
    problems: &'p mut Problems,
    lexicon: SetLexicon,
}

impl Reading<'_, '_> {
    fn complain(&mut self, at: usize, kind: impl Into<ProblemKind>) {
        let before = self.file.text.as_bytes().get(..at).unwrap_or_default();
        let line = memchr::memchr_iter(b'\n', before).count() + 1;
        self.problems.add(self.file, line, kind);
    }

    fn wrong(&mut self, value: &Value, key: &str, expected: &'static str) {
        let key = key.to_owned();
        self.complain(value.span().start, LexiconError::Type { key, expected });
    }

    /// The words of a list that are sound, and new.
    fn words(&mut self, key: &str, value: &Value) -> Vec<String> {
        const EXPECTED: &str = "a list of words, each in quotation marks";
        let Some(list) = value.get_ref().as_array() else {
            self.wrong(value, key, EXPECTED);
            return Vec::new();
        };
        let mut words: Vec<String> = Vec::new();
        for item in list {
            let Some(word) = item.get_ref().as_str() else {
                self.wrong(item, key, EXPECTED);
                continue;
            };
            if let Err(error) = check_pattern(word) {
                self.complain(item.span().start, error);
            } else if self.lexicon.decision(word).is_some()
                || words.iter().any(|known| one_form(known) == one_form(word))
            {
                self.complain(item.span().start, LexiconError::Twice(word.to_owned()));
            } else {
                words.push(word.to_owned());
            }
        }
        words
    }

    fn accept(&mut self, class: &str, relation: Option<Relation>, value: &Value) {
        let accepted = self.words("words", value).into_iter();
        let accepted =
            accepted.map(|pattern| OwnWord { pattern, class: class.to_owned(), relation });
        self.lexicon.accepted.extend(accepted.collect::<Vec<_>>());
    }

    fn class(&mut self, name: &str, number: usize, table: &DeTable) {
        let class = &LEXICON.classes[number];
        for (key, value) in in_order(table) {
            let text = value.get_ref().as_str();
            let other = |key: &'static str, is: &'static str| LexiconError::Other {
                key,
                class: name.to_owned(),
                is,
            };
            match (&**key.get_ref(), text) {
                ("sense", Some(sense)) if sense == sense_name(class.sense) => {}
                ("sense", _) => {
                    self.complain(value.span().start, other("sense", sense_name(class.sense)));
                }
                ("relation", Some(relation)) if relation == relation_name(class.relation) => {}
                ("relation", _) => {
                    let is = relation_name(class.relation);
                    self.complain(value.span().start, other("relation", is));
                }
                ("reason", Some(reason)) => {
                    self.lexicon.reasons.insert(name.to_owned(), reason.to_owned());
                }
                ("reason", None) => self.wrong(value, "reason", "a text in quotation marks"),
                ("words", _) => self.accept(name, None, value),
                ("others", _) => self.others(name, value),
                (unknown, _) => {
                    self.complain(key.span().start, LexiconError::Key(unknown.to_owned()));
                }
            }
        }
    }

    fn others(&mut self, class: &str, value: &Value) {
        const EXPECTED: &str =
            "tables with `relation` (epithet, agent, fight or defeat) and `words`";
        let Some(tables) = value.get_ref().as_array() else {
            return self.wrong(value, "others", EXPECTED);
        };
        for table in tables {
            let parts = table.get_ref().as_table();
            let relation = parts.and_then(|parts| parts.get("relation")?.get_ref().as_str());
            let relation = RELATIONS.iter().find(|(_, name)| Some(*name) == relation);
            match (relation, parts.and_then(|parts| parts.get("words")), parts) {
                (Some((relation, _)), Some(words), Some(parts)) if parts.len() == 2 => {
                    self.accept(class, Some(*relation), words);
                }
                _ => self.wrong(table, "others", EXPECTED),
            }
        }
    }
}

/// The entries of a table in the order of the file, so that of two equal words the second is told.
fn in_order<'t, 'a>(table: &'t DeTable<'a>) -> Vec<(&'t Spanned<Cow<'a, str>>, &'t Value<'a>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

impl SetLexicon {
    /// Reads `lexicon.toml`; what cannot be used is added to `problems`.
    pub(in crate::labels) fn read(file: &SourceText, problems: &mut Problems) -> Self {
        let table = match DeTable::parse(&file.text) {
            Ok(table) => table,
            Err(error) => {
                problems.add(file, 0, ProblemKind::Toml(Box::new(error)));
                return Self::default();
            }
        };
        let head = file.text.lines().take_while(|line| line.starts_with('#'));
        let head: String = head.flat_map(|line| [line, "\n"]).collect();
        let lexicon = Self { head: Some(head).filter(|head| !head.is_empty()), ..Self::default() };
        let mut reading = Reading { file, problems, lexicon };
        for (key, value) in in_order(table.get_ref()) {
            let name = &**key.get_ref();
            match (name, class_number(name), value.get_ref().as_table()) {
                ("refused", ..) => {
                    let refused = reading.words(name, value);
                    reading.lexicon.refused.extend(refused);
                }
                (_, Some(number), Some(table)) => reading.class(name, number, table),
                (_, Some(_), None) => reading.wrong(value, name, "a table: [class]"),
                (_, None, _) => {
                    let class = name.to_owned();
                    reading.complain(key.span().start, OwnWordError::Class { class });
                }
            }
        }
        let lexicon = reading.lexicon;
        if let Err(error) = own_words::check(&lexicon.accepted) {
            problems.add(file, 0, error);
        }
        lexicon
    }
}
