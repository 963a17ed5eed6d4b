//! What a model says of itself, which no score depends on.

use super::label::{read_icon, read_label};
use crate::check::{Checker, Fields};
use crate::error::ErrorCode;
use crate::value::Value;
use alloc::format;

/// Checks its name, its version, its examples and the like.
pub(super) fn check_about(checker: &mut Checker, fields: Fields<'_, '_>) {
    if let Some(node) = fields.get("$schema") {
        checker.text(node);
    }
    read_icon(checker, fields);
    if let Some(node) = fields.get("version")
        && !matches!(node.value, Value::Text(_))
        && !matches!(node.value, Value::Number(number) if number.is_finite())
    {
        checker.expected(ErrorCode::ModelWrongType, node, "a text or a number");
    }
    if let Some(node) = fields.get("id") {
        checker.id(node);
    }
    for key in ["name", "description"] {
        if let Some(node) = fields.get(key) {
            read_label(checker, node);
        }
    }
    if let Some(node) = fields.get("examples") {
        for (index, value) in checker.list(node).iter().enumerate() {
            let place = node.place.index(index);
            if let Some((_, name)) = value.find_alien() {
                let detail = format!("must be what JSON can carry, found {name}");
                checker.fault(ErrorCode::ModelWrongType, &place, detail);
            }
            let known = ["name", "history", "options", "expect"];
            if let Some(example) = checker.fields(value, &place, &known) {
                checker.required(example, "history");
            }
        }
    }
}
