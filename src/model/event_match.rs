//! Which events a criterion is about.

use crate::check::{Checker, Fields, Node};
use crate::condition::{Condition, read_condition};
use crate::error::ErrorCode;
use crate::value::Value;
use alloc::{boxed::Box, format, vec, vec::Vec};

/// Event types in one criterion, at most.
const MAX_TYPES: usize = 100;

/// Which events a criterion is about.
#[derive(Debug, Clone)]
pub(crate) struct EventMatch {
    /// The types by name; none is `"*"`, every activity.
    pub(crate) types: Option<Vec<Box<str>>>,
    /// The same by their numbers in the model's reading, rising, each once.
    pub(crate) type_numbers: Vec<u32>,
    pub(crate) condition: Option<Condition>,
}

impl EventMatch {
    /// Whether it is about every activity, whatever its data.
    pub(crate) fn is_any_activity(&self) -> bool {
        self.types.is_none() && self.condition.is_none()
    }

    /// Whether it is about events of a type, where activities are told from others elsewhere.
    pub(crate) fn is_about(&self, type_number: u32) -> bool {
        self.types.is_none() || self.type_numbers.contains(&type_number)
    }
}

/// `event` and `where` of a criterion.
pub(super) fn read_match(
    checker: &mut Checker,
    fields: Fields<'_, '_>,
    is_required: bool,
) -> EventMatch {
    let node = if is_required {
        checker.required(fields, "event")
    } else {
        fields.get("event")
    };
    EventMatch {
        types: node.and_then(|node| read_types(checker, node)),
        type_numbers: Vec::new(),
        condition: fields
            .get("where")
            .map(|node| read_condition(checker, node)),
    }
}

/// One type, a list of types, or `"*"`.
fn read_types(checker: &mut Checker, node: Node<'_, '_>) -> Option<Vec<Box<str>>> {
    let Value::List(items) = node.value else {
        if !matches!(node.value, Value::Text(_) | Value::Torn(_)) {
            let expectation = "an event type, a list of types, or `*`";
            checker.expected(ErrorCode::ModelWrongType, node, expectation);
            return None;
        }
        return match checker.text(node)? {
            "*" => None,
            "" => {
                checker.fault(
                    ErrorCode::ModelInvalidText,
                    &node.place,
                    "must not be empty",
                );
                None
            }
            name => Some(vec![name.into()]),
        };
    };
    if items.is_empty() {
        let detail = "must name at least one event type";
        checker.fault(ErrorCode::ModelOutOfRange, &node.place, detail);
    }
    if items.len() > MAX_TYPES {
        let detail = format!(
            "must name at most {MAX_TYPES} event types, found {}",
            items.len()
        );
        checker.fault(ErrorCode::ModelTooManyTypes, &node.place, detail);
        return None;
    }
    let mut names = Vec::with_capacity(items.len());
    for (index, value) in items.iter().enumerate() {
        let place = node.place.index(index);
        match checker.text(Node { value, place }) {
            Some("") => checker.fault(ErrorCode::ModelInvalidText, &place, "must not be empty"),
            Some("*") => {
                let detail = "must be an event type: `*` stands alone, not in a list";
                checker.fault(ErrorCode::ModelUnknownValue, &place, detail);
            }
            Some(name) => names.push(name.into()),
            None => {}
        }
    }
    Some(names)
}
