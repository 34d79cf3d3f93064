//! Single articles, terms and what was taken out, for a person.

use comfy_table::Cell;

use super::{Style, colour, name, right};
use crate::camp::Stance;
use crate::text::isolate::{isolated, plain};

/// Articles with what they were and are called: id, output, and three classes.
pub fn answers<const N: usize>(header: [&str; N], rows: &[[String; N]], style: Style) -> String {
    let mut table = style.table(&header);
    for row in rows {
        let [id, output, rest @ ..] = &row[..] else { continue };
        let class = |class: &String| match Stance::from_word(class) {
            Some(stance) => Cell::new(stance).fg(colour(stance)),
            None => Cell::new(plain(class)),
        };
        table.add_row(
            [Cell::new(name(id)), Cell::new(plain(output))]
                .into_iter()
                .chain(rest.iter().map(class)),
        );
    }
    table.to_string()
}

/// What was removed from the articles of one outlet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Removed {
    /// Name of the outlet.
    pub outlet: String,
    /// How many articles there are.
    pub articles: usize,
    /// From how many something was removed.
    pub touched: usize,
    /// How many characters they have, with what was removed.
    pub characters: usize,
    /// How many of them were removed.
    pub taken: usize,
    /// How often each rule removed something.
    pub rules: String,
}

/// What was removed, by outlet.
pub fn removals(rows: &[Removed], style: Style) -> String {
    let mut table =
        style.table(&["outlet", "articles", "touched", "characters", "removed", "by rule"]);
    for row in rows {
        let share = 100.0 * row.taken as f64 / row.characters.max(1) as f64;
        let figures = [
            row.articles.to_string(),
            row.touched.to_string(),
            row.characters.to_string(),
            format!("{share:.2} %"),
        ];
        table.add_row(
            [Cell::new(name(&row.outlet))]
                .into_iter()
                .chain(figures.map(|text| right(&text)))
                .chain([Cell::new(&row.rules)]),
        );
    }
    table.to_string()
}

/// For each head and class, the terms with the largest weights.
pub fn terms(rows: &[(String, String, Vec<String>)], style: Style) -> String {
    let mut table = style.table(&["head", "class", "features that weigh most for it"]);
    for (head, class, terms) in rows {
        let terms: Vec<String> = terms.iter().map(|term| isolated(term)).collect();
        let class = Stance::from_word(class)
            .map_or_else(|| Cell::new(plain(class)), |stance| Cell::new(stance).fg(colour(stance)));
        table.add_row([Cell::new(plain(head)), class, Cell::new(terms.join(", "))]);
    }
    table.to_string()
}
