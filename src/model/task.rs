//! The task of a model: its outputs, its heads, and how labels and probabilities are converted
//! between them.
//!
//! An *output* is a question with classes, which articles are labelled for. A *head* is one
//! logistic regression ([`HeadId`]). For stances the outputs are the two camps, each with the
//! classes [`Stance::ALL`], and the heads are three: whether the article is about the conflict at
//! all (`relevance`, fitted on all articles), and the side taken toward each camp (fitted on those
//! that are). With
//! `u = P(unrelated)` and `q` the side probabilities of a camp's head, an output's probabilities
//! are `((1 − u)·q(favor), (1 − u)·q(neutral), (1 − u)·q(against), u)`. For labels of any other
//! kind, an output is a head.

use serde::{Deserialize, Serialize};

use super::{Decision, HeadId};
use crate::article::quoted::quoted;
use crate::camp::{Camps, Stance};
use crate::text::isolate::plain;
use crate::text::{TextReader, TextSettings};

/// A question with classes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its name: a camp, a target.
    pub name: String,
    /// Its classes, in the order of weights and probabilities.
    pub classes: Vec<String>,
}

/// The questions that a model answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Task {
    /// The stance toward each of two camps.
    Stance(Box<Camps>),
    /// Labels of any kind: one question for each target, or a single one.
    Labels(Vec<Question>),
}

/// The class of [`Stance::Unrelated`] in the outputs of a model of stances: the last of
/// [`Stance::ALL`].
pub const UNRELATED: usize = Stance::SIDES.len();

impl Task {
    /// The camps, if the task is about stances.
    pub fn camps(&self) -> Option<&Camps> {
        match self {
            Self::Stance(camps) => Some(camps),
            Self::Labels(_) => None,
        }
    }

    /// The outputs.
    pub fn outputs(&self) -> Vec<Question> {
        match self {
            Self::Stance(camps) => camps
                .ids()
                .map(|id| Question {
                    name: id.to_owned(),
                    classes: Stance::ALL.iter().map(|stance| stance.as_str().to_owned()).collect(),
                })
                .to_vec(),
            Self::Labels(questions) => questions.clone(),
        }
    }

    /// The heads.
    pub fn heads(&self) -> Vec<Question> {
        let head = |name: &str, classes: &[&str]| Question {
            name: name.to_owned(),
            classes: classes.iter().map(|&class| class.to_owned()).collect(),
        };
        match self {
            Self::Stance(camps) => {
                let sides = Stance::SIDES.map(Stance::as_str);
                let [first, second] = camps.ids();
                vec![
                    head("relevance", &["related", "unrelated"]),
                    head(first, &sides),
                    head(second, &sides),
                ]
            }
            Self::Labels(questions) => questions.clone(),
        }
    }

    /// The class of each head for an article with these labels, one per output; `None` where the
    /// head is not trained on the article.
    pub fn head_classes(&self, labels: &[Option<usize>]) -> Vec<Option<usize>> {
        match self {
            Self::Stance(_) => {
                let related =
                    labels.iter().flatten().next().map(|&label| usize::from(label == UNRELATED));
                let side = |label: &Option<usize>| label.filter(|&label| label != UNRELATED);
                std::iter::once(related).chain(labels.iter().map(side)).collect()
            }
            Self::Labels(_) => labels.to_vec(),
        }
    }

    /// Whether an article is off topic, given whether a name in it ties it to the conflict
    /// ([`crate::text::TextFindings`], `on_topic`). Nothing is where the camps file lists no names
    /// of the conflict's country, because the camps' names alone are not all that an article about
    /// the conflict may name.
    pub fn is_off_topic(&self, on_topic: bool) -> bool {
        !on_topic && self.camps().is_some_and(|camps| !camps.topic.is_empty())
    }

    /// The outputs' probabilities of an article, from those of the heads. This is the gate of
    /// relevance: an article that is off topic is unrelated for certain, whatever the heads say.
    /// Words of war are the same in every war, so the head of relevance, which knows words, cannot
    /// tell another country's war from this one.
    pub fn gated_probabilities(&self, on_topic: bool, heads: &[Vec<f64>]) -> Vec<Vec<f64>> {
        match self {
            Self::Stance(camps) if self.is_off_topic(on_topic) => {
                let unrelated =
                    |_| Stance::ALL.map(|stance| f64::from(stance == Stance::Unrelated));
                camps.ids().map(unrelated).map(Vec::from).to_vec()
            }
            _ => self.output_probabilities(heads),
        }
    }

    /// The outputs' probabilities if the article is on topic, from those of the heads.
    pub fn output_probabilities(&self, heads: &[Vec<f64>]) -> Vec<Vec<f64>> {
        match (self, heads) {
            (Self::Stance(_), [relevance, camps @ ..]) => {
                let unrelated = relevance[HeadId::UNRELATED];
                camps
                    .iter()
                    .map(|sides| {
                        sides
                            .iter()
                            .map(|side| (1.0 - unrelated) * side)
                            .chain([unrelated])
                            .collect()
                    })
                    .collect()
            }
            _ => heads.to_vec(),
        }
    }

