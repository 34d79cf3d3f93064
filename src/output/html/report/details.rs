//! Each outlet in detail: its typical words and its most influential articles.

use maud::{Markup, html};

use super::{View, header, number, said, short};
use crate::outlets::extremes::InfluentialArticle;
use crate::outlets::quotes::QuotedSentence;
use crate::outlets::summary::Outlet;
use crate::outlets::terms::DistinctiveTerm;
use crate::output::html::scrolled;
use crate::output::report::signed;

/// The smallest z of a shown term: the 5 % level, two-sided.
const MIN_Z: f64 = 1.96;

/// Influential articles shown for an outlet.
const PULLING_SHOWN: usize = 5;

/// The anchor of an article of an outlet, by its number from 0.
pub(super) fn article_anchor(outlet: &str, number: usize) -> String {
    format!("{outlet}-{}", number + 1)
}

/// The section with one part for each outlet.
pub(super) fn section(view: View) -> Markup {
    html! {
        @if !view.drawn.is_empty() { h2 { (view.say("report.each")) } }
        @for outlet in view.drawn {
            @let anchor = view.anchor(outlet).unwrap_or_default();
            section.outlet id=(anchor) {
                h3 { (said(&view.name(outlet))) }
                (pulling(view, outlet, &anchor))
                (sentences(view, outlet))
                (terms(view, outlet))
                p.screen { a href="#chart" { (view.say("report.back")) } }
            }
        }
    }
}

fn terms(view: View, outlet: &Outlet) -> Markup {
    let typical: Vec<&DistinctiveTerm> =
        outlet.typical.iter().filter(|term| term.z >= MIN_Z).collect();
    if typical.is_empty() {
        return html! { p.faint { (view.say("report.terms_none")) } };
    }
    let columns = [
        (view.say("report.word"), false),
        (view.say("report.spoke_for"), false),
        (view.say("report.here"), true),
        (view.say("report.elsewhere"), true),
        ("z", true),
    ];
    let table = html! {
        table {
            caption { (view.say("report.terms_caption")) }
            (header(&columns))
            tbody {
                @for DistinctiveTerm { term, here, elsewhere, z, .. } in typical {
                    tr {
                        th scope="row" lang="ar" { (short(&term.word)) }
                        td { (spoke(view, term.stance.as_str(), term.camp)) }
                        (number(&here.to_string()))
                        (number(&elsewhere.to_string()))
                        (number(&format!("{z:.1}")))
                    }
                }
            }
        }
    };
    scrolled(view.say("report.terms_caption"), &table)
}

/// What a word or sentence spoke for: `favor lna`.
fn spoke(view: View, stance: &str, camp: usize) -> String {
    let stance = view.words.named("stance", stance);
    let camp = &view.summary.camps[camp];
    view.words.fill("report.spoke", &[("stance", stance), ("camp", camp)])
}

fn pulling(view: View, outlet: &Outlet, anchor: &str) -> Markup {
    if outlet.pulling.is_empty() {
        return Markup::default();
    }
    let toward = |camp: &String| view.words.fill("report.toward", &[("camp", camp)]);
    let toward = view.summary.camps.each_ref().map(toward);
    let columns = [
        (view.say("report.article"), false),
        (view.say("report.date"), false),
        (view.say("report.lean"), true),
        (view.say("report.moves"), true),
        (toward[0].as_str(), false),
        (toward[1].as_str(), false),
    ];
    let table = html! {
        table {
            caption { (view.say("report.articles_caption")) }
            (header(&columns))
            tbody {
                @for (place, (article, by)) in
                    outlet.pulling.iter().take(PULLING_SHOWN).enumerate() {
                    @let InfluentialArticle { lean, id, date, camps, .. } = article;
                    tr id=(article_anchor(anchor, place)) {
                        th.id scope="row" { (short(id)) }
                        td.date { @if let Some(date) = date { (short(date)) } }
                        (number(&signed(*lean as f64 / 1e6)))
                        (number(&format!("{by:+.3}").replace('-', "−")))
                        @for (stance, said) in camps {
                            td.because {
                                (view.words.stance(*stance))
                                @if !said.is_empty() {
                                    (view.say("page.colon"))
                                    span lang="ar" {
                                        @for (number, word) in said.iter().enumerate() {
                                            @if number > 0 { "، " } (short(word))
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    };
    scrolled(view.say("report.articles_caption"), &table)
}

/// The sentences that decided the outlet's surest articles, quoted.
fn sentences(view: View, outlet: &Outlet) -> Markup {
    if outlet.sentences.iter().all(Vec::is_empty) {
        return Markup::default();
    }
    let columns = [
        (view.say("report.sentence"), false),
        (view.say("report.article"), false),
        (view.say("report.spoke_for"), false),
        (view.say("report.probability"), true),
    ];
    let table = html! {
        table {
            caption { (view.say("report.sentences_caption")) }
            (header(&columns))
            tbody {
                @for QuotedSentence { probability, id, camp, stance, text } in
                    outlet.sentences.iter().flatten() {
                    tr {
                        td.quoted lang="ar" dir="auto" { (said(text)) }
                        td.id { (short(id)) }
                        td { (spoke(view, stance.as_str(), *camp)) }
                        (number(&format!("{:.2}", *probability as f64 / 1e6)))
                    }
                }
            }
        }
    };
    scrolled(view.say("report.sentences_caption"), &table)
}
