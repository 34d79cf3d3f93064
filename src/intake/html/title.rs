//! The headline of a page, whole: a part of it may look like the name of a site.

use std::sync::LazyLock;

use dom_query::{Document, Matcher};

use super::heading::titled;
use super::page::{matcher, spaced};

static TITLE: LazyLock<Matcher> = LazyLock::new(|| matcher("title"));
static SITE: LazyLock<Matcher> = LazyLock::new(|| {
    matcher(
        "meta[property='og:site_name'], meta[name='og:site_name'], meta[name='application-name']",
    )
});

static NAMED: LazyLock<Matcher> = LazyLock::new(|| {
    matcher("meta[property='og:title'], meta[name$='title'], meta[property$=':title']")
});

/// Signs between a headline and the name of a site.
const BARS: [char; 11] = ['|', '-', '–', '—', '»', '«', '·', '•', '›', '<', '>'];

/// Signs that no headline begins with.
const LEADING: [char; 14] = [':', '-', '–', '—', '|', '·', '•', '،', ',', '؛', '/', '\\', '>', '»'];

/// Least words of a heading that is less than half of the title.
const MIN_WORDS: usize = 4;

/// Most titles in metadata that are looked at.
const MAX_METAS: usize = 20;

/// Most names of sites, and most times that one is cut off a title.
const MAX_SITES: usize = 4;

/// What a page says of its headline.
pub(super) struct Titles {
    /// The heading that is the page's title.
    heading: Option<String>,
    /// The title of the page, whole.
    whole: String,
    /// The same as Readability cuts it.
    cut: String,
    /// The titles that the page's metadata name, which Readability does not cut.
    named: Vec<String>,
    /// Names of the site.
    sites: Vec<String>,
}

impl Titles {
    /// Reads the titles of a page; `cut` is that of Readability, and `named` are those of JSON-LD.
    pub(super) fn new(document: &Document, cut: &str, mut named: Vec<String>) -> Self {
        let whole = spaced(&document.select_single_matcher(&TITLE).text());
        let sites = document.select_matcher(&SITE);
        let told = sites.nodes().iter().take(MAX_SITES).filter_map(|node| node.attr("content"));
        let sites: Vec<String> =
            told.map(|name| spaced(&name)).filter(|name| !name.is_empty()).collect();
        let metas = document.select_matcher(&NAMED);
        named.extend(
            metas
                .nodes()
                .iter()
                .take(MAX_METAS)
                .filter_map(|node| node.attr("content").map(|title| title.to_string())),
        );
        let named = named.iter().map(|title| spaced(title)).collect();
        let heading = titled(document).filter(|heading| {
            let is_of_site = |around: &dom_query::NodeRef| {
                around.has_name("nav")
                    || around.has_name("header")
                        && around.parent().is_some_and(|parent| parent.has_name("body"))
            };
            whole.starts_with(&spaced(&heading.text()))
                || !heading.ancestors_it(None).any(|around| is_of_site(&around))
        });
        let heading = heading.map(|heading| spaced(&heading.formatted_text()));
        let heading = heading.filter(|heading| {
            let is_half = 2 * heading.chars().count() >= whole.chars().count();
            let is_long = heading.split(' ').count() >= MIN_WORDS;
            !sites.contains(heading) && (whole.is_empty() || is_half || is_long)
        });
        Self { heading, whole, cut: spaced(cut), named, sites }
    }

    /// The headline; `told` is what the page's metadata say, and `outlet` the site.
    pub(super) fn headline(mut self, told: Option<String>, outlet: Option<&str>) -> Option<String> {
        self.sites.extend(outlet.map(spaced).filter(|name| !name.is_empty()));
        let told = told.map(|told| spaced(&told)).filter(|told| !told.is_empty());
        let title = match (self.heading, told) {
            (Some(heading), _) => heading,
            // Readability cuts at signs, whatever stands before or behind them.
            (None, Some(told))
                if told == self.cut
                    && self.whole.contains(&told)
                    && !self.named.contains(&told) =>
            {
                without_site(&self.whole, &self.sites)
            }
            (None, Some(told)) => without_site(&told, &self.sites),
            (None, None) => without_site(&self.whole, &self.sites),
        };
        let title = title.trim_start_matches(|c: char| c.is_whitespace() || LEADING.contains(&c));
        (!title.is_empty()).then(|| title.to_owned())
    }
}

