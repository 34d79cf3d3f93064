use super::*;

fn camps() -> Camps {
    Camps::from_toml(include_str!("../../../labeled/camps.toml")).unwrap()
}

/// An archive that says قراصنة, also with a conjunction, where it says ميليشيات, and plain words
/// everywhere.
fn archive() -> Vec<Article> {
    let text = |n: usize| match n % 4 {
        0 => "هاجمت عصابات طرابلس وقراصنة البحر مدينة ترهونة. وصل الوزير إلى المطار صباح اليوم.",
        1 => "واصلت ميليشيات السراج مع القراصنة نهب الأرزاق في مدينة ترهونة.",
        2 => "وصل الوزير إلى المطار صباح اليوم وافتتح المعرض. وغادر الوزير المطار مساء.",
        _ => "قال المتحدث إن قراصنة المصرف هربوا. وزار الوزير المعرض في طرابلس.",
    };
    (0..24).map(|n| Article::new(format!("a{n}"), text(n))).collect()
}

fn plain_news() -> Vec<Article> {
    let text = "وصل الوزير إلى المطار صباح اليوم وافتتح المعرض في المدينة. وغادر الوزير مساء.";
    (0..24).map(|n| Article::new(format!("p{n}"), text)).collect()
}

fn ranked(own_words: &[OwnWord], parts: usize) -> Vec<FramingCandidate> {
    let mut counter = WordCounter::new(&camps(), own_words, 5);
    for part in archive().chunks(parts) {
        counter.add(part);
    }
    counter.add_plain(&plain_news());
    counter.ranked(50, |_| false)
}

#[test]
fn a_word_beside_the_lexicons_is_found_with_its_class_and_places_and_plain_words_are_not() {
    let found = ranked(&[], 5);
    let words: Vec<&str> = found.iter().map(|candidate| candidate.word.as_str()).collect();
    let pirates = found.iter().find(|candidate| candidate.word.starts_with("قراصنه"));
    let pirates = pirates.unwrap_or_else(|| panic!("{words:?}"));
    assert!(pirates.framed > 0 && pirates.association > 3.84, "{pirates:?}");
    assert!(pirates.plain == 0 && pirates.keyness.z > 0.0, "{pirates:?}");
    assert_eq!(pirates.class, Some("militia"));
    assert!(pirates.contexts.iter().any(|place| place.before.contains("ميليشيات")), "{pirates:?}");
    for plain in ["وزير", "مطار", "معرض", "عصابات", "ميليشيات", "طرابلس"]
    {
        assert!(!words.contains(&plain), "{plain}: {words:?}");
    }
    // What others say is no wording of the archive.
    assert!(words.iter().all(|word| !word.contains("المصرف")), "{words:?}");
}

#[test]
fn the_ranking_is_the_same_in_whatever_parts_the_archive_comes() {
    assert_eq!(ranked(&[], 1), ranked(&[], 24));
}

#[test]
fn what_was_accepted_or_decided_is_not_shown_again() {
    let own =
        OwnWord {
            pattern: "قراصنه".to_owned(), class: "criminal".to_owned(), relation: None
        };
    assert!(ranked(&[own], 5).iter().all(|candidate| !candidate.word.contains("قراصنه")));
    let mut counter = WordCounter::new(&camps(), &[], 1);
    counter.add(&archive());
    counter.add_plain(&plain_news());
    assert!(counter.ranked(50, |_| true).is_empty());
}

#[test]
fn an_archive_without_judging_words_or_without_words_has_no_candidates() {
    let mut counter = WordCounter::new(&camps(), &[], 1);
    counter.add(&plain_news());
    counter.add_plain(&plain_news());
    assert_eq!(counter.n_framed().0, 0);
    assert!(counter.ranked(50, |_| false).is_empty());
    assert!(WordCounter::new(&camps(), &[], 1).ranked(50, |_| false).is_empty());
}
