//! Plain JSON data: what a profile and an event's `data` hold, and what a model is read from.

use crate::number::number_text;
use crate::sorting::sorted_positions;
use alloc::{boxed::Box, format, string::String, vec, vec::Vec};
use serde::{Serialize, Serializer};

/// Characters of a text that a message shows.
const SHOWN_CHARACTERS: usize = 60;

/// What a message says of a [`Value::Torn`] where it would name something.
pub(crate) const TORN: &str = "must be well-formed Unicode, found a lone surrogate";

/// A JSON value. Numbers are doubles, as in JavaScript; the last of several equal keys counts.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number; the only one that may not be finite (a text can say `1e400`).
    Number(f64),
    /// A text.
    Text(Box<str>),
    /// A text that held lone surrogates; each is U+FFFD here. An ordinary text wherever it names nothing.
    Torn(Box<str>),
    /// An array.
    List(Vec<Value>),
    /// An object's own entries, in the order they were written.
    Map(Vec<(Box<str>, Value)>),
    /// Something JSON cannot carry, by name: `a BigInt`, `a function`, `a symbol`.
    Alien(&'static str),
}

impl Value {
    /// The entry of an object, or none.
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Value::Map(entries) => find(entries, key),
            _ => None,
        }
    }

    /// What it is, for a message: the value itself where it is short, in backticks, else its kind.
    pub(crate) fn describe(&self) -> String {
        match self {
            Value::Null => "`null`".into(),
            Value::Bool(flag) => format!("`{flag}`"),
            Value::Number(number) => format!("`{}`", number_text(*number)),
            // Without the word, it would be hard to see what is wrong with it.
            Value::Text(text) if is_like_number(text) => {
                format!("the text {}", describe_text(text))
            }
            Value::Text(text) | Value::Torn(text) => describe_text(text),
            Value::List(items) => format!("a list of {}", items.len()),
            Value::Map(_) => "an object".into(),
            Value::Alien(name) => (*name).into(),
        }
    }

    /// What it is, for a message about its type: texts and numbers are named as such.
    pub(crate) fn describe_kind(&self) -> String {
        match self {
            Value::Number(_) => format!("the number {}", self.describe()),
            Value::Text(text) | Value::Torn(text) if !text.is_empty() => {
                format!("the text {}", describe_text(text))
            }
            _ => self.describe(),
        }
    }

    /// Whether it fits into so much room: bytes of text and values together. Takes what it needs of it.
    pub(crate) fn fits(&self, room: &mut usize) -> bool {
        let own = match self {
            Value::Text(text) | Value::Torn(text) => text.len(),
            Value::Map(entries) => entries.iter().map(|(key, _)| key.len()).sum(),
            _ => 0,
        };
        let Some(left) = room.checked_sub(own + 1) else {
            return false;
        };
        *room = left;
        match self {
            Value::List(items) => items.iter().all(|item| item.fits(room)),
            Value::Map(entries) => entries.iter().all(|(_, item)| item.fits(room)),
            _ => true,
        }
    }

    /// The first thing inside that JSON cannot carry, with the path to it from here.
    pub(crate) fn find_alien(&self) -> Option<(String, &'static str)> {
        match self {
            Value::Alien(name) => Some((String::new(), name)),
            Value::List(items) => items.iter().enumerate().find_map(|(position, item)| {
                let (path, name) = item.find_alien()?;
                Some((format!("[{position}]{path}"), name))
            }),
            Value::Map(entries) => entries.iter().find_map(|(key, item)| {
                let (path, name) = item.find_alien()?;
                Some((format!("{}{path}", key_step(key)), name))
            }),
            _ => None,
        }
    }

    /// Whether it nests deeper than so many containers.
    pub(crate) fn is_deeper_than(&self, levels: usize) -> bool {
        match self {
            Value::List(_) | Value::Map(_) if levels == 0 => true,
            Value::List(items) => items.iter().any(|item| item.is_deeper_than(levels - 1)),
            Value::Map(entries) => entries
                .iter()
                .any(|(_, item)| item.is_deeper_than(levels - 1)),
            _ => false,
        }
    }

    /// Bytes of the texts inside, keys included.
    pub(crate) fn text_bytes(&self) -> usize {
        match self {
            Value::Text(text) | Value::Torn(text) => text.len(),
            Value::List(items) => items.iter().map(Value::text_bytes).sum(),
            Value::Map(entries) => entries
                .iter()
                .map(|(key, item)| key.len() + item.text_bytes())
                .sum(),
            _ => 0,
        }
    }

    /// Torn texts as ordinary ones, all the way down: inside data and profile they name nothing.
    pub(crate) fn mended(self) -> Value {
        match self {
            Value::Torn(text) => Value::Text(text),
            Value::List(items) => Value::List(items.into_iter().map(Value::mended).collect()),
            Value::Map(entries) => Value::Map(
                entries
                    .into_iter()
                    .map(|(key, item)| (key, item.mended()))
                    .collect(),
            ),
            other => other,
        }
    }

    /// The value as JSON text with sorted keys: equal texts are equal values.
    ///
    /// # Source
    /// Numbers and escapes are those of ECMAScript's `JSON.stringify`; keys go in byte order.
    pub fn canonical_text(&self) -> String {
        let mut out = String::new();
        self.write(true, &mut out);
        out
    }

    /// The value as JSON text, keys in the order they were written; what JSON cannot carry is null.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn json_text(&self) -> String {
        let mut out = String::new();
        self.write(false, &mut out);
        out
    }

    fn write(&self, is_sorted: bool, out: &mut String) {
        match self {
            Value::Null | Value::Alien(_) => out.push_str("null"),
            Value::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
            Value::Number(number) if !is_sorted && !number.is_finite() => out.push_str("null"),
            Value::Number(number) => out.push_str(&number_text(*number)),
            Value::Text(text) | Value::Torn(text) => write_text(text, out),
            Value::List(items) => {
                out.push('[');
                for (position, item) in items.iter().enumerate() {
                    if position > 0 {
                        out.push(',');
                    }
                    item.write(is_sorted, out);
                }
                out.push(']');
            }
            Value::Map(entries) => {
                out.push('{');
                let entries = match is_sorted {
                    true => sorted_entries(entries),
                    false => entries.iter().map(|(key, item)| (&**key, item)).collect(),
                };
                for (position, (key, item)) in entries.into_iter().enumerate() {
                    if position > 0 {
                        out.push(',');
                    }
                    write_text(key, out);
                    out.push(':');
                    item.write(is_sorted, out);
                }
                out.push('}');
            }
        }
    }
}

