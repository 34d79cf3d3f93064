//! Text → what is read in it: the fast ways against the simple ones.

use std::sync::LazyLock;

use mizan::internals::features::CompiledExtractor;
use mizan::internals::intake::boilerplate::{self, reference as plain};
use mizan::internals::text::{AnalyzedText, TextReader, isolate, reference};
use mizan::{Article, Model, Scorer};

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::embedded().expect("the embedded model"));
static READER: LazyLock<TextReader> = LazyLock::new(|| MODEL.reader());
static SCORER: LazyLock<Scorer> =
    LazyLock::new(|| Scorer::new(MODEL.clone()).expect("a model of stances"));
static COMPILED: LazyLock<CompiledExtractor> = LazyLock::new(|| {
    CompiledExtractor::new(MODEL.reader().into(), MODEL.extractor()).expect("a compiled form")
});

/// Places are those of characters, in order, and everything found stands in the text.
pub fn assert_sound(read: &AnalyzedText) {
    let mut end = 0;
    for token in &read.tokens {
        assert!(end <= token.span.start && token.span.start < token.span.end);
        assert!(!read.text[token.span.clone()].is_empty());
        end = token.span.end;
    }
    let n_tokens = read.tokens.len();
    for hit in &read.findings.hits {
        assert!(!hit.tokens.is_empty() && hit.tokens.end <= n_tokens);
    }
    for mention in &read.findings.mentions {
        assert!(!mention.tokens.is_empty() && mention.tokens.end <= n_tokens);
    }
}

/// The reading layer.
pub fn reading(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let read = READER.read_text(text.clone().into_owned());
    assert_eq!(read, reference::read_text(&READER, text.clone().into_owned()));
    assert_sound(&read);
    for shown in [isolate::visible(&text), isolate::plain(&text)] {
        assert!(!shown.contains(['\u{1b}', '\u{202e}', '\u{2066}']), "{shown:?}");
        assert_eq!(isolate::visible(&shown), shown);
    }
}

/// The removal of boilerplate: in the fast way as in the simple one, and nothing is left for a
/// second time.
pub fn boilerplate(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (title, text) = text.split_once('\n').unwrap_or(("", &text));
    let given = Article::new("a", text).with_title(title);
    let (mut fast, mut simple) = (given.clone(), given);
    let removed = boilerplate::clean(&mut fast);
    assert_eq!(removed, plain::clean(&mut simple));
    assert_eq!(fast, simple);
}

/// Features and verdicts.
pub fn features(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let read = reference::read_text(&READER, text.clone().into_owned());
    let simple = MODEL.extractor().evidence(&read);
    COMPILED.evidence(&text, |fast| {
        assert_eq!(&simple, fast);
        let bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&simple.row.values), bits(&fast.row.values));
    });
    let article = Article::new("a", text);
    let verdict = SCORER.score(&article);
    assert_eq!(SCORER.score_by_definition(&article), verdict);
    if let Ok(verdict) = verdict {
        assert!((-1.0..=1.0).contains(&verdict.lean()));
        for camp in &verdict.camps {
            let sides = camp.sides;
            let sum = sides.favor + sides.neutral + sides.against;
            assert!((sum - 1.0).abs() < 1e-9, "probabilities of {sum}");
        }
        let sentences = SCORER.score_sentences(&article).expect("it was scored");
        for sentence in sentences {
            assert_eq!(article.text.get(sentence.bytes), Some(sentence.sentence.as_str()));
        }
    }
}
