//! The fields of a record that make an article, and their names.

mod fit;
mod names;
mod outlet;
mod record;
mod unused;
mod usual;
pub(super) mod values;

use std::fmt;

use serde_json::{Map, Value};

use crate::article::quoted::quoted;
use fit::fit;
pub(super) use names::{HeaderKey, at_path, header_key, inside};
use names::{Names, WHOLE_TEXTS, is_of_text};
pub(super) use record::ParsedRecord;
pub(super) use unused::FieldNotes;
pub use unused::UnusedFields;
use usual::USUAL;

/// Names of the fields (JSON lines) or columns (tables) that hold the parts of an article.
///
/// A part without a name is guessed: the first field with one of its usual names is taken, such as
/// `text`, `body` or `content` for the text. A name with dots, such as `user.text`, leads into
/// objects. Names are compared without case, invisible marks and the article ال.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fields {
    /// The text of the article.
    pub text: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The id of the article.
    pub id: Option<String>,
    /// The outlet.
    pub outlet: Option<String>,
    /// The day of publication.
    pub date: Option<String>,
    /// The event that the article covers.
    pub event: Option<String>,
    /// Other fields whose values are kept with the article.
    pub kept: Vec<String>,
    /// Whether a table has no header; its columns are then named 1, 2, 3 …
    pub headerless: bool,
    /// Whether the field of the text was guessed: then it may hold a text cut.
    pub(crate) is_text_guessed: bool,
    /// Whether a table may lack columns that are kept.
    pub(crate) may_lack_kept: bool,
}

/// A part of an article and the field that was guessed to hold it; displayed as
/// `field from "name"`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GuessedField {
    /// The part of the article: `text`, `title`, `id`, `outlet`, `date` or `event`.
    pub field: &'static str,
    /// Name of the field or column of the file.
    pub name: String,
}

impl fmt::Display for GuessedField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} from {}", self.field, quoted(&self.name))
    }
}

impl Fields {
    /// Fields that are all guessed.
    pub fn new() -> Self {
        Self::default()
    }

    /// Names the field of the text.
    #[must_use]
    pub fn with_text(self, name: impl Into<String>) -> Self {
        Self { text: Some(name.into()), ..self }
    }

    /// Names the field of the headline.
    #[must_use]
    pub fn with_title(self, name: impl Into<String>) -> Self {
        Self { title: Some(name.into()), ..self }
    }

    /// Names the field of the id.
    #[must_use]
    pub fn with_id(self, name: impl Into<String>) -> Self {
        Self { id: Some(name.into()), ..self }
    }

    /// Names the field of the outlet.
    #[must_use]
    pub fn with_outlet(self, name: impl Into<String>) -> Self {
        Self { outlet: Some(name.into()), ..self }
    }

    /// Names the field of the day of publication.
    #[must_use]
    pub fn with_date(self, name: impl Into<String>) -> Self {
        Self { date: Some(name.into()), ..self }
    }

    /// Names the field of the event.
    #[must_use]
    pub fn with_event(self, name: impl Into<String>) -> Self {
        Self { event: Some(name.into()), ..self }
    }

    /// Names the other fields whose values are kept with the article.
    #[must_use]
    pub fn with_kept(self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { kept: names.into_iter().map(Into::into).collect(), ..self }
    }

    /// Declares that tables have no header: their columns are named 1, 2, 3 …
    #[must_use]
    pub fn without_header(self) -> Self {
        Self { headerless: true, ..self }
    }

    /// Whether an object has a field with a usual name of the text.
    pub(super) fn has_usual_text(&self, object: &Map<String, Value>) -> bool {
        Self { text: None, ..self.clone() }.has_text(object)
    }

    fn slots(&mut self) -> [&mut Option<String>; 6] {
        [
            &mut self.text,
            &mut self.title,
            &mut self.id,
            &mut self.outlet,
            &mut self.date,
            &mut self.event,
        ]
    }

    /// Names fields whose values are kept where there are such fields.
    #[must_use]
    pub(crate) fn with_kept_if_there(
        self,
        names: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        Self { may_lack_kept: true, ..self.with_kept(names) }
    }

    fn named_slots(&self) -> [Option<&str>; 6] {
        [&self.text, &self.title, &self.id, &self.outlet, &self.date, &self.event]
            .map(|name| name.as_deref())
    }

    /// The names of all fields that have one, those to keep first.
    pub(super) fn named(&self) -> Vec<&str> {
        self.kept
            .iter()
            .map(String::as_str)
            .chain(self.named_slots().into_iter().flatten())
            .collect()
    }

