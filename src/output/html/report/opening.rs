//! What stands around the chart: how much was read, and what the chart means in three lines.

use maud::{Markup, html};

use super::View;
use crate::outlets::lean::MIN_CLEAR;
use crate::outlets::summary::{MIN_ARTICLES, MIN_RELATED, Outlet};
use crate::text::isolate::isolated;

/// Outlets of a side that are named in a sentence.
const MAX_NAMED: usize = 5;

/// How many articles, of how many outlets, from when to when.
pub(super) fn lead(view: View) -> Markup {
    let View { summary, words, .. } = view;
    let outlets = summary.outlets.iter().filter(|outlet| outlet.name.is_some()).count();
    let articles = words.count(summary.counts().articles, "article");
    let outlets = words.count(outlets, "outlet");
    let months = summary.outlets.iter().flat_map(|outlet| outlet.months.iter());
    let months = || months.clone().map(|(month, _)| month.as_str());
    let gaps = [("articles", articles.as_str()), ("outlets", &outlets)];
    let lead = match (months().min(), months().max()) {
        (Some(first), Some(last)) => {
            let dates = [("first", first), ("last", last)];
            words.fill("report.lead_months", &[&gaps[..], &dates].concat())
        }
        _ => words.fill("report.lead", &gaps),
    };
    html! { p.faint.lead { (lead) } }
}

/// What to say where nothing can be compared.
pub(super) fn warning(view: View) -> Markup {
    let View { summary, words, .. } = view;
    let counts = summary.counts();
    let gaps = [
        ("weighed", &*words.count(counts.weighed, "article")),
        ("scored", &(counts.weighed + counts.unrelated).to_string()),
        ("least", &words.count(MIN_ARTICLES, "article")),
        ("percent", &format!("{:.0}", 100.0 * MIN_RELATED)),
    ];
    let key = if counts.is_mostly_related() { "report.warning_few" } else { "report.warning" };
    html! {
        p.warning role="note" {
            strong { (words.say("report.nothing")) (words.say("page.stop")) } " "
            (words.fill(key, &gaps))
        }
    }
}

/// What the chart means, in three lines.
pub(super) fn meaning(view: View, names: &[String; 2]) -> Markup {
    let View { summary, words, .. } = view;
    let [first, second] = &summary.camps;
    let camps = [("first", first.as_str()), ("second", second)];
    let names = [("first_name", names[0].as_str()), ("second_name", &names[1])];
    let counts = summary.counts();
    let numbers = [
        ("weighed", counts.weighed.to_string()),
        ("articles", words.count(counts.articles, "article")),
        ("unrelated", counts.unrelated.to_string()),
        ("failed", counts.failed.to_string()),
    ];
    let numbers: Vec<(&str, &str)> =
        numbers.iter().map(|(name, number)| (*name, number.as_str())).collect();
    let unnamed = summary.unnamed();
    let without = words.count(unnamed, "article");
    let undated = words.count(counts.standalone, "article");
    html! {
        h2 { (words.say("report.means")) }
        ul.meaning {
            li { (clear(view)) }
            li { (words.fill("report.means_lean", &camps)) }
            li { (words.fill("report.means_counts", &numbers)) }
            @if unnamed > 0 {
                li { (words.fill("report.means_unnamed", &[("unnamed", &without)])) }
            }
            @if counts.standalone > 0 {
                li { (words.fill("report.means_undated", &[("undated", &undated)])) }
            }
        }
        @if names.iter().zip(&camps).any(|((_, name), (_, camp))| name != camp) {
            p.faint { (words.fill("report.names", &[&camps[..], &names].concat())) }
        }
    }
}

/// Which outlets lean clearly ([`crate::outlets::lean::MeanEstimate::clear_side`]).
fn clear(view: View) -> String {
    let View { summary, words, .. } = view;
    let told: Vec<&Outlet> = summary
        .outlets
        .iter()
        .filter(|outlet| outlet.name.is_some() && outlet.lean.is_some())
        .collect();
    let lean = |outlet: &Outlet| outlet.lean.clone();
    let side = |camp: usize| -> Vec<String> {
        let is_clear =
            |outlet: &&&Outlet| lean(outlet).and_then(|lean| lean.clear_side()) == Some(camp);
        told.iter().filter(is_clear).map(|outlet| isolated(&view.name(outlet))).collect()
    };
    let (first, second) = (side(0), side(1));
    if !told.iter().any(|outlet| lean(outlet).is_some_and(|lean| lean.error.is_some())) {
        return words.say("report.clear_unknown").to_owned();
    }
    let some = first.len() + second.len();
    let clear = ("clear", &*MIN_CLEAR.to_string());
    if some == 0 {
        return words.fill("report.clear_none", &[clear]);
    }
    let key = if some == 1 { "report.clear_some" } else { "report.clear_few" };
    let all = words.count(told.len(), "outlet");
    let mut said = words.fill(key, &[("some", &some.to_string()), ("all", &all), clear]);
    for (key, camp, outlets) in [
        ("report.clear_first", &summary.camps[0], first),
        ("report.clear_second", &summary.camps[1], second),
    ] {
        if outlets.is_empty() {
            continue;
        }
        let mut named = words.list(outlets.iter().take(MAX_NAMED).map(String::as_str));
        if let Some(more) = outlets.len().checked_sub(MAX_NAMED).filter(|&more| more > 0) {
            named =
                words.fill("report.clear_more", &[("outlets", &named), ("n", &more.to_string())]);
        }
        said.push(' ');
        said.push_str(&words.fill(key, &[("camp", camp), ("outlets", &named)]));
    }
    said
}
