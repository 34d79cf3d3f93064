//! What each word does in reported speech, as bits.

use super::lemmas::WORDS;
use crate::text::script::{strip_last_letters, strip_letters};

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
    /// A verb of saying at the beginning of a clause, before who says it: ثمن المجلس, but not ثمن
    /// الخبز.
    IF_SPEAKER = 21;
    /// A verb of saying before أن: وعقب بأن, but not عقب الهجوم.
    IF_THAT = 22;
    /// Also said if it is denied: لم ينف.
    SAID_IF_DENIED = 23;
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
    /// Of Latin letters, as a retweet's `RT @name`.
    LATIN = 42;
    /// Behind the name of an office, part of it: وزير الداخلية بحكومة.
    OF_BODY = 43;
    /// A text that may be given in full: بيان.
    STATEMENT = 44;
    /// Before a colon, whoever asks in an interview: س.
    ASKS = 45;
    /// Before a colon, whoever answers: ج.
    ANSWERS = 46;
    /// Denies the word right behind it: لم.
    DENIES_NEXT = 47;
    /// Denies what somebody is: ليس.
    DENIES_CLAUSE = 48;
    /// With such a word, nothing is denied, or not that: ليس إلا, ليس مجرد.
    NO_DENIAL = 49;
    /// Says that such a text follows in full: نصه.
    IN_FULL = 50;
    /// Of the speakers themselves: نحن, جيشنا.
    WE = 51;
    /// A name in quotation marks may stand behind it: صحيفة «…».
    NAMED = 52;
    /// No verb stands behind it: بعد.
    BEFORE_NOUN = 53;
    /// Begins the main clause behind a source: فإن.
    THEN = 54;
}

/// From this bit on, a word has its number in phrases.
const NUMBER: u32 = 55;

/// The largest number in phrases; a test holds the list to it.
#[cfg(test)]
pub(super) const MAX_NUMBER: u64 = u64::MAX >> NUMBER;

impl SpeechWord {
    /// All ways to join what is said by a preposition.
    const JOINS: Self = Self(0b111_1111 << 26);

    /// The roles of a word in one spelling.
    pub(crate) fn for_word(word: &str) -> Self {
        if word.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            return Self::LATIN;
        }
        let mut roles = WORDS.roles_of(word);
        let rest = word.strip_prefix(['و', 'ف']).filter(|rest| rest.chars().count() > 1);
        let mut bare = word;
        // A word of its own, such as وصف or وزارة, is not و + …
        if roles.0 == 0
            && !WORDS.no_clitic.contains(word)
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

    /// Without the ways to join what is said, if it is no word of saying.
    pub(super) fn joining_nothing(self) -> Self {
        let says = Self::VERB.or(Self::PARTICIPLE).or(Self::NOUN).or(Self::PREPOSITION);
        let takes = Self::JOINS.or(Self::TAKES_THAT).or(Self::TAKES_NOUN);
        if self.is(says) { self } else { Self(self.0 & !takes.0) }
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

    /// The word with this number in phrases, without a role.
    pub(super) const fn numbered(number: u64) -> Self {
        Self(number << NUMBER)
    }

    /// Whether it is a word of phrases of several words.
    pub(super) fn is_in_phrases(self) -> bool {
        self.0 >> NUMBER > 0
    }

    /// Its number in phrases; 0 if it is in none.
    pub(super) fn number(self) -> usize {
        usize::try_from(self.0 >> NUMBER).unwrap_or_default()
    }
}

/// The roles that the letters of a word show: the article, a clitic, an ending.
fn shape(word: &str, bare: &str) -> SpeechWord {
    let mut roles = SpeechWord::default();
    let own_letter = WORDS.no_clitic.contains(word) || WORDS.no_clitic.contains(bare);
    let long = |rest: &str| rest.chars().count() >= 3;
    if ["بما", "بمن", "به", "بها", "بهم"].contains(&bare) {
        roles = roles.with(SpeechWord::B);
    }
    if !own_letter {
        for (letter, role) in [('ب', SpeechWord::B), ('ل', SpeechWord::L)] {
            if bare.strip_prefix(letter).is_some_and(|rest| rest.is_empty() || long(rest)) {
                roles = roles.with(role);
            }
        }
    }
    if ["ال", "لل", "بال", "كال"]
        .iter()
        .any(|article| strip_letters(bare, article).is_some_and(long))
    {
        roles = roles.with(SpeechWord::DEFINITE);
    }
    if ["ه", "ها", "هم", "هما", "نا"]
        .iter()
        .any(|pronoun| strip_last_letters(bare, pronoun).is_some_and(long))
    {
        roles = roles.with(SpeechWord::PRONOUN);
    }
    // بيانا and قانونا end in ن and the case ending.
    if strip_last_letters(bare, "نا")
        .is_some_and(|stem| long(stem) && !stem.ends_with(['ا', 'و', 'ي']))
    {
        roles = roles.with(SpeechWord::WE);
    }
    let ends = |suffix: &str| strip_last_letters(bare, suffix).is_some();
    if ends("ت") && !ends("ات") {
        roles = roles.with(SpeechWord::FEMININE);
    }
    if ["ي", "يه", "يين", "يون"].into_iter().any(ends) {
        roles = roles.with(SpeechWord::NISBA);
    }
    roles
}

/// The length and role of the phrase of several words that begins at `words[0]`, if one does.
#[inline]
pub(crate) fn phrase(words: &[SpeechWord]) -> Option<(usize, SpeechWord)> {
    let (first, rest) = words.split_first()?;
    // Of many words that begin phrases, such as prepositions, few stand before one that goes on.
    let second = rest.first().filter(|second| second.is_in_phrases())?;
    if !first.is_in_phrases() {
        return None;
    }
    WORDS
        .phrases
        .get(first.number())?
        .iter()
        .find(|(others, _)| {
            others.first() == Some(&second.number())
                && others.len() <= rest.len()
                && others.iter().zip(rest).all(|(number, word)| *number == word.number())
        })
        .map(|(others, role)| (others.len() + 1, *role))
}
