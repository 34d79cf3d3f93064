//! Dates of publication, as headers and dumps write them.

pub(super) mod line;
mod months;

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::fmt::rfc2822::DateTimeParser;
use jiff::tz::TimeZone;

use crate::text::script::{is_invisible, is_mark, western_digit};
use months::month;

/// The day on which an article was published, or the month where the day is not given.
///
/// The order is that of time; a month stands before its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublicationDate {
    /// The day, or the first of the month.
    first: Date,
    has_day: bool,
}

/// How dates such as 6/4/2019, which mean different days in different countries, are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// The day comes first: 6/4/2019 is the sixth of April.
    DayFirst,
    /// The month comes first: 6/4/2019 is the fourth of June.
    MonthFirst,
}

impl DateOrder {
    /// The order in which a date such as 25/4/2019 is written, if it tells that.
    pub fn from_date(text: &str) -> Option<Self> {
        match Numbers::from_text(&plain(text))? {
            Numbers { first: 13.., second: ..=12, .. } => Some(Self::DayFirst),
            Numbers { first: ..=12, second: 13.., .. } => Some(Self::MonthFirst),
            _ => None,
        }
    }

    /// Whether a date such as 6/4/2019 is read only where the order is known.
    pub fn is_needed(text: &str) -> bool {
        let read = |order| PublicationDate::parse_in_order(text, order);
        read(None).is_none() && read(Some(Self::DayFirst)).is_some()
    }
}

impl PublicationDate {
    /// Reads the usual forms of dates that mean one day:
    ///
    /// - ISO 8601 (`2019-04-06`, with or without a time, or only `2019-04`), the same with slashes
    ///   or without hyphens (`20190406`, `20190406101500`);
    /// - those of mails and feeds (RFC 2822: `Sat, 06 Apr 2019 09:26:57 +0200`), whose day is that
    ///   of the place where they were written, and of Twitter (`Sat Apr 06 09:26:57 +0000 2019`);
    /// - with the name of the month, in English or Arabic (أبريل, إبريل, نيسان, أفريل), also
    ///   without the day (`April 2019`);
    /// - seconds, milliseconds or less since 1970, from 1990 to 2100; the day is that of UTC;
    /// - with the year last, where one number can only be the day: `25/4/2019`, `4/25/2019`.
    ///
    /// Digits may be Arabic-Indic or Persian. The year is one from 1900 to 2100: 1440-08-03 is a
    /// date of the Islamic calendar. A date such as 6/4/2019, which means different days
    /// in different countries, is not read; [`Self::parse_in_order`] reads it.
    pub fn parse(text: &str) -> Option<Self> {
        Self::parse_in_order(text, None)
    }

    /// The same as [`Self::parse`]; `order` decides about dates such as 6/4/2019.
    pub fn parse_in_order(text: &str, order: Option<DateOrder>) -> Option<Self> {
        let text = &plain(text);
        let date = iso(text)
            .or_else(|| since_1970(text).map(Self::from))
            .or_else(|| {
                let zoned = DateTimeParser::new().relaxed_weekday(true).parse_zoned(text).ok();
                zoned.map(|zoned| zoned.date().into())
            })
            .or_else(|| match Numbers::from_text(text) {
                Some(numbers) => numbers.date(order).map(Self::from),
                None => with_month_name(text),
            })?;
        is_recent(date.first.year()).then_some(date)
    }

    /// The first day that the date may mean.
    pub fn first_day(self) -> Date {
        self.first
    }

    /// The last day that the date may mean: the day itself, or the last one of the month.
    pub fn last_day(self) -> Date {
        if self.has_day { self.first } else { self.first.last_of_month() }
    }

    /// The month, as `YYYY-MM`.
    pub fn month(self) -> String {
        self.first.strftime("%Y-%m").to_string()
    }

