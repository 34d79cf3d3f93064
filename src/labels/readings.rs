//! The gold set for reading (`labeled/readings/`): texts in which the voice of each stretch, the
//! referent of each mention and the target of each framing expression are marked.
//!
//! `labeled/readings/CODEBOOK.md` describes the marks.

use crate::article::quoted::quoted;

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;

/// A marked text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedText {
    /// Its id.
    pub id: String,
    /// The pattern of sentences that it was written for.
    pub pattern: String,
    /// Its date, where the time matters for who is meant.
    pub date: Option<String>,
    /// Title, an empty line and the text; the text alone where there is no title.
    pub text: String,
    /// Stretches that are not the own voice alone: bytes of the text, and `frame`, `reported` or
    /// `aim`.
    pub zones: Vec<(Range<usize>, String)>,
    /// Mentions of parties: bytes of the text, and the referent.
    pub mentions: Vec<(Range<usize>, String)>,
    /// Framing expressions.
    pub framing: Vec<MarkedFraming>,
}

/// A framing expression in a marked text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedFraming {
    /// Its bytes.
    pub bytes: Range<usize>,
    /// Whom it is about.
    pub target: String,
    /// The role of the target.
    pub role: String,
    /// `praise`, `blame`, `status` or `plain`.
    pub sense: String,
}

/// Why a file of marked texts is invalid.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadingsError {
    /// A line is no JSON object of the file's form.
    #[error("{file}, line {line}: {source}")]
    Line {
        /// The file.
        file: &'static str,
        /// Its line, from 1.
        line: usize,
        /// What is wrong.
        source: serde_json::Error,
    },
    /// A span does not occur in its text.
    #[error(
        "{id}: the text has no {n}. {span}; a span is an exact part of the text",
        span = quoted(span)
    )]
    Span {
        /// The text.
        id: String,
        /// The span.
        span: String,
        /// Which occurrence is meant, from 1.
        n: usize,
    },
    /// A text has no marks, or marks have no text.
    #[error("{id} stands in only one of the two files of texts and marks")]
    Unpaired {
        /// The text.
        id: String,
    },
}

#[derive(Deserialize)]
struct PlainText {
    id: String,
    pattern: String,
    #[serde(default)]
    date: Option<String>,
    #[serde(default)]
    title: Option<String>,
    text: String,
}

#[derive(Deserialize)]
struct Marks {
    id: String,
    zones: Vec<ZoneMark>,
    mentions: Vec<MentionMark>,
    framing: Vec<FramingMark>,
}

fn first() -> usize {
    1
}

#[derive(Deserialize)]
struct Span {
    span: String,
    #[serde(default = "first")]
    n: usize,
}

#[derive(Deserialize)]
struct ZoneMark {
    #[serde(flatten)]
    span: Span,
    zone: String,
}

#[derive(Deserialize)]
struct MentionMark {
    #[serde(flatten)]
    span: Span,
    referent: String,
}

#[derive(Deserialize)]
struct FramingMark {
    #[serde(flatten)]
    span: Span,
    target: String,
    role: String,
    sense: String,
}

fn lines<'a, T: Deserialize<'a>>(
    file: &'static str,
    text: &'a str,
) -> impl Iterator<Item = Result<T, ReadingsError>> {
    (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()).map(move |(line, json)| {
        serde_json::from_str(json).map_err(|source| ReadingsError::Line { file, line, source })
    })
}

/// Reads texts and their settled marks, both in JSON lines, in the order of the texts.
///
/// # Errors
/// If a line is invalid, a span does not occur in its text, or texts and marks do not match.
pub fn read(texts: &str, marks: &str) -> Result<Vec<MarkedText>, ReadingsError> {
    let mut by_id: BTreeMap<String, Marks> = BTreeMap::new();
    for marks in lines::<Marks>("marks", marks) {
        let marks = marks?;
        by_id.insert(marks.id.clone(), marks);
    }
    let mut read = Vec::new();
    for text in lines::<PlainText>("texts", texts) {
        let PlainText { id, pattern, date, title, text } = text?;
        let marks = by_id.remove(&id).ok_or_else(|| ReadingsError::Unpaired { id: id.clone() })?;
        let text = title.map_or_else(|| text.clone(), |title| format!("{title}\n\n{text}"));
        let place = |Span { span, n }: &Span| {
            let found = text.match_indices(span.as_str()).nth(n.saturating_sub(1));
            found
                .map(|(start, found)| start..start + found.len())
                .ok_or_else(|| ReadingsError::Span { id: id.clone(), span: span.clone(), n: *n })
        };
        let zones = marks.zones.iter().map(|mark| Ok((place(&mark.span)?, mark.zone.clone())));
        let mentions =
            marks.mentions.iter().map(|mark| Ok((place(&mark.span)?, mark.referent.clone())));
        let framing = marks.framing.iter().map(|mark| {
            Ok(MarkedFraming {
                bytes: place(&mark.span)?,
                target: mark.target.clone(),
                role: mark.role.clone(),
                sense: mark.sense.clone(),
            })
        });
        let (zones, mentions, framing) = (
            zones.collect::<Result<_, ReadingsError>>()?,
            mentions.collect::<Result<_, ReadingsError>>()?,
            framing.collect::<Result<_, ReadingsError>>()?,
        );
        read.push(MarkedText { id, pattern, date, text, zones, mentions, framing });
    }
    match by_id.into_keys().next() {
        Some(id) => Err(ReadingsError::Unpaired { id }),
        None => Ok(read),
    }
}
