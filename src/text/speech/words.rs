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
    /// Denies or takes back the verb behind it: لم, دون.
    NEGATION = 33;
    /// After a comma, the newsroom tells on: ثم, بعد أن.
    AFTERTHOUGHT = 34;
    /// An adjective that belongs to names of bodies: العامة.
    ADJECTIVE = 35;
    /// Ends in a pronoun: التزامه.
    PRONOUN = 36;
    /// The imperfect of a verb of saying.
    PRESENT = 37;
    /// Before أن: it joins no saying.
    NO_THAT = 38;
    /// Begins a relative clause.
    RELATIVE = 39;
    /// Begins what is asked or denied, and is part of it.
    QUESTION = 40;
    /// Ends like a verb of a feminine subject.
    FEMININE = 41;
}

/// From this bit on, a word has its number in phrases.
const NUMBER: u32 = 44;

impl SpeechWord {
    /// All ways to join what is said by a preposition.
    const JOINS: Self = Self(0b111_1111 << 26);

    /// The roles of a word in one spelling.
    pub(crate) fn for_word(word: &str) -> Self {
        let mut roles = WORDS.roles_of(word);
        let rest = word.strip_prefix(['و', 'ف']).filter(|rest| rest.chars().count() > 1);
        let mut bare = word;
        // A word of its own, such as وصف, is not و + صف.
        if roles.0 == 0
            && let Some(rest) = rest
        {
            roles = WORDS.roles_of(rest).with(Self::AND);
            bare = rest;
        }
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
    if ["ه", "ها", "هم", "هما", "نا"].iter().any(|pronoun| {
        bare.strip_suffix(pronoun).is_some_and(|stem| stem.chars().count() >= 3)
    }) {
        roles = roles.with(SpeechWord::PRONOUN);
    }
    if bare.ends_with('ت') && !bare.ends_with("ات") {
        roles = roles.with(SpeechWord::FEMININE);
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
    negation: List,
    afterthought: List,
    adjective: List,
    no_that: List,
    relative: List,
    question: List,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Deed {
    past: Vec<String>,
    #[serde(default)]
    present: Vec<String>,
}

/// What may stand before and behind a stem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// The perfect, in the third person.
    Past,
    /// The perfect of a verb that ends in ى, which has its other persons from another stem.
    WeakPast,
    /// The perfect of a verb of a deed: with a pronoun it looks like a noun (أعاده, إعادة).
    DeedPast,
    /// The imperfect, in the third person: what an author says of himself is his own voice.
    Present,
    /// The active participle.
    Participle,
    /// A noun.
    Noun,
}

/// Pronouns that are written together with the word before.
const PRONOUNS: [&str; 10] = ["ه", "ها", "هم", "هما", "هن", "ني", "نا", "ك", "كم", "ي"];

impl Form {
    /// Whether a word of this form may end so behind its stem.
    fn allows(self, ending: &str) -> bool {
        let (plain, before_pronoun): (&[&str], &[&str]) = match self {
            Self::Past => (&["", "ت", "ا", "تا", "وا", "ن"], &["", "ت", "و", "تا", "ا"]),
            Self::DeedPast => (&["", "ت", "ا", "تا", "وا", "ن"], &[]),
            Self::WeakPast => (&[""], &[]),
            Self::Present => (&["", "ون", "وا", "ان", "ين", "ن"], &["", "ون", "و"]),
            Self::Participle => {
                return ["", "ا", "ه", "ين", "ون", "ات", "تين", "ان", "تان"].contains(&ending);
            }
            Self::Noun => (&["", "ا", "ه", "ات", "ين", "ان"], &["", "ت", "ات"]),
        };
        plain.contains(&ending)
            || PRONOUNS.iter().any(|pronoun| {
                ending.strip_suffix(pronoun).is_some_and(|before| before_pronoun.contains(&before))
            })
    }

    /// What may stand before the stem.
    fn prefixes(self) -> &'static [&'static str] {
        match self {
            Self::Past | Self::WeakPast | Self::DeedPast | Self::Participle => &[""],
            Self::Present => &["ي", "ت", "سي", "ست", "لي", "لت"],
            Self::Noun => &["", "ال", "لل", "بال", "ب", "ل"],
        }
    }
}

#[derive(Debug)]
struct Stem {
    text: String,
    form: Form,
    roles: SpeechWord,
}

/// The words of `speech.toml`.
#[derive(Debug, Default)]
struct Words {
    /// Words that stand as they are.
    roles: FxHashMap<String, SpeechWord>,
    /// Stems by their first two letters; few share them.
    stems: FxHashMap<[u8; 4], Vec<Stem>>,
    no_clitic: FxHashMap<String, ()>,
    /// By the number of the first word: phrases of several words, as the numbers of the others, with
    /// the role of the whole; the longest first.
    phrases: Vec<Vec<(Vec<usize>, SpeechWord)>>,
    n_numbers: u64,
}

impl Words {
    /// The roles of a word without a conjunction; none if it is not listed.
    fn roles_of(&self, word: &str) -> SpeechWord {
        let mut roles = self.roles.get(word).copied().unwrap_or_default();
        // A preposition is no verb: علي.
        if roles.is(SpeechWord::PREPOSITION) {
            return roles;
        }
        let mut look_up = |prefix: &str, base: &str| {
            let Some(letters) = base.as_bytes().first_chunk() else { return };
            for stem in self.stems.get(letters).map_or(&[][..], Vec::as_slice) {
                if let Some(ending) = base.strip_prefix(stem.text.as_str())
                    && stem.form.prefixes().contains(&prefix)
                    && stem.form.allows(ending)
                {
                    roles = roles.with(stem.roles);
                }
            }
        };
        look_up("", word);
        for prefix in ["ي", "ت", "سي", "ست", "لي", "لت", "ال", "لل", "بال", "ب", "ل"] {
            if let Some(base) = word.strip_prefix(prefix) {
                look_up(prefix, base);
            }
        }
        roles
    }

