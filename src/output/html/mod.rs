//! HTML pages: one file each, without network; light and dark; printable; right to left where the
//! text is Arabic. Text from an article goes through [`said`], and maud escapes it.
//!
//! Pages need no script. One small script ([`SORTING`]) sorts and filters the tables of a report.

pub mod explanation;
pub mod kind;
pub mod reading;
pub mod report;

use kind::PageKind;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::words::Words;
use crate::text::isolate::visible;

/// CSS of every page.
const STYLE: &str = include_str!("page.css");

/// Sorts tables by column and filters them by text. The content security policy names its checksum,
/// so nothing else runs.
const SORTING: &str = include_str!("sorting.js");

/// The SHA-256 of [`SORTING`] in base 64: `openssl dgst -sha256 -binary sorting.js | base64`.
const SORTING_SHA256: &str = "vB+/+GHZIXsJJQ95IvNf8BgaIAvctWcPbau77w/3bEo=";

/// What stands in the head of a page, and its language.
struct Head<'a> {
    kind: PageKind,
    title: &'a str,
    words: &'a Words,
    /// CSS of this page only.
    style: &'a str,
    /// Whether its tables are sorted and filtered.
    is_sorted: bool,
}

/// A whole page. Its content security policy forbids to load anything.
fn page(head: &Head, body: &Markup) -> String {
    let Head { kind, title, words, style, is_sorted } = head;
    let script =
        if *is_sorted { format!("; script-src 'sha256-{SORTING_SHA256}'") } else { String::new() };
    let policy = format!(
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'{script}"
    );
    let language = words.language();
    html! {
        (DOCTYPE)
        html lang=(language.code()) dir=(language.direction()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content=(kind.generator());
                title { (visible(title)) }
                style { (PreEscaped(STYLE)) (PreEscaped(style)) }
            }
            body data-filter=[is_sorted.then(|| words.say("page.filter"))]
                data-none=[is_sorted.then(|| words.say("page.none"))] {
                (body)
                @if *is_sorted { script { (PreEscaped(SORTING)) } }
            }
        }
    }
    .into_string()
}

/// Text from an article: escaped, without control and directional characters, in its own direction.
pub fn said(text: &str) -> Markup {
    html! { bdi dir="auto" { (visible(text)) } }
}

/// A table that is wider than a phone: it scrolls by itself, also by keyboard.
fn scrolled(label: &str, table: &Markup) -> Markup {
    html! { div.wide tabindex="0" role="group" aria-label=(visible(label)) { (table) } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::words::Language;

    fn titled(title: &str, language: Language, body: &Markup) -> String {
        let (kind, words) = (PageKind::Report, language.words());
        page(&Head { kind, title, words, style: "", is_sorted: true }, body)
    }

    #[test]
    fn no_markup_and_no_direction_mark_gets_through() {
        let body = said("<img src=x onerror=alert(1)>\u{202E}حفتر\"&");
        let page = titled("<script>a</script>", Language::English, &body);
        assert!(page.contains("<title>&lt;script&gt;a&lt;/script&gt;</title>"));
        assert!(
            page.contains(
                "<bdi dir=\"auto\">&lt;img src=x onerror=alert(1)&gt;حفتر&quot;&amp;</bdi>"
            ),
            "{page}"
        );
    }

    #[test]
    fn a_page_has_the_language_and_direction_of_its_words() {
        let page = |language| titled("", language, &html! {});
        assert!(page(Language::English).contains("<html lang=\"en\" dir=\"ltr\">"));
        assert!(page(Language::Arabic).contains("<html lang=\"ar\" dir=\"rtl\">"));
    }

    /// The checksum in the policy is that of the script, or browsers do not run it.
    #[test]
    fn the_script_is_the_one_whose_checksum_the_policy_names() {
        assert_eq!(
            blake3::hash(SORTING.as_bytes()).to_hex().as_str(),
            "0f0bd517e61a9f03ffa8e1d1fad873355db04b79842c11b900198db8b0527e66",
            "sorting.js has changed: set SORTING_SHA256 anew, and then this one"
        );
    }
}
