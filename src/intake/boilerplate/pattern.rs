//! Regular expressions in verbose mode, and the memory that they may take.

use regex::{Regex, RegexBuilder};

/// Memory that a compiled pattern, or the states that it runs through, may take.
pub const MEMORY: usize = 64 << 20;

/// A pattern, compiled.
pub fn compiled(pattern: &str) -> Regex {
    let regex = RegexBuilder::new(pattern)
        .ignore_whitespace(true)
        .size_limit(MEMORY)
        .dfa_size_limit(MEMORY)
        .build();
    regex.expect("the tests compile every rule")
}

/// The same for few lines: slower, but ready a hundred times sooner.
pub fn light(pattern: &str) -> regex_lite::Regex {
    let regex =
        regex_lite::RegexBuilder::new(pattern).ignore_whitespace(true).size_limit(MEMORY).build();
    regex.expect("the tests compile every rule")
}
