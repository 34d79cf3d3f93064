//! Which articles to label first.

use std::collections::BTreeMap;

use super::DriftInput;

/// The articles whose labels would teach the model most, at most `top`, the first first. An
/// article's worth is how near its second stance comes to the first (margin sampling; Settles 2009,
/// "Active Learning Literature Survey", section 3.1) times its share of unknown words (half of
/// them, where that is not known), and it is divided by one more than the articles of its outlet
/// that were chosen before it.
pub fn to_label(scored: &[DriftInput], top: usize) -> Vec<(&DriftInput, f64)> {
    let worth =
        |scored: &DriftInput| scored.ambiguity * scored.known.map_or(0.5, |known| 1.0 - known);
    let mut left: Vec<(&DriftInput, f64)> =
        scored.iter().map(|scored| (scored, worth(scored))).collect();
    left.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.id.cmp(&b.0.id)));
    let mut chosen: Vec<(&DriftInput, f64)> = Vec::new();
    let mut of_outlet: BTreeMap<Option<&str>, f64> = BTreeMap::new();
    while chosen.len() < top && !left.is_empty() {
        let share = |scored: &DriftInput, worth: f64| match &scored.outlet {
            Some(outlet) => {
                worth / (1.0 + of_outlet.get(&Some(outlet.as_str())).copied().unwrap_or(0.0))
            }
            None => worth,
        };
        // The first of equals; `left` stays in its order.
        let mut best = (0, f64::NEG_INFINITY);
        for (at, (scored, worth)) in left.iter().enumerate() {
            let share = share(scored, *worth);
            if share > best.1 {
                best = (at, share);
            }
            // What follows is worth no more even undivided.
            if *worth <= best.1 {
                break;
            }
        }
        let (scored, worth) = left.remove(best.0);
        *of_outlet.entry(scored.outlet.as_deref()).or_default() += 1.0;
        chosen.push((scored, worth));
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scored(id: &str, outlet: Option<&str>, doubt: f64, known: Option<f64>) -> DriftInput {
        let outlet = outlet.map(str::to_owned);
        DriftInput {
            id: id.to_owned(),
            outlet,
            date: None,
            known,
            unrelated: 0.0,
            scores: [0.0; 2],
            uncertain: false,
            ambiguity: doubt,
        }
    }

    #[test]
    fn doubtful_unknown_articles_of_many_outlets_come_first() {
        let articles = [
            scored("sure", Some("x"), 0.0, Some(0.1)),
            scored("known", Some("x"), 1.0, Some(0.9)),
            scored("first", Some("x"), 0.9, Some(0.5)),
            scored("second", Some("x"), 0.8, Some(0.5)),
            scored("other", Some("y"), 0.6, Some(0.5)),
            scored("untold", None, 0.5, None),
        ];
        let ids = |top: usize| {
            to_label(&articles, top)
                .into_iter()
                .map(|(scored, _)| scored.id.as_str())
                .collect::<Vec<_>>()
        };
        // Worth 0.45, 0.40, 0.30, 0.25, 0.10, 0; the second of x counts half.
        assert_eq!(ids(9), ["first", "other", "untold", "second", "known", "sure"]);
        assert_eq!(ids(2), ["first", "other"]);
    }
}
