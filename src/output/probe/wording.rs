//! The names of metrics and the sentences on results of probes.

use crate::evaluation::probe::{MAX_SHARE, Probe, ProbeMetricKind as Kind, ProbeResult};

/// The name of a metric in a table.
pub(super) fn label(kind: Kind) -> &'static str {
    match kind {
        Kind::NameShare => "name-swap share",
        Kind::NameShareNeutral => "… in neutral texts",
        Kind::NameSharePartisan => "… in partisan texts",
        Kind::NameShareNamesAlone => "… camps' own names alone",
        Kind::Mirrored => "framing that follows its target",
        Kind::DistanceFromMirror => "distance from the mirror image",
        Kind::NamesToFraming => "names, as a share of framing",
        Kind::QuotationShare => "mean movement",
        Kind::QuotationShareP95 => "95th percentile",
        Kind::StancesChanged => "stances that change",
        Kind::TextShare => "signed in the text",
        Kind::TextShareP95 => "… 95th percentile",
        Kind::TextSwapShare => "another name in the text",
        Kind::HeaderShift => "header field",
    }
}

/// A sentence on what a result means.
pub(super) fn sentence(result: &ProbeResult) -> String {
    let share = |kind: Kind| percent(result.value(kind));
    match result.probe {
        Probe::Names => {
            let means = if result.holds {
                "it does not follow names"
            } else {
                "that is more than a fifth: it follows names"
            };
            let far = if result.value(Kind::DistanceFromMirror) > MAX_SHARE {
                ", more than a fifth"
            } else {
                ""
            };
            format!(
                "When the camps change names, scores move by {} of their spread beyond what \
                 wording explains: {means}. From their mirror images they end {} of the spread \
                 away{far}: {} of the framing follows the name that it stands by, the rest is \
                 tied to no name.",
                share(Kind::NameShare),
                share(Kind::DistanceFromMirror),
                share(Kind::Mirrored)
            )
        }
        Probe::Quotations => {
            let means = if result.holds {
                "it judges the own voice"
            } else {
                "that is more than a fifth: it judges what others say"
            };
            format!(
                "Without quoted and attributed speech, scores move by {} of their spread and {} \
                 of the stances change: {means}.",
                share(Kind::QuotationShare),
                share(Kind::StancesChanged)
            )
        }
        Probe::Outlets => {
            let means =
                if result.holds { "it does not know newsrooms" } else { "it follows the newsroom" };
            let header = if result.value(Kind::HeaderShift).abs() < f64::EPSILON {
                "The outlet's name in the header moves nothing"
            } else {
                "The outlet's name in the header moves scores"
            };
            format!(
                "{header}; signed in the text, it moves scores by {} of their spread: {means}.",
                share(Kind::TextShare)
            )
        }
    }
}

/// A share in a sentence.
fn percent(share: f64) -> String {
    match 100.0 * share {
        percent if !percent.is_finite() => "an unknown share".to_owned(),
        percent if percent < 9.95 => format!("{percent:.1} %"),
        percent => format!("{percent:.0} %"),
    }
}
