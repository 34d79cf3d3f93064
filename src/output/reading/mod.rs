//! How a text is read: whose voice, who is meant, what framing; as JSON, for a terminal
//! ([`terminal`]), and on a page ([`super::html::reading`]).

mod pieces;
pub mod terminal;

use std::ops::Range;

use serde_json::{Value, json};

pub(super) use pieces::{Piece, pieces};

use crate::text::isolate::plain;
use crate::text::lexicon::{LEXICON, Sense};
use crate::text::{AnalyzedText, LexiconHit, Mention, Party, Resolution, Target, Zone};

/// Most characters of an expression in a list; the text itself has the whole.
const MAX_WORDS: usize = 48;

/// The words of a stretch, as in the text.
fn part<'a>(read: &'a AnalyzedText, tokens: &Range<usize>) -> &'a str {
    &read.text[bytes(read, tokens)]
}

fn bytes(read: &AnalyzedText, tokens: &Range<usize>) -> Range<usize> {
    read.tokens[tokens.start].span.start..read.tokens[tokens.end - 1].span.end
}

/// Stretches of one zone within a sentence.
pub(in crate::output) fn stretches(
    read: &AnalyzedText,
    sentence: &Range<usize>,
) -> Vec<(Range<usize>, Zone)> {
    let zones = &read.findings.voices.zones;
    let mut found: Vec<(Range<usize>, Zone)> = Vec::new();
    for at in sentence.clone() {
        match found.last_mut() {
            Some((tokens, zone)) if *zone == zones[at] => tokens.end = at + 1,
            _ => found.push((at..at + 1, zones[at])),
        }
    }
    found
}

/// The words of some tokens for a list: in one line, not too long.
pub(super) fn listed(read: &AnalyzedText, tokens: &Range<usize>) -> String {
    let words = plain(&part(read, tokens).replace(char::is_whitespace, " "));
    match words.char_indices().nth(MAX_WORDS) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words,
    }
}

/// How a referent was found, in words, and the number of the mention that it is carried from.
pub(super) fn found(mention: &Mention) -> (&'static str, Option<usize>) {
    match mention.resolution {
        Resolution::Named => ("named", None),
        Resolution::Judging => ("named with a judgement", None),
        Resolution::Attribute => ("by what stands beside it", None),
        Resolution::Side => ("by whose words it stands in", None),
        Resolution::Fight => ("by whom it fights", None),
        Resolution::Usual => ("what it usually means", None),
        Resolution::Carried(from) => ("carried on", Some(from)),
    }
}

/// The name of the party that a target is.
pub(super) fn party(read: &AnalyzedText, mention: usize) -> Party {
    read.findings.mentions[mention].party
}

/// The name of a framing expression's class, for people.
pub(super) fn class(hit: &LexiconHit) -> String {
    LEXICON.classes[hit.class].name.replace('_', " ")
}

/// What a framing expression does by itself.
pub(super) fn sense(hit: &LexiconHit) -> Sense {
    LEXICON.classes[hit.class].sense
}

/// The same in a word for people.
pub(super) fn sense_in_words(hit: &LexiconHit) -> &'static str {
    match sense(hit) {
        Sense::Hostile => "blame",
        Sense::Praising => "praise",
        Sense::None => "neither",
    }
}

/// The reading of a text as one JSON object. Places are bytes of its `text`.
pub fn json(id: &str, read: &AnalyzedText) -> Value {
    let place = |tokens: &Range<usize>| {
        let bytes = bytes(read, tokens);
        json!([bytes.start, bytes.end])
    };
    let findings = &read.findings;
    let zones = findings.voices.sentences.iter().flat_map(|sentence| stretches(read, sentence));
    let zones = zones.filter(|(_, zone)| *zone != Zone::Own).map(|(tokens, zone)| {
        json!({ "zone": zone.name(), "bytes": place(&tokens), "words": part(read, &tokens) })
    });
    let mentions = findings.mentions.iter().map(|mention| {
        let (how, from) = match mention.resolution {
            Resolution::Named => ("named", None),
            Resolution::Judging => ("judging", None),
            Resolution::Attribute => ("attribute", None),
            Resolution::Side => ("side", None),
            Resolution::Fight => ("fight", None),
            Resolution::Usual => ("usual", None),
            Resolution::Carried(from) => ("carried", Some(from)),
        };
        json!({
            "referent": mention.party.name(&read.camps), "bytes": place(&mention.tokens),
            "words": part(read, &mention.tokens), "resolution": how, "from": from,
        })
    });
    let target = |target: Target| {
        json!({
            "mention": target.mention, "role": target.role.name(),
            "referent": findings.mentions[target.mention].party.name(&read.camps),
        })
    };
    let framing = findings.hits.iter().map(|hit| {
        json!({
            "words": part(read, &hit.tokens), "bytes": place(&hit.tokens),
            "class": LEXICON.classes[hit.class].name,
            "sense": match sense(hit) {
                Sense::None => "none",
                _ => sense_in_words(hit),
            },
            "zone": findings.voices.zones[hit.tokens.start].name(),
            "targets": hit.targets.into_iter().flatten().map(target).collect::<Vec<_>>(),
        })
    });
    json!({
        "id": id, "text": read.text, "on_topic": findings.on_topic,
        "zones": zones.collect::<Vec<_>>(),
        "mentions": mentions.collect::<Vec<_>>(), "framing": framing.collect::<Vec<_>>(),
    })
}
