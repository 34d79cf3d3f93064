//! JSON whose bytes are safe to print: what steers a terminal, or parts lines for some readers, is
//! written as an escape.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};

use crate::text::isolate::is_separator;
use crate::text::script::is_directional;

/// Writes a value on a line of its own, as JSON whose bytes are safe to print.
///
/// # Errors
/// Those of the writer.
pub fn line(mut out: impl Write, value: &impl Serialize) -> io::Result<()> {
    harmless(&mut out, value, CompactFormatter)?;
    out.write_all(
        b"
",
    )
}

/// Writes a value as JSON whose bytes are safe to print, indented.
///
/// # Errors
/// Those of the writer.
pub fn pretty(out: impl Write, value: &Value) -> io::Result<()> {
    harmless(out, value, PrettyFormatter::new())
}

fn harmless<F: Formatter>(out: impl Write, value: &impl Serialize, formatter: F) -> io::Result<()> {
    Ok(value.serialize(&mut serde_json::Serializer::with_formatter(out, Harmless(formatter)))?)
}

/// Writes as the formatter inside it does, and escapes what JSON itself lets stand: DEL and the C1
/// controls, marks that change direction, and the separators that some readers of lines take for
/// the end of one.
struct Harmless<F>(F);

/// What is escaped.
fn steers(c: char) -> bool {
    c.is_control() || is_directional(c) || is_separator(c)
}

/// Whether there may be anything to escape: whether a byte begins such a character, or one of few
/// others.
fn may_steer(fragment: &str) -> bool {
    let next = fragment.bytes().skip(1).chain([0]);
    fragment
        .bytes()
        .zip(next)
        .any(|(byte, next)| matches!((byte, next), (..0x20 | 0x7F | 0xC2 | 0xE2, _) | (0xD8, 0x9C)))
}

impl<F: Formatter> Formatter for Harmless<F> {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        if !may_steer(fragment) {
            return out.write_all(fragment.as_bytes());
        }
        let mut rest = fragment;
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| steers(*c)) {
            out.write_all(&rest.as_bytes()[..at])?;
            write!(out, "\\u{:04x}", u32::from(c))?;
            rest = &rest[at + c.len_utf8()..];
        }
        out.write_all(rest.as_bytes())
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_array(out)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array(out)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array_value(out)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object(out)
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object(out)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_value(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn no_character_that_steers_is_passed_over() {
        for c in ('\0'..=char::MAX).filter(|&c| steers(c)) {
            assert!(may_steer(&format!("ا{c}ب")), "{c:?}");
        }
        assert!(!may_steer("حفتر, LNA 2019؛"));
    }

    #[test]
    fn what_steers_a_terminal_is_escaped_and_comes_back() {
        let value = json!({"\u{202E}k": "a\u{9b}31m\u{7f}\u{2066}حفتر\u{2028}\"\n"});
        let (mut compact, mut indented) = (Vec::new(), Vec::new());
        line(&mut compact, &value).unwrap();
        pretty(&mut indented, &value).unwrap();
        for out in [compact, indented] {
            let text = String::from_utf8(out).unwrap();
            assert!(
                text.contains("\\u202ek")
                    && text.contains("a\\u009b31m\\u007f\\u2066حفتر\\u2028\\\"\\n"),
                "{text}"
            );
            assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
        }
    }
}
