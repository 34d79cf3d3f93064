//! What was found and not read, by reason.

use std::collections::BTreeMap;
use std::fmt;

/// Most names that are told for one reason, and most reasons that are kept apart.
const MAX_NAMES: usize = 3;
const MAX_REASONS: usize = 20;

/// How many files, or parts of one, were not read, by reason, with a few of their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PassedOver {
    reasons: BTreeMap<String, (usize, Vec<String>)>,
}

impl PassedOver {
    /// Adds a file that is not read.
    pub fn add(&mut self, reason: impl Into<String>, name: &str) {
        let mut reason = reason.into();
        if self.reasons.len() >= MAX_REASONS && !self.reasons.contains_key(&reason) {
            "for other reasons".clone_into(&mut reason);
        }
        let (count, names) = self.reasons.entry(reason).or_default();
        *count += 1;
        if names.len() < MAX_NAMES {
            names.push(name.to_owned());
        }
    }

    /// Adds what was not read of a part.
    pub fn merge(&mut self, other: &Self) {
        for (reason, (count, names)) in &other.reasons {
            let (n, known) = self.reasons.entry(reason.clone()).or_default();
            *n += count;
            let room = MAX_NAMES.saturating_sub(known.len());
            known.extend(names.iter().take(room).cloned());
        }
    }

    /// Whether all was read.
    pub fn is_empty(&self) -> bool {
        self.reasons.is_empty()
    }

    /// How many were not read.
    pub fn n(&self) -> usize {
        self.reasons.values().map(|(count, _)| count).sum()
    }
}

impl fmt::Display for PassedOver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed over: ", self.n())?;
        let mut reasons: Vec<_> = self.reasons.iter().collect();
        reasons.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
        for (number, (reason, (count, names))) in reasons.into_iter().enumerate() {
            let separator = if number == 0 { "" } else { "; " };
            let more = if names.len() < *count { ", …" } else { "" };
            write!(f, "{separator}{count} {reason} ({}{more})", names.join(", "))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_have_counts_and_a_few_names() {
        let mut passed_over = PassedOver::default();
        assert!(passed_over.is_empty());
        for name in ["a.css", "b.css", "c.css", "d.css"] {
            passed_over.add("style sheets", name);
        }
        passed_over.add("hidden", ".x");
        assert_eq!(
            passed_over.to_string(),
            "5 passed over: 4 style sheets (a.css, b.css, c.css, …); 1 hidden (.x)"
        );
        (0..1_000).for_each(|n| passed_over.add(format!("reason {n}"), "x"));
        assert!(passed_over.n() == 1_005 && passed_over.to_string().len() < 1_000);
    }
}
