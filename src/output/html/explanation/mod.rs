//! Explanations as an HTML page: first the verdict in a sentence for each camp, then the article
//! with the sentences marked that decide it ([`text`]), then the numbers, folded ([`numbers`]).

mod numbers;
mod text;

use maud::{Markup, html};

use super::super::explanation::{CampSummary, ExplainedArticle, Piece, pieces, summaries};
use super::super::words::Words;
use super::kind::PageKind;
use super::{Head, page, said};
use crate::camp::{Camps, Stance};
use crate::scoring::explanation::Explanation;

/// CSS of this page only.
const STYLE: &str = include_str!("explanation.css");

/// A page of articles in the language of `words`, each with at most `top` terms for a class and as
/// many against it.
pub fn explanations(
    camps: &Camps,
    explained: &[ExplainedArticle],
    top: usize,
    words: &Words,
) -> String {
    let count = words.count(explained.len(), "article");
    let heading = match explained {
        [one] => words.fill("explain.title", &[("heading", &one.heading())]),
        _ => words.fill("explain.many", &[("articles", &count)]),
    };
    let is_alone = explained.len() == 1;
    // One model explains all of them.
    let model = explained.first().and_then(|one| one.record.model.as_deref()).unwrap_or_default();
    let body = html! {
        main {
            @if !is_alone {
                h1 { (heading) }
                (index(explained, words))
            }
            @for (number, one) in explained.iter().enumerate() {
                (article(one, number, is_alone, top, words))
            }
        }
        (text::legend(words))
        (numbers::method(camps, model, words))
    };
    let kind = PageKind::Explanation;
    page(&Head { kind, title: &heading, words, style: STYLE, is_sorted: false }, &body)
}

/// What each article is, and its verdict: the way into a page of many.
fn index(explained: &[ExplainedArticle], words: &Words) -> Markup {
    html! {
        ol.index {
            @for (number, one) in explained.iter().enumerate() {
                li {
                    a href={ "#a" (number + 1) } lang="ar" { (said(&one.heading())) }
                    @for summary in one.explanation.iter().flat_map(|explanation|
                        summaries(one, explanation, words)) {
                        " " span.chip.(class(summary.stance)) { (summary.does) }
                    }
                    @if one.explanation.is_none() { " " (words.say("explain.failed")) }
                }
            }
        }
    }
}

fn article(
    explained: &ExplainedArticle,
    number: usize,
    is_alone: bool,
    top: usize,
    words: &Words,
) -> Markup {
    let message = explained.record.scores.as_ref().err().map(String::as_str).unwrap_or_default();
    html! {
        article id={ "a" (number + 1) } {
            @match &explained.explanation {
                None => {
                    (heading(is_alone, &said(&explained.heading())))
                    p { b { (words.say("explain.failed")) } (words.say("page.colon"))
                        span lang="en" dir="ltr" { (said(message)) } }
                }
                Some(explanation) => {
                    (explained_article(explained, explanation, is_alone, top, words))
                }
            }
        }
    }
}

fn explained_article(
    explained: &ExplainedArticle,
    explanation: &Explanation,
    is_alone: bool,
    top: usize,
    words: &Words,
) -> Markup {
    let pieces = pieces(explanation);
    // A headline is shown once, marked; without one, the first words stand in its place.
    let end = if explained.has_title { headline(&pieces) } else { 0 };
    let (title, rest) = pieces.split_at(end);
    let begins = rest.iter().position(|piece| !piece.text.trim().is_empty()).unwrap_or(rest.len());
    let rest = &rest[begins..];
    let name = if title.is_empty() {
        said(&explained.heading())
    } else {
        text::marked(explanation, title, &pieces, words)
    };
    let record = &explained.record;
    let source = [record.outlet.as_deref(), record.date.as_deref(), Some(record.id.as_str())];
    html! {
        (heading(is_alone, &name))
        p.faint.source {
            @for (number, part) in source.into_iter().flatten().enumerate() {
                @if number > 0 { " · " } (said(part))
            }
        }
        ul.verdict {
            @for CampSummary { stance, does, because } in summaries(explained, explanation, words) {
                li.(class(stance)) {
                    strong { (does) } (words.say("page.colon")) (because) (words.say("page.stop"))
                }
            }
        }
        div.text dir="rtl" lang="ar" { (text::marked(explanation, rest, &pieces, words)) }
        (numbers::folded(explained, explanation, top, words))
    }
}

fn heading(is_alone: bool, name: &Markup) -> Markup {
    html! {
        @if is_alone { h1.name lang="ar" dir="auto" { (name) } }
        @else { h2.name lang="ar" dir="auto" { (name) } }
    }
}

/// The number of pieces of the first paragraph. Pieces between words may hold more line ends.
fn headline(pieces: &[Piece<'_>]) -> usize {
    pieces.iter().position(|piece| piece.text.contains('\n')).unwrap_or(0)
}

/// The class of a stance in CSS.
fn class(stance: Option<Stance>) -> &'static str {
    match stance {
        Some(Stance::Favor) => "toward",
        Some(Stance::Against) => "against",
        Some(Stance::Neutral | Stance::Unrelated) => "neutral",
        None => "uncertain",
    }
}
