//! An assessment as one JSON object: the output of `mizan evaluate --labels … --json`.
//!
//! Fields may be added; none is renamed. Numbers have six decimals, except p-values, which are
//! exact. A field whose name ends in `_95` is `[low, high]`, the 95 % interval of the field that it
//! is named after.
//!
//! - `classes`: the classes, in the order of every list by class.
//! - `articles`, `unscored`, `not_found`: number of compared articles; of those among them that
//!   cannot be scored and count as predicted unrelated; of labelled articles that were not found
//!   and are in no metric.
//! - `bootstrap`: number of `samples`, of `clusters`, and of those that are `events` (the others
//!   are single articles).
//! - `mean_macro_f1`, `mean_macro_f1_95`: macro-F1, mean over the camps.
//! - `figures`: for each camp `toward`, `articles`, `accuracy`, `macro_f1`, `macro_f1_at_most` (the
//!   largest that the labels allow), `f1` by class, `confusion` (rows are labels, columns
//!   predictions), `by_class`, `calibration`, `coverage`.
//! - `figures[].by_class`: by name of the class `labelled`, `given`, `precision`, `recall`, `f1`,
//!   each with its interval.
//! - `figures[].calibration`: number of `articles` with probabilities, `ece`, `brier`, and `bins`
//!   by tenths of confidence: `from`, `to`, `articles`, and unless the bin is empty `confidence`
//!   and `right`: the share whose most probable class (before offsets) is the label.
//! - `figures[].coverage`: for each `risk` the share `answered`, and the share of the answers that
//!   are `wrong` (null without answers).
//! - `sides`: favor and against, both camps together: how many are `labelled`, `given` and `right`,
//!   and `precision`, `recall`, `f1`, each with its interval.
//! - `one_vs_rest`: `toward`, `stance`, `labelled`, `macro_f1`, `auc`.
//! - `breakdown`: `least` (smaller groups are pooled as `(other)`), and for `outlet`, `event`,
//!   `genre`, `length`: `pooled` (number of pooled groups) and `groups`.
//! - `breakdown.*.groups[]`: `group`, `articles`, `clusters` (equal to `articles` if these are
//!   resampled one by one), `figures` for each camp: `toward`, `labelled` by class, `macro_f1`,
//!   `macro_f1_at_most`, `accuracy`.
//! - `baselines`: for each of `commonest`, `keywords`, `names`: `figures` for each camp (`toward`,
//!   `macro_f1`, `difference` = macro-F1 of the model − that of the baseline) and the same of the
//!   `mean`.
//! - `compared`, with `--compare`: `model`, `with`, `figures` for each camp (`toward`, `macro_f1`,
//!   `macro_f1_with`, `difference` = the first − the second, `only_model_right`,
//!   `only_with_right`, `mcnemar_p`), the `mean`, and `changed`: `id`, `toward`, `label`, `with`,
//!   `model`.
//!
//! `schemas/evaluate.json` is the same for programs. The command adds `model` and `version`.

use serde_json::{Map, Value, json};

use super::figures::figures;
use crate::camp::Stance;
use crate::evaluation::assessment::{
    Assessment, Breakdown, BreakdownGroup, CampAssessment, ModelComparison, OneVsRest, SideMetrics,
};
use crate::evaluation::bootstrap::N_SAMPLES;
use crate::evaluation::paired::PairedDifference;
use crate::evaluation::reliability::ReliabilityBin;
use crate::evaluation::{BootstrapEstimate, ClassificationReport};
use crate::record::six;

/// A comparison of two models, with their names.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedComparison {
    /// Name of the model.
    pub model: String,
    /// Name of the other model.
    pub with: String,
    /// The comparison.
    pub comparison: ModelComparison,
}

