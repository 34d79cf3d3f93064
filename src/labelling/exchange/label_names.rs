//! The names of labels in other programs: `lna: favor`, and what people call it.

use crate::article::quoted::quoted;
use crate::camp::{Camps, Stance};
use crate::labels::stance_words::{self, CampWords};

/// The name of the label of articles that are not about the conflict.
pub const UNRELATED: &str = "unrelated";

/// What parts a name from its mark that it is about words, not about a sentence.
const WORDS: &str = "words";

/// What a label says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// The article is not about the conflict.
    Unrelated,
    /// A stance toward a camp.
    Toward(usize, Stance),
}

impl Meaning {
    /// Adds it to the stances of a label.
    ///
    /// # Errors
    /// When they say something else already; both are named.
    pub fn add_to(self, stances: &mut [Option<Stance>; 2]) -> Result<(), String> {
        let parts: &[(usize, Stance)] = match self {
            Self::Unrelated => &[(0, Stance::Unrelated), (1, Stance::Unrelated)],
            Self::Toward(camp, stance) => &[(camp, stance)],
        };
        for &(camp, stance) in parts {
            match stances[camp] {
                Some(other) if other != stance => {
                    return Err(format!("it is labelled {other} and {stance} at once"));
                }
                _ => stances[camp] = Some(stance),
            }
        }
        Ok(())
    }
}

/// The name of a stance toward a camp.
pub fn name(camps: &Camps, camp: usize, stance: Stance) -> String {
    format!("{}: {stance}", camps.ids()[camp])
}

/// The names of the labels of an article with these stances.
pub fn names(camps: &Camps, stances: [Option<Stance>; 2]) -> Vec<String> {
    if stances == [Some(Stance::Unrelated); 2] {
        return vec![UNRELATED.to_owned()];
    }
    let named = stances.into_iter().enumerate();
    named.filter_map(|(camp, stance)| Some(name(camps, camp, stance?))).collect()
}

/// The names of all labels of articles.
pub fn all(camps: &Camps) -> Vec<String> {
    let of_camp = |camp| Stance::SIDES.map(|stance| name(camps, camp, stance));
    (0..2).flat_map(of_camp).chain([UNRELATED.to_owned()]).collect()
}

/// The name of the label of a sentence, or of words in it, that decide a side.
pub fn span_name(camps: &Camps, camp: usize, stance: Stance, is_words: bool) -> String {
    let name = name(camps, camp, stance);
    if is_words { format!("{name} {WORDS}") } else { name }
}

/// The names of all labels of sentences and words.
pub fn all_spans(camps: &Camps) -> Vec<String> {
    let sides = [Stance::Favor, Stance::Against];
    let of_camp = |camp| {
        sides.into_iter().flat_map(move |stance| {
            [false, true].map(|is_words| span_name(camps, camp, stance, is_words))
        })
    };
    (0..2).flat_map(of_camp).collect()
}

/// What a label says: a camp and a stance in either order, or that the article is unrelated; `None`
/// if it says something else.
pub fn meaning(label: &str, camps: &CampWords) -> Option<Meaning> {
    if stance_words::stance(label) == Some(Stance::Unrelated) {
        return Some(Meaning::Unrelated);
    }
    let words: Vec<&str> =
        label.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    (1..words.len()).find_map(|at| {
        let (first, second) = (words[..at].join(" "), words[at..].join(" "));
        let toward = |camp: &str, stance: &str| {
            let camp = camps.camp(camp)?;
            Some(Meaning::Toward(camp, stance_words::stance(stance)?))
        };
        toward(&first, &second).or_else(|| toward(&second, &first))
    })
}

/// What the label of a span says: the camp, the side, and whether it is about words of a sentence.
pub fn span_meaning(label: &str, camps: &CampWords) -> Option<(usize, Stance, bool)> {
    let trimmed = label.trim_end();
    let name = trimmed.strip_suffix(WORDS).filter(|name| !name.ends_with(char::is_alphanumeric));
    match meaning(name.unwrap_or(trimmed), camps)? {
        Meaning::Toward(camp, stance @ (Stance::Favor | Stance::Against)) => {
            Some((camp, stance, name.is_some()))
        }
        _ => None,
    }
}

/// The message about a label that is none of those that are known.
pub fn unknown(label: &str, known: &[String]) -> String {
    format!("unknown label {}; the labels are {}", quoted(label), known.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labelling::assets::CAMPS;

    #[test]
    fn labels_are_read_as_people_name_them() {
        let camps = Camps::from_toml(CAMPS).unwrap();
        let words = CampWords::new(&camps);
        let toward = |camp, stance| Some(Meaning::Toward(camp, stance));
        for (label, says) in [
            ("lna: favor", toward(0, Stance::Favor)),
            ("LNA_FAVOUR", toward(0, Stance::Favor)),
            ("pro-LNA", toward(0, Stance::Favor)),
            ("GNA against", toward(1, Stance::Against)),
            ("معارض - حكومة الوفاق", toward(1, Stance::Against)),
            ("Not related", Some(Meaning::Unrelated)),
            ("خارج الموضوع", Some(Meaning::Unrelated)),
            ("favor", None),
            ("lna", None),
            ("lna: maybe", None),
            ("positive", None),
        ] {
            assert_eq!(meaning(label, &words), says, "{label}");
        }
        for name in all(&camps) {
            assert!(meaning(&name, &words).is_some(), "{name}");
        }
        for (at, name) in all_spans(&camps).iter().enumerate() {
            let side = [Stance::Favor, Stance::Against][at / 2 % 2];
            assert_eq!(span_meaning(name, &words), Some((at / 4, side, at % 2 == 1)), "{name}");
        }
        assert_eq!(span_meaning("lna: neutral", &words), None);
    }
}
