//! The generators of the case files: `tests/cases/README.md`.

use serde_json::{Map, Value as Json};

/// A copy with every generator replaced by what it stands for.
pub fn expand(json: &Json) -> Json {
    match json {
        Json::Array(items) => Json::Array(items.iter().flat_map(elements).collect()),
        Json::Object(map) => match only_key(map) {
            Some(("$text", spec)) => text(spec),
            Some(("$nest", spec)) => nest(spec),
            _ => {
                let entries = map.iter().map(|(key, value)| (key.clone(), expand(value)));
                Json::Object(entries.collect())
            }
        },
        other => other.clone(),
    }
}

fn elements(item: &Json) -> Vec<Json> {
    match item.as_object().and_then(only_key) {
        Some(("$repeat", spec)) => (0..spec["times"].as_u64().unwrap())
            .map(|index| expand(&numbered(&spec["item"], &index.to_string())))
            .collect(),
        _ => vec![expand(item)],
    }
}

fn text(spec: &Json) -> Json {
    let part = |key: &str| spec[key].as_str().unwrap_or_default();
    let times = spec["times"].as_u64().unwrap() as usize;
    Json::String(part("before").to_owned() + &part("repeat").repeat(times) + part("after"))
}

fn nest(spec: &Json) -> Json {
    let key = spec["key"].as_str().unwrap();
    (0..spec["depth"].as_u64().unwrap()).fold(expand(&spec["leaf"]), |inner, _| {
        Json::Object(Map::from_iter([(key.to_owned(), inner)]))
    })
}

fn numbered(item: &Json, index: &str) -> Json {
    match item {
        Json::String(text) => Json::String(text.replace("$i", index)),
        Json::Array(items) => items.iter().map(|one| numbered(one, index)).collect(),
        Json::Object(map) => Json::Object(
            map.iter()
                .map(|(key, value)| (key.clone(), numbered(value, index)))
                .collect(),
        ),
        other => other.clone(),
    }
}

fn only_key(map: &Map<String, Json>) -> Option<(&str, &Json)> {
    match map.len() {
        1 => map.iter().next().map(|(key, value)| (key.as_str(), value)),
        _ => None,
    }
}
