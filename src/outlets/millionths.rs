//! Numbers as whole millionths, whose sums are exact and do not depend on the order of addition.

/// A number in whole millionths: 0.25 is 250,000.
pub type Millionths = i64;

/// One, in millionths.
#[cfg(test)]
pub const ONE: Millionths = 1_000_000;

/// A number in [−1, 1], as records hold it with six decimals, in millionths.
#[allow(clippy::cast_possible_truncation)] // Records are checked: the number is small.
pub fn millionths(number: f64) -> Millionths {
    (number * 1e6).round() as Millionths
}
