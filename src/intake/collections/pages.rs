//! Web pages that were written one after the other into one file.

use memchr::memmem;

use super::{Articles, Held, Place};
use crate::intake::html::has_text;
use crate::intake::{Format, encoding};

/// The end of a page, and the beginning of the next one; both in any case.
const ENDS: [&[u8]; 2] = [b"</html>", b"</HTML>"];
const BEGINNING: &[u8] = b"<!doctype html";

/// The pages of a file, if it holds several, each with a text of its own. What a server adds behind
/// the end of a page declares no type of document, or has no text.
pub(in crate::intake) fn pages(bytes: &[u8], place: &Place) -> Option<Articles<'static>> {
    let is_start = |at: &usize| {
        let after = bytes[*at..].trim_ascii_start().get(..BEGINNING.len());
        after.is_some_and(|after| after.eq_ignore_ascii_case(BEGINNING))
    };
    let behind = ENDS.iter().flat_map(|end| memmem::find_iter(bytes, end).map(|at| at + end.len()));
    let mut starts: Vec<usize> = behind.filter(is_start).chain([0]).collect();
    starts.sort_unstable();
    let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
    let pages: Vec<&[u8]> = starts.iter().zip(ends).map(|(&at, end)| &bytes[at..end]).collect();
    let holds_text = |page: &&[u8]| {
        let encoding = place.options.encoding.unwrap_or_else(|| encoding::detect(page, None));
        has_text(&encoding.decode_without_bom_handling(page).0)
    };
    if pages.len() < 2 || !pages.iter().all(holds_text) {
        return None;
    }
    let file = |(number, page): (usize, &[u8])| {
        place.file(place.part(number), Format::Html, page.to_vec(), None)
    };
    let articles = (1..).zip(pages).map(file).collect();
    Some(Box::new(Held::new(articles)))
}
