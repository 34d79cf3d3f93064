//! The lemmas of `speech.toml` and the forms in which they occur.
//!
//! The file lists lemmas; a word is looked up by its stem and by what may stand before and behind
//! it, so that a reader of the file sees a verb once.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::file::{File, Only};
use super::form::Form;
use super::words::SpeechWord;
use crate::text::phrase_words::one_spelling;
use crate::text::script::strip_letters;
use rustc_hash::{FxHashMap, FxHashSet};

#[derive(Debug)]
struct Stem {
    text: Cow<'static, str>,
    form: Form,
    roles: SpeechWord,
}

/// The words of `speech.toml`.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// Words that stand as they are.
    roles: FxHashMap<Cow<'static, str>, SpeechWord>,
    /// Stems of two letters, or of three and more, by as many of their first letters; few share
    /// them.
    short_stems: FxHashMap<[u8; 4], Vec<Stem>>,
    stems: FxHashMap<[u8; 6], Vec<Stem>>,
    pub(super) no_clitic: FxHashSet<Cow<'static, str>>,
    /// By the number of the first word: phrases of several words, as the numbers of the others,
    /// with the role of the whole; the longest first.
    pub(super) phrases: Vec<Vec<(Vec<usize>, SpeechWord)>>,
    pub(super) n_numbers: u64,
}

impl Words {
    /// The roles of a word without a conjunction; none if it is not listed.
    pub(super) fn roles_of(&self, word: &str) -> SpeechWord {
        let mut roles = self.roles.get(word).copied().unwrap_or_default();
        // A preposition is no verb: علي.
        if roles.is(SpeechWord::PREPOSITION) {
            return roles;
        }
        let mut look_up = |prefix: &str, base: &str| {
            let letters = base.as_bytes().first_chunk();
            let short = letters.and_then(|letters| self.short_stems.get(letters));
            let letters = base.as_bytes().first_chunk();
            let long = letters.and_then(|letters| self.stems.get(letters));
            for stem in short.into_iter().chain(long).flatten() {
                if let Some(ending) = base.strip_prefix(&*stem.text)
                    && stem.form.prefixes().contains(&prefix)
                    && stem.form.allows(ending)
                {
                    roles = roles.with(stem.roles);
                }
            }
        };
        look_up("", word);
        for prefix in ["ي", "ت", "سي", "ست", "لي", "لت", "ال", "لل", "بال", "ب", "ل"]
        {
            if let Some(base) = strip_letters(word, prefix) {
                look_up(prefix, base);
            }
        }
        roles
    }

    fn add_stem(&mut self, text: &'static str, form: Form, roles: SpeechWord) {
        let form = match form {
            Form::Past | Form::DeedPast if text.ends_with('ى') => Form::WeakPast,
            form => form,
        };
        // The ending of a feminine is one of several; the last letter of منوه is its own.
        let is_feminine = text.ends_with('ة');
        let mut text = one_spelling(text);
        if matches!(form, Form::Noun | Form::Participle) && is_feminine {
            text.to_mut().pop();
        }
        let (short, long) = (text.as_bytes().first_chunk(), text.as_bytes().first_chunk());
        match (short.copied(), long.copied()) {
            (_, Some(letters)) => &mut *self.stems.entry(letters).or_default(),
            (Some(letters), None) => self.short_stems.entry(letters).or_default(),
            (None, None) => return,
        }
        .push(Stem { text, form, roles });
    }

    fn add_word(&mut self, word: &'static str, roles: SpeechWord) {
        let entry = self.roles.entry(one_spelling(word)).or_default();
        *entry = entry.with(roles);
    }
}

pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| {
    // A test reads the file, so that it cannot be wrong in a built program.
    read(include_str!(concat!(env!("OUT_DIR"), "/speech.json"))).unwrap_or_default()
});

/// The bits of ways to join what is said.
fn takes(names: &[&str]) -> SpeechWord {
    names.iter().fold(SpeechWord::default(), |roles, name| {
        roles.with(match *name {
            "that" => SpeechWord::TAKES_THAT,
            "noun" => SpeechWord::TAKES_NOUN,
            other => preposition(other).unwrap_or_default(),
        })
    })
}

