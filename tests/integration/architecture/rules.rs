//! The rules, each a function of one source file.

use std::fmt;

use super::source::Source;

/// The rooms of the library in their order: each imports only from those before it.
pub const ROOMS: [&str; 18] = [
    "guide",
    "article",
    "camp",
    "text",
    "intake",
    "features",
    "model",
    "scoring",
    "record",
    "labels",
    "engine",
    "training",
    "evaluation",
    "outlets",
    "output",
    "labelling",
    "commands",
    "python",
];

/// Crates that stay in some rooms. A name that ends in `_` stands for all crates that begin so.
const CRATE_HOMES: [(&str, &[&str]); 37] = [
    ("anyhow", &["commands"]),
    ("argmin", &["training"]),
    ("argmin_", &["training"]),
    ("arrow_", &["intake", "record", "python"]),
    ("axum", &["labelling", "commands"]),
    ("clap", &["commands"]),
    ("clap_", &["commands"]),
    ("comfy_table", &["output", "commands"]),
    ("ctrlc", &["commands"]),
    ("dom_query", &["intake"]),
    ("dom_smoothie", &["intake"]),
    ("encoding_rs", &["intake"]),
    ("etcetera", &["commands", "python"]),
    ("futures_util", &["labelling"]),
    ("getrandom", &["commands"]),
    ("html5ever", &["intake"]),
    ("httparse", &["intake"]),
    ("hyper", &["commands"]),
    ("hyper_util", &["commands"]),
    ("include_dir", &["commands"]),
    ("indicatif", &["commands"]),
    ("infer", &["intake"]),
    ("jiff", &["article", "camp", "text", "intake", "features", "labels", "commands"]),
    ("linfa", &["training"]),
    ("linfa_", &["training"]),
    ("mail_parser", &["intake"]),
    ("maud", &["output", "labelling", "commands"]),
    ("ndarray", &["training"]),
    ("numpy", &["python"]),
    ("pulldown_cmark", &["labelling"]),
    ("pyo3", &["python"]),
    ("rust_stemmers", &["text"]),
    ("safetensors", &["model"]),
    ("statrs", &["evaluation", "outlets"]),
    ("tar", &["intake"]),
    ("tokio", &["labelling", "commands"]),
    ("walkdir", &["commands"]),
];

const MAX_FILE_LINES: usize = 300;
const MAX_LINE_COLUMNS: usize = 100;

/// A broken rule: where, what, and the cure.
pub struct Violation {
    pub file: String,
    pub line: usize,
    pub fault: String,
    pub cure: &'static str,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "src/{}:{}: {}; {}", self.file, self.line, self.fault, self.cure)
    }
}

fn violation(source: &Source, line: usize, fault: String, cure: &'static str) -> Violation {
    Violation { file: source.name.clone(), line, fault, cure }
}

fn place(room: &str) -> Option<usize> {
    ROOMS.iter().position(|other| *other == room)
}

/// Each room imports only from itself and the rooms before it, and not through the facade.
pub fn room_order(source: &Source) -> Vec<Violation> {
    let room = source.room();
    if source.test_only || ["lib", "main", "internals"].contains(&room) {
        return Vec::new();
    }
    let Some(own) = place(room) else {
        return vec![violation(
            source,
            1,
            format!("{room} is not a known room"),
            "add it to ROOMS in tests/integration/architecture/rules.rs",
        )];
    };
    source
        .crate_paths()
        .filter_map(|path| {
            let named = path.segments.first()?;
            let (fault, cure) = match place(named) {
                Some(place) if place <= own => return None,
                Some(_) => (
                    format!("{room} uses {}, a room after it", path.segments.join("::")),
                    "move the item to a room that both may import, or pass it as a value",
                ),
                None => (
                    format!("{room} uses crate::{named}, which is not a room"),
                    "import the item from its room, not through the facade in lib.rs",
                ),
            };
            Some(violation(source, path.line, fault, cure))
        })
        .collect()
}

