//! Articles and labels of other programs → the files of a set. Nothing that stands there is
//! changed.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::content::content;
use super::joining::{Pending, keep_what_stands, whole};
use super::{Exchanged, GivenLabel, Remark};
use crate::article::Article;
use crate::article::quoted::quoted;
use crate::engine::data_set::read_files;
use crate::intake::boilerplate;
use crate::labelling::answer::one_line;
use crate::labelling::session::{LABELS, RATIONALES, SessionError};
use crate::labelling::store::SetStore;
use crate::labelling::taking_in::{MAX_ARTICLES, MAX_TEXT, Register, TakenIn};
use crate::labelling::writing::{add_rows, label_row, locked, mark_row};
use crate::labels::LabelAggregation;
use crate::labels::articles::is_date;
use crate::text::isolate::plain;

/// Longest name of an annotator, in characters.
const MAX_NAME: usize = 60;

/// What was brought into a set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BroughtIn {
    /// Number of articles that are new.
    pub n_new_articles: usize,
    /// Number of records whose article was there.
    pub n_known_articles: usize,
    /// Number of new labels, by annotator.
    pub n_labels: BTreeMap<String, usize>,
    /// Number of labels that were there.
    pub n_known_labels: usize,
    /// Number of new marked sentences.
    pub n_marks: usize,
    /// The ids that a set has others for, by what came: an id is the name of a file, and a text
    /// that was there keeps its own.
    pub other_ids: BTreeMap<String, String>,
    /// What was left out.
    pub remarks: Vec<Remark>,
}

/// An article's id and an annotator's name.
type Key = (String, String);

/// What is there, and what comes in.
#[derive(Default)]
struct Inbox {
    camps: [String; 2],
    register: Register,
    /// The text of each article, by id.
    texts: BTreeMap<String, String>,
    /// The labels of the set.
    labels: BTreeMap<Key, GivenLabel>,
    /// The labels that come in, in order, and where each stands among them.
    pending: Vec<(Key, Pending)>,
    places: BTreeMap<Key, usize>,
    new_files: Vec<(String, String)>,
    brought: BroughtIn,
}

/// Adds articles and labels to a set. A label of nobody is `annotator`'s.
///
/// # Errors
/// When the set cannot be read or written. What was written until then stays: articles come first,
/// then marks, then labels.
pub fn bring_in(
    store: &dyn SetStore,
    found: Vec<Exchanged>,
    annotator: &str,
) -> Result<BroughtIn, SessionError> {
    let _lock = locked(store)?;
    let files = read_files(store, LabelAggregation::Majority)?;
    let broken = |error: &dyn std::fmt::Display| SessionError::Broken(error.to_string());
    let (camps, there) = content(&files).map_err(|error| broken(&error))?;
    let mut inbox = Inbox { camps: camps.ids().map(str::to_owned), ..Inbox::default() };
    for one in there {
        inbox.know(one);
    }
    for one in found {
        inbox.take(one, annotator)?;
    }
    let [labels, marks] = inbox.rows();
    for (name, content) in &inbox.new_files {
        store
            .replace(name, content.as_bytes())
            .map_err(|source| SessionError::Io { name: store.full_name(name), source })?;
    }
    let camps = camps.ids();
    add_rows(store, RATIONALES, camps, &marks)?;
    add_rows(store, LABELS, camps, &labels)?;
    Ok(inbox.brought)
}

impl Inbox {
    /// Notes what is there.
    fn know(&mut self, Exchanged { article, labels, .. }: Exchanged) {
        self.register.add(&article);
        self.texts.insert(article.id.clone(), article.full_text());
        for label in labels {
            let by = label.annotator.clone().unwrap_or_default();
            self.labels.insert((article.id.clone(), by), label);
        }
    }

    fn tell(&mut self, place: &str, message: impl Into<String>) {
        self.brought.remarks.push(Remark::new(place, message));
    }

    /// Takes in an article and its labels.
    fn take(&mut self, one: Exchanged, annotator: &str) -> Result<(), SessionError> {
        let Exchanged { place, article, is_own_id, labels } = one;
        let Some(id) = self.take_article(&place, article, is_own_id)? else { return Ok(()) };
        for label in labels {
            let by = label.annotator.clone().unwrap_or_else(|| annotator.to_owned());
            let by = by.trim().to_owned();
            if by.is_empty() || by.chars().count() > MAX_NAME || plain(&by) != by {
                self.tell(&place, format!("{} is no name of an annotator: left out", quoted(&by)));
                continue;
            }
            let key = (id.clone(), by);
            match self.places.entry(key.clone()) {
                Entry::Vacant(vacant) => {
                    vacant.insert(self.pending.len());
                    self.pending.push((key, Pending::new(&place, label)));
                }
                Entry::Occupied(at) => {
                    let (key, first) = &mut self.pending[*at.get()];
                    if let Err(problem) = first.join(label) {
                        let message = format!(
                            "the label of {} for {} is another than at {}: {problem}; both are \
                             left out: keep one",
                            quoted(&key.1),
                            quoted(&id),
                            first.place
                        );
                        self.tell(&place, message);
                    }
                }
            }
        }
        Ok(())
    }

