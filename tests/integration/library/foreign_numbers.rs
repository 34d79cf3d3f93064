//! Numbers of a model file that somebody else made: in range, or refused. Whatever is accepted
//! gives scores in range.

use mizan::Scorer;
use mizan::internals::model::Model;
use mizan::{Article, Verdict};
use serde_json::{Value, json};

const SHIPPED: &[u8] = include_bytes!("../../../models/libya.safetensors");

const TEXT: &str = "شنت مليشيات حفتر الانقلابية هجوما غادرا على أحياء العاصمة فجر اليوم وقتلت مدنيين. \
    وأكدت حكومة الوفاق الشرعية أن أبطالها صدوا المعتدين في طرابلس";

/// A model file taken apart.
struct Parts {
    header: Value,
    card: Value,
    tensors: Vec<u8>,
}

impl Parts {
    fn shipped() -> Self {
        let n_header = usize::try_from(u64::from_le_bytes(SHIPPED[..8].try_into().unwrap()));
        let (header, tensors) = SHIPPED[8..].split_at(n_header.unwrap());
        let header: Value = serde_json::from_slice(header).unwrap();
        let card = serde_json::from_str(header["__metadata__"]["mizan"].as_str().unwrap()).unwrap();
        Self { header, card, tensors: tensors.to_vec() }
    }

    /// The file of these parts, with the checksum made right.
    fn bytes(&self) -> Vec<u8> {
        let with = |checksum: &str| {
            let (mut header, mut card) = (self.header.clone(), self.card.clone());
            card["checksum"] = checksum.into();
            header["__metadata__"]["mizan"] = card.to_string().into();
            let mut header = header.to_string();
            header += &" ".repeat(header.len().next_multiple_of(8) - header.len());
            [&(header.len() as u64).to_le_bytes(), header.as_bytes(), &self.tensors].concat()
        };
        with(&Model::checksum_of(&with(&"0".repeat(64))).unwrap())
    }
}

/// What the model says, if it is one.
fn verdict(parts: &Parts) -> Result<Verdict, String> {
    let model = Model::from_bytes(&parts.bytes()).map_err(|error| error.to_string())?;
    let scorer = Scorer::new(model).map_err(|error| error.to_string())?;
    let verdict = scorer.score(&Article::new("a", TEXT)).map_err(|error| error.to_string())?;
    for camp in &verdict.camps {
        let sides = camp.sides;
        let all = [sides.favor, sides.neutral, sides.against];
        assert!(all.iter().all(|share| (0.0..=1.0).contains(share)), "{all:?}");
        assert!((all.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{all:?}");
    }
    assert!((-1.0..=1.0).contains(&verdict.lean()), "{}", verdict.lean());
    Ok(verdict)
}

#[test]
fn the_parts_put_together_again_are_the_model() {
    assert!(verdict(&Parts::shipped()).is_ok());
}

#[test]
fn weights_and_idf_out_of_range_are_refused_and_the_largest_give_scores_in_range() {
    let shipped = Parts::shipped();
    let tensors = shipped.header.as_object().unwrap().clone();
    let numeric = tensors.iter().filter(|(_, tensor)| {
        ["F32", "F64"].contains(&tensor["dtype"].as_str().unwrap_or_default())
    });
    let mut n_tensors = 0;
    for (name, tensor) in numeric {
        n_tensors += 1;
        let place =
            |end: usize| usize::try_from(tensor["data_offsets"][end].as_u64().unwrap()).unwrap();
        let is_wide = tensor["dtype"] == "F64";
        let with = |numbers: &dyn Fn(usize) -> Option<f64>| {
            let mut parts = Parts { tensors: shipped.tensors.clone(), ..Parts::shipped() };
            let bytes = &mut parts.tensors[place(0)..place(1)];
            for (at, number) in bytes.chunks_mut(if is_wide { 8 } else { 4 }).enumerate() {
                match numbers(at) {
                    None => {}
                    Some(value) if is_wide => number.copy_from_slice(&value.to_le_bytes()),
                    #[expect(clippy::cast_possible_truncation)]
                    Some(value) => number.copy_from_slice(&(value as f32).to_le_bytes()),
                }
            }
            verdict(&parts)
        };
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e7, -1e7, 1e38, -1e38] {
            let refused = with(&|at| (at == 1).then_some(bad));
            assert!(refused.is_err(), "{name}: {bad} is taken");
        }
        if is_wide {
            assert!(with(&|at| (at == 1).then_some(0.0)).is_err(), "{name}: an idf of 0 is taken");
        }
        for largest in [1e6, -1e6, 1e-30] {
            let sign = |at: usize| if is_wide || at.is_multiple_of(2) { 1.0 } else { -1.0 };
            let given = with(&|at| Some(largest * sign(at)));
            assert!(given.is_ok() || is_wide && largest < 0.0, "{name}: {largest}: {given:?}");
        }
    }
    assert_eq!(n_tensors, 13);
}

/// The paths of numbers below a value, of long lists only the first and the last.
fn numbers(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Number(_) => found.push(path.to_owned()),
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                if at == 0 || at + 1 == items.len() {
                    numbers(item, &format!("{path}/{at}"), found);
                }
            }
        }
        Value::Object(fields) => {
            for (name, item) in fields.iter().take(12) {
                numbers(item, &format!("{path}/{}", name.replace('/', "~1")), found);
            }
        }
        _ => {}
    }
}

#[test]
fn numbers_of_the_card_are_refused_or_give_scores_in_range() {
    let shipped = Parts::shipped();
    let mut paths = Vec::new();
    for part in ["blocks", "sentences", "scalings", "decisions", "reference", "text", "format"] {
        numbers(&shipped.card[part], &format!("/{part}"), &mut paths);
    }
    assert!(paths.len() > 40, "{paths:?}");
    let mut refused = 0;
    for path in &paths {
        for bad in [json!(1e308), json!(-1e308), json!(-1), json!(0), json!(u64::MAX)] {
            let mut parts = Parts::shipped();
            *parts.card.pointer_mut(path).unwrap() = bad;
            refused += usize::from(verdict(&parts).is_err());
        }
    }
    assert!(refused > paths.len(), "{refused} of {} are refused", 5 * paths.len());
    for (path, bad) in [
        ("/scalings/1/scale/0", json!(1e6)),
        ("/scalings/1/shift/0", json!(-1e6)),
        ("/blocks/0/weight", json!(1e308)),
        ("/blocks/0/tfidf/ngram_range/1", json!(u32::MAX)),
        ("/scalings/1/scale", json!([])),
    ] {
        let mut parts = Parts::shipped();
        *parts.card.pointer_mut(path).unwrap() = bad;
        assert!(verdict(&parts).is_err(), "{path}");
    }
}