/// The role of a preposition.
fn preposition(word: &str) -> Option<SpeechWord> {
    Some(match &*one_spelling(word) {
        "ب" => SpeechWord::B,
        "ل" => SpeechWord::L,
        "الي" => SpeechWord::TO,
        "علي" => SpeechWord::ON,
        "عن" => SpeechWord::ABOUT,
        "من" => SpeechWord::FROM,
        "في" => SpeechWord::IN,
        _ => return None,
    })
}

pub(super) fn read(text: &'static str) -> Result<Words, serde_json::Error> {
    let file: File = serde_json::from_str(text)?;
    let mut words = Words::default();
    for verb in &file.verb {
        let mut roles = takes(&verb.takes);
        if verb.whom {
            roles = roles.with(SpeechWord::WHOM);
        }
        if verb.continues {
            roles = roles.with(SpeechWord::CONTINUES);
        }
        if verb.denied {
            roles = roles.with(SpeechWord::SAID_IF_DENIED);
        }
        let says = match verb.only {
            None => SpeechWord::VERB,
            Some(Only::BeforeSpeaker) => SpeechWord::IF_SPEAKER,
            Some(Only::BeforeThat) => SpeechWord::IF_THAT,
        };
        for (stems, form, role) in [
            (&verb.past, Form::Past, says),
            (&verb.present, Form::Present, says.or(SpeechWord::PRESENT)),
            (&verb.participle, Form::Participle, SpeechWord::PARTICIPLE),
        ] {
            for stem in stems {
                words.add_stem(stem, form, roles.with(role));
            }
        }
    }
    for deed in &file.deed {
        for (stems, form) in [(&deed.past, Form::DeedPast), (&deed.present, Form::Present)] {
            for stem in stems {
                words.add_stem(stem, form, SpeechWord::DEED);
            }
        }
    }
    for noun in &file.noun {
        for form in &noun.forms {
            words.add_stem(form, Form::Noun, takes(&noun.takes).with(SpeechWord::NOUN));
        }
    }
    let with_article = SpeechWord::SPEAKER
        .or(SpeechWord::NO_SOURCE)
        .or(SpeechWord::OPERATION)
        .or(SpeechWord::NO_SPEAKER)
        .or(SpeechWord::STATEMENT)
        .or(SpeechWord::NAMED)
        .or(SpeechWord::ADJECTIVE);
    let mut phrases: Vec<(Vec<Cow<'static, str>>, SpeechWord)> = Vec::new();
    for (list, role) in file.lists() {
        for word in &list.words {
            if word.contains(' ') {
                phrases.push((word.split_whitespace().map(one_spelling).collect(), role));
            } else if role.is(with_article) {
                words.add_stem(word, Form::Noun, role);
            } else {
                words.add_word(word, role);
            }
        }
    }
    for name in ["إلى", "على", "عن", "من", "في"] {
        let role = preposition(name).unwrap_or_default().with(SpeechWord::PREPOSITION);
        // Verbs of one spelling (علي is a name too) are rarer than the preposition.
        words.roles.insert(one_spelling(name), role);
    }
    words.no_clitic = file.no_clitic.words.iter().map(|word| one_spelling(word)).collect();
    for (phrase, role) in phrases {
        let mut numbers = Vec::new();
        for word in phrase {
            let entry = words.roles.entry(word).or_default();
            if entry.number() == 0 {
                words.n_numbers += 1;
                *entry = entry.with(SpeechWord::numbered(words.n_numbers));
            }
            numbers.push(entry.number());
        }
        let first = numbers.remove(0);
        words.phrases.resize_with(words.phrases.len().max(first + 1), Vec::new);
        words.phrases[first].push((numbers, role));
    }
    for phrases in &mut words.phrases {
        phrases.sort_by_key(|(others, _)| std::cmp::Reverse(others.len()));
    }
    Ok(words)
}
