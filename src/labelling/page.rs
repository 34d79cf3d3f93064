//! The page: what does not change while articles come and go. The script (`label.js`) fills it.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::choice::Order;
use crate::camp::{Camp, Camps, Stance};
use crate::text::isolate::visible;
use crate::text::lexicon::LEXICON;

/// A key of the page: where it lies on the keyboard, what stands on it, and what it does.
struct Key {
    code: &'static str,
    cap: &'static str,
    does: &'static str,
}

const fn key(code: &'static str, cap: &'static str, does: &'static str) -> Key {
    Key { code, cap, does }
}

/// The keys besides those of the stances.
const KEYS: [Key; 15] = [
    key("Digit7", "7", "unrelated: not about the conflict"),
    key("Enter", "Enter", "save; then, next"),
    key("KeyZ", "Z", "undo: take your last label back"),
    key("KeyS", "S", "skip: this article comes again at the end"),
    key("KeyN", "N", "write a note; Esc leaves it"),
    key("ArrowLeft", "←", "next word"),
    key("ArrowRight", "→", "word before"),
    key("ArrowDown", "↓", "next sentence"),
    key("ArrowUp", "↑", "sentence before"),
    key("Space", "Space", "first word, then last word of an expression that decides"),
    key("KeyX", "X", "mark the sentence, or unmark it"),
    key("KeyM", "M", "mark for the other camp"),
    key("KeyF", "F", "reported speech faint, or not"),
    key("KeyC", "C", "the codebook"),
    key("KeyH", "H", "these keys"),
];

/// The page of a session: who labels, what the camps are, and the codebook in Markdown.
pub fn page(camps: &Camps, annotator: &str, codebook: &str) -> String {
    let [first, second] = &camps.camps;
    let camps = [first, second];
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "mizan label" }
                link rel="icon" href="data:,";
                link rel="stylesheet" href="/label.css";
                script src="/label.js" defer {}
            }
            body {
                (header(annotator))
                section aria-label="what comes next" { p id="order-help" {} }
                div id="problems" role="alert" hidden {}
                main {
                    p id="about" {}
                    div id="text" lang="ar" dir="rtl" {}
                    section id="side-by-side" aria-label="labels that differ" hidden {}
                    section id="opinion" aria-label="the model’s opinion" hidden {}
                }
                footer {
                    p id="status" role="status" {}
                    (panel(camps))
                }
                (dialog("codebook", "Codebook", &markdown(codebook)))
                (dialog("keys", "Keys", &keys(camps.map(|camp| camp.id.as_str()))))
                (dialog("progress", "Progress", &html! { div id="figures" {} }))
                (dialog("training", "Train a model of your labels", &html! {
                    p { "Trains on your labels together with the set of this program, where it \
                        has the same camps; then each of yours counts as often as is best on \
                        outlets of yours that are held out. It takes minutes; go on labelling \
                        meanwhile. The figures are those of your own articles that were held out; \
                        they are honest only as far as you labelled articles at random." }
                    p id="training-state" role="status" {}
                    div.go {
                        @for request in ["start", "cancel", "keep", "drop"] {
                            button type="button" data-train=(request) { (request) }
                        }
                    }
                    pre id="report" tabindex="0" {}
                }))
                (dialog("words", "Words of your articles that judge", &words()))
                (dialog("disagreements", "Where annotators differ", &html! {
                    p { "You see the labels of others here. Read blind first: settle only what you \
                        do not mean to label yourself." }
                    ul id="disputes" {}
                }))
            }
        }
    }
    .into_string()
}

/// The bar above: what comes next, and what opens.
fn header(annotator: &str) -> Markup {
    html! {
        header {
            h1 { "mizan " b { "label" } }
            p { bdi dir="auto" { (visible(annotator)) } }
            label.order { span { "Next: " } select id="order" {
                @for order in Order::ALL {
                    option value=(order.name()) title=(order.help()) { (order_name(order)) }
                }
            } }
            label.tick { input type="checkbox" id="by-outlet"; " outlets in turn" }
            nav {
                button type="button" id="open-disagreements" {
                    "Differences " span id="disputed" { "0" }
                }
                button type="button" id="open-progress" { "Progress" }
                button type="button" id="open-words" { "Words" }
                button type="button" id="open-training" { "Train" }
                button type="button" id="open-codebook" aria-keyshortcuts="C" { "Codebook" }
                button type="button" id="open-keys" aria-keyshortcuts="H" { "Keys" }
            }
            div id="bar" role="progressbar" aria-label="articles labelled" aria-valuemin="0"
                aria-valuemax="100" aria-valuenow="0" { div {} }
        }
    }
}

