//! The model: everything that is needed to read and score an article.

mod adapted;
pub mod choice;
pub mod decision;
pub mod error;
pub mod file;
pub mod fused;
pub mod head;
pub mod head_id;
pub mod provenance;
mod reading;
pub mod reference;
pub mod scaling;
mod strongest;
pub mod task;
pub mod unit;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::camp::Camps;
use crate::features::{Extractor, SparseRow};
use crate::text::{AnalyzedText, TextSettings, own_words};
pub use adapted::AdaptedTo;
pub use decision::Decision;
pub use error::ModelError;
pub use fused::FusedHeads;
pub use head::Head;
pub use head_id::HeadId;
pub use provenance::Provenance;
pub use reference::Reference;
pub use scaling::Scaling;
pub use task::{Question, Task};
pub use unit::Unit;

/// Most blocks of features of a model.
const MAX_BLOCKS: usize = 16;

/// A trained model. Its parts fit together: [`Model::new`] checks them.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    task: Task,
    unit: Unit,
    text: TextSettings,
    extractor: Extractor,
    heads: Vec<Head>,
    scalings: Vec<Scaling>,
    decisions: Vec<Decision>,
    provenance: Provenance,
    reference: Option<Reference>,
    checksum: Checksum,
}

/// The parts of a model, not checked yet.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelParts {
    /// The questions that it answers.
    pub task: Task,
    /// The unit of text that it scores.
    pub unit: Unit,
    /// How it reads text.
    pub text: TextSettings,
    /// How it turns text into features.
    pub extractor: Extractor,
    /// Weights of shape `(n_features, n_classes)`, in the order of its task.
    pub heads: Vec<Head>,
    /// How the logits of each head become probabilities.
    pub scalings: Vec<Scaling>,
    /// How each output decides, in the order of its task.
    pub decisions: Vec<Decision>,
    /// What it was trained on and how.
    pub provenance: Provenance,
    /// Statistics of its scores on held-out articles, with which later ones are compared. `None`
    /// for labels other than stances, and in files of format 2.
    pub reference: Option<Reference>,
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

    /// A model from its parts.
    ///
    /// # Errors
    /// [`ModelError`] when the parts do not fit together.
    pub fn new(parts: ModelParts) -> Result<Self, ModelError> {
        let ModelParts {
            task,
            unit,
            text,
            extractor,
            heads,
            scalings,
            decisions,
            provenance,
            reference,
        } = parts;
        if text.steps != TextSettings::STEPS {
            return Err(ModelError::TextVersion(text.steps));
        }
        own_words::check(&text.own_words)?;
        task.check().map_err(ModelError::Task)?;
        let n_blocks = extractor.blocks().len();
        if !(1..=MAX_BLOCKS).contains(&n_blocks) {
            return Err(ModelError::BlockCount(n_blocks));
        }
        for (block, (settings, _)) in extractor.blocks().iter().enumerate() {
            settings.check().map_err(|source| ModelError::Block { block, source })?;
        }
        let questions = task.heads();
        if heads.len() != questions.len() {
            return Err(ModelError::HeadCount { found: heads.len(), expected: questions.len() });
        }
        let n_features = extractor.n_features();
        for (number, (head, question)) in heads.iter().zip(&questions).enumerate() {
            let n_classes = question.classes.len();
            if head.n_classes() != n_classes || head.n_features() != n_features {
                return Err(ModelError::Head { head: number, n_features, n_classes });
            }
        }
        let mut fit = heads.iter().zip(&scalings);
        if scalings.len() != heads.len()
            || !fit.all(|(head, scaling)| scaling.fits(head.n_classes()))
        {
            return Err(ModelError::Scalings);
        }
        let outputs = task.outputs();
        let mut fit = outputs.iter().zip(&decisions);
        if decisions.len() != outputs.len()
            || !fit.all(|(output, decision)| decision.fits(output.classes.len()))
        {
            return Err(ModelError::Decisions);
        }
        reference.as_ref().map_or(Ok(()), Reference::check)?;
        Ok(Self {
            task,
            unit,
            text,
            extractor,
            heads,
            scalings,
            decisions,
            provenance,
            reference,
            checksum: Checksum::default(),
        })
    }

    /// The model that ships inside the program: trained on `labeled/`, the same bytes as
    /// `models/libya.safetensors`.
    ///
    /// # Errors
    /// Only when the file was damaged before the program was built.
    pub fn embedded() -> Result<Self, ModelError> {
        Self::from_bytes(include_bytes!("../../models/libya.safetensors"))
    }

    /// The model with how its settings were chosen, and its held-out figures with 95 % intervals.
    #[must_use]
    pub fn with_figures(mut self, chosen: String, figures: BTreeMap<String, [f64; 3]>) -> Self {
        self.provenance.chosen = chosen;
        self.provenance.figures = figures;
        self
    }

    /// The model with other statistics of held-out articles, or none.
    ///
    /// # Errors
    /// [`ModelError::Reference`] when they are not consistent.
    pub fn with_reference(mut self, reference: Option<Reference>) -> Result<Self, ModelError> {
        reference.as_ref().map_or(Ok(()), Reference::check)?;
        self.reference = reference;
        Ok(self)
    }

    /// The questions that it answers.
    pub fn task(&self) -> &Task {
        &self.task
    }

    /// How it turns text into features.
    pub fn extractor(&self) -> &Extractor {
        &self.extractor
    }

    /// The heads, in the order of its task.
    pub fn heads(&self) -> &[Head] {
        &self.heads
    }

    /// How the logits of each head become probabilities.
    pub fn scalings(&self) -> &[Scaling] {
        &self.scalings
    }

    /// How each output decides, in the order of its task.
    pub fn decisions(&self) -> &[Decision] {
        &self.decisions
    }

    /// What it was trained on and how.
    pub fn provenance(&self) -> &Provenance {
        &self.provenance
    }

    /// Statistics of its scores on held-out articles, if it has them.
    pub fn reference(&self) -> Option<&Reference> {
        self.reference.as_ref()
    }

    /// The camps, if it answers stances.
    pub fn camps(&self) -> Option<&Camps> {
        self.task.camps()
    }

    /// The probabilities of the outputs' classes for one article.
    pub fn probabilities(&self, read: &AnalyzedText) -> Vec<Vec<f64>> {
        self.row_probabilities(&self.extractor.row(read), read.findings.on_topic)
    }

    /// The probabilities of the outputs' classes for one row of features, and whether the text is
    /// on topic.
    pub fn row_probabilities(&self, row: &SparseRow, on_topic: bool) -> Vec<Vec<f64>> {
        let logits: Vec<Vec<f64>> = self.heads.iter().map(|head| head.logits(row)).collect();
        self.logit_probabilities(&logits, on_topic)
    }

    /// The same from the logits of the heads, and whether the text is on topic.
    pub fn logit_probabilities(&self, logits: &[Vec<f64>], on_topic: bool) -> Vec<Vec<f64>> {
        let heads: Vec<Vec<f64>> = self
            .scalings
            .iter()
            .zip(logits)
            .map(|(scaling, logits)| scaling.probabilities(logits))
            .collect();
        self.task.gated_probabilities(on_topic, &heads)
    }
}