/// Some crates are named in their rooms only.
pub fn crate_homes(source: &Source) -> Vec<Violation> {
    if source.test_only {
        return Vec::new();
    }
    let stays = |name: &str, found: &str| match name.strip_suffix('_') {
        Some(_) => found.starts_with(name),
        None => found == name,
    };
    let paths = source.paths.iter().filter(|path| !path.in_crate);
    paths
        .filter_map(|path| {
            let found = &path.segments[0];
            let (_, homes) = CRATE_HOMES.iter().find(|(name, _)| stays(name, found))?;
            (!homes.contains(&source.room())).then(|| {
                let fault = format!("{found} is named; it stays in {}", homes.join(", "));
                violation(source, path.line, fault, "wrap what is needed in a type of that room")
            })
        })
        .collect()
}

/// Only commands print and read the command line; only they, and what Python calls, open paths.
pub fn no_printing_or_opening(source: &Source) -> Vec<Violation> {
    if source.test_only || ["commands", "python"].contains(&source.room()) {
        return Vec::new();
    }
    let prints = source.pairs.iter().filter(|(_, name, next)| {
        next == "!" && ["print", "println", "eprint", "eprintln", "dbg"].contains(&name.as_str())
    });
    let prints = prints.map(|(line, name, _)| {
        violation(
            source,
            *line,
            format!("{name}! prints"),
            "return the text, or write it to a writer that commands pass",
        )
    });
    let opens = source.paths.iter().filter(|path| {
        let segments: Vec<&str> = path.segments.iter().map(String::as_str).collect();
        !path.in_crate
            // `File` as a type opens nothing: the engine reads and writes files that commands open.
            && !matches!(segments[..], ["std", "fs", "File"])
            && matches!(
                segments[..],
                ["std", "fs" | "env" | "process" | "net", ..]
                    | ["fs" | "tempfile", ..]
                    | ["std", "io", "stdin" | "stdout" | "stderr", ..]
                    | ["io", "stdin" | "stdout" | "stderr", ..]
                    | [.., "File" | "OpenOptions", "open" | "create" | "create_new" | "new"]
            )
    });
    let opens = opens.map(|path| {
        violation(
            source,
            path.line,
            format!("{} opens something outside", path.segments.join("::")),
            "take a reader, a writer or a value; commands open it",
        )
    });
    // The program ends by an exit code; `main.rs` names nothing else of the process.
    prints.chain(opens.filter(|_| source.room() != "main")).collect()
}

/// A file is read in one sitting.
pub fn file_length(source: &Source) -> Vec<Violation> {
    let lines = source.text.lines().count();
    if lines <= MAX_FILE_LINES {
        return Vec::new();
    }
    let fault = format!("{lines} lines, {MAX_FILE_LINES} are allowed");
    vec![violation(source, lines, fault, "split it by nouns, or move its tests to tests.rs")]
}

/// Lines fit a window, but for Arabic text, which is data.
pub fn line_width(source: &Source) -> Vec<Violation> {
    let is_data =
        |line: usize| source.arabic.iter().any(|(first, last)| (*first..=*last).contains(&line));
    let lines = source.text.lines().zip(1..).filter(|(_, line)| !is_data(*line));
    lines
        .filter_map(|(text, line)| {
            let columns = text.chars().count();
            (columns > MAX_LINE_COLUMNS).then(|| {
                let fault = format!("{columns} columns, {MAX_LINE_COLUMNS} are allowed");
                violation(source, line, fault, "break the line; strings continue after a \\")
            })
        })
        .collect()
}

/// Constructors are `new`, `from_*` or `with_*`; limits are `MAX_*` or `MIN_*`.
pub fn names(source: &Source) -> Vec<Violation> {
    if source.test_only {
        return Vec::new();
    }
    let limit = |name: &str| {
        ["MOST_", "FEWEST_", "LONGEST_", "SHORTEST_", "LEAST_"]
            .iter()
            .any(|start| name.starts_with(start))
    };
    source
        .pairs
        .iter()
        .filter_map(|(line, first, second)| {
            let (fault, cure) = match first.as_str() {
                "fn" if second == "of" => {
                    ("fn of".to_owned(), "name a constructor new, from_* or with_*")
                }
                "const" | "static" if limit(second) => {
                    (format!("{first} {second}"), "name a limit MAX_* or MIN_* with a noun")
                }
                _ => return None,
            };
            Some(violation(source, *line, fault, cure))
        })
        .collect()
}
