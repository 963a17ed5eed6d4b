//! Walking a document with a finger on the place: every fault is collected, with path and order.
//!
//! Readers always return something usable, so that one pass finds all faults; whoever reads a whole
//! document throws the result away when there are any.

mod hint;
mod keys;
mod place;

pub(crate) use hint::hint;
pub(crate) use place::{Fields, Node, Place};

use crate::error::{Error, ErrorCode, Faults};
use crate::names::Names;
use crate::number::{is_whole, number_text};
use crate::path::Path;
use crate::sorting::{arranged, sorted_positions};
use crate::time::Duration;
use crate::value::{TORN, Value, describe_text};
use alloc::{boxed::Box, format, string::String, vec::Vec};

/// The bound of every number of points, clamp, limit and knot: far from where doubles overflow.
pub(crate) const MAX_NUMBER: f64 = 1e12;
const MAX_ID_LENGTH: usize = 64;
/// Faults told of one document, at most.
const MAX_FAULTS: usize = 1_000;
/// Faults after which nearest names are no longer looked for: it is slow, and the first few do.
const MAX_HINTS: usize = 50;

/// The faults found so far.
#[derive(Debug, Default)]
pub(crate) struct Checker {
    faults: Vec<(Vec<usize>, Error)>,
}

impl Checker {
    /// Notes a fault.
    ///
    /// Only the first [`MAX_FAULTS`] are kept: a text can be wrong in more ways than its reader has memory.
    pub(crate) fn fault(&mut self, code: ErrorCode, place: &Place<'_>, detail: impl Into<String>) {
        if self.faults.len() >= MAX_FAULTS {
            return;
        }
        let error = Error::new(code, place.path(), detail);
        self.faults.push((place.order(), error));
    }

    /// The end of a message that suggests the nearest known name; empty where none is near, or enough was suggested.
    pub(crate) fn hint(&self, wrong: &str, known: &[&str]) -> String {
        if self.faults.len() >= MAX_HINTS {
            return String::new();
        }
        hint(wrong, known)
    }

    /// All faults, in the order of the document.
    pub(crate) fn finish(self) -> Result<(), Faults> {
        let order = |position: usize| self.faults.get(position).map(|(order, _)| order);
        let positions = sorted_positions(self.faults.len(), &|a, b| order(a).cmp(&order(b)));
        let faults = arranged(self.faults, &positions);
        Faults::none_of(faults.into_iter().map(|(_, error)| error).collect())
    }

    /// Notes that something else was expected than what stands there.
    pub(crate) fn expected(&mut self, code: ErrorCode, node: Node<'_, '_>, expectation: &str) {
        let found = match code {
            ErrorCode::ModelWrongType => node.value.describe_kind(),
            _ => node.value.describe(),
        };
        let detail = format!("must be {expectation}, found {found}");
        self.fault(code, &node.place, detail);
    }

    /// An object of known keys; none, with a fault, where something else stands.
    pub(crate) fn fields<'d, 'p>(
        &mut self,
        value: &'d Value,
        place: &'p Place<'p>,
        known: &[&str],
    ) -> Option<Fields<'d, 'p>> {
        match value {
            Value::Map(entries) => Some(self.entries(entries, place, known)),
            _ => {
                let place = *place;
                self.expected(
                    ErrorCode::ModelWrongType,
                    Node { value, place },
                    "an object",
                );
                None
            }
        }
    }

    /// The entries of an object; unknown keys are faults that name the nearest known one.
    pub(crate) fn entries<'d, 'p>(
        &mut self,
        entries: &'d [(Box<str>, Value)],
        place: &'p Place<'p>,
        known: &[&str],
    ) -> Fields<'d, 'p> {
        for (position, (key, _)) in entries.iter().enumerate() {
            if !known.contains(&&**key) {
                let hint = self.hint(key, known);
                let detail = format!("is not a known key{hint}");
                self.fault(
                    ErrorCode::ModelUnknownKey,
                    &place.key(key, position),
                    detail,
                );
            }
        }
        Fields { entries, place }
    }

    /// The items of a list.
    pub(crate) fn list<'d>(&mut self, node: Node<'d, '_>) -> &'d [Value] {
        match node.value {
            Value::List(items) => items,
            _ => {
                self.expected(ErrorCode::ModelWrongType, node, "a list");
                &[]
            }
        }
    }

    /// A required key of an object.
    pub(crate) fn required<'d, 'p>(
        &mut self,
        fields: Fields<'d, 'p>,
        key: &'p str,
    ) -> Option<Node<'d, 'p>> {
        let found = fields.get(key);
        if found.is_none() {
            let missing = fields.place.key(key, fields.entries.len());
            self.fault(ErrorCode::ModelMissingKey, &missing, "is missing");
        }
        found
    }

    /// A text.
    pub(crate) fn text<'d>(&mut self, node: Node<'d, '_>) -> Option<&'d str> {
        match node.value {
            Value::Text(text) => Some(text),
            Value::Torn(_) => {
                self.fault(ErrorCode::ModelInvalidText, &node.place, TORN);
                None
            }
            _ => {
                self.expected(ErrorCode::ModelWrongType, node, "a text");
                None
            }
        }
    }

