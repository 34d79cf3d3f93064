//! Scored articles for a person: one line an article, or with words and sentences.

use std::fmt::Write;

use comfy_table::{Cell, Color};

use super::{Style, colour, end_of, right, signed};
use crate::camp::Stance;
use crate::record::{CampScores, ScoreRecord, UNCERTAIN};
use crate::text::isolate::{isolated, plain};

/// Columns that the stances and the lean take.
const FIGURES: u16 = 46;

/// Fewest and most characters of an id.
const NAME: std::ops::RangeInclusive<usize> = 16..=60;

/// Most words and sentences of a camp in the long form.
const MAX_WORDS: usize = 5;

/// One line an article: its lean, and the stance toward each camp with its probability.
pub fn overview(records: &[ScoreRecord], style: Style) -> String {
    let camps = records.iter().find_map(|record| {
        Some(
            record
                .scores
                .as_ref()
                .ok()?
                .camps
                .each_ref()
                .map(|camp| format!("toward {}", camp.camp)),
        )
    });
    let [first, second] = camps.unwrap_or_default();
    let mut table = style.table(&["article", "lean", &first, &second]);
    let width = usize::from(style.width.saturating_sub(FIGURES)).clamp(*NAME.start(), *NAME.end());
    for record in records {
        let name = Cell::new(end_of(&record.id, width));
        table.add_row(match &record.scores {
            Ok(scores) => {
                let [first, second] = scores.camps.each_ref().map(stance);
                [name, right(&signed(scores.lean)), first, second]
            }
            // Why stands on standard error, and in every other format.
            Err(_) => [name, Cell::new(""), Cell::new("error").fg(Color::Yellow), Cell::new("")],
        });
    }
    table.to_string()
}

/// A stance with its probability; where the model abstains, what it would say.
fn stance(camp: &CampScores) -> Cell {
    let share = |stance: Stance| match (stance, &camp.probabilities) {
        (Stance::Unrelated, _) | (_, None) => String::new(),
        (Stance::Favor, Some(p)) => format!(" {:.2}", p.favor),
        (Stance::Neutral, Some(p)) => format!(" {:.2}", p.neutral),
        (Stance::Against, Some(p)) => format!(" {:.2}", p.against),
    };
    match (camp.stance, camp.guess) {
        (Some(stance), _) => Cell::new(format!("{stance}{}", share(stance))).fg(colour(stance)),
        (None, Some(guess)) => Cell::new(format!("{guess}{}?", share(guess))).fg(Color::Yellow),
        (None, None) => Cell::new(UNCERTAIN).fg(Color::Yellow),
    }
}

/// Everything that a person asks for of each article: probabilities, words, deciding sentences.
pub fn in_full(records: &[ScoreRecord], style: Style) -> String {
    let mut text = String::new();
    for record in records {
        if !text.is_empty() {
            text.push('\n');
        }
        let lean = record.scores.as_ref().map(|scores| signed(scores.lean)).unwrap_or_default();
        let _ = writeln!(text, "{}  {lean}", bold(&plain(&record.id), style));
        match &record.scores {
            Ok(scores) => scores.camps.iter().for_each(|camp| camp_in_full(&mut text, camp, style)),
            Err(message) => {
                let _ = writeln!(text, "  error: {}", plain(message));
            }
        }
    }
    text
}

fn camp_in_full(text: &mut String, camp: &CampScores, style: Style) {
    let said = camp.stance.map_or(UNCERTAIN, Stance::as_str);
    let _ = write!(text, "  {}  {}", camp.camp, bold(&format!("{said:<9}"), style));
    if let Some(p) = &camp.probabilities {
        let _ = write!(
            text,
            "  favor {:.2}  neutral {:.2}  against {:.2}",
            p.favor, p.neutral, p.against
        );
    }
    text.push('\n');
    if let Some(doubt) = &camp.abstention {
        let _ = writeln!(text, "       {}", plain(doubt));
    }
    if !camp.words.is_empty() {
        let words: Vec<String> =
            camp.words.iter().take(MAX_WORDS).map(|word| isolated(&word.word)).collect();
        let _ = writeln!(text, "       words for it: {}", words.join(", "));
    }
    for sentence in &camp.evidence {
        let said = sentence.stance.map(Stance::as_str).unwrap_or_default();
        let share = sentence.probability.map(|share| format!(" {share:.2}")).unwrap_or_default();
        let _ = writeln!(text, "       {said}{share} by itself: {}", isolated(&sentence.text));
    }
}

fn bold(text: &str, style: Style) -> String {
    if style.colour { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::samples;

    fn record() -> ScoreRecord {
        let camp = |camp, stance, score| samples::camp(camp, stance, score, &["الميليشيات"]);
        let lna = camp("lna", Some(Stance::Against), -0.9);
        let scores = samples::scores([lna, camp("gna", None, 0.1)]);
        samples::record("saved/2019/a-very-long-name-of-an-article-that-goes-on.txt", Ok(scores))
    }

    #[test]
    fn an_article_takes_one_line_that_fits_eighty_columns() {
        let failed = samples::record("b.txt", Err("it is empty".to_owned()));
        for width in [60, 80, 120] {
            let table = overview(&[record(), failed.clone()], Style { width, colour: false });
            let lines: Vec<&str> = table.lines().collect();
            assert_eq!(lines.len(), 4, "{table}");
            assert!(lines[2].contains("-0.50   against 0.90"), "{table}");
            assert!(lines[2].contains("neutral 0.90?"), "{table}");
            assert!(lines[3].contains("error"), "{table}");
            let longest = lines.iter().map(|line| line.chars().count()).max().unwrap();
            assert!(longest <= usize::from(width).max(70), "{longest}: {table}");
        }
    }

    #[test]
    fn the_long_form_names_words_and_doubts() {
        let text = in_full(&[record()], Style { width: 80, colour: false });
        assert!(
            text.contains("  lna  against    favor 0.00  neutral 0.10  against 0.90"),
            "{text}"
        );
        assert!(text.contains("words for it: \u{2068}الميليشيات\u{2069}"), "{text}");
        assert!(text.contains("at this risk it may be anything"), "{text}");
    }
}
