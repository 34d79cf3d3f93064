//! Reader of workbooks: .xlsx, .xlsm, .xlsb, .ods and .xls, and the HTML tables that web
//! applications call .xls.

mod compound;
#[cfg(feature = "html")]
mod html_table;
mod ods;
mod sheets;

use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::vec::IntoIter;

use super::tables::TableSchema;
use super::{RawRecord, RecordContent, column_name};
use crate::article::quoted::quoted;
use crate::intake::bytes::Bytes;
use crate::intake::encoding;
use crate::intake::fields::{FieldNotes, Fields};
use crate::intake::{Format, IntakeError, IntakeOptions, SourceNotice};
use crate::text::listed::listed;

/// Most bytes of a workbook, most of what is unpacked of it, and most of the text of a sheet.
const MAX_FILE: u64 = 128 << 20;
const MAX_UNPACKED: u64 = 512 << 20;
const MAX_TEXT: usize = 256 << 20;

/// Rows in which the header is looked for, below titles and empty rows.
const MAX_ABOVE: usize = 20;

/// A sheet by its filled rows: the number of each in the sheet, from 1, and its filled cells by
/// their columns, from 0.
pub(crate) struct Sheet {
    name: String,
    pub(crate) rows: Vec<SheetRow>,
}

/// The number of a row, from 1, and its filled cells by their columns, from 0.
pub(crate) type SheetRow = (u32, Vec<(u32, String)>);

/// Whether a file may be a workbook: by its name or the wish of the user, or by its first bytes.
pub(crate) fn may_be(start: &[u8], format: Option<Format>) -> bool {
    start.starts_with(b"PK\x03\x04")
        || start.starts_with(&sheets::COMPOUND)
        || format == Some(Format::Workbook)
}

/// A file that may be a workbook, looked into.
pub(in crate::intake) enum Opened<'a> {
    Workbook(WorkbookReader),
    /// It is something else.
    Other(Bytes<'a>),
}

/// Reads the file and opens it if it is a workbook. A text that is called one is given back.
///
/// # Errors
/// Those of the reader, [`IntakeError::NoTextField`] if no sheet has a column of texts, and others
/// if it is no sound workbook or too large.
pub(in crate::intake) fn open<'a>(
    name: &str,
    reader: Bytes<'a>,
    format: Option<Format>,
    options: &IntakeOptions,
) -> Result<Opened<'a>, IntakeError> {
    Ok(match sheets(reader, format, options)? {
        Found::Sheets(sheets) => Opened::Workbook(WorkbookReader::new(name, sheets, options)?),
        Found::Other(bytes) => Opened::Other(bytes),
    })
}

/// What a file that may be a workbook holds.
pub(crate) enum Found<'a> {
    /// Its sheets.
    Sheets(Vec<Sheet>),
    /// It is something else.
    Other(Bytes<'a>),
}

/// The sheets of a file, if it is a workbook.
///
/// # Errors
/// As [`open`], but no sheet needs a column of texts.
pub(crate) fn sheets<'a>(
    mut reader: Bytes<'a>,
    format: Option<Format>,
    options: &IntakeOptions,
) -> Result<Found<'a>, IntakeError> {
    let mut bytes = Vec::new();
    reader.by_ref().take(MAX_FILE + 1).read_to_end(&mut bytes)?;
    let is_sheets = sheets::are_sheets(&bytes);
    if !is_sheets && !is_html_table(&bytes, format) {
        return Ok(Found::Other(Box::new(Cursor::new(bytes).chain(reader))));
    }
    if bytes.len() as u64 > MAX_FILE {
        return Err(IntakeError::WorkbookTooLarge { limit: MAX_FILE });
    }
    let damaged = || IntakeError::Workbook("nothing can be made of it".to_owned());
    let read = || if is_sheets { sheets::read(bytes, options) } else { html(&bytes, options) };
    Ok(Found::Sheets(catch_unwind(AssertUnwindSafe(read)).map_err(|_| damaged())??))
}

