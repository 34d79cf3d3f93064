//! Passages (`passages/`): labelled texts of one to four sentences, which teach the classifier of
//! sentences and nothing else.
//!
//! An article shows few words that decide, and many that do not. Passages show words of praise and
//! blame, of deeds and results, in far more forms than articles could be written. They are of no
//! event and no outlet, so nothing is measured on them.

use std::collections::{BTreeMap, BTreeSet};

use super::annotation::{self, Annotation};
use super::csv_rows::csv_rows;
use super::problem::{Problem, ProblemKind, Problems};
use super::rationale::{self, Rationale};
use super::{LabelAggregation, LabelledArticle, SourceText};
use crate::article::quoted::quoted;
use crate::camp::{Camps, Stance};

/// A passage with its label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The id.
    pub id: String,
    /// What it is a part of: `news`, `headline`, `opinion` or `post`.
    pub kind: String,
    /// Its words.
    pub text: String,
    /// The aggregated stance toward each camp, in the camps' order.
    pub stances: [Stance; 2],
}

/// The files of the passages of a labelled set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassageFiles {
    /// `passages/texts.csv`.
    pub texts: SourceText,
    /// `passages/labels.csv`, of the form of `labels.csv`.
    pub labels: SourceText,
    /// `passages/rationales.csv`, of the form of `rationales.csv`.
    pub rationales: SourceText,
}

/// The passages of a labelled set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Passages {
    /// The passages, in the order of their ids.
    pub texts: Vec<Passage>,
    /// The labels of every annotator, in the order of the file.
    pub annotations: Vec<Annotation>,
    /// The sentences that decide the labels, in the order of the file.
    pub rationales: Vec<Rationale>,
}

impl Passages {
    /// Reads and checks the files; mistakes are added to `problems`.
    pub(super) fn read(
        files: &PassageFiles,
        camps: &Camps,
        aggregation: LabelAggregation,
        articles: &[LabelledArticle],
        problems: &mut Problems,
    ) -> Self {
        let before = problems.0.len();
        let annotations = annotation::read(&files.labels, camps, problems);
        let aggregated = annotation::aggregate(&annotations, aggregation);
        let mut passages = Vec::new();
        let mut ids = BTreeSet::new();
        for (line, record) in csv_rows(&files.texts, ["passage", "kind", "text"], problems) {
            let [id, kind, text] = [0, 1, 2].map(|column| record[column].to_owned());
            let problem = if id.is_empty() {
                Some(ProblemKind::EmptyCell("passage".to_owned()))
            } else if !ids.insert(id.clone()) {
                Some(ProblemKind::RepeatedId { id: id.clone(), other: files.texts.name.clone() })
            } else if let Ok(at) = articles.binary_search_by(|one| one.article.id.cmp(&id)) {
                let other = format!("the article {}", quoted(&articles[at].article.id));
                Some(ProblemKind::RepeatedId { id, other })
            } else if text.is_empty() {
                Some(ProblemKind::EmptyCell("text".to_owned()))
            } else if let Some(&stances) = aggregated.get(id.as_str()) {
                passages.push(Passage { id, kind, text, stances });
                None
            } else {
                let labels = files.labels.name.clone();
                Some(ProblemKind::NoLabel { labels, article: id })
            };
            if let Some(problem) = problem {
                problems.add(&files.texts, line, problem);
            }
        }
        // With other columns a table has no rows, and each row of the others would be a mistake.
        let is_unread = |problem: &Problem| matches!(problem.kind, ProblemKind::Columns { .. });
        if problems.0[before..].iter().any(is_unread) {
            let read = problems.0.split_off(before);
            problems.0.extend(read.into_iter().filter(is_unread));
            return Self::default();
        }
        for Annotation { article, line, .. } in &annotations {
            if !ids.contains(article) {
                problems.add(&files.labels, *line, ProblemKind::UnknownPassage(article.clone()));
            }
        }
        passages.sort_by(|one, other| one.id.cmp(&other.id));
        for (passage, article) in parts_of_articles(&passages, articles) {
            let (passage, article) = (passage.to_owned(), article.to_owned());
            problems.add(&files.texts, 0, ProblemKind::PartOfArticle { passage, article });
        }
        let rationales = rationale::read(&files.rationales, camps, problems);
        let texts = passages.iter().map(|passage| (passage.id.as_str(), passage.text.clone()));
        rationale::check(&rationales, &texts.collect(), &files.rationales, problems);
        Self { texts: passages, annotations, rationales }
    }

    /// These and those of another set whose ids are new.
    #[must_use]
    pub(super) fn joined(&self, other: &Self) -> Self {
        let own: BTreeSet<&str> = self.texts.iter().map(|passage| passage.id.as_str()).collect();
        let is_new = |id: &str| !own.contains(id);
        let mut joined = self.clone();
        joined.texts.extend(other.texts.iter().filter(|one| is_new(&one.id)).cloned());
        joined.texts.sort_by(|one, other| one.id.cmp(&other.id));
        let annotations = other.annotations.iter().filter(|row| is_new(&row.article));
        joined.annotations.extend(annotations.cloned());
        let rationales = other.rationales.iter().filter(|row| is_new(&row.article));
        joined.rationales.extend(rationales.cloned());
        joined
    }
}

/// Words by which a passage is looked for in articles.
const FIRST_WORDS: usize = 4;

