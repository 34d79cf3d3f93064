//! Whose voice: splits a text into sentences and tells the article's own voice from what it reports
//! others as saying.
//!
//! | zone | what |
//! |---|---|
//! | own | the newsroom's or the author's words |
//! | frame | its words that name a speaker and the saying: also its own |
//! | reported | what somebody else says: the complement of a word of saying, a quotation |
//! | aim | a purpose that an actor declares |
//!
//! One pass over the words of each paragraph, by clause. A word of saying ([`words`]) opens a
//! frame. The frame ends at what joins the saying to what is said: أن, a colon, a quotation, a
//! preposition that this verb takes, or the direct object. What is said ends with the sentence, or
//! before it where the newsroom speaks again ([`clause`]). A source after a clause («…، بحسب
//! مصادر») reaches back to the beginning of that clause. What follows a
//! colon at the end of a paragraph, a communiqué in full and the answers of an interview go on over
//! sentences ([`paragraphs`]). `labeled/readings/CODEBOOK.md` says what
//! the zones are, and `mizan evaluate --readings` how well this finds them.

mod clause;
mod ending;
mod file;
mod form;
mod join;
mod lemmas;
mod marks;
mod paragraphs;
mod source;
mod subject;
mod tagger;
mod words;

use std::ops::Range;

pub(crate) use subject::is_behind_verb;
pub(crate) use tagger::ReportedSpeechTagger;
pub(crate) use words::SpeechWord;

/// Whose voice a word is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Zone {
    /// The article's own.
    #[default]
    Own,
    /// The article's own words that name a speaker and the saying.
    Frame,
    /// Reported or quoted.
    Reported,
    /// A purpose that an actor declares.
    Aim,
}

impl Zone {
    /// All zones.
    pub const ALL: [Self; 4] = [Self::Own, Self::Frame, Self::Reported, Self::Aim];

    /// Its name in data and output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Frame => "frame",
            Self::Reported => "reported",
            Self::Aim => "aim",
        }
    }

    /// Whether the words are the article's own. An aim is, unless somebody announces it
    /// ([`Voices::own`]).
    pub fn is_own(self) -> bool {
        matches!(self, Self::Own | Self::Frame)
    }
}

/// The sentences of a text as ranges of tokens, and whose voice each token is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Voices {
    /// The sentences, in order.
    pub sentences: Vec<Range<usize>>,
    /// By token: its zone.
    pub zones: Vec<Zone>,
    /// By token: whether it is the own voice.
    pub own: Vec<bool>,
}

#[cfg(test)]
mod tests;
