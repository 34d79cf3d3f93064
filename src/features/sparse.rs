//! A row of a feature matrix in which most entries are zero.

/// One row of a matrix `(n_articles, n_features)`: the entries that are not zero, by column,
/// ascending.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SparseRow {
    /// Columns, ascending, each once.
    pub columns: Vec<u32>,
    /// The value in each of the columns.
    pub values: Vec<f64>,
}

impl SparseRow {
    /// The entries as `(column, value)`, by column.
    // Not zipped: where units of the crate are not optimised together, parts of `zip` are calls.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = (usize, f64)> {
        let n_entries = self.columns.len().min(self.values.len());
        let (columns, values) = (&self.columns[..n_entries], &self.values[..n_entries]);
        (0..n_entries).map(move |entry| (columns[entry] as usize, values[entry]))
    }

    /// Whether all entries are zero.
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// Dot product with another row.
    pub fn dot(&self, other: &Self) -> f64 {
        let (mut left, mut right, mut sum) = (0, 0, 0.0);
        while left < self.columns.len() && right < other.columns.len() {
            match self.columns[left].cmp(&other.columns[right]) {
                std::cmp::Ordering::Less => left += 1,
                std::cmp::Ordering::Greater => right += 1,
                std::cmp::Ordering::Equal => {
                    sum += self.values[left] * other.values[right];
                    left += 1;
                    right += 1;
                }
            }
        }
        sum
    }

    /// The cosine of the angle to another row; 0 if one of them is empty.
    pub fn cosine(&self, other: &Self) -> f64 {
        let length = (self.dot(self) * other.dot(other)).sqrt();
        if length > 0.0 { self.dot(other) / length } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dot_takes_only_the_columns_that_both_have() {
        let a = SparseRow { columns: vec![0, 2, 5], values: vec![1.0, 2.0, 3.0] };
        let b = SparseRow { columns: vec![2, 3, 5], values: vec![10.0, 20.0, 30.0] };
        assert!((a.dot(&b) - 110.0).abs() < 1e-12);
        assert!(a.dot(&SparseRow::default()).abs() < 1e-12);
        let length = (14.0_f64 * 1_400.0).sqrt();
        assert!((a.cosine(&b) - 110.0 / length).abs() < 1e-12);
        assert!(a.cosine(&SparseRow::default()).abs() < 1e-12);
    }
}
