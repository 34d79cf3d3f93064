//! What the page is made of besides its markup: its own script and style, inside the program.

/// The script of the page.
pub const SCRIPT: &str = include_str!("label.js");

/// Its style.
pub const STYLE: &str = include_str!("label.css");

/// The codebook, where a set has none of its own.
pub const CODEBOOK: &str = include_str!("../../labeled/CODEBOOK.md");

/// The camps of a new set.
pub const CAMPS: &str = include_str!("../../labeled/camps.toml");
