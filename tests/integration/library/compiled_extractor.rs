//! The compiled extractor gives what the simple extractor gives, bit for bit.

use std::fs;
use std::sync::LazyLock;

use mizan::internals::article::Article;
use mizan::internals::features::{
    Analyzer, Block, BlockSettings, CompiledExtractor, Evidence, Extractor, Norm, TfidfVectorizer,
};
use mizan::internals::model::Model;
use mizan::internals::scoring::Scorer;
use mizan::internals::text::{AnalyzedText, TextReader, reference};
use proptest::prelude::*;

use crate::common::repository;

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::embedded().expect("the embedded model"));

/// The labelled articles of one event.
static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder =
        fs::read_dir(repository("labeled/articles/tripoli-2019")).expect("labelled articles");
    folder
        .map(|entry| fs::read_to_string(entry.expect("an entry").path()).expect("UTF-8"))
        .collect()
});

/// Words that features are made of: of labelled texts, of camps' names, of what attributes speech.
static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let camps = MODEL.camps().expect("a model of stances").camps.iter().flat_map(|camp| {
        let others = camp.judging.iter().chain(&camp.allies).chain(&camp.seats);
        camp.names().chain(others.map(String::as_str))
    });
    let names = camps.map(|name| name.replace('*', "ات"));
    let texts = TEXTS.iter().flat_map(|text| text.split_whitespace().map(str::to_owned));
    let others = [
        "قال إن",
        "وصفه بـ",
        "بحسب",
        "ما يسمى",
        "عاجل:",
        "ميليشيات",
        "المرتزقة",
        "تحرير",
        "LNA",
        "2019",
        "٢٠١٩",
        "ﻻجئ",
        "مبرووووك",
    ];
    names.chain(texts).chain(others.map(str::to_owned)).collect()
});

/// Text in which much is known: words, joined by what parts words and sentences, among anything
/// else.
fn text() -> impl Strategy<Value = String> {
    let word = any::<prop::sample::Index>().prop_map(|index| index.get(&WORDS).clone());
    let piece = prop_oneof![
        12 => word,
        1 => "[\u{0600}-\u{06FF}]{1,14}",
        1 => "[\u{064B}-\u{0652}\u{0640}\u{200B}-\u{200F}]{1,3}",
        1 => "\\PC{0,6}",
        1 => "[\u{FB50}-\u{FEFC}]{1,4}|[0-9]{1,13}|[a-z]{1,13}",
    ];
    let gap = prop_oneof![20 => Just(" "), 1 => Just(""), 2 => Just(". "), 1 => Just("\n\n"), 1 => Just(" «"), 1 => Just("» "), 1 => Just(": "), 1 => Just("\""), 1 => Just("؟")];
    prop::collection::vec((piece, gap), 0..120).prop_map(|pieces| {
        pieces.into_iter().flat_map(|(piece, gap)| [piece, gap.to_owned()]).collect()
    })
}

fn assert_same(simple: &Evidence, fast: &Evidence) {
    assert_eq!(simple, fast);
    let bits = |evidence: &Evidence| {
        evidence.row.values.iter().map(|value| value.to_bits()).collect::<Vec<_>>()
    };
    assert_eq!(bits(simple), bits(fast));
}

/// Extractors of other shapes than the shipped one: longer runs, runs without single words, other
/// weightings, no camps.
static OTHERS: LazyLock<Vec<(Extractor, CompiledExtractor)>> = LazyLock::new(|| {
    let stems =
        |shortest, longest| TfidfVectorizer::default().ngram_range(shortest, longest).min_df(2);
    let camps = MODEL.camps().expect("a model of stances");
    [
        (
            TextReader::plain(),
            vec![BlockSettings::new(Block::Stems, stems(1, 2).sublinear_tf(true))],
        ),
        (TextReader::plain(), vec![BlockSettings::new(Block::Stems, stems(2, 4))]),
        (
            TextReader::with_camps(camps),
            vec![
                BlockSettings::new(Block::OwnStems, stems(1, 8).norm(Norm::None)).weight(0.3),
                BlockSettings::new(Block::Mentions, TfidfVectorizer::default().use_idf(false)),
                BlockSettings::new(Block::Stems, stems(1, 1).binary(true)).weight(7.0),
                BlockSettings::new(Block::Lexicon, TfidfVectorizer::default().sublinear_tf(true)),
            ],
        ),
    ]
    .into_iter()
    .map(|(reader, blocks)| {
        let read: Vec<AnalyzedText> =
            TEXTS.iter().map(|text| reader.read_text(text.clone())).collect();
        let groups: Vec<String> = (0..read.len()).map(|number| number.to_string()).collect();
        let groups: Vec<&str> = groups.iter().map(String::as_str).collect();
        let extractor =
            Extractor::fit(&blocks, &read.iter().collect::<Vec<_>>(), &groups).expect("terms");
        let frozen =
            CompiledExtractor::new(reader.into(), &extractor).expect("blocks with a compiled form");
        (extractor, frozen)
    })
    .collect()
});

