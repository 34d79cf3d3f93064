//! Verdicts for a person.

use comfy_table::{Cell, Color};

use super::{Style, colour, name, right, signed};
use crate::camp::Camps;
use crate::output::isolate::{isolated, plain};
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
