//! How well a value fits a field.

use serde_json::Value;

use super::outlet::Outlet;
use super::values;
use crate::intake::date::{DateOrder, PublicationDate};

/// How well a value fits a field, 0 if not at all.
pub(super) fn fit(field: &str, value: &Value) -> u8 {
    let is_filled = |text: Option<String>| text.is_some_and(|text| !text.trim().is_empty());
    match field {
        "text" | "title" => match values::prose(value) {
            Ok(text) => 2 + u8::from(is_filled(text)),
            Err(_) => 1,
        },
        "outlet" => match Outlet::from_value(value) {
            Outlet::None => 0,
            Outlet::Blank => 1,
            Outlet::Host(_) => 2,
            Outlet::Name(_) => 3,
        },
        "date" => {
            let text = values::date(value);
            let is_date = text.as_deref().is_some_and(|text| {
                PublicationDate::parse_in_order(text, Some(DateOrder::DayFirst)).is_some()
            });
            1 + u8::from(is_filled(text)) + u8::from(is_date)
        }
        _ => 1 + u8::from(is_filled(values::scalar(value))),
    }
}