    /// Whether some day that the date may mean lies between `since` and `until`, both included. A
    /// month without a day counts as soon as one of its days does.
    pub fn is_within(self, since: Option<Date>, until: Option<Date>) -> bool {
        since.is_none_or(|since| self.last_day() >= since)
            && until.is_none_or(|until| self.first_day() <= until)
    }
}

impl From<Date> for PublicationDate {
    fn from(day: Date) -> Self {
        Self { first: day, has_day: true }
    }
}

impl fmt::Display for PublicationDate {
    /// `YYYY-MM-DD`, or `YYYY-MM` where the day is not given.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.has_day { self.first.fmt(f) } else { f.write_str(&self.month()) }
    }
}

/// A date without invisible marks, and with Western digits.
fn plain(text: &str) -> String {
    let seen = text.trim().chars().filter(|&c| !is_invisible(c));
    seen.map(western_digit).collect()
}

/// A date whose year stands first.
fn iso(text: &str) -> Option<PublicationDate> {
    let iso = text.replace('/', "-");
    // A time may follow in any form; the day is what counts.
    let ends = iso.as_bytes().get(10).is_none_or(|next| !next.is_ascii_digit());
    let day = iso.get(..10).filter(|_| ends).and_then(|day| day.parse::<Date>().ok());
    if let Some(day) = day {
        return is_recent(day.year()).then(|| day.into());
    }
    if iso.len() == 7 {
        let first = format!("{iso}-01").parse().ok()?;
        return Some(PublicationDate { first, has_day: false });
    }
    // Single digits, and no hyphens.
    let mut parts = iso.splitn(3, '-');
    let parts = [parts.next()?, parts.next().unwrap_or_default(), parts.next().unwrap_or_default()];
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let [year, month, day] = if digits(parts[0]) == iso.len() && [8, 12, 14].contains(&iso.len()) {
        [&iso[..4], &iso[4..6], &iso[6..8]]
    } else {
        let (month, day) = (digits(parts[1]), digits(parts[2]));
        let is_date = parts[0].len() == 4
            && digits(parts[0]) == 4
            && (1..=2).contains(&month)
            && month == parts[1].len()
            && (1..=2).contains(&day);
        [parts[0], parts[1], is_date.then(|| &parts[2][..day])?]
    };
    let year = year.parse().ok().filter(|year| is_recent(*year))?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok().map(Into::into)
}

/// Whether a number may be the year of an article, and is none of another calendar.
fn is_recent(year: i16) -> bool {
    (1900..=2100).contains(&year)
}

