//! The numbers behind a verdict, folded.

use maud::{Markup, html};

use super::super::super::explanation::{ExplainedArticle, Line, Sheet, share, signed};
use super::super::super::words::{Language, Words};
use super::super::{said, scrolled};
use crate::camp::Camps;
use crate::output::maker::VERSION;
use crate::record::ScoreRecord;
use crate::scoring::explanation::{ExplainedHead, Explanation, Wording};

/// Meanings shown for a term.
const MEANINGS: usize = 3;

/// The tables of an article, below a line that opens them.
pub(super) fn folded(
    explained: &ExplainedArticle,
    explanation: &Explanation,
    top: usize,
    words: &Words,
) -> Markup {
    let sheets = Sheet::all(explanation, top);
    html! {
        details {
            summary { h2 { (words.say("explain.numbers")) } }
            (verdict(&explained.record, words))
            p.faint { (explained.removed(words)) }
            @for sheet in &sheets[1.min(sheets.len())..] {
                h3 { (sheet.title(explanation, words)) }
                (part(explanation, sheet, words))
            }
            @if let [relevance, ..] = &sheets[..] {
                h3 { (words.say("explain.relevance")) }
                (part(explanation, relevance, words))
            }
        }
    }
}

/// The probabilities of all stances, a line for each camp.
fn verdict(record: &ScoreRecord, words: &Words) -> Markup {
    let Ok(scores) = &record.scores else { return Markup::default() };
    let number = |text: &str| html! { td.number { (text) } };
    let classes = ["favor", "neutral", "against"];
    let [first, second] = [0, 1].map(|camp| &*scores.camps[camp].camp);
    let gaps = [
        ("lean", &*signed_to_hundredths(scores.lean)),
        ("first", first),
        ("second", second),
        ("unrelated", &share(scores.unrelated)),
    ];
    let table = html! {
        table {
            thead { tr {
                th scope="col" { (words.say("report.camp")) }
                @for class in classes {
                    th.number scope="col" { (words.named("stance", class)) }
                }
            } }
            tbody {
                @for camp in &scores.camps {
                    tr {
                        th scope="row" { (said(&camp.camp)) }
                        @if let Some(p) = camp.probabilities {
                            @for p in [p.favor, p.neutral, p.against] { (number(&share(p))) }
                        }
                    }
                }
            }
        }
    };
    html! {
        (scrolled(words.say("explain.probability"), &table))
        p.faint { (words.fill("explain.lean", &gaps)) }
    }
}

/// One explained class: what its probability did not decide alone, and its table.
fn part(explanation: &Explanation, sheet: &Sheet, words: &Words) -> Markup {
    html! {
        @if let Some(note) = sheet.note(explanation, words) {
            p { (note) (words.say("page.stop")) }
        }
        (scrolled(&sheet.title(explanation, words), &columns(explanation, sheet, words)))
    }
}

/// The terms of a sheet, in columns that add up.
fn columns(explanation: &Explanation, sheet: &Sheet, words: &Words) -> Markup {
    let ExplainedHead { question, probabilities, .. } = sheet.head(explanation);
    let class = |class: &str| words.named("stance", class).to_owned();
    let given = class(&question.classes[sheet.answer.class]);
    let most = sheet.lines.iter().map(|line| line.hundredths[0].abs()).max().unwrap_or(0).max(1);
    // What a word is read as is told in English only.
    let is_read = words.language() == Language::English;
    let numbers = |hundredths: &[i64]| {
        html! {
            @for &number in hundredths { td.number { (signed(number).replace('-', "−")) } }
        }
    };
    let rest = |name: &str, hundredths: &[i64]| {
        html! {
            tr.total {
                th scope="row" { (name) } td {} (numbers(hundredths)) td.drawn {}
                @if is_read { td {} }
            }
        }
    };
    html! {
        table.terms {
            thead { tr {
                th scope="col" { (words.say("explain.words")) }
                th.number scope="col" { (words.say("explain.times")) }
                th.number scope="col" { (words.fill("explain.net", &[("class", &given)])) }
                @for name in &question.classes { th.number scope="col" { (class(name)) } }
                td.drawn {}
                @if is_read { th scope="col" { (words.say("explain.read_as")) } }
            } }
            tbody {
                @for Line { term, hundredths } in &sheet.lines {
                    tr {
                        @match &term.wording {
                            Wording::Written(_) => {
                                @let (shown, is_more) = term.shown();
                                th.words scope="row" lang="ar" {
                                    @for (number, written) in shown.into_iter().enumerate() {
                                        @if number > 0 { "، " }
                                        (said(written))
                                    }
                                    @if is_more { " …" }
                                }
                                td.number { (term.places.len()) }
                            }
                            Wording::Whole(_) => {
                                th scope="row" { (words.say("explain.whole")) } td {}
                            }
                        }
                        (numbers(hundredths))
                        td.drawn {
                            span.bar.less[hundredths[0] < 0] style={
                                "width:"
                                (format!("{:.1}", 6.0 * hundredths[0].abs() as f64 / most as f64))
                                "rem"
                            } {}
                        }
                        @if is_read {
                            td.meanings {
                                @for (number, (meaning, _)) in
                                    term.meanings.iter().take(MEANINGS).enumerate() {
                                    @if number > 0 { "; " } (said(meaning))
                                }
                            }
                        }
                    }
                }
            }
            tbody {
                @if sheet.others.0 > 0 || sheet.others.1.iter().any(|&number| number != 0) {
                    (rest(&sheet.others(words), &sheet.others.1))
                }
                (rest(words.say("explain.intercept"), &sheet.intercept))
                (rest(words.say("explain.sum"), &sheet.total))
                tr.total {
                    th scope="row" { (words.say("explain.probability")) } td {} td {}
                    @for &p in probabilities { td.number { (share(p)) } } td.drawn {}
                    @if is_read { td {} }
                }
            }
        }
    }
}

/// How the numbers are made, and by what model.
pub(super) fn method(camps: &Camps, model: &str, words: &Words) -> Markup {
    let [first, second] = camps.ids();
    let names = camps.camps.each_ref().map(|camp| match words.language() {
        Language::English => camp.name_en.as_str(),
        Language::Arabic => camp.name_ar.as_str(),
    });
    let gaps =
        [("first", first), ("second", second), ("first_name", names[0]), ("second_name", names[1])];
    html! {
        footer.faint {
            p { (words.fill("explain.method_names", &gaps)) }
            p { (words.say("explain.method_columns")) }
            p { (words.say("explain.method_net")) }
            p { (words.fill("page.footer", &[("version", VERSION), ("model", model)])) }
        }
    }
}

fn signed_to_hundredths(number: f64) -> String {
    format!("{:+.2}", if number.abs() < 0.005 { 0.0 } else { number }).replace('-', "−")
}
