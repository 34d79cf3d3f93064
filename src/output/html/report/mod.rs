//! The HTML report on the lean of outlets.

mod answers;
mod chart;
mod details;
mod leans;
mod trends;

use maud::{Markup, html};

use super::super::report::{self, NAMELESS, TOO_FEW, range, shortened};
use super::{page_with, said};
use crate::outlets::lean::MeanEstimate;
use crate::outlets::summary::{Outlet, OutletReport};
use crate::text::isolate::plain;

/// CSS of this page only.
const STYLE: &str = include_str!("report.css");

/// The number of outlets in charts and details: those with most articles. The tables have all.
pub const MAX_DRAWN: usize = 40;

/// Characters that are shown of an id, a name or a word.
const MAX_SHOWN: usize = 120;

/// The whole page. Without a `title` it has a default one; `names` are the camps' names, in the
/// order of the summary.
pub fn page(summary: &OutletReport, title: Option<&str>, names: &[String; 2]) -> String {
    let [first, second] = &summary.camps;
    let title =
        title.map_or_else(|| format!("The lean of outlets between {first} and {second}"), plain);
    let drawn = drawn(summary);
    let body = html! {
        main {
            h1 { (said(&title)) }
            (opening(summary, names))
            @if let Some(warning) = report::warning(summary) {
                p.warning role="note" { strong { "Nothing to compare: " } (warning) "." }
                (answers::section(summary, &[]))
            } @else {
                (leans::section(summary, &drawn))
                (trends::section(&drawn))
                (answers::section(summary, &drawn))
                (details::section(summary, &drawn))
            }
            (method(summary))
        }
    };
    page_with(&title, STYLE, &body)
}

/// The outlets in charts, in the order of the summary.
fn drawn(summary: &OutletReport) -> Vec<&Outlet> {
    let mut outlets: Vec<(usize, &Outlet)> =
        summary.outlets.iter().enumerate().filter(|(_, outlet)| outlet.lean.is_some()).collect();
    outlets.sort_by_key(|(place, outlet)| (std::cmp::Reverse(outlet.counts.weighed), *place));
    outlets.truncate(MAX_DRAWN);
    outlets.sort_by_key(|(place, _)| *place);
    outlets.into_iter().map(|(_, outlet)| outlet).collect()
}

/// An outlet's name in running text.
fn called(outlet: &Outlet) -> Markup {
    outlet.name.as_deref().map_or_else(|| html! { (NAMELESS) }, short)
}

/// Text from an article, truncated.
fn short(text: &str) -> Markup {
    said(&shortened(text, MAX_SHOWN))
}

fn number(text: &str) -> Markup {
    html! { td.number { (text) } }
}

/// The cell of a 95 % interval.
fn interval(estimate: &MeanEstimate) -> Markup {
    number(&estimate.interval().map_or_else(|| TOO_FEW.to_owned(), range))
}

/// A sentence on the outlets that charts leave out, if any.
fn left_out(summary: &OutletReport, drawn: &[&Outlet]) -> Markup {
    let weighed = summary.outlets.iter().filter(|outlet| outlet.lean.is_some()).count();
    html! {
        @if weighed > drawn.len() {
            " Drawn are the " (drawn.len()) " outlets with most articles; "
                (weighed - drawn.len()) " more stand in the table."
        }
    }
}

fn opening(summary: &OutletReport, names: &[String; 2]) -> Markup {
    let [first, second] = &summary.camps;
    let counts = summary.counts();
    let outlets = summary.outlets.iter().filter(|outlet| outlet.name.is_some()).count();
    let explained = |camp: &String, name: &String| {
        html! { strong { (camp) } @if camp != name { " (" (name) ")" } }
    };
    html! {
        p {
            "How far the own wording of " (outlets)
                    @if outlets == 1 { " outlet" } @else { " outlets" }
                    " leans toward " (explained(first, &names[0]))
            " or toward " (explained(second, &names[1])) ", from " (counts.articles) " articles. \
             " (counts.weighed) " of them were averaged; "
            (counts.unrelated) " were not about the conflict, and " (counts.failed) " could not \
             be scored."
        }
        h2 { "What this shows" }
        ul {
            li {
                "The " strong { "lean" } " of an article goes from −1 (it favours " (second) " or \
                 turns against " (first) ") over 0 to +1 (it favours "
                (first) " or turns against " (second) "). It is about the article's own voice: \
                 what it quotes or attributes does not count."
            }
            li {
                "An outlet's " strong { "mean lean" } " is the average of its articles. Its \
                 " strong { "95 % interval" } " says how far the mean might be off "
                "because these events and days were covered and not others: intervals made this \
                 way hold the outlet's long-run mean about 95 "
                "times in 100. An interval that holds 0 is no evidence of a lean either way."
            }
            li {
                "The " strong { "shrunken" } " mean is drawn toward that of all outlets, the more \
                 the less sure it is. It is the better guess when outlets are "
                "compared, because the farthest of many means is often farthest by chance."
            }
            li { "Places in the order of outlets are given as the range that chance allows, never \
             as one rank." }
        }
        h2 { "What this does not show" }
        ul {
            li { "Intent, truth, or quality. It is a reading of wording." }
            li {
                "The model's own mistakes: the intervals know the chance of which articles there \
                 were, not whether the model reads this newsroom rightly. "
                "Let a person read a sample, and measure with " code { "mizan evaluate" } " on \
                 articles that you labelled, before you rely on a figure."
            }
            li { "Like compared with like: outlets choose what they cover, and who covers other \
             events may lean otherwise for that reason alone." }
            li { "Articles that are not in the archive." }
        }
    }
}

fn method(summary: &OutletReport) -> Markup {
    html! {
        h2 { "How this was made" }
        ul {
            li {
                "Articles were scored by " code { "mizan score" } " and summed by " code { "mizan \
                 report" } " (version " (env!("CARGO_PKG_VERSION"))
                "). Each record names its model: publish it with this page, and the checksum of \
                 its file (" code { "sha256sum models/libya.safetensors" } ")."
            }
            li {
                "Averaged are all articles that were scored and whose probability of not being \
                 about the conflict is below one half; it is 1 for those that name no camp and no \
                 place of the conflict’s country. Each counts with its "
                "score, P(favor) − P(against), which is an expectation already: uncertain \
                 articles count with what their probabilities say."
            }
            li {
                "Intervals are cluster-robust (Liang and Zeger 1986), with the correction G/(G − \
                 1) and Student’s t with G − 1 degrees of freedom: the G "
                "clusters are events, or, for articles that name none, days of publication; an \
                 article with neither stands for itself."
            }
            li {
                "Shrunken means are empirical Bayes estimates (Morris 1983) of a random-effects \
                 model, with the variance between outlets by DerSimonian "
                "and Laird (1986)"
                @if let Some(overall) = &summary.overall {
                    ": τ² = " (format!("{:.4}", overall.tau2))
                }
                ". They take outlets for independent of each other, although these may tell the \
                 same events."
            }
            li { "Places are the middle 95 % of those in 4,000 draws of all outlets’ leans." }
            li {
                "Typical words are those with the largest log-odds ratio with an informative \
                 Dirichlet prior (Monroe, Colaresi and Quinn 2008), among the "
                "words that spoke most for a stance of favor or against that was told. z orders \
                 them; it is no test, there being so many words."
                @if summary.terms_sampled > 1 { " There were too many to count all: one of \
                 " (summary.terms_sampled) " was counted, chosen by its hash." }
            }
        }
    }
}
