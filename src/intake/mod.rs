//! Bytes → [`Article`](crate::article::Article)s.
//!
//! [`ArticleReader`] reads the bytes of one file: it decompresses them (gzip, zstd), detects the
//! [`Format`] and the encoding, and yields the articles one after the other. Each is cleaned of
//! what a saved page leaves around it ([`boilerplate`]) and comes with [`IntakeNotes`] that say
//! what was done; an article that cannot be read is an [`UnreadableArticle`] with an
//! [`IntakeError`].

mod article_reader;
pub mod boilerplate;
pub mod bytes;
#[cfg(feature = "archives")]
mod collections;
pub mod date;
mod eight_bit;
pub mod encoding;
mod error;
mod fields;
pub mod format;
mod header;
pub mod html;
mod intake_article;
mod kept;
pub mod kind;
mod mail_text;
mod markup;
mod mojibake;
pub mod names;
mod options;
pub(crate) mod outlet_name;
mod passed_over;
pub mod pdf_text;
mod press;
mod raw_article;
pub mod records;
mod several;
mod source_notice;
#[cfg(test)]
mod tests;
mod wrapped;

pub use article_reader::ArticleReader;
pub use error::IntakeError;
pub(crate) use error::{BREAKS_OFF, of_json};
pub use fields::{Fields, GuessedField, UnusedFields};
pub use format::Format;
pub use intake_article::{ArticleMetadata, IntakeArticle, IntakeNotes, UnreadableArticle};
pub use mojibake::Mojibake;
pub use options::IntakeOptions;
pub use passed_over::PassedOver;
pub use raw_article::RawArticle;
#[cfg(feature = "python")]
pub(crate) use raw_article::from_text;
pub use source_notice::SourceNotice;
