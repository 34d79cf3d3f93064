//! The guard sees what it is meant to see.

use super::rules::{self, Violation};
use super::source::{Source, mark_test_files};

fn lines(violations: &[Violation]) -> Vec<usize> {
    violations.iter().map(|violation| violation.line).collect()
}

fn source(name: &str, text: &str) -> Source {
    Source::new(name, text.to_owned())
}

/// A test module in the middle hides itself and nothing after it.
#[test]
fn code_after_a_test_module_is_seen() {
    let found = source(
        "model/head.rs",
        "use crate::text::Token;
#[cfg(test)]
mod tests {
    use crate::output::table;
    #[test]
    fn it() { println!(\"{}\", crate::commands::main()); }
}
fn after() { crate::scoring::score(); println!(); }
",
    );
    assert_eq!(lines(&rules::room_order(&found)), [8]);
    assert_eq!(lines(&rules::no_printing_or_opening(&found)), [8]);
}

#[test]
fn only_the_test_item_itself_is_skipped() {
    let found = source(
        "model/head.rs",
        "impl Head {
    #[cfg(test)]
    fn for_tests() -> crate::output::Table { todo!() }
    #[cfg(not(test))]
    fn real() -> crate::output::Table { todo!() }
    #[cfg(any(test, feature = \"internals\"))]
    fn shown() -> crate::output::Table { todo!() }
    #[cfg(all(test, unix))]
    fn unix() -> crate::output::Table { todo!() }
}
",
    );
    assert_eq!(lines(&rules::room_order(&found)), [5, 7]);
}

#[test]
fn paths_are_found_in_groups_types_patterns_attributes_and_macros() {
    let found = source(
        "text/token.rs",
        "use crate::{camp::Camp, model::{Head, Task}};
use super::super::scoring;
#[serde(with = \"crate::record::dates\")]
struct A(Vec<crate::labels::Row>);
fn f(x: A) -> bool { matches!(x, crate::engine::B { .. }) }
macro_rules! m { () => { $crate::outlets::go() } }
mod inner { use super::super::super::training::Fit; use super::stem; }
use super::stem::Stem;
",
    );
    assert_eq!(lines(&rules::room_order(&found)), [1, 1, 2, 3, 4, 5, 6, 7]);
}

#[test]
fn the_facade_is_not_for_rooms() {
    let found = source("scoring/scorer.rs", "use crate::Article;\nuse crate::article::Article;\n");
    assert_eq!(lines(&rules::room_order(&found)), [1]);
}

#[test]
fn test_modules_in_files_of_their_own_are_skipped() {
    let mut found = [
        source("intake/mod.rs", "#[cfg(test)]\nmod tests;\n"),
        source("intake/tests.rs", "use crate::output::Table;\n"),
        source("intake/tests/more.rs", "use crate::output::Table;\n"),
        source("intake/other.rs", "use crate::output::Table;\n"),
    ];
    mark_test_files(&mut found);
    let faults: Vec<usize> = found.iter().map(|source| rules::room_order(source).len()).collect();
    assert_eq!(faults, [0, 0, 0, 1]);
}

#[test]
fn crates_are_found_wherever_they_are_named() {
    let found = source(
        "model/head.rs",
        "use linfa_logistic::Fit;
#[derive(clap::Parser)]
struct Options { linfa: usize }
fn f(o: &Options) -> usize { o.linfa + ::ndarray::count() }
",
    );
    assert_eq!(lines(&rules::crate_homes(&found)), [1, 2, 4]);
}

#[test]
fn files_and_the_command_line_are_for_commands() {
    let text = "use std::{fs, io::{self, Read}};
fn f() { fs::read(\"x\"); io::stdout(); std::env::args(); std::fs::File::open(\"y\"); }
fn g(x: impl Read) -> io::Result<()> { debug_assert!(true); Ok(()) }
";
    let found = source("engine/source.rs", text);
    assert_eq!(lines(&rules::no_printing_or_opening(&found)), [1, 2, 2, 2, 2]);
    let found = source("commands/source.rs", text);
    assert!(rules::no_printing_or_opening(&found).is_empty());
}

#[test]
fn names_lengths_and_widths_are_checked() {
    let found = source(
        "model/head.rs",
        "const MOST_HEADS: usize = 1;\nimpl A { pub fn of(x: u8) -> Self { todo!() } }\n",
    );
    assert_eq!(lines(&rules::names(&found)), [1, 2]);
    let long = "x".repeat(120);
    let found = source(
        "model/head.rs",
        &format!("// {long}\nconst A: &str = \"{long}\";\nconst B: &str = \"نص{long}\";\n"),
    );
    assert_eq!(lines(&rules::line_width(&found)), [1, 2]);
    let found = source("model/head.rs", &"\n".repeat(301));
    assert_eq!(rules::file_length(&found).len(), 1);
}

#[test]
fn a_violation_names_file_line_fault_and_cure() {
    let found = source("text/token.rs", "\nuse crate::model::Head;\n");
    assert_eq!(
        rules::room_order(&found)[0].to_string(),
        "src/text/token.rs:2: text uses model::Head, a room after it; move the item to a room \
         that both may import, or pass it as a value"
    );
}
