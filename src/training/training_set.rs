//! Labelled articles in the form that every fit starts from.

mod folds;

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::memo::Memo;
use super::{OwnArticles, PassageTexts, Stop, TrainingError, sentences};
use crate::labels::fold::FoldGroup;
use crate::labels::table::LabelledTable;
use crate::labels::{LabelledArticle, LabelledSet, duplicates::near_duplicates};
use crate::model::Task;
use crate::model::provenance::article_key;
use crate::text::{AnalyzedText, TextSettings};

/// A partition of the articles into groups; a fold contains whole groups only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grouping {
    /// What the groups are, in the plural: `events`.
    pub name: String,
    /// The group of each article; shape `(n_articles)`.
    pub keys: Vec<String>,
}

/// Labelled articles, analyzed once. Every list of articles is in the same order.
#[derive(Clone, Debug)]
pub struct TrainingSet {
    /// What the model learns to predict.
    pub task: Task,
    /// The ids of the articles; shape `(n_articles)`.
    pub ids: Vec<String>,
    /// What a model knows the articles by; shape `(n_articles)`.
    pub(crate) keys: Vec<String>,
    /// The analyzed articles; shape `(n_articles)`.
    pub texts: Vec<AnalyzedText>,
    /// The class of each output, `None` without a label; shape `(n_articles, n_outputs)`.
    pub labels: Vec<Vec<Option<usize>>>,
    /// The numbers of the sentences that decide the label of each output; none where no annotator
    /// has marked them, or the label takes no side. Shape `(n_articles, n_outputs)`.
    pub deciding: Vec<Vec<Vec<usize>>>,
    /// Passages that teach the classifier of sentences. They are no articles: nothing is measured
    /// on them, and no fold holds them out.
    pub passages: PassageTexts,
    /// The groupings by which articles are held out. The first one also defines the clusters of
    /// the bootstrap.
    pub groupings: Vec<Grouping>,
    /// The contrast family of each article, if it belongs to one; shape `(n_articles)`.
    pub families: Vec<Option<String>>,
    /// Groups of near-duplicates, by position, which folds keep together too.
    pub near_duplicates: Vec<Vec<usize>>,
    /// Which articles are the user's own, where they are trained on together with another set's.
    pub own: Option<OwnArticles>,
    /// How texts were read, and a model reads them.
    pub(crate) text: TextSettings,
    /// What a spreadsheet calls the rows of articles that are known by their line, by id.
    pub(crate) rows: BTreeMap<String, String>,
    /// BLAKE3 hash of the articles and their labels.
    pub hash: String,
    /// BLAKE3 hash of what teaches beside labels ([`LabelledSet::lessons`]); empty for a table.
    pub lessons: String,
    /// Ends what is fitted to it.
    pub stop: Stop,
    /// What was fitted to its texts.
    pub(super) memo: Memo,
}

/// The name of the grouping in which each article is a group of its own.
pub const ARTICLES: &str = "articles";

/// The names of those by event and by outlet.
pub(super) const EVENTS: &str = "events";
pub(super) const OUTLETS: &str = "outlets";

impl TrainingSet {
    /// Analyzes the articles of a labelled set.
    pub fn from_labelled_set(set: &LabelledSet) -> Self {
        let task = Task::Stance(Box::new(set.camps.clone()));
        let text = TextSettings { own_words: set.own_words.clone(), ..TextSettings::default() };
        let texts: Vec<AnalyzedText> = set
            .articles
            .par_iter()
            .map_init(
                || task.reader(&text),
                |reader, labelled| reader.read_article(&labelled.article),
            )
            .collect();
        let near_duplicates = set.near_duplicates();
        let grouping = |name: &str, group: FoldGroup| Grouping {
            name: name.to_owned(),
            keys: group.keys(&set.articles),
        };
        // Where no article names its event, each is one of its own.
        let has_events = set.articles.iter().any(|labelled| labelled.article.event.is_some());
        let events = if has_events { EVENTS } else { ARTICLES };
        let groupings =
            vec![grouping(events, FoldGroup::Event), grouping(OUTLETS, FoldGroup::Outlet)];
        // Where all are of one event and one outlet, what is left is to hold out single articles.
        let keys = set.articles.iter().map(|labelled| labelled.article.id.clone()).collect();
        let articles = vec![Grouping { name: ARTICLES.to_owned(), keys }];
        let whole = Self {
            ids: set.articles.iter().map(|labelled| labelled.article.id.clone()).collect(),
            keys: texts.iter().map(|read| article_key(&read.text)).collect(),
            labels: set.articles.iter().map(LabelledArticle::classes).collect(),
            groupings,
            near_duplicates,
            families: set.articles.iter().map(|labelled| labelled.family.clone()).collect(),
            deciding: sentences::deciding_of_articles(set, &texts),
            passages: PassageTexts::new(&set.passages, &task, &text),
            own: None,
            text,
            rows: set.rows.clone(),
            hash: set.hash.clone(),
            lessons: set.lessons(),
            stop: Stop::default(),
            memo: Memo::default(),
            texts,
            task,
        };
        let whole = whole.with_divisible_groupings();
        if whole.groupings.is_empty() {
            return Self { groupings: articles, ..whole }.with_divisible_groupings();
        }
        whole
    }

