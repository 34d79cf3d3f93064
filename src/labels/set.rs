//! The labelled set: articles with the stances on which their annotators agree.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::agreement::Dispute;
use super::annotation::{self, Annotation};
use super::problem::{LabelledSetError, ProblemKind, Problems};
use super::{LabelledFiles, Rationale, SourceText, duplicates, family, rationale};
use crate::article::Article;
use crate::camp::{Camps, Stance};
use crate::intake::boilerplate::{self, Removal};

/// An article with its label.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelledArticle {
    /// The article, cleaned of boilerplate; its event and outlet are defined.
    pub article: Article,
    /// The id of its contrast family, if it belongs to one.
    pub family: Option<String>,
    /// The boilerplate that was removed.
    pub removals: Vec<Removal>,
    /// The aggregated stance toward each camp, in the camps' order.
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

    /// Whether the article is about the conflict.
    pub fn is_related(&self) -> bool {
        self.stances[0] != Stance::Unrelated
    }
}

/// A valid labelled set: camps, articles with their labels, and every annotation.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelledSet {
    /// The camps.
    pub camps: Camps,
    /// The articles, in the order of their ids.
    pub articles: Vec<LabelledArticle>,
    /// The labels of every annotator, in the order of the file.
    pub annotations: Vec<Annotation>,
    /// The sentences that decide the labels, in the order of the file; empty if the set has none.
    pub rationales: Vec<Rationale>,
    /// BLAKE3 hash of the camps, the articles, their aggregated labels and the rationales.
    pub hash: String,
}

impl LabelledSet {
    /// Groups of near-duplicate articles, by position; members of one contrast family do not count.
    pub fn near_duplicates(&self) -> Vec<Vec<usize>> {
        let texts: Vec<String> =
            self.articles.iter().map(|labelled| labelled.article.full_text()).collect();
        let family = |position: usize| self.articles[position].family.as_deref();
        duplicates::near_duplicates(&texts, |one, other| {
            family(one).is_none() || family(one) != family(other)
        })
    }

    /// The articles on which annotators differ, by id.
    pub fn disputes(&self) -> Vec<Dispute<'_>> {
        let mut rows: BTreeMap<&str, Vec<&Annotation>> = BTreeMap::new();
        for annotation in &self.annotations {
            rows.entry(&annotation.article).or_default().push(annotation);
        }
        rows.retain(|_, rows| rows.windows(2).any(|pair| pair[0].stances != pair[1].stances));
        rows.into_iter().map(|(article, annotations)| Dispute { article, annotations }).collect()
    }

    /// Parses and checks a labelled set.
    ///
    /// # Errors
    /// All mistakes at once: invalid files and headers, undefined events and outlets, ids that are
    /// repeated or differ from the file name, labels without an article, articles without a label,
    /// contradictory labels.
    pub fn from_files(files: &LabelledFiles) -> Result<Self, LabelledSetError> {
        let mut problems = Problems::default();
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
                let kind = ProblemKind::RepeatedId { id: article.id, other: other.name.clone() };
                problems.add(file, 1, kind);
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
                problems.add(&files.labels, *line, ProblemKind::UnknownArticle(article.clone()));
            }
        }
        let aggregated = annotation::aggregate(&annotations, files.aggregation);
        let mut labelled = Vec::new();
        for (id, (mut article, family, file)) in articles {
            match aggregated.get(id.as_str()) {
                Some(&stances) => {
                    let removals = boilerplate::clean(&mut article);
                    labelled.push(LabelledArticle { article, family, removals, stances });
                }
                None if camps.is_some() => {
                    let labels = files.labels.name.clone();
                    problems.add(file, 0, ProblemKind::NoLabel { labels, article: id });
                }
                None => {}
            }
        }
        let rationales = match (&files.rationales, &camps) {
            (Some(file), Some(camps)) => {
                let rationales = rationale::read(file, camps, &mut problems);
                rationale::check(&rationales, &labelled, file, &mut problems);
                rationales
            }
            _ => Vec::new(),
        };
        match camps {
            Some(camps) if problems.0.is_empty() => Ok(Self {
                hash: hash(&camps, &labelled, &rationales),
                camps,
                articles: labelled,
                annotations,
                rationales,
            }),
            _ => Err(LabelledSetError { problems: problems.0 }),
        }
    }
}

/// The articles and the members of families, each with the id of its family and its file.
fn read_articles<'a>(
    files: &'a LabelledFiles,
    problems: &mut Problems,
) -> Vec<(Article, Option<String>, &'a SourceText)> {
    let mut articles = Vec::new();
    for file in &files.articles {
        match Article::from_labelled(&file.text) {
            Err(error) => problems.add(file, error.line, error.kind),
            Ok(article) if file.stem(".txt").is_some_and(|stem| stem != article.id) => {
                problems.add(file, 1, ProblemKind::IdIsNotFileName(article.id.clone()));
                articles.push((article, None, file));
            }
            Ok(article) => articles.push((article, None, file)),
        }
    }
    for file in &files.families {
        let id = file.stem(".toml").unwrap_or(&file.name);
        match family::read(id, &file.text) {
            Ok(family) => articles
                .extend(family.into_iter().map(|article| (article, Some(id.to_owned()), file))),
            Err(errors) => errors.into_iter().for_each(|error| problems.add(file, 0, error)),
        }
    }
    articles
}

/// The names of the tables of a TOML file.
fn ids(file: &SourceText, problems: &mut Problems) -> BTreeSet<String> {
    match file.text.parse::<toml::Table>() {
        Ok(table) => table.into_iter().map(|(id, _)| id).collect(),
        Err(error) => {
            problems.add(file, 0, ProblemKind::Toml(Box::new(error)));
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
        problems.add(file, 0, ProblemKind::NoText);
    }
    if !article.date.as_deref().is_some_and(is_date) {
        let date = article.date.clone().unwrap_or_default();
        problems.add(file, 0, ProblemKind::InvalidDate(date));
    }
    if article.genre.is_none() {
        problems.add(file, 0, ProblemKind::NoHeaderKey("genre"));
    }
    if article.title.is_none() && article.genre.as_deref() != Some("post") {
        problems.add(file, 0, ProblemKind::NoTitle);
    }
    for (key, value, known) in
        [("event", &article.event, events), ("outlet", &article.outlet, outlets)]
    {
        match value {
            None => problems.add(file, 0, ProblemKind::NoHeaderKey(key)),
            Some(value) if !known.contains(value) => {
                problems.add(file, 0, ProblemKind::Undefined { key, value: value.clone() });
            }
            Some(_) => {}
        }
    }
}

/// Whether a text is a calendar day of this century, as `YYYY-MM-DD`.
fn is_date(text: &str) -> bool {
    let day = text.parse::<Date>().ok().filter(|day| day.to_string() == text);
    day.is_some_and(|day| (2000..=2100).contains(&day.year()))
}

fn hash(camps: &Camps, articles: &[LabelledArticle], rationales: &[Rationale]) -> String {
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
    for Rationale { article, annotator, camp, stance, sentence, .. } in rationales {
        for part in [article, annotator, &camp.to_string(), stance.as_str(), sentence] {
            add(part);
        }
    }
    hasher.finalize().to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use super::is_date;

    #[test]
    fn dates_are_days_of_the_calendar() {
        for (text, valid) in [
            ("2019-04-06", true),
            ("2020-02-29", true),
            ("2019-02-29", false),
            ("2019-02-31", false),
            ("2019-4-6", false),
            ("20190406", false),
            ("1999-04-06", false),
            ("2019-04-06T10", false),
        ] {
            assert_eq!(is_date(text), valid, "{text}");
        }
    }
}
