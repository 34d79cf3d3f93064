//! All integration tests in one binary: one program to link, one `cargo test --test integration`.

mod architecture;
mod commands;
mod common;
mod library;
