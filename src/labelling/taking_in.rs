//! Articles of any source → files of a set's pool.

use std::collections::{BTreeMap, BTreeSet};

use crate::article::Article;
use crate::intake::names::folder;
use crate::labels::articles::is_date;
use crate::text::isolate::plain;

/// Longest text that is taken in, in bytes: what one person reads on one screen.
pub const MAX_TEXT: usize = 1 << 20;

/// Most articles of a set.
pub const MAX_ARTICLES: usize = 100_000;

/// Longest id, in characters. Names of files have limits, and ids are read by people.
const MAX_ID: usize = 80;

/// What became of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TakenIn {
    /// It is new: this is its file.
    New {
        /// Name of the file inside the set.
        name: String,
        /// Its content.
        content: String,
        /// Its id.
        id: String,
    },
    /// An article with the same text is there.
    Known(String),
    /// It is longer than [`MAX_TEXT`].
    TooLong,
    /// There are [`MAX_ARTICLES`] already.
    TooMany,
}

/// The articles of a set, by id and by text.
#[derive(Clone, Debug, Default)]
pub struct Register {
    ids: BTreeSet<String>,
    texts: BTreeMap<[u8; 32], String>,
}

impl Register {
    /// Notes an article that is there.
    pub fn add(&mut self, article: &Article) {
        self.ids.insert(article.id.clone());
        self.texts.insert(hash(&article.full_text()), article.id.clone());
    }

    /// Takes in an article that was read from somewhere.
    pub fn take_in(&mut self, read: Article) -> TakenIn {
        if read.text.len() > MAX_TEXT {
            return TakenIn::TooLong;
        }
        if self.ids.len() >= MAX_ARTICLES {
            return TakenIn::TooMany;
        }
        let mut article = filed(read);
        if let Some(known) = self.texts.get(&hash(&article.full_text())) {
            return TakenIn::Known(known.clone());
        }
        article.id = self.free_id(&article);
        self.add(&article);
        TakenIn::New {
            name: format!("pool/{}.txt", article.id),
            content: content(&article),
            id: article.id,
        }
    }

    /// An id that no other has, like the one that the article came with: the name of its file, with
    /// its folder before it where another file is called so, too.
    fn free_id(&self, article: &Article) -> String {
        let base = safe_id(&article.id);
        let is_free = |id: &String| !self.ids.contains(id);
        let base = if base.is_empty() {
            blake3::hash(article.full_text().as_bytes()).to_hex()[..12].to_owned()
        } else {
            base
        };
        let in_folder = folder(&article.id).map(|folder| safe_id(&format!("{folder}_{base}")));
        let numbered = (2..).map(|number| format!("{base}-{number}"));
        let mut candidates = std::iter::once(base.clone()).chain(in_folder).chain(numbered);
        candidates.find(is_free).unwrap_or(base)
    }
}

fn hash(text: &str) -> [u8; 32] {
    *blake3::hash(text.as_bytes()).as_bytes()
}

/// The article as a file can hold it, and as it is read from there again: what is one line in a
/// header is one line.
fn filed(read: Article) -> Article {
    let line = |value: Option<String>| {
        let words = |value: String| {
            plain(&value.replace(char::is_whitespace, " "))
                .split(' ')
                .filter(|word| !word.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
        };
        value.map(words).filter(|value| !value.is_empty())
    };
    let date = read.date.and_then(|date| date.get(..10).map(str::to_owned));
    // As an article is constructed field by field, none is forgotten here.
    let mut article = Article::new(read.id, read.text.replace("\r\n", "\n").trim());
    article.title = line(read.title);
    article.date = date.filter(|date| is_date(date));
    article.event = line(read.event);
    article.outlet = line(read.outlet);
    article.genre = line(read.genre);
    article
}

/// The content of an article's file.
fn content(article: &Article) -> String {
    let Article { id, title, date, event, outlet, genre, text } = article;
    let mut content = format!("id: {id}\n");
    for (key, value) in
        [("title", title), ("date", date), ("event", event), ("outlet", outlet), ("genre", genre)]
    {
        if let Some(value) = value {
            content.extend([key, ": ", value, "\n"]);
        }
    }
    content.extend(["\n", text, "\n"]);
    content
}

/// An id as the name of a file on any system: letters, digits, `-`, `_` and dots inside; the rest
/// is a dash. The folders and the ending of a file's name are left out.
fn safe_id(id: &str) -> String {
    let name = id.rsplit(['/', '\\']).next().unwrap_or(id);
    let name = match name.rsplit_once('.') {
        Some((stem, ending)) if is_ending(ending) => stem,
        _ => name,
    };
    let mut safe = String::new();
    for c in name.chars().take(MAX_ID) {
        let fits = c.is_alphanumeric() || matches!(c, '_' | '.');
        match (fits, safe.ends_with('-')) {
            (true, _) => safe.push(c),
            (false, true) => {}
            (false, false) => safe.push('-'),
        }
    }
    safe.trim_matches(['-', '.']).to_owned()
}

fn is_ending(ending: &str) -> bool {
    (2..=5).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(register: &mut Register, article: Article) -> (String, String) {
        match register.take_in(article) {
            TakenIn::New { name, content, .. } => (name, content),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn files_of_one_name_are_told_apart_by_their_folders() {
        let mut register = Register::default();
        let mut name = |id: &str, text: &str| new(&mut register, Article::new(id, text)).0;
        assert_eq!(name("saved/sawt.example/3.html", "أ"), "pool/3.txt");
        assert_eq!(name("saved/minbar.example/3.html", "ب"), "pool/minbar.example_3.txt");
        assert_eq!(name("old/minbar.example/3.html", "ج"), "pool/3-2.txt");
        assert_eq!(name("3.html", "د"), "pool/3-3.txt");
    }

    #[test]
    fn an_article_is_filed_as_it_can_be_read_again() {
        let mut register = Register::default();
        let article = Article::new("saved/a b:1.html", "سطر\r\n\r\nid: ليس رأسا")
            .with_title("عنوان:\nفرعي\u{202E}")
            .with_date("2019-04-06T10:00:00Z")
            .with_outlet("مثال.ly");
        let (name, content) = new(&mut register, article);
        assert_eq!(name, "pool/a-b-1.txt");
        let read = Article::from_labelled(&content).unwrap();
        assert_eq!(read.title.as_deref(), Some("عنوان: فرعي"));
        assert_eq!(
            (read.date.as_deref(), read.text.as_str()),
            (Some("2019-04-06"), "سطر\n\nid: ليس رأسا")
        );
    }

    #[test]
    fn an_id_is_no_path_and_no_id_comes_twice() {
        let mut register = Register::default();
        let mut name = |id: &str, text: &str| new(&mut register, Article::new(id, text)).0;
        assert_eq!(name("../../etc/passwd", "نص"), "pool/passwd.txt");
        assert_eq!(name("passwd", "نص آخر"), "pool/passwd-2.txt");
        assert_eq!(name("..", "ثالث").len(), "pool/123456789012.txt".len());
        assert_eq!(name("dump.jsonl:7", "رابع"), "pool/dump.jsonl-7.txt");
        assert_eq!(name("خبر ١.txt", "خامس"), "pool/خبر-١.txt");
        assert_eq!(
            register.take_in(Article::new("other", "نص")),
            TakenIn::Known("passwd".to_owned())
        );
        let long = Article::new("long", "ن".repeat(MAX_TEXT));
        assert_eq!(register.take_in(long), TakenIn::TooLong);
    }
}
