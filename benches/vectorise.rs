//! Benchmarks: `cargo bench`.
//!
//! - the stages of `mizan bench` ([`mizan::internals::evaluation::throughput`]) on the labelled
//!   articles, and on a dump of real articles if the environment variable `MIZAN_BENCH_ARTICLES`
//!   is the path of one (JSON lines with `title` and `text`, may be compressed);
//! - scoring by the reference implementation, on the same articles;
//! - one fit of a model.
//!
//! ```text
//! MIZAN_BENCH_ARTICLES=dump.jsonl.gz cargo bench
//! ```

use std::env;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use criterion::{Criterion, Throughput as Rate, criterion_group, criterion_main};
use mizan::internals::article::Article;
use mizan::internals::evaluation::throughput::{Stage, Throughput};
use mizan::internals::features::{Block, BlockSettings, Extractor, SparseRow, TfidfVectorizer};
use mizan::internals::intake::{Intake, IntakeOptions};
use mizan::internals::model::Model;
use mizan::internals::scoring::Scorer;
use mizan::internals::text::{AnalyzedText, TextReader};
use mizan::internals::training::{DesignMatrix, Penalty, Tolerance};

/// Every labelled article.
fn labelled(folder: &Path) -> Vec<Article> {
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("labeled/articles")
        .map(|entry| entry.expect("entry").path())
        .collect();
    paths.sort();
    paths
        .into_iter()
        .flat_map(|path| {
            if path.is_dir() {
                return labelled(&path);
            }
            vec![Article::from_saved("bench", &fs::read_to_string(path).expect("UTF-8"))]
        })
        .collect()
}

/// The articles of the dump that `MIZAN_BENCH_ARTICLES` names, if it is set.
fn dump() -> Option<Vec<Article>> {
    let path = env::var("MIZAN_BENCH_ARTICLES").ok()?;
    let file = fs::File::open(&path).expect("MIZAN_BENCH_ARTICLES is a readable file");
    let intake = Intake::new(&path, file, &IntakeOptions::default()).expect("a dump of articles");
    let articles = intake.filter_map(Result::ok).map(|saved| saved.article);
    Some(articles.take(Throughput::MAX_ARTICLES).collect())
}

/// Every stage, and scoring by the reference implementation.
fn stages(c: &mut Criterion) {
    let model = Model::embedded().expect("the embedded model");
    let reference = Scorer::new(model.clone()).expect("a model of stances");
    let sets = [("labelled articles", labelled(Path::new("labeled/articles")))];
    for (name, articles) in sets.into_iter().chain(dump().map(|articles| ("dump", articles))) {
        let throughput = Throughput::new(articles.clone(), &model).expect("articles to measure");
        let measured = &articles[articles.len() - throughput.n_articles()..];
        let mut group = c.benchmark_group(name);
        group.throughput(Rate::Bytes(throughput.n_bytes() as u64));
        group
            .warm_up_time(Duration::from_secs(1))
            .measurement_time(Duration::from_secs(3))
            .sample_size(10);
        for stage in Stage::ALL {
            group.bench_function(stage.name(), |b| b.iter(|| throughput.run(stage)));
        }
        group.bench_function("score, reference implementation", |b| {
            b.iter(|| {
                let score = |article| reference.score_by_definition(black_box(article)).is_ok();
                measured.iter().filter(|article| score(article)).count()
            });
        });
        group.finish();
    }
}

/// One fit of three classes to 400 articles with all stems and bigrams of stems, the factorisation
/// of the Gram matrix included.
fn fit(c: &mut Criterion) {
    let reader = TextReader::plain();
    let texts: Vec<AnalyzedText> = labelled(Path::new("labeled/articles"))
        .iter()
        .cycle()
        .take(400)
        .map(|article| reader.read_text(article.full_text()))
        .collect();
    let groups: Vec<String> = (0..texts.len()).map(|number| number.to_string()).collect();
    let groups: Vec<&str> = groups.iter().map(String::as_str).collect();
    let bigrams = BlockSettings::new(
        Block::Stems,
        TfidfVectorizer::default().ngram_range(1, 2).sublinear_tf(true),
    );
    let extractor =
        Extractor::fit(&[bigrams], &texts.iter().collect::<Vec<_>>(), &groups).expect("terms");
    let rows: Vec<SparseRow> = texts.iter().map(|text| extractor.row(text)).collect();
    let classes: Vec<usize> = (0..rows.len()).map(|number| number * number % 3).collect();

    let mut group =
        c.benchmark_group(format!("fit 400 articles of {} features", extractor.n_features()));
    group
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(5))
        .sample_size(10);
    for alpha in [1.0, 0.1].map(|alpha| Penalty::new(alpha).expect("above 0")) {
        group.bench_function(format!("alpha {}", alpha.get()), |b| {
            b.iter(|| {
                let matrix = DesignMatrix::new(rows.iter().collect(), extractor.n_features())
                    .expect("a row space");
                matrix
                    .fit(black_box(&classes), 3, alpha, Tolerance::FINAL)
                    .expect("an optimum")
                    .n_features()
            });
        });
    }
    group.finish();
}

criterion_group!(benches, stages, fit);
criterion_main!(benches);