/// A title without the names of the site at its ends.
fn without_site(title: &str, sites: &[String]) -> String {
    let mut title = title.trim();
    for _ in 0..MAX_SITES {
        let rest = sites.iter().find_map(|site| {
            let before = title.strip_suffix(site.as_str()).map(str::trim_end);
            let before = before.and_then(|rest| rest.strip_suffix(BARS)).map(str::trim_end);
            let after = || {
                let rest = title.strip_prefix(site.as_str())?.trim_start();
                let rest = rest.strip_prefix(BARS).or_else(|| rest.strip_prefix(':'))?;
                Some(rest.trim_start())
            };
            before.or_else(after).filter(|rest| !rest.is_empty())
        });
        let Some(rest) = rest else { break };
        title = rest;
    }
    title.to_owned()
}

/// Paragraphs at the start of a text in which the headline is looked for.
const MAX_BEFORE: usize = 4;

/// A text without the headline in its first paragraphs: it would be weighed twice.
pub(super) fn without_headline(text: String, headline: Option<&str>) -> String {
    let Some(headline) = headline else { return text };
    let is_headline = |part: &str| part.split_whitespace().eq(headline.split_whitespace());
    let parts = text.split("\n\n");
    if !parts.clone().take(MAX_BEFORE).any(is_headline) || parts.clone().all(is_headline) {
        return text;
    }
    let parts = parts.enumerate().filter(|(at, part)| *at >= MAX_BEFORE || !is_headline(part));
    parts.map(|(_, part)| part).collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::super::read;

    const TEXT: &str = "<p>بدأت في مدينة سرت صباح اليوم جلسة للنظر في تشكيلة الحكومة الجديدة، \
        بحضور أكثر من مئة نائب وصلوا على متن رحلات خاصة من عدة مدن.</p><p>وقال عضو في اللجنة إن \
        الجلسة ستستمر يومين.</p>";

    fn page(head: &str, body: &str) -> (String, String) {
        let html = format!("<html><head>{head}</head><body>{body}{TEXT}</body></html>");
        let page = read(&html).unwrap();
        (page.title.unwrap_or_default(), page.text)
    }

    #[test]
    fn a_headline_with_signs_stays_whole() {
        for headline in [
            "النفط الليبي: المؤسسة الوطنية ترفع القوة القاهرة",
            "وكالة: قوات الوفاق تستعيد غريان",
            "مجلس النواب - لا ثقة في حكومة الوفاق",
            "السراج - حفتر | لقاء في باريس",
            "العاجل | قصف مطار معيتيقة",
        ] {
            for (head, body) in [
                (format!("<title>{headline}</title>"), format!("<font>{headline}</font><br>")),
                (format!("<title>{headline} | الموقع</title>"), format!("<h1>{headline}</h1>")),
                (format!("<title>الموقع - {headline}</title>"), format!("<h2>{headline}</h2>")),
                (
                    format!(
                        "<title>{headline} | الموقع</title><meta property='og:site_name' \
                             content='الموقع'>"
                    ),
                    format!("<div>{headline}</div>"),
                ),
                (
                    format!(
                        "<title>{headline} - الموقع</title><meta property='og:title' \
                             content='{headline}'>"
                    ),
                    format!("<p>سالم محمد</p><p>{headline}</p>"),
                ),
            ] {
                let (title, text) = page(&head, &body);
                assert_eq!(title, headline, "{head}{body}");
                assert!(!text.contains(headline), "{head}{body}: {text}");
            }
        }
    }

    #[test]
    fn the_name_of_the_site_or_of_a_section_is_no_headline() {
        let site = "<meta property='og:site_name' content='الموقع الأول'>";
        for (head, body) in [
            (format!("<title>خبر قصير | الموقع الأول</title>{site}"), "<h1>الموقع الأول</h1>"),
            ("<title>خبر قصير</title>".to_owned(), "<h4>خبر</h4>"),
            (format!("<title>الموقع الأول: خبر قصير</title>{site}"), ""),
        ] {
            assert_eq!(page(&head, body).0, "خبر قصير", "{head}{body}");
        }
        // Nothing tells that this is the name of a site.
        assert_eq!(page("<title>خبر قصير - الموقع</title>", "").0, "خبر قصير - الموقع");
        assert_eq!(page("<title>: خبر قصير</title>", "").0, "خبر قصير");
    }
}
