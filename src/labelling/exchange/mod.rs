//! Sets in the forms of other labelling programs: doccano, Label Studio, Prodigy, and tables.
//!
//! Each form has one file that writes and reads it. All give and take [`Exchanged`] articles;
//! [`content`] makes them of a set, [`bringing_in`] puts them into one.

pub mod bringing_in;
pub mod content;
mod doccano;
pub mod form;
mod joining;
mod json;
mod label_names;
mod label_studio;
mod offsets;
mod prodigy;
mod reading;
mod spans;
mod table;
#[cfg(test)]
mod tests;
mod workbook;

use crate::article::Article;
use crate::camp::Stance;

/// An article as a file of exchange holds it, with its labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchanged {
    /// File and line, or what else leads to it.
    pub place: String,
    /// The article. Its id may be empty.
    pub article: Article,
    /// Whether its id is one that mizan wrote: it names an article of a set.
    pub is_own_id: bool,
    /// Its labels: of each annotator one, or parts of one.
    pub labels: Vec<GivenLabel>,
}

/// A label, or a part of one, by one annotator.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GivenLabel {
    /// Who gave it, if the file says so.
    pub annotator: Option<String>,
    /// The stance toward each camp, as far as it says.
    pub stances: [Option<Stance>; 2],
    /// The day, `YYYY-MM-DD`, or nothing.
    pub date: String,
    /// A note.
    pub note: String,
    /// The sentences that decide it.
    pub marks: Vec<ExchangedMark>,
}

/// A sentence that decides a side, as a row of `rationales.csv` says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExchangedMark {
    /// Number of the camp.
    pub camp: usize,
    /// The side.
    pub stance: Stance,
    /// The sentence.
    pub sentence: String,
    /// The expressions in it.
    pub expressions: Vec<String>,
}

/// What was not read as a label, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// File and line.
    pub place: String,
    /// What it is, and what becomes of it.
    pub message: String,
}

impl Remark {
    fn new(place: &str, message: impl Into<String>) -> Self {
        Self { place: place.to_owned(), message: message.into() }
    }
}
