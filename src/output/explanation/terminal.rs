//! Explanations for a terminal: the verdict, the contributions, and the text with its words marked.
//!
//! Words that contributed to the predicted class are green; words that contributed against it are
//! red and underlined; those with at least half of the strongest contribution are bold. Reported
//! speech is faint. Without colours, marks stand for that: `[+word]`, `[-word]` and `‹reported›`.
//! The text is Arabic, so every line of it is isolated, right to left.

use std::fmt::Write;

use comfy_table::{Cell, Color};

use super::super::lines::Lines;
use super::super::table::{self, Style, right};
use super::{ExplainedArticle, Line, Mark, Piece, Sheet, pieces, signed};
use crate::model::HeadId;
use crate::scoring::explanation::{Explanation, Wording, push};
use crate::text::isolate::{isolated, plain};

/// Meanings shown for a term.
const MEANINGS: usize = 2;

/// Smaller pushes are shown as none.
const MIN_PUSH: f64 = 0.005;

/// Columns of a line of text: longer lines are hard to read.
const MAX_WIDTH: u16 = 100;

/// One article: its verdict, a table for each answer with at most `top` terms for it and as many
/// against, and its text.
pub fn article(explained: &ExplainedArticle, top: usize, style: Style) -> String {
    let mut out = table::verdicts(std::slice::from_ref(&explained.record), style);
    out.push('\n');
    if let Some(explanation) = &explained.explanation {
        // Writing into a string cannot fail.
        let _ = write_explanation(&mut out, explained, explanation, top, style);
    }
    out
}

fn write_explanation(
    out: &mut String,
    explained: &ExplainedArticle,
    explanation: &Explanation,
    top: usize,
    style: Style,
) -> std::fmt::Result {
    writeln!(out, "\n{}.", explained.removed())?;
    let sheets = Sheet::all(explanation, top);
    let [relevance, sides @ ..] = &sheets[..] else { return Ok(()) };
    if !sides.is_empty() {
        let related = explanation.head(HeadId::Relevance).probabilities[relevance.answer.class];
        let (total, intercept) = (signed(relevance.total[0]), signed(relevance.intercept[0]));
        writeln!(
            out,
            "It is about the conflict with probability {related:.2}: log-odds {total}, \
             {intercept} of them the intercept. The sides below are \
             those taken if it is."
        )?;
    }
    for sheet in if sides.is_empty() { &sheets[..] } else { sides } {
        let title = sheet.title(explanation);
        if style.colour {
            writeln!(out, "\n\u{1b}[1m{title}\u{1b}[0m")?;
        } else {
            writeln!(out, "\n{title}")?;
        }
        if let Some(note) = sheet.note(explanation) {
            writeln!(out, "{note}")?;
        }
        if let Some(decided) = sheet.decided_by(explanation) {
            let end = if sheet.deciding(explanation).is_empty() { "." } else { ":" };
            writeln!(out, "{decided}{end}")?;
            for deciding in sheet.deciding(explanation) {
                let width = usize::from(style.width.min(MAX_WIDTH)).max(24) - 4;
                let mut lines = Lines::new(width, out);
                lines.text(&deciding.sentence, if style.colour { "1" } else { "" });
                lines.end_line();
                writeln!(out, "  ({})", Sheet::by_itself(deciding))?;
            }
            writeln!(out)?;
        }
        writeln!(out, "{}\n", columns(explanation, sheet, style))?;
        text(out, explanation, sheet, style);
    }
    Ok(())
}

