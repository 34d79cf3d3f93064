//! Many scored articles → what can be said of the outlets that published them, and whether they are
//! still like those that the model was measured on.
//!
//! Lines that `mizan score` wrote are read back ([`scored`]) and added up ([`tally`]), exactly:
//! whatever the order, and on however many machines, between which sums are written down
//! ([`sums`]). What can be said of each outlet ([`summary`]) is its mean lean with an interval
//! ([`lean`]), that mean as far as it can be believed beside the other outlets ([`shrinkage`]), its
//! months, its most typical words ([`terms`]), and the articles that pull most ([`extremes`]).
//! Whether the articles have [`drift`]ed away is told by the model's own reference.

pub mod extremes;
pub mod lean;

pub mod shrinkage;
pub mod summary;
pub mod sums;
pub mod tally;
pub mod terms;
