//! Safe display of foreign text in a left-to-right terminal.

use crate::text::script::is_directional;

/// Whether a character ends a line or a paragraph for some viewers and is drawn as nothing by
/// others: what follows it could pass for a line of its own.
pub fn is_separator(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

/// Removes control characters and directional marks from a text, so that it is safe to print.
/// Separators of lines and paragraphs become spaces, as words stand on either side of them.
pub fn plain(text: &str) -> String {
    text.chars()
        .filter(|&c| !c.is_control() && !is_directional(c))
        .map(|c| if is_separator(c) { ' ' } else { c })
        .collect()
}

/// As [`plain`], but keeps line feeds and tabs: for a page or a file.
pub fn visible(text: &str) -> String {
    text.chars()
        .filter(|&c| matches!(c, '\n' | '\t') || (!c.is_control() && !is_directional(c)))
        .map(|c| if is_separator(c) { ' ' } else { c })
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
        assert_eq!(plain("a\u{2028}b\u{2029}c\u{85}d"), "a b cd");
        assert_eq!(visible("a\u{2028}b\nc\u{2029}d"), "a b\nc d");
        assert_eq!(isolated("حفتر\u{2069}"), "\u{2068}حفتر\u{2069}");
    }
}
