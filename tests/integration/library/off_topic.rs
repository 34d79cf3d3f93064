//! The gate of relevance: what names no camp and no place of the country is unrelated, on the fast
//! path, the general one, by the definition, and in an explanation.

use std::fs;

use mizan::internals::article::Article;
use mizan::internals::camp::{Camps, Stance};
use mizan::internals::model::{HeadId, Model, ModelParts, Task, Unit};
use mizan::internals::scoring::Scorer;
use mizan::internals::scoring::explanation::{ExplainedClass, Explainer};
use mizan::internals::text::TextSettings;

use crate::common::{YEMEN, repository};

/// The embedded model with the camps of `labeled/camps.toml`.
fn model() -> Model {
    let text = fs::read_to_string(repository("labeled/camps.toml")).unwrap();
    let model = Model::embedded().unwrap();
    Model::new(ModelParts {
        task: Task::Stance(Box::new(Camps::from_toml(&text).unwrap())),
        unit: Unit::default(),
        text: TextSettings::default(),
        extractor: model.extractor().clone(),
        heads: model.heads().to_vec(),
        scalings: model.scalings().to_vec(),
        decisions: model.decisions().to_vec(),
        provenance: model.provenance().clone(),
        reference: model.reference().cloned(),
    })
    .unwrap()
}

#[test]
fn every_path_gates_alike() {
    let explainer = Explainer::new(model()).unwrap();
    let scorer = Scorer::new(model()).unwrap().with_max_error(0.01).unwrap();
    let here = YEMEN.replace("مأرب", "ترهونة");
    for (text, is_off_topic) in [(YEMEN, true), (&here, false)] {
        let article = Article::new("a", text);
        let verdict = scorer.score(&article).unwrap();
        assert_eq!(verdict, scorer.score_read(&scorer.read(&article)).unwrap());
        assert_eq!(verdict, scorer.score_by_definition(&article).unwrap());
        assert_eq!(verdict.is_off_topic, is_off_topic, "{text}");
        if is_off_topic {
            assert_eq!((verdict.unrelated, verdict.lean()), (1.0, 0.0));
            for camp in &verdict.camps {
                assert_eq!((camp.stance, &camp.abstention), (Stance::Unrelated, &None));
                assert!(camp.words.is_empty() && (camp.sides.neutral - 1.0).abs() < f64::EPSILON);
            }
        }
        let explanation = explainer.explain(&article).unwrap();
        assert_eq!(explanation.verdict, explainer.scorer().score(&article).unwrap());
        let read = scorer.read(&article);
        let outputs = scorer.model().probabilities(&read);
        assert_eq!(outputs[0][3].to_bits(), verdict.unrelated.to_bits());
    }
}

#[test]
fn what_the_head_of_relevance_says_stays_what_it_is() {
    let explanation = Explainer::new(model()).unwrap().explain(&Article::new("a", YEMEN)).unwrap();
    let relevance = explanation.head(HeadId::Relevance);
    let logits = relevance.calibrated_logits();
    let related = 1.0 / (1.0 + (logits[HeadId::UNRELATED] - logits[HeadId::RELATED]).exp());
    assert!((relevance.probabilities[HeadId::RELATED] - related).abs() < 1e-9 && related > 0.0);
    let class = HeadId::UNRELATED;
    assert_eq!(explanation.answers(), [ExplainedClass { head: HeadId::Relevance, class }]);
}
