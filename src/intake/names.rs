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

/// The folder that a file stands in, by its path; `None` without one, and of a web address.
pub(crate) fn folder(path: &str) -> Option<&str> {
    if path.contains("://") {
        return None;
    }
    let mut parts = path.rsplit(['/', '\\']);
    parts.next();
    parts.find(|part| !part.is_empty() && *part != ".").filter(|part| *part != "..")
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
    fn the_folder_of_a_file_is_the_part_before_its_name() {
        for (path, found) in [
            ("saved/sawt.example/3.html", Some("sawt.example")),
            ("saved.zip/sawt/3.html", Some("sawt")),
            ("C:\\saved\\sawt\\3.html", Some("sawt")),
            ("./sawt/./3.html", Some("sawt")),
            ("3.html", None),
            ("./3.html", None),
            ("../3.html", None),
            ("https://a.example/news/3.html", None),
        ] {
            assert_eq!(folder(path), found, "{path}");
        }
    }

    #[test]
    fn names_stay_as_they_are_or_become_distinct() {
        assert_eq!(shown("خبر 1%.txt".as_bytes()), "خبر 1%.txt");
        assert_eq!(shown(b"a\nb.txt"), "a%0Ab.txt");
        assert_eq!(shown(b"\xCE\xC8.txt"), "%CE%C8.txt");
        assert_ne!(shown(b"\xCE.txt"), shown(b"\xCF.txt"));
    }
}