/// An assessment as one JSON object; `not_found` counts the labelled articles that were not found.
pub fn json(
    assessment: &Assessment,
    sides: &[OneVsRest],
    compared: Option<&NamedComparison>,
    not_found: usize,
) -> Value {
    let classes = Stance::ALL.map(|stance| stance.to_string());
    let names: Vec<&str> = assessment.camps.iter().map(|camp| camp.report.name.as_str()).collect();
    let all: Vec<ClassificationReport> =
        assessment.camps.iter().map(|camp| camp.report.clone()).collect();
    let mut object = figures(&all, &classes, sides);
    let Value::Object(fields) = &mut object else { return object };
    if let Some(Value::Array(figures)) = fields.get_mut("figures") {
        for (figure, camp) in figures.iter_mut().zip(&assessment.camps) {
            if let Value::Object(figure) = figure {
                of_camp(figure, camp);
            }
        }
    }
    let mut put = |name: &str, value: Value| drop(fields.insert(name.to_owned(), value));
    put("articles", json!(assessment.n_articles));
    put("unscored", json!(assessment.n_unscored));
    put("not_found", json!(not_found));
    let resampling = assessment.resampling;
    put(
        "bootstrap",
        json!({
            "samples": N_SAMPLES,
            "clusters": resampling.n_clusters,
            "events": resampling.n_events,
        }),
    );
    put("mean_macro_f1", json!(six(assessment.mean_macro_f1.value)));
    put("mean_macro_f1_95", interval(assessment.mean_macro_f1.interval));
    let SideMetrics { labelled, given, right, metrics } = assessment.sides;
    let counts = Map::from_iter([
        ("labelled".to_owned(), json!(labelled)),
        ("given".to_owned(), json!(given)),
        ("right".to_owned(), json!(right)),
    ]);
    let shares = [("precision", metrics.precision), ("recall", metrics.recall), ("f1", metrics.f1)];
    put("sides", Value::Object(measured(counts, &shares)));
    let mut parts = Map::from_iter([("least".to_owned(), json!(assessment.min_group))]);
    for breakdown in &assessment.breakdowns {
        parts.insert(breakdown.key.name().to_owned(), of_breakdown(breakdown, &names));
    }
    put("breakdown", Value::Object(parts));
    let baselines = assessment.baselines.iter().map(|baseline| {
        let of = |difference: &PairedDifference| {
            let PairedDifference { before, difference, .. } = difference;
            measured(Map::new(), &[("macro_f1", *before), ("difference", *difference)])
        };
        let camps = names.iter().zip(&baseline.camps).map(|(name, camp)| toward(name, of(camp)));
        json!({
            "name": baseline.name,
            "figures": camps.collect::<Vec<_>>(),
            "mean": of(&baseline.mean),
        })
    });
    put("baselines", baselines.collect());
    if let Some(compared) = compared {
        put("compared", of_models(compared, &names));
    }
    object
}

fn of_camp(object: &mut Map<String, Value>, camp: &CampAssessment) {
    let confusion = &camp.report.confusion;
    object.insert("accuracy_95".to_owned(), interval(camp.accuracy.interval));
    object.insert(
        "macro_f1_at_most".to_owned(),
        json!(six(confusion.max_macro_f1(camp.report.averaged.clone()))),
    );
    let by_class =
        Stance::ALL.iter().zip(&camp.classes).enumerate().map(|(class, (stance, figures))| {
            let counts = Map::from_iter([
                ("labelled".to_owned(), json!(confusion.support(class))),
                ("given".to_owned(), json!(confusion.predicted(class))),
            ]);
            let shares =
                [("precision", figures.precision), ("recall", figures.recall), ("f1", figures.f1)];
            (stance.to_string(), Value::Object(measured(counts, &shares)))
        });
    object.insert("by_class".to_owned(), Value::Object(by_class.collect()));
    let bin = |(number, bin): (usize, &ReliabilityBin)| {
        let ends = [number, number + 1].map(|tenths| json!(tenths as f64 / 10.0));
        let [from, to] = ends;
        let mut object = Map::from_iter([
            ("from".to_owned(), from),
            ("to".to_owned(), to),
            ("articles".to_owned(), json!(bin.n_articles)),
        ]);
        if bin.n_articles > 0 {
            object.insert("confidence".to_owned(), json!(six(bin.confidence)));
            object = measured(object, &[("right", bin.accuracy)]);
        }
        Value::Object(object)
    };
    let reliability = &camp.reliability;
    let articles = Map::from_iter([("articles".to_owned(), json!(camp.n_scored))]);
    let mut calibration =
        measured(articles, &[("ece", reliability.ece), ("brier", reliability.brier)]);
    calibration.insert("bins".to_owned(), reliability.bins.iter().enumerate().map(bin).collect());
    object.insert("calibration".to_owned(), Value::Object(calibration));
    let coverage = camp.coverage.iter().map(|row| {
        let mut object = measured(
            Map::from_iter([("risk".to_owned(), json!(row.risk))]),
            &[("answered", row.answered), ("wrong", row.wrong)],
        );
        if row.answered.value <= 0.0 {
            object.insert("wrong".to_owned(), Value::Null);
            object.insert("wrong_95".to_owned(), Value::Null);
        }
        Value::Object(object)
    });
    object.insert("coverage".to_owned(), coverage.collect());
}

