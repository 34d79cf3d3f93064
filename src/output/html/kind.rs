//! Which command wrote a page: its head says so, so that no page replaces that of another command.

use memchr::memmem;

/// What a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageKind {
    /// How outlets lean.
    Report,
    /// Why articles were scored as they were.
    Explanation,
    /// How articles are read.
    Reading,
}

/// How the name and version of the program begin in the head of a page.
const GENERATOR: &[u8] = b"name=\"generator\" content=\"mizan ";

impl PageKind {
    const ALL: [Self; 3] = [Self::Report, Self::Explanation, Self::Reading];

    /// The command that writes it.
    fn command(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Explanation => "explain",
            Self::Reading => "inspect",
        }
    }

    /// What stands in the head of a page as its generator.
    pub(super) fn generator(self) -> String {
        format!("mizan {} {}", env!("CARGO_PKG_VERSION"), self.command())
    }

    /// What a page shows that begins with `start`; `None` if mizan did not write it. No text of an
    /// article stands before the title, and none in the styles.
    pub fn from_start(start: &[u8]) -> Option<Self> {
        let start = start.strip_prefix(b"<!DOCTYPE html>")?;
        let head = &start[..memmem::find(start, b"<title>")?];
        let generator = memmem::find(head, GENERATOR).map(|at| &head[at + GENERATOR.len()..]);
        let generator = generator.and_then(|rest| rest.split(|&byte| byte == b'"').next());
        match generator.and_then(|named| named.split(|&byte| byte == b' ').nth(1)) {
            Some(command) => {
                Self::ALL.into_iter().find(|kind| kind.command().as_bytes() == command)
            }
            None => Self::from_styles(head, &start[head.len()..]),
        }
    }

    /// The same of an older page, which does not name its command, by what the style and the
    /// policy of each have.
    fn from_styles(head: &[u8], rest: &[u8]) -> Option<Self> {
        let style = &rest[memmem::find(rest, b"<style>")?..];
        let style = &style[..memmem::find(style, b"</style>").unwrap_or(style.len())];
        let has = |mark: &str| memmem::find(style, mark.as_bytes()).is_some();
        if !has("--paper: ") {
            return None;
        }
        if memmem::find(head, b"script-src").is_some() {
            Some(Self::Report)
        } else if has(".verdict ") {
            Some(Self::Explanation)
        } else {
            has(".who.").then_some(Self::Reading)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_of_the_command_that_its_head_names() {
        let page = |generator: &str, style: &str| {
            format!(
                "<!DOCTYPE html><html><head><meta name=\"generator\" content=\"{generator}\">\
                 <title>mizan 1 report</title><style>{style}</style>"
            )
        };
        for kind in PageKind::ALL {
            let start = page(&kind.generator(), "");
            assert_eq!(PageKind::from_start(start.as_bytes()), Some(kind));
        }
        let of =
            |generator: &str, style: &str| PageKind::from_start(page(generator, style).as_bytes());
        // Version 0.1.0 named no command.
        assert_eq!(of("mizan 0.1.0", "--paper: #fff; .verdict {"), Some(PageKind::Explanation));
        assert_eq!(of("mizan 0.1.0", "--paper: #fff; .who.first {"), Some(PageKind::Reading));
        assert_eq!(of("mizan 0.1.0", ""), None);
        assert_eq!(of("mizan 0.1.0 label", "--paper: #fff; .verdict {"), None);
        assert_eq!(of("another program", ".verdict {"), None);
    }
}
