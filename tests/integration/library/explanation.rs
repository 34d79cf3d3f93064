//! The contributions of an explanation add up to the logits, and their places are right.

use std::fs;
use std::path::Path;

use mizan::internals::article::Article;
use mizan::internals::camp::StanceProbabilities;
use mizan::internals::features::{Block, CompiledExtractor, Place};
use mizan::internals::labels::{LabelAggregation, LabelledFiles, LabelledSet, SourceText};
use mizan::internals::model::{FusedHeads, HeadId, Model};
use mizan::internals::scoring::Scorer;
use mizan::internals::scoring::explanation::{ExplainedClass, Explainer, Feature, Wording, push};

use crate::common::{files_below, repository};

/// The articles and the members of families in `labeled/`, cleaned as they are for training.
fn labelled() -> Vec<Article> {
    let root = repository("labeled");
    let read = |path: &Path| SourceText {
        name: path.display().to_string(),
        text: fs::read_to_string(path).unwrap(),
    };
    let files = |folder: &str| -> Vec<SourceText> {
        files_below(&root.join(folder)).iter().map(|path| read(path)).collect()
    };
    let of = |name: &str| read(&root.join(name));
    let files = LabelledFiles {
        camps: of("camps.toml"),
        events: of("events.toml"),
        outlets: of("outlets.toml"),
        labels: of("labels.csv"),
        rationales: Some(of("rationales.csv")),
        lexicon: None,
        articles: files("articles"),
        pool: Vec::new(),
        families: files("families"),
        passages: None,
        aggregation: LabelAggregation::default(),
    };
    LabelledSet::from_files(&files)
        .unwrap()
        .articles
        .into_iter()
        .map(|labelled| labelled.article)
        .collect()
}

/// Whether sums are as they must be, by class.
fn assert_sums(sums: &[f64], are: &[f64]) {
    assert!(
        sums.len() == are.len() && sums.iter().zip(are).all(|(sum, is)| (sum - is).abs() < 1e-9),
        "{sums:?} {are:?}"
    );
}

fn add<'a>(mut sums: Vec<f64>, parts: impl IntoIterator<Item = &'a Vec<f64>>) -> Vec<f64> {
    parts
        .into_iter()
        .for_each(|part| sums.iter_mut().zip(part).for_each(|(sum, part)| *sum += part));
    sums
}

#[test]
fn contributions_add_up_to_the_logits() {
    let model = Model::embedded().unwrap();
    let explainer = Explainer::new(model.clone()).unwrap();
    let (scorer, fused) = (Scorer::new(model.clone()).unwrap(), FusedHeads::new(model.heads()));
    let frozen = CompiledExtractor::new(model.reader().into(), model.extractor()).unwrap();
    let articles = labelled();
    assert!(articles.len() >= 600, "{}", articles.len());
    for article in &articles {
        // Who is meant depends on the day, which the compiled extractor is not given below.
        let mut article = article.clone();
        article.date = None;
        let article = &article;
        let explanation = explainer.explain(article).unwrap();
        assert_eq!(explanation.verdict, scorer.score(article).unwrap());
        assert_eq!(explanation.verdict, scorer.score_by_definition(article).unwrap());
        // The logits of compiled scoring, bit for bit; it does not look at the sentences of an
        // article that is off topic, an explanation does.
        let logits = if explanation.verdict.is_off_topic {
            fused.logits(&model.extractor().whole_evidence(&explanation.read).row)
        } else {
            frozen.evidence(&explanation.read.text, |evidence| fused.logits(&evidence.row))
        };
        let probabilities = model.logit_probabilities(&logits, explanation.read.findings.on_topic);
        let wordings = explanation.wordings();
        for explained in &explanation.heads {
            let head = explained.id;
            assert_eq!(explained.logits, logits[head.index()]);
            let features = 0..explanation.features.len();
            let n_classes = explained.logits.len();
            let parts: Vec<Vec<f64>> = features
                .clone()
                .map(|feature| {
                    (0..n_classes)
                        .map(|class| explanation.contribution(head, feature, class))
                        .collect()
                })
                .collect();
            assert_sums(&add(explained.intercepts.clone(), &parts), &explained.logits);
            let parts: Vec<Vec<f64>> =
                features.map(|feature| explanation.calibrated(head, feature)).collect();
            assert_sums(
                &add(explained.calibrated_intercepts(), &parts),
                &explained.calibrated_logits(),
            );

            // What people see: terms, and words with what is said of the whole.
            let terms = explanation.terms(&wordings, head, 0);
            assert_sums(
                &add(explained.calibrated_intercepts(), terms.iter().map(|term| &term.calibrated)),
                &explained.calibrated_logits(),
            );
            let whole =
                terms.iter().filter(|term| term.places.is_empty()).map(|term| &term.calibrated);
            assert_sums(
                &add(add(explained.calibrated_intercepts(), &explanation.words(head)), whole),
                &explained.calibrated_logits(),
            );
            if head != HeadId::Relevance {
                let own = |place: &Place| {
                    place
                        .tokens(&explanation.read)
                        .next()
                        .is_none_or(|token| explanation.read.findings.voices.own[token])
                };
                assert!(
                    terms.iter().flat_map(|term| &term.places).all(own),
                    "the side heads use the own voice only"
                );
            }
            for class in 0..n_classes {
                let log: Vec<f64> = explained.probabilities.iter().map(|p| p.ln()).collect();
                assert!(
                    (push(&explained.calibrated_logits(), class) - push(&log, class)).abs() < 1e-9
                );
            }
        }
        for (camp, said) in explanation.verdict.camps.iter().enumerate() {
            let [favor, neutral, against, unrelated] = probabilities[camp][..] else {
                panic!("four classes")
            };
            assert_eq!(
                said.sides,
                StanceProbabilities { favor, neutral: neutral + unrelated, against }
            );
        }
    }
}

