//! Verdicts for a person.

use std::ops::Range;
use std::time::Duration;

use comfy_table::{Cell, Color};

use super::{Style, colour, end_of, name, right, signed};
use crate::camp::{Camps, StanceProbabilities};
use crate::engine::RunSummary;
use crate::record::{ScoreRecord, UNCERTAIN};
use crate::scoring::counted;
use crate::text::isolate::{isolated, plain};

/// Where the probabilities stand, which a narrow table leaves out: the score tells the most of
/// them.
const PROBABILITIES: Range<usize> = 4..7;

/// Most characters of an id in a narrow table.
const NARROW_NAME: usize = 16;

/// The verdicts, two lines an article.
pub fn verdicts(records: &[ScoreRecord], style: Style) -> String {
    let fits = |at: usize| !style.is_narrow() || !PROBABILITIES.contains(&at);
    let fitting = |row: Vec<Cell>| -> Vec<Cell> {
        row.into_iter().enumerate().filter(|(at, _)| fits(*at)).map(|(_, cell)| cell).collect()
    };
    let header = [
        "article",
        "lean",
        "camp",
        "stance",
        "favor",
        "neutral",
        "against",
        "score",
        "words for it",
    ];
    let header: Vec<&str> =
        header.into_iter().enumerate().filter(|(at, _)| fits(*at)).map(|(_, name)| name).collect();
    let name = |id: &str| if style.is_narrow() { end_of(id, NARROW_NAME) } else { name(id) };
    let mut table = style.table(&header);
    for record in records {
        let scores = match &record.scores {
            Ok(scores) => scores,
            Err(message) => {
                let head = [
                    Cell::new(name(&record.id)),
                    Cell::new(""),
                    Cell::new(""),
                    Cell::new("error").fg(Color::Yellow),
                ];
                let gap = std::iter::repeat_n(Cell::new(""), 4);
                table.add_row(fitting(
                    head.into_iter().chain(gap).chain([Cell::new(plain(message))]).collect(),
                ));
                continue;
            }
        };
        let [first, second] = [0, 1].map(|number| {
            let camp = &scores.camps[number];
            // A line break within an isolate would leave it open at the end of the line.
            let whole = |words: &str| {
                if words.chars().count() + 2 < usize::from(super::MIN_WIDTH) {
                    return isolated(&words.replace(' ', "\u{A0}"));
                }
                words.split(' ').map(isolated).collect::<Vec<_>>().join(" ")
            };
            let words: Vec<String> = camp.words.iter().map(|word| whole(&word.word)).collect();
            let words = camp
                .abstention
                .iter()
                .map(|doubt| format!("{doubt}: "))
                .chain([words.join(", ")])
                .collect::<String>();
            let stance = match camp.stance {
                None => Cell::new(UNCERTAIN).fg(Color::Yellow),
                Some(stance) => Cell::new(stance).fg(colour(stance)),
            };
            let share = |share: fn(&StanceProbabilities) -> f64| {
                let shown = camp.probabilities.as_ref().map(|p| format!("{:.2}", share(p)));
                right(&shown.unwrap_or_default())
            };
            [
                Cell::new(&camp.camp),
                stance,
                share(|p| p.favor),
                share(|p| p.neutral),
                share(|p| p.against),
                right(&signed(camp.score)),
                Cell::new(words),
            ]
        });
        table.add_row(fitting(
            [Cell::new(name(&record.id)), right(&signed(scores.lean))]
                .into_iter()
                .chain(first)
                .collect(),
        ));
        table.add_row(fitting([Cell::new(""), Cell::new("")].into_iter().chain(second).collect()));
    }
    table.to_string()
}

/// What came out, in numbers: how many bytes were read and how long that took stand beside it.
pub fn summary(camps: &Camps, summary: &RunSummary, time: Duration, style: Style) -> String {
    let RunSummary { articles, failed, related, removed, stances, n_bytes, .. } = summary;
    let (megabytes, seconds) = (*n_bytes as f64 / 1e6, time.as_secs_f64());
    let mut table = style.table(&["toward", "favor", "neutral", "against", "unrelated", UNCERTAIN]);
    for (camp, counts) in camps.ids().into_iter().zip(stances) {
        table.add_row(
            [Cell::new(camp)].into_iter().chain(counts.map(|count| right(&count.to_string()))),
        );
    }
    format!(
        "{}, {failed} not scored, {} removed; {megabytes:.1} MB in {seconds:.1} s, {:.1} \
         MB/s\n{related} of {} {} about the conflict\n{table}",
        counted(*articles, "article"),
        counted(*removed, "leftover"),
        megabytes / seconds.max(1e-3),
        counted(*articles, "article"),
        if *related == 1 { "is" } else { "are" }
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::camp::Stance;
    use crate::record::samples;

    #[test]
    fn a_narrow_table_leaves_columns_out_and_cuts_no_word() {
        let words = ["الميليشيات", "المسلحة الباسلة"];
        let camp = |camp| samples::camp(camp, Some(Stance::Against), -0.9, &words);
        let scores = samples::scores([camp("lna"), camp("gna")]);
        let record = samples::record("saved/2019/a-long-name-of-an-article.txt", Ok(scores));
        let table = |width| verdicts(std::slice::from_ref(&record), Style { width, colour: false });
        assert!(
            table(120).contains("neutral") && table(120).contains("a-long-name-of-an-article.txt")
        );
        for width in [60, 80] {
            let table = table(width);
            assert!(!table.contains("neutral") && table.contains("…-an-article.txt"), "{table}");
            assert!(
                ["الميليشيات", "المسلحة", "الباسلة"].iter().all(|word| table.contains(word)),
                "{table}"
            );
            assert!(
                width < 80 || table.lines().all(|line| line.chars().count() <= 80 + 8),
                "{table}"
            );
        }
    }
}
