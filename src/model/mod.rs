//! The model: everything that is needed to read an article and to weigh it, and nothing that is
//! not.

pub mod decision;
pub mod file;
pub mod fused;
pub mod head;
pub mod provenance;
pub mod reference;
pub mod scaling;
pub mod task;

use std::sync::OnceLock;

use crate::camp::Camps;
use crate::features::{Extractor, SparseRow};
use crate::text::{AnalyzedText, TextReader, TextSettings};
pub use decision::Decision;
pub use file::ModelFileError;
pub use fused::FusedHeads;
pub use head::Head;
pub use provenance::Provenance;
pub use reference::Reference;
pub use scaling::Scaling;
pub use task::{Question, Task};

/// A trained model.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// What it answers.
    pub task: Task,
    /// How it reads text.
    pub text: TextSettings,
    /// How it turns text into features.
    pub extractor: Extractor,
    /// Weights, in the order of [`Task::heads`].
    pub heads: Vec<Head>,
    /// How the logits of each head become probabilities.
    pub scalings: Vec<Scaling>,
    /// How each output decides, in the order of [`Task::outputs`].
    pub decisions: Vec<Decision>,
    /// What it was made of.
    pub provenance: Provenance,
    /// What it said of held-out articles, with which later ones are compared; `None` for labels of
    /// other kinds than stances, and in files of format 2.
    pub reference: Option<Reference>,
    /// Checksum of its file.
    pub(crate) checksum: Checksum,
}

/// The checksum of a model's content, as its file states it or as it would. It follows from the
/// content, so that models are equal whether or not it is known yet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Checksum(OnceLock<String>);

impl PartialEq for Checksum {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Checksum {
    /// The checksum that a file states and that was found right.
    fn known(checksum: &str) -> Self {
        Self(OnceLock::from(checksum.to_owned()))
    }
}

impl Model {
    /// Name and short checksum, as in `libya@1a2b3c4d`: the conflict (or `model`, where the labels
    /// are no stances) and the first eight digits of the checksum of its file.
    pub fn signature(&self) -> String {
        let name = self.camps().map_or("model", |camps| &camps.conflict);
        let checksum = self.checksum.0.get_or_init(|| {
            self.to_bytes().ok().and_then(|bytes| Self::checksum_of(&bytes)).unwrap_or_default()
        });
        format!("{name}@{}", checksum.get(..8).unwrap_or_default())
    }

    /// The model that ships inside the program: trained on `labeled/`, the same bytes as
    /// `models/libya.safetensors`.
    ///
    /// # Errors
    /// Only when the file was damaged before the program was built.
    pub fn embedded() -> Result<Self, ModelFileError> {
        Self::from_bytes(include_bytes!("../../models/libya.safetensors"))
    }

    /// The camps, if it answers stances.
    pub fn camps(&self) -> Option<&Camps> {
        self.task.camps()
    }

    /// A reader of text for this model.
    pub fn reader(&self) -> TextReader {
        self.task.reader()
    }

    /// The probabilities of the outputs' classes for one article.
    pub fn probabilities(&self, read: &AnalyzedText) -> Vec<Vec<f64>> {
        self.row_probabilities(&self.extractor.row(read))
    }

    /// The probabilities of the outputs' classes for one row of features.
    pub fn row_probabilities(&self, row: &SparseRow) -> Vec<Vec<f64>> {
        let logits: Vec<Vec<f64>> = self.heads.iter().map(|head| head.logits(row)).collect();
        self.logit_probabilities(&logits)
    }

    /// The probabilities of the outputs' classes, given the logits of the heads.
    pub fn logit_probabilities(&self, logits: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let heads: Vec<Vec<f64>> = self
            .scalings
            .iter()
            .zip(logits)
            .map(|(scaling, logits)| scaling.probabilities(logits))
            .collect();
        self.task.output_probabilities(&heads)
    }

    /// For each head that tells more than two classes apart, and each of its classes: the features
    /// that weigh most for it.
    pub fn strongest(&self, n: usize) -> Vec<(String, String, Vec<String>)> {
        let mut strongest = Vec::new();
        for (question, head) in self.task.heads().into_iter().zip(&self.heads) {
            for (class, name) in question.classes.into_iter().enumerate() {
                let mut features: Vec<usize> = (0..head.n_features()).collect();
                features.sort_by(|&a, &b| head.weight(b, class).total_cmp(&head.weight(a, class)));
                let terms = features
                    .into_iter()
                    .take(n)
                    .filter_map(|feature| self.extractor.feature(feature));
                strongest.push((
                    question.name.clone(),
                    name,
                    terms.map(|(_, term)| term.to_owned()).collect(),
                ));
            }
        }
        strongest
    }
}
