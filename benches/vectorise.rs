//! How fast articles go through the house, stage by stage, and how fast a model is fitted:
//! `cargo bench`.
//!
//! The stages and the yardstick are those of `mizan bench` ([`mizan::internals::evaluation::throughput`]).

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
use mizan::internals::text::{AnalyzedText, TextReader};
use mizan::internals::training::{Examples, Precision};

/// Every labelled article.
fn articles(folder: &Path) -> Vec<Article> {
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("labeled/articles")
        .map(|entry| entry.expect("entry").path())
        .collect();
    paths.sort();
    paths
        .into_iter()
        .flat_map(|path| {
            if path.is_dir() {
                return articles(&path);
            }
            vec![Article::from_saved("bench", &fs::read_to_string(path).expect("UTF-8"))]
        })
        .collect()
}

/// The articles of a dump (`text`, `title`), if it is there.
fn dump(path: &Path) -> Option<Vec<Article>> {
    let intake =
        Intake::new("ant-news.jsonl.gz", fs::File::open(path).ok()?, &IntakeOptions::default())
            .ok()?;
    Some(intake.filter_map(Result::ok).map(|saved| saved.article).take(Throughput::MOST).collect())
}

/// Every stage, on the labelled articles and, where `../shared` has them, on real news of 2018.
fn stages(c: &mut Criterion) {
    let model = Model::embedded().expect("the embedded model");
    let news =
        dump(Path::new("../shared/data/ant-news.jsonl.gz")).map(|articles| ("ant-news", articles));
    for (name, articles) in
        [("labelled articles", articles(Path::new("labeled/articles")))].into_iter().chain(news)
    {
        let throughput = Throughput::new(articles, &model).expect("articles to measure");
        let mut group = c.benchmark_group(name);
        group.throughput(Rate::Bytes(throughput.n_bytes() as u64));
        group
            .warm_up_time(Duration::from_secs(1))
            .measurement_time(Duration::from_secs(3))
            .sample_size(10);
        for &stage in Stage::ALL {
            group.bench_function(stage.name(), |b| b.iter(|| throughput.run(stage)));
        }
        group.finish();
    }
}

/// One fit of three classes to 400 articles with every stem and pair of stems, the row space
/// included.
fn fit(c: &mut Criterion) {
    let reader = TextReader::plain();
    let read: Vec<AnalyzedText> = articles(Path::new("labeled/articles"))
        .iter()
        .cycle()
        .take(400)
        .map(|article| reader.read_text(article.full_text()))
        .collect();
    let groups: Vec<String> = (0..read.len()).map(|number| number.to_string()).collect();
    let groups: Vec<&str> = groups.iter().map(String::as_str).collect();
    let pairs = BlockSettings::new(
        Block::Stems,
        TfidfVectorizer::default().ngram_range(1, 2).sublinear_tf(true),
    );
    let extractor =
        Extractor::fit(&[pairs], &read.iter().collect::<Vec<_>>(), &groups).expect("terms");
    let rows: Vec<SparseRow> = read.iter().map(|read| extractor.row(read)).collect();
    let classes: Vec<usize> = (0..rows.len()).map(|number| number * number % 3).collect();

    let mut group =
        c.benchmark_group(format!("fit 400 articles of {} features", extractor.n_features()));
    group
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(5))
        .sample_size(10);
    for alpha in [1.0, 0.1] {
        group.bench_function(format!("alpha {alpha}"), |b| {
            b.iter(|| {
                let examples = Examples::new(rows.iter().collect(), extractor.n_features())
                    .expect("a row space");
                examples
                    .fit(black_box(&classes), 3, alpha, Precision::KEPT)
                    .expect("an optimum")
                    .n_features()
            });
        });
    }
    group.finish();
}

criterion_group!(benches, stages, fit);
criterion_main!(benches);
