//! A reading for a terminal: sentence by sentence, first its words by zone, then who is mentioned,
//! then what frames whom.
//!
//! With colours, mentions are cyan (the first camp), yellow (the second) or grey (neither's),
//! framing expressions are underlined, the words that name a speaker are slanted, and what is not
//! the own voice is faint. The zone always stands in front: nothing hangs on colours alone.

use super::super::lines::Lines;
use super::super::table::Style;
use super::{Piece, class, found, listed, party, pieces, sense, sense_in_words, stretches};
use crate::text::isolate::isolated;
use crate::text::lexicon::Sense;
use crate::text::{AnalyzedText, LexiconHit, Mention, Party, Zone};

/// Columns of a line at most: longer lines are hard to read.
const MAX_WIDTH: u16 = 80;

/// Columns in front of the words: the number of the sentence, and what the line is.
const MARGIN: usize = 15;

/// The reading of a text.
pub fn text(read: &AnalyzedText, style: Style) -> String {
    let width = usize::from(style.width.min(MAX_WIDTH)).max(2 * MARGIN) - MARGIN;
    let findings = &read.findings;
    let pieces = pieces(read);
    let (mut pieces, mut mentions, mut hits) =
        (&pieces[..], &findings.mentions[..], &findings.hits[..]);
    let mut out = String::new();
    for (number, sentence) in (1..).zip(&findings.voices.sentences) {
        if number > 1 {
            out.push('\n');
        }
        for (tokens, zone) in stretches(read, sentence) {
            let here = before(&mut pieces, |piece| piece.at < tokens.end);
            let is_first = tokens.start == sentence.start;
            let number = if is_first { number.to_string() } else { String::new() };
            words(&mut out, read, here, &format!("{number:>4} {:<10}", zone.name()), width, style);
        }
        for mention in before(&mut mentions, |mention| mention.tokens.start < sentence.end) {
            entry(&mut out, "who", &who(read, mention, style), width);
        }
        for hit in before(&mut hits, |hit| hit.tokens.start < sentence.end) {
            entry(&mut out, "framing", &framing(read, hit, style), width);
        }
    }
    out
}

/// Takes those in front that are so.
fn before<'a, T>(rest: &mut &'a [T], is_so: impl FnMut(&T) -> bool) -> &'a [T] {
    let (here, behind) = rest.split_at(rest.partition_point(is_so));
    *rest = behind;
    here
}

/// The words of a stretch, right to left.
fn words(
    out: &mut String,
    read: &AnalyzedText,
    pieces: &[Piece],
    label: &str,
    width: usize,
    style: Style,
) {
    let mut lines = Lines::with_margins([label.to_owned(), " ".repeat(MARGIN)], width, out);
    for piece in pieces {
        let sgr = if style.colour { sgr(read, piece) } else { String::new() };
        lines.text(&piece.text.replace('\n', " "), &sgr);
    }
    lines.end_line();
}

/// The colour of a piece of the text.
fn sgr(read: &AnalyzedText, piece: &Piece) -> String {
    let zone = match piece.zone {
        Zone::Own => None,
        Zone::Frame => Some("3"),
        Zone::Reported | Zone::Aim => Some("2"),
    };
    let who = piece.mention.map(|mention| colour(party(read, mention)));
    let framing = piece.framing.first().map(|&hit| &read.findings.hits[hit]);
    let judging = framing.filter(|_| who.is_none()).and_then(judging);
    let parts = [zone, who, judging, framing.map(|_| "4")];
    parts.into_iter().flatten().collect::<Vec<_>>().join(";")
}

fn colour(party: Party) -> &'static str {
    match party.camp() {
        Some(0) => "36",
        Some(_) => "33",
        None => "90",
    }
}

/// The colour of praise or blame.
fn judging(hit: &LexiconHit) -> Option<&'static str> {
    match sense(hit) {
        Sense::Praising => Some("32"),
        Sense::Hostile => Some("31"),
        Sense::None => None,
    }
}

/// A word of a list, and its colour.
type Word = (String, Option<&'static str>);

/// English words, without a colour.
fn plain_words(text: &str) -> impl Iterator<Item = Word> {
    text.split(' ').map(|word| (word.to_owned(), None))
}

/// Who is mentioned, and how that was found.
fn who(read: &AnalyzedText, mention: &Mention, style: Style) -> Vec<Word> {
    let (how, from) = found(mention);
    let from = from.map(|from| isolated(&listed(read, &read.findings.mentions[from].tokens)));
    let mut said = vec![(isolated(&listed(read, &mention.tokens)), None)];
    said.extend(plain_words("="));
    said.push((mention.party.name(&read.camps), style.colour.then(|| colour(mention.party))));
    said.extend(plain_words(&format!("({how}")));
    if let Some(from) = from {
        said.push(("from".to_owned(), None));
        said.push((from, None));
    }
    if let Some((last, _)) = said.last_mut() {
        last.push(')');
    }
    said
}

/// What an expression says of whom.
fn framing(read: &AnalyzedText, hit: &LexiconHit, style: Style) -> Vec<Word> {
    let mut said = vec![(isolated(&listed(read, &hit.tokens)), None)];
    said.extend(plain_words("="));
    said.push((sense_in_words(hit).to_owned(), judging(hit).filter(|_| style.colour)));
    said.extend(plain_words(&format!("({}),", class(hit))));
    let zone = read.findings.voices.zones[hit.tokens.start];
    if !zone.is_own() {
        said.extend(plain_words(&format!("{},", zone.name())));
    }
    let targets: Vec<_> = hit.targets.into_iter().flatten().collect();
    said.extend(plain_words("about"));
    if targets.is_empty() {
        said.extend(plain_words("nobody who is mentioned"));
    }
    for (number, target) in targets.iter().enumerate() {
        let party = party(read, target.mention);
        said.push((party.name(&read.camps), style.colour.then(|| colour(party))));
        let comma = if number + 1 < targets.len() { "," } else { "" };
        said.extend(plain_words(&format!("({}){comma}", target.role.name())));
    }
    said
}

/// Adds words as lines; what is isolated stays in one line.
fn entry(out: &mut String, label: &str, said: &[Word], width: usize) {
    out.extend(["     ", label, &" ".repeat(MARGIN - 5 - label.len())]);
    let mut used = 0;
    for (word, sgr) in said {
        // The two signs of an isolate have no width.
        let isolates = word.matches(['\u{2068}', '\u{2069}']).count();
        let length = word.chars().count() - isolates;
        if used > 0 && used + 1 + length > width {
            out.push('\n');
            out.push_str(&" ".repeat(MARGIN + 2));
            used = 2;
        } else if used > 0 {
            out.push(' ');
            used += 1;
        }
        used += length;
        match sgr {
            Some(sgr) => out.extend(["\u{1b}[", sgr, "m", word, "\u{1b}[0m"]),
            None => out.push_str(word),
        }
    }
    out.push('\n');
}
