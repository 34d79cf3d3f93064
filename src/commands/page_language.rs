//! The language of the pages that commands write.

use anyhow::bail;
use clap::ValueEnum;

use crate::output::words::Language;

/// Languages of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PageLanguage {
    /// English
    En,
    /// Arabic
    Ar,
}

impl PageLanguage {
    /// The language that was asked for; English, if none was.
    ///
    /// # Errors
    /// If one was asked for what is no page.
    pub fn of_page(asked: Option<Self>, is_page: bool) -> anyhow::Result<Language> {
        if asked.is_some() && !is_page {
            bail!(
                "--lang is the language of a page: name a file that ends in .html with --output, \
                 or say --format html"
            );
        }
        Ok(match asked {
            Some(Self::Ar) => Language::Arabic,
            Some(Self::En) | None => Language::English,
        })
    }
}
