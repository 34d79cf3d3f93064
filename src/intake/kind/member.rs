//! Whether a file among others is an article's, by its name and first bytes.

use super::{Kind, is_arabic};
use crate::intake::Format;
use crate::intake::bytes::is_packed;

/// Endings of what pages consist of beside their text.
const PARTS: [&str; 26] = [
    "css", "js", "mjs", "map", "woff", "woff2", "ttf", "otf", "eot", "png", "jpg", "jpeg", "gif",
    "webp", "svg", "ico", "bmp", "avif", "mp3", "mp4", "webm", "m4a", "ogg", "avi", "mov", "wasm",
];

/// Names of files that are about other files.
const ABOUT: [&str; 5] = ["robots.txt", "thumbs.db", "desktop.ini", "license", "readme"];

/// Why a file among others is not read, by its name alone.
pub fn reason_by_name(name: &str) -> Option<&'static str> {
    let name = name.rsplit('/').next().unwrap_or(name).to_ascii_lowercase();
    if name.starts_with('.') {
        return Some("hidden");
    }
    if ABOUT.contains(&name.as_str()) {
        return Some("about other files");
    }
    // Crawlers keep the query in the name: `style.css?v=2`.
    let path = name.split('?').next().unwrap_or(&name);
    let is_part =
        |name: &str| name.rsplit_once('.').is_some_and(|(_, ending)| PARTS.contains(&ending));
    (is_part(path) || is_part(&name)).then_some("images, styles, scripts and the like")
}

/// Why a file among others is not read, by its name and first bytes; `None` if it is read.
pub fn reason(name: &str, start: &[u8]) -> Option<String> {
    if let Some(reason) = reason_by_name(name) {
        return Some(reason.to_owned());
    }
    // What is packed is read as what its name says: `a.jsonl.gz`.
    if is_packed(start) && Format::from_name(name).is_some() {
        return None;
    }
    let kind = Kind::from_start(start);
    match kind {
        Kind::Other(kind, cure) => Some(format!("not read: {kind}; {cure}")),
        Kind::Format(_) => None,
        _ if Format::from_name(name).is_some() => None,
        Kind::Ole => None,
        Kind::Unknown if start.is_empty() => Some("empty".to_owned()),
        Kind::Unknown if is_arabic(start) => None,
        Kind::Unknown => Some("of no known kind, without Arabic".to_owned()),
    }
}

/// What is said of a folder of which no file is read.
pub fn none_in_folder() -> String {
    let extensions: Vec<&str> =
        Format::ALL.iter().flat_map(|format| format.extensions()).copied().collect();
    let extensions = extensions.join(", ");
    format!("no file in this folder ends in {extensions} (or .gz, .zst), or looks like an article")
}
