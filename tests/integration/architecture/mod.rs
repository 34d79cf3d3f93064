//! The rules of the source code that the compiler does not check: which room imports which, which
//! crates stay in one room, who prints and opens files, and sizes and names.
//!
//! The rules read the parsed code ([`source`]): every path in every item, expression, type,
//! attribute and macro, but for code that is compiled for tests only. A rule that fails names file,
//! line, fault and cure.

mod rules;
mod source;
mod tests_of_rules;

use std::fs;
use std::sync::LazyLock;

use crate::common::{files_below, repository};
use rules::{ROOMS, Violation};
use source::Source;

/// Every Rust file under `src`, parsed.
static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| {
    let src = repository("src");
    let mut sources: Vec<Source> = files_below(&src)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let name = path.strip_prefix(&src).unwrap().to_str().unwrap().replace('\\', "/");
            Source::new(&name, text)
        })
        .collect();
    source::mark_test_files(&mut sources);
    sources
});

fn file(name: &str) -> &'static Source {
    SOURCES.iter().find(|source| source.name == name).unwrap()
}

#[track_caller]
fn assert_none(violations: &[Violation]) {
    let list: Vec<String> = violations.iter().map(ToString::to_string).collect();
    assert!(list.is_empty(), "{} violations:\n{}\n", list.len(), list.join("\n"));
}

#[track_caller]
fn assert_rule(rule: fn(&Source) -> Vec<Violation>) {
    assert_none(&SOURCES.iter().flat_map(rule).collect::<Vec<_>>());
}

#[test]
fn each_room_imports_only_from_rooms_before_it() {
    let imports: usize = SOURCES.iter().map(|source| source.crate_paths().count()).sum();
    assert!(imports > 200, "{imports} paths: the guard no longer finds them");
    assert_none(&SOURCES.iter().flat_map(rules::room_order).collect::<Vec<_>>());
}

#[test]
fn the_library_declares_exactly_these_rooms() {
    let mut declared = file("lib.rs").declared_modules();
    // What shows the rooms to the outside is none itself.
    declared.retain(|name| !["internals", "error", "parts"].contains(&name.as_str()));
    declared.sort();
    let mut rooms = ROOMS.map(str::to_owned).to_vec();
    rooms.sort();
    assert_eq!(declared, rooms, "declare each room in src/lib.rs and list it in ROOMS (rules.rs)");
}

#[test]
fn some_crates_stay_in_their_rooms() {
    assert_rule(rules::crate_homes);
}

#[test]
fn only_commands_print_and_open_files() {
    assert_rule(rules::no_printing_or_opening);
}

#[test]
fn main_is_thin() {
    let lines = file("main.rs").text.lines().count();
    assert!(lines <= 20, "src/main.rs has {lines} lines, 20 are allowed: move code to commands");
}

#[test]
fn no_file_is_too_long() {
    assert_rule(rules::file_length);
}

#[test]
fn no_line_is_too_wide() {
    assert_rule(rules::line_width);
}

#[test]
fn constructors_and_limits_have_standard_names() {
    assert_rule(rules::names);
}
