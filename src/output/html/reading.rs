//! Readings as an HTML page: each text with its zones, who is mentioned, and what frames whom;
//! below it both as folded tables ([`around`]).
//!
//! No sign is a colour alone: zones differ by slant and brackets, mentions by their frame, framing
//! expressions by their underline, and small labels name the party. What a reader of the screen
//! would not hear is written out, unseen ([`unseen`]).

mod around;

use maud::{Markup, html};

use super::super::reading::{Piece, class, found, party, pieces, sense, sense_in_words};
use super::kind::PageKind;
use super::{Head, page, said};
use crate::camp::Camps;
use crate::output::explanation::first_words;
use crate::output::words::Language;
use crate::text::isolate::visible;
use crate::text::lexicon::Sense;
use crate::text::{AnalyzedText, LexiconHit, Party, Zone};
use around::{explained, framing, key, mentions};

/// Most characters of an article's heading.
const MAX_HEADING: usize = 90;

/// An article to show.
#[derive(Clone, Debug)]
pub struct ReadArticle {
    /// Its id, or where it stands if it could not be read.
    pub id: String,
    /// Outlet and date, as far as they are known.
    pub source: Vec<String>,
    /// Whether the first paragraph is a headline.
    pub has_title: bool,
    /// The text, or why it could not be read.
    pub read: Result<AnalyzedText, String>,
}

/// A page of articles.
pub fn readings(camps: &Camps, articles: &[ReadArticle]) -> String {
    let title = match articles {
        [one] => format!("{} – mizan inspect", heading(one)),
        _ => format!("How {} articles were read – mizan inspect", articles.len()),
    };
    let is_alone = articles.len() == 1;
    let body = html! {
        main {
            @if !is_alone {
                h1 { "How " (articles.len()) " articles were read" }
                ol {
                    @for (number, one) in articles.iter().enumerate() {
                        li { a href={ "#a" (number) } { (said(&heading(one))) } }
                    }
                }
            }
            (key(camps))
            @for (number, one) in articles.iter().enumerate() {
                article id={ "a" (number) } { (article(one, is_alone)) }
            }
        }
        (explained())
    };
    let words = Language::English.words();
    let (kind, style) = (PageKind::Reading, include_str!("reading.css"));
    page(&Head { kind, title: &title, words, style, is_sorted: false }, &body)
}

/// What an article is called: its headline or first words; where it stands, if it was not read.
fn heading(article: &ReadArticle) -> String {
    let text = article.read.as_ref().map_or("", |read| &read.text);
    match text.lines().map(str::trim).find(|line| !line.is_empty()) {
        Some(first) => first_words(first, MAX_HEADING),
        None => article.id.clone(),
    }
}

fn article(article: &ReadArticle, is_alone: bool) -> Markup {
    let source = article.source.iter().chain([&article.id]).enumerate();
    html! {
        @if is_alone { h1 dir="auto" { (said(&heading(article))) } }
        @else { h2.name dir="auto" { (said(&heading(article))) } }
        p.faint.source {
            @for (number, part) in source { @if number > 0 { " · " } (said(part)) }
        }
        @match &article.read {
            Err(message) => p { b { "It could not be read: " } (said(message)) },
            Ok(read) => {
                p { (voices(read)) }
                (text(read, article.has_title))
                (mentions(read))
                (framing(read))
            }
        }
    }
}

/// How much is the own voice, in words.
fn voices(read: &AnalyzedText) -> String {
    let voices = &read.findings.voices;
    let own = voices.own.iter().filter(|own| **own).count();
    format!(
        "{own} of {} words in {} sentences are the article’s own voice.",
        read.tokens.len(),
        voices.sentences.len()
    )
}

/// The text by paragraphs. Each has its own direction, so that one in Latin letters turns no other.
fn text(read: &AnalyzedText, has_title: bool) -> Markup {
    let mut paragraphs: Vec<Vec<Piece>> = vec![Vec::new()];
    for piece in pieces(read) {
        for (number, line) in piece.text.split('\n').enumerate() {
            if number > 0 {
                paragraphs.push(Vec::new());
            }
            // What no word precedes is no part of a paragraph.
            if let Some(paragraph) = paragraphs.last_mut()
                && !(paragraph.is_empty() && line.trim().is_empty())
            {
                paragraph.push(Piece { text: line, ..piece.clone() });
            }
        }
    }
    paragraphs.retain(|pieces| !pieces.is_empty());
    html! {
        div.read lang="ar" dir="rtl" {
            @for (number, pieces) in paragraphs.iter().enumerate() {
                @if has_title && number == 0 { p.title dir="auto" { (voiced(read, pieces)) } }
                @else { p dir="auto" { (voiced(read, pieces)) } }
            }
        }
    }
}

