//! TF-IDF rows equal those of scikit-learn on small corpora with every setting: the same columns in
//! the same order, values within rounding. `tests/golden/tfidf.py` computes the expected values and
//! names the version.

use std::collections::HashMap;

use mizan::internals::features::{SparseRow, TfidfVectorizer};
use mizan::internals::model::Model;
use serde::Deserialize;

#[derive(Deserialize)]
struct Golden {
    corpora: HashMap<String, Corpus>,
    cases: Vec<Case>,
}

/// Articles to fit to, and articles that come later; words parted by one space.
#[derive(Deserialize)]
struct Corpus {
    articles: Vec<String>,
    later: Vec<String>,
}

#[derive(Deserialize)]
struct Case {
    corpus: String,
    settings: serde_json::Value,
    #[serde(flatten)]
    expected: Expected,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Expected {
    Refused { refused: String },
    Fitted { terms: Vec<String>, idf: Vec<f64>, articles: Vec<Row>, later: Vec<Row> },
}

#[derive(Deserialize)]
struct Row {
    columns: Vec<u32>,
    values: Vec<f64>,
}

fn close(ours: &[f64], theirs: &[f64]) -> bool {
    ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(a, b)| (a - b).abs() <= 1e-12)
}

fn words(articles: &[String]) -> Vec<Vec<&str>> {
    articles.iter().map(|article| article.split_whitespace().collect()).collect()
}

fn assert_rows(ours: &[SparseRow], theirs: &[Row], of: &str) {
    assert_eq!(ours.len(), theirs.len(), "{of}");
    for (number, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
        assert_eq!(ours.columns, theirs.columns, "{of}: row {number}");
        assert!(
            close(&ours.values, &theirs.values),
            "{of}: row {number}: {:?} instead of {:?}",
            ours.values,
            theirs.values
        );
    }
}

#[test]
fn rows_equal_scikit_learn() {
    let golden: Golden = serde_json::from_str(include_str!("../../golden/tfidf.json")).unwrap();
    let (mut fitted, mut refused) = (0, 0);
    for Case { corpus: name, settings, expected } in golden.cases {
        let case = format!("{name}, {settings}");
        let vectorizer: TfidfVectorizer =
            serde_json::from_value(settings).unwrap_or_else(|error| panic!("{case}: {error}"));
        let corpus = &golden.corpora[&name];
        match (vectorizer.fit_transform(&words(&corpus.articles)), expected) {
            (Ok((tfidf, rows)), Expected::Fitted { terms, idf, articles, later }) => {
                assert_eq!(tfidf.terms(), terms, "{case}");
                assert!(close(tfidf.idf(), &idf), "{case}: {:?} instead of {idf:?}", tfidf.idf());
                assert_rows(&rows, &articles, &case);
                let rows: Vec<SparseRow> =
                    words(&corpus.later).iter().map(|article| tfidf.transform(article)).collect();
                assert_rows(&rows, &later, &format!("{case}, later"));
                fitted += 1;
            }
            (Err(_), Expected::Refused { .. }) => refused += 1,
            (Ok(_), Expected::Refused { refused }) => {
                panic!("{case}: fitted, but scikit-learn says {refused:?}")
            }
            (Err(error), Expected::Fitted { .. }) => panic!("{case}: {error}"),
        }
    }
    assert!(
        fitted > 150 && refused > 10,
        "{fitted} fitted, {refused} refused: the cases are no longer read"
    );
}

#[test]
fn the_embedded_model_round_trips_byte_for_byte() {
    let shipped = include_bytes!("../../../models/libya.safetensors");
    assert!(
        Model::from_bytes(shipped).unwrap().to_bytes().unwrap() == shipped,
        "its settings are written in other words"
    );
}
