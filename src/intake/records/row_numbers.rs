//! The numbers of rows as a spreadsheet counts them: a cell with line ends takes several lines of
//! the file, and one row.

/// Counts rows.
#[derive(Debug, Default)]
pub(super) struct RowNumbers {
    /// How many lines before the next row begin no row.
    n_inner: u64,
}

impl RowNumbers {
    /// The number of the row that takes the lines from `line` to before `end`; `None` where it is
    /// that of its line.
    pub(super) fn next(&mut self, line: u64, end: u64) -> Option<u64> {
        let row = line.saturating_sub(self.n_inner);
        self.n_inner += end.saturating_sub(line + 1);
        (row != line).then_some(row)
    }
}
