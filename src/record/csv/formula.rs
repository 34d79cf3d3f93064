//! Cells of text that no spreadsheet takes for a formula.

use crate::text::isolate::plain;
use crate::text::script::is_invisible;

/// A cell of text that no spreadsheet takes for a formula, without control characters and marks
/// that change direction. A `'` is put before what begins with `= + - @`, in ASCII or full width,
/// after any white space and invisible marks; so it is after a semicolon, where the spreadsheets of
/// some countries begin a new cell (<https://owasp.org/www-community/attacks/CSV_Injection>).
/// Numbers are not text and do not come here.
pub(crate) fn harmless(cell: &str) -> String {
    guarded(&plain(cell))
}

/// The same, but with all its characters, such as the line ends of an article.
pub(crate) fn guarded(cell: &str) -> String {
    if !cell.split(';').any(is_formula) {
        return cell.to_owned();
    }
    let guard = |part| if is_formula(part) { format!("'{part}") } else { part.to_owned() };
    cell.split(';').map(guard).collect::<Vec<_>>().join(";")
}

/// The text of a cell that [`harmless`] or [`guarded`] wrote: without the `'` before formulas.
pub(crate) fn without_guard(cell: &str) -> String {
    if !cell.contains('\'') {
        return cell.to_owned();
    }
    let part = |part| match str::strip_prefix(part, "'") {
        Some(rest) if is_formula(rest) => rest,
        _ => part,
    };
    cell.split(';').map(part).collect::<Vec<_>>().join(";")
}

fn is_formula(part: &str) -> bool {
    let first = part.chars().find(|&c| !c.is_whitespace() && !is_invisible(c));
    first.is_some_and(|c| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_no_formula_however_it_begins() {
        for (cell, harmless_cell) in [
            ("=1+1", "'=1+1"),
            (" \u{a0}=1", "' \u{a0}=1"),
            ("\t=1", "'=1"),
            ("\r\n@SUM(A1)", "'@SUM(A1)"),
            ("\u{200B}\u{FEFF}+1", "'\u{200B}\u{FEFF}+1"),
            ("＝cmd()", "'＝cmd()"),
            ("－1", "'－1"),
            ("-0.5", "'-0.5"),
            ("\u{202E}=1", "'=1"),
            ("a\u{1b}[31m=1\0", "a[31m=1"),
            ("a; =1;b", "a;' =1;b"),
            ("القوات", "القوات"),
            ("", ""),
        ] {
            assert_eq!(harmless(cell), harmless_cell, "{cell:?}");
            assert_eq!(harmless(&without_guard(&harmless(cell))), harmless_cell, "{cell:?}");
        }
        assert_eq!(without_guard("a;' =1;b"), "a; =1;b");
        assert_eq!(without_guard("'quoted'"), "'quoted'");
    }
}
