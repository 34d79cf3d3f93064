//! How fast text becomes a row of features, on the articles of `labeled/`: `cargo bench`.
//!
//! `validate` (checking that the same bytes are UTF-8) stands beside it as the yardstick: nothing can read text faster.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use mizan::article::Article;
use mizan::features::{Block, BlockSettings, Extractor, SparseRow, TfidfVectorizer};
use mizan::model::Model;
use mizan::text::token::tokens;
use mizan::text::{ReadText, Reader};
use mizan::training::{Examples, Precision};
use mizan::verdict::Scorer;

/// Every labelled article.
fn articles(folder: &Path) -> Vec<Article> {
    let mut paths: Vec<_> = fs::read_dir(folder).expect("labeled/articles").map(|entry| entry.expect("entry").path()).collect();
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

fn vectorise(c: &mut Criterion) {
    let articles = articles(Path::new("labeled/articles"));
    let texts: Vec<String> = articles.iter().map(Article::full_text).collect();
    let model = Model::embedded().expect("the embedded model");
    let reader = model.reader();
    let scorer = Scorer::new(model.clone()).expect("a model of stances");

    let mut group = c.benchmark_group("labelled articles");
    group.throughput(Throughput::Bytes(texts.iter().map(|text| text.len() as u64).sum()));
    group.warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(3)).sample_size(20);
    group.bench_function("validate", |b| b.iter(|| texts.iter().filter(|text| str::from_utf8(black_box(text.as_bytes())).is_ok()).count()));
    group.bench_function("tokenise", |b| b.iter(|| texts.iter().map(|text| tokens(black_box(text)).count()).sum::<usize>()));
    group.bench_function("tokenise and stem", |b| b.iter(|| texts.iter().map(|text| reader.read(black_box(text)).len()).sum::<usize>()));
    // What stems and pairs of stems alone would cost, with the same stemmer and a vocabulary from the same articles.
    let plain = Reader::plain();
    let read: Vec<ReadText> = texts.iter().map(|text| plain.read_text(text.clone())).collect();
    let words = TfidfVectorizer::default().ngram_range(1, 2).min_df(2).sublinear_tf(true);
    let groups: Vec<String> = (0..texts.len()).map(|number| number.to_string()).collect();
    let groups: Vec<&str> = groups.iter().map(String::as_str).collect();
    let words = Extractor::fit(&[BlockSettings::new(Block::Stems, words)], &read.iter().collect::<Vec<_>>(), &groups).expect("terms");
    let rows = |reader: &Reader, extractor: &Extractor| -> usize {
        texts.iter().map(|text| extractor.row(&reader.read_text(black_box(text).clone())).columns.len()).sum()
    };
    group.bench_function("vectorise, words alone", |b| b.iter(|| rows(&plain, &words)));
    group.bench_function("vectorise, all blocks", |b| b.iter(|| rows(&reader, &model.extractor)));
    group.bench_function("score", |b| b.iter(|| articles.iter().filter(|article| scorer.score(black_box(article)).is_ok()).count()));
    group.finish();
}

/// One fit of three classes to 400 articles with every stem and pair of stems, the row space included.
fn fit(c: &mut Criterion) {
    let reader = Reader::plain();
    let read: Vec<ReadText> =
        articles(Path::new("labeled/articles")).iter().cycle().take(400).map(|article| reader.read_text(article.full_text())).collect();
    let groups: Vec<String> = (0..read.len()).map(|number| number.to_string()).collect();
    let groups: Vec<&str> = groups.iter().map(String::as_str).collect();
    let pairs = BlockSettings::new(Block::Stems, TfidfVectorizer::default().ngram_range(1, 2).sublinear_tf(true));
    let extractor = Extractor::fit(&[pairs], &read.iter().collect::<Vec<_>>(), &groups).expect("terms");
    let rows: Vec<SparseRow> = read.iter().map(|read| extractor.row(read)).collect();
    let classes: Vec<usize> = (0..rows.len()).map(|number| number * number % 3).collect();

    let mut group = c.benchmark_group(format!("fit 400 articles of {} features", extractor.n_features()));
    group.warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(5)).sample_size(10);
    for alpha in [1.0, 0.1] {
        group.bench_function(format!("alpha {alpha}"), |b| {
            b.iter(|| {
                let examples = Examples::new(rows.iter().collect(), extractor.n_features()).expect("a row space");
                examples.fit(black_box(&classes), 3, alpha, Precision::KEPT).expect("an optimum").n_features()
            });
        });
    }
    group.finish();
}

criterion_group!(benches, vectorise, fit);
criterion_main!(benches);
