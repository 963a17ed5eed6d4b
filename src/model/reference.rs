//! Names that stand for something else of the model.

use crate::check::{Checker, Place};
use crate::error::ErrorCode;
use crate::value::describe_text;
use alloc::{format, string::String};

/// Which of the known ids it is; none, with a fault that suggests the nearest, where it is none of them.
pub(super) fn position_of(
    checker: &mut Checker,
    place: &Place<'_>,
    id: &str,
    known: &[&str],
    what: &str,
) -> Option<usize> {
    let found = known.iter().position(|name| *name == id);
    if found.is_none() {
        let hint = checker.hint(id, known);
        let shown = describe_text(id);
        let detail = format!("names no {what} of the model, found {shown}{hint}");
        unknown(checker, place, detail);
    }
    found
}

/// Notes that something names what the model does not have.
pub(super) fn unknown(checker: &mut Checker, place: &Place<'_>, detail: String) {
    checker.fault(ErrorCode::ModelUnknownReference, place, detail);
}
