//! Kinds that begin with lines of `Name: value`: messages, saved pages, crawls.

/// Names of header lines of a message, in lower case.
const HEADERS: [&str; 17] = [
    "from",
    "to",
    "cc",
    "date",
    "subject",
    "message-id",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "received",
    "return-path",
    "delivered-to",
    "reply-to",
    "sender",
    "in-reply-to",
    "snapshot-content-location",
    "content-location",
];

const WEEKDAYS: [&[u8]; 7] = [b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun"];
const MONTHS: [&[u8]; 12] = [
    b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec",
];

/// Whether a line begins a message for certain, also where no empty line stands before it:
/// `From sender Thu Jan  1 00:00:00 1970`.
pub(in crate::intake) fn is_separator(line: &[u8]) -> bool {
    let line = &line[..line.len().min(MAX_SEPARATOR)];
    let words = line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let words: Vec<&[u8]> = words.collect();
    let has_day =
        words.windows(2).any(|two| WEEKDAYS.contains(&two[0]) && MONTHS.contains(&two[1]));
    let is_time = |word: &&[u8]| word.split(|byte| *byte == b':').count() == 3;
    has_day && words.iter().any(is_time)
}

/// Most bytes of a line that are looked at.
const MAX_SEPARATOR: usize = 512;

/// Whether it is a crawl in the WARC format.
pub(super) fn is_warc(start: &str) -> bool {
    start.starts_with("WARC/1.") || start.starts_with("WARC/0.")
}

/// Whether it is a message or several in the mbox format.
pub(super) fn is_mail(start: &str) -> bool {
    let mut lines = start.lines();
    if start.starts_with("From ") {
        let first = lines.next().unwrap_or("");
        return is_separator(first.as_bytes())
            || first.matches(':').count() >= 2 && headers(lines).0 >= 2;
    }
    let (known, names) = headers(lines);
    let has = |name: &str| names.contains(&name);
    (known >= 3 && (has("mime-version") || has("message-id") || has("received")))
        || (has("mime-version") && has("content-type"))
}

/// How many lines of the block of headers have known names, and which these are.
fn headers<'a>(lines: impl Iterator<Item = &'a str>) -> (usize, Vec<&'static str>) {
    let (mut known, mut names) = (0, Vec::new());
    for line in lines {
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { break };
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if name.is_empty() || !name.chars().all(is_name) {
            break;
        }
        if let Some(found) = HEADERS.iter().find(|header| header.eq_ignore_ascii_case(name)) {
            known += 1;
            names.push(*found);
        }
    }
    (known, names)
}
