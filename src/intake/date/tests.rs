//! Tests of the reader of dates.

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
        ("٢٠١٩-٠٤-٠٦", Some("2019-04-06")),
        ("٢٠١٩/٠٤/٠٥", Some("2019-04-05")),
        ("۲۰۱۹/۴/۵", Some("2019-04-05")),
        ("\u{200F}2019/4/5 10:30", Some("2019-04-05")),
        ("20190405", Some("2019-04-05")),
        ("20190405101500", Some("2019-04-05")),
        ("20191305", None),
        ("1554458400", Some("2019-04-05")),
        ("1554458400.25", Some("2019-04-05")),
        ("1554458400000", Some("2019-04-05")),
        ("123456789", None),
        ("Thu Apr 04 10:00:00 +0000 2019", Some("2019-04-04")),
        ("April 4, 2019", Some("2019-04-04")),
        ("4th of April 2019 at 20:15", Some("2019-04-04")),
        ("2019-Apr-04", Some("2019-04-04")),
        ("أبريل 2019", Some("2019-04")),
        ("الجمعة، ٥ أبريل ٢٠١٩ - ١٠:٣٠", Some("2019-04-05")),
        ("5 نيسان/أبريل 2019", Some("2019-04-05")),
        ("12 كانون الثاني 2020", Some("2020-01-12")),
        ("3 تشرين الأوّل 2019", Some("2019-10-03")),
        ("الجمعة 30 رجب 1440 هـ الموافق 5 إبريل 2019 م", Some("2019-04-05")),
        ("7 جويلية 2019", Some("2019-07-07")),
        ("15 رمضان 1440", None),
        ("1440-08-03", None),
        ("1440-08-03T10:00:00Z", None),
        ("1440/08/03", None),
        ("1440-08", None),
        ("Fri, 06 Apr 1440 06:15:34 GMT", None),
        ("31 فبراير 2019", None),
        ("من 3 مارس 2019 إلى 4 أبريل 2019", None),
        ("25/4/2019", Some("2019-04-25")),
        ("4/25/2019 11:05 PM", Some("2019-04-25")),
        ("5.5.2019", Some("2019-05-05")),
        ("25/25/2019", None),
        ("6/4/19", None),
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

#[test]
fn day_or_month_first_is_told_or_found_and_never_guessed() {
    let read = |text: &str, order| {
        PublicationDate::parse_in_order(text, Some(order)).map(|date| date.to_string())
    };
    assert_eq!(read("1/2/2020", DateOrder::DayFirst).as_deref(), Some("2020-02-01"));
    assert_eq!(read("1/2/2020", DateOrder::MonthFirst).as_deref(), Some("2020-01-02"));
    assert_eq!(read("25/2/2020", DateOrder::MonthFirst).as_deref(), Some("2020-02-25"));
    assert_eq!(DateOrder::from_date("٢٥/٢/٢٠٢٠"), Some(DateOrder::DayFirst));
    assert_eq!(DateOrder::from_date("2/25/2020 10:00"), Some(DateOrder::MonthFirst));
    assert_eq!(
        (DateOrder::from_date("1/2/2020"), DateOrder::from_date("2020-02-25")),
        (None, None)
    );
    assert!(DateOrder::is_needed("1/2/2020") && !DateOrder::is_needed("25/2/2020"));
    assert!(!DateOrder::is_needed("2020-02-25") && !DateOrder::is_needed("أمس"));
    // The name of a month behind it does not say which of the two days it is (found by fuzzing).
    assert!(DateOrder::is_needed("6/4/2019, 10 Apr 1"));
    assert_eq!(PublicationDate::parse("6/4/2019, 10 Apr 1"), None);
}
