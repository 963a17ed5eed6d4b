//! Curves: what a number is worth, between knots.

use crate::check::{Checker, MAX_NUMBER, Node};
use crate::error::ErrorCode;
use crate::number::number_text;
use crate::value::Value;
use alloc::{format, vec::Vec};

/// A piecewise linear map: knots of rising x.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Curve {
    pub(crate) knots: Vec<(f64, f64)>,
}

/// Knots `[x, y]` of rising x.
pub(super) fn read_curve(checker: &mut Checker, node: Node<'_, '_>) -> Option<Curve> {
    let items = checker.list(node);
    if items.is_empty() && matches!(node.value, Value::List(_)) {
        let detail = "must have at least one knot `[x, y]`";
        checker.fault(ErrorCode::ModelOutOfRange, &node.place, detail);
    }
    let mut knots: Vec<(f64, f64)> = Vec::with_capacity(items.len());
    for (index, value) in items.iter().enumerate() {
        let place = node.place.index(index);
        let Value::List(pair) = value else {
            checker.expected(
                ErrorCode::ModelWrongType,
                Node { value, place },
                "a knot `[x, y]`",
            );
            continue;
        };
        let [x, y] = pair.as_slice() else {
            checker.expected(
                ErrorCode::ModelWrongType,
                Node { value, place },
                "a knot `[x, y]`",
            );
            continue;
        };
        let mut coordinate = |value, index| {
            let place = place.index(index);
            checker.number(Node { value, place }, -MAX_NUMBER, MAX_NUMBER)
        };
        if let (Some(x), Some(y)) = (coordinate(x, 0), coordinate(y, 1)) {
            if knots.last().is_some_and(|(before, _)| *before >= x) {
                let detail = format!(
                    "must have a greater x than the knot before, found `{}`",
                    number_text(x)
                );
                checker.fault(ErrorCode::ModelNotRising, &place, detail);
            }
            knots.push((x, y));
        }
    }
    Some(Curve { knots })
}
