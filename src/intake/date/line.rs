//! Lines that say nothing but when an article was published.

use super::months::{MONTHS, folded};
use super::{DateOrder, PublicationDate, plain};
use crate::text::script::is_mark;

/// Most bytes of such a line: with the label, both calendars and a time it is half as long.
const MAX_LINE: usize = 300;

/// The words beside a date, folded: what labels it, days of the week, times of day, and the other
/// calendar. Written for mizan after the pages of newsrooms.
const WORDS: &str = "\
    نشر نشرت نشره النشر منشور المنشور تم تاريخ التاريخ بتاريخ في يوم اليوم اضيف اضيفت الاضافه \
    كتب ارسل صدر اخر وقت الوقت الساعه علي عند published publication posted post date on at last \
    created time السبت الاحد الاثنين الثلاثاء الاربعاء الخميس الجمعه سبت احد اثنين ثلاثاء اربعاء \
    خميس جمعه saturday sunday monday tuesday wednesday thursday friday sat sun mon tue tues wed \
    thu thur thurs fri ص م صباحا مساء ظهرا عصرا ليلا فجرا صباح ظهر بتوقيت توقيت التوقيت المحلي \
    ليبيا طرابلس بنغازي القاهره تونس مكه المكرمه غرينتش جرينتش غرينيتش دقيقه و am pm a p gmt utc \
    eet cet est h t z th st nd rd of the محرم صفر ربيع جمادي رجب شعبان رمضان شوال ذو ذي القعده \
    الحجه الاخر الاخره الاولي الثانيه ه هجري هجريه الموافق ميلادي ميلاديه لسنه سنه عام";

/// Words that label the day of a change.
const UPDATES: &str = "\
    تحديث التحديث حدث حدثت محدث تعديل التعديل عدل update updated modified edited revised تحديثه";

/// The date of a line that says nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::intake) struct DateLine {
    /// The day, as `YYYY-MM-DD`, or as it is written where the order of its numbers is not known.
    pub(in crate::intake) date: String,
    /// Whether it is the day of a change.
    pub(in crate::intake) is_update: bool,
}

impl DateLine {
    /// Reads a line, if all of its words belong to a date.
    pub(in crate::intake) fn from_text(line: &str) -> Option<Self> {
        if line.len() > MAX_LINE {
            return None;
        }
        let line = plain(line);
        let (mut change, mut has_year): (Option<usize>, bool) = (None, false);
        for (at, word) in words(&line) {
            if word.starts_with(|c: char| c.is_ascii_digit()) {
                has_year |= word.len() == 4;
                continue;
            }
            let word = folded(word);
            if UPDATES.split(' ').any(|update| update == word) {
                change.get_or_insert(at);
            } else if !is_known(&word) {
                return None;
            }
        }
        // A number alone may be anything.
        if !has_year {
            return None;
        }
        let (own, changed) = line.split_at(change.unwrap_or(line.len()));
        let line = |date: String, is_update| Self { date, is_update };
        day(own).map(|date| line(date, false)).or_else(|| day(changed).map(|date| line(date, true)))
    }
}

/// A full date with a year as `YYYY-MM-DD`, or as it is written where the order of its numbers is
/// not known. What labels it may stand before it.
pub(in crate::intake) fn day(text: &str) -> Option<String> {
    if text.len() > MAX_LINE {
        return None;
    }
    let text = plain(text);
    let has_day = |date: &PublicationDate| date.first_day() == date.last_day();
    let read = |text: &str| PublicationDate::parse(text).filter(has_day);
    if let Some(date) = read(&text) {
        return Some(date.to_string());
    }
    let is_time = |at: usize, number: &str| {
        text[..at].ends_with(':') || text[at + number.len()..].starts_with(':')
    };
    let numbers = words(&text)
        .filter(|&(at, word)| word.starts_with(|c: char| c.is_ascii_digit()) && !is_time(at, word));
    let mut unsure = None;
    for (at, _) in numbers {
        let rest = &text[at..];
        if let Some(date) = read(rest) {
            return Some(date.to_string());
        }
        if unsure.is_none() && DateOrder::is_needed(rest) {
            let end = rest.find(|c: char| !c.is_ascii_digit() && !"/-.".contains(c));
            unsure = Some(rest[..end.unwrap_or(rest.len())].to_owned());
        }
    }
    unsure
}

/// Runs of letters and runs of digits, and where they begin.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_word = |c: char| c.is_alphanumeric() || is_mark(c);
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_word)?;
        let is_number = text[start..].starts_with(|c: char| c.is_ascii_digit());
        let same = |c: char| is_word(c) && c.is_ascii_digit() == is_number;
        at = text[start..].find(|c| !same(c)).map_or(text.len(), |end| start + end);
        Some((start, &text[start..at]))
    })
}

/// Whether a text is nothing but words that stand beside dates, or numbers.
pub(in crate::intake) fn is_label(text: &str) -> bool {
    let is_number = |word: &str| word.starts_with(|c: char| c.is_numeric());
    text.len() <= MAX_LINE
        && words(text).all(|(_, word)| {
            let folded = folded(word);
            is_number(word) || is_known(&folded) || UPDATES.split(' ').any(|it| it == folded)
        })
}

/// Whether a folded word belongs to dates.
fn is_known(word: &str) -> bool {
    let is_of_month = |name: &&str| name.split(' ').any(|part| part == word);
    WORDS.split(' ').any(|known| known == word)
        || MONTHS.iter().any(|names| names.iter().any(is_of_month))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<(String, bool)> {
        DateLine::from_text(line).map(|line| (line.date, line.is_update))
    }

    #[test]
    fn the_words_are_folded() {
        for word in WORDS.split(' ').chain(UPDATES.split(' ')) {
            assert_eq!(folded(word), word);
        }
    }

    #[test]
    fn a_line_that_only_is_a_date_is_read() {
        for (line, day) in [
            ("11 أبريل، 2019", "2019-04-11"),
            ("١١ أبريل ٢٠١٩", "2019-04-11"),
            ("نُشر في: الخميس 11 نيسان 2019 | 14:20", "2019-04-11"),
            ("تاريخ النشر: 25/04/2019 - 10:30 صباحا", "2019-04-25"),
            ("الخميس 11 نيسان/أبريل 2019", "2019-04-11"),
            ("14:20 - 2019/4/11", "2019-04-11"),
            ("Thursday, April 11, 2019 10:30 am", "2019-04-11"),
            ("الجمعة 30 رجب 1440 هـ الموافق 5 إبريل 2019 م", "2019-04-05"),
            ("3 تشرين الأول 2019 الساعة 10:00 بتوقيت طرابلس", "2019-10-03"),
            ("نشر 11 أبريل 2019، آخر تحديث 13 أبريل 2019", "2019-04-11"),
            ("بتاريخ 6/4/2019 10:30", "6/4/2019"),
        ] {
            assert_eq!(read(line), Some((day.to_owned(), false)), "{line}");
        }
        assert_eq!(read("آخر تحديث: 13 أبريل 2019"), Some(("2019-04-13".to_owned(), true)));
    }

    #[test]
    fn prose_and_dates_without_a_year_are_no_such_lines() {
        for line in [
            "اجتمع المجلس في 11 أبريل 2019",
            "11 أبريل",
            "أبريل 2019",
            "الخميس",
            "15 رمضان 1440",
            "1554458400",
            "14:20",
            "",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
