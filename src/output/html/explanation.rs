//! Explanations as an HTML page: the verdict, the contributions, and the marked text.
//!
//! A word has the colour of the class that it contributes to most
//! ([`crate::scoring::explanation::push`]); a deeper colour means a larger contribution. The
//! underline differs by class, so that colour is not the only sign. A small number names the line
//! of the table. Reported speech is faint and slanted.

mod legend;

use maud::{Markup, html};

use super::super::explanation::{ExplainedArticle, Line, Mark, Piece, Sheet, pieces, signed};
use super::{page, said};
use crate::camp::Camps;
use crate::record::{ScoreRecord, UNCERTAIN};
use crate::scoring::explanation::{ExplainedHead, Explanation, Wording, push};
use crate::text::isolate::visible;

/// Meanings shown for a term.
const MEANINGS: usize = 3;

/// Words below this share of the strongest contribution are not marked.
const FAINTEST: f64 = 0.04;

/// The number of depths of a colour.
const DEPTHS: f64 = 4.0;

/// A page of articles, each with at most `top` terms for a class and as many against it.
pub fn explanations(camps: &Camps, explained: &[ExplainedArticle], top: usize) -> String {
    let title = match explained {
        [one] => format!("{} – mizan explain", one.record.id),
        _ => format!("{} articles – mizan explain", explained.len()),
    };
    let body = html! {
        @if explained.len() > 1 {
            h1 { "Why " (explained.len()) " articles were scored as they were" }
            ol {
                @for (number, one) in explained.iter().enumerate() {
                    li { a href={ "#a" (number) } { (said(&one.record.id)) } }
                }
            }
        }
        @for (number, one) in explained.iter().enumerate() {
            article id={ "a" (number) } { (article(one, top)) }
        }
        (legend::legend(camps))
    };
    page(&title, &body)
}

fn article(explained: &ExplainedArticle, top: usize) -> Markup {
    let message = explained.record.scores.as_ref().err().map(String::as_str).unwrap_or_default();
    html! {
        h1 { (said(&explained.record.id)) }
        @match &explained.explanation {
            None => p { b { "It could not be explained: " } (said(message)) }
            Some(explanation) => {
                (verdict(&explained.record))
                p.faint { (explained.removed()) "." }
                @let sheets = Sheet::all(explanation, top);
                // The first is relevance: where it is all that was answered, it is what the text is
                // marked for.
                @for sheet in if sheets.len() > 1 { &sheets[1..] } else { &sheets[..] }
                    { (part(explanation, sheet)) }
                @if let [relevance, _, ..] = &sheets[..] {
                    details {
                        summary { "Is it about the conflict?" }
                        (columns(explanation, relevance))
                    }
                }
            }
        }
    }
}

/// The verdict, a line for each camp.
fn verdict(record: &ScoreRecord) -> Markup {
    let Ok(scores) = &record.scores else { return Markup::default() };
    let number = |number: f64| html! { td.number { (format!("{number:.2}")) } };
    html! {
        div.wide { table {
            thead { tr {
                th { "camp" } th { "stance" }
                @for name in ["favor", "neutral", "against", "score"] { th.number { (name) } }
            } }
            tbody {
                @for camp in &scores.camps {
                    tr {
                        td { b { (camp.camp) } }
                        td {
                            @match camp.stance {
                                Some(stance) => { b.(stance.as_str()) { (stance.as_str()) } }
                                None => {
                                    b { (UNCERTAIN) }
                                    " (" (camp.abstention.as_deref().unwrap_or_default()) ")"
                                }
                            }
                        }
                        @if let Some(p) = camp.probabilities {
                            (number(p.favor)) (number(p.neutral)) (number(p.against))
                        }
                        td.number { (signed_to_hundredths(camp.score)) }
                    }
                }
            }
        } }
        p.faint {
            "lean " (signed_to_hundredths(scores.lean)) ", unrelated "
            (format!("{:.2}", scores.unrelated))
        }
    }
}

/// One explained class: the text marked for it, and its table.
fn part(explanation: &Explanation, sheet: &Sheet) -> Markup {
    html! {
        h2 { (sheet.title(explanation)) }
        @if let Some(decided) = sheet.decided_by(explanation) {
            @let own = sheet.deciding(explanation).iter().map(Sheet::by_itself);
            @let own = own.collect::<Vec<_>>().join("; ");
            p { b { (decided) } @if !own.is_empty() { " (" (own) ")" } "." }
        }
        @if let Some(note) = sheet.note(explanation) { p { (note) "." } }
        (text(explanation, sheet))
        details {
            summary { "The numbers behind it" }
            (columns(explanation, sheet))
        }
    }
}

