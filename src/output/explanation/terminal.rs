//! Explanations for a terminal: the verdict in a sentence for each camp, the text with what decides
//! it marked, the numbers.
//!
//! Green speaks for a camp, red against it. A sentence that decides begins with the camp and `+` or
//! `-`; its words that weigh are underlined, and bold with at least half of the strongest weight.
//! Reported speech is faint. Without colours, marks stand for that: `{+lna: …}`, `[+word]`,
//! `[-word]` and `‹reported›`. The text is Arabic, so every line of it is isolated, right to left.

use std::fmt::Write;

use comfy_table::{Cell, Color};

use super::super::lines::Lines;
use super::super::table::{self, Style, right};
use super::super::words::{Language, Words};
use super::{Decided, ExplainedArticle, Line, Piece, Sheet, pieces, signed, strongest, summaries};
use crate::camp::Stance;
use crate::model::HeadId;
use crate::scoring::explanation::{Explanation, Wording};
use crate::text::isolate::{isolated, plain};

/// Meanings shown for a term.
const MEANINGS: usize = 2;

/// Columns of a line of text: longer lines are hard to read.
const MAX_WIDTH: u16 = 100;

/// One article: its verdict, its text, and a table for each answer with at most `top` terms for it
/// and as many against.
pub fn article(explained: &ExplainedArticle, top: usize, style: Style) -> String {
    let mut out = String::new();
    // Writing into a string cannot fail.
    let _ = match (&explained.explanation, &explained.record.scores) {
        (Some(explanation), _) => write_explanation(&mut out, explained, explanation, top, style),
        (None, Err(message)) => {
            let id = plain(&explained.record.id);
            writeln!(out, "{id}\ncould not be explained: {}", plain(message))
        }
        (None, Ok(_)) => Ok(()),
    };
    out
}

fn write_explanation(
    out: &mut String,
    explained: &ExplainedArticle,
    explanation: &Explanation,
    top: usize,
    style: Style,
) -> std::fmt::Result {
    let words = Language::English.words();
    writeln!(out, "{}", plain(&explained.record.id))?;
    for summary in summaries(explained, explanation, words) {
        let does = match summary.stance.filter(|_| style.colour) {
            Some(stance) => format!("\u{1b}[1;{}m{}\u{1b}[0m", sgr(stance), summary.does),
            None => summary.does,
        };
        writeln!(out, "{does}: {}", summary.because)?;
    }
    out.push('\n');
    let pieces = pieces(explanation);
    text(out, explanation, &pieces, style);
    if pieces.iter().any(|piece| piece.added.is_some()) {
        let camp = &explanation.read.camps[0];
        if style.colour {
            writeln!(
                out,
                "\nGreen speaks for the camp that is named, red against it; faint is reported \
                 speech."
            )?;
        } else {
            writeln!(
                out,
                "\n{{+{camp}: …}} decides for {camp}, {{-{camp}: …}} against it; [+word] and \
                 [-word] weigh for or against; ‹…› is reported speech."
            )?;
        }
    }
    writeln!(out, "{}", explained.removed(words))?;
    numbers(out, explained, explanation, top, style)
}

/// The numbers: how sure it is that the article is about the conflict, and a table for each side.
fn numbers(
    out: &mut String,
    explained: &ExplainedArticle,
    explanation: &Explanation,
    top: usize,
    style: Style,
) -> std::fmt::Result {
    let words = Language::English.words();
    let sheets = Sheet::all(explanation, top);
    let [relevance, sides @ ..] = &sheets[..] else { return Ok(()) };
    writeln!(out, "\n{}\n", table::verdicts(std::slice::from_ref(&explained.record), style))?;
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
        let title = sheet.title(explanation, words);
        if style.colour {
            writeln!(out, "\n\u{1b}[1m{title}\u{1b}[0m")?;
        } else {
            writeln!(out, "\n{title}")?;
        }
        if let Some(note) = sheet.note(explanation, words) {
            writeln!(out, "{note}")?;
        }
        writeln!(out, "{}", columns(explanation, sheet, words, style))?;
    }
    Ok(())
}

