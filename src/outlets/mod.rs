//! What scored articles say together of the outlets that published them.
//!
//! Records that `mizan score` wrote ([`crate::record`]) are added up in a [`tally`], exactly: in
//! any order and on any number of machines, between which sums travel as files ([`tally_file`]).
//! For each outlet, the [`summary`] gives its mean lean with an interval ([`lean`]), that mean
//! drawn toward the mean of all outlets ([`shrinkage`]), its months, its most typical words
//! ([`terms`]), the articles that pull most ([`extremes`]), and the sentences that decided its
//! surest articles ([`quotes`]).

pub mod extremes;
pub mod lean;
pub mod log_odds;
pub mod makers;
pub mod millionths;
pub mod quotes;
pub mod shrinkage;
pub mod summary;
pub mod sums;
pub mod tally;
pub mod tally_file;
pub mod terms;