fn is_html_table(bytes: &[u8], format: Option<Format>) -> bool {
    let start = bytes.iter().find(|byte| byte.is_ascii_graphic());
    cfg!(feature = "html")
        && format == Some(Format::Workbook)
        && start == Some(&b'<')
        && !bytes.starts_with(b"<?xml")
}

#[cfg(feature = "html")]
fn html(bytes: &[u8], options: &IntakeOptions) -> Result<Vec<Sheet>, IntakeError> {
    let declared = crate::intake::html::declared_encoding(bytes);
    let encoding = options.encoding.unwrap_or_else(|| encoding::detect(bytes, declared));
    html_table::read(&encoding::decode(bytes, encoding, options.strict)?.text)
}

#[cfg(not(feature = "html"))]
fn html(_: &[u8], _: &IntakeOptions) -> Result<Vec<Sheet>, IntakeError> {
    Format::Html.check_supported().map(|()| Vec::new())
}

/// Reads one record per row of a sheet.
#[derive(Debug)]
pub(in crate::intake) struct WorkbookReader {
    name: String,
    rows: IntoIter<SheetRow>,
    header: Option<Vec<(u32, String)>>,
    table: Arc<TableSchema>,
    notice: Option<SourceNotice>,
}

impl WorkbookReader {
    /// Of several sheets, the first with a column of texts is read.
    fn new(name: &str, sheets: Vec<Sheet>, options: &IntakeOptions) -> Result<Self, IntakeError> {
        let names: Vec<String> = sheets.iter().map(|sheet| sheet.name.clone()).collect();
        let (mut failure, mut columns) = (None, Vec::new());
        let fields = &options.fields;
        // A sheet with the named columns is looked for first.
        let has_named = |sheet: &Sheet| {
            let mut rows = sheet.rows.iter().take(MAX_ABOVE);
            rows.any(|(_, cells)| {
                TableSchema::new(fields.clone(), header(cells, fields.headerless)).is_ok()
            })
        };
        let is_there = sheets.iter().any(has_named);
        let schema = if is_there { TableSchema::new } else { TableSchema::with_usual };
        for sheet in sheets {
            let sheet_name = sheet.name.clone();
            match Self::of_sheet(name, sheet, fields, schema) {
                Ok((mut reader, sheet)) => {
                    let others: Vec<String> =
                        names.into_iter().filter(|other| *other != sheet).collect();
                    let is_choice = options.sheet.is_none() && !others.is_empty();
                    reader.notice =
                        is_choice.then_some(SourceNotice::Sheet { name: sheet, others });
                    return Ok(reader);
                }
                Err(error) => {
                    if let Some(told) = told(&sheet_name, &error) {
                        columns.push(told);
                    }
                    failure = failure.or(Some(error));
                }
            }
        }
        Err(match failure {
            Some(failure) if columns.len() > 1 => IntakeError::NoTextSheet {
                wanted: match failure {
                    IntakeError::MissingField { name, .. } => format!("a column {}", quoted(&name)),
                    _ => "a column that is known as the text".to_owned(),
                },
                sheets: listed(&columns),
            },
            failure => failure.unwrap_or(IntakeError::Empty),
        })
    }

    /// A reader of one sheet, and its name.
    fn of_sheet(
        name: &str,
        sheet: Sheet,
        fields: &Fields,
        schema: fn(Fields, Vec<String>) -> Result<TableSchema, IntakeError>,
    ) -> Result<(Self, String), IntakeError> {
        // The first row of several cells is the header that is told.
        let (mut found, mut failure, mut is_header) = (None, None, false);
        for (at, (_, cells)) in sheet.rows.iter().take(MAX_ABOVE).enumerate() {
            match schema(fields.clone(), header(cells, fields.headerless)) {
                Ok(table) => {
                    found = Some((at, table));
                    break;
                }
                Err(error) if cells.len() > 1 && !is_header => {
                    (failure, is_header) = (Some(error), true);
                }
                Err(error) => failure = failure.or(Some(error)),
            }
        }
        let Some((at, table)) = found else {
            return Err(failure.unwrap_or(IntakeError::Empty));
        };
        let mut rows = sheet.rows;
        let mut rows = rows.split_off(at).into_iter();
        let header = if fields.headerless { None } else { rows.next().map(|(_, cells)| cells) };
        let (name, table) = (name.to_owned(), Arc::new(table));
        Ok((Self { name, rows, header, table, notice: None }, sheet.name))
    }

