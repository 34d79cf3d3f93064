//! Axes of leans: symmetric about 0, as long as the data need, with round ticks.

/// The ends of axes, each with the distance of its ticks.
///
/// The shortest is twice [`crate::outlets::lean::MIN_CLEAR`]: a chart of outlets that take no
/// side must not look as if they did.
const ENDS: [(f64, f64); 7] =
    [(0.2, 0.1), (0.3, 0.1), (0.4, 0.2), (0.5, 0.25), (0.6, 0.2), (0.8, 0.4), (1.0, 0.5)];

/// An axis from `-end` to `end`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Axis {
    /// Its largest lean.
    pub(super) end: f64,
    step: f64,
}

impl Axis {
    /// The shortest axis that holds all of `leans`.
    pub(super) fn with_room_for(leans: impl Iterator<Item = f64>) -> Self {
        let most = leans.fold(0.0, |most: f64, lean| most.max(lean.abs()));
        let [.., last] = ENDS;
        let (end, step) = ENDS.into_iter().find(|&(end, _)| most <= end).unwrap_or(last);
        Self { end, step }
    }

    /// The leans at its ticks, from the smallest to the largest.
    pub(super) fn ticks(self) -> impl Iterator<Item = f64> {
        let numbers = [-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0];
        let round = |lean: f64| (100.0 * lean).round() / 100.0;
        let ticks = numbers.into_iter().map(move |number| round(number * self.step));
        ticks.filter(move |lean| lean.abs() <= self.end)
    }

    /// The place of a lean in percent: the second camp's end is at 3, the first camp's at 97.
    pub(super) fn across(self, lean: f64) -> f64 {
        50.0 + 47.0 * (lean / self.end).clamp(-1.0, 1.0)
    }

    /// Whether a lean is on it.
    pub(super) fn holds(self, lean: f64) -> bool {
        lean.abs() <= self.end
    }
}

/// The label of a tick.
pub(super) fn label(lean: f64) -> String {
    if lean == 0.0 { "0".to_owned() } else { format!("{lean:+}").replace('-', "−") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_is_as_long_as_the_data_need_and_has_round_ticks() {
        let labels = |most: f64| -> Vec<String> {
            Axis::with_room_for([most, -0.01].into_iter()).ticks().map(label).collect()
        };
        assert_eq!(labels(0.04), ["−0.2", "−0.1", "0", "+0.1", "+0.2"]);
        assert_eq!(labels(-0.27), ["−0.3", "−0.2", "−0.1", "0", "+0.1", "+0.2", "+0.3"]);
        assert_eq!(labels(0.55), ["−0.6", "−0.4", "−0.2", "0", "+0.2", "+0.4", "+0.6"]);
        assert_eq!(labels(0.9), ["−1", "−0.5", "0", "+0.5", "+1"]);
        let axis = Axis::with_room_for([0.2].into_iter());
        let places = [-0.2, 0.0, 0.2, 7.0].map(|lean| format!("{:.1}", axis.across(lean)));
        assert_eq!(places, ["3.0", "50.0", "97.0", "97.0"]);
    }
}
