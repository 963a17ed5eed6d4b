//! What breaks texts and documents, and what stands where it should not.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::json;

use crate::histories::moderate_amounts;
use crate::scoring::Json;

/// What texts are broken with: pieces of JSON and of what is not.
const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "\\",
    "null",
    "true",
    "-0",
    "0",
    "1e400",
    "-1e999",
    "1e-400",
    "NaN",
    "\u{0}",
    "\"\\ud800\"",
    "\"\\udc00\\ud800\"",
    "\\u0000",
    "é",
    "\u{feff}",
    "\u{2028}",
    "[[[[[[[[",
    "{\"a\":{\"a\":{\"a\":",
    "\"criteria\":",
    "\"events\":",
    "\"data\":",
    "\"time\":1709251200000",
    "\"kind\":\"event\"",
    "\"profile\":{}",
    "\"id\":\"c0\"",
    "\"__proto__\":",
    "99999999999999999999",
    "0.1",
    " ",
    "\n",
];

/// Values where something else should stand.
pub const STRANGERS: &[&str] = &[
    "null",
    "true",
    "0",
    "-0.0",
    "-1",
    "0.5",
    "1e13",
    "-1e308",
    "1e400",
    "4294967296",
    "\"\"",
    "\"x\"",
    "\"*\"",
    "\"a..b\"",
    "\"30d\"",
    "\"0d\"",
    "\"P1M\"",
    "\"99999999999w\"",
    "\"1e5d\"",
    "\"baseline\"",
    "\"\\ud800\"",
    "\"2024-02-30T00:00:00Z\"",
    "[]",
    "[[1,2],[1,3]]",
    "{}",
    "{\"path\":\"a\"}",
    "{\"all\":[{\"not\":{}}]}",
    "[null]",
];

/// Names that mean something somewhere, and some that do not.
pub const KEYS: &[&str] = &[
    "id",
    "kind",
    "points",
    "event",
    "where",
    "award",
    "uniqueBy",
    "cooldown",
    "perDay",
    "per",
    "curve",
    "period",
    "decay",
    "limit",
    "atLeast",
    "atMost",
    "within",
    "for",
    "repeat",
    "criteria",
    "parts",
    "combine",
    "stages",
    "when",
    "weights",
    "targets",
    "target",
    "min",
    "max",
    "stars",
    "at",
    "segments",
    "upTo",
    "trend",
    "over",
    "deadBand",
    "label",
    "examples",
    "missing",
    "weight",
    "halfLife",
    "from",
    "badges",
    "all",
    "any",
    "not",
    "eq",
    "in",
    "exists",
    "critera",
    "toString",
    "",
    "a.b",
    "line\nbreak",
    "constructor",
];

/// A way for a text to break.
#[derive(Debug, Clone)]
pub enum Damage {
    Flip(Index, u8),
    Cut(Index),
    Remove(Index, usize),
    Double(Index, Index, usize),
    Mix(Index, &'static str),
}

/// Any damage.
pub fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<Index>;
    prop_oneof![
        (at(), 1..=255u8).prop_map(|(at, bits)| Damage::Flip(at, bits)),
        at().prop_map(Damage::Cut),
        (at(), 1..40usize).prop_map(|(at, length)| Damage::Remove(at, length)),
        (at(), at(), 1..80usize).prop_map(|(at, from, length)| Damage::Double(at, from, length)),
        (at(), select(PIECES)).prop_map(|(at, piece)| Damage::Mix(at, piece)),
    ]
}

impl Damage {
    /// Damages a text.
    pub fn befall(&self, bytes: &mut Vec<u8>) {
        let place = |at: &Index| at.index(bytes.len() + 1);
        let end = |start: usize, length: usize| (start + length).min(bytes.len());
        match self {
            Damage::Flip(at, bits) if !bytes.is_empty() => {
                let at = at.index(bytes.len());
                bytes[at] ^= bits;
            }
            Damage::Flip(..) => {}
            Damage::Cut(at) => bytes.truncate(place(at)),
            Damage::Remove(at, length) => {
                let at = place(at);
                bytes.drain(at..end(at, *length));
            }
            Damage::Double(at, from, length) => {
                let (at, from) = (place(at), place(from));
                let copy = bytes[from..end(from, *length)].to_vec();
                bytes.splice(at..at, copy);
            }
            Damage::Mix(at, piece) => {
                let at = place(at);
                bytes.splice(at..at, piece.bytes());
            }
        }
    }
}

/// Any bytes, and such that look like JSON.
pub fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        vec(any::<u8>(), 0..120),
        vec(select(PIECES), 0..60).prop_map(|pieces| pieces.concat().into_bytes()),
    ]
}

/// Any JSON, of keys and values that mean something somewhere.
pub fn any_json() -> impl Strategy<Value = Json> {
    let scalar = prop_oneof![
        4 => select(STRANGERS).prop_map(|text| serde_json::from_str(text).unwrap_or(json!(-1e300))),
        1 => moderate_amounts().prop_map(|number| json!(number)),
        1 => ".{0,8}".prop_map(Json::String),
    ];
    scalar.prop_recursive(5, 60, 6, |inner| {
        prop_oneof![
            1 => vec(inner.clone(), 0..5).prop_map(Json::Array),
            3 => vec((select(KEYS), inner), 0..6)
                .prop_map(|entries| entries.into_iter().map(|(key, item)| (key.to_owned(), item)).collect()),
        ]
    })
}

/// The text of a document after one change behind one of its colons: the value replaced by a stranger, or
/// another entry or another name put in its place.
pub fn altered(text: &str, place: Index, stranger: &str, key: &str, kind: u8) -> String {
    let colons: Vec<usize> = text.match_indices("\":").map(|(at, _)| at + 2).collect();
    if colons.is_empty() {
        return text.to_owned();
    }
    let start = colons[place.index(colons.len())];
    let rest = &text[start..];
    let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Json>();
    let Some(Ok(_)) = values.next() else {
        return text.to_owned();
    };
    let end = start + values.byte_offset();
    let (before, old, after) = (&text[..start], &text[start..end], &text[end..]);
    let key = json!(key);
    match kind {
        0 | 1 => format!("{before}{stranger}{after}"),
        2 => format!("{before}{old},{key}:{stranger}{after}"),
        _ => format!("{before}{{{key}:{old}}}{after}"),
    }
}
