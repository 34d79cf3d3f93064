//! The hand-labelled set: articles, what annotators said of them, and what is wrong with the files.
//!
//! The form of the files is described in `labeled/CODEBOOK.md`.

pub mod agreement;
pub mod annotation;
pub mod composition;
pub mod duplicates;
mod family;
pub mod fold;
pub mod framing;
pub mod given;
pub mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::article::Article;
use crate::camp::{Camps, Stance};
use crate::intake::boilerplate::{self, Removal};
use annotation::Annotation;
pub use annotation::LabelAggregation;

/// The text of one file and the name by which messages speak of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceText {
    /// Name of the file.
    pub name: String,
    /// Its content.
    pub text: String,
}

/// The files of a labelled set.
#[derive(Clone, Debug)]
pub struct LabelledFiles {
    /// `camps.toml`.
    pub camps: SourceText,
    /// `events.toml`.
    pub events: SourceText,
    /// `outlets.toml`.
    pub outlets: SourceText,
    /// `labels.csv`.
    pub labels: SourceText,
    /// The files under `articles/`.
    pub articles: Vec<SourceText>,
    /// The files under `families/`.
    pub families: Vec<SourceText>,
    /// How the labels of several annotators become one.
    pub settling: LabelAggregation,
}

/// One labelled article.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelledArticle {
    /// The article, cleaned of leftovers; every header field is present and known.
    pub article: Article,
    /// The id of the contrast family that it belongs to, if it does.
    pub family: Option<String>,
    /// What cleaning took out of it.
    pub removals: Vec<Removal>,
    /// The stance toward each camp, in the camps' order, on which the annotators settled.
    pub stances: [Stance; 2],
}

impl LabelledArticle {
    /// The position in [`Stance::ALL`] of the stance toward each camp.
    pub fn classes(&self) -> Vec<Option<usize>> {
        self.stances
            .iter()
            .map(|stance| Stance::ALL.iter().position(|other| other == stance))
            .collect()
    }

    /// Whether it is about the conflict.
    pub fn is_related(&self) -> bool {
        self.stances[0] != Stance::Unrelated
    }
}

/// A labelled set that holds together.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelledSet {
    /// The camps.
    pub camps: Camps,
    /// The articles, by id.
    pub articles: Vec<LabelledArticle>,
    /// Every annotator's labels, in the order of the file.
    pub annotations: Vec<Annotation>,
    /// BLAKE3 hash of the camps, the articles and the labels on which the annotators settled.
    pub hash: String,
}

/// One thing that is wrong with a labelled set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Name of the file.
    pub file: String,
    /// Line in it, from 1; 0 when no line is to blame.
    pub line: usize,
    /// The offending value and what would be right.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.message),
            line => write!(f, "{}:{line}: {}", self.file, self.message),
        }
    }
}

/// Everything that is wrong with a labelled set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Problems(pub Vec<Problem>);

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().take(MAX_PROBLEMS).try_for_each(|problem| writeln!(f, "{problem}"))?;
        match self.0.len().saturating_sub(MAX_PROBLEMS) {
            0 => Ok(()),
            more => writeln!(f, "… and {more} more"),
        }
    }
}

/// So many problems are printed; the others are counted.
const MAX_PROBLEMS: usize = 40;

impl Problems {
    fn add(&mut self, file: &SourceText, line: usize, message: impl Into<String>) {
        self.0.push(Problem { file: file.name.clone(), line, message: message.into() });
    }
}

impl LabelledSet {
    /// Pairs of positions of articles that are near-duplicates and not of one contrast family.
    pub fn near_duplicates(&self) -> Vec<(usize, usize)> {
        let texts: Vec<String> =
            self.articles.iter().map(|labelled| labelled.article.full_text()).collect();
        let family = |position: usize| self.articles[position].family.as_deref();
        let mut pairs = duplicates::near_duplicates(&texts);
        pairs.retain(|&(one, other)| family(one).is_none() || family(one) != family(other));
        pairs
    }

    /// The articles on which annotators differ, with what each says.
    pub fn disputed(&self) -> Vec<(&str, String)> {
        let mut rows: BTreeMap<&str, Vec<&Annotation>> = BTreeMap::new();
        for annotation in &self.annotations {
            rows.entry(&annotation.article).or_default().push(annotation);
        }
        rows.retain(|_, rows| rows.windows(2).any(|pair| pair[0].stances != pair[1].stances));
        let labels =
            |row: &&Annotation| format!("{} {}/{}", row.annotator, row.stances[0], row.stances[1]);
        rows.into_iter()
            .map(|(article, rows)| {
                (article, rows.iter().map(labels).collect::<Vec<_>>().join(", "))
            })
            .collect()
    }

