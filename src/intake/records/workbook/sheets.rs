//! The sheets of a workbook file: those of Excel by [calamine](https://docs.rs/calamine).

use std::io::{self, Cursor, Read, Seek};

use calamine::{Data, DataRef, ExcelDateTime, Reader, Sheets, open_workbook_auto_from_rs};
use zip::ZipArchive;

use super::{MAX_TEXT, MAX_UNPACKED, Sheet, SheetRow, compound, ods};
use crate::intake::{IntakeError, IntakeOptions};
use crate::text::listed::listed;

/// The first bytes of a compound file, which .xls is (and .doc).
pub(super) const COMPOUND: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Most columns of a sheet.
pub(super) const MAX_COLUMNS: u32 = 16_384;

/// Whether a file is a workbook: a ZIP archive or a compound file with the parts of one.
pub(super) fn are_sheets(bytes: &[u8]) -> bool {
    if bytes.starts_with(&COMPOUND) {
        return compound::is_workbook(bytes);
    }
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return false };
    let has = |name| archive.index_for_name(name).is_some();
    has("xl/workbook.xml") || has("xl/workbook.bin") || is_ods(&mut archive)
}

/// Whether an archive is a workbook of `OpenDocument`.
fn is_ods(archive: &mut ZipArchive<impl Read + Seek>) -> bool {
    archive.by_name("mimetype").is_ok_and(|file| {
        let mut kind = String::new();
        let read = file.take(128).read_to_string(&mut kind);
        read.is_ok() && kind.contains("opendocument.spreadsheet")
    })
}

/// Unpacks what calamine will unpack, to see that it is not too much.
fn check(bytes: &[u8]) -> Result<(), IntakeError> {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return Ok(()) };
    let mut left = MAX_UNPACKED;
    for number in 0..archive.len() {
        let file = archive.by_index(number).map_err(|error| failed(&error))?;
        if [".xml", ".rels", ".bin"]
            .iter()
            .any(|ending| file.name().is_ok_and(|name| name.ends_with(ending)))
        {
            let n_bytes = io::copy(&mut file.take(left + 1), &mut io::sink())?;
            left = left
                .checked_sub(n_bytes)
                .ok_or(IntakeError::WorkbookTooLarge { limit: MAX_UNPACKED })?;
        }
    }
    Ok(())
}

pub(super) fn failed(error: &dyn std::error::Error) -> IntakeError {
    IntakeError::Workbook(error.to_string())
}

/// The sheets of a workbook; only the one that the options name, if they do.
pub(super) fn read(bytes: Vec<u8>, options: &IntakeOptions) -> Result<Vec<Sheet>, IntakeError> {
    check(&bytes)?;
    let bytes = if bytes.starts_with(&COMPOUND) {
        if !compound::is_sound(&bytes) {
            let why = "it is damaged, or its cells stand too far apart: save it as .xlsx or CSV";
            return Err(IntakeError::Workbook(why.to_owned()));
        }
        bytes
    } else {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| failed(&error))?;
        if is_ods(&mut archive) {
            let mut sheets = ods::read(&mut archive)?;
            check_name(sheets.iter().map(|sheet| &sheet.name), options)?;
            sheets.retain(|sheet| is_wanted(&sheet.name, options));
            return Ok(sheets);
        }
        archive.into_inner().into_inner()
    };
    let mut book =
        open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|error| failed(&error))?;
    let names = book.sheet_names();
    check_name(names.iter(), options)?;
    let wanted = names.into_iter().filter(|name| is_wanted(name, options));
    wanted.map(|name| Ok(Sheet { rows: rows(&mut book, &name)?, name })).collect()
}

/// Refuses the name of a sheet that there is not.
fn check_name<'a>(
    names: impl Iterator<Item = &'a String>,
    options: &IntakeOptions,
) -> Result<(), IntakeError> {
    let names: Vec<&String> = names.collect();
    match options.sheet.as_ref().filter(|wanted| !names.contains(wanted)) {
        Some(wanted) => {
            Err(IntakeError::MissingSheet { name: wanted.clone(), present: listed(&names) })
        }
        None => Ok(()),
    }
}

fn is_wanted(name: &str, options: &IntakeOptions) -> bool {
    options.sheet.as_ref().is_none_or(|sheet| sheet == name)
}

/// The filled rows of a sheet. A chart is a sheet without any.
fn rows<R: Read + Seek>(book: &mut Sheets<R>, name: &str) -> Result<Vec<SheetRow>, IntakeError> {
    let mut rows = Filled::default();
    match book {
        // Cell by cell: a sheet with one cell in its last corner is not held as a whole.
        Sheets::Xlsx(book) => {
            let Ok(mut cells) = book.worksheet_cells_reader(name) else { return Ok(Vec::new()) };
            while let Some(cell) = cells.next_cell().map_err(|error| failed(&error))? {
                let (row, column) = cell.get_position();
                rows.add(row, column, of_ref(cell.get_value()))?;
            }
        }
        Sheets::Xlsb(book) => {
            let Ok(mut cells) = book.worksheet_cells_reader(name) else { return Ok(Vec::new()) };
            while let Some(cell) = cells.next_cell().map_err(|error| failed(&error))? {
                let (row, column) = cell.get_position();
                rows.add(row, column, of_ref(cell.get_value()))?;
            }
        }
        book => {
            let Ok(range) = book.worksheet_range(name) else { return Ok(Vec::new()) };
            let (top, left) = range.start().unwrap_or_default();
            for (row, column, cell) in range.used_cells() {
                let at = |start: u32, offset: usize| {
                    start.saturating_add(u32::try_from(offset).unwrap_or(u32::MAX))
                };
                rows.add(at(top, row), at(left, column), of_data(cell))?;
            }
        }
    }
    Ok(rows.rows)
}

/// Filled rows, as they are put together from cells.
#[derive(Default)]
pub(super) struct Filled {
    pub(super) rows: Vec<SheetRow>,
    n_bytes: usize,
}

impl Filled {
    pub(super) fn add(
        &mut self,
        row: u32,
        column: u32,
        cell: Option<String>,
    ) -> Result<(), IntakeError> {
        let Some(cell) = cell.filter(|cell| !cell.trim().is_empty()) else { return Ok(()) };
        self.n_bytes += cell.len() + size_of::<String>();
        if self.n_bytes > MAX_TEXT {
            return Err(IntakeError::WorkbookTooLarge { limit: MAX_TEXT as u64 });
        }
        if column < MAX_COLUMNS {
            let number = row.saturating_add(1);
            match self.rows.last_mut() {
                Some((last, cells)) if *last == number => cells.push((column, cell)),
                _ => self.rows.push((number, vec![(column, cell)])),
            }
        }
        Ok(())
    }
}

fn of_ref(cell: &DataRef) -> Option<String> {
    match cell {
        DataRef::SharedString(text) => Some((*text).to_owned()),
        other => of_data(&Data::from(other.clone())),
    }
}

/// The text of a cell, as a person sees it; dates in ISO form.
fn of_data(cell: &Data) -> Option<String> {
    match cell {
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            Some(text.clone())
        }
        Data::Int(number) => Some(number.to_string()),
        Data::Float(number) => Some(number.to_string()),
        Data::Bool(value) => Some(value.to_string()),
        Data::DateTime(date) if date.is_datetime() => Some(iso(date)),
        Data::DateTime(date) => Some(date.as_f64().to_string()),
        Data::Error(_) | Data::Empty => None,
    }
}

fn iso(date: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let day = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second) {
        (0, 0, 0) => day,
        _ => format!("{day}T{hour:02}:{minute:02}:{second:02}"),
    }
}
