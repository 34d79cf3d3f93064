//! The words of reported speech: `speech.toml`, and what each word does.
//!
//! The file lists lemmas; this module spells out their persons, tenses and genders, so that a reader
//! of the file sees a verb once.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::text::phrases::one_spelling;

/// What a word does in reported speech, as bits; and the number that it has in phrases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct SpeechWord(u64);

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $bit:expr;)*) => {
        impl SpeechWord {
            $($(#[$doc])* pub(crate) const $name: Self = Self(1 << $bit);)*
        }
    };
}

roles! {
    /// A verb of saying.
    VERB = 0;
    /// Its participle: مؤكدا.
    PARTICIPLE = 1;
    /// A noun of saying: اتهامات.
    NOUN = 2;
    /// Its object is the one addressed; a preposition leads to what is said.
    WHOM = 3;
    /// It goes on with the speech before.
    CONTINUES = 4;
    /// Leads to what is said: أن, إن.
    THAT = 5;
    /// Names a source: بحسب.
    SOURCE = 6;
    /// After a source word: no speaker.
    NO_SOURCE = 7;
    /// Calls somebody something: سماه.
    CALLING = 8;
    /// The newsroom's own scorn: يسمى.
    NO_CALLING = 9;
    /// The newsroom speaks again: فيما.
    NEW_CLAUSE = 10;
    /// Names a person or body that speaks.
    SPEAKER = 11;
    /// Before a colon: no speaker.
    NO_SPEAKER = 12;
    /// Begins a purpose.
    AIM = 13;
    /// An act that a purpose hangs on.
    OPERATION = 14;
    /// Begins what is said after verb and subject.
    OBJECT = 15;
    /// A finite verb that is a deed, not a saying.
    DEED = 16;
    /// Begins with و or ف before the word that the other roles are of.
    AND = 17;
    /// Has the article.
    DEFINITE = 18;
    /// Ends like an adjective of belonging: ليبي.
    NISBA = 19;
    /// A preposition by itself.
    PREPOSITION = 20;
    /// What is said is joined by أن.
    TAKES_THAT = 24;
    /// What is said is the direct object.
    TAKES_NOUN = 25;
    /// Joined by the clitic ب; on other words: begins with it.
    B = 26;
    /// Joined by the clitic ل; on other words: begins with it.
    L = 27;
    /// The preposition إلى.
    TO = 28;
    /// The preposition على.
    ON = 29;
    /// The preposition عن.
    ABOUT = 30;
    /// The preposition من.
    FROM = 31;
    /// The preposition في.
    IN = 32;
}

/// From this bit on, a word has its number in phrases.
const NUMBER: u32 = 40;

impl SpeechWord {
    /// All ways to join what is said by a preposition.
    const JOINS: Self = Self(0b111_1111 << 26);

    /// The roles of a word in one spelling.
    pub(crate) fn for_word(word: &str) -> Self {
        let lookup = |word: &str| WORDS.roles.get(word).copied().unwrap_or_default();
        let mut roles = lookup(word);
        let rest = word.strip_prefix(['و', 'ف']).filter(|rest| rest.chars().count() > 1);
        if let Some(found) = rest.map(lookup).filter(|found| found.0 != 0) {
            // A word of its own, such as وصف, is not و + صف.
            if roles.0 == 0 {
                roles = found.with(Self::AND);
            }
        }
        let bare = if roles.is(Self::AND) || !WORDS.roles.contains_key(word) {
            rest.unwrap_or(word)
        } else {
            word
        };
        roles.with(shape(word, bare))
    }

    /// Whether it has any of these roles.
    #[inline]
    pub(crate) fn is(self, roles: Self) -> bool {
        self.0 & roles.0 != 0
    }

    /// With these roles too.
    pub(crate) fn with(self, roles: Self) -> Self {
        let number = if roles.0 >> NUMBER == 0 { self.0 >> NUMBER } else { roles.0 >> NUMBER };
        Self((self.0 | roles.0) & ((1 << NUMBER) - 1) | number << NUMBER)
    }

    /// Both sets of roles.
    pub(crate) const fn or(self, roles: Self) -> Self {
        Self(self.0 | roles.0)
    }

    /// Whether it is a preposition by which this word of saying joins what is said.
    #[inline]
    pub(crate) fn joins(self, next: Self) -> bool {
        self.0 & next.0 & Self::JOINS.0 != 0
    }

    /// Its number in phrases; 0 if it is in none.
    fn number(self) -> usize {
        usize::try_from(self.0 >> NUMBER).unwrap_or_default()
    }
}

/// The roles that the letters of a word show: the article, a clitic, an ending.
fn shape(word: &str, bare: &str) -> SpeechWord {
    let mut roles = SpeechWord::default();
    let own_letter = WORDS.no_clitic.contains_key(word) || WORDS.no_clitic.contains_key(bare);
    let long = |rest: &str| rest.chars().count() >= 3;
    if !own_letter {
        for (letter, role) in [('ب', SpeechWord::B), ('ل', SpeechWord::L)] {
            if bare.strip_prefix(letter).is_some_and(|rest| rest.is_empty() || long(rest)) {
                roles = roles.with(role);
            }
        }
    }
    if ["ال", "لل", "بال", "كال"].iter().any(|article| bare.strip_prefix(article).is_some_and(long)) {
        roles = roles.with(SpeechWord::DEFINITE);
    }
    if bare.ends_with('ي') || bare.ends_with("يه") || bare.ends_with("يين") || bare.ends_with("يون") {
        roles = roles.with(SpeechWord::NISBA);
    }
    roles
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Verb {
    #[serde(default)]
    past: Vec<String>,
    #[serde(default)]
    present: Vec<String>,
    #[serde(default)]
    participle: Vec<String>,
    takes: Vec<String>,
    #[serde(default)]
    whom: bool,
    #[serde(default)]
    continues: bool,
    #[expect(dead_code, reason = "for the reader of the file")]
    reason: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Noun {
    forms: Vec<String>,
    takes: Vec<String>,
    #[expect(dead_code, reason = "for the reader of the file")]
    reason: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[expect(dead_code, reason = "for the reader of the file")]
    reason: String,
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    verb: Vec<Verb>,
    noun: Vec<Noun>,
    deed: Vec<Deed>,
    that: List,
    source: List,
    no_source: List,
    calling: List,
    no_calling: List,
    new_clause: List,
    speaker: List,
    no_speaker: List,
    no_clitic: List,
    aim: List,
    operation: List,
    object_noun: List,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Deed {
    past: Vec<String>,
    #[serde(default)]
    present: Vec<String>,
}

/// The words of `speech.toml`, spelled out.
#[derive(Debug, Default)]
struct Words {
    roles: FxHashMap<String, SpeechWord>,
    no_clitic: FxHashMap<String, ()>,
    /// By the number of the first word: phrases of several words, as the numbers of the others, with
    /// the role of the whole; the longest first.
    phrases: Vec<Vec<(Vec<usize>, SpeechWord)>>,
    n_numbers: u64,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    // A test reads the file, so that it cannot be wrong in a built program.
    read(include_str!("speech.toml")).unwrap_or_default()
});

/// The bits of ways to join what is said.
fn takes(names: &[String]) -> SpeechWord {
    names.iter().fold(SpeechWord::default(), |roles, name| {
        roles.with(match name.as_str() {
            "that" => SpeechWord::TAKES_THAT,
            "noun" => SpeechWord::TAKES_NOUN,
            other => preposition(other).unwrap_or_default(),
        })
    })
}

/// The role of a preposition.
fn preposition(word: &str) -> Option<SpeechWord> {
    Some(match one_spelling(word).as_str() {
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

fn read(text: &str) -> Result<Words, toml::de::Error> {
    let file: File = toml::from_str(text)?;
    let mut words = Words::default();
    let mut add = |word: String, roles: SpeechWord| {
        let entry = words.roles.entry(one_spelling(&word)).or_default();
        *entry = entry.with(roles);
    };
    for verb in &file.verb {
        let mut roles = takes(&verb.takes);
        if verb.whom {
            roles = roles.with(SpeechWord::WHOM);
        }
        if verb.continues {
            roles = roles.with(SpeechWord::CONTINUES);
        }
        for form in conjugated(&verb.past, &verb.present) {
            add(form, roles.with(SpeechWord::VERB));
        }
        for stem in &verb.participle {
            for ending in ["", "ا", "ة", "ين", "ون", "ات", "تين", "ان", "تان"] {
                add(format!("{}{ending}", stem.trim_end_matches('ة')), roles.with(SpeechWord::PARTICIPLE));
            }
        }
    }
    for deed in &file.deed {
        for form in conjugated(&deed.past, &deed.present) {
            add(form, SpeechWord::DEED);
        }
    }
    for noun in &file.noun {
        for form in &noun.forms {
            let stem = form.trim_end_matches(['ة', 'ه']);
            let endings: &[&str] = if stem == form { &["", "ا", "ه", "ها", "هم", "هما"] } else { &["ه", "ته", "تها", "تهم"] };
            for ending in endings {
                for article in ["", "ال", "لل", "بال", "ب", "ل"] {
                    add(format!("{article}{stem}{ending}"), takes(&noun.takes).with(SpeechWord::NOUN));
                }
            }
        }
    }
    let lists = [
        (&file.that, SpeechWord::THAT),
        (&file.source, SpeechWord::SOURCE),
        (&file.no_source, SpeechWord::NO_SOURCE),
        (&file.calling, SpeechWord::CALLING),
        (&file.no_calling, SpeechWord::NO_CALLING),
        (&file.new_clause, SpeechWord::NEW_CLAUSE),
        (&file.speaker, SpeechWord::SPEAKER),
        (&file.no_speaker, SpeechWord::NO_SPEAKER),
        (&file.aim, SpeechWord::AIM),
        (&file.operation, SpeechWord::OPERATION),
        (&file.object_noun, SpeechWord::OBJECT),
    ];
    let mut phrases: Vec<(Vec<String>, SpeechWord)> = Vec::new();
    for (list, role) in lists {
        let with_article = role.is(SpeechWord::SPEAKER.or(SpeechWord::NO_SOURCE).or(SpeechWord::OPERATION).or(SpeechWord::NO_SPEAKER));
        for word in &list.words {
            if word.contains(' ') {
                phrases.push((word.split_whitespace().map(one_spelling).collect(), role));
                continue;
            }
            add(word.clone(), role);
            if with_article {
                for article in ["ال", "بال", "ب", "ل"] {
                    add(format!("{article}{word}"), role);
                }
                if !word.starts_with('ل') {
                    add(format!("لل{word}"), role);
                }
            }
        }
    }
    for name in ["إلى", "على", "عن", "من", "في"] {
        let role = preposition(name).unwrap_or_default().with(SpeechWord::PREPOSITION);
        // Verbs of one spelling (علي is a name too) are rarer than the preposition.
        words.roles.insert(one_spelling(name), role);
    }
    words.no_clitic = file.no_clitic.words.iter().map(|word| (one_spelling(word), ())).collect();
    for (phrase, role) in phrases {
        let mut numbers = Vec::new();
        for word in phrase {
            let entry = words.roles.entry(word).or_default();
            if entry.number() == 0 {
                words.n_numbers += 1;
                *entry = entry.with(SpeechWord(words.n_numbers << NUMBER));
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

/// The forms of a verb in all persons, of the perfect and the imperfect.
fn conjugated<'a>(past: &'a [String], present: &'a [String]) -> impl Iterator<Item = String> + 'a {
    const PAST: [&str; 8] = ["", "ت", "ا", "تا", "وا", "نا", "ن", "تم"];
    const PRESENT: [&str; 5] = ["", "ون", "وا", "ان", "ين"];
    let past = past.iter().flat_map(|stem| PAST.iter().map(move |ending| format!("{stem}{ending}")));
    let present = present.iter().flat_map(|stem| {
        ["ي", "ت", "ن", "أ", "سي", "ست", "سن"].iter().flat_map(move |prefix| {
            PRESENT.iter().map(move |ending| format!("{prefix}{stem}{ending}"))
        })
    });
    past.chain(present)
}

/// The length and role of the phrase of several words that begins at `words[0]`, if one does.
#[inline]
pub(crate) fn phrase(words: &[SpeechWord]) -> Option<(usize, SpeechWord)> {
    let (first, rest) = words.split_first()?;
    if first.number() == 0 {
        return None;
    }
    WORDS
        .phrases
        .get(first.number())?
        .iter()
        .find(|(others, _)| {
            others.len() <= rest.len()
                && others.iter().zip(rest).all(|(number, word)| *number == word.number())
        })
        .map(|(others, role)| (others.len() + 1, *role))
}
