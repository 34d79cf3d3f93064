//! Punctuation between words, and quotation marks as pairs, whichever way they face.

use std::ops::Range;

use crate::text::token::TokenKind;

/// What stands between two words, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Gap(u8);

impl Gap {
    /// A comma, dash, bracket, or semicolon of a list.
    pub(super) const COMMA: Self = Self(1);
    /// A colon.
    pub(super) const COLON: Self = Self(2);
    /// The end of a sentence.
    pub(super) const END: Self = Self(4);
    /// A line break.
    pub(super) const LINE: Self = Self(8);
    /// A quotation mark.
    pub(super) const QUOTE: Self = Self(16);

    /// Whether it has any of these.
    #[inline]
    pub(super) fn is(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both.
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Kinds of quotation marks. Marks of one kind make pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Angle,
    Curly,
    Single,
    Straight,
    SingleAngle,
    Ascii,
    Brackets,
}

/// The way that a mark faces in its spelling or by the space around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Facing {
    Open,
    Close,
    Unknown,
}

/// A quotation mark before the word `at`.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    at: usize,
    kind: Kind,
    shape: Facing,
    space: Facing,
    /// Whether a line break stands between it and the word before.
    after_line: bool,
}

impl Mark {
    /// Whether it belongs to the paragraph before the one that begins with the word `at`.
    pub(super) fn is_before(&self, at: usize) -> bool {
        self.at < at || self.at == at && !self.after_line
    }
}

/// Reads the text between two words, given the kinds of the words; adds its quotation marks to
/// `marks`.
pub(super) fn read_gap(
    gap: &str,
    (before, after): (Option<TokenKind>, Option<TokenKind>),
    at: usize,
    marks: &mut Vec<Mark>,
) -> Gap {
    let mut found = Gap::default();
    let chars: Vec<char> = gap.chars().collect();
    let both_latin = before == Some(TokenKind::Latin) && after == Some(TokenKind::Latin);
    for (number, &c) in chars.iter().enumerate() {
        let next = chars.get(number + 1);
        let twice = next == Some(&c);
        let again = number > 0 && chars[number - 1] == c;
        let quote = match c {
            '«' => Some((Kind::Angle, Facing::Open)),
            '»' => Some((Kind::Angle, Facing::Close)),
            '“' | '„' | '‟' => Some((Kind::Curly, Facing::Open)),
            '”' => Some((Kind::Curly, Facing::Close)),
            '‘' | '‚' | '‛' => Some((Kind::Single, Facing::Open)),
            '’' if !both_latin => Some((Kind::Single, Facing::Close)),
            '‹' => Some((Kind::SingleAngle, Facing::Open)),
            '›' => Some((Kind::SingleAngle, Facing::Close)),
            '"' | '＂' | '〝' | '〞' | '″' => Some((Kind::Straight, Facing::Unknown)),
            '﴾' => Some((Kind::Brackets, Facing::Close)),
            '﴿' => Some((Kind::Brackets, Facing::Open)),
            '\'' if twice => Some((Kind::Straight, Facing::Unknown)),
            '\'' if !again && !both_latin && number + 1 == chars.len() => {
                Some((Kind::Ascii, Facing::Unknown))
            }
            '\'' if !again && !both_latin && number == 0 => Some((Kind::Ascii, Facing::Unknown)),
            '<' if twice => Some((Kind::Angle, Facing::Open)),
            '>' if twice => Some((Kind::Angle, Facing::Close)),
            '(' if twice => Some((Kind::Brackets, Facing::Open)),
            ')' if twice => Some((Kind::Brackets, Facing::Close)),
            _ => None,
        };
        if let Some((kind, shape)) = quote {
            let width = if twice { 2 } else { 1 };
            let is_apart = |chars: &[char]| chars.iter().any(|c| c.is_whitespace());
            let touches_before = before.is_some() && !is_apart(&chars[..number]);
            let rest = &chars[(number + width).min(chars.len())..];
            let touches_after = after.is_some() && !is_apart(rest);
            let space = match (touches_before, touches_after) {
                (true, false) => Facing::Close,
                (false, true) => Facing::Open,
                _ => Facing::Unknown,
            };
            let after_line = chars[..number].contains(&'\n');
            marks.push(Mark { at, kind, shape, space, after_line });
            found = found.or(Gap::QUOTE);
            continue;
        }
        found = found.or(match c {
            '،' | ',' | '–' | '—' | '(' | ')' | '[' | ']' => Gap::COMMA,
            '-' if gap.len() > 1 => Gap::COMMA,
            ':' => Gap::COLON,
            '\n' => Gap::END.or(Gap::LINE),
            '!' | '؟' | '?' | '؛' | '…' => Gap::END,
            '.' => {
                // A full stop between numbers or Latin letters is part of a number or a name.
                let inside = gap == "."
                    && (after != Some(TokenKind::Arabic)
                        || before.is_some_and(|kind| kind != TokenKind::Arabic));
                if inside { Gap::default() } else { Gap::END }
            }
            _ => Gap::default(),
        });
    }
    found
}

/// A quotation: its words, and whether its end was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quotation {
    pub(super) words: Range<usize>,
    pub(super) closed: bool,
}

/// The quotations of a paragraph, which ends before the word `end`.
///
/// The space around a mark says best whether it opens or closes; where there is none, or on both
/// sides, marks of a kind open and close in turn. So mirrored marks make the same pairs.
pub(super) fn quotations(marks: &[Mark], end: usize, found: &mut Vec<Quotation>) {
    let first = found.len();
    let mut done = [false; 7];
    for (number, mark) in marks.iter().enumerate() {
        if std::mem::replace(&mut done[mark.kind as usize], true) {
            continue;
        }
        let mut open: Option<usize> = None;
        for mark in marks[number..].iter().filter(|other| other.kind == mark.kind) {
            let role = match (mark.space, mark.shape) {
                (Facing::Unknown, shape) => match (open, shape) {
                    (Some(_), Facing::Open) | (None, Facing::Close) | (_, Facing::Unknown) => None,
                    (_, facing) => Some(facing),
                },
                (facing, _) => Some(facing),
            };
            match (open, role) {
                (None, Some(Facing::Close)) => {}
                (None, _) => open = Some(mark.at),
                (Some(start), Some(Facing::Open)) => {
                    found.push(Quotation { words: start..mark.at, closed: false });
                    open = Some(mark.at);
                }
                (Some(start), _) => {
                    found.push(Quotation { words: start..mark.at, closed: true });
                    open = None;
                }
            }
        }
        if let Some(start) = open.filter(|start| *start < end) {
            found.push(Quotation { words: start..end, closed: false });
        }
    }
    found[first..].sort_by_key(|quotation| (quotation.words.start, quotation.words.end));
}
