//! Feeds: RSS, RDF and Atom, also the exports of `WordPress`, which are RSS.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::entities::resolved;
use super::feed_element::{OF_ITEMS, Open, is_name, lenient, local, prefixes};
use super::feed_item::{Field, Parts};
use super::limited::Limited;
use super::{Collection, Place};
use crate::intake::bytes::Bytes;
use crate::intake::raw_article::RawArticle;
use crate::intake::{Format, IntakeError, PassedOver};

/// Deepest nesting of elements.
const MAX_DEPTH: usize = 256;

/// Reads the items of a feed, one after the other.
pub(super) struct FeedReader<'a> {
    xml: Reader<Limited<Bytes<'a>>>,
    encoding: &'static str,
    place: Place,
    /// The feed's title.
    outlet: String,
    depth: usize,
    /// The item that is read, and the field of it.
    item: Option<Open<Parts>>,
    field: Option<Open<Field>>,
    is_feed_title: bool,
    prefixes: Vec<(String, &'static str)>,
    last_link: String,
    n_items: usize,
    is_over: bool,
    passed_over: PassedOver,
}

impl<'a> FeedReader<'a> {
    pub(super) fn new(reader: Bytes<'a>, encoding: &'static str, place: Place) -> Self {
        Self {
            xml: lenient(reader),
            encoding,
            place,
            outlet: String::new(),
            depth: 0,
            item: None,
            field: None,
            is_feed_title: false,
            prefixes: Vec::new(),
            last_link: String::new(),
            n_items: 0,
            is_over: false,
            passed_over: PassedOver::default(),
        }
    }

    /// Reads up to the end of the next item that is an article.
    fn read_article(&mut self) -> Result<Option<Parts>, IntakeError> {
        loop {
            let parts = self.read()?;
            let Some(other) = parts.as_ref().and_then(Parts::other) else { return Ok(parts) };
            self.n_items += 1;
            self.passed_over.add(other, &self.place.part(self.n_items));
        }
    }

