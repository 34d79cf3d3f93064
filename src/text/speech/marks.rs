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

/// The kind of a quotation mark and the way that its shape faces; `twice` says that the same
/// character follows.
fn quotation_mark(c: char, twice: bool) -> Option<(Kind, Facing)> {
    Some(match c {
        '«' => (Kind::Angle, Facing::Open),
        '»' => (Kind::Angle, Facing::Close),
        '“' | '„' | '‟' => (Kind::Curly, Facing::Open),
        '”' => (Kind::Curly, Facing::Close),
        '‘' | '‚' | '‛' => (Kind::Single, Facing::Open),
        '’' => (Kind::Single, Facing::Close),
        '‹' => (Kind::SingleAngle, Facing::Open),
        '›' => (Kind::SingleAngle, Facing::Close),
        '"' | '＂' | '〝' | '〞' | '″' => (Kind::Straight, Facing::Unknown),
        '﴿' => (Kind::Brackets, Facing::Open),
        '﴾' => (Kind::Brackets, Facing::Close),
        '\'' if twice => (Kind::Straight, Facing::Unknown),
        '<' if twice => (Kind::Angle, Facing::Open),
        '>' if twice => (Kind::Angle, Facing::Close),
        '(' if twice => (Kind::Brackets, Facing::Open),
        ')' if twice => (Kind::Brackets, Facing::Close),
        '\'' => (Kind::Ascii, Facing::Unknown),
        _ => return None,
    })
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
    let is_latin = before == Some(TokenKind::Latin);
    let last_space = gap.rfind(char::is_whitespace);
    let (mut was_space, mut was_line, mut last) = (false, false, None);
    let mut chars = gap.char_indices().peekable();
    while let Some((place, c)) = chars.next() {
        let twice = chars.peek().is_some_and(|(_, next)| *next == c);
        // An apostrophe within a Latin word quotes nothing; of two marks, the first one counts.
        let is_apostrophe = matches!(c, '\'' | '’') && is_latin && after == Some(TokenKind::Latin);
        let again = c == '\'' && last == Some(c);
        last = Some(c);
        if let Some((kind, shape)) = quotation_mark(c, twice).filter(|_| !is_apostrophe && !again) {
            let touches_before = before.is_some() && !was_space;
            let touches_after =
                after.is_some() && last_space.is_none_or(|last_space| last_space < place);
            let space = match (touches_before, touches_after) {
                (true, false) => Facing::Close,
                (false, true) => Facing::Open,
                _ => Facing::Unknown,
            };
            marks.push(Mark { at, kind, shape, space, after_line: was_line });
            found = found.or(Gap::QUOTE);
            continue;
        }
        was_space |= c.is_whitespace();
        was_line |= c == '\n';
        found = found.or(match c {
            '،' | ',' | '–' | '—' | '(' | ')' | '[' | ']' | '|' => Gap::COMMA,
            '-' if gap.len() > 1 => Gap::COMMA,
            // Not in addresses and times of day.
            ':' if !is_latin && (gap.len() > 1 || before != Some(TokenKind::Number)) => Gap::COLON,
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
