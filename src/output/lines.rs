//! Lines of a terminal, filled with right-to-left words.

use crate::text::isolate::plain;

/// Fills lines with words, at most `width` characters each.
pub(super) struct Lines<'a> {
    line: String,
    used: usize,
    word: String,
    length: usize,
    width: usize,
    /// What stands before the next line, and before those after it.
    margins: [String; 2],
    done: &'a mut String,
}

impl<'a> Lines<'a> {
    /// Appends lines of at most `width` characters to `done`.
    pub(super) fn new(width: usize, done: &'a mut String) -> Self {
        Self::with_margins(["  ".to_owned(), "  ".to_owned()], width, done)
    }

    /// The same with a left margin: what stands before the first line, and before all others.
    pub(super) fn with_margins(margins: [String; 2], width: usize, done: &'a mut String) -> Self {
        let (line, word) = (String::new(), String::new());
        Self { line, used: 0, word, length: 0, width, margins, done }
    }

    /// Adds text with spaces and line ends, in the colour of an SGR code if that is not empty.
    pub(super) fn text(&mut self, text: &str, sgr: &str) {
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                self.end_line();
            }
            for (number, word) in line.split(char::is_whitespace).enumerate() {
                if number > 0 {
                    self.end_word();
                }
                self.word(word, sgr);
            }
        }
    }

    /// Adds a part of a word; it is cut where it is wider than a line.
    pub(super) fn word(&mut self, text: &str, sgr: &str) {
        let characters: Vec<char> = plain(text).chars().collect();
        for part in characters.chunks(self.width) {
            if self.length + part.len() > self.width {
                self.end_word();
            }
            let part_text: String = part.iter().collect();
            if sgr.is_empty() {
                self.word.push_str(&part_text);
            } else {
                self.word.extend(["\u{1b}[", sgr, "m", &part_text, "\u{1b}[0m"]);
            }
            self.length += part.len();
        }
    }

    /// Adds a sign to the word beside it.
    pub(super) fn sign(&mut self, sign: char) {
        self.word.push(sign);
        self.length += 1;
    }

    fn end_word(&mut self) {
        if self.length == 0 {
            return;
        }
        if self.used > 0 && self.used + 1 + self.length > self.width {
            self.put_line();
        }
        if self.used > 0 {
            self.line.push(' ');
            self.used += 1;
        }
        self.line.push_str(&self.word);
        self.used += self.length;
        self.word.clear();
        self.length = 0;
    }

    fn put_line(&mut self) {
        // RIGHT-TO-LEFT ISOLATE … POP DIRECTIONAL ISOLATE.
        self.done.extend([self.margins[0].as_str(), "\u{2067}", &self.line, "\u{2069}\n"]);
        let [first, others] = &mut self.margins;
        first.clone_from(others);
        self.line.clear();
        self.used = 0;
    }

    /// Ends the line; one empty line at most separates paragraphs.
    pub(super) fn end_line(&mut self) {
        self.end_word();
        if self.used > 0 {
            self.put_line();
        } else if !self.done.ends_with("\n\n") {
            self.done.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(width: usize, text: &str) -> String {
        let mut done = String::new();
        let mut lines = Lines::new(width, &mut done);
        lines.text(text, "");
        lines.end_line();
        done
    }

    #[test]
    fn lines_hold_whole_words_and_a_word_that_is_too_wide_is_cut() {
        let line = |text: &str| format!("  \u{2067}{text}\u{2069}\n");
        assert_eq!(
            filled(9, "واحد اثنان ثلاثة"),
            [line("واحد"), line("اثنان"), line("ثلاثة")].concat()
        );
        assert_eq!(filled(10, "واحد اثنان ثلاثة"), [line("واحد اثنان"), line("ثلاثة")].concat());
        assert_eq!(filled(4, "abcdefghij k"), [line("abcd"), line("efgh"), line("ij k")].concat());
        assert_eq!(
            filled(9, "فقرة\n\n\n\nفقرة"),
            [line("فقرة"), "\n".to_owned(), line("فقرة")].concat()
        );
    }
}