    fn add_stem(&mut self, text: &str, form: Form, roles: SpeechWord) {
        let form = match form {
            Form::Past | Form::DeedPast if text.ends_with('ى') => Form::WeakPast,
            form => form,
        };
        let mut text = one_spelling(text);
        if matches!(form, Form::Noun | Form::Participle) && text.ends_with('ه') {
            text.truncate(text.len() - 'ه'.len_utf8());
        }
        if let Some(letters) = text.as_bytes().first_chunk().copied() {
            self.stems.entry(letters).or_default().push(Stem { text, form, roles });
        }
    }

    fn add_word(&mut self, word: &str, roles: SpeechWord) {
        let entry = self.roles.entry(one_spelling(word)).or_default();
        *entry = entry.with(roles);
    }
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
    for verb in &file.verb {
        let mut roles = takes(&verb.takes);
        if verb.whom {
            roles = roles.with(SpeechWord::WHOM);
        }
        if verb.continues {
            roles = roles.with(SpeechWord::CONTINUES);
        }
        for (stems, form, role) in [
            (&verb.past, Form::Past, SpeechWord::VERB),
            (&verb.present, Form::Present, SpeechWord::VERB.or(SpeechWord::PRESENT)),
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
        (&file.negation, SpeechWord::NEGATION),
        (&file.afterthought, SpeechWord::AFTERTHOUGHT),
        (&file.adjective, SpeechWord::ADJECTIVE),
        (&file.no_that, SpeechWord::NO_THAT),
        (&file.relative, SpeechWord::RELATIVE),
        (&file.question, SpeechWord::QUESTION),
    ];
    let with_article = SpeechWord::SPEAKER
        .or(SpeechWord::NO_SOURCE)
        .or(SpeechWord::OPERATION)
        .or(SpeechWord::NO_SPEAKER)
        .or(SpeechWord::ADJECTIVE);
    let mut phrases: Vec<(Vec<String>, SpeechWord)> = Vec::new();
    for (list, role) in lists {
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
