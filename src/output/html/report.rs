//! The page that tells the lean of outlets: what an analyst can publish.

use maud::{Markup, html};

use super::super::isolate::plain;
use super::super::report::{COUNTED, NAMELESS, TOO_FEW, places, range, shortened, signed};
use super::{chart, page_with, said};
use crate::archive::extremes::Pulling;
use crate::archive::lean::Estimate;
use crate::archive::shrinkage::{FEWEST_CLUSTERS, FEWEST_OUTLETS};
use crate::archive::summary::{Outlet, Summary};
use crate::archive::terms::Typical;
use crate::output::UNCERTAIN;

/// The style of this page alone.
const STYLE: &str = include_str!("report.css");

/// Most outlets that are drawn and told in detail: those with most articles. All stand in the tables.
pub const MOST_DRAWN: usize = 40;

/// Most months that are drawn.
const MOST_MONTHS: usize = 240;

/// How many of the articles that pull most are shown.
const PULLING_SHOWN: usize = 5;

/// Most characters that are shown of an id, a name or a word.
const LONGEST: usize = 120;

/// The page, under `title` or one of its own; `names` are those of the camps, in the summary's order.
pub fn page(summary: &Summary, title: Option<&str>, names: &[String; 2]) -> String {
    let [first, second] = &summary.camps;
    let title = title.map_or_else(|| format!("The lean of outlets between {first} and {second}"), plain);
    let drawn = drawn(summary);
    let body = html! {
        main {
            h1 { (said(&title)) }
            (opening(summary, names))
            (leans(summary, &drawn))
            (trends(&drawn))
            (answers(summary, &drawn))
            (details(summary, &drawn))
            (method(summary))
        }
    };
    page_with(&title, STYLE, &body)
}

/// The outlets that are drawn, in their order.
fn drawn(summary: &Summary) -> Vec<&Outlet> {
    let mut outlets: Vec<(usize, &Outlet)> = summary.outlets.iter().enumerate().filter(|(_, outlet)| outlet.lean.is_some()).collect();
    outlets.sort_by_key(|(place, outlet)| (std::cmp::Reverse(outlet.counts.weighed), *place));
    outlets.truncate(MOST_DRAWN);
    outlets.sort_by_key(|(place, _)| *place);
    outlets.into_iter().map(|(_, outlet)| outlet).collect()
}

/// An outlet's name in running text.
fn called(outlet: &Outlet) -> Markup {
    match &outlet.name {
        Some(name) => short(name),
        None => html! { (NAMELESS) },
    }
}

/// Text from an article, cut if it is too long to be read.
fn short(text: &str) -> Markup {
    said(&shortened(text, LONGEST))
}

fn opening(summary: &Summary, names: &[String; 2]) -> Markup {
    let [first, second] = &summary.camps;
    let counts = summary.counts();
    let outlets = summary.outlets.iter().filter(|outlet| outlet.name.is_some()).count();
    let explained = |camp: &String, name: &String| {
        html! { strong { (camp) } @if camp != name { " (" (name) ")" } }
    };
    html! {
        p {
            "How far the own wording of " (outlets) @if outlets == 1 { " outlet" } @else { " outlets" } " leans toward " (explained(first, &names[0]))
            " or toward " (explained(second, &names[1])) ", from " (counts.articles) " articles. " (counts.weighed) " of them were averaged; "
            (counts.unrelated) " were not about the conflict, and " (counts.failed) " could not be scored."
        }
        h2 { "What this shows" }
        ul {
            li {
                "The " strong { "lean" } " of an article goes from −1 (it favours " (second) " or turns against " (first) ") over 0 to +1 (it favours "
                (first) " or turns against " (second) "). It is about the article's own voice: what it quotes or attributes does not count."
            }
            li {
                "An outlet's " strong { "mean lean" } " is the average of its articles. Its " strong { "95 % interval" } " says how far the mean might be off "
                "because these events and days were covered and not others: intervals made this way hold the outlet's long-run mean about 95 "
                "times in 100. An interval that holds 0 is no evidence of a lean either way."
            }
            li {
                "The " strong { "shrunken" } " mean is drawn toward that of all outlets, the more the less sure it is. It is the better guess when outlets are "
                "compared, because the farthest of many means is often farthest by chance."
            }
            li { "Places in the order of outlets are given as the range that chance allows, never as one rank." }
        }
        h2 { "What this does not show" }
        ul {
            li { "Intent, truth, or quality. It is a reading of wording." }
            li {
                "The model's own mistakes: the intervals know the chance of which articles there were, not whether the model reads this newsroom rightly. "
                "Let a person read a sample, and measure with " code { "mizan evaluate" } " on articles that you labelled, before you rely on a figure."
            }
            li { "Like compared with like: outlets choose what they cover, and who covers other events may lean otherwise for that reason alone." }
            li { "Articles that are not in the archive." }
        }
    }
}

