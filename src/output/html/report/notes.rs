//! Notes at the end: what the figures are, what they do not show, how they are made.

use maud::{Markup, html};

use super::View;
use crate::output::maker::VERSION;
use crate::output::report::makers;

/// The section of notes.
pub(super) fn section(view: View) -> Markup {
    let View { summary, words, .. } = view;
    let makers = makers(summary, words.say("page.comma"));
    let models = makers.as_deref().unwrap_or_else(|| words.say("report.unnamed_model"));
    let made = [("version", VERSION), ("models", models)];
    html! {
        footer {
            h2 { (words.say("report.notes")) }
            dl.faint {
                dt { (words.say("report.note_not_h")) }
                dd { (words.say("report.note_not")) }
                dt { (words.say("report.note_interval_h")) }
                dd { (words.say("report.note_interval")) }
                dt { (words.say("report.note_shrunken_h")) }
                dd { (words.say("report.note_shrunken")) }
                dt { (words.say("report.note_places_h")) }
                dd { (words.say("report.note_places")) }
                dt { (words.say("report.note_made_h")) }
                dd { (words.fill("report.note_made", &made)) }
                dt { (words.say("report.note_method_h")) }
                dd {
                    (words.say("report.note_method"))
                    @if let Some(overall) = &summary.overall {
                        @let tau = format!("{:.4}", overall.tau2);
                        " " (words.fill("report.note_tau", &[("tau", &tau)]))
                    }
                    @if summary.terms_sampled > 1 {
                        @let n = summary.terms_sampled.to_string();
                        " " (words.fill("report.note_sampled", &[("n", &n)]))
                    }
                }
            }
        }
    }
}
