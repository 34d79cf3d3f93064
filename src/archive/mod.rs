//! Many scored articles: what is told of them together.

pub mod drift;
