//! What the dates of a file tell of their order.

use crate::intake::ArticleReader;
use crate::intake::date::DateOrder;

/// How many dates that can be read in one order only decide; later ones are not looked at.
const ENOUGH: usize = 100;

/// How many records without a date, or with one of another form, are looked at before one such as
/// 6/4/2019.
const MAX_OTHERS: usize = 20;

/// The order of day and month in the dates of a file: that of its dates which can be read in one
/// order only (25/4/2019), up to the first [`ENOUGH`]. `None` if there are none, or if they differ.
pub(super) fn told_by(mut articles: ArticleReader<'_>) -> Option<DateOrder> {
    let (mut day_first, mut month_first, mut undecided, mut others) = (0, 0, 0, 0);
    while let Some(raw) = articles.next_raw() {
        let date = raw.written_date().unwrap_or_default();
        match DateOrder::from_date(&date) {
            Some(DateOrder::DayFirst) => day_first += 1,
            Some(DateOrder::MonthFirst) => month_first += 1,
            None if DateOrder::is_needed(&date) => undecided += 1,
            None => others += 1,
        }
        let told = day_first + month_first;
        if told >= ENOUGH || (told + undecided == 0 && others >= MAX_OTHERS) {
            break;
        }
    }
    match (day_first, month_first) {
        (1.., 0) => Some(DateOrder::DayFirst),
        (0, 1..) => Some(DateOrder::MonthFirst),
        _ => None,
    }
}
