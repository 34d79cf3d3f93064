//! Each room imports only from the rooms before it, and some names stay in one room.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms of the library, in the order of the way through the house.
const ROOMS: [&str; 14] = [
    "arabic",
    "camp",
    "article",
    "intake",
    "text",
    "features",
    "model",
    "verdict",
    "explanation",
    "archive",
    "labels",
    "training",
    "evaluation",
    "output",
];

/// The last room; it may import all others.
const LAST: &str = "throughput";

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Every file under `src` with its room and its text without the tests at its end.
fn rooms() -> Vec<(PathBuf, String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut rooms = Vec::new();
    for path in sources(&src) {
        let relative = path.strip_prefix(&src).unwrap().to_owned();
        let room = relative
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_str()
            .unwrap()
            .trim_end_matches(".rs")
            .to_owned();
        let text = fs::read_to_string(&path).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap().to_owned();
        rooms.push((relative, room, text));
    }
    rooms
}

fn place(room: &str) -> usize {
    ROOMS.iter().position(|&other| other == room).unwrap_or_else(|| {
        assert_eq!(room, LAST, "a room that is not on the way through the house");
        ROOMS.len()
    })
}

#[test]
fn no_room_imports_from_a_room_after_it() {
    let mut imports = 0;
    for (path, room, text) in rooms() {
        if ["main", "lib", "cli", "commands"].contains(&room.as_str()) {
            continue;
        }
        for line in text.lines().filter(|line| {
            line.trim_start().starts_with("use crate::")
                || line.trim_start().starts_with("pub use crate::")
        }) {
            let imported = line.split("crate::").nth(1).unwrap();
            let imported: String =
                imported.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            assert!(place(&imported) <= place(&room), "{}: {line}", path.display());
            imports += 1;
        }
    }
    assert!(imports > 20, "{imports}: the imports are no longer found");
}

#[test]
fn some_names_stay_in_one_room() {
    for (name, home) in [
        ("linfa", &["training"][..]),
        ("ndarray", &["training"]),
        ("clap::", &["cli", "main"]),
        ("safetensors::", &["model"]),
        ("rust_stemmers", &["text"]),
        ("maud", &["output"]),
        ("statrs", &["archive"]),
        ("jiff", &["archive"]),
    ] {
        for (path, room, text) in rooms() {
            let code: Vec<_> =
                text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            let named = code.iter().any(|line| line.contains(name));
            assert!(!named || home.contains(&room.as_str()), "{name} in {}", path.display());
        }
    }
    for (path, room, text) in rooms() {
        if !["commands", "main"].contains(&room.as_str()) {
            assert!(
                !text.contains("println!")
                    && !text.contains("fs::")
                    && !text.contains("File::open"),
                "{} prints or opens",
                path.display()
            );
        }
    }
}
