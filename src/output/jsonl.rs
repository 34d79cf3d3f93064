//! One JSON object a line, for programs.
//!
//! `{"id", "<camp>": {"stance", "score", "favor", "neutral", "against", "words": [{"word", "weight"}]} for each camp,
//! "lean", "unrelated"}`, or `{"id", "error"}`; with `"outlet"`, `"date"` and `"event"` where the article names them, and, where it was
//! read at all, `"reading": {"format", "encoding", "replaced", "removed"}`: how many byte sequences were replaced and how
//! many leftovers taken out. Where there is a doubt, `stance` is `uncertain`, `doubt` says why and `guess` is the stance that fits
//! best. Fields may be added; none is renamed. Numbers have six decimals. What steers a terminal or its direction of text is written as
//! `\uXXXX`, which is the same to a program.

use std::io::{self, Write};

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};
use serde_json::{Map, Value, json};

use super::table::OneVsRest;
use super::{Record, UNCERTAIN};
use crate::arabic::is_directional;
use crate::camp::Camps;
use crate::evaluation::Figure;
use crate::intake::Reading;
use crate::verdict::{CampVerdict, Word};

/// Writes one record and a line feed.
///
/// # Errors
/// Those of the writer.
pub fn write(mut out: impl Write, camps: &Camps, record: &Record) -> io::Result<()> {
    harmless(&mut out, &Line { camps, record }, CompactFormatter)?;
    out.write_all(b"\n")
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

/// Writes as the formatter inside it does, and escapes what JSON itself lets stand: DEL and the C1 controls, marks that change direction,
/// and the separators that some readers of lines take for the end of one.
struct Harmless<F>(F);

impl<F: Formatter> Formatter for Harmless<F> {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let steers = |c: char| c.is_control() || is_directional(c) || matches!(c, '\u{2028}' | '\u{2029}');
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

struct Line<'a> {
    camps: &'a Camps,
    record: &'a Record,
}

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Record { id, outlet, date, event, reading, verdict } = self.record;
        let mut line = serializer.serialize_map(None)?;
        line.serialize_entry("id", id)?;
        for (field, value) in [("outlet", outlet), ("date", date), ("event", event)] {
            if let Some(value) = value {
                line.serialize_entry(field, value)?;
            }
        }
        match verdict {
            Ok(verdict) => {
                for (id, camp) in self.camps.ids().into_iter().zip(&verdict.camps) {
                    line.serialize_entry(id, &CampLine::of(camp))?;
                }
                line.serialize_entry("lean", &six(verdict.lean()))?;
                line.serialize_entry("unrelated", &six(verdict.unrelated))?;
            }
            Err(message) => line.serialize_entry("error", message)?,
        }
        if let Some(reading) = reading {
            line.serialize_entry("reading", &ReadingLine::of(reading))?;
        }
        line.end()
    }
}

#[derive(Serialize)]
struct CampLine<'a> {
    stance: &'a str,
    score: f64,
    favor: f64,
    neutral: f64,
    against: f64,
    words: Vec<WordLine<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    guess: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    doubt: Option<String>,
}

#[derive(Serialize)]
struct WordLine<'a> {
    word: &'a str,
    weight: f64,
}

impl<'a> CampLine<'a> {
    fn of(CampVerdict { stance, doubt, sides, words }: &'a CampVerdict) -> Self {
        Self {
            stance: if doubt.is_some() { UNCERTAIN } else { stance.as_str() },
            score: six(sides.score()),
            favor: six(sides.favor),
            neutral: six(sides.neutral),
            against: six(sides.against),
            words: words.iter().map(|Word { word, weight }| WordLine { word, weight: six(*weight) }).collect(),
            guess: doubt.is_some().then(|| stance.as_str()),
            doubt: doubt.as_ref().map(ToString::to_string),
        }
    }
}

#[derive(Serialize)]
struct ReadingLine<'a> {
    format: String,
    encoding: &'a str,
    replaced: usize,
    removed: usize,
}

impl<'a> ReadingLine<'a> {
    fn of(reading: &'a Reading) -> Self {
        let Reading { format, encoding, replaced, removals, .. } = reading;
        Self { format: format.to_string(), encoding, replaced: *replaced, removed: removals.len() }
    }
}

/// A number rounded to six decimals, never −0.
pub(super) fn six(number: f64) -> f64 {
    (number * 1e6).round() / 1e6 + 0.0
}

/// Figures as one JSON object: for each output accuracy, macro-F1 with its interval, F1 by class and the confusion matrix (rows
/// are labels), and one stance against the rest where given.
pub fn figures(figures: &[Figure], classes: &[String], sides: &[OneVsRest]) -> Value {
    let of = |figure: &Figure| {
        let confusion = &figure.confusion;
        let f1: Map<String, Value> =
            classes.iter().enumerate().map(|(class, name)| (name.clone(), json!(six(confusion.f1(class))))).collect();
        let rows: Vec<Vec<usize>> =
            (0..classes.len()).map(|label| (0..classes.len()).map(|given| confusion.count(label, given)).collect()).collect();
        json!({
            "toward": figure.name,
            "articles": confusion.total(),
            "accuracy": six(confusion.accuracy()),
            "macro_f1": six(figure.macro_f1()),
            "macro_f1_95": [six(figure.interval.0), six(figure.interval.1)],
            "f1": f1,
            "confusion": rows,
        })
    };
    let side = |side: &OneVsRest| {
        json!({
            "toward": side.camp,
            "stance": side.stance.as_str(),
            "labelled": side.labelled,
            "macro_f1": six(side.macro_f1),
            "auc": six(side.auc),
        })
    };
    json!({
        "classes": classes,
        "figures": figures.iter().map(of).collect::<Vec<_>>(),
        "one_vs_rest": sides.iter().map(side).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_escaped_and_comes_back() {
        let value = json!({"\u{202E}k": "a\u{9b}31m\u{7f}\u{2066}حفتر\u{2028}\"\n"});
        let (mut compact, mut indented) = (Vec::new(), Vec::new());
        harmless(&mut compact, &value, CompactFormatter).unwrap();
        pretty(&mut indented, &value).unwrap();
        for out in [compact, indented] {
            let text = String::from_utf8(out).unwrap();
            assert!(text.contains("\\u202ek") && text.contains("a\\u009b31m\\u007f\\u2066حفتر\\u2028\\\"\\n"), "{text}");
            assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
        }
    }
}