    /// Reads and checks a labelled set.
    ///
    /// # Errors
    /// All [`Problems`] at once: malformed files and headers, unknown events and outlets, ids that
    /// stand twice or are not the file's name, labels of no article, articles without a label,
    /// contradictions.
    pub fn read(files: &LabelledFiles) -> Result<Self, Problems> {
        let mut problems = Problems(Vec::new());
        let camps = Camps::from_toml(&files.camps.text)
            .map_err(|error| problems.add(&files.camps, 0, error))
            .ok();
        let events = ids(&files.events, &mut problems);
        let outlets = ids(&files.outlets, &mut problems);

        let mut articles: BTreeMap<String, (Article, Option<String>, &SourceText)> =
            BTreeMap::new();
        for (article, family, file) in read_articles(files, &mut problems) {
            check_header(&article, file, &events, &outlets, &mut problems);
            if let Some((_, _, other)) = articles.get(&article.id) {
                problems.add(
                    file,
                    1,
                    format!("the id {:?} is already that of {}", article.id, other.name),
                );
            } else {
                articles.insert(article.id.clone(), (article, family, file));
            }
        }

        let annotations = match &camps {
            Some(camps) => annotation::read(&files.labels, camps, &mut problems),
            None => Vec::new(),
        };
        for Annotation { article, line, .. } in &annotations {
            if !articles.contains_key(article) {
                problems.add(&files.labels, *line, format!("no article has the id {article:?}"));
            }
        }
        let settled = annotation::settle(&annotations, files.settling);
        let mut labelled = Vec::new();
        for (id, (mut article, family, file)) in articles {
            match settled.get(id.as_str()) {
                Some(&stances) => {
                    let removals = boilerplate::clean(&mut article);
                    labelled.push(LabelledArticle { article, family, removals, stances });
                }
                None if camps.is_some() => {
                    problems.add(file, 0, format!("{} has no row for {id:?}", files.labels.name))
                }
                None => {}
            }
        }
        match camps {
            Some(camps) if problems.0.is_empty() => {
                Ok(Self { hash: hash(&camps, &labelled), camps, articles: labelled, annotations })
            }
            _ => Err(problems),
        }
    }
}

/// The articles and the members of families, each with its family's id and its file.
fn read_articles<'a>(
    files: &'a LabelledFiles,
    problems: &mut Problems,
) -> Vec<(Article, Option<String>, &'a SourceText)> {
    let mut articles = Vec::new();
    for file in &files.articles {
        match Article::from_labelled(&file.text) {
            Err(error) => problems.add(file, error.line, error.message),
            Ok(article) if file_stem(file, ".txt").is_some_and(|stem| stem != article.id) => {
                problems.add(file, 1, format!("the id {:?} is not the file's name", article.id));
                articles.push((article, None, file));
            }
            Ok(article) => articles.push((article, None, file)),
        }
    }
    for file in &files.families {
        let id = file_stem(file, ".toml").unwrap_or(&file.name);
        match family::read(id, &file.text) {
            Ok(family) => articles
                .extend(family.into_iter().map(|article| (article, Some(id.to_owned()), file))),
            Err(messages) => {
                messages.into_iter().for_each(|message| problems.add(file, 0, message))
            }
        }
    }
    articles
}

/// The name of a file without folders and extension.
fn file_stem<'a>(file: &'a SourceText, extension: &str) -> Option<&'a str> {
    file.name.rsplit(['/', '\\']).next().and_then(|name| name.strip_suffix(extension))
}

/// The ids that a TOML file of tables defines.
fn ids(file: &SourceText, problems: &mut Problems) -> BTreeSet<String> {
    match file.text.parse::<toml::Table>() {
        Ok(table) => table.into_iter().map(|(id, _)| id).collect(),
        Err(error) => {
            problems.add(file, 0, error.to_string().trim_end());
            BTreeSet::new()
        }
    }
}

fn check_header(
    article: &Article,
    file: &SourceText,
    events: &BTreeSet<String>,
    outlets: &BTreeSet<String>,
    problems: &mut Problems,
) {
    if article.text.is_empty() {
        problems.add(file, 0, "the article has no text");
    }
    if !article.date.as_deref().is_some_and(is_date) {
        problems.add(
            file,
            0,
            format!("date {:?}: write it as YYYY-MM-DD", article.date.as_deref().unwrap_or("")),
        );
    }
    if article.genre.is_none() {
        problems.add(file, 0, "the header has no `genre`");
    }
    if article.title.is_none() && article.genre.as_deref() != Some("post") {
        problems.add(file, 0, "the header has no `title`; only a post may be without");
    }
    for (key, value, known) in
        [("event", &article.event, events), ("outlet", &article.outlet, outlets)]
    {
        match value {
            None => problems.add(file, 0, format!("the header has no `{key}`")),
            Some(value) if !known.contains(value) => {
                problems.add(file, 0, format!("unknown {key} {value:?}; define it in {key}s.toml"));
            }
            Some(_) => {}
        }
    }
}

fn is_date(date: &str) -> bool {
    let parts: Vec<Option<u32>> = date.split('-').map(|part| part.parse().ok()).collect();
    date.len() == 10 && matches!(parts[..], [Some(2000..=2100), Some(1..=12), Some(1..=31)])
}

fn hash(camps: &Camps, articles: &[LabelledArticle]) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut add = |part: &str| {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    };
    add(&toml::to_string(camps).unwrap_or_default());
    for LabelledArticle { article, stances, .. } in articles {
        add(&article.id);
        add(&article.full_text());
        for header in [&article.date, &article.event, &article.outlet, &article.genre] {
            add(header.as_deref().unwrap_or_default());
        }
        for stance in stances {
            add(stance.as_str());
        }
    }
    hasher.finalize().to_hex().to_string()
}
