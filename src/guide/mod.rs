//! The guide: what README has no room for. Each page is a file beside this one.

#[doc = include_str!("input.md")]
pub mod input {}

#[doc = include_str!("scores.md")]
pub mod scores {}

#[doc = include_str!("explanations.md")]
pub mod explanations {}

#[doc = include_str!("outlets.md")]
pub mod outlets {}

#[doc = include_str!("archives.md")]
pub mod archives {}

#[doc = include_str!("python.md")]
pub mod python {}

#[doc = include_str!("training.md")]
pub mod training {}

#[doc = include_str!("measured.md")]
pub mod measured {}

#[doc = include_str!("speed.md")]
pub mod speed {}

#[doc = include_str!("inside.md")]
pub mod inside {}
