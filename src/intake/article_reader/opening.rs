//! How a file is opened: by its first bytes, its name, and what was asked for.

use std::io::Read;
#[cfg(feature = "archives")]
use std::io::Seek;
use std::sync::Arc;

#[cfg(feature = "parquet")]
use encoding_rs::UTF_8;

use super::{ArticleReader, Records};
use crate::intake::bytes::{Transcoded, decompressed, transcoded};
#[cfg(feature = "archives")]
use crate::intake::collections::{self, Place};
use crate::intake::encoding;
use crate::intake::fields::FieldNotes;
use crate::intake::kept;
use crate::intake::kind::{self, Kind};
use crate::intake::passed_over::PassedOver;
use crate::intake::raw_article::{SourceInfo, read_file};
#[cfg(feature = "parquet")]
use crate::intake::records::parquet::{ChunkReader, ParquetReader};
#[cfg(feature = "office")]
use crate::intake::records::workbook::{self, WorkbookReader};
use crate::intake::records::{JsonLinesReader, TableReader, is_plainly_table, is_table};
use crate::intake::several::FileOptions;
use crate::intake::{Format, IntakeError, IntakeOptions, SourceNotice};

impl<'a> ArticleReader<'a> {
    fn with_source(source: SourceInfo, records: Records<'a>, options: &IntakeOptions) -> Self {
        // An archive may hold records that have such fields.
        let is_archive = matches!(source.format, Format::Zip | Format::Tar);
        let is_told = !is_archive && !options.fields.may_lack_kept;
        let absent = if is_told { kept::unknown(&source.kept) } else { Vec::new() };
        Self {
            source: Arc::new(source),
            records,
            notice: None,
            passed_over: PassedOver::default(),
            notes: FieldNotes { absent, ..FieldNotes::default() },
        }
    }

    /// The same for what is in `depth` archives.
    pub(in crate::intake) fn at_depth(
        name: &str,
        reader: impl Read + Send + 'a,
        options: &IntakeOptions,
        depth: usize,
    ) -> Result<Self, IntakeError> {
        #[cfg_attr(not(feature = "office"), expect(unused_mut))]
        let mut named = options.format.or_else(|| Format::from_name(name));
        let mut reader = decompressed(reader)?;
        #[cfg(feature = "office")]
        if workbook::may_be(reader.fill_buf()?, named) {
            match workbook::open(name, reader, named, options)? {
                workbook::Opened::Workbook(rows) => {
                    return Ok(Self::of_workbook(name, rows, options));
                }
                workbook::Opened::Other(bytes) => reader = bytes,
            }
            // What is called a workbook and is text, is a table of text.
            named = named.map(|named| if named == Format::Workbook { Format::Csv } else { named });
        }
        let format = if let (Some(_), Some(format)) = (options.format, named) {
            format
        } else {
            let kind = match Kind::from_start(reader.fill_buf()?) {
                Kind::Ole => kind::ole(&read_file(&mut reader, Format::Text)?),
                kind => kind,
            };
            kind.format(named)?
        };
        format.check_supported()?;
        let is_table = format == Format::Text
            && options.format.is_none()
            && begins_as_table(reader.fill_buf()?, options);
        let format = if is_table { Format::Csv } else { format };
        let with_records = |format, encoding, of_records, records| {
            let source = SourceInfo::new(name, format, options);
            Self::with_source(SourceInfo { encoding, of_records, ..source }, records, options)
        };
        match format {
            Format::Parquet => return Err(IntakeError::ParquetStream),
            Format::Text | Format::Html => {
                let is_whole = options.format.is_some();
                let records = Records::File(
                    reader,
                    Box::new(FileOptions { is_whole, options: options.clone(), depth }),
                );
                return Ok(with_records(format, options.encoding, None, records));
            }
            Format::Jsonl | Format::Csv | Format::Tsv | Format::Workbook => {}
            #[cfg(feature = "archives")]
            _ => {
                let place = Place { name: name.to_owned(), options: options.clone(), depth };
                let articles = collections::open(format, reader, place)?;
                return Ok(with_records(format, options.encoding, None, Records::Many(articles)));
            }
            #[cfg(not(feature = "archives"))]
            _ => return Err(IntakeError::Unsupported { format, feature: "archives" }),
        }
        let Transcoded { bytes, encoding, of_records } = transcoded(reader, options.encoding)?;
        let fields = options.fields.clone();
        if format == Format::Jsonl {
            let records = Records::Json(Box::new(JsonLinesReader::new(name, bytes, fields)));
            return Ok(with_records(format, Some(encoding), of_records, records));
        }
        let delimiter = (format == Format::Tsv).then_some(b'\t');
        let table = TableReader::new(name, bytes, delimiter, of_records, fields);
        let table = table.map_err(|error| if is_table { unasked_table(error) } else { error })?;
        let notice = is_table.then(|| SourceNotice::Table { delimiter: table.delimiter() });
        let records = Records::Table(Box::new(table));
        Ok(Self { notice, ..with_records(format, Some(encoding), of_records, records) })
    }

