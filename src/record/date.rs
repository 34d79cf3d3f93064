//! The day on which an article was published, as its header or its dump writes it.

use jiff::civil::Date;
use jiff::fmt::rfc2822::DateTimeParser;

/// A day, or a month whose day is not told.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    /// `YYYY-MM-DD`, or `YYYY-MM`.
    written: String,
}

impl Day {
    /// Reads ISO 8601 (`2019-04-06`, with a time or without, or only `2019-04`), the same with
    /// slashes, and the dates of mails and feeds (RFC 2822: `Sat, 06 Apr 2019 09:26:57 +0200`),
    /// whose day is that of the place where they were written. Nothing is guessed of dates like
    /// 6/4/2019, which are other days in other countries.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let iso = text.replace('/', "-");
        // A time may follow in any form; the day is what counts.
        let day = iso
            .get(..10)
            .filter(|_| iso.as_bytes().get(10).is_none_or(|next| !next.is_ascii_digit()));
        let day = day.and_then(|day| day.parse::<Date>().ok()).or_else(|| {
            let zoned = DateTimeParser::new().relaxed_weekday(true).parse_zoned(text).ok();
            zoned.map(|zoned| zoned.date())
        });
        let written = match day {
            Some(day) => day.to_string(),
            None if iso.len() == 7 => iso.clone(),
            None => return None,
        };
        // Checks a month, too: each has a first day.
        let first = format!("{}-01", written.get(..7)?);
        (written.len() <= 10 && first.parse::<Date>().is_ok()).then_some(Self { written })
    }

    /// `YYYY-MM-DD`, or `YYYY-MM` where the day is not told.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// `YYYY-MM`.
    pub fn month(&self) -> &str {
        &self.written[..7]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn days_are_read_as_dumps_write_them() {
        for (text, day) in [
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
            assert_eq!(Day::read(text).as_ref().map(Day::as_str), day, "{text:?}");
        }
        assert_eq!(Day::read("2019-04-06").unwrap().month(), "2019-04");
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "\\PC*|[0-9/-]{7,12}") {
            if let Some(day) = Day::read(&text) {
                prop_assert_eq!(day.month().len(), 7);
            }
        }
    }
}
