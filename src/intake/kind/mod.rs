//! What kind of file it is, by its first bytes.

mod markup;
mod member;
mod messages;
mod other;

use std::borrow::Cow;

use super::{Format, IntakeError, encoding};
pub use member::{none_in_folder, reason, reason_by_name};
#[cfg(feature = "archives")]
pub(super) use messages::is_separator;
pub(super) use other::ole;

/// Number of bytes at the start of a file that are looked at.
pub const SAMPLE: usize = 8 << 10;

/// What the first bytes of a file say that it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A format that is read.
    Format(Format),
    /// A container of Microsoft's old Office programs; which program's is told by its whole.
    Ole,
    /// Something that is not read: what it is, and how to make it readable.
    Other(Cow<'static, str>, Cow<'static, str>),
    /// Nothing certain: it may be a text or a table.
    Unknown,
}

impl Kind {
    /// The kind of a file that begins with `bytes`.
    pub fn from_start(bytes: &[u8]) -> Self {
        let bytes = &bytes[..bytes.len().min(SAMPLE)];
        if let Some(kind) = other::container(bytes) {
            return kind;
        }
        let start = readable(bytes);
        let start = start.trim_start_matches(['\u{FEFF}', '\u{FFFD}']).trim_start();
        if let Some(kind) = other::textual(start) {
            return kind;
        }
        if start.starts_with('<')
            && let Some(kind) = markup::kind(start)
        {
            return kind;
        }
        if opens_json(start) || behind_assignment(start).is_some_and(opens_json) {
            return Self::Format(Format::Jsonl);
        }
        if messages::is_warc(start) {
            return Self::Format(Format::Warc);
        }
        if messages::is_mail(start) {
            return Self::Format(Format::Mail);
        }
        other::binary(bytes).unwrap_or(Self::Unknown)
    }

    /// The format of a file that begins so, whose name tells `named`.
    ///
    /// # Errors
    /// [`IntakeError::OtherKind`] if it is of a kind that is not read.
    pub fn format(self, named: Option<Format>) -> Result<Format, IntakeError> {
        match (self, named) {
            // The name of a table says more than a first cell that looks like something else.
            (
                Self::Format(Format::Jsonl | Format::Mail),
                Some(named @ (Format::Csv | Format::Tsv)),
            ) => Ok(named),
            (Self::Format(found), _) => Ok(found),
            (Self::Other(kind, cure), _) => Err(IntakeError::OtherKind { kind, cure }),
            (Self::Ole | Self::Unknown, named) => Ok(named.unwrap_or(Format::Text)),
        }
    }
}

/// The first bytes as text, whatever their encoding, as far as ASCII goes.
fn readable(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace('\0', "")
}

/// Whether a text begins as an object of JSON, or as a list of objects.
fn opens_json(start: &str) -> bool {
    let object = |rest: &str| {
        rest.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with(['"', '}']))
    };
    object(start) || start.strip_prefix('[').is_some_and(|rest| object(rest.trim_start()))
}

/// Most letters of the name that a script gives to a value.
const MAX_NAME: usize = 100;

/// The list that a script assigns which begins so, as the archive of X does:
/// `window.YTD.tweets.part0 = [ … ]`.
pub(super) fn behind_assignment(start: &str) -> Option<&str> {
    let (name, value) = start.split_at_checked(start.find('=')?)?;
    let name = name.trim_end();
    let name =
        ["var ", "let ", "const "].iter().find_map(|word| name.strip_prefix(word)).unwrap_or(name);
    let is_name = |c: char| c.is_ascii_alphanumeric() || "._$".contains(c);
    let is_named = (1..=MAX_NAME).contains(&name.len()) && name.chars().all(is_name);
    is_named.then(|| value[1..].trim_start()).filter(|value| value.starts_with('['))
}

/// Whether the first bytes of a file whose name tells nothing are an article's: mostly words in
/// Arabic letters.
pub fn is_arabic(bytes: &[u8]) -> bool {
    let bytes = &bytes[..bytes.len().min(SAMPLE)];
    let (text, _, _) = encoding::detect(bytes, None).decode(bytes);
    let (mut arabic, mut letters) = (0, 0);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        arabic += usize::from(matches!(c, '\u{600}'..='\u{6FF}' | '\u{FB50}'..='\u{FEFF}'));
    }
    arabic >= 20 && arabic * 2 >= letters
}

#[cfg(test)]
mod tests;