proptest! {
    // The fuzz target `features` compares the same for as long as one likes.
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn evidence_is_bit_identical(texts in prop::collection::vec(text(), 1..4)) {
        let frozen = CompiledExtractor::new(MODEL.reader().into(), MODEL.extractor())
            .expect("blocks with a compiled form");
        let reader = MODEL.reader();
        for text in texts {
            let simple = MODEL.extractor().evidence(&reference::read_text(&reader, text.clone()));
            frozen.evidence(&text, |fast| assert_same(&simple, fast));
        }
    }

    #[test]
    fn other_ngrams_and_weightings_are_bit_identical(text in text()) {
        let readers = [TextReader::plain(), TextReader::plain(), MODEL.reader()];
        for ((extractor, frozen), reader) in OTHERS.iter().zip(readers) {
            let simple = extractor.evidence(&reference::read_text(&reader, text.clone()));
            frozen.evidence(&text, |fast| assert_same(&simple, fast));
        }
    }

    #[test]
    fn verdicts_are_equal(texts in prop::collection::vec(text(), 1..3)) {
        static SCORER: LazyLock<Scorer> = LazyLock::new(|| Scorer::new(MODEL.clone()).unwrap());
        for text in texts {
            let article = Article::new("", text);
            let verdict = SCORER.score(&article);
            prop_assert_eq!(&SCORER.score_read(&SCORER.read(&article)), &verdict);
            prop_assert_eq!(&SCORER.score_by_definition(&article), &verdict);
        }
    }
}

#[test]
fn labelled_articles_get_equal_verdicts() {
    let scorer = Scorer::new(MODEL.clone()).unwrap().with_max_error(0.1).unwrap();
    for text in TEXTS.iter() {
        let article = Article::from_saved("a", text);
        let verdict = scorer.score(&article);
        assert_eq!(scorer.score_read(&scorer.read(&article)), verdict);
        assert_eq!(scorer.score_by_definition(&article), verdict);
    }
}

#[test]
fn the_known_share_equals_that_of_the_evidence() {
    let scorer = Scorer::new(MODEL.clone()).unwrap();
    for text in TEXTS.iter() {
        let article = Article::from_saved("a", text);
        let evidence = MODEL.extractor().evidence(&MODEL.reader().read_text(article.full_text()));
        let content: Vec<_> = evidence.words.iter().filter(|word| word.content).collect();
        let known = content.iter().filter(|word| word.known).count();
        for verdict in [scorer.score(&article), scorer.score_by_definition(&article)] {
            let verdict = verdict.unwrap();
            assert_eq!((verdict.words, verdict.known), (content.len(), known));
            assert!((verdict.share_known() - known as f64 / content.len() as f64).abs() < 1e-12);
        }
    }
    // Two of the content words stand in no labelled text.
    let article = Article::new("", "أعلنت حكومة الوفاق في طرابلس ظظظغ ضضضخ");
    let verdict = scorer.score(&article).unwrap();
    assert_eq!((verdict.words, verdict.known), (6, 4));
}

/// No side is taken in an article that is off topic, whatever is said in it: its words are enough
/// for its verdict, and its sentences are there for those who ask for them.
#[test]
fn an_article_that_is_off_topic_is_read_no_further_than_its_words() {
    let scorer = Scorer::new(MODEL.clone()).unwrap();
    let text = "قالت الشرطة إن اللصوص هربوا من المدينة. وطهرت القوات المسلحة الباسلة الحي من فلول \
                الإرهابيين والمرتزقة.";
    let article = Article::new("", text);
    let frozen = CompiledExtractor::new(MODEL.reader().into(), MODEL.extractor()).unwrap();
    let n_words_known = frozen.evidence(text, |evidence| {
        assert!(!evidence.on_topic && evidence.sentences.is_empty());
        let of_words = |(column, _): (usize, f64)| {
            matches!(MODEL.extractor().feature(column), Some((Block::Stems | Block::Sentences, _)))
        };
        assert!(evidence.row.iter().all(of_words));
        evidence.words.iter().filter(|word| word.content && word.known).count()
    });
    let whole = MODEL.extractor().whole_evidence(&scorer.read(&article));
    assert_eq!(whole.sentences.len(), 2);
    assert!(whole.row.columns.len() > n_words_known);
    let known = |evidence: &Evidence| {
        evidence.words.iter().filter(|word| word.content && word.known).count()
    };
    assert_eq!(known(&whole), n_words_known);
    let (verdict, sentences) = scorer.score_with_sentences(&article).unwrap();
    assert!(verdict.is_off_topic);
    assert_eq!(verdict.known, n_words_known);
    assert_eq!(scorer.score(&article).unwrap(), verdict);
    assert_eq!(sentences.len(), 2);
    assert!(sentences[1].camps.iter().any(|camp| camp.sides.neutral < 0.9), "{sentences:?}");
    // With the same names and one place of the country, they decide.
    let there = Article::new("", format!("{text} وجرى ذلك في بنغازي."));
    assert!(!scorer.score(&there).unwrap().is_off_topic);
}

#[test]
fn unsupported_blocks_are_not_compiled() {
    let read = [TextReader::plain().read_text("نص قصير".to_owned())];
    let characters = TfidfVectorizer::default().analyzer(Analyzer::CharWb);
    let extractor = Extractor::fit(
        &[BlockSettings::new(Block::Words, characters)],
        &read.iter().collect::<Vec<_>>(),
        &["a"],
    )
    .unwrap();
    assert!(CompiledExtractor::new(TextReader::plain().into(), &extractor).is_none());
}
