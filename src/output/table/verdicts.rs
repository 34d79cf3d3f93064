//! Verdicts for a person.

use std::time::Duration;

use comfy_table::{Cell, Color};

use super::{Style, colour, name, right, signed};
use crate::camp::Camps;
use crate::output::isolate::{isolated, plain};
use crate::output::summary::Summary;
use crate::output::{Record, UNCERTAIN};
use crate::verdict::Word;

/// The verdicts, two lines an article.
pub fn verdicts(camps: &Camps, records: &[Record], style: Style) -> String {
    let mut table = style.table(&["article", "lean", "camp", "stance", "favor", "neutral", "against", "score", "words for it"]);
    for record in records {
        let verdict = match &record.verdict {
            Ok(verdict) => verdict,
            Err(message) => {
                let head = [Cell::new(name(&record.id)), Cell::new(""), Cell::new(""), Cell::new("error").fg(Color::Yellow)];
                let gap = std::iter::repeat_n(Cell::new(""), 4);
                table.add_row(head.into_iter().chain(gap).chain([Cell::new(plain(message))]));
                continue;
            }
        };
        let [first, second] = [0, 1].map(|number| {
            let camp = &verdict.camps[number];
            let words: Vec<String> = camp.words.iter().map(|Word { word, .. }| isolated(word)).collect();
            let words = camp.doubt.iter().map(|doubt| format!("{doubt}: ")).chain([words.join(", ")]).collect::<String>();
            let stance = match camp.doubt {
                Some(_) => Cell::new(UNCERTAIN).fg(Color::Yellow),
                None => Cell::new(camp.stance).fg(colour(camp.stance)),
            };
            [
                Cell::new(camps.ids()[number]),
                stance,
                right(&format!("{:.2}", camp.sides.favor)),
                right(&format!("{:.2}", camp.sides.neutral)),
                right(&format!("{:.2}", camp.sides.against)),
                right(&signed(camp.sides.score())),
                Cell::new(words),
            ]
        });
        table.add_row([Cell::new(name(&record.id)), right(&signed(verdict.lean()))].into_iter().chain(first));
        table.add_row([Cell::new(""), Cell::new("")].into_iter().chain(second));
    }
    table.to_string()
}

/// What came out, in numbers: how many bytes were read and how long that took stand beside it.
pub fn summary(camps: &Camps, summary: &Summary, n_bytes: u64, time: Duration, style: Style) -> String {
    let Summary { articles, failed, removed, stances } = summary;
    let (megabytes, seconds) = (n_bytes as f64 / 1e6, time.as_secs_f64());
    let mut table = style.table(&["toward", "favor", "neutral", "against", "unrelated", UNCERTAIN]);
    for (camp, counts) in camps.ids().into_iter().zip(stances) {
        table.add_row([Cell::new(camp)].into_iter().chain(counts.map(|count| right(&count.to_string()))));
    }
    format!(
        "{articles} articles, {failed} not scored, {removed} leftovers removed; {megabytes:.1} MB in {seconds:.1} s, {:.1} MB/s\n{table}",
        megabytes / seconds.max(1e-3)
    )
}
