//! What an object for programs says of its maker.

use serde_json::{Value, json};

/// The version of mizan that writes.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// An object that ends with the `model` that made it, as in `libya@1a2b3c4d`, if one took part, and
/// the `version` of mizan.
pub fn with_maker(mut object: Value, model: Option<&str>) -> Value {
    if let Value::Object(fields) = &mut object {
        fields.extend(model.map(|model| ("model".to_owned(), json!(model))));
        fields.insert("version".to_owned(), json!(VERSION));
    }
    object
}