fn number(text: &str) -> Markup {
    html! { td.number { (text) } }
}

fn leans(summary: &Summary, drawn: &[&Outlet]) -> Markup {
    let ends = |outlet: &&Outlet| {
        let interval = outlet.lean.as_ref().filter(|lean| lean.clusters >= FEWEST_CLUSTERS).and_then(Estimate::interval);
        let mean = outlet.lean.as_ref().map(|lean| lean.mean);
        let ends = interval.into_iter().chain(outlet.shrunken.as_ref().map(|lean| lean.interval));
        ends.flat_map(|(low, high)| [low, high]).chain(mean).collect::<Vec<_>>()
    };
    let scale = chart::scale(drawn.iter().flat_map(ends));
    html! {
        h2 { "The outlets" }
        @if drawn.is_empty() {
            p { "No article could be averaged: none is about the conflict." }
        } @else {
            figure {
                (chart::leans(drawn, &summary.camps, scale))
                (chart::leans_key())
                figcaption {
                    "The figures are in the table below. A line that reaches the edge goes on beyond it."
                    (left_out(summary, drawn))
                }
            }
        }
        div.wide {
            table {
                caption {
                    "Mean lean of each outlet and what it may be, with 95 % certainty. “" (TOO_FEW) "”: a mean needs two events or days to have an "
                    "interval, and " (FEWEST_CLUSTERS) " to be weighed beside " (FEWEST_OUTLETS - 1) " or more other outlets."
                }
                thead {
                    tr {
                        th scope="col" { "Outlet" }
                        @for column in ["Articles averaged", "Events or days", "Mean lean", "95 %", "Shrunken", "95 %", "Places"] {
                            th.number scope="col" { (column) }
                        }
                    }
                }
                tbody {
                    @for outlet in &summary.outlets {
                        tr {
                            th scope="row" { (called(outlet)) }
                            (number(&outlet.counts.weighed.to_string()))
                            @if let Some(lean) = &outlet.lean {
                                (number(&lean.clusters.to_string()))
                                (number(&signed(lean.mean)))
                                (number(&lean.interval().map_or_else(|| TOO_FEW.to_owned(), range)))
                            } @else { (number("0")) (number("")) (number("")) }
                            @if let Some(lean) = &outlet.shrunken {
                                (number(&signed(lean.mean)))
                                (number(&range(lean.interval)))
                                (number(&places(lean.places)))
                            } @else { (number(TOO_FEW)) (number("")) (number("")) }
                        }
                    }
                    @if let Some(overall) = &summary.overall {
                        tr {
                            th scope="row" { "All outlets that could be compared (" (overall.outlets) ")" }
                            (number("")) (number("")) (number("")) (number(""))
                            (number(&signed(overall.mean)))
                            (number(&range(overall.interval())))
                            (number(""))
                        }
                    }
                }
            }
        }
        h3 { "Toward each camp" }
        div.wide {
            table {
                caption { "Mean score, P(favor) − P(against), from −1 to 1, with its 95 % interval." }
                thead {
                    tr {
                        th scope="col" { "Outlet" }
                        @for camp in &summary.camps { th.number scope="col" { "Toward " (camp) } th.number scope="col" { "95 %" } }
                    }
                }
                tbody {
                    @for outlet in summary.outlets.iter().filter(|outlet| outlet.lean.is_some()) {
                        tr {
                            th scope="row" { (called(outlet)) }
                            @for toward in outlet.toward.iter().flatten() {
                                (number(&signed(toward.mean)))
                                (number(&toward.interval().map_or_else(|| TOO_FEW.to_owned(), range)))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// How many outlets are not drawn, if any.
fn left_out(summary: &Summary, drawn: &[&Outlet]) -> Markup {
    let weighed = summary.outlets.iter().filter(|outlet| outlet.lean.is_some()).count();
    html! {
        @if weighed > drawn.len() {
            " Drawn are the " (drawn.len()) " outlets with most articles; " (weighed - drawn.len()) " more stand in the table."
        }
    }
}

/// All months from the first to the last that an outlet has, or only those that some outlet has where that would be too many.
fn calendar(drawn: &[&Outlet]) -> Vec<String> {
    let mut present: Vec<&str> = drawn.iter().flat_map(|outlet| outlet.months.iter().map(|(month, _)| month.as_str())).collect();
    present.sort_unstable();
    present.dedup();
    let index = |month: &&str| Some(month.get(..4)?.parse::<usize>().ok()? * 12 + month.get(5..)?.parse::<usize>().ok()? - 1);
    match (present.first().and_then(index), present.last().and_then(index)) {
        (Some(first), Some(last)) if last - first < MOST_MONTHS => {
            (first..=last).map(|month| format!("{:04}-{:02}", month / 12, month % 12 + 1)).collect()
        }
        _ => present.into_iter().map(str::to_owned).collect(),
    }
}

fn trends(drawn: &[&Outlet]) -> Markup {
    let dated: Vec<&Outlet> = drawn.iter().copied().filter(|outlet| !outlet.months.is_empty()).collect();
    let months = calendar(&dated);
    let scale = chart::scale(dated.iter().flat_map(|outlet| outlet.months.iter().map(|(_, lean)| lean.mean)));
    html! {
        h2 { "Over time" }
        @if dated.is_empty() {
            p { "No article that was averaged has a date that can be read." }
        } @else {
            p {
                "Mean lean by month of publication, with its 95 % interval where the month has two events or days at least; an open dot has none. "
                "Months with few events jump by chance: look at the intervals, not at the line."
            }
            div.multiples {
                @for outlet in &dated {
                    figure {
                        figcaption { (called(outlet)) }
                        (chart::months(outlet, &months, scale))
                    }
                }
            }
            details {
                summary { "The same as a table" }
                div.wide {
                    table {
                        thead {
                            tr {
                                th scope="col" { "Outlet" }
                                th scope="col" { "Month" }
                                @for column in ["Articles", "Events or days", "Mean lean", "95 %"] { th.number scope="col" { (column) } }
                            }
                        }
                        tbody {
                            @for outlet in &dated {
                                @for (month, lean) in &outlet.months {
                                    tr {
                                        th scope="row" { (called(outlet)) }
                                        td { (month) }
                                        (number(&lean.n.to_string()))
                                        (number(&lean.clusters.to_string()))
                                        (number(&signed(lean.mean)))
                                        (number(&lean.interval().map_or_else(|| TOO_FEW.to_owned(), range)))
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

fn answers(summary: &Summary, drawn: &[&Outlet]) -> Markup {
    html! {
        h2 { "How much could be told" }
        @if !drawn.is_empty() {
            figure { (chart::shares(drawn)) }
        }
        div.wide {
            table {
                caption { "Articles by what became of them; those averaged by the stance told toward each camp." }
                thead {
                    tr {
                        th scope="col" { "Outlet" }
                        @for column in ["Articles", "Averaged", "Uncertain", "Not about it", "Not scored"] { th.number scope="col" { (column) } }
                        @for camp in &summary.camps {
                            @for stance in COUNTED { th.number scope="col" { (camp) " " (stance) } }
                        }
                    }
                }
                tbody {
                    @for outlet in &summary.outlets {
                        @let counts = &outlet.counts;
                        tr {
                            th scope="row" { (called(outlet)) }
                            (number(&counts.articles.to_string()))
                            (number(&counts.weighed.to_string()))
                            (number(&if counts.weighed > 0 { format!("{} ({:.0} %)", counts.uncertain, 100.0 * counts.uncertain_share()) } else { String::new() }))
                            (number(&counts.unrelated.to_string()))
                            (number(&counts.failed.to_string()))
                            @for stances in &counts.stances {
                                @for stance in COUNTED { (number(&stances.get(stance).copied().unwrap_or_default().to_string())) }
                            }
                        }
                    }
                }
            }
        }
        @if summary.counts().unread_dates > 0 {
            p { (summary.counts().unread_dates) " articles have a date that cannot be read; they stand in no month." }
        }
    }
}

fn details(summary: &Summary, drawn: &[&Outlet]) -> Markup {
    html! {
        h2 { "Outlet by outlet" }
        @for outlet in drawn {
            section.outlet {
                h3 { (called(outlet)) }
                (terms(outlet, summary))
                (pulling(outlet, summary))
            }
        }
        (left_out(summary, drawn))
    }
}

fn terms(outlet: &Outlet, summary: &Summary) -> Markup {
    html! {
        @if outlet.typical.is_empty() {
            p.faint { "No word decided its articles more often than those of other outlets." }
        } @else {
            div.wide {
                table {
                    caption { "Words that decided its articles more often than those of the other outlets, the most typical first." }
                    thead {
                        tr {
                            th scope="col" { "Word" }
                            th scope="col" { "Spoke for" }
                            @for column in ["Articles here", "Elsewhere", "z"] { th.number scope="col" { (column) } }
                        }
                    }
                    tbody {
                        @for Typical { term, here, elsewhere, z, .. } in &outlet.typical {
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

fn pulling(outlet: &Outlet, summary: &Summary) -> Markup {
    let words = |words: &Vec<String>| {
        html! { @for (number, word) in words.iter().enumerate() { @if number > 0 { "، " } (short(word)) } }
    };
    html! {
        @if !outlet.pulling.is_empty() {
            div.wide {
                table {
                    caption { "The articles that move its mean most: with “Moves”, how far the mean is from where it would be without the article. Read them." }
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
                        @for (Pulling { lean, id, date, camps, .. }, by) in outlet.pulling.iter().take(PULLING_SHOWN) {
                            tr {
                                td { (short(id)) }
                                td { @if let Some(date) = date { (short(date)) } }
                                (number(&signed(*lean as f64 / 1e6)))
                                (number(&format!("{by:+.3}").replace('-', "−")))
                                @for (stance, said) in camps {
                                    td {
                                        @if let Some(stance) = stance { (stance) } @else { (UNCERTAIN) }
                                        @if !said.is_empty() { ": " span lang="ar" { (words(said)) } }
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

fn method(summary: &Summary) -> Markup {
    html! {
        h2 { "How this was made" }
        ul {
            li {
                "Articles were scored by " code { "mizan score" } " and summed by " code { "mizan report" } " (version " (env!("CARGO_PKG_VERSION"))
                "). The lines of scores do not say which model made them: publish its checksum with this page, " code { "sha256sum models/libya.safetensors" } "."
            }
            li {
                "Averaged are all articles that were scored and whose probability of not being about the conflict is below one half. Each counts with its "
                "score, P(favor) − P(against), which is an expectation already: uncertain articles count with what their probabilities say."
            }
            li {
                "Intervals are cluster-robust (Liang and Zeger 1986), with the correction G/(G − 1) and Student’s t with G − 1 degrees of freedom: the G "
                "clusters are events, or, for articles that name none, days of publication; an article with neither stands for itself."
            }
            li {
                "Shrunken means are empirical Bayes estimates of a random-effects model, with the variance between outlets by DerSimonian and Laird (1986)"
                @if let Some(overall) = &summary.overall { ": τ² = " (format!("{:.4}", overall.tau2)) }
                ". They take outlets for independent of each other, although these may tell the same events."
            }
            li { "Places are the middle 95 % of those in 4,000 draws of all outlets’ leans." }
            li {
                "Typical words are those with the largest log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008), among the "
                "words that spoke most for a stance of favor or against that was told. z orders them; it is no test, there being so many words."
                @if summary.terms_sampled > 1 { " There were too many to count all: one of " (summary.terms_sampled) " was counted, chosen by its hash." }
            }
        }
    }
}
