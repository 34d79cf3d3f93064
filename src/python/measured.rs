//! `mizan.evaluate` and `mizan.report`: what many scores say together.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyString;

use super::error::{MizanError, raised};
use super::given::{self, Given};
use super::model::ChosenModel;
use super::score::{Score, loads};
use super::told;
use super::work::Threads;
use crate::camp::Stance;
use crate::evaluation::assessment::{Assessment, Assessor, Predictions, one_vs_rest};
use crate::model::Model;
use crate::outlets::summary::OutletReport;
use crate::outlets::tally::Tally;
use crate::output::maker::with_maker;
use crate::output::words::Language;
use crate::output::{assessment, html};

/// Groups of fewer articles are pooled.
const MIN_GROUP: usize = 10;

/// Scores that are added up between two looks at Ctrl-C.
const MAX_UNHEARD: usize = 4096;

/// What a report is made of.
const SCORES: &str =
    "an iterable of Scores, which Scorer.score gives, and Score.from_json of a line of a file";

/// How good a model is on labelled articles: what `mizan evaluate --json` prints.
///
/// Args:
///     articles: Texts, or articles of `mizan.read`, shape `(n_articles)`.
///     labels: The stances toward the first and the second camp of each, as words (`favor`,
///         `neutral`, `against`, `unrelated`), shape `(n_articles, 2)`.
///     model: As of `Scorer`.
///
/// Returns:
///     A dict with the figures of each camp, of the sides together, and their 95 % intervals.
///     `articles` counts those that have scores, which alone are in the figures; `unscored` those
///     that cannot be scored, of which a `UserWarning` tells. (The command counts an article
///     without scores as called unrelated.)
///
/// Raises:
///     MizanError: A label is no stance, there are more labels than articles or fewer, or none, or
///         no article can be scored.
///     TypeError: Something is no text, or no pair of labels.
#[pyfunction]
#[pyo3(signature = (articles, labels, *, model=None))]
pub(super) fn evaluate<'py>(
    py: Python<'py>,
    articles: &Bound<'py, PyAny>,
    labels: &Bound<'py, PyAny>,
    model: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let assessor = Assessor::new(ChosenModel::new(py, model)?.model, None).map_err(raised)?;
    let stance = |number: usize, word: &str| {
        Stance::from_word(word).ok_or_else(|| {
            MizanError::new_err(format!(
                "label {number} is {word:?}: give favor, neutral, against or unrelated"
            ))
        })
    };
    let mut labels = given::items(labels, "an iterable of pairs of labels", "")?;
    let given = given::articles(articles)?.enumerate().map(|(number, article)| {
        let label = labels
            .next()
            .ok_or_else(|| MizanError::new_err(format!("{number} labels for more articles")))??;
        let [first, second] = pair(number, &label)?;
        let labels = [stance(number, &first)?, stance(number, &second)?];
        Ok((Given::from_text(&article?, number)?, labels))
    });
    let predict = |(given, labels): (Given, [Stance; 2])| {
        let (read, _) = given.finished().map_err(|(_, complaint)| complaint)?;
        let article = read.map_err(|unreadable| unreadable.error.to_string())?.article;
        let (predictions, _, unscorable) = assessor.predict(article, labels);
        unscorable.map_or(Ok(predictions), |unscorable| Err(unscorable.to_string()))
    };
    let threads = Threads::new(None);
    let predictions: Vec<Result<Predictions, String>> =
        threads.map(py, given, None, None, predict)?;
    let n_articles = predictions.len();
    if labels.next().is_some() {
        return Err(MizanError::new_err(format!("more labels than {n_articles} articles")));
    }
    if predictions.is_empty() {
        return Err(MizanError::new_err("no articles and no labels: there is nothing to measure"));
    }
    let (predictions, n_unscored) = scored(py, predictions)?;
    let json = threads.run(py, move |_| {
        let camps = assessor.camps().ids();
        let decisions = assessor.model().decisions();
        let mut assessed = Assessment::new(&predictions, camps, decisions, MIN_GROUP);
        assessed.n_unscored = n_unscored;
        let figures = assessment::json(&assessed, &one_vs_rest(&predictions, camps), None, 0);
        with_maker(figures, Some(&assessor.model().signature())).to_string()
    })?;
    loads(py, &json)
}