/// The colour of a stance.
fn sgr(stance: Stance) -> &'static str {
    match stance {
        Stance::Favor => "32",
        Stance::Against => "31",
        Stance::Neutral | Stance::Unrelated => "39",
    }
}

/// The terms of a sheet, in columns that add up.
fn columns(explanation: &Explanation, sheet: &Sheet, words: &Words, style: Style) -> String {
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
            Wording::Written(_) => {
                let (shown, is_more) = term.shown();
                let mut shown: Vec<String> = shown.into_iter().map(isolated).collect();
                if is_more {
                    shown.push("…".to_owned());
                }
                (shown.join(", "), term.places.len().to_string())
            }
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
    sum_up(&sheet.others(words), &sheet.others.1);
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

/// The text, with what decides it marked.
fn text(out: &mut String, explanation: &Explanation, pieces: &[Piece<'_>], style: Style) {
    let strongest = strongest(pieces);
    let width = usize::from(style.width.min(MAX_WIDTH)).max(24) - 4;
    let mut lines = Lines::new(width, out);
    let mut reported = false;
    for stretch in pieces.chunk_by(|a, b| a.decides == b.decides) {
        let decides = &stretch[0].decides;
        for (number, decided) in decides.iter().enumerate() {
            let brace = if number == 0 && !style.colour { "{" } else { "" };
            let colour = if style.colour { sgr(decided.stance) } else { "" };
            lines.word(&format!("{brace}{}:", tag(explanation, decided)), colour);
            lines.text(" ", "");
        }
        for piece in stretch {
            if !style.colour && reported == piece.own {
                lines.sign(if reported { '›' } else { '‹' });
            }
            reported = !piece.own;
            word(&mut lines, piece, strongest, style);
        }
        if !decides.is_empty() && !style.colour {
            if reported {
                lines.sign('›');
                reported = false;
            }
            lines.sign('}');
        }
    }
    lines.end_line();
}

/// What a sentence decides: `+lna`.
fn tag(explanation: &Explanation, decided: &Decided) -> String {
    let sign = if decided.stance == Stance::Favor { '+' } else { '-' };
    format!("{sign}{}", explanation.read.camps[decided.camp])
}

fn word(lines: &mut Lines<'_>, piece: &Piece<'_>, strongest: f64, style: Style) {
    let Some(added) = piece.added else {
        let sgr = match &piece.decides[..] {
            _ if style.colour && !piece.own => "2",
            [first, rest @ ..]
                if style.colour && rest.iter().all(|other| other.stance == first.stance) =>
            {
                sgr(first.stance)
            }
            _ => "",
        };
        return lines.text(piece.text, sgr);
    };
    if !style.colour {
        lines.word(if added.stance == Stance::Favor { "[+" } else { "[-" }, "");
        lines.word(piece.text, "");
        return lines.word("]", "");
    }
    let strength = match (piece.own, added.push >= strongest / 2.0) {
        (false, _) => "2;",
        (true, true) => "1;",
        (true, false) => "",
    };
    lines.word(piece.text, &format!("{strength}{};4", sgr(added.stance)));
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
        let text = "رفعت القوات المسلحة الباسلة راية النصر بعد أن دحرت مليشيات الوفاق الإرهابية. \
         دخلت القوات \u{1b}[31mالمسلحة الباسلة\u{1b}]0;t\u{7} أحياء\u{202E} \
         المدينة \u{9b}2J وطهرتها من فلول\n\nالإرهابيين \u{0}«أمس». وقالت حكومة الوفاق إن الوضع \
         هادئ في العاصمة، وقال حفتر إن «الأمر» انتهى";
        let article = Article { text: text.to_owned(), ..Article::default() };
        let explainer = Explainer::new(Model::embedded().unwrap()).unwrap();
        let explanation = explainer.explain(&article).unwrap();
        let mut out = String::new();
        let style = Style { width: 80, colour: true };
        super::text(&mut out, &explanation, &pieces(&explanation), style);
        assert!(out.contains("32m") && out.contains("\u{1b}[2m"), "{out:?}");
        let colours =
            ["1;32;4", "32;4", "2;32;4", "1;31;4", "31;4", "2;31;4", "32", "31", "2", "0"]
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
