//! Words → n-grams.

use std::ops::Range;

use super::{Analyzer, TfidfVectorizer};

impl TfidfVectorizer {
    /// Calls `each` with the word range and the text of every n-gram: words joined by one space, or
    /// characters.
    pub(super) fn each_ngram<T: AsRef<str>>(
        &self,
        words: &[T],
        mut each: impl FnMut(Range<usize>, &str),
    ) {
        let (shortest, longest) = self.ngram_range;
        let mut ngram = String::new();
        let mut bounds = Vec::new();
        for start in 0..words.len() {
            ngram.clear();
            match self.analyzer {
                Analyzer::Word => {
                    for (n, word) in words[start..].iter().take(longest).enumerate() {
                        if n > 0 {
                            ngram.push(' ');
                        }
                        ngram.push_str(word.as_ref());
                        if n + 1 >= shortest {
                            each(start..start + n + 1, &ngram);
                        }
                    }
                }
                Analyzer::CharWb => {
                    ngram.extend([" ", words[start].as_ref(), " "]);
                    bounds.clear();
                    bounds.extend(ngram.char_indices().map(|(at, _)| at).chain([ngram.len()]));
                    for n in shortest..=longest {
                        for window in bounds.windows(n + 1) {
                            each(start..start + 1, &ngram[window[0]..window[n]]);
                        }
                        // A word shorter than n is counted whole, once.
                        if bounds.len() <= n + 1 {
                            if bounds.len() <= n {
                                each(start..start + 1, &ngram);
                            }
                            break;
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Golden values: `build_analyzer()` of scikit-learn 1.9.1's
    /// `TfidfVectorizer(analyzer="char_wb", ngram_range=…)`.
    #[test]
    fn characters_are_counted_as_scikit_learn_counts_them() {
        let grams = |words: &[&str], shortest, longest| {
            let mut found = Vec::new();
            let vectorizer = TfidfVectorizer::default()
                .analyzer(Analyzer::CharWb)
                .ngram_range(shortest, longest);
            vectorizer.each_ngram(words, |_, ngram| found.push(ngram.to_owned()));
            found
        };
        assert_eq!(grams(&["ab", "c"], 2, 3), [" a", "ab", "b ", " ab", "ab ", " c", "c ", " c "]);
        assert_eq!(grams(&["ab", "c"], 4, 5), [" ab ", " c "]);
        assert_eq!(grams(&["سلام"], 5, 6), [" سلام", "سلام ", " سلام "]);
    }
}
