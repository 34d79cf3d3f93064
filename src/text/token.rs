//! The token: a word of a text with its place and its kind.
//!
//! [`super::cut`] cuts a text into words; the definition of that cut, to which tests hold it, is in
//! `text::reference`.

use std::ops::Range;

use crate::text::script::{is_digit, is_letter, is_mark};

/// What a word is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Arabic letters.
    Arabic,
    /// Letters of any other script.
    Latin,
    /// Digits: 0–9, ٠–٩, ۰–۹.
    Number,
}

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its bytes in the original text.
    pub span: Range<usize>,
    /// What it is made of.
    pub kind: TokenKind,
    /// Whether it is a function word, which features do not count.
    pub function: bool,
    /// The form in which features count it.
    pub term: String,
}

impl Token {
    /// Whether it is an Arabic word of at least two letters that is not a function word.
    pub fn is_content(&self) -> bool {
        is_content(self.kind, self.function, &self.term)
    }
}

/// Whether a word is Arabic, has at least two letters and is not a function word.
pub(super) fn is_content(kind: TokenKind, function: bool, term: &str) -> bool {
    kind == TokenKind::Arabic && !function && term.chars().nth(1).is_some()
}

impl AsRef<str> for Token {
    fn as_ref(&self) -> &str {
        &self.term
    }
}

/// The kind of word that a character belongs to; `None` for what separates words, and for marks.
pub(super) fn kind_of(c: char) -> Option<TokenKind> {
    match c {
        _ if is_letter(c) => Some(TokenKind::Arabic),
        _ if is_digit(c) => Some(TokenKind::Number),
        _ if c.is_alphabetic() && !is_mark(c) => Some(TokenKind::Latin),
        _ => None,
    }
}
