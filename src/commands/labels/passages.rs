//! What the passages of a set are made of.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use super::MIN_AGREEMENT;
use crate::camp::Stance;
use crate::labels::agreement::agreements;
use crate::labels::duplicates::near_duplicates;
use crate::labels::{LabelledSet, Passages};
use crate::output::table::{self, Style};
use crate::text::isolate::plain;
use crate::text::listed::listed;

/// Prints how many passages there are, how far their annotators agree, and which of them repeat
/// another or an article; whether that is as it should be. Prints nothing if there are none.
pub fn report(out: &mut impl Write, set: &LabelledSet, style: Style) -> anyhow::Result<bool> {
    let Passages { texts: passages, annotations, rationales } = &set.passages;
    if passages.is_empty() {
        return Ok(true);
    }
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for passage in passages {
        *kinds.entry(&passage.kind).or_default() += 1;
    }
    let kinds: Vec<String> = kinds.iter().map(|(kind, n)| format!("{} {n}", plain(kind))).collect();
    writeln!(
        out,
        "Passages, which teach what sentences say: {} ({})",
        passages.len(),
        kinds.join(", ")
    )?;
    for (camp, id) in set.camps.ids().into_iter().enumerate() {
        let count = |stance: Stance| {
            let has = passages.iter().filter(|one| one.stances[camp] == stance).count();
            format!("{stance} {has}")
        };
        writeln!(out, "{id}: {}", Stance::SIDES.map(count).join(", "))?;
    }
    let marked: BTreeSet<(&str, usize, Stance)> =
        rationales.iter().map(|row| (row.article.as_str(), row.camp, row.stance)).collect();
    let sides = passages.iter().flat_map(|one| {
        let sides = one.stances.iter().enumerate();
        sides.map(|(camp, &stance)| (one.id.as_str(), camp, stance))
    });
    let sides: Vec<_> =
        sides.filter(|(.., side)| matches!(side, Stance::Favor | Stance::Against)).collect();
    let decided = sides.iter().filter(|side| marked.contains(side)).count();
    writeln!(
        out,
        "{decided} of {} sides have a deciding sentence; the others teach nothing",
        sides.len()
    )?;
    let agreements = agreements(&set.camps, annotations);
    writeln!(out, "{}\n", table::agreement(&agreements, MIN_AGREEMENT, style))?;
    let repeated = repeated(set);
    for group in &repeated {
        writeln!(out, "near-duplicates: {}", listed(group))?;
    }
    Ok(repeated.is_empty() && agreements.iter().all(|one| one.value >= MIN_AGREEMENT))
}

/// The groups of near-duplicates that a passage belongs to, by their ids.
fn repeated(set: &LabelledSet) -> Vec<Vec<String>> {
    let passages = &set.passages.texts;
    let articles = set.articles.iter().map(|one| one.article.full_text());
    let texts: Vec<String> = passages.iter().map(|one| one.text.clone()).chain(articles).collect();
    let id = |at: usize| match passages.get(at) {
        Some(passage) => plain(&passage.id),
        None => plain(&set.articles[at - passages.len()].article.id),
    };
    let groups = near_duplicates(&texts, |one, other| one.min(other) < passages.len());
    groups.into_iter().map(|group| group.into_iter().map(id).collect()).collect()
}
