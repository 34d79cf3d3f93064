//! Contrast families: a neutral base article and variants of it that differ in a few words of
//! framing.
//!
//! A family is stored as what it is, the base and the edits (`families/<id>.toml`), so that
//! evaluation can keep it in one fold and ask whether every variant was told apart. The base is the
//! article `<id>`, a variant `<id>-<variant>`.

use serde::Deserialize;

use crate::article::Article;

/// A family as it stands in the file.
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

/// The articles of a family, the base first.
///
/// # Errors
/// Every mistake in the file: what is not of the form (with its line), an edit whose first string
/// does not stand exactly once in the base (title, empty line, text), edits that overlap.
pub(super) fn read(id: &str, text: &str) -> Result<Vec<Article>, Vec<String>> {
    let family: FamilyText =
        toml::from_str(text).map_err(|error| vec![error.to_string().trim_end().to_owned()])?;
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
            Err(problem) => problems.push(format!("variant {variant:?}: {problem}")),
        }
    }
    if problems.is_empty() { Ok(articles) } else { Err(problems) }
}

/// `text` with every edit made.
fn edited(text: &str, edits: &[(String, String)]) -> Result<String, String> {
    let mut places = Vec::new();
    for (from, to) in edits {
        let mut found = text.match_indices(from.as_str());
        match (found.next(), found.next()) {
            (Some((start, _)), None) if !from.is_empty() => {
                places.push((start, start + from.len(), to))
            }
            (None, _) => return Err(format!("{from:?} does not stand in the base")),
            _ => {
                return Err(format!("{from:?} must stand once in the base, and stands more often"));
            }
        }
    }
    places.sort_unstable();
    if places.windows(2).any(|pair| pair[1].0 < pair[0].1) {
        return Err("two edits overlap".to_owned());
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

    const FAMILY: &str = "title = 'قوات تدخل المدينة'\ndate = '2019-04-06'\nevent = 'e'\noutlet = 'o'\ngenre = 'wire'\ntext = '''\nدخلت القوات صباحا.\n\nوقال مصدر إنها هادئة.\n'''\n\n[[variant]]\nid = 'b'\nedits = [['قوات تدخل', 'مليشيات تقتحم'], ['دخلت القوات', 'اقتحمت المليشيات']]\n";

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
            assert!(problems[0].contains(says), "{problems:?}");
        }
    }
}