/// Stretches of one voice.
fn voiced(read: &AnalyzedText, pieces: &[Piece]) -> Markup {
    html! {
        @for run in pieces.chunk_by(|a, b| a.zone == b.zone) {
            @match run[0].zone {
                Zone::Own => (mentioned(read, run)),
                zone => {
                    @let (run, space) = without_space(run);
                    span class=(zone.name()) {
                        (unseen(&format!("[{}: ", zone.name())))
                        (mentioned(read, &run))
                        (unseen("]"))
                    }
                    (space)
                }
            }
        }
    }
}

/// A stretch without the space behind it, which would part its closing bracket from it; and that
/// space.
fn without_space<'a>(run: &[Piece<'a>]) -> (Vec<Piece<'a>>, &'a str) {
    let mut run = run.to_vec();
    let Some(last) = run.last_mut() else { return (run, "") };
    let (text, space) = last.text.split_at(last.text.trim_end().len());
    last.text = text;
    (run, space)
}

/// Stretches of one mention.
fn mentioned(read: &AnalyzedText, pieces: &[Piece]) -> Markup {
    html! {
        @for run in pieces.chunk_by(|a, b| a.mention == b.mention) {
            @match run[0].mention {
                None => (framed(read, run)),
                Some(number) => {
                    @let mention = &read.findings.mentions[number];
                    @let name = mention.party.name(&read.camps);
                    @let title = format!("{name}: {}", found(mention).0);
                    span.who.(camp_class(mention.party)) title=(title) {
                        (framed(read, run))
                        @if run.last().is_some_and(|piece| piece.at + 1 == mention.tokens.end) {
                            (label(&name))
                        }
                    }
                }
            }
        }
    }
}

/// Stretches of the same framing expressions.
fn framed(read: &AnalyzedText, pieces: &[Piece]) -> Markup {
    let hits = &read.findings.hits;
    html! {
        @for run in pieces.chunk_by(|a, b| a.framing == b.framing) {
            @match run[0].framing.first() {
                None => (letters(run)),
                Some(&first) => {
                    @let title = run[0].framing.iter().map(|&hit| meaning(read, &hits[hit]));
                    u.(sense_class(&hits[first])) title=(title.collect::<Vec<_>>().join("; ")) {
                        (letters(run))
                    }
                    @for hit in run[0].framing.iter().map(|&hit| &hits[hit]) {
                        @if run.last().is_some_and(|piece| piece.at + 1 == hit.tokens.end) {
                            (label(&format!("{} {}", sign(hit), tag(read, hit))))
                        }
                    }
                }
            }
        }
    }
}

/// Target and role in few words: the label of a mention around the expression names the target.
fn tag(read: &AnalyzedText, hit: &LexiconHit) -> String {
    match hit.targets {
        [Some(target), None] => {
            let mention = &read.findings.mentions[target.mention].tokens;
            if mention.start <= hit.tokens.start && hit.tokens.end <= mention.end {
                return target.role.name().to_owned();
            }
            about(read, hit)
        }
        _ => about(read, hit),
    }
}

/// What an expression is, for who points at it.
fn meaning(read: &AnalyzedText, hit: &LexiconHit) -> String {
    format!("{} ({}): {}", sense_in_words(hit), class(hit), about(read, hit))
}

fn letters(pieces: &[Piece]) -> Markup {
    html! { @for piece in pieces { (visible(piece.text)) } }
}

/// A small English label beside Arabic words.
fn label(text: &str) -> Markup {
    html! { sup lang="en" dir="ltr" { (text) } }
}

/// Words for those who do not see the page.
fn unseen(text: &str) -> Markup {
    html! { span.unseen lang="en" dir="ltr" { (text) } }
}

fn camp_class(party: Party) -> &'static str {
    match party {
        Party::Camp(0) => "first",
        Party::Ally(0) => "first ally",
        Party::Camp(_) => "second",
        Party::Ally(_) => "second ally",
        Party::Third(_) => "third",
    }
}

fn sense_class(hit: &LexiconHit) -> &'static str {
    match sense(hit) {
        Sense::Hostile => "blame",
        Sense::Praising => "praise",
        Sense::None => "neither",
    }
}

fn sign(hit: &LexiconHit) -> &'static str {
    match sense(hit) {
        Sense::Hostile => "−",
        Sense::Praising => "+",
        Sense::None => "·",
    }
}

/// Whom an expression is about, and in what role.
fn about(read: &AnalyzedText, hit: &LexiconHit) -> String {
    let targets: Vec<String> = hit
        .targets
        .into_iter()
        .flatten()
        .map(|target| {
            let name = party(read, target.mention).name(&read.camps);
            format!("{name} {}", target.role.name())
        })
        .collect();
    if targets.is_empty() { "nobody".to_owned() } else { targets.join(", ") }
}
