//! What stands around the texts of readings: the key, the folded tables, and what the signs mean.

use maud::{Markup, html};

use super::super::super::reading::{class, found, listed, party, sense_in_words};
use super::super::said;
use super::{camp_class, label, sense_class};
use crate::camp::Camps;
use crate::text::AnalyzedText;
use crate::text::isolate::visible;

/// The folded table of mentions.
pub(super) fn mentions(read: &AnalyzedText) -> Markup {
    let mentions = &read.findings.mentions;
    let words = |number: usize| {
        html! { (number + 1) " " (said(&listed(read, &mentions[number].tokens))) }
    };
    let rows = html! {
        @for (number, mention) in mentions.iter().enumerate() {
            @let (how, from) = found(mention);
            tr {
                td.number { (number + 1) }
                td.words lang="ar" { (said(&listed(read, &mention.tokens))) }
                td { span.who.(camp_class(mention.party)) { (mention.party.name(&read.camps)) } }
                td { (how) }
                td.words lang="ar" { @if let Some(from) = from { (words(from)) } }
            }
        }
    };
    let columns = ["№", "words", "who", "how found", "carried from"];
    folded("Mentions", mentions.len(), &columns, &rows)
}

/// The folded table of framing expressions.
pub(super) fn framing(read: &AnalyzedText) -> Markup {
    let hits = &read.findings.hits;
    let rows = html! {
        @for (number, hit) in hits.iter().enumerate() {
            @let targets: Vec<_> = hit.targets.into_iter().flatten().collect();
            tr {
                td.number { (number + 1) }
                td.words lang="ar" { (said(&listed(read, &hit.tokens))) }
                td { (class(hit)) }
                td { u.(sense_class(hit)) { (sense_in_words(hit)) } }
                td { (read.findings.voices.zones[hit.tokens.start].name()) }
                td {
                    @if targets.is_empty() { "nobody who is mentioned" }
                    @for target in &targets {
                        @let party = party(read, target.mention);
                        div {
                            span.who.(camp_class(party)) { (party.name(&read.camps)) }
                            " " (target.mention + 1)
                        }
                    }
                }
                td { @for target in &targets { div { (target.role.name()) } } }
            }
        }
    };
    let columns = ["№", "words", "class", "sense", "zone", "target, mention", "role"];
    folded("Framing expressions", hits.len(), &columns, &rows)
}

fn folded(name: &str, count: usize, columns: &[&str], rows: &Markup) -> Markup {
    html! {
        @if count == 0 { p.faint { (name) ": none." } } @else {
            details {
                summary { (name) " (" (count) ")" }
                div.wide tabindex="0" role="group" aria-label=(name) {
                    table.found {
                        thead { tr { @for column in columns { th scope="col" { (column) } } } }
                        tbody { (rows) }
                    }
                }
            }
        }
    }
}

/// What the signs look like.
pub(super) fn key(camps: &Camps) -> Markup {
    html! {
        section aria-label="Key" { dl.key {
            dt { "whose voice" }
            dd {
                span { "own voice" } " " span.frame { "frame" } " "
                span.reported { "reported" } " " span.aim { "aim" }
            }
            dt { "who is mentioned" }
            dd {
                @for (camp, name) in camps.camps.iter().zip(["first", "second"]) {
                    span.who.(name) { (visible(&camp.name_en)) (label(&camp.id)) } " "
                }
                span.who.third { "third party" (label("un, state …")) }
            }
            dt { "what frames it" }
            dd {
                u.praise { "praise" } (label("+ target role")) " "
                u.blame { "blame" } (label("− target role")) " "
                u.neither { "neither" } (label("· target role"))
            }
        } }
    }
}

/// What the signs mean.
pub(super) fn explained() -> Markup {
    html! {
        footer.faint {
            h2 { "How to read this" }
            p {
                b { "Voice. " } "What is not marked is the newsroom’s own voice. A frame names who \
                 speaks and the saying, also in its own words. Reported, in ‹ ›, is what somebody \
                 else says or is quoted with. An aim is a purpose that an actor declares."
            }
            p {
                b { "Mentions. " } "Who is meant: a camp, " i { "camp" } "-ally (who fights or "
                "speaks for it), or a third party: "
                b { "un" } ", " b { "state" } " (a foreign one), "
                b { "jihadist" } ", " b { "gang" } " (armed, of no camp), " b { "civilian" } ", "
                b { "neither" } " (of the country, of neither camp)."
            }
            p {
                b { "Framing. " } "Words of a list that praise or blame, or do neither by \
                 themselves but often serve one side. The label has the sense, the target, and its \
                 role: it is called so (epithet), does it (agent), or is what is fought (opponent)."
            }
            p {
                "A program found all this by rules and lists, and it errs: "
                code { "mizan evaluate --readings" } " says how often."
            }
        }
    }
}