    /// The id that an article has in the set; `None` if it is left out.
    fn take_article(
        &mut self,
        place: &str,
        mut article: Article,
        is_own_id: bool,
    ) -> Result<Option<String>, SessionError> {
        boilerplate::clean(&mut article);
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        if is_own_id && let Some(text) = self.texts.get(&article.id) {
            if words(text) == words(&article.full_text()) {
                self.brought.n_known_articles += 1;
                return Ok(Some(article.id));
            }
            let message = format!(
                "its text is not that of {} in the set: left out; give it another id to take it \
                 in",
                quoted(&article.id)
            );
            self.tell(place, message);
            return Ok(None);
        }
        let own = is_own_id.then(|| article.id.clone());
        if is_own_id {
            // An id is the name of a file without folder and ending: one that has none is kept
            // whole. An address is cut as it is elsewhere.
            if !article.id.contains("://") {
                article.id = article.id.replace(['/', '\\'], "-");
            }
            article.id += ".txt";
        }
        let taken = self.register.take_in(article);
        if let (TakenIn::New { id, .. } | TakenIn::Known(id), Some(own)) = (&taken, own)
            && *id != own
        {
            self.brought.other_ids.insert(own, id.clone());
        }
        match taken {
            TakenIn::New { name, content, id } => {
                let filed = Article::from_labelled(&content).unwrap_or_default();
                self.texts.insert(id.clone(), filed.full_text());
                self.new_files.push((name, content));
                self.brought.n_new_articles += 1;
                Ok(Some(id))
            }
            TakenIn::Known(id) => {
                self.brought.n_known_articles += 1;
                Ok(Some(id))
            }
            TakenIn::TooLong => {
                self.tell(place, format!("it is longer than {MAX_TEXT} bytes: left out"));
                Ok(None)
            }
            TakenIn::TooMany => Err(SessionError::Invalid(format!(
                "{place}: a set has at most {MAX_ARTICLES} articles"
            ))),
        }
    }

    /// The new rows of labels and of marks.
    fn rows(&mut self) -> [Vec<Vec<String>>; 2] {
        let mut rows = [Vec::new(), Vec::new()];
        for ((id, by), pending) in std::mem::take(&mut self.pending) {
            let Pending { place, mut label, is_conflicting } = pending;
            if is_conflicting {
                continue;
            }
            let stances = match whole(label.stances, [&self.camps[0], &self.camps[1]]) {
                Ok(stances) => stances,
                Err(problem) => {
                    self.tell(
                        &place,
                        format!("{problem}: the label of {} is left out", quoted(&by)),
                    );
                    continue;
                }
            };
            label.stances = stances.map(Some);
            let text = self.texts.get(&id).map_or("", String::as_str);
            let mut remarks = Vec::new();
            keep_what_stands(&mut label.marks, text, |problem| remarks.push(problem));
            for problem in remarks {
                self.tell(&place, problem);
            }
            if let Some(known) = self.labels.get(&(id.clone(), by.clone())) {
                let is_same = known.stances == label.stances;
                let is_marked_so = known.marks == label.marks || label.marks.is_empty();
                let (by, id) = (quoted(&by), quoted(&id));
                let problem = if is_same {
                    self.brought.n_known_labels += 1;
                    if is_marked_so {
                        continue;
                    }
                    format!("{by} has marked {id} otherwise in the set: those marks stay")
                } else {
                    format!(
                        "{by} has labelled {id} otherwise in the set: that label stays; take \
                         its row out of {LABELS} to bring in this one"
                    )
                };
                self.tell(&place, problem);
                continue;
            }
            if !label.date.is_empty() && !is_date(&label.date) {
                let message =
                    format!("{} is no day as YYYY-MM-DD: it is left out", quoted(&label.date));
                self.tell(&place, message);
                label.date.clear();
            }
            rows[0].push(label_row(&id, &by, stances, &label.date, &one_line(&label.note)));
            let camps = [self.camps[0].as_str(), self.camps[1].as_str()];
            self.brought.n_marks += label.marks.len();
            rows[1].extend(label.marks.iter().map(|mark| {
                let part = (mark.sentence.as_str(), mark.expressions.as_slice());
                mark_row(&id, &by, (camps[mark.camp], mark.stance), part)
            }));
            *self.brought.n_labels.entry(by).or_default() += 1;
        }
        rows
    }
}
