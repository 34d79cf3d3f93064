//! HTML pages: one file each, without network or script; light and dark; printable; right to left
//! where the text is Arabic. Text from an article goes through [`said`], and maud escapes it.

pub mod explanation;
pub mod reading;
pub mod report;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::text::isolate::visible;

/// CSS of every page.
const STYLE: &str = concat!(include_str!("page.css"), include_str!("explanation.css"));

/// A whole page. Its content security policy forbids to load anything.
pub fn page(title: &str, body: &Markup) -> String {
    page_with(title, "", body)
}

/// A page with additional CSS.
fn page_with(title: &str, style: &str, body: &Markup) -> String {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src \
                 'unsafe-inline'";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content=(concat!("mizan ", env!("CARGO_PKG_VERSION")));
                title { (visible(title)) }
                style { (PreEscaped(STYLE)) (PreEscaped(style)) }
            }
            body { (body) }
        }
    }
    .into_string()
}

/// Text from an article: escaped, without control and directional characters, in its own direction.
pub fn said(text: &str) -> Markup {
    html! { bdi dir="auto" { (visible(text)) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_markup_and_no_direction_mark_gets_through() {
        let page = page("<script>a</script>", &said("<img src=x onerror=alert(1)>\u{202E}حفتر\"&"));
        assert!(page.contains("<title>&lt;script&gt;a&lt;/script&gt;</title>"));
        assert!(
            page.contains(
                "<bdi dir=\"auto\">&lt;img src=x onerror=alert(1)&gt;حفتر&quot;&amp;</bdi>"
            ),
            "{page}"
        );
    }
}
