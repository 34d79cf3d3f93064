//! Tests of fitting and transforming.

use super::*;
use proptest::prelude::*;

/// Three articles: `a a b`, `b c`, `c`.
fn tiny() -> Vec<Vec<&'static str>> {
    vec![vec!["a", "a", "b"], vec!["b", "c"], vec!["c"]]
}

#[test]
fn rows_are_as_worked_out_by_hand() {
    let tfidf = TfidfVectorizer::default().fit(&tiny()).unwrap();
    assert_eq!(tfidf.terms(), ["a", "b", "c"]);
    // df = 1, 2, 2 of 3 articles: idf = ln(4/2) + 1, ln(4/3) + 1, ln(4/3) + 1.
    let (rare, common) = (2.0_f64.ln() + 1.0, (4.0_f64 / 3.0).ln() + 1.0);
    assert_eq!(tfidf.idf(), [rare, common, common]);
    // `a a b`: (2·rare, common), scaled to length 1.
    let row = tfidf.transform(&tiny()[0]);
    let length = (4.0 * rare * rare + common * common).sqrt();
    assert_eq!(row.columns, [0, 1]);
    assert!((row.values[0] - 2.0 * rare / length).abs() < 1e-15);
    assert!((row.values[1] - common / length).abs() < 1e-15);
    // In figures: 2·1.693147 = 3.386294, 1.287682, length 3.622860.
    assert!((row.values[0] - 0.934_702).abs() < 1e-6 && (row.values[1] - 0.355_432).abs() < 1e-6);
}

#[test]
fn sublinear_counts_and_pairs_of_words() {
    let tfidf = TfidfVectorizer::default()
        .ngram_range(1, 2)
        .min_df(2)
        .sublinear_tf(true)
        .fit(&tiny())
        .unwrap();
    assert_eq!(tfidf.terms(), ["b", "c"], "a, `a a`, `a b` and `b c` stand in one article only");
    let tfidf = TfidfVectorizer::default().ngram_range(2, 2).fit(&tiny()).unwrap();
    assert_eq!(tfidf.terms(), ["a a", "a b", "b c"]);
    let sublinear =
        TfidfVectorizer::default().sublinear_tf(true).fit(&[vec!["a", "a", "b"]]).unwrap();
    // One article: every idf is ln(2/2) + 1 = 1; tf = 1 + ln 2 and 1.
    let row = sublinear.transform(&["a", "a", "b"]);
    assert!((row.values[0] / row.values[1] - (1.0 + 2.0_f64.ln())).abs() < 1e-12);
}

#[test]
fn a_term_of_one_group_is_not_learned() {
    let tfidf = TfidfVectorizer::default().min_df(2).fit_groups(&tiny(), &["x", "x", "y"]).unwrap();
    assert_eq!(tfidf.terms(), ["c"], "b stands in two articles of one group");
    assert!((tfidf.idf()[0] - ((4.0_f64 / 3.0).ln() + 1.0)).abs() < 1e-15, "idf counts articles");
}

#[test]
fn binary_rows_without_idf_and_norm_hold_ones() {
    let tfidf = TfidfVectorizer::default()
        .binary(true)
        .use_idf(false)
        .norm(Norm::None)
        .fit(&tiny())
        .unwrap();
    assert_eq!(tfidf.transform(&["a", "a", "c"]).values, [1.0, 1.0]);
}

#[test]
fn idf_without_smoothing_and_rows_by_their_sum_are_as_worked_out_by_hand() {
    let tfidf = TfidfVectorizer::default().smooth_idf(false).norm(Norm::L1).fit(&tiny()).unwrap();
    // df = 1, 2, 2 of 3 articles: ln(3/1) + 1 = 2.098612, ln(3/2) + 1 = 1.405465.
    let (rare, common) = (3.0_f64.ln() + 1.0, 1.5_f64.ln() + 1.0);
    assert_eq!(tfidf.idf(), [rare, common, common]);
    // `a a b`: 2·2.098612 = 4.197225 and 1.405465, of together 5.602690.
    let row = tfidf.transform(&tiny()[0]);
    assert!((row.values[0] - 0.749_145).abs() < 1e-6 && (row.values[1] - 0.250_855).abs() < 1e-6);
}

#[test]
fn terms_of_too_many_articles_are_dropped() {
    let kept = |vectorizer: TfidfVectorizer| vectorizer.fit(&tiny()).unwrap().terms().join(" ");
    // b and c stand in two of the three articles, a in one.
    assert_eq!(kept(TfidfVectorizer::default().max_df(1)), "a");
    assert_eq!(kept(TfidfVectorizer::default().max_df(0.6)), "a", "1.8 articles");
    assert_eq!(kept(TfidfVectorizer::default().max_df(0.7)), "a b c", "2.1 articles");
    assert_eq!(kept(TfidfVectorizer::default().min_df(0.5)), "b c", "1.5 articles");
    let grouped =
        TfidfVectorizer::default().min_df(0.7).fit_groups(&tiny(), &["x", "x", "y"]).unwrap();
    assert_eq!(grouped.terms(), ["c"], "1.4 of two groups");
}

