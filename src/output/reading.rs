//! How a text is read: whose voice, who is meant, what framing; for a terminal and as JSON.

use std::fmt::Write as _;
use std::ops::Range;

use serde_json::{Value, json};

use crate::text::isolate::isolated;
use crate::text::lexicon::{LEXICON, Sense};
use crate::text::{AnalyzedText, LexiconHit, Mention, Resolution, Target, Zone};

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

/// How a referent was found, in words.
fn resolution(read: &AnalyzedText, mention: &Mention) -> String {
    match mention.resolution {
        Resolution::Named => "named".to_owned(),
        Resolution::Judging => "a judging name".to_owned(),
        Resolution::Attribute => "by what stands beside it".to_owned(),
        Resolution::Side => "by whose words it stands in".to_owned(),
        Resolution::Usual => "what it usually means".to_owned(),
        Resolution::Carried(from) => {
            format!("from {}", isolated(&read.words(&read.findings.mentions[from].tokens)))
        }
    }
}

fn sense(hit: &LexiconHit) -> &'static str {
    match LEXICON.classes[hit.class].sense {
        Sense::Hostile => "blame",
        Sense::Praising => "praise",
        Sense::None => "none",
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
            "class": LEXICON.classes[hit.class].name, "sense": sense(hit),
            "zone": findings.voices.zones[hit.tokens.start].name(),
            "targets": hit.targets.into_iter().flatten().map(target).collect::<Vec<_>>(),
        })
    });
    json!({
        "id": id, "text": read.text, "on_topic": findings.on_topic, "zones": zones.collect::<Vec<_>>(),
        "mentions": mentions.collect::<Vec<_>>(), "framing": framing.collect::<Vec<_>>(),
    })
}

/// The reading of a text for a terminal: sentence by sentence, what is not the own voice in brackets
/// with its zone, then who is mentioned and what frames whom.
pub fn text(read: &AnalyzedText) -> String {
    let mut out = String::new();
    let findings = &read.findings;
    let (mut mentions, mut hits) = (&findings.mentions[..], &findings.hits[..]);
    for (number, sentence) in (1..).zip(&findings.voices.sentences) {
        for (tokens, zone) in stretches(read, sentence) {
            let words = isolated(part(read, &tokens));
            let _ = writeln!(out, "{number:>4} {:<9} {words}", zone.name());
        }
        let here;
        (here, mentions) =
            mentions.split_at(mentions.partition_point(|m| m.tokens.start < sentence.end));
        for mention in here {
            let _ = writeln!(
                out,
                "     who       {} = {} ({})",
                isolated(part(read, &mention.tokens)),
                mention.party.name(&read.camps),
                resolution(read, mention)
            );
        }
        let here;
        (here, hits) = hits.split_at(hits.partition_point(|hit| hit.tokens.start < sentence.end));
        for hit in here {
            let about: Vec<String> = hit
                .targets
                .into_iter()
                .flatten()
                .map(|target| {
                    let mention = &findings.mentions[target.mention];
                    format!("{} of {}", target.role.name(), mention.party.name(&read.camps))
                })
                .collect();
            let _ = writeln!(
                out,
                "     framing   {} {}, {}: {}{}",
                isolated(part(read, &hit.tokens)),
                LEXICON.classes[hit.class].name,
                sense(hit),
                if about.is_empty() {
                    "about nobody who is mentioned".to_owned()
                } else {
                    about.join(", ")
                },
                if findings.voices.own[hit.tokens.start] { "" } else { " (not the own voice)" },
            );
        }
    }
    out
}
