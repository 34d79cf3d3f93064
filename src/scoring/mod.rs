//! Article → verdict, and what a verdict is made of.

pub mod explanation;
mod scorer;
mod surfaces;

pub use scorer::*;
