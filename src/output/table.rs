//! Tables for a person at a terminal.

use comfy_table::{Attribute, Cell, CellAlignment, Color, ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle};

use super::isolate::{isolated, plain};
use super::{Record, UNCERTAIN};
use crate::camp::{Camps, Stance};
use crate::evaluation::shortcuts::Audit;
use crate::evaluation::{Contrast, Coverage, Figure, Summary};
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
    pub(crate) fn table(self, header: &[&str]) -> Table {
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

/// Macro-F1 with its interval, the macro-F1 of always giving the commonest label, and F1 by class.
pub fn figures(what: &str, classes: &[String], rows: &[Figure], style: Style) -> String {
    let header = [what, "articles", "macro-F1", "95 %", "commonest"].map(str::to_owned);
    let f1_of = classes.iter().enumerate().map(|(at, class)| if at == 0 { format!("F1 {}", plain(class)) } else { plain(class) });
    let header: Vec<String> = header.into_iter().chain(f1_of).collect();
    let mut table = style.table(&header.iter().map(String::as_str).collect::<Vec<_>>());
    for figure in rows {
        let Figure { name, confusion, averaged, .. } = figure;
        let f1 = (0..confusion.n_classes()).map(|class| right(&format!("{:.2}", confusion.f1(class))));
        let counts = [
            Cell::new(plain(name)),
            right(&confusion.total().to_string()),
            right(&format!("{:.2}", figure.macro_f1())).add_attribute(Attribute::Bold),
            Cell::new(range(figure.interval)),
            right(&format!("{:.2}", confusion.majority_baseline().macro_f1(averaged.clone()))),
        ];
        table.add_row(counts.into_iter().chain(f1));
    }
    table.to_string()
}

/// The ends of an interval.
fn range((low, high): (f64, f64)) -> String {
    format!("{low:.2}–{high:.2}")
}

/// A value with the ends of its interval, in few characters: `.81 .77–.85`.
fn short(value: f64, (low, high): (f64, f64)) -> Cell {
    let cut = |number: f64| format!("{number:.2}").trim_start_matches('0').to_owned();
    Cell::new(format!("{} {}–{}", cut(value), cut(low), cut(high)))
}

/// Errors of probabilities: what was held out, before and after calibration.
pub fn reliability(rows: &[Summary], style: Style) -> String {
    let mut table = style.table(&["held out", "calibration error", "95 %", "before", "Brier score", "95 %", "before"]);
    for Summary { grouping, reliability: [before, after], .. } in rows {
        let of = |(value, interval): (f64, (f64, f64)), before: f64| {
            [right(&format!("{value:.3}")), Cell::new(range(interval)), right(&format!("{before:.3}"))]
        };
        table.add_row([Cell::new(grouping)].into_iter().chain(of(after.ece, before.ece.0)).chain(of(after.brier, before.brier.0)));
    }
    table.to_string()
}

/// How many are answered at a risk, and how many of the answers are wrong.
pub fn coverage(rows: &[Summary], style: Style) -> String {
    let mut table = style.table(&["held out", "--max-error", "answered", "wrong answers", "95 %"]);
    for (name, row) in rows.iter().flat_map(|summary| summary.coverage.iter().map(|row| (&summary.grouping, row))) {
        let Coverage { output, risk, answered, wrong, interval } = row;
        let wrong = if *answered > 0.0 { [right(&percent(*wrong)), Cell::new(range(*interval))] } else { ["", ""].map(Cell::new) };
        let cells = [Cell::new(format!("{name}, {}", plain(output))), right(&format!("{risk:.2}")), right(&percent(*answered))];
        table.add_row(cells.into_iter().chain(wrong));
    }
    table.to_string()
}

/// In how many contrast families every member is right.
pub fn contrast(rows: &[Summary], style: Style) -> String {
    let mut table = style.table(&["held out", "toward", "families", "all right", "95 %"]);
    for (name, row) in rows.iter().flat_map(|summary| summary.contrast.iter().map(|row| (&summary.grouping, row))) {
        let Contrast { name: output, families, right: share, interval } = row;
        let cells = [Cell::new(name), Cell::new(plain(output)), right(&families.to_string()), right(&percent(*share))];
        table.add_row(cells.into_iter().chain([Cell::new(range(*interval))]));
    }
    table.to_string()
}

fn percent(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}

/// What blocks are worth on held-out groups: name, what came of it, and what came of it elsewhere.
pub fn ablation(rows: &[Ablated], style: Style) -> String {
    let header = rows.first().map_or_else(Vec::new, |(_, summaries, _)| {
        let figures = summaries.iter().flat_map(|summary| summary.figures.iter().map(|figure| figure.name.clone()));
        let families = summaries.iter().filter(|summary| !summary.contrast.is_empty()).map(|summary| format!("fam. {}", summary.grouping));
        figures.chain(families).collect()
    });
    let header: Vec<&str> = std::iter::once("blocks").chain(header.iter().map(String::as_str)).collect();
    let mut table = style.table(&header);
    for (name, summaries, _) in rows {
        let figures = summaries.iter().flat_map(|summary| &summary.figures);
        let figures = figures.map(|figure| short(figure.macro_f1(), figure.interval));
        let families = summaries.iter().filter_map(|summary| summary.contrast.last());
        let families = families.map(|contrast| short(contrast.right, contrast.interval));
        table.add_row([Cell::new(name)].into_iter().chain(figures).chain(families));
    }
    table.to_string()
}

/// A variant of blocks: its name, what came of it on held-out groups, and in other files.
pub type Ablated = (String, Vec<Summary>, Vec<(String, OneVsRest)>);

/// What blocks are worth elsewhere.
pub fn ablation_elsewhere(rows: &[Ablated], style: Style) -> String {
    let columns = rows.first().map_or_else(Vec::new, |(_, _, sides)| {
        let short = |file: &str| plain(file).rsplit('-').next().unwrap_or_default().to_owned();
        sides.iter().map(|(file, side)| format!("{}: {} {} ({})", short(file), side.stance, side.camp, side.labelled)).collect()
    });
    let header: Vec<&str> = std::iter::once("blocks").chain(columns.iter().map(String::as_str)).collect();
    let mut table = style.table(&header);
    for (name, _, sides) in rows {
        let sides = sides.iter().map(|(_, side)| Cell::new(format!("{:.2} {:.2}", side.macro_f1, side.auc)));
        table.add_row([Cell::new(name)].into_iter().chain(sides));
    }
    table.to_string()
}

/// Articles with what they were and are called: id, output, and three classes.
pub fn answers(header: [&str; 5], rows: &[[String; 5]], style: Style) -> String {
    let mut table = style.table(&header);
    for [id, output, rest @ ..] in rows {
        let class = |class: &String| match Stance::from_word(class) {
            Some(stance) => Cell::new(stance).fg(colour(stance)),
            None => Cell::new(plain(class)),
        };
        table.add_row([Cell::new(name(id)), Cell::new(plain(output))].into_iter().chain(rest.iter().map(class)));
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

/// For each head and class, the terms with the largest weights.
pub fn terms(rows: &[(String, String, Vec<String>)], style: Style) -> String {
    let mut table = style.table(&["head", "class", "features that weigh most for it"]);
    for (head, class, terms) in rows {
        let terms: Vec<String> = terms.iter().map(|term| isolated(term)).collect();
        let class = Stance::from_word(class).map_or_else(|| Cell::new(plain(class)), |stance| Cell::new(stance).fg(colour(stance)));
        table.add_row([Cell::new(plain(head)), class, Cell::new(terms.join(", "))]);
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
pub(super) fn name(id: &str) -> String {
    let id: Vec<char> = plain(id).chars().collect();
    match id.len().checked_sub(NAME_WIDTH) {
        None | Some(0) => id.into_iter().collect(),
        Some(more) => std::iter::once('…').chain(id.into_iter().skip(more + 1)).collect(),
    }
}

pub(crate) fn right(text: &str) -> Cell {
    Cell::new(text).set_alignment(CellAlignment::Right)
}

pub(super) fn signed(number: f64) -> String {
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
