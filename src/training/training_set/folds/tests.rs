use super::*;
use crate::article::Article;
use crate::camp::{Camps, Stance};
use crate::labels::LabelledSet;
use crate::training::training_set::{ARTICLES, OUTLETS};

/// Articles of four outlets, ten of each, and one agency's text in `n_copies` of them.
fn set(n_copies: usize) -> TrainingSet {
    let camps = Camps::from_toml(include_str!("../../../../labeled/camps.toml")).unwrap();
    let article = |id: String, outlet: usize, text: String| {
        let mut article = Article::new(id, text);
        article.outlet = Some(format!("o{outlet}"));
        (article, [Stance::Neutral; 2])
    };
    let words = "سوق مدرسة طريق جسر مطار ميناء مستشفى بحر سفينة قطار حقل بئر مصنع جامعة ملعب \
                 مكتبة حديقة فندق مطعم بنك محكمة نهر غابة صحراء قرية شاحنة طبيب معلم تاجر فلاح \
                 صياد نجار كهرباء ماء وقود خبز دواء كتاب رسالة هاتف";
    let words: Vec<&str> = words.split(' ').collect();
    let mut articles: Vec<_> = (0..40)
        .map(|at| {
            let own: Vec<&str> = (0..12).map(|step| words[(at * 7 + step * step) % 40]).collect();
            article(format!("n{at:02}"), at % 4, own.join(" "))
        })
        .collect();
    let wire = "أعلنت بعثة الأمم المتحدة في ليبيا اتفاقا على فتح الطريق الساحلي بين سرت ومصراتة \
                وتبادل الأسرى قبل نهاية الشهر الجاري وفق مراسل الوكالة رقم";
    articles.extend((0..n_copies).map(|at| article(format!("w{at}"), at, format!("{wire} {at}"))));
    TrainingSet::from_labelled_set(&LabelledSet::from_stances(camps, articles))
}

#[test]
fn copies_of_one_text_do_not_make_one_outlet_of_all() {
    let set = set(4);
    assert_eq!(set.near_duplicates, [[40, 41, 42, 43]]);
    let outlets = set.groupings.iter().find(|grouping| grouping.name == OUTLETS).unwrap();
    let folds = set.folds(outlets, &set.positions(), 5);
    assert_eq!(folds.iter().map(Vec::len).collect::<Vec<_>>(), [11, 11, 11, 11]);
    for fold in &folds {
        let rest = set.rest(&set.positions(), fold);
        assert_eq!(rest.len(), 30, "the copies of the held-out one are unknown, too");
        assert!(rest.iter().all(|&at| at < 40 && !fold.contains(&at)));
    }
    // Where no copy is held out, all are known.
    assert_eq!(set.rest(&set.positions(), &[0, 1]).len(), 42);
}

#[test]
fn copies_are_kept_together_where_that_leaves_as_much() {
    let set = set(3);
    let articles = Grouping { name: ARTICLES.to_owned(), keys: set.ids.clone() };
    let copies = [40, 41, 42];
    assert_eq!(set.folds(&articles, &copies, 5), [copies]);
    let folds = set.folds(&articles, &set.positions(), 5);
    assert!(folds.iter().any(|fold| copies.iter().all(|at| fold.contains(at))), "{folds:?}");
}
