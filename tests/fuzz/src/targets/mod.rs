//! What is fuzzed. A target takes any bytes; it panics where the program would, and where what it
//! promises does not hold.
//!
//! The fuzzer calls these, and so do the bounded loops of `cargo test`
//! (`tests/integration/library/mutations.rs`).

mod collections;
mod files;
mod intake;
mod outlets;
mod packing;
mod reading;
mod server;

/// A target.
pub type Target = fn(&[u8]);

/// The targets by name. The seeds of each stand in `corpus/<name>/`.
pub const TARGETS: [(&str, Target); 22] = [
    ("text", intake::text),
    ("decoding", intake::decoding),
    ("dates", intake::dates),
    ("page", intake::page),
    ("tables", intake::tables),
    ("json", intake::json),
    ("packed", collections::packed),
    ("zip", collections::zip),
    ("tar", collections::tar),
    ("warc", collections::warc),
    ("mail", collections::mail),
    ("feed", collections::feed),
    ("office", collections::office),
    ("reading", reading::reading),
    ("boilerplate", reading::boilerplate),
    ("features", reading::features),
    ("model", files::model),
    ("labels", files::labels),
    ("camps", files::camps),
    ("scored", outlets::scored),
    ("sums", outlets::sums),
    ("server", server::requests),
];

/// What parts the members of an archive, the files of a set, the requests to a server.
const SEPARATOR: &[u8] = b"\n====\n";

/// The parts of an input that stands for several.
fn parts(mut data: &[u8]) -> Vec<&[u8]> {
    let mut parts = Vec::new();
    while let Some(end) = data.windows(SEPARATOR.len()).position(|window| window == SEPARATOR) {
        parts.push(&data[..end]);
        data = &data[end + SEPARATOR.len()..];
    }
    parts.push(data);
    parts
}

/// The first byte, which chooses, and the rest.
fn choice(data: &[u8]) -> (usize, &[u8]) {
    data.split_first().map_or((0, data), |(first, rest)| (usize::from(*first), rest))
}