/// The passages whose words stand in an article, each with the first such article, by their ids. A
/// model would know an article that is held out.
fn parts_of_articles<'a>(
    passages: &'a [Passage],
    articles: &'a [LabelledArticle],
) -> Vec<(&'a str, &'a str)> {
    let words: Vec<Vec<&str>> =
        passages.iter().map(|passage| passage.text.split_whitespace().collect()).collect();
    let mut by_first: BTreeMap<&[&str], Vec<usize>> = BTreeMap::new();
    for (at, words) in words.iter().enumerate() {
        by_first.entry(&words[..words.len().min(FIRST_WORDS)]).or_default().push(at);
    }
    let mut found = BTreeMap::new();
    for labelled in articles {
        let text = labelled.article.full_text();
        let text: Vec<&str> = text.split_whitespace().collect();
        for start in 0..text.len() {
            for n in 1..=FIRST_WORDS.min(text.len() - start) {
                for &at in by_first.get(&text[start..start + n]).into_iter().flatten() {
                    if text[start..].starts_with(&words[at]) {
                        found.entry(at).or_insert(labelled.article.id.as_str());
                    }
                }
            }
        }
    }
    found.into_iter().map(|(at, article)| (passages[at].id.as_str(), article)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;

    fn read(texts: &str, labels: &str, rationales: &str) -> (Passages, Vec<String>) {
        let camps = Camps::from_toml(include_str!("../../labeled/camps.toml")).unwrap();
        let file = |name: &str, columns: &str, rows: &str| {
            SourceText::new(name, format!("{columns}\n{rows}"))
        };
        let files = PassageFiles {
            texts: file("texts.csv", "passage,kind,text", texts),
            labels: file("labels.csv", "article,annotator,lna,gna,date,note", labels),
            rationales: file(
                "rationales.csv",
                "article,annotator,camp,stance,sentence,expressions",
                rationales,
            ),
        };
        let article =
            Article::new("n1", "قال الناطق إن الطريق مفتوح. ووصل الوفد مساء أمس إلى سرت.");
        let (family, removals, stances) = (None, Vec::new(), [Stance::Neutral; 2]);
        let articles = [LabelledArticle { article, family, removals, stances }];
        let mut problems = Problems::default();
        let found =
            Passages::read(&files, &camps, LabelAggregation::Majority, &articles, &mut problems);
        (found, problems.0.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_passage_has_the_label_of_the_majority() {
        let labels = "p1,a,favor,neutral,,\np1,b,favor,against,,\np1,c,neutral,against,,\n";
        let (found, problems) =
            read("p1,news,حرر الجيش المدينة\n", labels, "p1,a,lna,favor,حرر الجيش المدينة,حرر\n");
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(found.texts[0].stances, [Stance::Favor, Stance::Against]);
        assert_eq!((found.annotations.len(), found.rationales.len()), (3, 1));
    }

    #[test]
    fn mistakes_are_told_with_their_lines() {
        let texts = "p1,news,نص\np1,news,نص\np2,news,\np3,news,نص\n";
        let labels = "p1,a,favor,neutral,,\np2,a,neutral,neutral,,\np9,a,neutral,neutral,,\n";
        let (found, problems) = read(texts, labels, "p1,a,lna,favor,غيره,\n");
        assert_eq!(found.texts.len(), 1);
        assert_eq!(
            problems,
            [
                "texts.csv:3: the id \"p1\" is already that of texts.csv",
                "texts.csv:4: `text` is empty",
                "texts.csv:5: labels.csv has no row for \"p3\"",
                "labels.csv:4: no passage has the id \"p9\"",
                "rationales.csv:2: \"غيره\" is not in the text of \"p1\": quote it letter by \
                 letter, or mark it anew",
            ]
        );
    }

    #[test]
    fn of_two_passages_with_one_id_the_first_sets_is_taken() {
        let set =
            |texts: &str, label: &str| read(texts, &format!("p1,a,{label},neutral,,\n"), "").0;
        let (own, other) = (set("p1,news,نص\n", "favor"), set("p1,news,غيره\n", "against"));
        assert_eq!(own.joined(&other), own);
    }

    #[test]
    fn a_part_of_an_article_and_an_articles_id_are_refused() {
        let texts = "p1,news,ووصل الوفد مساء أمس\nn1,news,نص\np2,news,ووصل الوفد أمس\n";
        let labels = "p1,a,neutral,neutral,,\np2,a,neutral,neutral,,\nn1,a,neutral,neutral,,\n";
        assert_eq!(
            read(texts, labels, "").1,
            [
                "texts.csv:3: the id \"n1\" is already that of the article \"n1\"",
                "texts.csv: the passage \"p1\" is a part of the article \"n1\": leave it out, or \
                 figures of held-out articles are too good",
            ]
        );
    }

    #[test]
    fn every_row_without_a_text_is_told() {
        let labels = "p1,a,neutral,neutral,,\np2,a,neutral,neutral,,\n";
        let told = ["texts.csv:2: `text` is empty", "texts.csv:3: `text` is empty"];
        assert_eq!(read("p1,news,\np2,news,\n", labels, "").1, told);
    }

    #[test]
    fn wrong_columns_are_the_only_mistake_that_is_told() {
        let labels = "p1,a,neutral,neutral,,\np2,a,neutral,neutral,,\n";
        let wrong = read("", "", "");
        assert!(wrong.1.is_empty() && wrong.0 == Passages::default());
        let camps = Camps::from_toml(include_str!("../../labeled/camps.toml")).unwrap();
        let files = PassageFiles {
            texts: SourceText::new("texts.csv", "id,text\np1,نص\n"),
            labels: SourceText::new(
                "labels.csv",
                format!("article,annotator,lna,gna,date,note\n{labels}"),
            ),
            rationales: SourceText::new(
                "rationales.csv",
                "article,annotator,camp,stance,sentence,expressions\n",
            ),
        };
        let mut problems = Problems::default();
        Passages::read(&files, &camps, LabelAggregation::Majority, &[], &mut problems);
        let told: Vec<String> = problems.0.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            ["texts.csv:1: the columns are id, text; they must be passage, kind, text"]
        );
    }
}
