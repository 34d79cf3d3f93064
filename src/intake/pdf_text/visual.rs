//! Lines whose letters stand in the order in which they are seen from left to right.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Least words that exist only reversed.
const MIN_REVERSED: usize = 4;

/// Words that stand before a noun.
const BEFORE_NOUNS: [&str; 7] = ["في", "من", "على", "إلى", "عن", "بين", "مع"];

/// The text with its letters in order; `None` if it is not certain that it is reversed.
pub(super) fn mended(text: &str) -> Option<String> {
    let plain: String = text.nfkc().collect();
    let (mut reversed, mut right) = (0_usize, 0_usize);
    for word in plain.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 2) {
        // No word begins with ة or ى, and hardly one without a foreign name in it ends in لا.
        reversed += usize::from(word.starts_with(['ة', 'ى']) || word.ends_with("لا"));
        right += usize::from(word.ends_with(['ة', 'ى']) || word.starts_with("ال"));
    }
    let begins = plain.split_whitespace().filter(|word| word.starts_with(['ة', 'ى'])).count();
    if begins == 0 || reversed < MIN_REVERSED || reversed < 5 * right {
        return None;
    }
    let lines: String = text.lines().map(turned_line).collect::<Vec<_>>().join("\n");
    let words: String = text.lines().map(turned_words).collect::<Vec<_>>().join("\n");
    let (lines, words): (String, String) = (lines.nfkc().collect(), words.nfkc().collect());
    Some(if signs_of_order(&words) > signs_of_order(&lines) { words } else { lines })
}

/// How many signs say that words stand in order: a definite noun after a word that stands before
/// nouns, a line that ends as sentences do, and a sentence that begins with و.
fn signs_of_order(text: &str) -> usize {
    let ends = |word: &str| word.ends_with(['.', '؟', '!', '…']);
    let of_line = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let pair = |pair: &[&str]| {
            usize::from(BEFORE_NOUNS.contains(&pair[0]) && pair[1].starts_with("ال"))
                + 2 * usize::from(ends(pair[0]) && pair[1].starts_with('و'))
        };
        let is_ended = words.len() > 1 && words.last().is_some_and(|last| ends(last));
        words.windows(2).map(pair).sum::<usize>() + 3 * usize::from(is_ended)
    };
    text.lines().map(of_line).sum()
}

/// A line with each word reversed.
fn turned_words(line: &str) -> String {
    line.split(' ').map(turned_line).collect::<Vec<_>>().join(" ")
}

/// A reversed line, but for what reads from left to right in it: numbers and foreign words.
fn turned_line(line: &str) -> String {
    let mut turned = String::with_capacity(line.len());
    let mut clusters: Vec<String> = Vec::new();
    let mut run = String::new();
    for c in line.chars() {
        let is_left = c.is_ascii_alphanumeric() || ('\u{660}'..='\u{669}').contains(&c);
        let is_inner =
            !run.is_empty() && matches!(c, '.' | ',' | '/' | '@' | ':' | '%' | '-' | '_');
        if is_left || is_inner {
            run.push(c);
            continue;
        }
        close(&mut run, &mut clusters);
        match clusters.last_mut() {
            // A mark stays after its letter.
            Some(last) if is_combining_mark(c) => last.push(c),
            _ => clusters.push(mirrored(c).to_string()),
        }
    }
    close(&mut run, &mut clusters);
    clusters.iter().rev().for_each(|cluster| turned.push_str(cluster));
    turned
}

/// Ends a run from left to right; a point or the like at its end is none of it.
fn close(run: &mut String, clusters: &mut Vec<String>) {
    let end = run.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    let after = run.split_off(end);
    if !run.is_empty() {
        clusters.push(std::mem::take(run));
    }
    clusters.extend(after.chars().map(|c| c.to_string()));
}

/// A bracket or quotation mark as it is seen in the other direction.
fn mirrored(c: char) -> char {
    match c {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '«' => '»',
        '»' => '«',
        c => c,
    }
}
