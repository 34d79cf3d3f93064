//! Settings of the intake.

use encoding_rs::Encoding;

use super::date::DateOrder;
use super::encoding::{UnknownEncoding, from_label};
use super::{Fields, Format};

/// How input is read: format, encoding, and the fields of records.
///
/// The default detects the format and the encoding, replaces invalid bytes with U+FFFD, and guesses
/// the fields of records by their usual names.
///
/// ```
/// use mizan::IntakeOptions;
/// use mizan::parts::{Fields, Format};
///
/// let fields = Fields::new().with_text("story").with_kept(["author"]);
/// let options = IntakeOptions::new()
///     .with_format(Format::Csv)
///     .with_encoding("windows-1256")?
///     .with_fields(fields);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct IntakeOptions {
    /// The format; `None` takes it from the file's name, else from its first bytes.
    pub format: Option<Format>,
    /// The encoding; `None` detects it.
    pub encoding: Option<&'static Encoding>,
    /// Whether invalid bytes are an error instead of being replaced.
    pub strict: bool,
    /// The fields or columns that hold the parts of an article.
    pub fields: Fields,
    /// How dates such as 6/4/2019 are read; `None` leaves them unread.
    pub date_order: Option<DateOrder>,
    /// Whether an article that names no outlet has that of the folder that its file stands in.
    pub outlet_from_folder: bool,
    /// The sheet of a workbook; `None` takes the first with a column of texts.
    pub sheet: Option<String>,
}

impl IntakeOptions {
    /// The default settings.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the format.
    #[must_use]
    pub fn with_format(self, format: Format) -> Self {
        Self { format: Some(format), ..self }
    }

    /// Sets the encoding by one of its labels, such as `utf-8` or `windows-1256`
    /// (<https://encoding.spec.whatwg.org/#names-and-labels>).
    ///
    /// # Errors
    /// If no encoding has this label.
    pub fn with_encoding(self, label: &str) -> Result<Self, UnknownEncoding> {
        Ok(Self { encoding: Some(from_label(label)?), ..self })
    }

    /// Sets whether invalid bytes are an error ([`IntakeError::BadBytes`]) instead of being
    /// replaced.
    ///
    /// [`IntakeError::BadBytes`]: super::IntakeError::BadBytes
    #[must_use]
    pub fn with_strict(self, strict: bool) -> Self {
        Self { strict, ..self }
    }

    /// Sets the fields of records.
    #[must_use]
    pub fn with_fields(self, fields: Fields) -> Self {
        Self { fields, ..self }
    }

    /// Sets how dates such as 6/4/2019 are read.
    #[must_use]
    pub fn with_date_order(self, order: DateOrder) -> Self {
        Self { date_order: Some(order), ..self }
    }

    /// Sets whether the folder that a file stands in is the outlet of articles that name none.
    #[must_use]
    pub fn with_outlet_from_folder(self, outlet_from_folder: bool) -> Self {
        Self { outlet_from_folder, ..self }
    }

    /// Names the sheet of workbooks.
    #[must_use]
    pub fn with_sheet(self, name: impl Into<String>) -> Self {
        Self { sheet: Some(name.into()), ..self }
    }
}