    /// Opens a Parquet file, which needs random access. Only the columns of [`IntakeOptions`] are
    /// read. `key=value` folders in `name`, as partitioned tables have them, are columns too.
    ///
    /// # Errors
    /// As [`Self::new`].
    #[cfg(feature = "parquet")]
    pub fn from_parquet(
        name: &str,
        file: impl ChunkReader + 'static,
        options: &IntakeOptions,
    ) -> Result<Self, IntakeError> {
        let rows = ParquetReader::new(name, file, options.fields.clone())?;
        let source = SourceInfo::new(name, Format::Parquet, options);
        let source = SourceInfo { encoding: Some(UTF_8), ..source };
        Ok(Self::with_source(source, Records::Parquet(Box::new(rows)), options))
    }

    #[cfg(feature = "office")]
    fn of_workbook(name: &str, rows: WorkbookReader, options: &IntakeOptions) -> Self {
        let source = SourceInfo::new(name, Format::Workbook, options);
        let source = SourceInfo { encoding: None, strict: false, ..source };
        Self::with_source(source, Records::Workbook(Box::new(rows)), options)
    }

    /// Opens a ZIP archive of articles, or a Word file, which is one. Its directory is at its end,
    /// so it needs random access.
    ///
    /// # Errors
    /// As [`Self::new`].
    #[cfg(feature = "archives")]
    pub fn from_zip(
        name: &str,
        mut file: impl Read + Seek + Send + 'a,
        options: &IntakeOptions,
    ) -> Result<Self, IntakeError> {
        let is_workbook = collections::is_workbook(&mut file);
        file.rewind()?;
        if is_workbook {
            return Self::new(name, file, options);
        }
        let place = Place { name: name.to_owned(), options: options.clone(), depth: 0 };
        let records = Records::Many(collections::open_zip(Box::new(file), place)?);
        let source = SourceInfo::new(name, Format::Zip, options);
        Ok(Self::with_source(source, records, options))
    }
}

/// The error of a text that was not said to be a table.
fn unasked_table(error: IntakeError) -> IntakeError {
    let or_text = |present: String| {
        let columns = present.strip_suffix(')').unwrap_or(&present);
        format!("{columns}; --input-format text reads it as one article)")
    };
    match error {
        IntakeError::NoTextField { present } => {
            IntakeError::NoTextField { present: or_text(present) }
        }
        IntakeError::MissingField { name, present } => {
            IntakeError::MissingField { name, present: or_text(present) }
        }
        error => error,
    }
}

/// Whether a text begins with the header of a table whose columns are known, or plainly is a table.
/// Excel calls such a table "Unicode Text" and names it `.txt`.
fn begins_as_table(start: &[u8], options: &IntakeOptions) -> bool {
    // Few texts have what separates columns in their first line.
    let is_line_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
    let mut lines = start.split(is_line_end).filter(|line| line.len() > 3);
    if !lines.next().is_some_and(|line| line.iter().any(|byte| b",;\t|=".contains(byte))) {
        return false;
    }
    let encoding = options.encoding.unwrap_or_else(|| encoding::detect(start, None));
    let start = encoding.decode(start).0;
    is_table(start.as_bytes(), &options.fields)
        || !options.fields.headerless && is_plainly_table(&start)
}
