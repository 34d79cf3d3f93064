//! The sheets of an `OpenDocument` workbook, read cell by cell: a few bytes of it can ask for a
//! million rows or spaces, so what is repeated is counted before it is made.

use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use zip::ZipArchive;

use super::Sheet;
use super::sheets::{Filled, MAX_COLUMNS, failed};
use crate::intake::IntakeError;

/// Most rows of a sheet, as in the programs that write them.
const MAX_ROWS: u32 = 1 << 20;

/// Most spaces that stand for one element.
const MAX_SPACES: u32 = 100;

/// Most bytes of the cells that a sheet repeats.
const MAX_REPEATED: usize = 1 << 20;

/// The sheets of the workbook in an archive.
pub(super) fn read(archive: &mut ZipArchive<Cursor<Vec<u8>>>) -> Result<Vec<Sheet>, IntakeError> {
    let mut manifest = Vec::new();
    if let Ok(mut file) = archive.by_name("META-INF/manifest.xml") {
        file.read_to_end(&mut manifest)?;
    }
    if memchr::memmem::find(&manifest, b"encryption-data").is_some() {
        return Err(IntakeError::Workbook("it is protected by a password".to_owned()));
    }
    let content = archive.by_name("content.xml").map_err(|error| failed(&error))?;
    let mut reader = Reader::from_reader(BufReader::new(content));
    let (mut tables, mut buffer) = (Tables::default(), Vec::new());
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|error| failed(&error))? {
            Event::Eof => return Ok(tables.sheets),
            Event::Start(start) => tables.start(&start)?,
            Event::Empty(start) => {
                tables.start(&start)?;
                tables.end(start.name().as_ref())?;
            }
            Event::End(end) => tables.end(end.name().as_ref())?,
            Event::Text(text) => tables.text(&text.xml10_content()),
            Event::GeneralRef(reference) => tables.text(&resolved(&reference)),
            _ => {}
        }
    }
}

fn resolved(reference: &BytesRef) -> String {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c.to_string();
    }
    resolve_predefined_entity(&reference.xml10_content()).unwrap_or_default().to_owned()
}

/// A cell that is read, or was.
#[derive(Default)]
struct Cell {
    /// How many columns it fills.
    n_columns: u32,
    /// What its attributes say it holds.
    value: Option<String>,
    text: String,
    n_paragraphs: usize,
}

/// What was read so far.
#[derive(Default)]
struct Tables {
    sheets: Vec<Sheet>,
    rows: Filled,
    name: String,
    /// How deep the table is nested in others; those in a cell are none of the sheet's.
    depth: usize,
    /// How often the row is repeated, its number, and its filled cells by their first columns.
    n_rows: u32,
    row: u32,
    column: u32,
    cells: Vec<(u32, Cell)>,
    cell: Option<Cell>,
    is_in_note: bool,
    /// Bytes of the cells that were repeated.
    n_repeated: usize,
}

impl Tables {
    fn start(&mut self, start: &BytesStart) -> Result<(), IntakeError> {
        match start.name().as_ref() {
            "table:table" => {
                self.depth += 1;
                if self.depth == 1 {
                    self.name = attribute(start, "table:name")?.unwrap_or_default();
                    (self.row, self.n_repeated) = (0, 0);
                }
            }
            "table:table-row" if self.depth == 1 => {
                (self.n_rows, self.column) = (count(start, "table:number-rows-repeated")?, 0);
                self.cells.clear();
            }
            "table:table-cell" | "table:covered-table-cell" if self.depth == 1 => {
                self.cell = Some(Cell {
                    n_columns: count(start, "table:number-columns-repeated")?,
                    value: value(start)?,
                    ..Cell::default()
                });
            }
            "office:annotation" => self.is_in_note = true,
            "text:p" if !self.is_in_note => {
                if let Some(cell) = &mut self.cell {
                    cell.n_paragraphs += 1;
                    if cell.n_paragraphs > 1 {
                        cell.text.push('\n');
                    }
                }
            }
            "text:s" => {
                let n_spaces = count(start, "text:c")?.min(MAX_SPACES);
                self.text(&" ".repeat(n_spaces as usize));
            }
            "text:tab" => self.text("\t"),
            "text:line-break" => self.text("\n"),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), IntakeError> {
        match name {
            "table:table" => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 {
                    let rows = std::mem::take(&mut self.rows).rows;
                    self.sheets.push(Sheet { name: std::mem::take(&mut self.name), rows });
                }
            }
            "table:table-row" if self.depth == 1 => self.add_row()?,
            "table:table-cell" | "table:covered-table-cell" if self.depth == 1 => {
                if let Some(cell) = self.cell.take() {
                    let column = self.column;
                    self.column = column.saturating_add(cell.n_columns);
                    if !(cell.value.as_ref().unwrap_or(&cell.text)).trim().is_empty() {
                        self.cells.push((column, cell));
                    }
                }
            }
            "office:annotation" => self.is_in_note = false,
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if let Some(cell) = self.cell.as_mut().filter(|cell| cell.n_paragraphs > 0)
            && !self.is_in_note
        {
            cell.text.push_str(text);
        }
    }

    /// Adds the row, as often as it is repeated.
    fn add_row(&mut self) -> Result<(), IntakeError> {
        let n_rows = self.n_rows.min(MAX_ROWS.saturating_sub(self.row));
        for number in if self.cells.is_empty() { 0..0 } else { 0..n_rows } {
            for (first, cell) in &self.cells {
                let text = cell.value.as_ref().unwrap_or(&cell.text);
                let end = first.saturating_add(cell.n_columns).min(MAX_COLUMNS);
                for column in *first..end {
                    if number > 0 || column > *first {
                        self.n_repeated += text.len() + size_of::<String>();
                    }
                    if self.n_repeated > MAX_REPEATED {
                        return Err(IntakeError::WorkbookTooLarge { limit: MAX_REPEATED as u64 });
                    }
                    self.rows.add(self.row + number, column, Some(text.clone()))?;
                }
            }
        }
        self.row += n_rows;
        self.cells.clear();
        Ok(())
    }
}

/// How often something is repeated: once, if it does not say.
fn count(start: &BytesStart, name: &str) -> Result<u32, IntakeError> {
    let given = attribute(start, name)?;
    Ok(given.map_or(1, |count| count.trim().parse().unwrap_or(u32::MAX)))
}

/// The value that the attributes of a cell tell. Its text is what a person sees, but of numbers
/// and dates it may be a short form.
fn value(start: &BytesStart) -> Result<Option<String>, IntakeError> {
    if let Some(number) = attribute(start, "office:value")? {
        let read: Option<f64> = number.trim().parse().ok();
        return Ok(Some(read.map_or(number, |read| read.to_string())));
    }
    for name in ["office:string-value", "office:date-value", "office:time-value"] {
        if let Some(text) = attribute(start, name)?.filter(|text| !text.is_empty()) {
            return Ok(Some(text));
        }
    }
    Ok(attribute(start, "office:boolean-value")?.map(|value| value.to_lowercase()))
}

fn attribute(start: &BytesStart, name: &str) -> Result<Option<String>, IntakeError> {
    let found = start.try_get_attribute(name).map_err(|error| failed(&error))?;
    let Some(found) = found else { return Ok(None) };
    let text = quick_xml::escape::unescape(&found.value).map_err(|error| failed(&error))?;
    Ok(Some(text.into_owned()))
}
