//! How to read a page of explanations.

use maud::{Markup, html};

use crate::camp::Camps;

/// The legend of a page.
pub(super) fn legend(camps: &Camps) -> Markup {
    let [first, second] = camps.ids();
    html! {
        footer.faint {
            h2 { "How to read this" }
            p {
                "Each camp (" (first) ", " (second) ") is judged apart. A word is marked for the \
                 side that it speaks for most: "
                mark.favor.d3 { "favor" } ", " mark.against.d3 { "against" } " or "
                mark.neutral.d3 { "neutral" }
                "; the deeper the colour, the more. The small number is the line of the table. \
                 A frame is around the sentences that decide the side. "
                i { "Faint and slanted" } " is what is quoted or told as somebody else’s, which \
                 does not count as the article’s own voice."
            }
            p {
                "The columns are calibrated logits: they add up to the sum, whose softmax are the \
                 probabilities below it – of the side taken "
                "if the article is about the conflict; the verdict’s are these, times the \
                 probability that it is, and the probability that it "
                "is not counts as neutral. The column “net …” is what was added to the side \
                 given, less what was added to the others on "
                "average: it is what the lines are ranked by. Where several features speak \
                 through the same words, they are taken together; "
                "where one stands in many places, each has an even part. Rounding is made up for \
                 in the line of all others."
            }
        }
    }
}