    /// The class that each output decides for, given the outputs' probabilities. For stances it is
    /// the most probable one as people are shown them: an article is unrelated, to both camps, if
    /// that is at least as probable as not; otherwise what is left of "unrelated" takes no side and
    /// counts as neutral.
    pub fn decide(&self, decisions: &[Decision], probabilities: &[Vec<f64>]) -> Vec<usize> {
        let outputs = decisions.iter().zip(probabilities);
        if !matches!(self, Self::Stance(_)) {
            return outputs.map(|(decision, p)| decision.decide(p)).collect();
        }
        let fits: Vec<Vec<f64>> = outputs.map(|(decision, p)| decision.conformity(p)).collect();
        if fits.iter().all(|fit| fit[UNRELATED] >= 0.5) {
            return vec![UNRELATED; fits.len()];
        }
        let most_fitting = |fit: &Vec<f64>| {
            let [favor, against] = [fit[0], fit[2]];
            let neutral = fit[1] + fit[UNRELATED];
            if favor > neutral && favor >= against {
                0
            } else if against > neutral {
                2
            } else {
                1
            }
        };
        fits.iter().map(most_fitting).collect()
    }

    /// The classes of an output over which macro-F1 averages. `unrelated` is not one of them; a
    /// confusion with it counts as an error of the other class.
    pub fn averaged(&self, output: usize) -> std::ops::Range<usize> {
        match self {
            Self::Stance(_) => 0..Stance::SIDES.len(),
            Self::Labels(questions) => 0..questions[output].classes.len(),
        }
    }

    /// Whether all heads are fitted together and share one decision: several targets with the same
    /// classes.
    pub fn is_joint(&self) -> bool {
        matches!(self, Self::Labels(questions) if questions.len() > 1)
    }

    /// A reader of text for this task; for stances, one that knows the camps and the words that are
    /// added to the lexicon.
    pub fn reader(&self, text: &TextSettings) -> TextReader {
        match self {
            Self::Stance(camps) => TextReader::with_words(camps, &text.own_words),
            Self::Labels(_) => TextReader::plain(),
        }
    }

    /// Checks that the camps or the questions are valid.
    pub(crate) fn check(&self) -> Result<(), String> {
        match self {
            Self::Stance(camps) => camps.check().map_err(|error| error.to_string()),
            Self::Labels(questions) if questions.is_empty() => Err("it has no question".to_owned()),
            Self::Labels(questions) => {
                let is_single = |question: &&Question| question.classes.len() < 2;
                if let Some(question) = questions.iter().find(is_single) {
                    return Err(format!("{} has fewer than two classes", quoted(&question.name)));
                }
                // They are printed as they are.
                let mut names = questions
                    .iter()
                    .flat_map(|question| std::iter::once(&question.name).chain(&question.classes));
                match names.find(|name| plain(name) != **name) {
                    Some(name) => Err(format!("{} has characters that nobody sees", quoted(name))),
                    None => Ok(()),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_that_names_nothing_of_the_country_is_unrelated_whatever_the_heads_say() {
        let task = |text: &str| Task::Stance(Box::new(Camps::from_toml(text).unwrap()));
        let libya = task(include_str!("../../labeled/camps.toml"));
        let heads = [vec![1.0, 0.0], vec![1.0, 0.0, 0.0], vec![0.0, 0.0, 1.0]];
        let gated = libya.gated_probabilities(false, &heads);
        assert_eq!(gated, vec![vec![0.0, 0.0, 0.0, 1.0]; 2]);
        let decisions = vec![Decision::plain(4); 2];
        assert_eq!(libya.decide(&decisions, &gated), [UNRELATED; 2]);
        let open = libya.gated_probabilities(true, &heads);
        assert_eq!(open, libya.output_probabilities(&heads));
        // A file that lists no names of the country cannot tell.
        let camp = |id: &str| {
            format!("[[camp]]\nid = '{id}'\nname_en = ''\nname_ar = ''\naliases = ['{id}']\n")
        };
        let bare = task(&format!("conflict = 'x'\n{}{}", camp("a"), camp("b")));
        assert!(libya.is_off_topic(false) && !libya.is_off_topic(true));
        assert!(!bare.is_off_topic(false));
    }

    #[test]
    fn an_unrelated_article_teaches_no_side_and_takes_none() {
        let task = Task::Stance(Box::new(
            Camps::from_toml(include_str!("../../labeled/camps.toml")).unwrap(),
        ));
        assert_eq!(task.head_classes(&[Some(3), Some(3)]), [Some(1), None, None]);
        assert_eq!(task.head_classes(&[Some(0), Some(2)]), [Some(0), Some(0), Some(2)]);
        // As probable as not: unrelated. Less: what is left of it speaks for neutral.
        let plain = vec![Decision::plain(4); 2];
        let decide = |p: [f64; 4]| task.decide(&plain, &[p.to_vec(), vec![0.0, 0.5, 0.0, p[3]]])[0];
        assert_eq!(decide([0.4, 0.1, 0.0, 0.5]), UNRELATED);
        assert_eq!(decide([0.4, 0.2, 0.0, 0.4]), 1);
        assert_eq!(decide([0.7, 0.2, 0.0, 0.1]), 0);
        assert_eq!(decide([0.1, 0.2, 0.6, 0.1]), 2);
        let sides = vec![0.5, 0.25, 0.25];
        for (unrelated, favor) in [(0.0, 0.5), (0.5, 0.25), (1.0, 0.0)] {
            let outputs = task.output_probabilities(&[
                vec![1.0 - unrelated, unrelated],
                sides.clone(),
                sides.clone(),
            ]);
            assert!((outputs[0].iter().sum::<f64>() - 1.0).abs() < 1e-12);
            assert!(
                (outputs[0][0] - favor).abs() < 1e-12 && (outputs[1][3] - unrelated).abs() < 1e-12
            );
        }
    }
}