/// As JSON has it: what JSON cannot carry is null.
impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Null | Value::Alien(_) => serializer.serialize_unit(),
            Value::Bool(flag) => serializer.serialize_bool(*flag),
            Value::Number(number) if !number.is_finite() => serializer.serialize_unit(),
            Value::Number(number) => serializer.serialize_f64(*number),
            Value::Text(text) | Value::Torn(text) => serializer.serialize_str(text),
            Value::List(items) => serializer.collect_seq(items),
            Value::Map(entries) => {
                serializer.collect_map(entries.iter().map(|(key, item)| (key, item)))
            }
        }
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Value {
        Value::Number(number)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Value {
        Value::Bool(flag)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.into())
    }
}

/// The entry of `key`: the last of several equal ones, as in `JSON.parse`.
fn find<'v>(entries: &'v [(Box<str>, Value)], key: &str) -> Option<&'v Value> {
    entries
        .iter()
        .rev()
        .find(|(name, _)| &**name == key)
        .map(|(_, value)| value)
}

/// A key as a step of a path: `.plan`, `["first name"]`.
pub(crate) fn key_step(key: &str) -> String {
    const MAX_PLAIN_LENGTH: usize = 64;
    let is_plain = (1..=MAX_PLAIN_LENGTH).contains(&key.len())
        && key
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '$') || !c.is_ascii());
    match is_plain {
        true => format!(".{key}"),
        false => format!("[{}]", Value::from(&*shortened(key)).canonical_text()),
    }
}

/// The beginning of a text that is too long to show.
pub(crate) fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN_CHARACTERS) {
        None => text.into(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
    }
}

/// Whether a text is digits, with a sign before or a point among them.
fn is_like_number(text: &str) -> bool {
    let size = text.strip_prefix(['-', '+']).unwrap_or(text);
    let digits = size.bytes().filter(u8::is_ascii_digit).count();
    let points = size.bytes().filter(|byte| *byte == b'.').count();
    digits > 0 && points <= 1 && digits + points == size.len()
}

/// A text for a message: in backticks, cut where it is long, control characters shown as such.
pub(crate) fn describe_text(text: &str) -> String {
    if text.is_empty() {
        return "an empty text".into();
    }
    let shown: String = shortened(text)
        .chars()
        .flat_map(|c| {
            if c.is_control() {
                c.escape_default().collect::<Vec<_>>()
            } else {
                vec![c]
            }
        })
        .collect();
    format!("`{shown}`")
}

fn sorted_entries(entries: &[(Box<str>, Value)]) -> Vec<(&str, &Value)> {
    let key = |position: usize| entries.get(position).map(|(key, _)| key);
    let positions = sorted_positions(entries.len(), &|a, b| key(a).cmp(&key(b)));
    // Of equal keys the last counts: the sort is stable, so it is the last of its run.
    positions
        .chunk_by(|a, b| key(*a) == key(*b))
        .filter_map(|run| entries.get(*run.last()?))
        .map(|(key, item)| (&**key, item))
        .collect()
}

/// A text as JSON has it, quotes and all.
pub(crate) fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
}
