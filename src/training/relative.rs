//! The camp-relative view: each article once from either camp's side, so that what is learned holds
//! for any two rivals.

use super::{Corpus, Grid, Grouping, TrainingSettings};
use crate::camp::Stance;
use crate::features::BlockSettings;
use crate::model::{HeadId, Question, Task};
use crate::text::AnalyzedText;

/// What a text from one camp's side calls that camp and the other.
const SIDES: [&str; 2] = ["self", "rival"];

impl Corpus {
    /// Every article about the conflict twice: from the side of the first camp, whose names are
    /// `self` then and the other's `rival`, and from that of the second. There is one question, the
    /// stance toward `self`. `None` for a corpus without two camps.
    pub fn relative(&self) -> Option<Self> {
        let Task::Stance(camps) = &self.task else { return None };
        let question = Question {
            name: "self".to_owned(),
            classes: Stance::SIDES.map(|side| side.to_string()).to_vec(),
        };
        let mut relative = Self {
            task: Task::Labels(vec![question]),
            ids: Vec::new(),
            read: Vec::new(),
            labels: Vec::new(),
            groupings: self
                .groupings
                .iter()
                .map(|grouping| Grouping { name: grouping.name.clone(), keys: Vec::new() })
                .collect(),
            families: Vec::new(),
            links: Vec::new(),
            hash: self.hash.clone(),
        };
        for (number, id) in camps.ids().into_iter().enumerate() {
            for (position, read) in self.read.iter().enumerate() {
                let Some(class) =
                    self.labels[position][number].filter(|&class| class < Stance::SIDES.len())
                else {
                    continue;
                };
                relative.ids.push(format!("{} toward {id}", self.ids[position]));
                relative.read.push(seen_from(number, read));
                relative.labels.push(vec![Some(class)]);
                relative
                    .families
                    .push(self.families[position].as_ref().map(|family| format!("{family} {id}")));
                for (grouping, own) in relative.groupings.iter_mut().zip(&self.groupings) {
                    grouping.keys.push(own.keys[position].clone());
                }
            }
        }
        Some(relative)
    }
}

/// A text as the camp with this number sees it.
fn seen_from(camp: usize, read: &AnalyzedText) -> AnalyzedText {
    let mut read = AnalyzedText { camps: SIDES.map(str::to_owned).into(), ..read.clone() };
    for mention in &mut read.findings.mentions {
        mention.camp = usize::from(mention.camp != camp);
    }
    read
}

/// The usual settings for a corpus in the relative view: the blocks that tell sides, for its one
/// head.
pub fn usual(stances: &Corpus) -> TrainingSettings {
    let TrainingSettings { blocks, alpha } = Grid::usual(stances);
    let sides = blocks.into_iter().filter(|block| {
        block.heads.as_ref().is_none_or(|heads| !heads.contains(&HeadId::Relevance.index()))
    });
    TrainingSettings {
        blocks: sides.map(|block| BlockSettings { heads: None, ..block }).collect(),
        alpha,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::camp::Camps;
    use crate::features::framing::lexicon;
    use crate::text::TextReader;

    #[test]
    fn what_is_said_of_a_camp_is_said_of_self_from_its_side_and_of_the_rival_from_the_other() {
        let camps = Camps::from_toml(include_str!("../../labeled/camps.toml")).unwrap();
        let read = TextReader::with_camps(&camps)
            .read_text("تقدمت ميليشيات السراج نحو المدينة".to_owned());
        let terms = |camp| {
            lexicon(&seen_from(camp, &read)).into_iter().map(|(_, term)| term).collect::<Vec<_>>()
        };
        assert!(
            terms(1).contains(&"militia@self".to_owned())
                && terms(0).contains(&"militia@rival".to_owned())
        );
    }
}
