//! The rows of a table as a workbook.

use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// Most UTF-16 units of a cell that Excel takes.
const MAX_UNITS: usize = 32_767;

/// Why rows are no workbook.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookError {
    /// A text is longer than a cell.
    #[error(
        "{id}: it has a text of more than {MAX_UNITS} characters, which Excel does not take; write \
         a .csv file"
    )]
    TooLong {
        /// The first cell of its row.
        id: String,
    },
    /// The workbook cannot be made, as it has too many rows.
    #[error("the workbook cannot be made: {0}")]
    Workbook(#[from] XlsxError),
}

/// A workbook of rows, the first of which is the header. A text is a text, whatever it begins with.
pub fn workbook(rows: &[Vec<String>]) -> Result<Vec<u8>, WorkbookError> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    let sheet = book.add_worksheet().set_name("labels")?;
    sheet.set_right_to_left(true).set_freeze_panes(1, 1)?;
    for (at, row) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(row).filter(|(_, cell)| !cell.is_empty()) {
            if cell.encode_utf16().count() > MAX_UNITS {
                return Err(WorkbookError::TooLong { id: row[0].clone() });
            }
            if at == 0 {
                sheet.write_string_with_format(at, column, cell, &bold)?;
            } else {
                sheet.write_string(at, column, cell)?;
            }
        }
    }
    Ok(book.save_to_buffer()?)
}
