//! Tables for a person at a terminal.

use comfy_table::{Attribute, Cell, CellAlignment, Color, ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle};

use super::Record;
use super::isolate::{isolated, plain};
use crate::camp::{Camps, Stance};
use crate::evaluation::Figure;
use crate::evaluation::shortcuts::Audit;
use crate::labels::composition::Quota;
use crate::labels::fold::Group;
use crate::verdict::Word;

/// Most characters of an id that are shown.
const NAME_WIDTH: usize = 30;

/// How a table is to be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Columns of the terminal.
    pub width: u16,
    /// Whether colours are wanted.
    pub colour: bool,
}

impl Style {
    fn table(self, header: &[&str]) -> Table {
        let mut table = Table::new();
        let rule = LineStyle::none().fill('─').junction('─');
        table.load_style(TableStyle::new().header_separator(rule));
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(self.width);
        if self.colour {
            table.enforce_styling();
        } else {
            table.force_no_tty();
        }
        table.set_header(header.iter().map(|name| Cell::new(name).add_attribute(Attribute::Bold)));
        // Only the last column, the longest, gives way to a narrow terminal.
        let whole = header.len().saturating_sub(1);
        for column in table.column_iter_mut().take(whole) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
        table
    }
}

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
            [
                Cell::new(camps.ids()[number]),
                Cell::new(camp.stance).fg(colour(camp.stance)),
                right(&format!("{:.2}", camp.sides.favor)),
                right(&format!("{:.2}", camp.sides.neutral)),
                right(&format!("{:.2}", camp.sides.against)),
                right(&signed(camp.sides.score())),
                Cell::new(words.join(", ")),
            ]
        });
        table.add_row([Cell::new(name(&record.id)), right(&signed(verdict.lean()))].into_iter().chain(first));
        table.add_row([Cell::new(""), Cell::new("")].into_iter().chain(second));
    }
    table.to_string()
}

/// Macro-F1 with its interval, the macro-F1 of always giving the commonest label, and F1 by stance.
pub fn figures(what: &str, rows: &[Figure], style: Style) -> String {
    let mut table = style.table(&[what, "articles", "macro-F1", "95 %", "commonest", "F1 favor", "neutral", "against", "unrelated"]);
    for Figure { name, confusion, interval } in rows {
        let f1 = [Stance::Favor, Stance::Neutral, Stance::Against, Stance::Unrelated]
            .map(|stance| right(&format!("{:.2}", confusion.f1(stance))));
        let counts = [
            Cell::new(name),
            right(&confusion.total().to_string()),
            right(&format!("{:.2}", confusion.macro_f1())).add_attribute(Attribute::Bold),
            Cell::new(format!("{:.2}–{:.2}", interval.0, interval.1)),
            right(&format!("{:.2}", confusion.majority_baseline().macro_f1())),
        ];
        table.add_row(counts.into_iter().chain(f1));
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
    let mut table = style.table(&["outlet", "articles", "touched", "characters", "removed", "by rule"]);
    for row in rows {
        let share = 100.0 * row.taken as f64 / row.characters.max(1) as f64;
        let figures = [row.articles.to_string(), row.touched.to_string(), row.characters.to_string(), format!("{share:.2} %")];
        table.add_row([Cell::new(name(&row.outlet))].into_iter().chain(figures.map(|text| right(&text))).chain([Cell::new(&row.rules)]));
    }
    table.to_string()
}

/// How one stance toward one camp is told from everything else.
#[derive(Clone, Debug, PartialEq)]
pub struct OneVsRest {
    /// Id of the camp.
    pub camp: String,
    /// The stance.
    pub stance: Stance,
    /// How many articles bear it.
    pub labelled: usize,
    /// Mean F1 of the stance and of everything else.
    pub macro_f1: f64,
    /// Area under the ROC curve of its probability.
    pub auc: f64,
}

/// Each stance against the rest.
pub fn one_vs_rest(rows: &[OneVsRest], style: Style) -> String {
    let mut table = style.table(&["toward", "stance", "articles", "macro-F1, vs rest", "AUC"]);
    for row in rows {
        let figures = [row.labelled.to_string(), format!("{:.2}", row.macro_f1), format!("{:.2}", row.auc)].map(|text| right(&text));
        table.add_row([Cell::new(&row.camp), Cell::new(row.stance).fg(colour(row.stance))].into_iter().chain(figures));
    }
    table.to_string()
}

/// For each camp and side, the terms with the largest weights.
pub fn terms(rows: &[(String, Stance, Vec<String>)], style: Style) -> String {
    let mut table = style.table(&["toward", "stance", "terms that weigh most for it (stems)"]);
    for (camp, stance, terms) in rows {
        let terms: Vec<String> = terms.iter().map(|term| isolated(term)).collect();
        table.add_row([Cell::new(camp), Cell::new(stance).fg(colour(*stance)), Cell::new(terms.join(", "))]);
    }
    table.to_string()
}

/// What a set is made of, and what it must be.
pub fn quotas(quotas: &[Quota], style: Style) -> String {
    let mut table = style.table(&["", "found", "wanted", "holds"]);
    for quota in quotas {
        let wanted = match quota.wanted {
            (least, f64::INFINITY) => format!("at least {least}"),
            (0.0, most) => format!("at most {most}"),
            (least, most) => format!("{least} to {most}"),
        };
        table.add_row([Cell::new(&quota.what), right(&format!("{:.0}", quota.found)), Cell::new(wanted), holds(quota.holds())]);
    }
    table.to_string()
}

/// Agreement: camp, who, on how many articles, how much.
pub fn agreement(rows: &[(String, String, usize, f64)], least: f64, style: Style) -> String {
    let mut table = style.table(&["toward", "measure", "articles", "agreement", "holds"]);
    for (camp, measure, articles, figure) in rows {
        let cells =
            [Cell::new(camp), Cell::new(measure), right(&articles.to_string()), right(&format!("{figure:.3}")), holds(*figure >= least)];
        table.add_row(cells);
    }
    table.to_string()
}

/// How well shortcuts do.
pub fn audits(camps: &Camps, audits: &[Audit], style: Style) -> String {
    let [first, second] = camps.ids();
    let mut table = style.table(&["told by", "held out", first, second, "holds"]);
    for audit in audits {
        let group = match audit.group {
            Group::Event => "events",
            Group::Outlet => "outlets",
        };
        let f1 = audit.macro_f1.map(|f1| right(&format!("{f1:.2}")));
        let cells = [Cell::new(audit.shortcut.name()), Cell::new(group)].into_iter().chain(f1);
        table.add_row(cells.chain([holds(audit.holds())]));
    }
    table.to_string()
}

fn holds(yes: bool) -> Cell {
    if yes { Cell::new("yes") } else { Cell::new("no").fg(Color::Red) }
}

/// The end of an id, which tells more of a long path than its beginning.
fn name(id: &str) -> String {
    let id: Vec<char> = plain(id).chars().collect();
    match id.len().checked_sub(NAME_WIDTH) {
        None | Some(0) => id.into_iter().collect(),
        Some(more) => std::iter::once('…').chain(id.into_iter().skip(more + 1)).collect(),
    }
}

fn right(text: &str) -> Cell {
    Cell::new(text).set_alignment(CellAlignment::Right)
}

fn signed(number: f64) -> String {
    format!("{:+.2}", if number.abs() < 0.005 { 0.0 } else { number })
}

fn colour(stance: Stance) -> Color {
    match stance {
        Stance::Favor => Color::Green,
        Stance::Against => Color::Red,
        Stance::Neutral => Color::Reset,
        Stance::Unrelated => Color::DarkGrey,
    }
}
