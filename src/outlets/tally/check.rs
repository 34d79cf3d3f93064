//! What holds of the sums of any articles: sums from a file that break it were not added up by
//! mizan, and adding them could leave the range of numbers.

use super::Tally;
use crate::outlets::sums::{OutletSums, ScoreSums};

/// Most articles of all sums together, so that no sum of millionths leaves its range.
pub const MAX_ARTICLES: u64 = 1_000_000_000_000;

/// One, in millionths.
const ONE: u64 = 1_000_000;

impl Tally {
    /// How many articles were added, if these may be sums of articles at all.
    ///
    /// # Errors
    /// What cannot be.
    pub fn n_checked(&self) -> Result<u64, &'static str> {
        let all = self.outlets.values().try_fold(0_u64, |all, sums| {
            all.checked_add(of_outlet(sums)?).filter(|all| *all <= MAX_ARTICLES).ok_or(TOO_MANY)
        })?;
        self.terms.check(all)?;
        if self.makers.n_articles().is_none_or(|made| made > all) {
            return Err("its models made more articles than there are");
        }
        Ok(all)
    }
}

const TOO_MANY: &str = "it counts more articles than there can be";

/// The number of articles of one outlet.
fn of_outlet(sums: &OutletSums) -> Result<u64, &'static str> {
    let add = |all: u64, more: u64| all.checked_add(more).filter(|all| *all <= MAX_ARTICLES);
    let groups = sums.events.values().flat_map(|months| months.values());
    let groups = groups.chain(sums.days.values()).chain([&sums.alone.sums]);
    let related = groups.clone().try_fold(0, |all, group| add(all, group.n)).ok_or(TOO_MANY)?;
    if !groups.clone().all(is_possible) {
        return Err("a sum of scores is beyond its number of articles");
    }
    let most = u128::from(sums.alone.sums.n) * u128::from(ONE) * u128::from(ONE);
    if sums.alone.squares.iter().any(|squares| *squares > most) {
        return Err("a sum of squares is beyond its number of articles");
    }
    for stances in &sums.stances {
        if stances.values().try_fold(0, |all, n| add(all, *n)) != Some(related) {
            return Err("its stances are not as many as its articles");
        }
    }
    if sums.uncertain > related || sums.unread_dates > related {
        return Err("it counts more of its articles than there are");
    }
    if !sums.extremes.are_possible() || !sums.sentences.are_possible() {
        return Err("an article has a lean, or a sentence a probability, that cannot be");
    }
    [sums.unrelated, sums.failed].into_iter().try_fold(related, add).ok_or(TOO_MANY)
}

fn is_possible(sums: &ScoreSums) -> bool {
    // At most MAX_ARTICLES times ONE, which is in range.
    sums.n <= MAX_ARTICLES && sums.sums.iter().all(|sum| sum.unsigned_abs() <= sums.n * ONE)
}
