//! The articles of a labelled set, as their files give them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::problem::{ProblemKind, Problems};
use super::{LabelledFiles, SourceText, family};
use crate::article::Article;

/// An article of a set, labelled or not.
#[derive(Clone, Debug)]
pub struct FiledArticle<'a> {
    /// The article, not cleaned of boilerplate.
    pub article: Article,
    /// The id of its contrast family, if it belongs to one.
    pub family: Option<String>,
    /// Its file.
    pub file: &'a SourceText,
    /// Whether it stands in the pool, where articles may be without a label.
    pub in_pool: bool,
}

/// The articles of all files, in the order of their ids, each id once. What is wrong is added to
/// `problems`.
pub(super) fn read<'a>(files: &'a LabelledFiles, problems: &mut Problems) -> Vec<FiledArticle<'a>> {
    let events = ids(&files.events, problems);
    let outlets = ids(&files.outlets, problems);
    let mut articles: BTreeMap<String, FiledArticle> = BTreeMap::new();
    for filed in of_files(files, problems) {
        if filed.in_pool {
            check_pooled(&filed, problems);
        } else {
            check_header(&filed.article, filed.file, &events, &outlets, problems);
        }
        if let Some(FiledArticle { file, .. }) = articles.get(&filed.article.id) {
            let (id, other) = (filed.article.id, file.name.clone());
            problems.add(filed.file, 1, ProblemKind::RepeatedId { id, other });
        } else {
            articles.insert(filed.article.id.clone(), filed);
        }
    }
    articles.into_values().collect()
}

fn of_files<'a>(files: &'a LabelledFiles, problems: &mut Problems) -> Vec<FiledArticle<'a>> {
    let mut articles = Vec::new();
    let single = files.articles.iter().map(|file| (file, false));
    for (file, in_pool) in single.chain(files.pool.iter().map(|file| (file, true))) {
        match Article::from_labelled(&file.text) {
            Err(error) => problems.add(file, error.line, error.kind),
            Ok(article) => {
                if file.stem(".txt").is_some_and(|stem| stem != article.id) {
                    problems.add(file, 1, ProblemKind::IdIsNotFileName(article.id.clone()));
                }
                articles.push(FiledArticle { article, family: None, file, in_pool });
            }
        }
    }
    for file in &files.families {
        let id = file.stem(".toml").unwrap_or(&file.name);
        let member = |article| {
            let family = Some(id.to_owned());
            FiledArticle { article, family, file, in_pool: false }
        };
        match family::read(id, &file.text) {
            Ok(family) => articles.extend(family.into_iter().map(member)),
            Err(errors) => errors.into_iter().for_each(|error| problems.add(file, 0, error)),
        }
    }
    articles
}

/// What an article of the pool says of itself is what its source said: it may say nothing, but no
/// date that is none.
fn check_pooled(filed: &FiledArticle, problems: &mut Problems) {
    let FiledArticle { article, file, .. } = filed;
    if article.text.is_empty() && article.title.is_none() {
        problems.add(file, 0, ProblemKind::NoText);
    }
    if let Some(date) = article.date.as_ref().filter(|date| !is_date(date)) {
        problems.add(file, 0, ProblemKind::InvalidDate(date.clone()));
    }
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
pub fn is_date(text: &str) -> bool {
    let day = text.parse::<Date>().ok().filter(|day| day.to_string() == text);
    day.is_some_and(|day| (2000..=2100).contains(&day.year()))
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