fn of_breakdown(breakdown: &Breakdown, names: &[&str]) -> Value {
    let group = |group: &BreakdownGroup| {
        let figures = names.iter().zip(&group.camps).map(|(name, camp)| {
            let object =
                measured(Map::new(), &[("macro_f1", camp.macro_f1), ("accuracy", camp.accuracy)]);
            let Value::Object(mut object) = toward(name, object) else { return Value::Null };
            object.insert("macro_f1_at_most".to_owned(), json!(six(camp.max_macro_f1)));
            object.insert("labelled".to_owned(), json!(camp.support));
            Value::Object(object)
        });
        let figures: Vec<Value> = figures.collect();
        json!({
            "group": group.name,
            "articles": group.n_articles,
            "clusters": group.resampling.n_clusters,
            "figures": figures,
        })
    };
    json!({
        "pooled": breakdown.n_pooled,
        "groups": breakdown.groups.iter().map(group).collect::<Vec<_>>(),
    })
}

fn of_models(compared: &NamedComparison, names: &[&str]) -> Value {
    let NamedComparison { model, with, comparison } = compared;
    let of = |found: &PairedDifference| {
        measured(
            Map::new(),
            &[
                ("macro_f1", found.after),
                ("macro_f1_with", found.before),
                ("difference", found.difference),
            ],
        )
    };
    let camps = names.iter().zip(&comparison.camps).map(|(name, camp)| {
        let mut object = of(&camp.difference);
        object.insert("only_model_right".to_owned(), json!(camp.only_model_correct));
        object.insert("only_with_right".to_owned(), json!(camp.only_other_correct));
        object.insert("mcnemar_p".to_owned(), json!(camp.p_value));
        toward(name, object)
    });
    let changed = comparison.changed.iter().map(|changed| {
        json!({
            "id": changed.id,
            "toward": names[changed.camp],
            "label": changed.label.as_str(),
            "with": changed.other.as_str(),
            "model": changed.model.as_str(),
        })
    });
    json!({
        "model": model,
        "with": with,
        "figures": camps.collect::<Vec<_>>(),
        "mean": of(&comparison.mean),
        "changed": changed.collect::<Vec<_>>(),
    })
}

fn toward(name: &str, figures: Map<String, Value>) -> Value {
    Value::Object(
        Map::from_iter([("toward".to_owned(), json!(name))]).into_iter().chain(figures).collect(),
    )
}

/// Adds figures, each with its interval.
fn measured(
    mut object: Map<String, Value>,
    figures: &[(&str, BootstrapEstimate)],
) -> Map<String, Value> {
    for (name, BootstrapEstimate { value, interval: ends }) in figures {
        object.insert((*name).to_owned(), json!(six(*value)));
        object.insert(format!("{name}_95"), interval(*ends));
    }
    object
}

fn interval((low, high): (f64, f64)) -> Value {
    json!([six(low), six(high)])
}