/// The form of a label.
fn panel(camps: [&Camp; 2]) -> Markup {
    html! {
        form id="panel" autocomplete="off" aria-label="label" {
            @for (number, camp) in camps.iter().enumerate() {
                fieldset class=(["first", "second"][number]) {
                    legend {
                        b { (camp.id) } " " bdi lang="ar" { (visible(&camp.name_ar)) }
                    }
                    div.stances {
                        @for (at, stance) in Stance::SIDES.into_iter().enumerate() {
                            @let cap = 3 * number + at + 1;
                            button type="button" data-camp=(number)
                                data-stance=(stance) aria-pressed="false"
                                aria-keyshortcuts=(cap) {
                                kbd { (cap) } " " (stance) " "
                                span lang="ar" { (arabic(stance)) }
                            }
                        }
                    }
                }
            }
            div.row {
                div.more {
                    button type="button" id="unrelated" aria-pressed="false"
                        aria-keyshortcuts="7" {
                        kbd { "7" } " unrelated "
                        span lang="ar" { (arabic(Stance::Unrelated)) }
                    }
                    button type="button" id="mark-for" aria-keyshortcuts="M" {
                        "marking for " b id="mark-camp" {}
                    }
                    button type="button" id="faint" aria-pressed="true"
                        aria-keyshortcuts="F" { "reported faint" }
                }
                label.note { span id="note-label" { "Note" }
                    textarea id="note" rows="1" maxlength="1900" dir="auto" {}
                }
            }
            div.go {
                button type="button" id="undo" aria-keyshortcuts="Z" { "Undo" }
                button type="button" id="skip" aria-keyshortcuts="S" { "Skip" }
                button type="submit" id="save" aria-keyshortcuts="Enter" { "Save" }
            }
        }
    }
}

fn order_name(order: Order) -> &'static str {
    match order {
        Order::Random => "at random",
        Order::Uncertain => "most uncertain",
        Order::Unlike => "most unlike what is labelled",
        Order::Second => "second reading, blind",
        Order::Disagreed => "second reading of doubtful ones",
    }
}

fn arabic(stance: Stance) -> &'static str {
    match stance {
        Stance::Favor => "مؤيد",
        Stance::Neutral => "محايد",
        Stance::Against => "معارض",
        Stance::Unrelated => "خارج الموضوع",
    }
}

fn dialog(id: &str, title: &str, body: &Markup) -> Markup {
    html! {
        dialog id=(id) aria-labelledby={ (id) "-title" } {
            div.head {
                h2 id={ (id) "-title" } { (title) }
                button type="button" data-close=(id) { "Close" }
            }
            div.body tabindex="0" { (body) }
        }
    }
}

/// What can be done with a candidate, and by which key.
const WORD_KEYS: [(&str, &str); 4] =
    [("accept", "A"), ("refuse", "R"), ("skip", "S"), ("undo", "Z")];

/// Candidates for the lexicon, one at a time.
fn words() -> Markup {
    html! {
        p { "Words that stand beside praising and hostile words of the lexicon, and more often \
            than in plain news. Names pass these tests, too: read the places. What you accept goes \
            into lexicon.toml of the set, which training uses." }
        p id="word-warning" {}
        p id="word-status" role="status" {}
        div id="word" lang="ar" dir="rtl" {}
        div.go id="word-go" hidden {
            label { "Class " select id="word-class" {
                @for class in &LEXICON.classes {
                    option value=(class.name) title=(class.reason) { (class.name) }
                }
            } }
            @for (request, key) in WORD_KEYS {
                button type="button" data-word=(request) aria-keyshortcuts=(key) {
                    kbd aria-hidden="true" { (key) } " " (request)
                }
            }
        }
    }
}

fn keys(camps: [&str; 2]) -> Markup {
    html! {
        p { "Keys are told by where they lie, so that they are the same on an Arabic keyboard." }
        dl {
            @for (number, camp) in camps.into_iter().enumerate() {
                @for (at, stance) in Stance::SIDES.into_iter().enumerate() {
                    dt { kbd { (3 * number + at + 1) } } dd { (camp) ": " (stance) }
                }
            }
            @for Key { code, cap, does } in &KEYS {
                dt { kbd data-code=(code) { (cap) } } dd { (does) }
            }
        }
        p {
            "With a mouse or a finger: press the first and the last word of what decides; press \
             long on a sentence, or on the ring before it, to mark all of it; press a marked word \
             to take its mark away."
        }
    }
}

/// Markdown as markup. Markup inside it is text, and a link is only its words.
fn markdown(text: &str) -> Markup {
    let events = Parser::new_ext(text, Options::ENABLE_TABLES).filter_map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        Event::Start(Tag::Link { .. } | Tag::Image { .. })
        | Event::End(TagEnd::Link | TagEnd::Image) => None,
        // A table's columns have an alignment as a style, which the page's policy forbids.
        Event::Start(Tag::Table(columns)) => {
            Some(Event::Start(Tag::Table(vec![pulldown_cmark::Alignment::None; columns.len()])))
        }
        event => Some(event),
    });
    let mut markup = String::new();
    pulldown_cmark::html::push_html(&mut markup, events);
    PreEscaped(markup)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labelling::assets::{CAMPS, CODEBOOK, SCRIPT};

    #[test]
    fn every_key_that_the_page_names_is_one_that_the_script_knows() {
        for Key { code, .. } in &KEYS {
            assert!(SCRIPT.contains(&format!("{code}:")), "label.js has no {code}");
        }
    }

    #[test]
    fn the_page_has_no_script_and_no_style_inside_it() {
        let camps = Camps::from_toml(CAMPS).unwrap();
        let hostile = "<script>a</script>\n\n[x](javascript:a) ![y](http://z/i.png)";
        let page = page(&camps, "<b>منى</b>", &format!("{CODEBOOK}\n\n{hostile}"));
        for bad in ["<script>", "style=", " onclick", "javascript:", "http://z", "<b>منى", "<img"]
        {
            assert!(!page.contains(bad), "{bad}");
        }
        assert!(page.contains("&lt;script&gt;a") && page.contains("&lt;b&gt;منى"));
    }
}
