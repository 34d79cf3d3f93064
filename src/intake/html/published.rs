//! When a page was published, where neither Readability nor JSON-LD tells it.

use std::sync::LazyLock;

use dom_query::{Document, Matcher, NodeRef};

use super::near::{Dated, near};
use super::page::matcher;
use crate::intake::date::PublicationDate;
use crate::intake::date::line::day;

static METAS: LazyLock<Matcher> = LazyLock::new(|| matcher("meta"));
static ADDRESSES: LazyLock<Matcher> =
    LazyLock::new(|| matcher("link[rel='canonical'], meta[property='og:url']"));

/// Most elements of each kind that are looked at.
const MAX_ELEMENTS: usize = 1_000;

/// Names of `meta` elements that hold the day of publication, without case and signs, the surest
/// first: the names that htmldate knows (Barbaresi 2020, "htmldate: A Python package to extract
/// publication dates from web pages", JOSS 5(51), 2439). Those of changes are not among them.
const NAMES: [&str; 42] = [
    "articlepublishedtime",
    "articlepublished",
    "articlepublisheddate",
    "articlepublicationdate",
    "articlepostdate",
    "ogarticlepublishedtime",
    "ogarticlepublished",
    "ogpublishedtime",
    "ogpublishdate",
    "ogdatepublished",
    "ogpubdate",
    "datepublished",
    "rnewsdatepublished",
    "publisheddate",
    "publishedtime",
    "publishdate",
    "publishtime",
    "publicationdate",
    "originalpublicationdate",
    "pubdate",
    "btpubdate",
    "parselypubdate",
    "dateposted",
    "dcdateissued",
    "dctermsissued",
    "dcdatepublication",
    "dcdate",
    "dctermsdate",
    "citationpublicationdate",
    "citationdate",
    "articledateoriginal",
    "articlecreated",
    "cxenseparserecspublishtime",
    "shareaholicarticlepublishedtime",
    "sailthrudate",
    "dcdatecreated",
    "dccreated",
    "dctermscreated",
    "datecreated",
    "created",
    "date",
    "timestamp",
];

/// The day of publication, as `YYYY-MM-DD`, or as the page writes it where the order of its numbers
/// is not known. What shows the date beside the heading is taken out of the page.
pub(super) fn take(document: &Document, heading: Option<&NodeRef>) -> Option<String> {
    let near = near(document, heading);
    let told = |is_shown: bool, is_update: bool| {
        let is_one =
            move |dated: &&Dated| dated.is_shown == is_shown && dated.is_update == is_update;
        near.dated.iter().filter(is_one).map(|dated| dated.day.clone())
    };
    let days = metas(document)
        .into_iter()
        .chain(told(false, false))
        .chain(addresses(document).into_iter().filter_map(|address| day_in_address(&address)))
        .chain(told(true, false))
        .chain(told(false, true))
        .chain(told(true, true));
    // A date whose order is not known is the last choice.
    let mut unsure = None;
    let mut sure = None;
    for day in days {
        if PublicationDate::parse(&day).is_some() {
            sure = Some(day);
            break;
        }
        unsure.get_or_insert(day);
    }
    near.remove_shown();
    sure.or(unsure)
}

/// The days that `meta` elements tell, the surest first.
fn metas(document: &Document) -> Vec<String> {
    let mut found: Vec<(usize, String)> = Vec::new();
    for node in document.select_matcher(&METAS).nodes().iter().take(MAX_ELEMENTS) {
        let name = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|attribute| {
            let name = node.attr(attribute)?;
            let letters = name.chars().filter(char::is_ascii_alphanumeric);
            let name: String = letters.map(|c| c.to_ascii_lowercase()).collect();
            NAMES.iter().position(|known| *known == name)
        });
        let value = || node.attr("content").or_else(|| node.attr("datetime"));
        if let Some(rank) = name
            && let Some(day) = value().and_then(|value| day(&value))
        {
            found.push((rank, day));
        }
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, day)| day).collect()
}

/// The addresses that a page tells of itself.
fn addresses(document: &Document) -> Vec<String> {
    let addresses = document.select_matcher(&ADDRESSES);
    let told = addresses.nodes().iter().take(MAX_ELEMENTS);
    let told = told.filter_map(|node| node.attr("href").or_else(|| node.attr("content")));
    told.map(|address| address.trim().to_owned()).filter(|address| !address.is_empty()).collect()
}

/// The address of a page, as the page tells it.
pub(super) fn address(document: &Document) -> Option<String> {
    addresses(document).into_iter().next()
}

/// The day in the path of an address: `/2019/04/11/…`, `/2019-04-11-…`, `/20190411/…`.
fn day_in_address(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next()?;
    let path = path.split_once("://").map_or(path, |(_, rest)| rest);
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let is_number = |text: &str, n_digits: std::ops::RangeInclusive<usize>| {
        n_digits.contains(&text.len()) && digits(text) == text.len()
    };
    let read = |text: &str| PublicationDate::parse(text).map(|date| date.to_string());
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    let folders = parts.windows(3).find_map(|parts| match parts {
        [year, month, day]
            if is_number(year, 4..=4) && is_number(month, 1..=2) && is_number(day, 1..=2) =>
        {
            read(&format!("{year}-{month}-{day}"))
        }
        _ => None,
    });
    folders.or_else(|| {
        parts.iter().find_map(|part| {
            let end = part.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(part.len());
            let start = &part[..end];
            if digits(start) == 8 {
                return read(&start[..8]);
            }
            let mut numbers = start.splitn(4, '-');
            let (year, month, day) = (numbers.next()?, numbers.next()?, numbers.next()?);
            let is_date =
                is_number(year, 4..=4) && is_number(month, 1..=2) && is_number(day, 1..=2);
            is_date.then(|| read(&format!("{year}-{month}-{day}")))?
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_of_an_address_may_hold_the_day() {
        for (address, day) in [
            ("https://a.example/2019/04/11/n1", Some("2019-04-11")),
            ("https://a.example/news/2019/4/1/", Some("2019-04-01")),
            ("/2019-04-11-news", Some("2019-04-11")),
            ("https://a.example/20190411/n1.html", Some("2019-04-11")),
            ("https://a.example/2019/04/n1", None),
            ("https://a.example/news/201904111", None),
            ("https://a.example/1440/08/03/n1", None),
            ("https://a.example/n?d=/2019/04/11/", None),
            ("https://20190411.example/n", None),
            ("", None),
        ] {
            assert_eq!(day_in_address(address).as_deref(), day, "{address}");
        }
    }

    #[test]
    fn the_names_are_folded_and_stand_once() {
        for name in NAMES {
            assert!(name.bytes().all(|byte| byte.is_ascii_lowercase()), "{name}");
            assert_eq!(NAMES.iter().filter(|other| **other == name).count(), 1, "{name}");
        }
    }
}