/// The terms of a sheet, in columns that add up.
fn columns(explanation: &Explanation, sheet: &Sheet) -> Markup {
    let ExplainedHead { question, probabilities, .. } = sheet.head(explanation);
    let given = &question.classes[sheet.answer.class];
    let most = sheet.lines.iter().map(|line| line.hundredths[0].abs()).max().unwrap_or(0).max(1);
    let numbers = |hundredths: &[i64]| {
        html! {
            @for &number in hundredths { td.number { (signed(number)) } }
        }
    };
    let rest = |name: &str, hundredths: &[i64]| {
        html! {
            tr.total[name == "sum"] {
                td {} td { (name) } td {} (numbers(hundredths)) td.drawn {} td {}
            }
        }
    };
    html! {
        div.wide { table.terms {
            thead { tr {
                th.number { "№" } th { "words" } th.number { "times" } th.number { "net " (given) }
                @for class in &question.classes { th.number { (class) } }
                th.drawn {} th { "read as" }
            } }
            tbody {
                @for (number, Line { term, hundredths }) in sheet.lines.iter().enumerate() {
                    tr {
                        td.number { (number + 1) }
                        @match &term.wording {
                            Wording::Written(words) => {
                                td.words { (said(words)) } td.number { (term.places.len()) }
                            }
                            Wording::Whole(_) => { td { "the whole text" } td {} }
                        }
                        (numbers(hundredths))
                        td.drawn {
                            span.bar.less[hundredths[0] < 0] style={
                                "width:"
                                (format!("{:.1}", 6.0 * hundredths[0].abs() as f64 / most as f64))
                                "rem"
                            } {}
                        }
                        td.meanings {
                            @for (number, (meaning, _)) in
                                term.meanings.iter().take(MEANINGS).enumerate() {
                                @if number > 0 { "; " } (said(meaning))
                            }
                        }
                    }
                }
                (rest(&sheet.others(), &sheet.others.1))
                (rest("intercept", &sheet.intercept))
                (rest("sum", &sheet.total))
                tr.total {
                    td {} td { "probability" } td {} td {}
                    @for p in probabilities { td.number { (format!("{p:.2}")) } } td.drawn {} td {}
                }
            }
        } }
    }
}

/// The text, with the words that contributed to a head marked.
fn text(explanation: &Explanation, sheet: &Sheet) -> Markup {
    let classes = &sheet.head(explanation).question.classes;
    let pieces = pieces(explanation, sheet);
    let strength = |mark: &Mark| push(&mark.by_class, side(mark));
    let most = pieces
        .iter()
        .filter_map(|piece| piece.mark.as_ref())
        .map(strength)
        .fold(f64::MIN_POSITIVE, f64::max);
    let word = |piece: &Piece| {
        let depth = piece.mark.as_ref().map_or(0.0, |mark| strength(mark) / most);
        match &piece.mark {
            Some(mark) if depth >= FAINTEST || mark.shown => {
                let class = &classes[side(mark)];
                let title = format!("for {class} {}", signed_to_hundredths(strength(mark)));
                html! {
                    mark class={ (visible(class)) " d" ((depth * DEPTHS).ceil().max(1.0)) }
                        title=(visible(&title)) { (visible(piece.text)) (numbers(mark)) }
                }
            }
            _ => html! { (visible(piece.text)) },
        }
    };
    html! {
        div.text dir="rtl" lang="ar" {
            @for stretch in pieces.chunk_by(|a, b| a.decides == b.decides) {
                @if stretch[0].decides { span.decides.(side_of(sheet, explanation)) {
                    (voices(stretch, &word))
                } } @else { (voices(stretch, &word)) }
            }
        }
    }
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

/// The name of the class that a sheet explains.
fn side_of(sheet: &Sheet, explanation: &Explanation) -> String {
    let class = &sheet.head(explanation).question.classes[sheet.answer.class];
    visible(class)
}

/// The numbers of the lines of the table that a word belongs to.
fn numbers(mark: &Mark) -> Markup {
    let numbers: Vec<String> = mark.lines.iter().map(ToString::to_string).collect();
    html! { @if !numbers.is_empty() { sup { (numbers.join(",")) } } }
}

/// The class that a word contributes to most.
fn side(mark: &Mark) -> usize {
    (0..mark.by_class.len())
        .max_by(|&a, &b| push(&mark.by_class, a).total_cmp(&push(&mark.by_class, b)))
        .unwrap_or(0)
}

fn signed_to_hundredths(number: f64) -> String {
    format!("{:+.2}", if number.abs() < 0.005 { 0.0 } else { number })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_of_the_side_that_it_speaks_for_most() {
        let mark = |by_class: [f64; 3]| Mark {
            by_class: by_class.to_vec(),
            shown: true,
            lines: vec![1, 3],
        };
        assert_eq!(
            [[1.0, 0.0, 0.5], [-1.0, 0.0, -0.5], [-1.0, -0.5, 0.0]]
                .map(|by_class| side(&mark(by_class))),
            [0, 1, 2]
        );
        assert_eq!(numbers(&mark([0.0; 3])).into_string(), "<sup>1,3</sup>");
    }
}
