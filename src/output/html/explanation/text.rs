//! The text of an article with what decides its stance marked, and what the marks mean.
//!
//! Colours have two meanings: for a camp, against it. A small label names the camp and says the
//! same with a sign; the underline differs, too, so that nothing hangs on colours alone.

use maud::{Markup, html};

use super::super::super::explanation::{Added, Decided, Piece, share, strongest};
use super::super::super::words::Words;
use super::class;
use crate::camp::Stance;
use crate::scoring::explanation::Explanation;
use crate::text::isolate::visible;

/// The number of depths of a colour.
const DEPTHS: f64 = 4.0;

/// Some pieces of a text; `all` of them say how deep the colours are.
pub(super) fn marked(
    explanation: &Explanation,
    pieces: &[Piece<'_>],
    all: &[Piece<'_>],
    words: &Words,
) -> Markup {
    let strongest = strongest(all);
    let word = |piece: &Piece| {
        html! {
            @if let Some(added) = &piece.added {
                (marked_word(explanation, piece.text, added, strongest, words))
            } @else { (visible(piece.text)) }
        }
    };
    html! {
        @for stretch in pieces.chunk_by(|a, b| a.decides == b.decides) {
            @match &stretch[0].decides[..] {
                [] => (voices(stretch, &word)),
                decides => {
                    span.decides.(of_all(decides)) {
                        @for decided in decides { (label(explanation, decided, words)) }
                        (voices(stretch, &word))
                    }
                }
            }
        }
    }
}

/// A word that weighs, with what it added for who points at it or reaches it by keyboard.
fn marked_word(
    explanation: &Explanation,
    text: &str,
    added: &Added,
    strongest: f64,
    words: &Words,
) -> Markup {
    let depth = (added.push / strongest * DEPTHS).ceil().max(1.0);
    let gaps = [
        ("stance", words.stance(Some(added.stance))),
        ("camp", &explanation.read.camps[added.camp]),
        ("weight", &format!("+{:.2}", added.push)),
    ];
    let language = words.language();
    html! {
        mark.(class(Some(added.stance))).{ "d" (depth) } tabindex="0" {
            (visible(text))
            span.tip lang=(language.code()) dir=(language.direction()) {
                (words.fill("explain.added", &gaps))
            }
        }
    }
}

/// What a sentence decides, in front of it.
fn label(explanation: &Explanation, decided: &Decided, words: &Words) -> Markup {
    let favors = decided.stance == Stance::Favor;
    let camp = ("camp", explanation.read.camps[decided.camp].as_str());
    let key = if favors { "explain.toward" } else { "explain.turned" };
    let alone = words.fill("explain.by_itself", &[("p", &share(decided.probability))]);
    let language = words.language();
    html! {
        span.label.(class(Some(decided.stance))) lang=(language.code()) dir=(language.direction())
            title=(alone) {
            (if favors { "+ " } else { "− " }) (words.fill(key, &[camp]))
        }
    }
}

/// The side of a sentence that takes the same one toward all camps that it decides for.
fn of_all(decides: &[Decided]) -> &'static str {
    let is_one = decides.iter().all(|other| other.stance == decides[0].stance);
    if is_one { class(Some(decides[0].stance)) } else { "both" }
}

/// Pieces of the text, reported speech apart.
fn voices(pieces: &[Piece<'_>], word: &impl Fn(&Piece<'_>) -> Markup) -> Markup {
    html! {
        @for run in pieces.chunk_by(|a, b| a.own == b.own) {
            @if run[0].own { @for piece in run { (word(piece)) } } @else {
                i { @for piece in run { (word(piece)) } }
            }
        }
    }
}

/// What the marks mean.
pub(super) fn legend(words: &Words) -> Markup {
    html! {
        section.key aria-label=(words.say("explain.key")) {
            h2 { (words.say("explain.key")) }
            ul {
                li { span.decides.toward { span.label.toward { "+" }
                    (words.say("explain.key_toward")) } }
                li { span.decides.against { span.label.against { "−" }
                    (words.say("explain.key_against")) } }
                li { i { (words.say("explain.key_reported")) } }
            }
            p.faint { (words.say("explain.key_words")) }
        }
    }
}
