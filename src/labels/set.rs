//! The labelled set: articles with the stances on which their annotators agree.

use std::collections::{BTreeMap, BTreeSet};

use super::agreement::Dispute;
use super::annotation::{self, ADJUDICATOR, Annotation};
use super::articles::{self, FiledArticle};
use super::problem::{LabelledSetError, ProblemKind, Problems};
use super::{LabelledFiles, Passage, Passages, Rationale, SetLexicon, duplicates, rationale};
use crate::article::Article;
use crate::camp::{Camps, Stance};
use crate::intake::boilerplate::{self, Removal};
use crate::text::OwnWord;

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
    /// Passages, which teach the classifier of sentences only; none if the set has no such files.
    pub passages: Passages,
    /// Words that its `lexicon.toml` adds to the lexicon; none if it has no such file.
    pub(crate) own_words: Vec<OwnWord>,
    /// What a spreadsheet calls the rows of articles that are known by their line, by id.
    pub(crate) rows: BTreeMap<String, String>,
    /// Number of the articles of the pool that have no label yet, and are left out.
    pub n_waiting: usize,
    /// BLAKE3 hash of the camps, the articles, their aggregated labels, the passages, the
    /// rationales and the words of its own.
    pub hash: String,
}

impl LabelledSet {
    /// A set of articles with their stances, each by one annotator, without rationales; ids must be
    /// distinct.
    pub(crate) fn from_stances(camps: Camps, stances: Vec<(Article, [Stance; 2])>) -> Self {
        let mut articles: Vec<LabelledArticle> = stances
            .into_iter()
            .map(|(article, stances)| LabelledArticle {
                article,
                family: None,
                removals: Vec::new(),
                stances,
            })
            .collect();
        articles.sort_by(|one, other| one.article.id.cmp(&other.article.id));
        Self {
            hash: hash(&camps, &articles, &[], &[], &Passages::default()),
            camps,
            articles,
            annotations: Vec::new(),
            rationales: Vec::new(),
            passages: Passages::default(),
            own_words: Vec::new(),
            rows: BTreeMap::new(),
            n_waiting: 0,
        }
    }

    /// This set and the articles and passages of another of the same camps, with their labels and
    /// rationales and the words that it adds to the lexicon. Of two articles or passages with the
    /// same id, and of two equal words, this set's is taken.
    #[must_use]
    pub fn joined(&self, other: &Self) -> Self {
        let own: BTreeSet<&str> =
            self.articles.iter().map(|labelled| labelled.article.id.as_str()).collect();
        let is_new = |id: &str| !own.contains(id);
        let mut joined = self.clone();
        let articles = other.articles.iter().filter(|one| is_new(&one.article.id)).cloned();
        joined.articles.extend(articles);
        joined.articles.sort_by(|one, other| one.article.id.cmp(&other.article.id));
        let annotations = other.annotations.iter().filter(|row| is_new(&row.article)).cloned();
        joined.annotations.extend(annotations);
        let rationales = other.rationales.iter().filter(|row| is_new(&row.article)).cloned();
        joined.rationales.extend(rationales);
        let is_new = |word: &&OwnWord| self.own_words.iter().all(|own| own.pattern != word.pattern);
        joined.own_words.extend(other.own_words.iter().filter(is_new).cloned());
        joined.passages = self.passages.joined(&other.passages);
        joined.hash = hash(
            &joined.camps,
            &joined.articles,
            &joined.rationales,
            &joined.own_words,
            &joined.passages,
        );
        joined
    }

    /// BLAKE3 hash of what teaches beside the articles' labels: the rationales, the passages, and
    /// the words of its own, with the camps.
    pub fn lessons(&self) -> String {
        hash(&self.camps, &[], &self.rationales, &self.own_words, &self.passages)
    }

    /// Groups of near-duplicate articles, by position; members of one contrast family do not count.
    pub fn near_duplicates(&self) -> Vec<Vec<usize>> {
        let texts: Vec<String> =
            self.articles.iter().map(|labelled| labelled.article.full_text()).collect();
        let family = |position: usize| self.articles[position].family.as_deref();
        duplicates::near_duplicates(&texts, |one, other| {
            family(one).is_none() || family(one) != family(other)
        })
    }