/// The predictions of those articles that have scores, and how many have none, which is told.
///
/// # Errors
/// `MizanError` if none has.
fn scored(
    py: Python<'_>,
    predictions: Vec<Result<Predictions, String>>,
) -> PyResult<(Vec<Predictions>, usize)> {
    let n_articles = predictions.len();
    let (mut found, mut first) = (Vec::with_capacity(n_articles), None);
    for (number, prediction) in predictions.into_iter().enumerate() {
        match prediction {
            Ok(prediction) => found.push(prediction),
            Err(why) => first = first.or(Some(format!("article {number}: {why}"))),
        }
    }
    let n_unscored = n_articles - found.len();
    let first = first.unwrap_or_default();
    if found.is_empty() {
        return Err(MizanError::new_err(format!(
            "none of the {n_articles} articles can be scored, so there is nothing to measure; \
             {first}"
        )));
    }
    if n_unscored > 0 {
        let what = "cannot be scored and are in no figure";
        told::warned(py, &format!("{n_unscored} of {n_articles} articles {what}; {first}"))?;
    }
    Ok((found, n_unscored))
}

/// The two labels of an article.
fn pair(number: usize, label: &Bound<'_, PyAny>) -> PyResult<[String; 2]> {
    let is_word = label.is_instance_of::<PyString>();
    let words = (!is_word).then(|| label.try_iter().ok()).flatten();
    let words: Option<Vec<String>> = words.and_then(|words| {
        words.map(|word| word?.extract::<String>()).collect::<PyResult<_>>().ok()
    });
    words.and_then(|words| words.try_into().ok()).ok_or_else(|| {
        let shown = label.str().map_or_else(|_| String::new(), |shown| format!(" ({shown})"));
        PyTypeError::new_err(format!(
            "label {number}{shown} is no pair of words: give the stances toward the first and the \
             second camp, as (\"favor\", \"against\")"
        ))
    })
}

/// How outlets lean, as the page that `mizan report` writes.
///
/// Args:
///     scores: `Score`s with outlets, from `Scorer.score` or `Score.from_json`.
///     title: The title of the page.
///
/// Returns:
///     The page, HTML in one file without anything from elsewhere.
///
/// Raises:
///     MizanError: No article has scores, or scores are toward different camps.
///     TypeError: Something is no `Score`.
#[pyfunction]
#[pyo3(signature = (scores, *, title=None))]
pub(super) fn report(
    py: Python<'_>,
    scores: &Bound<'_, PyAny>,
    title: Option<String>,
) -> PyResult<String> {
    let mut tally = Tally::default();
    for (number, score) in given::items(scores, SCORES, "")?.enumerate() {
        if number % MAX_UNHEARD == 0 {
            py.check_signals()?;
        }
        let score = score?;
        let Ok(score) = score.cast::<Score>() else {
            let name = score.get_type().name()?;
            return Err(PyTypeError::new_err(format!(
                "score {number} is of type {name}; give {SCORES}"
            )));
        };
        tally.add(score.get().record()).map_err(raised)?;
    }
    let page = Threads::new(None).run(py, move |_| {
        let summary = OutletReport::from_tally(&tally)?;
        let shipped = Model::embedded().ok().and_then(|model| model.camps().cloned());
        let names = shipped
            .filter(|camps| camps.ids() == summary.camps)
            .map_or_else(|| summary.camps.clone(), |camps| camps.camps.map(|camp| camp.name_en));
        Some(html::report::page(&summary, title.as_deref(), &names, Language::English.words()))
    })?;
    page.ok_or_else(|| MizanError::new_err("no article has scores"))
}
