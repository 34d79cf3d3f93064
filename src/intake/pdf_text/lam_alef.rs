//! ل and ا in the wrong order.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

/// Words and parts of words with ل before ا, one a line.
const WORDS: &str = include_str!("lam_alef.txt");

/// Least words that are damaged.
const MIN_DAMAGED: usize = 3;

/// Beginnings of words, which exist only as damage, and as they should be.
const BEGINNINGS: [(&str, &str); 9] = [
    ("األ", "الأ"),
    ("اإل", "الإ"),
    ("اآل", "الآ"),
    ("اال", "الا"),
    ("الال", "اللا"),
    ("لأل", "للأ"),
    ("لإل", "للإ"),
    ("لآل", "للآ"),
    ("لال", "للا"),
];

/// Those of them that are no slip of the pen either.
const CERTAIN: &[(&str, &str)] = BEGINNINGS.split_at(3).0;

/// Short words, as they are damaged and as they should be.
const SHORT: [(&str, &str); 12] = [
    ("ال", "لا"),
    ("وال", "ولا"),
    ("فال", "فلا"),
    ("إال", "إلا"),
    ("ألن", "لأن"),
    ("ألنه", "لأنه"),
    ("ألنها", "لأنها"),
    ("ألنهم", "لأنهم"),
    ("ألول", "لأول"),
    ("ألي", "لأي"),
    ("أوال", "أولا"),
    ("هؤالء", "هؤلاء"),
];

/// The damaged forms of [`WORDS`].
static DAMAGED: LazyLock<Vec<(String, &str)>> = LazyLock::new(|| {
    let damaged = |word: &'static str| {
        let swapped = word.replace("لا", "\0").replace('\0', "ال");
        (swapped != word).then_some((swapped, word))
    };
    WORDS.lines().map(str::trim).filter_map(damaged).collect()
});

static FINDER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let mut builder = AhoCorasick::builder();
    builder.match_kind(MatchKind::LeftmostLongest);
    builder.build(DAMAGED.iter().map(|(damaged, _)| damaged)).ok()
});

/// The text with ل and ا in order; `None` if it is not certain that it is damaged.
pub(super) fn mended(text: &str) -> Option<String> {
    let (mut certain, mut damaged, mut whole) = (0_usize, 0_usize, 0_usize);
    for word in text.split(|c: char| !c.is_alphabetic()) {
        let word = without_prefix(word);
        certain += usize::from(CERTAIN.iter().any(|(wrong, _)| word.starts_with(wrong)));
        damaged += usize::from(BEGINNINGS[..4].iter().any(|(wrong, _)| word.starts_with(wrong)));
        whole += usize::from(CERTAIN.iter().any(|(_, right)| word.starts_with(right)));
    }
    let is_all = damaged >= MIN_DAMAGED && damaged >= 4 * whole || certain >= 2 && whole == 0;
    if !is_all && certain < MIN_DAMAGED {
        return None;
    }
    let mend: fn(&str) -> String = if is_all { word } else { certain_word };
    let mut mended = String::with_capacity(text.len());
    for piece in text.split_inclusive(|c: char| !c.is_alphabetic()) {
        let end = piece.trim_end_matches(|c: char| !c.is_alphabetic()).len();
        mended.push_str(&mend(&piece[..end]));
        mended.push_str(&piece[end..]);
    }
    Some(mended)
}

/// A word with ل and ا in order.
fn word(word: &str) -> String {
    if let Some((_, right)) = SHORT.iter().find(|(wrong, _)| *wrong == word) {
        return (*right).to_owned();
    }
    let mut mended = word.to_owned();
    let start = word.len() - without_prefix(word).len();
    if let Some((wrong, right)) =
        BEGINNINGS.iter().find(|(wrong, _)| word[start..].starts_with(wrong))
    {
        mended = format!("{}{right}{}", &word[..start], &word[start + wrong.len()..]);
    }
    // The article is no part of what the list changes.
    let stem_at = start + if mended[start..].starts_with("ال") { "ال".len() } else { 0 };
    let Some(finder) = &*FINDER else { return mended };
    let right: Vec<&str> = DAMAGED.iter().map(|(_, right)| *right).collect();
    format!("{}{}", &mended[..stem_at], finder.replace_all(&mended[stem_at..], &right))
}

/// A word whose beginning exists in no other way than damaged is mended there.
fn certain_word(word: &str) -> String {
    let start = word.len() - without_prefix(word).len();
    match CERTAIN.iter().find(|(wrong, _)| word[start..].starts_with(wrong)) {
        Some((wrong, right)) => {
            format!("{}{right}{}", &word[..start], &word[start + wrong.len()..])
        }
        None => word.to_owned(),
    }
}

/// A word without the و, ف, ب or ك before it.
fn without_prefix(word: &str) -> &str {
    let rest = word.strip_prefix(['و', 'ف']).unwrap_or(word);
    rest.strip_prefix(['ب', 'ك']).unwrap_or(rest)
}
