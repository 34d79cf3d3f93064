//! Workbooks (.xlsx), for people who work in Excel: the columns of [`super::csv`] with their types,
//! on a sheet from right to left. A text is a text, whatever it begins with: there are no formulas.

use std::io::Write;

pub use rust_xlsxwriter::XlsxError;
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Workbook, Worksheet};

use super::ScoreRecord;
use super::csv::{Cell, cells, column_names};
use crate::camp::Camps;
use crate::text::isolate::plain;

/// Most UTF-16 units of a cell, and most rows of a sheet, that Excel takes.
const MAX_UNITS: usize = 32_767;
const MAX_ROWS: u32 = 1_048_576;

/// What did not fit into a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SheetLimits {
    /// How many texts were cut at 32,767 characters.
    pub n_cut: usize,
    /// How many sheets there are: the rows after the 1,048,576th begin another.
    pub n_sheets: usize,
}

/// Writes records as the rows of a workbook.
pub(crate) struct RecordBook {
    book: Workbook,
    names: Vec<String>,
    /// The next row of the last sheet, from 0.
    row: u32,
    limits: SheetLimits,
    wrapped: Format,
    day: Format,
}

impl RecordBook {
    pub(crate) fn new(camps: &Camps, kept: &[String]) -> Result<Self, XlsxError> {
        let top = Format::new().set_align(FormatAlign::Top);
        let mut book = Self {
            book: Workbook::new(),
            names: column_names(camps, kept),
            row: 0,
            limits: SheetLimits { n_cut: 0, n_sheets: 0 },
            wrapped: top.clone().set_text_wrap(),
            day: top.set_num_format("yyyy-mm-dd"),
        };
        book.begin_sheet()?;
        Ok(book)
    }

    fn begin_sheet(&mut self) -> Result<(), XlsxError> {
        let bold = Format::new().set_bold().set_text_wrap();
        self.limits.n_sheets += 1;
        let sheet = self.book.add_worksheet_with_constant_memory()?;
        sheet.set_name(match self.limits.n_sheets {
            1 => "mizan".to_owned(),
            number => format!("mizan {number}"),
        })?;
        sheet.set_right_to_left(true).set_freeze_panes(1, 1)?;
        for (column, name) in (0..).zip(&self.names) {
            sheet.set_column_width(column, width(name))?;
            sheet.write_string_with_format(0, column, name, &bold)?;
        }
        self.row = 1;
        Ok(())
    }

    /// Adds one record.
    ///
    /// # Errors
    /// Those of the temporary file.
    pub(crate) fn write(&mut self, record: &ScoreRecord) -> Result<(), XlsxError> {
        if self.row == MAX_ROWS {
            self.begin_sheet()?;
        }
        let row = self.row;
        let sheet = self.book.worksheet_from_index(self.limits.n_sheets - 1)?;
        for (column, cell) in (0..).zip(cells(record)) {
            let text = match cell {
                Cell::Empty => continue,
                Cell::Number(number) => {
                    sheet.write_number(row, column, number)?;
                    continue;
                }
                Cell::Date(text)
                    if is_day(record, text) && write_day(sheet, row, column, text, &self.day)? =>
                {
                    continue;
                }
                Cell::Date(text) | Cell::Text(text) => plain(text),
                Cell::Words(words) => plain(&words),
            };
            let text = match cut(&text) {
                None => text,
                Some(cut) => {
                    self.limits.n_cut += 1;
                    cut.to_owned()
                }
            };
            sheet.write_string_with_format(row, column, text, &self.wrapped)?;
        }
        self.row += 1;
        Ok(())
    }

    /// Writes the workbook.
    ///
    /// # Errors
    /// Those of `out`.
    pub(crate) fn finish(mut self, out: impl Write + Send) -> Result<SheetLimits, XlsxError> {
        self.book.save_to_writer(out)?;
        Ok(self.limits)
    }
}

/// Whether a date is a day in ISO form and nothing else.
fn is_day(record: &ScoreRecord, text: &str) -> bool {
    text.len() == 10 && record.publication_date().is_some_and(|date| date.to_string() == text)
}

/// Writes a day, if it is one that Excel has.
fn write_day(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    format: &Format,
) -> Result<bool, XlsxError> {
    match ExcelDateTime::parse_from_str(text) {
        Err(_) => Ok(false),
        Ok(day) => sheet.write_datetime_with_format(row, column, &day, format).map(|_| true),
    }
}

/// The part of a text that a cell holds, if not all of it.
fn cut(text: &str) -> Option<&str> {
    if text.len() <= MAX_UNITS {
        return None;
    }
    let mut n_units = 0;
    let end = text.char_indices().find(|(_, c)| {
        n_units += c.len_utf16();
        n_units > MAX_UNITS
    });
    end.map(|(end, _)| &text[..end])
}

/// Width of a column, in digits.
fn width(name: &str) -> f64 {
    match name.rsplit('_').next() {
        Some("evidence") => 60.0,
        Some("words" | "error" | "doubt") => 36.0,
        Some("id" | "outlet" | "event" | "model") => 24.0,
        _ => 12.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_where_excel_would_refuse_it() {
        assert_eq!(cut(&"ب".repeat(MAX_UNITS)), None);
        assert_eq!(cut(&"ب".repeat(MAX_UNITS + 1)).unwrap().chars().count(), MAX_UNITS);
        assert_eq!(cut(&"😀".repeat(20_000)).unwrap().chars().count(), MAX_UNITS / 2);
    }
}
