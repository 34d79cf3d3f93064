//! Which models and versions of mizan made the records that are added up.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::record::ScoreRecord;

/// Most makers that are counted, the first in their order; a hostile file may name a new one in
/// every line.
pub const MAX_MAKERS: usize = 100;

/// Most characters of a name.
const MAX_NAME: usize = 100;

/// A model and the version of mizan that scored with it; older records name neither.
type Maker = (Option<Arc<str>>, Option<Arc<str>>);

/// How many scored records each model and version made. Of the [`MAX_MAKERS`] that are kept the
/// counts are exact, however records were divided and merged: a maker that is dropped has so many
/// before it, and they stay.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<CountedMaker>", into = "Vec<CountedMaker>")]
pub struct Makers(BTreeMap<Maker, u64>);

/// One of the makers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountedMaker {
    /// Name and short checksum of the model.
    pub model: Option<String>,
    /// Version of mizan.
    pub version: Option<String>,
    /// How many records it made.
    pub articles: u64,
}

impl Makers {
    /// Counts the maker of a record that has scores.
    pub fn add(&mut self, record: &ScoreRecord) {
        if record.scores.is_ok() {
            self.count((cut(record.model.as_ref()), cut(record.version.as_ref())), 1);
        }
    }

    /// Adds the counts of other records.
    pub fn merge(&mut self, other: Self) {
        for (maker, n) in other.0 {
            self.count(maker, n);
        }
    }

    fn count(&mut self, maker: Maker, n: u64) {
        let count = self.0.entry(maker).or_default();
        *count = count.saturating_add(n);
        if self.0.len() > MAX_MAKERS {
            self.0.pop_last();
        }
    }

    /// The makers in order of their names.
    pub fn all(&self) -> impl ExactSizeIterator<Item = CountedMaker> {
        self.0.iter().map(|((model, version), n)| CountedMaker {
            model: model.as_deref().map(str::to_owned),
            version: version.as_deref().map(str::to_owned),
            articles: *n,
        })
    }

    /// How many records they made, or `None` beyond all numbers.
    pub(super) fn n_articles(&self) -> Option<u64> {
        self.0.values().try_fold(0_u64, |all, n| all.checked_add(*n))
    }
}

/// A name of a length that names have.
fn cut(name: Option<&Arc<str>>) -> Option<Arc<str>> {
    name.map(|name| match name.char_indices().nth(MAX_NAME) {
        Some((end, _)) => Arc::from(&name[..end]),
        None => Arc::clone(name),
    })
}

impl From<Vec<CountedMaker>> for Makers {
    fn from(counted: Vec<CountedMaker>) -> Self {
        let mut makers = Self::default();
        for CountedMaker { model, version, articles } in counted {
            let name = |name: Option<String>| cut(name.map(Arc::from).as_ref());
            makers.count((name(model), name(version)), articles);
        }
        makers
    }
}

impl From<Makers> for Vec<CountedMaker> {
    fn from(makers: Makers) -> Self {
        makers.all().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outlets::tally::tests::article;

    fn made_by(number: usize) -> ScoreRecord {
        let model = Some(Arc::from(format!("m@{number:04}")));
        ScoreRecord { model, ..article("a", "x", 0) }
    }

    #[test]
    fn whatever_a_file_names_little_is_kept_and_the_same_in_any_order() {
        let numbers: Vec<usize> = (0..3 * MAX_MAKERS).chain(0..10).collect();
        let (mut forward, mut parts) = (Makers::default(), [Makers::default(), Makers::default()]);
        for (at, number) in numbers.iter().enumerate() {
            forward.add(&made_by(*number));
            parts[at % 2].add(&made_by(numbers[numbers.len() - 1 - at]));
        }
        let [mut merged, other] = parts;
        merged.merge(other);
        assert_eq!(merged, forward);
        let counts: Vec<u64> = forward.all().map(|maker| maker.articles).collect();
        assert_eq!((counts.len(), counts[9], counts[10]), (MAX_MAKERS, 2, 1));
        let long = ScoreRecord { model: Some(Arc::from("m".repeat(1 << 20))), ..made_by(0) };
        forward.add(&long);
        assert!(serde_json::to_string(&forward).unwrap().len() < 10_000);
    }
}
