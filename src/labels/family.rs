//! Contrast families: a neutral base article and variants that differ in a few words of framing.
//!
//! A family is stored as the base and the edits (`families/<id>.toml`), so that evaluation can keep
//! it in one fold and test whether the model distinguishes the variants. The base is the article
//! `<id>`, a variant `<id>-<variant>`.

use serde::Deserialize;

use crate::article::Article;
use crate::article::quoted::quoted;

/// A family, as in the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FamilyText {
    title: String,
    date: String,
    event: String,
    outlet: String,
    genre: String,
    text: String,
    variant: Vec<VariantText>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct VariantText {
    id: String,
    edits: Vec<(String, String)>,
}

/// Why a contrast family is invalid.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum FamilyError {
    /// The TOML is invalid, or a key is unknown or missing.
    #[error("{}", .0.to_string().trim_end())]
    Toml(Box<toml::de::Error>),
    /// An edit of a variant cannot be made.
    #[error("variant {variant}: {error}", variant = quoted(variant))]
    Edit {
        /// Id of the variant.
        variant: String,
        /// Why.
        error: EditError,
    },
}

/// Why an edit of a base article cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EditError {
    /// The base does not contain the text to replace.
    #[error("{} does not stand in the base", quoted(.0))]
    NotFound(String),
    /// The base contains the text to replace more than once.
    #[error("{} must stand once in the base, and stands more often", quoted(.0))]
    Ambiguous(String),
    /// Two edits overlap.
    #[error("two edits overlap")]
    Overlap,
}

/// The articles of a family, the base first.
///
/// # Errors
/// All mistakes: invalid TOML, an edit whose first string does not occur exactly once in the base
/// (title, empty line, text), overlapping edits.
pub(super) fn read(id: &str, text: &str) -> Result<Vec<Article>, Vec<FamilyError>> {
    let family: FamilyText =
        toml::from_str(text).map_err(|error| vec![FamilyError::Toml(Box::new(error))])?;
    let base = Article {
        id: id.to_owned(),
        title: Some(family.title),
        date: Some(family.date),
        event: Some(family.event),
        outlet: Some(family.outlet),
        genre: Some(family.genre),
        text: family.text.trim().to_owned(),
    };
    let full = base.full_text();
    let mut problems = Vec::new();
    let mut articles = vec![base.clone()];
    for VariantText { id: variant, edits } in family.variant {
        match edited(&full, &edits) {
            Ok(edited) => {
                let (title, text) = edited.split_once("\n\n").unwrap_or(("", &edited));
                articles.push(Article {
                    id: format!("{id}-{variant}"),
                    title: Some(title.to_owned()),
                    text: text.to_owned(),
                    ..base.clone()
                });
            }
            Err(error) => problems.push(FamilyError::Edit { variant, error }),
        }
    }
    if problems.is_empty() { Ok(articles) } else { Err(problems) }
}

/// A text with all edits made.
fn edited(text: &str, edits: &[(String, String)]) -> Result<String, EditError> {
    let mut places = Vec::new();
    for (from, to) in edits {
        let mut found = text.match_indices(from.as_str());
        match (found.next(), found.next()) {
            (Some((start, _)), None) if !from.is_empty() => {
                places.push((start, start + from.len(), to));
            }
            (None, _) => return Err(EditError::NotFound(from.clone())),
            _ => return Err(EditError::Ambiguous(from.clone())),
        }
    }
    places.sort_unstable();
    if places.windows(2).any(|pair| pair[1].0 < pair[0].1) {
        return Err(EditError::Overlap);
    }
    let (mut edited, mut end) = (String::new(), 0);
    for (start, stop, to) in places {
        edited.push_str(&text[end..start]);
        edited.push_str(to);
        end = stop;
    }
    edited.push_str(&text[end..]);
    Ok(edited)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAMILY: &str = "title = 'قوات تدخل المدينة'\ndate = '2019-04-06'\nevent = \
        'e'\noutlet = 'o'\ngenre = 'wire'\ntext = '''\nدخلت القوات صباحا.\n\nوقال مصدر إنها \
        هادئة.\n'''\n\n[[variant]]\nid = 'b'\nedits = [['قوات تدخل', 'مليشيات تقتحم'], ['دخلت \
        القوات', 'اقتحمت المليشيات']]\n";

    #[test]
    fn edits_are_made_in_title_and_text() {
        let articles = read("e-f1", FAMILY).unwrap();
        assert_eq!(
            (articles[0].id.as_str(), articles[0].text.as_str()),
            ("e-f1", "دخلت القوات صباحا.\n\nوقال مصدر إنها هادئة.")
        );
        assert_eq!(articles[1].id, "e-f1-b");
        assert_eq!(
            articles[1].full_text(),
            "مليشيات تقتحم المدينة\n\nاقتحمت المليشيات صباحا.\n\nوقال مصدر إنها هادئة."
        );
        assert_eq!(articles[1].outlet, articles[0].outlet);
    }

    #[test]
    fn an_edit_must_stand_once_and_apart() {
        for (from, says) in [
            ("غير موجود", "does not stand"),
            ("ا", "more often"),
            ("قوات تدخل المدينة\n\nدخلت", "overlap"),
            ("", "more often"),
        ] {
            let family = FAMILY.replace("'دخلت القوات'", &toml::Value::from(from).to_string());
            let problems = read("e-f1", &family).unwrap_err();
            assert!(problems[0].to_string().contains(says), "{problems:?}");
        }
    }
}
