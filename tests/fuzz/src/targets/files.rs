//! Files that users bring: models, labels, camps.

use std::sync::LazyLock;

use mizan::internals::labels::{agreement, external, framing, readings, spelling};
use mizan::internals::text::{TextReader, reference};
use mizan::parts::{LabelAggregation, LabelledFiles, SourceText};
use mizan::{Article, Camps, LabelledSet, Model, Scorer};

use super::parts;
use super::reading::assert_sound;

/// An invented text in which the camps of Libya and of Sudan are named.
const TEXT: &str = "قال الناطق باسم الجيش إن مليشيات حكومة الوفاق قصفت العاصمة. وأضاف حفتر أن قواته \
                    «ستحرر طرابلس من الإرهابيين». وفي الخرطوم أعلن البرهان هدنة مع الدعم السريع.";

const CAMPS: &str = include_str!("../../../../labeled/sudan/camps.toml");
const EVENTS: &str = "[fasher]\ndate = \"2024-05\"\nabout = \"x\"\n";
const OUTLETS: &str = "[wire]\nname = \"x\"\nstyle = \"x\"\n";

/// Makes the checksum right, so that what lies behind it has to hold.
fn with_checksum(bytes: &[u8]) -> Vec<u8> {
    const KEY: &[u8] = b"checksum\\\":\\\"";
    let mut bytes = bytes.to_vec();
    let place = bytes.windows(KEY.len()).position(|window| window == KEY);
    let place = place.map(|place| place + KEY.len()..place + KEY.len() + 64);
    if let Some(stated) = place.and_then(|place| bytes.get(place.clone()).map(|_| place))
        && let Some(checksum) = Model::checksum_of(&bytes)
    {
        bytes[stated].copy_from_slice(checksum.as_bytes());
    }
    bytes
}

/// A model file. One that is read scores, and is written as it was read.
pub fn model(data: &[u8]) {
    let Ok(model) = Model::from_bytes(&with_checksum(data)) else { return };
    let bytes = model.to_bytes().expect("a model that was read");
    let again = Model::from_bytes(&bytes);
    assert!(again.is_ok_and(|again| again == model), "it is not read back");
    let reader = model.reader();
    for probabilities in model.probabilities(&reader.read_text(TEXT.to_owned())) {
        assert!(probabilities.iter().all(|probability| (0.0..=1.0).contains(probability)));
    }
    let Ok(scorer) = Scorer::new(model) else { return };
    let article = Article::new("a", TEXT);
    let verdict = scorer.score(&article);
    assert_eq!(scorer.score_by_definition(&article), verdict);
    if let Ok(verdict) = verdict {
        assert!((-1.0..=1.0).contains(&verdict.lean()));
    }
}

/// The files of a labelled set: labels, rationales, an article, a family, events, outlets; and
/// labels that stand alone.
pub fn labels(data: &[u8]) {
    static SUDAN: LazyLock<Camps> =
        LazyLock::new(|| Camps::from_toml(CAMPS).expect("camps of this project"));
    let text = String::from_utf8_lossy(data);
    let parts = parts(text.as_bytes());
    let part = |number: usize, usual: &str| {
        let given = parts.get(number).map(|part| String::from_utf8_lossy(part).into_owned());
        given.filter(|given| !given.is_empty()).unwrap_or_else(|| usual.to_owned())
    };
    let file = |name: &str, number, usual: &str| SourceText::new(name, part(number, usual));
    let files = LabelledFiles {
        camps: SourceText::new("camps.toml", CAMPS),
        labels: file("labels.csv", 0, ""),
        rationales: (parts.len() > 1).then(|| file("rationales.csv", 1, "")),
        articles: vec![file("articles/fasher/fasher-1.txt", 2, "")],
        families: if parts.len() > 3 {
            vec![file("families/fasher-f1.toml", 3, "")]
        } else {
            vec![]
        },
        events: file("events.toml", 4, EVENTS),
        outlets: file("outlets.toml", 5, OUTLETS),
        lexicon: (parts.len() > 6).then(|| file("lexicon.toml", 6, "")),
        pool: Vec::new(),
        passages: None,
        aggregation: LabelAggregation::default(),
    };
    match LabelledSet::from_files(&files) {
        Ok(set) => {
            agreement::agreements(&set.camps, &set.annotations);
            set.disputes();
            set.near_duplicates();
            let _ = framing::read(&part(1, ""), &set);
        }
        Err(error) => assert!(error.to_string().len() < (64 << 10) + 16 * data.len()),
    }
    let _ = external::read(&text, &SUDAN);
    let _ = readings::read(&part(0, ""), &part(1, ""));
    spelling::label(&text);
}

/// Camps; those that are read read a text, in the fast way as in the simple one.
pub fn camps(data: &[u8]) {
    let Ok(camps) = Camps::from_toml(&String::from_utf8_lossy(data)) else { return };
    let reader = TextReader::with_camps(&camps);
    let read = reader.read_text(TEXT.to_owned());
    assert_eq!(read, reference::read_text(&reader, TEXT.to_owned()));
    assert_sound(&read);
}
