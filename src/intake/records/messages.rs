//! Records of networks that are no articles, or whose text is another account's.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use serde_json::{Map, Value};

use crate::intake::fields::values::prose;
use crate::intake::{PassedOver, SourceNotice};

/// What such a record has; any other is not looked at.
static SIGNS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let signs = ["\"service\"", "\"message\"", "\"forwarded_from", "etweet"];
    AhoCorasick::new(signs).expect("a few short words")
});

/// Fields that hold a post which the record only repeats, as Twitter's interfaces and the programs
/// that read its pages write it.
const REPEATED: [&str; 4] =
    ["retweeted_status", "retweeted_status_result", "retweetedTweet", "retweeted_tweet"];

/// Counts such records.
#[derive(Debug, Default)]
pub(super) struct Messages {
    passed_over: PassedOver,
    n_forwarded: usize,
    n_repeated: usize,
}

impl Messages {
    /// Whether a record is an article, or is not known to be none.
    pub(super) fn is_article(&mut self, record: &[u8]) -> bool {
        if !SIGNS.is_match(record) {
            return true;
        }
        let Ok(object) = serde_json::from_slice::<Map<String, Value>>(record) else { return true };
        if is_of_telegram(&object) {
            let id = object.get("id").map(Value::to_string).unwrap_or_default();
            let reason = match object.get("type").and_then(Value::as_str) {
                Some("service") if object.contains_key("action") => "service messages",
                Some("message") if has_no_text(&object) => "messages without a text",
                _ => {
                    let is_forwarded = object.keys().any(|name| name.starts_with("forwarded_from"));
                    self.n_forwarded += usize::from(is_forwarded);
                    return true;
                }
            };
            self.passed_over.add(format!("{reason} of Telegram"), &id);
            return false;
        }
        self.n_repeated += usize::from(is_repeated(&object));
        true
    }

    /// The records that are no articles.
    pub(super) fn passed_over(&self) -> &PassedOver {
        &self.passed_over
    }

    /// What there is to tell of the others, since it was asked last.
    pub(super) fn take_notice(&mut self) -> Option<SourceNotice> {
        let (n_forwarded, n_repeated) = (&mut self.n_forwarded, &mut self.n_repeated);
        let forwarded = Some(std::mem::take(n_forwarded)).filter(|n| *n > 0);
        forwarded.map(|n| SourceNotice::Forwarded { n, are_quoted: false }).or_else(|| {
            let repeated = Some(std::mem::take(n_repeated)).filter(|n| *n > 0);
            repeated.map(|n| SourceNotice::Repeated { n })
        })
    }
}

/// Whether an object is a message as Telegram exports it.
fn is_of_telegram(object: &Map<String, Value>) -> bool {
    let has = |name: &str| object.contains_key(name);
    let is_message =
        object.get("type").is_some_and(|kind| *kind == "service" || *kind == "message");
    let senders = ["from", "from_id", "actor", "actor_id", "date_unixtime"];
    is_message && has("id") && has("date") && has("text") && senders.into_iter().any(has)
}

fn has_no_text(object: &Map<String, Value>) -> bool {
    let text = object.get("text").map_or(Ok(None), prose);
    text.is_ok_and(|text| text.is_none_or(|text| text.trim().is_empty()))
}

/// Whether a post only repeats another.
fn is_repeated(object: &Map<String, Value>) -> bool {
    let is_there = |value: &Value| value.is_object();
    let of = |object: &Map<String, Value>| {
        REPEATED.iter().any(|name| object.get(*name).is_some_and(is_there))
    };
    let is_retweet = |post: &Value| post.get("type").is_some_and(|kind| kind == "retweeted");
    let referenced = object.get("referenced_tweets").and_then(Value::as_array);
    of(object)
        || object.get("legacy").and_then(Value::as_object).is_some_and(of)
        || referenced.is_some_and(|posts| posts.iter().any(is_retweet))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn messages_without_a_text_are_no_articles_and_repeated_ones_are_counted() {
        let mut messages = Messages::default();
        let message = |more: Value| {
            let mut message = json!({"id": 7, "type": "message", "date": "2019-04-02T00:00:00",
                "from": "قناة", "text": "خبر"});
            if let (Value::Object(message), Value::Object(more)) = (&mut message, more) {
                message.extend(more);
            }
            message
        };
        for (record, is_article) in [
            (message(json!({})), true),
            (message(json!({"text": ""})), false),
            (message(json!({"text": [], "photo": "a.jpg"})), false),
            (message(json!({"text": [{"type": "plain", "text": " "}]})), false),
            (message(json!({"type": "service", "action": "pin_message", "text": ""})), false),
            (message(json!({"type": "service", "text": "خبر"})), true),
            (message(json!({"forwarded_from": null})), true),
            // Records of other programs.
            (json!({"id": 1, "type": "service", "action": "x", "text": ""}), true),
            (json!({"id": 1, "type": "message", "text": ""}), true),
            (json!({"id": 1, "text": "RT", "retweeted_status": {"id": 2}}), true),
            (json!({"id": 1, "text": "RT", "retweeted_status": null}), true),
            (json!({"id": 1, "text": "RT", "retweeted": false}), true),
            (json!({"text": "RT", "referenced_tweets": [{"type": "retweeted", "id": "2"}]}), true),
            (json!({"text": "RT", "referenced_tweets": [{"type": "quoted", "id": "2"}]}), true),
        ] {
            let found = messages.is_article(record.to_string().as_bytes());
            assert_eq!(found, is_article, "{record}");
        }
        assert_eq!(
            messages.passed_over().to_string(),
            "4 passed over: 3 messages without a text of Telegram (7, 7, 7); \
             1 service messages of Telegram (7)"
        );
        let notice = || SourceNotice::Forwarded { n: 1, are_quoted: false };
        assert_eq!(messages.take_notice(), Some(notice()));
        assert_eq!(messages.take_notice(), Some(SourceNotice::Repeated { n: 2 }));
        assert_eq!(messages.take_notice(), None);
    }
}