    /// Analyzes the texts of a table.
    pub fn from_table(table: &LabelledTable) -> Self {
        let task = Task::Labels(table.questions.clone());
        let texts: Vec<String> = table.rows.iter().map(|row| row.text.clone()).collect();
        let near_duplicates = near_duplicates(&texts, |_, _| true);
        let grouping = Grouping {
            name: table.grouping.clone(),
            keys: table.rows.iter().map(|row| row.group.clone()).collect(),
        };
        let labels = table.rows.iter().map(|row| {
            let mut labels = vec![None; table.questions.len()];
            labels[row.question] = Some(row.class);
            labels
        });
        let whole = Self {
            ids: table.rows.iter().map(|row| row.id.clone()).collect(),
            keys: texts.iter().map(|text| article_key(text)).collect(),
            labels: labels.collect(),
            deciding: vec![vec![Vec::new(); table.questions.len()]; table.rows.len()],
            groupings: vec![grouping],
            near_duplicates,
            families: vec![None; table.rows.len()],
            passages: PassageTexts::default(),
            own: None,
            text: TextSettings::default(),
            rows: table.places.clone(),
            hash: table.hash.clone(),
            lessons: String::new(),
            stop: Stop::default(),
            memo: Memo::default(),
            texts: analyze(&task, texts),
            task,
        };
        whole.with_divisible_groupings()
    }

    /// How many articles there are.
    pub fn n_articles(&self) -> usize {
        self.ids.len()
    }

    /// The positions of all articles, ascending.
    pub fn positions(&self) -> Vec<usize> {
        (0..self.n_articles()).collect()
    }

    /// The names of the groupings.
    pub fn grouping_names(&self) -> Vec<&str> {
        self.groupings.iter().map(|grouping| grouping.name.as_str()).collect()
    }

    /// Checks that every output has two classes, every class an example, and that a group can be
    /// held out.
    ///
    /// # Errors
    /// Those of [`Self::check_groups`], and [`TrainingError::NoExample`] for the first class
    /// without an example.
    pub fn check(&self) -> Result<(), TrainingError> {
        self.check_groups()?;
        match self.missing().into_iter().next() {
            Some((class, output)) => Err(TrainingError::NoExample { class, output }),
            None => Ok(()),
        }
    }

    /// Checks that there is something to learn, and that a group can be held out. Classes may be
    /// without an example.
    ///
    /// # Errors
    /// [`TrainingError::OneClass`] or [`TrainingError::OneGroup`].
    pub fn check_groups(&self) -> Result<(), TrainingError> {
        if let Some(output) =
            self.task.outputs().into_iter().find(|output| output.classes.len() < 2)
        {
            return Err(TrainingError::OneClass {
                output: output.name,
                class: output.classes.concat(),
            });
        }
        if self.groupings.is_empty() {
            return Err(TrainingError::OneGroup);
        }
        for (number, output) in self.task.outputs().into_iter().enumerate() {
            let mut given = self.labels.iter().filter_map(|labels| labels[number]);
            if let Some(first) = given.next()
                && given.all(|class| class == first)
            {
                let class = output.classes[first].clone();
                return Err(TrainingError::OneClass { output: output.name, class });
            }
        }
        Ok(())
    }

    /// The classes without an example, each with its output: a model never says them.
    pub fn missing(&self) -> Vec<(String, String)> {
        let outputs = self.task.outputs().into_iter().enumerate();
        let missing = outputs.flat_map(|(number, output)| {
            let has = move |class| self.labels.iter().any(|labels| labels[number] == Some(class));
            let classes = output.classes.into_iter().enumerate();
            let absent = classes.filter(move |(class, _)| !has(*class));
            absent.map(move |(_, class)| (class, output.name.clone()))
        });
        missing.collect()
    }

    /// What an article is called where a person reads it: its id, or its row in a spreadsheet.
    pub fn called(&self, position: usize) -> &str {
        let id = &self.ids[position];
        self.rows.get(id).unwrap_or(id)
    }
}

fn analyze(task: &Task, texts: Vec<String>) -> Vec<AnalyzedText> {
    texts
        .into_par_iter()
        .map_init(|| task.reader(&TextSettings::default()), |reader, text| reader.read_text(text))
        .collect()
}