    /// What there is to tell of the columns.
    pub(in crate::intake) fn notes(&self) -> &FieldNotes {
        &self.table.notes
    }

    /// What there is to tell since it was asked last.
    pub(in crate::intake) fn take_notice(&mut self) -> Option<SourceNotice> {
        self.notice.take()
    }

    /// The next row; the whole sheet is read before.
    pub(in crate::intake) fn next_record(&mut self) -> Option<RawRecord> {
        for (row, cells) in self.rows.by_ref() {
            if self.header.as_ref() == Some(&cells) {
                self.notice = Some(SourceNotice::RepeatedHeader { line: row.into() });
                continue;
            }
            let mut values = vec![None; self.table.header.len()];
            for (column, cell) in cells {
                if let Some(value) = values.get_mut(column as usize) {
                    *value = Some(cell.into_bytes());
                }
            }
            let place = format!("{}:{row}", self.name);
            let content = RecordContent::Values { values, table: Arc::clone(&self.table) };
            return Some(RawRecord { place, row: None, content });
        }
        None
    }
}

/// A sheet and its columns, of which none is the text.
fn told(sheet: &str, error: &IntakeError) -> Option<String> {
    match error {
        IntakeError::NoTextField { present } | IntakeError::MissingField { present, .. } => {
            Some(format!("{} ({present})", quoted(sheet)))
        }
        IntakeError::Empty => Some(format!("{} (empty)", quoted(sheet))),
        _ => None,
    }
}

/// The names of all columns up to the last filled one.
fn header(cells: &[(u32, String)], is_headerless: bool) -> Vec<String> {
    let n_columns = cells.last().map_or(0, |(column, _)| *column as usize + 1);
    if is_headerless {
        return (1..=n_columns).map(|number| number.to_string()).collect();
    }
    let mut names = vec![String::new(); n_columns];
    for (column, cell) in cells {
        names[*column as usize] = column_name(cell);
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(name: &str, rows: &[&[&str]]) -> Sheet {
        let cells = |row: &&[&str]| (0..).zip(row.iter().map(|cell| (*cell).to_owned())).collect();
        let rows = (1..).zip(rows.iter().map(cells)).collect();
        Sheet { name: name.to_owned(), rows }
    }

    #[test]
    fn the_first_sheet_with_texts_is_read_and_without_one_all_are_told() {
        let cover = || sheet("غلاف", &[&["تقرير"], &["قسم الرصد"]]);
        let news =
            |text: &str| sheet("أخبار", &[&["شهر أبريل"], &["الرقم", text], &["1", "خبر قصير"]]);
        let read = |text: &str, options: &IntakeOptions| {
            WorkbookReader::new("a.xlsx", vec![cover(), news(text)], options)
        };
        let options = IntakeOptions::new();
        let mut rows = read("متن الخبر", &options).unwrap();
        assert_eq!(rows.next_record().unwrap().parse(None).0.article.unwrap().text, "خبر قصير");
        let error = read("فقرة", &options).unwrap_err().to_string();
        assert_eq!(
            error,
            "no sheet has a column that is known as the text; there are: \"غلاف\" (تقرير), \
             \"أخبار\" (الرقم, فقرة)"
        );
        let options = options.with_fields(Fields::new().with_text("x"));
        let error = read("فقرة", &options).unwrap_err().to_string();
        assert!(error.starts_with("no sheet has a column \"x\"; there are: "), "{error}");
    }
}