    /// Reads up to the end of the next item.
    fn read(&mut self) -> Result<Option<Parts>, IntakeError> {
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            let event = self.xml.read_event_into(&mut buffer).map_err(|error| match error {
                quick_xml::Error::Io(error) => IntakeError::Io(error.to_string()),
                error => damaged(format!("the feed is damaged: {error}")),
            })?;
            match event {
                Event::Start(start) => {
                    let start = start.into_owned();
                    self.depth += 1;
                    if self.depth > MAX_DEPTH {
                        return Err(damaged(format!("elements nested deeper than {MAX_DEPTH}")));
                    }
                    if let Some(parts) = self.open(&start) {
                        return Ok(Some(parts));
                    }
                }
                Event::Empty(start) => {
                    let start = start.into_owned();
                    self.depth += 1;
                    let before = self.open(&start);
                    let name = String::from(start.name().as_ref());
                    if let Some(parts) = before.or_else(|| self.close(&name, true)) {
                        return Ok(Some(parts));
                    }
                }
                Event::End(end) => {
                    let name = String::from(end.name().as_ref());
                    if let Some(parts) = self.close(&name, false) {
                        return Ok(Some(parts));
                    }
                }
                Event::Text(text) => self.add(&text.xml10_content()),
                Event::CData(text) => self.add(&text.xml10_content()),
                Event::GeneralRef(reference) => self.add(&resolved(&reference)),
                Event::Eof if self.item.is_some() => {
                    return Err(damaged("the feed ends within an item").of_the_rest());
                }
                Event::Eof if self.n_items == 0 => {
                    return Err(damaged("it is a feed without items"));
                }
                Event::Eof => return Ok(None),
                _ => {}
            }
        }
    }

    /// An element begins; gives the item before it, which has no end of its own.
    fn open(&mut self, start: &BytesStart) -> Option<Parts> {
        let name = String::from(start.name().as_ref());
        let local = local(&name);
        let before = self.item.take_if(|item| item.is_called(&name)).map(|item| {
            (self.field, self.depth) = (None, item.depth);
            item.what
        });
        let Some(item) = &mut self.item else {
            if self.depth == 1 {
                self.prefixes = prefixes(start);
            }
            if local == "item" || local == "entry" {
                self.xml.get_mut().renew();
                self.item = Some(Open::new(Parts::default(), &name, self.depth));
            } else {
                self.is_feed_title = name == "title" && self.depth <= 3 && self.outlet.is_empty();
            }
            return before;
        };
        if !is_name(&name) {
            item.what.n_stray += 1;
        }
        // No element of a page: the field before it has no end.
        if self.field.take_if(|field| field.what.is_text() && OF_ITEMS.contains(&&*name)).is_some()
        {
            self.depth = item.depth + 1;
        }
        if let Some(field) = &mut self.field {
            field.n_within += usize::from(field.is_called(&local));
            // Elements in a text are markup.
            if field.what.is_text() {
                let text = item.what.slot(field.what);
                text.push('<');
                text.push_str(&local);
                text.push('>');
            }
            return None;
        }
        if self.depth == item.depth + 1 {
            self.open_field(start, &name, &local);
        }
        None
    }

    /// An element of an item begins.
    fn open_field(&mut self, start: &BytesStart, name: &str, local: &str) {
        let Some(Open { what: parts, .. }) = &mut self.item else { return };
        let attribute = |key: &str| {
            let value = start.try_get_attribute(key).ok().flatten()?;
            Some(value.value.clone().into_owned())
        };
        let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
        let usual = self.prefixes.iter().find(|(declared, _)| declared == prefix);
        let field = match (usual.map_or(prefix, |(_, usual)| usual), local) {
            ("content", "encoded") | ("" | "atom", "content") | ("yandex", "full-text") => {
                Field::Content
            }
            ("" | "atom", "description" | "summary") => Field::Summary,
            ("" | "atom", "title") => Field::Title,
            ("wp", "post_type") => Field::Kind,
            ("wp", "status") => Field::Status,
            ("" | "atom", "link") => {
                let is_page = attribute("rel").is_none_or(|rel| rel == "alternate");
                if let Some(href) = attribute("href").filter(|_| is_page) {
                    parts.link = href;
                }
                Field::Link
            }
            ("" | "atom", "guid" | "id") => Field::Id,
            ("" | "atom", "pubdate" | "published" | "issued") | ("dc", "date") => {
                parts.date.clear();
                Field::Date
            }
            ("" | "atom", "updated") if parts.date.is_empty() => Field::Date,
            _ => return,
        };
        if matches!(field, Field::Content) {
            parts.content.clear();
            parts.is_plain = attribute("type").is_some_and(|of| of == "text" || of == "text/plain");
        }
        self.field = Some(Open::new(field, local, self.depth));
    }

    /// An element ends; a whole item, if it is that one.
    fn close(&mut self, name: &str, is_empty: bool) -> Option<Parts> {
        self.is_feed_title = false;
        if let Some(item) = self.item.take_if(|item| item.is_called(name)) {
            (self.field, self.depth) = (None, item.depth.saturating_sub(1));
            self.xml.get_mut().renew();
            return Some(item.what);
        }
        let floor = self.item.as_ref().map_or(0, |item| item.depth);
        self.depth = self.depth.saturating_sub(1).max(floor);
        let Some(field) = &mut self.field else { return None };
        let name = &local(name);
        if field.is_called(name) && field.n_within == 0 {
            self.depth = field.depth.saturating_sub(1);
            self.field = None;
            return None;
        }
        field.n_within -= usize::from(field.is_called(name));
        self.depth = self.depth.max(field.depth);
        if let Some(Open { what: parts, .. }) = &mut self.item
            && field.what.is_text()
            && !is_empty
        {
            let text = parts.slot(field.what);
            text.push_str("</");
            text.push_str(name);
            text.push('>');
        }
        None
    }

    /// Text of an element.
    fn add(&mut self, text: &str) {
        if let (Some(field), Some(Open { what: parts, .. })) = (&self.field, &mut self.item) {
            // The text of elements in a text is no markup.
            if self.depth > field.depth && field.what.is_text() {
                let escaped = quick_xml::escape::partial_escape(text).into_owned();
                parts.slot(field.what).push_str(&escaped);
            } else {
                parts.slot(field.what).push_str(text);
            }
        } else if self.is_feed_title {
            self.outlet.push_str(text);
        } else if self.item.is_none() {
            // What stands between items has no limit together, only each piece of it.
            self.xml.get_mut().renew();
        }
    }

    /// The article of an item.
    fn article(&mut self, parts: Parts) -> RawArticle {
        self.n_items += 1;
        let name = self.place.part(self.n_items);
        if parts.n_stray > 0 {
            let error = damaged("a `<` in the item begins no element: write it as &lt;");
            return self.place.failed(name, Format::Feed, error);
        }
        let item = parts.item(name, &self.outlet, &self.last_link, self.encoding);
        self.last_link.clone_from(&item.article.id);
        self.place.item(item, Format::Feed)
    }
}

fn damaged(message: impl Into<Cow<'static, str>>) -> IntakeError {
    IntakeError::Damaged(message.into())
}

impl Iterator for FeedReader<'_> {
    type Item = RawArticle;

    fn next(&mut self) -> Option<RawArticle> {
        if self.is_over {
            return None;
        }
        match self.read_article() {
            Ok(Some(parts)) => Some(self.article(parts)),
            Ok(None) => None,
            Err(error) => {
                self.is_over = true;
                let error = if self.n_items > 0 { error.of_the_rest() } else { error };
                let name = self.place.part(self.n_items + 1);
                Some(self.place.failed(name, Format::Feed, error))
            }
        }
    }
}

impl Collection for FeedReader<'_> {
    fn passed_over(&self) -> &PassedOver {
        &self.passed_over
    }
}
