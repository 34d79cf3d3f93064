//! Pages for a browser: one file each, that needs no network and no script; light and dark; right
//! to left where the text is Arabic; printable. Everything from an article goes through [`said`],
//! and maud escapes it: no markup gets through.

pub mod explanation;
pub mod report;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::text::isolate::visible;

/// The style of every page.
const STYLE: &str = concat!(include_str!("page.css"), include_str!("explanation.css"));

/// A whole page. Nothing may be loaded, from anywhere, even if something got through.
pub fn page(title: &str, body: &Markup) -> String {
    page_with(title, "", body)
}

/// A page with a style of its own besides that of all.
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
                title { (visible(title)) }
                style { (PreEscaped(STYLE)) (PreEscaped(style)) }
            }
            body { (body) }
        }
    }
    .into_string()
}

/// Text from an article: escaped, without control characters and marks that change direction, and
/// standing in its own direction.
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
