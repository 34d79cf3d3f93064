//! Properties of the terminal, and messages and progress on it.

use std::env;
use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::{exit_code, hint};
use crate::engine::Diagnostic;
use crate::intake::UnreadableArticle;
use crate::output::table::Style;
use crate::text::isolate::{plain, visible};
use indicatif::{ProgressBar, ProgressStyle};

/// Width of a table that goes to no terminal.
pub const WIDTH: u16 = 120;

/// How tables on standard output are drawn: in colour only on a terminal, and not where
/// `NO_COLOR` is set (<https://no-color.org>).
pub fn table_style() -> Style {
    let terminal = io::stdout().is_terminal();
    let columns = comfy_table::Table::new().width().filter(|_| terminal);
    let colour = terminal && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    Style { width: columns.unwrap_or(WIDTH), colour }
}

/// Prints a line on standard error, the only way to do so. Nothing depends on it: where standard
/// error is closed or full, the line is lost, and the work goes on. It is one write, so that lines
/// of several programs do not mix.
fn print(line: &str) {
    let _ = io::stderr().lock().write_all(format!("{line}\n").as_bytes());
}

/// Most lines of a message, and most characters of each, which are its first and last ones: the
/// reason stands behind a value. A list of twenty paths is shorter.
const MAX_LINES: usize = 1_000;
const MAX_CHARS: usize = 8_000;

/// Most messages on single articles: a dump of another kind has a million lines that are none.
const MAX_TOLD: usize = 1_000;

/// How many there were.
static N_TOLD: AtomicUsize = AtomicUsize::new(0);

/// Tells something on standard error. What steers a terminal is taken out, and lines after the
/// first are indented, so that foreign text in a message passes for no message of its own. What is
/// too long of it is cut.
pub fn tell(message: &str) {
    print(&format!("mizan: {}", visible(&cut(message)).replace('\n', "\n  ")));
}

/// The first lines of a message, and of each its beginning and end.
fn cut(message: &str) -> String {
    let mut lines: Vec<&str> = message.split('\n').take(MAX_LINES).collect();
    if message.split('\n').nth(MAX_LINES).is_some() {
        lines.push("…");
    }
    let shown = lines.iter().map(|line| {
        if line.char_indices().nth(MAX_CHARS).is_none() {
            return (*line).to_owned();
        }
        let start = line.char_indices().nth(MAX_CHARS / 2).map_or(line.len(), |(at, _)| at);
        let end = line.char_indices().rev().nth(MAX_CHARS / 2).map_or(0, |(at, _)| at);
        format!("{}…{}", &line[..start], &line[end..])
    });
    shown.collect::<Vec<_>>().join("\n")
}

/// Prints a table of our own on standard error, with its colours.
pub fn tell_table(table: &str) {
    print(table);
}

/// Tells what was written where.
pub fn tell_written(message: &str) {
    print(&plain(message));
}

/// Prints on standard error what the engine reports.
pub fn report(diagnostic: &Diagnostic) {
    match diagnostic {
        Diagnostic::ArticleFailed { .. }
        | Diagnostic::BytesReplaced { .. }
        | Diagnostic::Mended { .. } => return tell_limited(&diagnostic.to_string()),
        Diagnostic::SourceBrokenOff { .. } => exit_code::note_broken_off(),
        _ => {}
    }
    tell(&plain(&diagnostic.to_string()));
}

/// Prints on standard error what is wrong with one article of many, as long as few have something.
pub fn complain_of_article(id: &str, message: &str) {
    tell_limited(&format!("{id}: {message}"));
}

fn tell_limited(message: &str) {
    match N_TOLD.fetch_add(1, Ordering::Relaxed) {
        // Of an id of control characters alone nothing is left to show.
        ..MAX_TOLD => tell(plain(message).trim_start_matches(": ")),
        MAX_TOLD => tell("more articles have messages; only the first 1,000 are shown"),
        _ => {}
    }
}

/// Prints on standard error why an article, or a source, is skipped.
pub fn report_unreadable(unreadable: &UnreadableArticle) {
    exit_code::note(&unreadable.error);
    complain_of_article(&unreadable.place, &hint::message(&unreadable.error));
}

/// Prints on standard error what is wrong with an article or a file.
pub fn complain(name: &str, message: &str) {
    tell(&plain(&format!("{name}: {message}")));
}

/// A progress bar on standard error; hidden where that is no terminal, or `quiet`.
pub fn progress(total: usize, what: &'static str, quiet: bool) -> ProgressBar {
    if quiet || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(total as u64).with_message(what);
    if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// A progress bar of bytes with their speed; `total` may be unknown. Hidden as [`progress`] is.
pub fn volume(total: Option<u64>, quiet: bool) -> ProgressBar {
    let bar = progress(0, "", quiet);
    let template = match total {
        Some(total) => {
            bar.set_length(total);
            "{msg} {wide_bar} {decimal_bytes}/{decimal_total_bytes} {decimal_bytes_per_sec} {eta}"
        }
        None => "{spinner} {msg} {decimal_bytes} {decimal_bytes_per_sec} {elapsed}",
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}
