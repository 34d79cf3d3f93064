//! Tables whose column of texts holds ids: of articles that stand elsewhere.

/// Of ten texts, most that may have a space where the others are ids.
const MAX_OF_TEN: usize = 1;

/// One of the texts, if they are ids: words without a space, all but a few. Nothing can be learned
/// from a text of one word, so that no table of texts is mistaken for one of ids.
pub fn id_among<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let (mut n, mut n_texts, mut first) = (0_usize, 0_usize, None);
    for text in texts {
        n += 1;
        if text.trim().contains(char::is_whitespace) {
            n_texts += 1;
        } else {
            first = first.or(Some(text.trim()));
        }
    }
    first.filter(|_| 10 * n_texts <= MAX_OF_TEN * n)
}

#[cfg(test)]
mod tests {
    use super::id_among;

    #[test]
    fn a_column_of_ids_is_told_from_one_of_texts() {
        assert_eq!(id_among(["tripoli-1", "7", "أ-3"]), Some("tripoli-1"));
        assert_eq!(id_among(["خبر", "قال المتحدث", "تقدمت القوات"]), None);
        assert_eq!(id_among([]), None);
    }
}
