//! The form of `speech.toml`, which is read as JSON (`build.rs`).

use serde::Deserialize;

use super::words::SpeechWord;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub(super) struct Verb {
    #[serde(default)]
    pub(super) past: Vec<&'static str>,
    #[serde(default)]
    pub(super) present: Vec<&'static str>,
    #[serde(default)]
    pub(super) participle: Vec<&'static str>,
    pub(super) takes: Vec<&'static str>,
    #[serde(default)]
    pub(super) whom: bool,
    #[serde(default)]
    pub(super) continues: bool,
    /// Where it is a verb of saying, if its forms have another meaning too.
    pub(super) only: Option<Only>,
    /// Whether its denial says something too: لم ينف.
    #[serde(default)]
    pub(super) denied: bool,
    #[expect(dead_code, reason = "for the reader of the file")]
    pub(super) reason: String,
}

/// What tells a verb of saying from a word of the same spelling.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Only {
    /// At the beginning of a clause, before who says it.
    BeforeSpeaker,
    /// Before أن.
    BeforeThat,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub(super) struct Noun {
    pub(super) forms: Vec<&'static str>,
    pub(super) takes: Vec<&'static str>,
    #[expect(dead_code, reason = "for the reader of the file")]
    pub(super) reason: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub(super) struct List {
    #[expect(dead_code, reason = "for the reader of the file")]
    pub(super) reason: String,
    pub(super) words: Vec<&'static str>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub(super) struct File {
    pub(super) verb: Vec<Verb>,
    pub(super) noun: Vec<Noun>,
    pub(super) deed: Vec<Deed>,
    pub(super) that: List,
    pub(super) source: List,
    pub(super) no_source: List,
    pub(super) calling: List,
    pub(super) no_calling: List,
    pub(super) new_clause: List,
    pub(super) speaker: List,
    pub(super) no_speaker: List,
    pub(super) no_clitic: List,
    pub(super) of_body: List,
    pub(super) aim: List,
    pub(super) operation: List,
    pub(super) object_noun: List,
    pub(super) negation: List,
    pub(super) afterthought: List,
    pub(super) adjective: List,
    pub(super) no_that: List,
    pub(super) relative: List,
    pub(super) question: List,
    pub(super) statement: List,
    pub(super) in_full: List,
    pub(super) we: List,
    pub(super) named: List,
    pub(super) before_noun: List,
    pub(super) then: List,
    pub(super) asks: List,
    pub(super) answers: List,
    pub(super) denies_next: List,
    pub(super) denies_clause: List,
    pub(super) no_denial: List,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub(super) struct Deed {
    pub(super) past: Vec<&'static str>,
    #[serde(default)]
    pub(super) present: Vec<&'static str>,
}

impl File {
    /// The lists of words with the role that each gives.
    pub(super) fn lists(&self) -> [(&List, SpeechWord); 29] {
        [
            (&self.that, SpeechWord::THAT),
            (&self.source, SpeechWord::SOURCE),
            (&self.no_source, SpeechWord::NO_SOURCE),
            (&self.calling, SpeechWord::CALLING),
            (&self.no_calling, SpeechWord::NO_CALLING),
            (&self.new_clause, SpeechWord::NEW_CLAUSE),
            (&self.speaker, SpeechWord::SPEAKER),
            (&self.no_speaker, SpeechWord::NO_SPEAKER),
            (&self.of_body, SpeechWord::OF_BODY),
            (&self.aim, SpeechWord::AIM),
            (&self.operation, SpeechWord::OPERATION),
            (&self.object_noun, SpeechWord::OBJECT),
            (&self.negation, SpeechWord::NEGATION),
            (&self.afterthought, SpeechWord::AFTERTHOUGHT),
            (&self.adjective, SpeechWord::ADJECTIVE),
            (&self.no_that, SpeechWord::NO_THAT),
            (&self.relative, SpeechWord::RELATIVE),
            (&self.question, SpeechWord::QUESTION),
            (&self.statement, SpeechWord::STATEMENT),
            (&self.in_full, SpeechWord::IN_FULL),
            (&self.we, SpeechWord::WE),
            (&self.named, SpeechWord::NAMED),
            (&self.before_noun, SpeechWord::BEFORE_NOUN),
            (&self.then, SpeechWord::THEN),
            (&self.asks, SpeechWord::ASKS),
            (&self.answers, SpeechWord::ANSWERS),
            (&self.denies_next, SpeechWord::DENIES_NEXT),
            (&self.denies_clause, SpeechWord::DENIES_CLAUSE),
            (&self.no_denial, SpeechWord::NO_DENIAL),
        ]
    }
}
