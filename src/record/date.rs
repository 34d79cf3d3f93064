//! Dates of publication, as headers and dumps write them.

use std::fmt;

use jiff::civil::Date;
use jiff::fmt::rfc2822::DateTimeParser;

/// The day on which an article was published, or the month where the day is not given.
///
/// The order is that of time; a month stands before its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublicationDate {
    /// The day, or the first of the month.
    first: Date,
    has_day: bool,
}

impl PublicationDate {
    /// Reads ISO 8601 (`2019-04-06`, with or without a time, or only `2019-04`), the same with
    /// slashes, and the dates of mails and feeds (RFC 2822: `Sat, 06 Apr 2019 09:26:57 +0200`),
    /// whose day is that of the place where they were written. Ambiguous dates such as 6/4/2019,
    /// which mean different days in different countries, are not read.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let iso = text.replace('/', "-");
        // A time may follow in any form; the day is what counts.
        let ends = iso.as_bytes().get(10).is_none_or(|next| !next.is_ascii_digit());
        let day = iso.get(..10).filter(|_| ends).and_then(|day| day.parse::<Date>().ok());
        let day = day.or_else(|| {
            let zoned = DateTimeParser::new().relaxed_weekday(true).parse_zoned(text).ok();
            zoned.map(|zoned| zoned.date())
        });
        match day {
            Some(day) => (0..=9999).contains(&day.year()).then_some(day.into()),
            None if iso.len() == 7 => {
                let first = format!("{iso}-01").parse().ok()?;
                Some(Self { first, has_day: false })
            }
            None => None,
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn dates_are_read_as_dumps_write_them() {
        for (text, date) in [
            ("2019-04-06", Some("2019-04-06")),
            (" 2019/04/06 ", Some("2019-04-06")),
            ("2019-04-06T23:59:00Z", Some("2019-04-06")),
            ("2019-04-06 10:00", Some("2019-04-06")),
            ("2019-04", Some("2019-04")),
            ("Sun, 18 Feb 2018 09:26:57 +0400", Some("2018-02-18")),
            ("Fri, 06 Apr 2018 06:15:34 GMT", Some("2018-04-06")),
            ("2019-13", None),
            ("2019-02-30", None),
            ("6/4/2019", None),
            ("2019-04-061", None),
            ("٢٠١٩-٠٤-٠٦", None),
            ("أمس", None),
            ("", None),
        ] {
            let read = PublicationDate::parse(text).map(|date| date.to_string());
            assert_eq!(read.as_deref(), date, "{text:?}");
        }
        assert_eq!(PublicationDate::parse("2019-04-06").unwrap().month(), "2019-04");
    }

    #[test]
    fn dates_are_compared_as_dates_not_as_text() {
        let within = |text: &str, since: &str, until: &str| {
            let day = |text: &str| (!text.is_empty()).then(|| text.parse::<Date>().unwrap());
            PublicationDate::parse(text).unwrap().is_within(day(since), day(until))
        };
        assert!(!within("Mon, 03 May 1999 10:00:00 GMT", "2024-01-01", ""));
        assert!(within("2024/05/06", "", "2024-12-31"));
        assert!(within("2024-05-06", "2024-05-06", "2024-05-06"));
        // A month counts where one of its days does.
        assert!(within("2024-05", "2024-05-31", "") && within("2024-05", "", "2024-05-01"));
        assert!(!within("2024-05", "2024-06-01", "") && !within("2024-05", "", "2024-04-30"));
    }

    proptest! {
        #[test]
        fn nothing_panics_and_what_is_read_reads_the_same_again(
            text in "\\PC*|[0-9/-]{7,12}|[0-9]{4}-[01][0-9]-[0-3][0-9]",
        ) {
            if let Some(date) = PublicationDate::parse(&text) {
                prop_assert_eq!(date.month().len(), 7);
                prop_assert_eq!(PublicationDate::parse(&date.to_string()), Some(date));
            }
        }
    }
}
