//! Where values of JSON end, byte by byte.

/// How deep in objects and lists a place is, and whether in a string.
#[derive(Debug, Default)]
pub(super) struct Scan {
    depth: usize,
    in_string: bool,
    escaped: bool,
    /// Whether a string was cut off by the end of its line, and nothing stood after that yet.
    is_cut: bool,
}

impl Scan {
    /// Whether the place is in a string.
    pub(super) fn is_in_string(&self) -> bool {
        self.in_string
    }

    /// The place after the byte that closes the first object; `None` if that is not among `bytes`.
    /// An object with a string that is not closed in its line ends where the next one begins.
    pub(super) fn end(&mut self, bytes: &[u8]) -> Option<usize> {
        for (at, &byte) in bytes.iter().enumerate() {
            if self.is_cut && !byte.is_ascii_whitespace() && byte != b',' {
                self.is_cut = false;
                if self.depth == 1 && matches!(byte, b'{' | b']') {
                    return Some(at);
                }
            }
            if self.step(byte) {
                return Some(at + 1);
            }
        }
        None
    }

    /// Whether `bytes` end inside an object or list, but in no string.
    pub(super) fn is_open_after(bytes: &[u8]) -> bool {
        let mut scan = Self::default();
        for &byte in bytes.trim_ascii_end() {
            scan.step(byte);
        }
        scan.depth > 0 && !scan.in_string
    }

    /// Whether `bytes` begin an object that they do not end.
    pub(super) fn is_open_within(bytes: &[u8]) -> bool {
        bytes.trim_ascii_start().starts_with(b"{") && Self::default().end(bytes).is_none()
    }

    /// Whether an object ends in `bytes` and another one begins behind it.
    pub(super) fn has_several(bytes: &[u8]) -> bool {
        let Some(end) = Self::default().end(bytes) else { return false };
        let rest = bytes[end..].trim_ascii_start();
        rest.strip_prefix(b",").unwrap_or(rest).trim_ascii_start().starts_with(b"{")
    }

    /// Goes one byte on; whether that closes all that is open.
    pub(super) fn step(&mut self, byte: u8) -> bool {
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_string = false,
                // No string goes over a line: one that is never closed costs its record only.
                b'\n' => (self.in_string, self.is_cut) = (false, true),
                _ => {}
            }
            return false;
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                return self.depth == 0;
            }
            _ => {}
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_ends_with_its_brace_or_where_the_next_begins() {
        for (text, end) in [
            (r#"{"a": {"b": "}\""}} x"#, Some(19)),
            ("{\"a\": \"b},\n{\"a\": 1}", Some(11)),
            ("{\"a\": \"b}\n]", Some(10)),
            ("{\"a\": \"b", None),
        ] {
            assert_eq!(Scan::default().end(text.as_bytes()), end, "{text}");
        }
        for (line, several) in [("{} {}", true), ("{},{", true), ("{}}", false), ("{}, 5", false)] {
            assert_eq!(Scan::has_several(line.as_bytes()), several, "{line}");
        }
        assert!(Scan::is_open_after(b"{\n") && !Scan::is_open_after(b"{\"a\": \"b\n"));
    }
}