    /// `true` or `false`.
    pub(crate) fn flag(&mut self, node: Node<'_, '_>) -> Option<bool> {
        match node.value {
            Value::Bool(flag) => Some(*flag),
            _ => {
                self.expected(ErrorCode::ModelWrongType, node, "true or false");
                None
            }
        }
    }

    /// A number within bounds, both included.
    pub(crate) fn number(&mut self, node: Node<'_, '_>, least: f64, most: f64) -> Option<f64> {
        match node.value {
            Value::Number(number) if (least..=most).contains(number) => Some(*number),
            Value::Number(_) => {
                let bounds = format!("from {} to {}", number_text(least), number_text(most));
                self.expected(
                    ErrorCode::ModelOutOfRange,
                    node,
                    &format!("a number {bounds}"),
                );
                None
            }
            _ => {
                self.expected(ErrorCode::ModelWrongType, node, "a number");
                None
            }
        }
    }

    /// A whole number within bounds, both included.
    pub(crate) fn count(&mut self, node: Node<'_, '_>, least: u32) -> Option<u32> {
        match node.value {
            Value::Number(number)
                if is_whole(*number)
                    && (f64::from(least)..=f64::from(u32::MAX)).contains(number) =>
            {
                Some(*number as u32)
            }
            Value::Number(_) => {
                let expectation = format!("a whole number from {least} to {}", u32::MAX);
                self.expected(ErrorCode::ModelOutOfRange, node, &expectation);
                None
            }
            _ => {
                self.expected(ErrorCode::ModelWrongType, node, "a whole number");
                None
            }
        }
    }

    /// An id: 1 to 64 of `A-Za-z0-9_-`.
    pub(crate) fn id(&mut self, node: Node<'_, '_>) -> Option<Box<str>> {
        let text = match node.value {
            Value::Torn(_) => {
                self.fault(ErrorCode::ModelInvalidId, &node.place, TORN);
                return None;
            }
            _ => self.text(node)?,
        };
        let is_valid = (1..=MAX_ID_LENGTH).contains(&text.len())
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
        if !is_valid {
            self.expected(
                ErrorCode::ModelInvalidId,
                node,
                "1 to 64 of the characters A-Z, a-z, 0-9, _ and -",
            );
            return None;
        }
        Some(text.into())
    }

    /// A duration of 0 or more.
    pub(crate) fn duration(&mut self, node: Node<'_, '_>) -> Option<Duration> {
        let text = match node.value {
            Value::Number(_) => {
                let expectation = "a text with a unit, such as `30d`";
                self.expected(ErrorCode::ModelWrongType, node, expectation);
                return None;
            }
            _ => self.text(node)?,
        };
        match Duration::parse(text) {
            Ok(duration) => Some(duration),
            Err(reason) => {
                let detail = format!("{}, found {}", reason.expectation(), describe_text(text));
                self.fault(ErrorCode::ModelInvalidDuration, &node.place, detail);
                None
            }
        }
    }

    /// A duration longer than 0.
    pub(crate) fn positive_duration(&mut self, node: Node<'_, '_>) -> Option<Duration> {
        let duration = self.duration(node)?;
        if duration.millis() <= 0 {
            self.expected(ErrorCode::ModelOutOfRange, node, "longer than 0");
            return None;
        }
        Some(duration)
    }

    /// A dot-separated path.
    pub(crate) fn path(&mut self, node: Node<'_, '_>) -> Option<Path> {
        let text = self.text(node)?;
        self.path_text(text, &node.place)
    }

    /// A dot-separated path that stands as a key or a text.
    pub(crate) fn path_text(&mut self, text: &str, place: &Place<'_>) -> Option<Path> {
        let path = Path::parse(text);
        if path.is_none() {
            let detail = format!(
                "must be a path of names between dots, found {}",
                describe_text(text)
            );
            self.fault(ErrorCode::ModelInvalidPath, place, detail);
        }
        path
    }

    /// One of a few names.
    pub(crate) fn choice<T: Copy>(
        &mut self,
        node: Node<'_, '_>,
        choices: &[(&str, T)],
    ) -> Option<T> {
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        let (_, choice) = choices.get(self.choice_among(node, &names)?)?;
        Some(*choice)
    }

    /// Which of a few names it is.
    fn choice_among(&mut self, node: Node<'_, '_>, names: &[&str]) -> Option<usize> {
        let text = self.text(node)?;
        let chosen = names.iter().position(|name| *name == text);
        if chosen.is_none() {
            let hint = self.hint(text, names);
            let list: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            let detail = format!(
                "must be {}, found {}{hint}",
                list.join(" or "),
                describe_text(text)
            );
            self.fault(ErrorCode::ModelUnknownValue, &node.place, detail);
        }
        chosen
    }

    /// Notes each `id` in a list of objects that was seen before.
    pub(crate) fn distinct(&mut self, list: Node<'_, '_>, seen: &mut Names) {
        let Value::List(items) = list.value else {
            return;
        };
        for (index, item) in items.iter().enumerate() {
            if let Some(Value::Text(id)) = item.get("id")
                && !seen.is_new(id.as_bytes())
            {
                let owner = list.place.index(index);
                let detail = format!("must be unique, found {} again", describe_text(id));
                self.fault(ErrorCode::ModelDuplicateId, &owner.key("id", 0), detail);
            }
        }
    }
}
