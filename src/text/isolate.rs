//! Safe display of foreign text in a left-to-right terminal.

use crate::text::script::is_directional;

/// Removes control characters and directional marks from a text, so that it is safe to print.
pub fn plain(text: &str) -> String {
    text.chars().filter(|&c| !c.is_control() && !is_directional(c)).collect()
}

/// As [`plain`], but keeps line feeds and tabs: for a page or a file.
pub fn visible(text: &str) -> String {
    text.chars()
        .filter(|&c| matches!(c, '\n' | '\t') || (!c.is_control() && !is_directional(c)))
        .collect()
}

/// [`plain`] text between FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE, so that its direction
/// does not affect the text around it (Unicode Standard Annex #9, section 2.4).
pub fn isolated(text: &str) -> String {
    format!("\u{2068}{}\u{2069}", plain(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_steers_a_terminal_gets_through() {
        assert_eq!(plain("a\u{1b}[31mb\u{202E}c\u{9b}d\te\n"), "a[31mbcde");
        assert_eq!(isolated("حفتر\u{2069}"), "\u{2068}حفتر\u{2069}");
    }
}