/// The terms of a sheet, in columns that add up.
fn columns(explanation: &Explanation, sheet: &Sheet, style: Style) -> String {
    let head = sheet.head(explanation);
    let toward = format!("net {}", head.question.classes[sheet.answer.class]);
    let header = ["words", "times", &toward]
        .into_iter()
        .chain(head.question.classes.iter().map(String::as_str))
        .chain(["read as"]);
    let mut table = style.table(&header.collect::<Vec<_>>());
    let numbers = |hundredths: &[i64]| -> Vec<Cell> {
        let mut cells: Vec<Cell> =
            hundredths.iter().map(|&number| right(&signed(number))).collect();
        let colour = if hundredths[0] < 0 { Color::Red } else { Color::Green };
        cells[0] = right(&signed(hundredths[0])).fg(colour);
        cells
    };
    for Line { term, hundredths } in &sheet.lines {
        let (words, times) = match &term.wording {
            Wording::Written(words) => (isolated(words), term.places.len().to_string()),
            Wording::Whole(_) => ("(the whole text)".to_owned(), String::new()),
        };
        let meanings: Vec<String> =
            term.meanings.iter().take(MEANINGS).map(|(meaning, _)| plain(meaning)).collect();
        let cells = [Cell::new(words), right(&times)].into_iter().chain(numbers(hundredths));
        table.add_row(cells.chain([Cell::new(meanings.join("; "))]));
    }
    let mut sum_up = |name: &str, hundredths: &[i64]| {
        table.add_row(
            [Cell::new(name), Cell::new("")]
                .into_iter()
                .chain(numbers(hundredths))
                .chain([Cell::new("")]),
        );
    };
    sum_up(&sheet.others(), &sheet.others.1);
    sum_up("intercept", &sheet.intercept);
    sum_up("sum", &sheet.total);
    let probabilities = head.probabilities.iter().map(|p| right(&format!("{p:.2}")));
    table.add_row(
        [Cell::new("probability"), Cell::new(""), Cell::new("")]
            .into_iter()
            .chain(probabilities)
            .chain([Cell::new("")]),
    );
    table.to_string()
}

/// The text, with the words that contributed to a head marked.
fn text(out: &mut String, explanation: &Explanation, sheet: &Sheet, style: Style) {
    let class = sheet.answer.class;
    let pieces = pieces(explanation, sheet);
    let done = |mark: &Mark| if mark.shown { push(&mark.by_class, class) } else { 0.0 };
    let most = pieces
        .iter()
        .filter_map(|piece| piece.mark.as_ref())
        .map(|mark| done(mark).abs())
        .fold(0.0, f64::max);
    let width = usize::from(style.width.min(MAX_WIDTH)).max(24) - 4;
    let mut lines = Lines::new(width, out);
    let mut reported = false;
    for Piece { text, own, mark, .. } in &pieces {
        if !style.colour && reported == *own {
            lines.sign(if reported { '›' } else { '‹' });
        }
        reported = !own;
        let pushed = mark.as_ref().map_or(0.0, done);
        let sign = if pushed > 0.0 { '+' } else { '-' };
        match (style.colour, pushed.abs() >= MIN_PUSH) {
            (false, true) => {
                lines.word(&format!("[{sign}"), "");
                lines.word(text, "");
                lines.word("]", "");
            }
            (true, true) => {
                let colour = if pushed > 0.0 { "32" } else { "31;4" };
                let strong = if pushed.abs() >= most / 2.0 { "1;" } else { "" };
                lines.word(text, &format!("{}{colour}", if reported { "2;" } else { strong }));
            }
            _ => lines.text(text, if style.colour && reported { "2" } else { "" }),
        }
    }
    lines.end_line();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::model::Model;
    use crate::scoring::explanation::Explainer;

    /// What colours steer, and what an article does not.
    #[test]
    fn an_article_steers_no_terminal_that_has_colours() {
        let text = "دخلت القوات \u{1b}[31mالمسلحة الباسلة\u{1b}]0;t\u{7} أحياء\u{202E} \
         المدينة \u{9b}2J وطهرتها من فلول\n\nالإرهابيين \u{0}«أمس». وقالت حكومة الوفاق إن الوضع \
         هادئ في العاصمة، وقال حفتر إن «الأمر» انتهى";
        let article = Article { text: text.to_owned(), ..Article::default() };
        let explainer = Explainer::new(Model::embedded().unwrap()).unwrap();
        let explanation = explainer.explain(&article).unwrap();
        let mut out = String::new();
        for sheet in Sheet::all(&explanation, 9) {
            super::text(&mut out, &explanation, &sheet, Style { width: 80, colour: true });
        }
        assert!(out.contains("32m") && out.contains("\u{1b}[2m"), "{out:?}");
        let colours = ["1;32", "32", "2;32", "1;31;4", "31;4", "2;31;4", "2", "0"]
            .map(|sgr| format!("\u{1b}[{sgr}m"));
        let ours = colours.iter().map(String::as_str).chain(["  \u{2067}", "\u{2069}\n", "\n"]);
        let left = ours.fold(out, |out, ours| out.replace(ours, ""));
        assert_eq!(
            left.chars().find(|&c| c.is_control() || crate::text::script::is_directional(c)),
            None,
            "{left:?}"
        );
    }
}