/// The words of a score are the first of its explanation, with the same weights.
#[test]
fn the_words_of_a_score_are_those_of_its_explanation() {
    let explainer = Explainer::new(Model::embedded().unwrap()).unwrap();
    let (mut articles, mut words) = (0, 0);
    for article in labelled().iter().filter(|article| article.id.starts_with("tripoli-2019")) {
        let explanation = explainer.explain(article).unwrap();
        let wordings = explanation.wordings();
        articles += 1;
        if explanation.verdict.is_off_topic {
            continue;
        }
        for (camp, verdict) in explanation.verdict.camps.iter().enumerate() {
            let (head, class) = match verdict.stance.side() {
                Some(1) => {
                    assert_eq!(verdict.words, [], "neutral because nothing takes a side");
                    continue;
                }
                Some(side) => (HeadId::Camp(camp), side),
                None => (HeadId::Relevance, HeadId::UNRELATED),
            };
            let named = explanation.terms(&wordings, head, class).into_iter().filter_map(|term| {
                let weight = push(&term.calibrated, class);
                match term.wording {
                    Wording::Written(word) if weight >= 0.05 => Some((word, weight)),
                    _ => None,
                }
            });
            let named: Vec<(String, f64)> = named.take(5).collect();
            assert_eq!(verdict.words.len(), named.len(), "{}", article.id);
            for (word, (term, weight)) in verdict.words.iter().zip(named) {
                assert!(
                    word.word == term && (word.weight - weight).abs() < 1e-9,
                    "{}: {word:?} {term} {weight}",
                    article.id
                );
                words += 1;
            }
        }
    }
    assert!(articles > 40 && words > 100, "{articles} {words}");
}

/// Against the list of all terms of a block with their bytes.
#[test]
fn every_occurrence_of_a_term_is_located() {
    let explainer = Explainer::new(Model::embedded().unwrap()).unwrap();
    let mut several = 0;
    for article in labelled().iter().step_by(5) {
        let explanation = explainer.explain(article).unwrap();
        for Feature { block, term, places, .. } in &explanation.features {
            // A feature of a sentence is located in that sentence only.
            let sentences = &explanation.read.findings.voices.sentences;
            let sentence_of = |start: usize| {
                sentences.iter().position(|words| {
                    !words.is_empty() && start <= explanation.read.tokens[words.end - 1].span.start
                })
            };
            let by_sentence = matches!(block, Block::Lexicon | Block::OwnStems | Block::CampStems);
            let first = places.first().map(|place| sentence_of(place.parts[0].start));
            let terms = block.terms(&explanation.read).into_iter().filter(|(span, other)| {
                other == term
                    && !span.is_empty()
                    && (!by_sentence || Some(sentence_of(span.start)) == first)
            });
            let spans: Vec<_> = terms.map(|(span, _)| span).collect();
            several += usize::from(spans.len() > 1);
            assert_eq!(
                places.iter().map(|place| place.parts.clone()).collect::<Vec<_>>(),
                spans.into_iter().map(|span| vec![span]).collect::<Vec<_>>()
            );
            assert_eq!(places.is_empty(), *block == Block::Mentions, "{term}");
        }
    }
    assert!(several > 1000, "{several}");
}

/// ميليشيات stands twice in the own voice, once quoted; before the name of a camp only the first
/// time. Both sentences of the own voice decide, each by its own features.
#[test]
fn lexicon_words_are_located_in_the_authors_voice() {
    let text = "تقدمت ميليشيات السراج نحو المدينة. هربت الميليشيات ليلا. وقال شاهد إن «ميليشيات \
     حفتر» انسحبت";
    let article = Article::new("", text);
    let explanation =
        Explainer::new(Model::embedded().unwrap()).unwrap().explain(&article).unwrap();
    let places = |term: &str| -> Vec<(&str, usize)> {
        let found = explanation
            .features
            .iter()
            .filter(|feature| feature.block == Block::Lexicon && feature.term == term);
        found
            .flat_map(|feature| &feature.places)
            .map(|place| (&text[place.parts[0].clone()], place.parts[0].start))
            .collect()
    };
    // The bytes before: تقدمت and a space are 11; the second follows 64 of the first sentence and 9
    // of هربت and a space.
    let second = text.find("الميليشيات").unwrap();
    assert_eq!(places("militia@gna"), [("ميليشيات", 11)]);
    assert_eq!(places("militia?gna"), [("الميليشيات", second)]);
    assert_eq!(places("militia=tied@gna"), [("ميليشيات", 11)]);
    assert_eq!(places("militia@lna"), []);
    let term = explanation
        .terms(&explanation.wordings(), HeadId::Camp(1), 2)
        .into_iter()
        .find(|term| term.wording == Wording::Written("ميليشيات".to_owned()))
        .unwrap();
    assert_eq!(term.places.len(), 1, "the quoted one is none");
    assert!(
        term.meanings.iter().any(|(meaning, _)| meaning == "militia → gna, in one phrase with it"),
        "{:?}",
        term.meanings
    );
}

#[test]
fn unrelated_articles_are_explained_as_unrelated() {
    let text = "فاز فريق المدينة في مباراة كرة القدم أمس على ضيفه بهدفين في الدوري الممتاز وسجل \
     اللاعب الهدف الأول من ركلة جزاء";
    let article = Article::new("", text);
    let explanation =
        Explainer::new(Model::embedded().unwrap()).unwrap().explain(&article).unwrap();
    assert_eq!(explanation.answers(), [ExplainedClass { head: HeadId::Relevance, class: 1 }]);
}