    /// The articles on which annotators differ and that no adjudicator settled, by id.
    pub fn disputes(&self) -> Vec<Dispute<'_>> {
        let mut rows: BTreeMap<&str, Vec<&Annotation>> = BTreeMap::new();
        for annotation in &self.annotations {
            rows.entry(&annotation.article).or_default().push(annotation);
        }
        rows.retain(|_, rows| {
            let is_settled = rows.iter().any(|row| row.annotator == ADJUDICATOR);
            !is_settled && rows.windows(2).any(|pair| pair[0].stances != pair[1].stances)
        });
        rows.into_iter().map(|(article, annotations)| Dispute { article, annotations }).collect()
    }

    /// Parses and checks a labelled set.
    ///
    /// # Errors
    /// All mistakes at once: invalid files and headers, undefined events and outlets, ids that are
    /// repeated or differ from the file name, labels without an article, articles without a label
    /// (but for those of the pool, which are left out), contradictory labels.
    pub fn from_files(files: &LabelledFiles) -> Result<Self, LabelledSetError> {
        let mut problems = Problems::default();
        let camps = Camps::from_toml(&files.camps.text)
            .map_err(|error| problems.add(&files.camps, 0, error))
            .ok();
        let articles = articles::read(files, &mut problems);
        let known: BTreeSet<&str> =
            articles.iter().map(|filed| filed.article.id.as_str()).collect();

        let annotations = match &camps {
            Some(camps) => annotation::read(&files.labels, camps, &mut problems),
            None => Vec::new(),
        };
        for Annotation { article, line, .. } in &annotations {
            if !known.contains(article.as_str()) {
                problems.add(&files.labels, *line, ProblemKind::UnknownArticle(article.clone()));
            }
        }
        let aggregated = annotation::aggregate(&annotations, files.aggregation);
        let (mut labelled, mut n_waiting) = (Vec::new(), 0);
        for FiledArticle { mut article, family, file, in_pool } in articles {
            match aggregated.get(article.id.as_str()) {
                Some(&stances) => {
                    let removals = boilerplate::clean(&mut article);
                    labelled.push(LabelledArticle { article, family, removals, stances });
                }
                None if camps.is_some() && !in_pool => {
                    let labels = files.labels.name.clone();
                    let id = article.id;
                    problems.add(file, 0, ProblemKind::NoLabel { labels, article: id });
                }
                None => n_waiting += usize::from(in_pool),
            }
        }
        let rationales = match (&files.rationales, &camps) {
            (Some(file), Some(camps)) => {
                let rationales = rationale::read(file, camps, &mut problems);
                let text = |labelled: &LabelledArticle| labelled.article.full_text();
                let texts = labelled.iter().map(|one| (one.article.id.as_str(), text(one)));
                rationale::check(&rationales, &texts.collect(), file, &mut problems);
                rationales
            }
            _ => Vec::new(),
        };
        let passages = match (&files.passages, &camps) {
            (Some(files_of), Some(camps)) => {
                Passages::read(files_of, camps, files.aggregation, &labelled, &mut problems)
            }
            _ => Passages::default(),
        };
        let lexicon = files.lexicon.as_ref().map(|file| SetLexicon::read(file, &mut problems));
        let own_words = lexicon.map_or_else(Vec::new, |lexicon| lexicon.accepted);
        match camps {
            Some(camps) if problems.0.is_empty() => Ok(Self {
                hash: hash(&camps, &labelled, &rationales, &own_words, &passages),
                camps,
                articles: labelled,
                annotations,
                rationales,
                passages,
                own_words,
                rows: BTreeMap::new(),
                n_waiting,
            }),
            _ => Err(LabelledSetError { problems: problems.0 }),
        }
    }
}

fn hash(
    camps: &Camps,
    articles: &[LabelledArticle],
    rationales: &[Rationale],
    own_words: &[OwnWord],
    passages: &Passages,
) -> String {
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
    for Passage { id, text, stances, .. } in &passages.texts {
        for part in [id, text, stances[0].as_str(), stances[1].as_str()] {
            add(part);
        }
    }
    let rationales = rationales.iter().chain(&passages.rationales);
    for Rationale { article, annotator, camp, stance, sentence, .. } in rationales {
        for part in [article, annotator, &camp.to_string(), stance.as_str(), sentence] {
            add(part);
        }
    }
    for OwnWord { pattern, class, relation } in own_words {
        for part in [pattern, class, &format!("{relation:?}")] {
            add(part);
        }
    }
    hasher.finalize().to_hex().to_string()
}