/// The day in UTC of a number of seconds, or of thousandths, millionths … of them, since 1970.
fn since_1970(text: &str) -> Option<Date> {
    /// The seconds of 1990 and of 2100.
    const PLAUSIBLE: std::ops::Range<i64> = 631_152_000..4_102_444_800;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    if !(9..=19).contains(&whole.len()) || !is_number(whole) || !is_number(fraction) {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    let mut seconds = [1, 1_000, 1_000_000, 1_000_000_000].map(|unit| number / unit).into_iter();
    let seconds = seconds.find(|seconds| PLAUSIBLE.contains(seconds))?;
    Some(Timestamp::from_second(seconds).ok()?.to_zoned(TimeZone::UTC).date())
}

/// Two numbers, one of which is the day and one the month, before a year.
struct Numbers {
    first: i8,
    second: i8,
    year: i16,
}

impl Numbers {
    fn from_text(text: &str) -> Option<Self> {
        let separator = text.chars().find(|c| !c.is_ascii_digit())?;
        let mut parts = text.splitn(3, separator);
        let (first, second, last) = (parts.next()?, parts.next()?, parts.next()?);
        let end = last.bytes().take_while(u8::is_ascii_digit).count();
        let is_short = |number: &str| (1..=2).contains(&number.len());
        if !['/', '-', '.'].contains(&separator)
            || !is_short(first)
            || !is_short(second)
            || end != 4
        {
            return None;
        }
        let year = last[..end].parse().ok().filter(|year| is_recent(*year))?;
        Some(Self { first: first.parse().ok()?, second: second.parse().ok()?, year })
    }

    fn date(&self, order: Option<DateOrder>) -> Option<Date> {
        let day_first = || Date::new(self.year, self.second, self.first).ok();
        let month_first = || Date::new(self.year, self.first, self.second).ok();
        match order {
            // 25/4/2019 is what it is, whatever the order of the others.
            _ if self.first > 12 || self.first == self.second => day_first(),
            _ if self.second > 12 => month_first(),
            Some(DateOrder::DayFirst) => day_first(),
            Some(DateOrder::MonthFirst) => month_first(),
            None => None,
        }
    }
}

/// A date with the name of its month, one year, and the day beside the name.
fn with_month_name(text: &str) -> Option<PublicationDate> {
    /// More than any date has; what is longer is prose.
    const MAX_BYTES: usize = 200;
    if text.len() > MAX_BYTES {
        return None;
    }
    // Runs of letters, runs of digits; what stands between them but spaces tells times.
    let mut parts: Vec<(&str, &str)> = Vec::new();
    let (mut rest, is_word) = (text, |c: char| c.is_alphanumeric() || is_mark(c));
    while let Some(start) = rest.find(is_word) {
        let word = &rest[start..];
        let is_number = word.starts_with(|c: char| c.is_ascii_digit());
        let same = |c: char| c.is_ascii_digit() == is_number && is_word(c);
        let end = word.find(|c| !same(c)).unwrap_or(word.len());
        parts.push((&rest[..start], &word[..end]));
        rest = &word[end..];
    }
    let mut found: Option<(i8, usize, usize)> = None;
    let mut at = 0;
    while at < parts.len() {
        let two = parts.get(at + 1).map(|next| format!("{} {}", parts[at].1, next.1));
        let (number, n_words) = match two.as_deref().and_then(month) {
            Some(number) => (Some(number), 2),
            None => (month(parts[at].1), 1),
        };
        match (number, &mut found) {
            // Two names of one month: نيسان/أبريل.
            (Some(number), Some((month, _, last))) if number == *month => *last = at + n_words,
            (Some(_), Some(_)) => return None,
            (Some(number), None) => found = Some((number, at, at + n_words)),
            (None, _) => {}
        }
        at += n_words;
    }
    let (month, first, last) = found?;
    let is_number = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
    let number = |at: usize, n_digits: std::ops::RangeInclusive<usize>| {
        let (before, number) = parts.get(at)?;
        let next = parts.get(at + 1).map_or(rest, |next| next.0);
        let is_time = before.ends_with([':', '+']) || next.starts_with(':');
        (n_digits.contains(&number.len()) && !is_time).then(|| number.parse::<i16>().ok())?
    };
    let mut years = (0..parts.len()).filter_map(|at| number(at, 4..=4)).filter(|&y| is_recent(y));
    let (year, others) = (years.next()?, years.next());
    if others.is_some() {
        return None;
    }
    // "4th of April": the nearest number before the name, else the one after it.
    let nearest = (first.saturating_sub(3)..first).rev().find(|&at| is_number(parts[at].1));
    let day = nearest.and_then(|at| number(at, 1..=2)).or_else(|| number(last, 1..=2));
    if day.is_none() && (0..parts.len()).any(|at| number(at, 1..=2).is_some()) {
        return None;
    }
    let first = Date::new(year, month, i8::try_from(day.unwrap_or(1)).ok()?).ok()?;
    Some(PublicationDate { first, has_day: day.is_some() })
}

/// A date as `YYYY-MM-DD`, or `YYYY-MM` without a day; as it is where it cannot be read.
pub(super) fn as_iso(date: String, order: Option<DateOrder>) -> String {
    // Most are already.
    if date.len() == 10 && date.parse::<Date>().is_ok() {
        return date;
    }
    PublicationDate::parse_in_order(&date, order).map_or(date, |day| day.to_string())
}

#[cfg(test)]
mod tests;
