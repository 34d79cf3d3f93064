//! Each outlet in detail: its typical words and its most influential articles.

use maud::{Markup, html};

use super::super::super::report::signed;
use super::{called, left_out, number, said, short};
use crate::outlets::extremes::InfluentialArticle;
use crate::outlets::quotes::QuotedSentence;
use crate::outlets::summary::{Outlet, OutletReport};
use crate::outlets::terms::DistinctiveTerm;
use crate::scoring::UNCERTAIN;

/// The smallest z of a shown term: the 5 % level, two-sided.
const MIN_Z: f64 = 1.96;

/// Influential articles shown for an outlet.
const PULLING_SHOWN: usize = 5;

/// The section with one part for each outlet.
pub(super) fn section(summary: &OutletReport, drawn: &[&Outlet]) -> Markup {
    html! {
        h2 { "Outlet by outlet" }
        @for outlet in drawn {
            section.outlet {
                h3 { (called(outlet)) }
                (terms(outlet, summary))
                (pulling(outlet, summary))
                (sentences(outlet, summary))
            }
        }
        (left_out(summary, drawn))
    }
}

fn terms(outlet: &Outlet, summary: &OutletReport) -> Markup {
    let typical: Vec<&DistinctiveTerm> =
        outlet.typical.iter().filter(|term| term.z >= MIN_Z).collect();
    html! {
        @if typical.is_empty() {
            p.faint { "No word decided its articles more often than those of other outlets by \
             more than chance would make it." }
        } @else {
            div.wide {
                table {
                    caption { "Words that decided its articles more often than those of the other \
                     outlets, the most typical first." }
                    thead {
                        tr {
                            th scope="col" { "Word" }
                            th scope="col" { "Spoke for" }
                            @for column in ["Articles here", "Elsewhere", "z"] {
                                th.number scope="col" { (column) }
                            }
                        }
                    }
                    tbody {
                        @for DistinctiveTerm { term, here, elsewhere, z, .. } in typical {
                            tr {
                                td lang="ar" { (short(&term.word)) }
                                td { (term.stance) " " (summary.camps[term.camp]) }
                                (number(&here.to_string()))
                                (number(&elsewhere.to_string()))
                                (number(&format!("{z:.1}")))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn pulling(outlet: &Outlet, summary: &OutletReport) -> Markup {
    let words = |words: &Vec<String>| {
        html! {
            @for (number, word) in words.iter().enumerate() {
                @if number > 0 { "، " } (short(word))
            }
        }
    };
    html! {
        @if !outlet.pulling.is_empty() {
            div.wide {
                table {
                    caption { "The articles that move its mean most: with “Moves”, how far the \
                     mean is from where it would be without the article. Read them." }
                    thead {
                        tr {
                            th scope="col" { "Article" }
                            th scope="col" { "Date" }
                            th.number scope="col" { "Lean" }
                            th.number scope="col" { "Moves" }
                            @for camp in &summary.camps { th scope="col" { "Toward " (camp) } }
                        }
                    }
                    tbody {
                        @for (InfluentialArticle { lean, id, date, camps, .. }, by) in
                            outlet.pulling.iter().take(PULLING_SHOWN) {
                            tr {
                                td { (short(id)) }
                                td { @if let Some(date) = date { (short(date)) } }
                                (number(&signed(*lean as f64 / 1e6)))
                                (number(&format!("{by:+.3}").replace('-', "−")))
                                @for (stance, said) in camps {
                                    td {
                                        @if let Some(stance) = stance { (stance) }
                                        @else { (UNCERTAIN) }
                                        @if !said.is_empty() {
                                            ": " span lang="ar" { (words(said)) }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The sentences that decided the outlet's surest articles, quoted.
fn sentences(outlet: &Outlet, summary: &OutletReport) -> Markup {
    html! {
        @if outlet.sentences.iter().any(|toward| !toward.is_empty()) {
            div.wide {
                table {
                    caption { "The sentences that decided the articles of which the model is \
                     surest, toward either side. They are what was weighed, not what the outlet \
                     thinks: read the articles." }
                    thead {
                        tr {
                            th scope="col" { "Sentence" }
                            th scope="col" { "Article" }
                            th scope="col" { "Spoke for" }
                            th.number scope="col" { "Probability" }
                        }
                    }
                    tbody {
                        @for QuotedSentence { probability, id, camp, stance, text } in
                            outlet.sentences.iter().flatten() {
                            tr {
                                td lang="ar" { (said(text)) }
                                td { (short(id)) }
                                td { (stance) " " (summary.camps[*camp]) }
                                (number(&format!("{:.2}", *probability as f64 / 1e6)))
                            }
                        }
                    }
                }
            }
        }
    }
}
