//! Names of files as ids.

use std::fmt::Write;

/// A name as an id: as it is, but for bytes that are not UTF-8 and control characters, which are
/// percent-encoded, so that different names stay different.
pub fn shown(name: &[u8]) -> String {
    let mut shown = String::with_capacity(name.len());
    for chunk in name.utf8_chunks() {
        for c in chunk.valid().chars() {
            if c.is_control() {
                encode(&mut shown, c.encode_utf8(&mut [0; 4]).as_bytes());
            } else {
                shown.push(c);
            }
        }
        encode(&mut shown, chunk.invalid());
    }
    shown
}

fn encode(shown: &mut String, bytes: &[u8]) {
    for byte in bytes {
        // Writing to a string does not fail.
        let _ = write!(shown, "%{byte:02X}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_as_they_are_or_become_distinct() {
        assert_eq!(shown("خبر 1%.txt".as_bytes()), "خبر 1%.txt");
        assert_eq!(shown(b"a\nb.txt"), "a%0Ab.txt");
        assert_eq!(shown(b"\xCE\xC8.txt"), "%CE%C8.txt");
        assert_ne!(shown(b"\xCE.txt"), shown(b"\xCF.txt"));
    }
}
