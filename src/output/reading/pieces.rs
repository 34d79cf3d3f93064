//! The whole text in pieces, each with what was found there.

use std::ops::Range;

use crate::text::{AnalyzedText, Zone};

/// A word, or what stands between words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::output) struct Piece<'a> {
    /// The original text; escape it before it is written.
    pub(in crate::output) text: &'a str,
    /// The token that it is or belongs to.
    pub(in crate::output) at: usize,
    /// Whose voice it is.
    pub(in crate::output) zone: Zone,
    /// The number of the mention that it is part of.
    pub(in crate::output) mention: Option<usize>,
    /// The numbers of the framing expressions that it is part of.
    pub(in crate::output) framing: Vec<usize>,
}

/// Splits the whole text into pieces. Without a word there are none.
pub(in crate::output) fn pieces(read: &AnalyzedText) -> Vec<Piece<'_>> {
    let findings = &read.findings;
    let (mut mentions, mut hits) =
        (vec![None; read.tokens.len()], vec![Vec::new(); read.tokens.len()]);
    for (number, mention) in findings.mentions.iter().enumerate() {
        mentions[mention.tokens.clone()].fill(Some(number));
    }
    for (number, hit) in findings.hits.iter().enumerate() {
        hits[hit.tokens.clone()].iter_mut().for_each(|at| at.push(number));
    }
    let zone = |at: usize| findings.voices.zones.get(at).copied().unwrap_or_default();
    let mut pieces = Vec::with_capacity(2 * read.tokens.len() + 1);
    let mut piece = |bytes: Range<usize>, at, mention, framing| {
        if !bytes.is_empty() {
            pieces.push(Piece { text: &read.text[bytes], at, zone: zone(at), mention, framing });
        }
    };
    let mut end = 0;
    for (at, token) in read.tokens.iter().enumerate() {
        let start = token.span.start;
        match at.checked_sub(1) {
            None => piece(end..start, at, None, Vec::new()),
            Some(before) => {
                let mention = mentions[at].filter(|_| mentions[before] == mentions[at]);
                let both = hits[before].iter().copied().filter(|hit| hits[at].contains(hit));
                let both: Vec<usize> = both.collect();
                // Marks that open something belong to what follows, those that close it to what
                // was before: they stand beside it.
                let between = &read.text[end..start];
                let cut = between.rfind(char::is_whitespace).map_or(end, |space| {
                    end + space + between[space..].chars().next().map_or(0, char::len_utf8)
                });
                piece(end..cut, before, mention, both.clone());
                piece(cut..start, at, mention, both);
            }
        }
        piece(token.span.clone(), at, mentions[at], hits[at].clone());
        end = token.span.end;
    }
    if let Some(last) = read.tokens.len().checked_sub(1) {
        piece(end..read.text.len(), last, None, Vec::new());
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::camp::Camps;
    use crate::text::TextReader;

    #[test]
    fn pieces_are_the_whole_text_and_marks_stay_with_their_words() {
        let camps = Camps::from_toml(include_str!("../../../labeled/camps.toml")).unwrap();
        let reader = TextReader::with_camps(&camps);
        let text = " *وقال الناطق: «ميليشيات السراج» قصفت المدينة.\n\n«دخلت» القوات المسلحة. ";
        let read = reader.read_text(text.to_owned());
        let pieces = pieces(&read);
        assert_eq!(pieces.iter().map(|piece| piece.text).collect::<String>(), text);
        let opening: Vec<usize> =
            pieces.iter().filter(|piece| piece.text == "«").map(|piece| piece.at).collect();
        assert_eq!(opening, [2, 6]);
        let mention: String = pieces
            .iter()
            .filter(|piece| {
                piece.mention.is_some_and(|mention| {
                    read.words(&read.findings.mentions[mention].tokens).ends_with("السراج")
                })
            })
            .map(|piece| piece.text)
            .collect();
        assert_eq!(mention, "ميليشيات السراج");
    }
}
