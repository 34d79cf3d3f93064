//! Labelling in the browser: a labelled set in, its labels and rationales out, answer by answer.
//!
//! A [`Session`] is one annotator at one set. It reads and writes through a [`SetStore`], which
//! commands open; [`web::router`] serves it. No answer is confirmed before it is on the disk, and
//! what others write meanwhile is read before anything is written ([`session`]).

pub mod answer;
pub mod assets;
pub mod choice;
pub mod csv_file;
pub mod entries;
pub mod events;
pub mod exchange;
pub mod guard;
pub mod journal;
pub mod lexicon;
pub mod page;
pub mod progress;
pub mod session;
pub mod store;
pub mod taking_in;
pub mod training;
pub mod view;
pub mod web;
pub mod words;
mod writing;

pub use session::Session;
pub use store::SetStore;
