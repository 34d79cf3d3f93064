//! Compilation of the patterns, in verbose mode and with limits on memory.

use regex::{Regex, RegexBuilder};

/// Most bytes of a compiled pattern, and of the states that a search caches.
pub(super) const MAX_MEMORY: usize = 64 << 20;

/// Compiles a pattern.
pub(super) fn compiled(pattern: &str) -> Regex {
    let regex = RegexBuilder::new(pattern)
        .ignore_whitespace(true)
        .size_limit(MAX_MEMORY)
        .dfa_size_limit(MAX_MEMORY)
        .build();
    regex.expect("the tests compile every rule")
}
