//! Words from files in a message: quoted so that they can be copied and searched.

/// A text in quotation marks: itself, and not with the escapes of a program, which take Arabic
/// apart at every mark. Only what nobody could see, or what would steer the terminal, is escaped.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    let mut pair = String::new();
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            // Names of files and patterns have them; they are meant as they are.
            '\\' | '\'' => quoted.push(c),
            _ => {
                // A mark is only escaped where no letter bears it.
                pair.clear();
                pair.extend(['a', c]);
                quoted.extend(pair.escape_debug().skip(1));
            }
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn arabic_stays_as_it_is_written_and_what_steers_a_terminal_is_shown() {
        for (text, shown) in [
            ("يرحّل الشّعب", "\"يرحّل الشّعب\""),
            ("a \"b\" 'c' d\\e", "\"a \\\"b\\\" 'c' d\\e\""),
            ("a\u{1b}[31m\u{202e}\nb", "\"a\\u{1b}[31m\\u{202e}\\nb\""),
            ("مع\u{200f}", "\"مع\\u{200f}\""),
        ] {
            assert_eq!(quoted(text), shown);
        }
    }
}