#[test]
fn the_most_frequent_terms_stay_and_of_equals_the_first() {
    let kept = |vectorizer: TfidfVectorizer, articles: &[Vec<&str>]| {
        vectorizer.fit(articles).unwrap().terms().join(" ")
    };
    let most = |count| TfidfVectorizer::default().max_features(count);
    // a, b and c occur twice each; a stands in one article only.
    assert_eq!(kept(most(2), &tiny()), "a b");
    assert_eq!(kept(most(2).binary(true), &tiny()), "b c");
    assert_eq!(
        kept(most(1), &[vec!["b", "z", "a", "z"], vec!["b"]]),
        "b",
        "as often as z, but before it"
    );
    assert_eq!(kept(most(1), &[vec!["b", "z", "z"], vec!["z"]]), "z");
    assert_eq!(kept(most(9), &tiny()), "a b c");
}

#[test]
fn settings_that_make_no_sense_are_refused() {
    let refuse = |vectorizer: TfidfVectorizer, reason: &str| {
        let error = vectorizer.fit(&tiny()).unwrap_err().to_string();
        assert!(error.contains(reason), "{error}");
    };
    let words = TfidfVectorizer::default;
    refuse(words().ngram_range(2, 1), "(2, 1)");
    refuse(words().ngram_range(0, 1), "(0, 1)");
    refuse(words().min_df(4), "4 of the 3");
    refuse(words().min_df(0), "min_df 0: give a count");
    refuse(words().min_df(1.5), "min_df 1.5: give");
    refuse(words().max_df(-0.1), "max_df -0.1: give");
    refuse(words().max_df(f64::NAN), "max_df NaN: give");
    refuse(words().max_df(1).min_df(2), "max_df 1 is below min_df 2");
    refuse(words().max_df(0.5).min_df(2), "max_df 0.5 is below min_df 2 for 3 articles");
    refuse(words().max_features(0), "max_features 0: give");
    // Everything stands in one or two of the three articles.
    refuse(words().min_df(1.0), "1.0 of the 3");
    refuse(words().max_df(0.4).min_df(0.35), "at most 0.4 of them");
}

#[test]
fn unknown_words_give_an_empty_row() {
    let tfidf = TfidfVectorizer::default().fit(&tiny()).unwrap();
    assert!(tfidf.transform(&["x", "y"]).is_empty());
}

/// Up to eight articles of short words.
fn corpora() -> impl Strategy<Value = Vec<Vec<String>>> {
    prop::collection::vec(prop::collection::vec("[a-dس]{1,2}", 0..12), 1..8)
}

proptest! {
    #[test]
    fn a_row_has_length_one_and_ascending_columns(
        words in prop::collection::vec("[a-d]{1,2}", 1..30),
    ) {
        let vectorizer = TfidfVectorizer::default().ngram_range(1, 2);
        let tfidf = vectorizer.fit(std::slice::from_ref(&words)).unwrap();
        let row = tfidf.transform(&words);
        prop_assert!((row.dot(&row) - 1.0).abs() < 1e-12);
        prop_assert!(row.columns.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn fitting_gives_the_rows_that_transforming_gives(
        corpus in corpora(),
        chars: bool,
        most in 1_usize..20,
    ) {
        let analyzer = if chars { Analyzer::CharWb } else { Analyzer::Word };
        let vectorizer = TfidfVectorizer::default().analyzer(analyzer).ngram_range(1, 3);
        let vectorizer = vectorizer.max_df(0.9).max_features(most);
        if let Ok((tfidf, rows)) = vectorizer.fit_transform(&corpus) {
            prop_assert!(tfidf.n_features() <= most && tfidf.terms().is_sorted_by(|a, b| a < b));
            prop_assert_eq!(&tfidf, &vectorizer.fit(&corpus).unwrap());
            let transformed: Vec<_> =
                corpus.iter().map(|article| tfidf.transform(article)).collect();
            prop_assert_eq!(rows, transformed);
        }
    }

    #[test]
    fn the_order_of_articles_does_not_matter(corpus in corpora(), least in 1_usize..3) {
        // Every second article is of the same group.
        let group = |number: usize| {
            if number.is_multiple_of(2) { "x".to_owned() } else { number.to_string() }
        };
        let groups: Vec<String> = (0..corpus.len()).map(group).collect();
        let groups: Vec<&str> = groups.iter().map(String::as_str).collect();
        let reversed = |vectorizer: TfidfVectorizer| {
            let corpus: Vec<_> = corpus.iter().rev().cloned().collect();
            vectorizer.fit_groups(&corpus, &groups.iter().rev().copied().collect::<Vec<_>>())
        };
        let vectorizer = TfidfVectorizer::default().min_df(least).max_features(5);
        prop_assert_eq!(vectorizer.fit_groups(&corpus, &groups), reversed(vectorizer.clone()));
    }
}
