//! The camp-relative view: each article once from either camp's side, so that the model applies to
//! any two rivals.

use super::memo::Memo;
use super::{Grouping, PassageTexts, TrainingParams, TrainingSet};
use crate::camp::Stance;
use crate::features::BlockSettings;
use crate::model::{Question, Task};
use crate::text::{AnalyzedText, Party};

/// The ids of the camps in the relative view: the camp whose side is taken, and the other.
const SIDES: [&str; 2] = ["self", "rival"];

impl TrainingSet {
    /// The camp-relative view: every article about the conflict twice, once from each camp's side.
    /// The names of that camp become `self`, those of the other `rival`; the one output is the
    /// stance toward `self`. `None` if the labels are not stances.
    #[must_use]
    pub fn relative(&self) -> Option<Self> {
        let Task::Stance(camps) = &self.task else { return None };
        let question = Question {
            name: "self".to_owned(),
            classes: Stance::SIDES.map(|side| side.to_string()).to_vec(),
        };
        let mut relative = Self {
            task: Task::Labels(vec![question]),
            ids: Vec::new(),
            keys: Vec::new(),
            texts: Vec::new(),
            labels: Vec::new(),
            deciding: Vec::new(),
            groupings: self
                .groupings
                .iter()
                .map(|grouping| Grouping { name: grouping.name.clone(), keys: Vec::new() })
                .collect(),
            families: Vec::new(),
            near_duplicates: Vec::new(),
            passages: PassageTexts::default(),
            own: None,
            text: self.text.clone(),
            rows: self.rows.clone(),
            hash: self.hash.clone(),
            lessons: self.lessons.clone(),
            stop: self.stop.clone(),
            memo: Memo::default(),
        };
        for (number, id) in camps.ids().into_iter().enumerate() {
            for (position, read) in self.texts.iter().enumerate() {
                let Some(class) =
                    self.labels[position][number].filter(|&class| class < Stance::SIDES.len())
                else {
                    continue;
                };
                relative.ids.push(format!("{} toward {id}", self.ids[position]));
                relative.keys.push(self.keys[position].clone());
                relative.texts.push(seen_from(number, read));
                relative.labels.push(vec![Some(class)]);
                relative.deciding.push(vec![self.deciding[position][number].clone()]);
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

/// The text from the side of the camp with this number.
fn seen_from(camp: usize, read: &AnalyzedText) -> AnalyzedText {
    let mut read = AnalyzedText { camps: SIDES.map(str::to_owned).into(), ..read.clone() };
    for mention in &mut read.findings.mentions {
        mention.party = match mention.party {
            Party::Camp(other) => Party::Camp(usize::from(other != camp)),
            Party::Ally(other) => Party::Ally(usize::from(other != camp)),
            third @ Party::Third(_) => third,
        };
    }
    read
}

/// The default parameters for the camp-relative view of `set`: the blocks that predict sides, for
/// its one head.
pub fn default_params(set: &TrainingSet) -> TrainingParams {
    let TrainingParams { blocks, alpha, .. } = TrainingParams::for_sides_by_article(set);
    let sides = blocks
        .into_iter()
        .filter(|block| block.heads.as_ref().is_none_or(|heads| !heads.contains(&0)));
    TrainingParams {
        blocks: sides.map(|block| BlockSettings { heads: None, ..block }).collect(),
        sentences: None,
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
