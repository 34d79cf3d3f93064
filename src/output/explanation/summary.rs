//! The verdict in one sentence for each camp: what both forms for people begin with.

use super::ExplainedArticle;
use crate::camp::Stance;
use crate::output::words::Words;
use crate::scoring::explanation::Explanation;
use crate::scoring::{Abstention, CampVerdict};

/// The verdict toward one camp, in words.
pub(in crate::output) struct CampSummary {
    /// The stance; `None` where it is uncertain.
    pub(in crate::output) stance: Option<Stance>,
    /// What the article does: `favours lna`.
    pub(in crate::output) does: String,
    /// What that hangs on: `decided by 2 of 14 sentences, probability 0.86`.
    pub(in crate::output) because: String,
}

/// One sentence for each camp; a single one where the article is not about the conflict.
pub(in crate::output) fn summaries(
    explained: &ExplainedArticle,
    explanation: &Explanation,
    words: &Words,
) -> Vec<CampSummary> {
    let (Ok(scores), verdict) = (&explained.record.scores, &explanation.verdict) else {
        return Vec::new();
    };
    if verdict.camps.iter().all(|camp| camp.stance == Stance::Unrelated && is_sure(camp)) {
        let because = if verdict.is_off_topic {
            words.say("explain.off_topic").to_owned()
        } else {
            words.fill("explain.probable", &[("p", &share(scores.unrelated))])
        };
        let does = words.say("explain.unrelated").to_owned();
        return vec![CampSummary { stance: Some(Stance::Unrelated), does, because }];
    }
    let parts = verdict.camps.iter().zip(&scores.camps);
    parts
        .map(|(camp, scored)| {
            let stance = is_sure(camp).then_some(camp.stance);
            let does = match stance {
                None => "explain.uncertain",
                Some(Stance::Favor) => "explain.favor",
                Some(Stance::Against) => "explain.against",
                Some(Stance::Neutral) => "explain.neutral",
                Some(Stance::Unrelated) => "explain.unrelated",
            };
            let does = words.fill(does, &[("camp", &scored.camp)]);
            let because = because(explanation, camp, scores.unrelated, words);
            CampSummary { stance, does, because }
        })
        .collect()
}

fn is_sure(camp: &CampVerdict) -> bool {
    camp.abstention.is_none()
}

fn because(explanation: &Explanation, camp: &CampVerdict, unrelated: f64, words: &Words) -> String {
    let p = share(match camp.stance {
        Stance::Favor => camp.sides.favor,
        Stance::Neutral => camp.sides.neutral,
        Stance::Against => camp.sides.against,
        Stance::Unrelated => unrelated,
    });
    if let Some(abstention) = &camp.abstention {
        let gaps = [
            ("why", &*why(abstention, words)),
            ("guess", words.stance(Some(camp.stance))),
            ("p", &p),
        ];
        return words.fill("explain.guess", &gaps);
    }
    let all = words.count(explanation.read.findings.voices.sentences.len(), "sentence");
    let some = camp.sentences.len().to_string();
    let gaps = [("some", some.as_str()), ("all", &all), ("p", &p)];
    let key = match (camp.stance, camp.sentences.len()) {
        (Stance::Unrelated, _) => "explain.probable",
        _ if !explanation.by_sentence => "explain.probable",
        (Stance::Neutral, _) => "explain.no_side",
        (_, 0) => "explain.undecided",
        _ => "explain.decided",
    };
    words.fill(key, &gaps)
}

/// Why the model abstains, in words.
fn why(abstention: &Abstention, words: &Words) -> String {
    match abstention {
        Abstention::Risk(stances) if stances.is_empty() => {
            words.fill("explain.risk", &[("stances", words.say("explain.anything"))])
        }
        Abstention::Risk(stances) => {
            let stances: Vec<&str> =
                stances.iter().map(|&stance| words.stance(Some(stance))).collect();
            words.fill("explain.risk", &[("stances", &stances.join(words.say("explain.or")))])
        }
        Abstention::UnknownWords { known, words: all } => {
            let [known, all] = [known, all].map(ToString::to_string);
            words.fill("explain.unknown", &[("known", &known), ("words", &all)])
        }
    }
}

/// A probability as it is written.
pub(in crate::output) fn share(probability: f64) -> String {
    format!("{probability:.2}")
}
