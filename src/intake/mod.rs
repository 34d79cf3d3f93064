//! Bytes → [`Article`]: what a person saved becomes an article, or a message says why it cannot.

use crate::article::Article;

/// Why bytes are no article.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IntakeError {
    /// No text at all.
    #[error("it is empty: there is nothing to weigh")]
    Empty,
    /// Bytes that are no UTF-8.
    #[error("line {line}: byte {offset} (0x{byte:02X}) is not UTF-8; save it as UTF-8 (`iconv -f WINDOWS-1256 -t UTF-8` for old pages)")]
    NotUtf8 {
        /// Line of the first bad byte, from 1.
        line: usize,
        /// Its place, from 0.
        offset: usize,
        /// Its value.
        byte: u8,
    },
}

/// UTF-8 bytes as text, without a byte-order mark and with `\n` as the only line end.
///
/// # Errors
/// [`IntakeError::NotUtf8`], which names the line of the first bad byte.
pub fn decode(bytes: &[u8]) -> Result<String, IntakeError> {
    let text = str::from_utf8(bytes).map_err(|error| {
        let offset = error.valid_up_to();
        let line = bytes[..offset].split(|&byte| byte == b'\n').count();
        IntakeError::NotUtf8 { line, offset, byte: bytes[offset] }
    })?;
    Ok(text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n"))
}

/// The article in the bytes of one saved file; `name` is its id unless its header gives one.
///
/// # Errors
/// [`IntakeError::NotUtf8`], and [`IntakeError::Empty`] when nothing but white space is left.
pub fn read_article(name: &str, bytes: &[u8]) -> Result<Article, IntakeError> {
    let article = Article::from_saved(name, &decode(bytes)?);
    if article.full_text().trim().is_empty() { Err(IntakeError::Empty) } else { Ok(article) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mark_and_line_ends_do_not_reach_the_text() {
        assert_eq!(decode("\u{FEFF}سطر\r\nآخر".as_bytes()).unwrap(), "سطر\nآخر");
    }

    #[test]
    fn a_bad_byte_is_named_with_its_line() {
        let error = decode(b"one\ntwo\nth\xC7\x20ree").unwrap_err();
        assert_eq!(error, IntakeError::NotUtf8 { line: 3, offset: 10, byte: 0xC7 });
        assert!(error.to_string().starts_with("line 3: byte 10 (0xC7)"));
    }

    #[test]
    fn nothing_is_an_error() {
        assert_eq!(read_article("a", b" \n\t").unwrap_err(), IntakeError::Empty);
        assert_eq!(read_article("a", b"id: x\n\n").unwrap_err(), IntakeError::Empty);
    }
}
