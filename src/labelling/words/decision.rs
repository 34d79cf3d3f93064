//! What is said of a candidate.

use crate::article::quoted::quoted;
use crate::labels::lexicon::WordDecision;
use crate::text::lexicon::LEXICON;
use crate::text::own_words::class_number;

/// What a cell or an answer says of a word for which a class is suggested.
///
/// # Errors
/// Why it says nothing that is known.
pub fn decision(said: &str, suggested: Option<&str>) -> Result<Option<WordDecision>, String> {
    let said = said.trim().to_lowercase();
    let accepted = |class: &str| Ok(Some(WordDecision::Accepted(class.to_owned())));
    match (said.as_str(), suggested) {
        ("", _) => Ok(None),
        ("refuse" | "refused" | "no" | "n", _) => Ok(Some(WordDecision::Refused)),
        ("accept" | "accepted" | "yes" | "y", Some(class)) if class_number(class).is_some() => {
            accepted(class)
        }
        ("accept" | "accepted" | "yes" | "y", _) => {
            Err("no class is suggested: write the name of one".to_owned())
        }
        (class, _) if class_number(class).is_some() => accepted(class),
        (other, _) => {
            let names: Vec<&str> = LEXICON.classes.iter().map(|class| &*class.name).collect();
            Err(format!(
                "{} is no decision: write accept, refuse or a class ({})",
                quoted(&other.chars().take(40).collect::<String>()),
                names.join(", ")
            ))
        }
    }
}
