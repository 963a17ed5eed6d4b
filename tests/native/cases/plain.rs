//! serde_json's data as the crate's own.

use serde_json::Value as Json;
use starwise::Value;

/// The same value.
pub fn plain(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(flag) => Value::Bool(*flag),
        Json::Number(number) => Value::Number(number.as_f64().unwrap()),
        Json::String(text) => Value::Text(text.as_str().into()),
        Json::Array(items) => Value::List(items.iter().map(plain).collect()),
        Json::Object(map) => Value::Map(
            map.iter()
                .map(|(key, value)| (key.as_str().into(), plain(value)))
                .collect(),
        ),
    }
}
