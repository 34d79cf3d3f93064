//! The lines of a text, and a text of lines.

/// The lines of a text, as [`str::lines`] gives them, faster.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> + Clone {
    let last = text.strip_suffix('\n').unwrap_or(text).len();
    let ends = memchr::memchr_iter(b'\n', &text.as_bytes()[..last]);
    let mut start = 0;
    ends.chain((!text.is_empty()).then_some(last)).map(move |end| {
        let line = &text[start..end];
        start = end + 1;
        line.strip_suffix('\r').filter(|_| end < text.len()).unwrap_or(line)
    })
}

/// A text built from lines: trimmed, with at most one empty line in a row and none at the ends.
pub(super) struct Lines(String);

impl Lines {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self(String::with_capacity(bytes + 1))
    }

    pub(super) fn push(&mut self, line: &str) {
        let line = line.trim();
        if !line.is_empty() {
            self.0.push_str(line);
        } else if self.0.is_empty() || self.0.ends_with("\n\n") {
            return;
        }
        self.0.push('\n');
    }

    pub(super) fn into_text(mut self) -> String {
        self.0.truncate(self.0.trim_end().len());
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn lines_are_those_of_the_standard_library(text in "([\n\r]|[ab]|\r\n){0,12}") {
            prop_assert_eq!(lines(&text).collect::<Vec<_>>(), text.lines().collect::<Vec<_>>());
        }
    }
}
