//! Refuses labels toward camps whose articles are not about the conflict of the camps file: every
//! model would call them unrelated.

use anyhow::bail;

use crate::camp::Stance;
use crate::labels::LabelledSet;
use crate::scoring::counted;
use crate::text::isolate::plain;
use crate::text::listed::listed;
use crate::text::{TextReader, TextSettings};

/// Most articles that are named.
const MAX_NAMED: usize = 3;

/// Where the camps come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CampsOf {
    /// The program's own: a table has none.
    Program,
    /// The set's.
    Set,
}

/// Checks that at least half of the articles that take a side name something of the country.
pub fn check_on_topic(set: &LabelledSet, camps_of: CampsOf) -> anyhow::Result<()> {
    let is_side = |stance: &Stance| matches!(stance, Stance::Favor | Stance::Against);
    let sided: Vec<_> = set.articles.iter().filter(|one| one.stances.iter().any(is_side)).collect();
    let reader = TextReader::with_words(&set.camps, &TextSettings::default().own_words);
    let off_topic: Vec<&str> = sided
        .iter()
        .filter(|one| reader.read_article(&one.article).is_off_topic())
        .map(|one| one.article.id.as_str())
        .collect();
    if 2 * off_topic.len() <= sided.len() {
        return Ok(());
    }
    let called = |id: &&str| plain(set.rows.get(*id).map_or(*id, String::as_str));
    let mut named: Vec<String> = off_topic.iter().take(MAX_NAMED).map(called).collect();
    if off_topic.len() > named.len() {
        named.push(format!("{} more", off_topic.len() - named.len()));
    }
    let conflict = plain(&set.camps.conflict);
    let [first, second] = set.camps.ids();
    let cure = match camps_of {
        CampsOf::Program => format!(
            "A table is read with the camps of this program ({first} and {second}). If yours are \
             others, make a set with its own camps.toml: `mizan label my-set TABLE`, then write \
             your camps into my-set/camps.toml and their ids into the first line of \
             my-set/labels.csv, then `mizan labels --labeled my-set --import TABLE` and `mizan \
             train --labeled my-set -o m.safetensors`"
        ),
        CampsOf::Set => "Write what names it into `topic` of camps.toml (without `topic`, every \
                         article is about the conflict)"
            .to_owned(),
    };
    bail!(
        "{} of the {} that take a side name no camp, place or body that only the country of the \
         conflict {conflict} has ({}): every model would call them unrelated. {cure}",
        off_topic.len(),
        counted(sided.len(), "article"),
        listed(&named)
    )
}
