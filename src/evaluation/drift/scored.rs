//! What drift needs to know of a scored article.

use crate::camp::StanceProbabilities;
use crate::model::Model;
use crate::scoring::{MIN_KNOWN, Verdict};

/// The risk at which an article is called uncertain.
pub const RISK: f64 = 0.1;

/// An article that was scored.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// Its id.
    pub id: String,
    /// Its outlet, if known.
    pub outlet: Option<String>,
    /// Its date, if known; it begins `YYYY-MM`.
    pub date: Option<String>,
    /// Share of its content words that the model knows, if known.
    pub known: Option<f64>,
    /// P(unrelated).
    pub unrelated: f64,
    /// The scores toward the camps.
    pub scores: [f64; 2],
    /// Whether the model is uncertain toward a camp, at a risk of [`RISK`].
    pub uncertain: bool,
    /// How near the second stance comes to the first toward a camp, the nearer of the two: 0 where
    /// it is sure, 1 where two fit as well.
    pub doubt: f64,
}

impl Scored {
    /// An article by its verdict.
    pub fn of(
        model: &Model,
        id: &str,
        (outlet, date): (Option<&str>, Option<&str>),
        verdict: &Verdict,
    ) -> Self {
        let sides = verdict.camps.each_ref().map(|camp| camp.sides);
        Self::of_sides(
            model,
            id,
            (outlet, date),
            sides,
            verdict.unrelated,
            Some(verdict.share_known()),
        )
    }

    /// An article by its probabilities, as a verdict or a line of `mizan score` tells them.
    pub fn of_sides(
        model: &Model,
        id: &str,
        (outlet, date): (Option<&str>, Option<&str>),
        sides: [StanceProbabilities; 2],
        unrelated: f64,
        known: Option<f64>,
    ) -> Self {
        let of_camp = |sides: StanceProbabilities| {
            vec![sides.favor, (sides.neutral - unrelated).max(0.0), sides.against, unrelated]
        };
        let probabilities = sides.map(of_camp).to_vec();
        let decided = model.task().decide(model.decisions(), &probabilities);
        let camps = || model.decisions().iter().zip(&probabilities);
        let doubts = camps().map(|(decision, p)| {
            let mut conformity = decision.conformity(p);
            conformity.sort_by(|a, b| b.total_cmp(a));
            1.0 - (conformity[0] - conformity[1])
        });
        let at_risk =
            camps().zip(&decided).any(|((decision, p), &class)| decision.set(p, RISK) != [class]);
        Self {
            id: id.to_owned(),
            outlet: outlet.map(str::to_owned),
            date: date.map(str::to_owned),
            known,
            unrelated,
            scores: sides.map(|sides| sides.score()),
            uncertain: at_risk || known.is_some_and(|known| known < MIN_KNOWN),
            doubt: doubts.fold(0.0, f64::max),
        }
    }

    /// Its month, `YYYY-MM`, if it has a date of that form.
    pub fn month(&self) -> Option<&str> {
        let month = self.date.as_deref()?.get(..7)?;
        let form = month
            .bytes()
            .enumerate()
            .all(|(at, byte)| if at == 4 { byte == b'-' } else { byte.is_ascii_digit() });
        form.then_some(month)
    }
}
