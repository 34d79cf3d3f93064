//! The articles that are asked for by their ids.

use std::collections::BTreeMap;

use crate::article::quoted::quoted;
use crate::commands::terminal;
use crate::text::isolate::plain;

/// The ids that are asked for, each with whether an article has it. Without ids all are asked for.
#[derive(Debug)]
pub(super) struct Picked(BTreeMap<String, bool>);

impl Picked {
    pub(super) fn new(ids: &[String]) -> Self {
        Self(ids.iter().map(|id| (id.clone(), false)).collect())
    }

    /// Whether this article is asked for.
    pub(super) fn takes(&mut self, id: &str) -> bool {
        self.0.get_mut(id).map(|is_found| *is_found = true).is_some() || self.0.is_empty()
    }

    /// Tells the ids that no article has; returns whether there are any.
    pub(super) fn tell_missing(&self) -> bool {
        let missing = self.0.iter().filter(|(_, is_found)| !**is_found).map(|(id, _)| plain(id));
        let mut is_any = false;
        for id in missing {
            is_any = true;
            terminal::tell(&format!(
                "no article has the id {}; `mizan score` prints the ids",
                quoted(&id)
            ));
        }
        is_any
    }
}
