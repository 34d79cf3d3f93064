//! Damage that programs do to Arabic when they take it out of PDF files.
//!
//! A PDF file holds shapes and not letters. The shape of ل and ا together is often put down as ا
//! and ل: الإرهاب becomes اإلرهاب, خلال becomes خالل. Other programs put down all letters as they
//! are seen from left to right, so that each line is reversed.
//!
//! Both are mended only where they are certain: in words that exist in no other way, and many of
//! them.

mod lam_alef;
mod visual;

use memchr::{memchr_iter, memmem};
use serde::{Deserialize, Serialize};

/// Bytes at the start of a text in which damage shows first. Damaged texts have its signs in every
/// second line.
const START: usize = 1_024;

/// What was mended in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Mending {
    /// The order of ل and ا in words.
    LamAlef,
    /// The order of the letters in lines.
    VisualOrder,
}

impl Mending {
    /// What was mended, for people.
    pub fn message(self) -> &'static str {
        match self {
            Self::LamAlef => "ل and ا stood in the wrong order, as in text from a PDF file; mended",
            Self::VisualOrder => "lines were reversed, as in text from a PDF file; mended",
        }
    }
}

/// The mended text and what was mended; `None` if no damage is certain.
pub fn mended(text: &str) -> Option<(String, Mending)> {
    if !has_signs(&text.as_bytes()[..text.len().min(START)]) {
        return None;
    }
    if let Some(turned) = visual::mended(text) {
        let text = lam_alef::mended(&turned).unwrap_or(turned);
        return Some((text, Mending::VisualOrder));
    }
    lam_alef::mended(text).map(|text| (text, Mending::LamAlef))
}

/// Letters in an order that damage makes.
const SIGNS: [&str; 6] = ["اآ", "اأ", "اإ", "اا", " ة", "\nة"];

/// Whether bytes have a sign of damage: ا before أ إ آ ا, ة at the beginning of a word, or a shape
/// of a letter (U+FB50 to U+FEFF).
fn has_signs(bytes: &[u8]) -> bool {
    SIGNS.iter().any(|sign| memmem::find(bytes, sign.as_bytes()).is_some())
        || memchr_iter(0xEF, bytes)
            .any(|at| matches!(bytes.get(at + 1), Some(0xAD..=0xAF | 0xB9..=0xBB)))
}

#[cfg(test)]
mod tests;
