//! Inter-annotator agreement of a labelled set.

use std::collections::BTreeSet;

use crate::labels::LabelledSet;
use crate::labels::agreement::{cohen_kappa, krippendorff_alpha, shared_labels, units};

/// The annotators whose labels are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Annotators {
    /// Two annotators, by Cohen's κ.
    Pair(String, String),
    /// All annotators, by Krippendorff's α.
    All,
}

/// The agreement of annotators on the stance toward one camp, corrected for chance.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// Id of the camp.
    pub camp: String,
    /// The annotators.
    pub annotators: Annotators,
    /// Number of articles with at least two labels.
    pub n_articles: usize,
    /// κ or α: 1 is perfect agreement, 0 that of chance.
    pub value: f64,
}

/// The agreement toward each camp: κ of every two annotators with common articles, and α of all.
pub fn agreements(set: &LabelledSet) -> Vec<Agreement> {
    let annotators = annotators(set);
    let mut rows = Vec::new();
    for (camp, id) in set.camps.ids().into_iter().enumerate() {
        let row = |annotators, n_articles, value| Agreement {
            camp: id.to_owned(),
            annotators,
            n_articles,
            value,
        };
        for (at, &first) in annotators.iter().enumerate() {
            for &second in &annotators[at + 1..] {
                let pairs = shared_labels(&set.annotations, first, second, camp);
                if let Some(kappa) = cohen_kappa(&pairs) {
                    let pair = Annotators::Pair(first.to_owned(), second.to_owned());
                    rows.push(row(pair, pairs.len(), kappa));
                }
            }
        }
        let units = units(&set.annotations, camp);
        if let Some(alpha) = krippendorff_alpha(&units) {
            let n_articles = units.iter().filter(|unit| unit.len() > 1).count();
            rows.push(row(Annotators::All, n_articles, alpha));
        }
    }
    rows
}

/// The agreement of several annotators in short.
#[derive(Clone, Debug, PartialEq)]
pub struct AgreementSummary {
    /// Number of annotators.
    pub n_annotators: usize,
    /// Krippendorff's α toward each camp, by id.
    pub alpha: [(String, f64); 2],
    /// The articles on whose labels annotators differ, with these labels.
    pub disputed: Vec<(String, String)>,
}

impl AgreementSummary {
    /// Summarises a labelled set; `None` if there is only one annotator.
    pub fn new(set: &LabelledSet) -> Option<Self> {
        let n_annotators = annotators(set).len();
        let alpha = |camp: usize| krippendorff_alpha(&units(&set.annotations, camp));
        let (true, Some(first), Some(second)) = (n_annotators > 1, alpha(0), alpha(1)) else {
            return None;
        };
        let [one, other] = set.camps.ids().map(str::to_owned);
        let disputed =
            set.disputed().into_iter().map(|(article, labels)| (article.to_owned(), labels));
        Some(Self {
            n_annotators,
            alpha: [(one, first), (other, second)],
            disputed: disputed.collect(),
        })
    }
}

/// The annotators, in alphabetical order.
fn annotators(set: &LabelledSet) -> Vec<&str> {
    let all = set.annotations.iter().map(|annotation| annotation.annotator.as_str());
    all.collect::<BTreeSet<_>>().into_iter().collect()
}