    /// The names of all fields that [`Self::record`] may look up; of a path, its first name, too.
    pub(super) fn candidates(&self) -> Vec<&str> {
        let mut candidates = Vec::with_capacity(128);
        for name in self.named() {
            candidates.push(name);
            candidates.extend(name.split_once('.').map(|(first, _)| first));
        }
        for (name, usual) in self.named_slots().into_iter().zip(names::candidates()) {
            if name.is_none() {
                candidates.extend(usual);
            }
        }
        if self.is_text_guessed || self.text.is_none() {
            candidates.extend(WHOLE_TEXTS.iter().filter_map(|path| path.split('.').next()));
        }
        candidates
    }

    /// Whether an object has the field of the text, or one with a usual name of it.
    pub(super) fn has_text(&self, object: &Map<String, Value>) -> bool {
        let is_prose = |value: &Value| values::prose(value).is_ok();
        match &self.text {
            Some(name) => at_path(object, name).is_some(),
            None => object.iter().any(|(name, value)| is_of_text(name) && is_prose(value)),
        }
    }

    /// Gives named fields the spelling that they have among `present`, where it is another, and
    /// names the open fields by their usual names among these; returns the guesses.
    pub(crate) fn guess(&mut self, present: &[String]) -> Vec<GuessedField> {
        let names = Names::new(present);
        self.spell(&names);
        let find = |usual: &[&str], _| usual.iter().find_map(|name| names.find(name).cloned());
        self.guess_by(find)
    }

    /// The same as [`Self::guess`] by the fields of an object. Of several with usual names, the
    /// first is taken whose value is what it has to be: an outlet is no address where another field
    /// has a name.
    pub(super) fn guess_by_value(&mut self, object: &Map<String, Value>) -> Vec<GuessedField> {
        let present: Vec<String> = object.keys().cloned().collect();
        let names = Names::new(&present);
        self.spell(&names);
        let find = |usual: &[&str], field: &str| {
            let mut best: Option<(u8, String)> = None;
            for name in usual {
                let name = names.find(name).map_or(*name, String::as_str);
                let Some(value) = at_path(object, name) else { continue };
                let fit = fit(field, value);
                if fit > best.as_ref().map_or(0, |(best, _)| *best) {
                    best = Some((fit, name.to_owned()));
                }
            }
            best.map(|(_, name)| name)
        };
        self.guess_by(find)
    }

    /// The same, and what there is to tell of the fields.
    pub(super) fn guess_and_note(&mut self, object: &Map<String, Value>) -> FieldNotes {
        let guessed = self.guess_by_value(object);
        let is_absent = |name: &&str| at_path(object, name).is_none();
        let absent = self.named().into_iter().filter(is_absent).map(str::to_owned).collect();
        let is_plain = |value: &Value| value.is_string() || value.is_number();
        let plain = object.iter().filter(|(_, value)| is_plain(value)).map(|(name, _)| name);
        let unused = UnusedFields::new(self, plain);
        FieldNotes { guessed, absent, unused }
    }

    /// Leaves named fields open that are not among `present`, where one with a usual name is; gives
    /// the names that they had.
    pub(super) fn free_absent(&mut self, present: &[String]) -> Vec<String> {
        let names = Names::new(present);
        self.spell(&names);
        let mut absent = Vec::new();
        for (slot, (_, usual)) in self.slots().into_iter().zip(USUAL) {
            let is_absent = |name: &mut String| {
                !names.has(name) && usual.iter().any(|usual| names.find(usual).is_some())
            };
            absent.extend(slot.take_if(is_absent));
        }
        absent
    }

    /// Leaves the field of the text open if it is not among `present`, by any spelling.
    pub(super) fn free_absent_text(&mut self, present: &[String]) -> bool {
        let names = Names::new(present);
        self.text.take_if(|name| names.find(name).is_none()).is_some()
    }

    fn guess_by(
        &mut self,
        find: impl Fn(&[&str], &'static str) -> Option<String>,
    ) -> Vec<GuessedField> {
        let mut guessed = Vec::new();
        for (slot, (field, usual)) in self.slots().into_iter().zip(USUAL) {
            if slot.is_none()
                && let Some(name) = find(usual, field)
            {
                guessed.push(GuessedField { field, name: name.clone() });
                *slot = Some(name);
            }
        }
        self.is_text_guessed |= guessed.iter().any(|guess| guess.field == "text");
        guessed
    }

    fn spell(&mut self, present: &Names<'_>) {
        let spell = |name: &mut String| {
            if !present.has(name)
                && let Some(spelled) = present.find(name)
            {
                name.clone_from(spelled);
            }
        };
        self.kept.iter_mut().for_each(spell);
        self.slots().into_iter().flatten().for_each(spell);
    }
}
