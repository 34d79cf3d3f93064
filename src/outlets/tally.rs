//! Sums of scored articles that merge exactly.
//!
//! All sums are whole numbers, and all selections are by a total order. So articles may be added in
//! any order and on any number of machines, with the same result to the last bit. Sums can be
//! stored (serde, [`super::tally_file`]) and merged later.

mod check;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::makers::Makers;
use super::sums::OutletSums;
use super::terms::StanceTermCounts;
use crate::intake::outlet_name::one_name;
use crate::record::ScoreRecord;

pub use check::MAX_ARTICLES;

/// The sums of all outlets' scored articles.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Ids of the two camps, once an article with scores was added.
    pub camps: Option<[String; 2]>,
    /// By outlet; articles without an outlet are under the empty name.
    pub outlets: BTreeMap<String, OutletSums>,
    /// The terms that contributed to stances.
    pub terms: StanceTermCounts,
    /// Which models made the records; sums of version 0.1.0 do not tell it.
    #[serde(default)]
    pub makers: Makers,
}

/// Scores toward other camps than those before them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "it has scores toward {} and {}, those before it toward {} and {}: leans toward different \
     camps cannot be added",
    .other[0], .other[1], .camps[0], .camps[1]
)]
#[non_exhaustive]
pub struct OtherCamps {
    /// The camps so far.
    pub camps: [String; 2],
    /// The other camps.
    pub other: [String; 2],
}

impl Tally {
    /// Adds an article.
    ///
    /// # Errors
    /// When its scores are toward other camps; then nothing is added.
    pub fn add(&mut self, article: &ScoreRecord) -> Result<(), OtherCamps> {
        let outlet = &*one_name(article.outlet.as_deref().unwrap_or_default());
        if let Ok(scores) = &article.scores {
            let ids = || [0, 1].map(|camp| scores.camps[camp].camp.to_string());
            match &self.camps {
                Some(camps)
                    if scores.camps.iter().zip(camps).any(|(camp, id)| *camp.camp != **id) =>
                {
                    return Err(OtherCamps { camps: camps.clone(), other: ids() });
                }
                Some(_) => {}
                None => self.camps = Some(ids()),
            }
            if scores.is_related() {
                self.terms.add(outlet, scores);
            }
            self.makers.add(article);
        }
        match self.outlets.get_mut(outlet) {
            Some(sums) => sums.add(article),
            None => self.outlets.entry(outlet.to_owned()).or_default().add(article),
        }
        Ok(())
    }

    /// Adds the sums of another part.
    ///
    /// # Errors
    /// When its scores are toward other camps; then nothing is added.
    pub fn merge(&mut self, other: Self) -> Result<(), OtherCamps> {
        match (&self.camps, other.camps) {
            (Some(camps), Some(other)) if *camps != other => {
                return Err(OtherCamps { camps: camps.clone(), other });
            }
            (None, other) => self.camps = other,
            _ => {}
        }
        for (outlet, sums) in other.outlets {
            self.outlets.entry(outlet).or_default().merge(sums);
        }
        self.terms.merge(&other.terms);
        self.makers.merge(other.makers);
        Ok(())
    }
}

#[cfg(test)]
pub(super) mod tests;
