//! Does a model follow names or wording? The camps' names are swapped in texts that take no side.

use crate::camp::Camps;
use crate::model::Model;
use crate::text::ReadText;
use crate::training::Corpus;

/// How far scores move.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NameSwap {
    /// Mean distance of the scores of neutral texts from those of the same texts with the camps' names swapped.
    pub names: f64,
    /// Mean distance of the scores of members of contrast families from that of their neutral base, toward the camps that they take a
    /// side on.
    pub framing: f64,
}

impl NameSwap {
    /// How far names move the score, as a share of how far framing does.
    pub fn share(&self) -> f64 {
        self.names / self.framing
    }

    /// Measures `model` on the neutral texts and the contrast families of `corpus`; `None` without camps or families.
    pub fn of(corpus: &Corpus, model: &Model) -> Option<Self> {
        let camps = model.camps()?;
        let reader = model.reader();
        let scores = |read: &ReadText| -> Vec<f64> { model.probabilities(read).iter().map(|p| p[0] - p[2]).collect() };
        let (mut names, mut framing) = (Vec::new(), Vec::new());
        for (position, read) in corpus.read.iter().enumerate() {
            let family = corpus.families[position].as_ref();
            if corpus.labels[position].iter().all(|label| *label == Some(NEUTRAL)) {
                let swapped = scores(&reader.read_text(swapped(camps, read)));
                names.extend(scores(read).into_iter().zip(swapped).map(|(before, after)| (after - before).abs()));
            } else if let Some(base) = family.and_then(|family| corpus.ids.iter().position(|id| id == family)) {
                let sides = scores(read).into_iter().zip(scores(&corpus.read[base])).zip(&corpus.labels[position]);
                framing.extend(sides.filter(|(_, label)| **label != Some(NEUTRAL)).map(|((after, before), _)| (after - before).abs()));
            }
        }
        let mean = |moves: &[f64]| moves.iter().sum::<f64>() / moves.len() as f64;
        (!names.is_empty() && !framing.is_empty()).then(|| Self { names: mean(&names), framing: mean(&framing) })
    }
}

/// Position of neutral among the classes.
const NEUTRAL: usize = 1;

/// The text with each name of a camp replaced by one of the other camp; the nth name of the one by the nth of the other.
fn swapped(camps: &Camps, read: &ReadText) -> String {
    let names = |camp: usize| camps.camps[camp].aliases.iter().map(String::as_str).collect::<Vec<_>>();
    let (mut text, mut end) = (String::new(), 0);
    for (number, mention) in read.findings.mentions.iter().filter(|mention| mention.strong).enumerate() {
        let other = names(1 - mention.camp);
        let bytes = read.tokens[mention.tokens.start].span.start..read.tokens[mention.tokens.end - 1].span.end;
        if let Some(name) = other.get(number % other.len().max(1)) {
            text.push_str(&read.text[end..bytes.start]);
            text.push_str(name);
            end = bytes.end;
        }
    }
    text.push_str(&read.text[end..]);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Reader;

    #[test]
    fn names_are_swapped_in_their_places() {
        let camps = Camps::from_toml(include_str!("../../labeled/camps.toml")).unwrap();
        let read = Reader::of_camps(&camps).read_text("التقى حفتر وفدا، ثم زار السراج روما".to_owned());
        let [lna, gna] = [0, 1].map(|camp: usize| camps.camps[camp].aliases.clone());
        assert_eq!(swapped(&camps, &read), format!("التقى {} وفدا، ثم زار {} روما", gna[0], lna[1]));
    }
}
