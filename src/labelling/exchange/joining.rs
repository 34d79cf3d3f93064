//! Parts of a label that stand in several records, and whether they make one.

use super::{ExchangedMark, GivenLabel};
use crate::article::quoted::quoted;
use crate::camp::Stance;

/// A label of one annotator, as far as the records seen say it.
#[derive(Debug)]
pub struct Pending {
    /// Where its first part stands.
    pub place: String,
    /// What they say together.
    pub label: GivenLabel,
    /// Whether they contradict each other.
    pub is_conflicting: bool,
}

impl Pending {
    /// The first part of a label.
    pub fn new(place: &str, label: GivenLabel) -> Self {
        Self { place: place.to_owned(), label, is_conflicting: false }
    }

    /// Adds what another record says.
    ///
    /// # Errors
    /// When it says something else; then neither holds.
    pub fn join(&mut self, other: GivenLabel) -> Result<(), String> {
        for (one, other) in self.label.stances.iter_mut().zip(other.stances) {
            match (*one, other) {
                (Some(here), Some(there)) if here != there => {
                    self.is_conflicting = true;
                    return Err(format!("{here} there, {there} here"));
                }
                (here, there) => *one = here.or(there),
            }
        }
        for mark in other.marks {
            if !self.label.marks.contains(&mark) {
                self.label.marks.push(mark);
            }
        }
        if self.label.note.is_empty() {
            self.label.note = other.note;
        }
        Ok(())
    }
}

/// The stance toward each camp.
///
/// # Errors
/// When one is missing, or an article is unrelated to one camp only.
pub fn whole(given: [Option<Stance>; 2], camps: [&str; 2]) -> Result<[Stance; 2], String> {
    let stances = match given {
        // What is about neither camp is said once as well as twice.
        [Some(Stance::Unrelated), None] | [None, Some(Stance::Unrelated)] => [Stance::Unrelated; 2],
        [Some(first), Some(second)] => [first, second],
        [None, None] => return Err("it has marks, but no stance".to_owned()),
        [first, _] => {
            let lacks = camps[usize::from(first.is_some())];
            return Err(format!("it has no stance toward {lacks}"));
        }
    };
    if (stances[0] == Stance::Unrelated) != (stances[1] == Stance::Unrelated) {
        return Err(format!(
            "{} and {}: an article is unrelated to both camps or to neither",
            stances[0], stances[1]
        ));
    }
    Ok(stances)
}

/// Leaves out marks that do not stand in the text of the set, and tells them.
pub fn keep_what_stands(marks: &mut Vec<ExchangedMark>, text: &str, mut tell: impl FnMut(String)) {
    marks.retain_mut(|mark| {
        let stands = text.contains(&mark.sentence);
        if !stands {
            let sentence = &mark.sentence;
            tell(format!("{} is not in the article: the mark is left out", quoted(sentence)));
        }
        mark.expressions.retain(|part| {
            let is_within = mark.sentence.contains(part.as_str());
            if stands && !is_within {
                tell(format!("{} is not in its sentence: it is left out", quoted(part)));
            }
            is_within
        });
        stands
    });
}
