//! Conditions as they are written, checked.

use super::{Condition, Operand, Order, Scalar, Test};
use crate::check::{Checker, Node, Place};
use crate::error::ErrorCode;
use crate::value::Value;
use alloc::{boxed::Box, format, vec, vec::Vec};

/// Conditions within conditions, counted from the outermost.
const MAX_DEPTH: usize = 16;

const TESTS: [&str; 14] = [
    "eq",
    "ne",
    "gt",
    "gte",
    "lt",
    "lte",
    "in",
    "notIn",
    "exists",
    "contains",
    "startsWith",
    "olderThan",
    "within",
    "dueWithin",
];

/// A condition; one that holds where it has faults.
pub(crate) fn read_condition(checker: &mut Checker, node: Node<'_, '_>) -> Condition {
    read_nested(checker, node.value, &node.place, 1)
}

/// Every path that a condition names, with its place; what is malformed is passed over.
pub(crate) fn each_path(value: &Value, place: &Place<'_>, each: &mut dyn FnMut(&str, &Place<'_>)) {
    visit(value, place, each, 1);
}

fn visit(value: &Value, place: &Place<'_>, each: &mut dyn FnMut(&str, &Place<'_>), depth: usize) {
    let Value::Map(entries) = value else { return };
    if depth > MAX_DEPTH {
        return;
    }
    for (position, (key, value)) in entries.iter().enumerate() {
        let place = place.key(key, position);
        match (&**key, value) {
            ("all" | "any", Value::List(items)) => {
                for (index, item) in items.iter().enumerate() {
                    visit(item, &place.index(index), each, depth + 1);
                }
            }
            ("all" | "any", _) => {}
            ("not", _) => visit(value, &place, each, depth + 1),
            (path, tests) => {
                each(path, &place);
                visit_operands(tests, &place, each);
            }
        }
    }
}

/// The paths that the tests of one path compare with.
fn visit_operands(tests: &Value, place: &Place<'_>, each: &mut dyn FnMut(&str, &Place<'_>)) {
    let Value::Map(tests) = tests else { return };
    for (position, (name, operand)) in tests.iter().enumerate() {
        let Value::Map(operand) = operand else {
            continue;
        };
        let place = place.key(name, position);
        for (position, (key, value)) in operand.iter().enumerate() {
            if let (true, Value::Text(path)) = (&**key == "path", value) {
                each(path, &place.key(key, position));
            }
        }
    }
}

fn read_nested(checker: &mut Checker, value: &Value, place: &Place<'_>, depth: usize) -> Condition {
    if depth > MAX_DEPTH {
        let detail = format!("must nest at most {MAX_DEPTH} conditions deep");
        checker.fault(ErrorCode::ModelConditionTooDeep, place, detail);
        return Condition::All(Vec::new());
    }
    let Value::Map(entries) = value else {
        let node = Node {
            value,
            place: *place,
        };
        checker.expected(ErrorCode::ModelWrongType, node, "a condition (an object)");
        return Condition::All(Vec::new());
    };
    let mut conditions: Vec<Condition> = entries
        .iter()
        .enumerate()
        .map(|(position, (key, value))| {
            let place = place.key(key, position);
            match &**key {
                "all" => Condition::All(read_list(checker, value, &place, depth)),
                "any" => Condition::Any(read_list(checker, value, &place, depth)),
                "not" => Condition::Not(Box::new(read_nested(checker, value, &place, depth + 1))),
                path => read_tests(checker, path, value, &place),
            }
        })
        .collect();
    match conditions.pop() {
        Some(only) if conditions.is_empty() => only,
        last => {
            conditions.extend(last);
            Condition::All(conditions)
        }
    }
}

fn read_list(
    checker: &mut Checker,
    value: &Value,
    place: &Place<'_>,
    depth: usize,
) -> Vec<Condition> {
    let node = Node {
        value,
        place: *place,
    };
    checker
        .list(node)
        .iter()
        .enumerate()
        .map(|(index, item)| read_nested(checker, item, &place.index(index), depth + 1))
        .collect()
}

fn read_tests(checker: &mut Checker, path: &str, value: &Value, place: &Place<'_>) -> Condition {
    let Some(path) = checker.path_text(path, place) else {
        return Condition::All(Vec::new());
    };
    let tests = match value {
        Value::Map(entries) => {
            let fields = checker.entries(entries, place, &TESTS);
            TESTS
                .iter()
                .filter_map(|name| read_test(checker, name, fields.get(name)?))
                .collect()
        }
        Value::List(_) => {
            let node = Node {
                value,
                place: *place,
            };
            let expectation = "a value, or tests such as `{ \"in\": […] }`";
            checker.expected(ErrorCode::ModelWrongType, node, expectation);
            Vec::new()
        }
        _ => {
            let node = Node {
                value,
                place: *place,
            };
            let scalar = read_scalar(checker, node);
            vec![Test::Equal(Operand::Scalar(scalar))]
        }
    };
    Condition::At(path, tests)
}

fn read_test(checker: &mut Checker, name: &str, node: Node<'_, '_>) -> Option<Test> {
    let test = match name {
        "eq" => Test::Equal(read_operand(checker, node)?),
        "ne" => Test::NotEqual(read_operand(checker, node)?),
        "gt" => Test::Ordered(Order::Greater, read_operand(checker, node)?),
        "gte" => Test::Ordered(Order::GreaterOrEqual, read_operand(checker, node)?),
        "lt" => Test::Ordered(Order::Less, read_operand(checker, node)?),
        "lte" => Test::Ordered(Order::LessOrEqual, read_operand(checker, node)?),
        "in" => Test::In(read_scalars(checker, node)),
        "notIn" => Test::NotIn(read_scalars(checker, node)),
        "exists" => Test::Exists(checker.flag(node)?),
        "contains" => Test::Contains(read_scalar(checker, node)),
        "startsWith" => Test::StartsWith(checker.text(node)?.into()),
        "olderThan" => Test::OlderThan(checker.duration(node)?),
        "within" => Test::Within(checker.positive_duration(node)?),
        "dueWithin" => Test::DueWithin(checker.duration(node)?),
        _ => return None,
    };
    Some(test)
}

/// A scalar, or `{ "path": … }`.
fn read_operand(checker: &mut Checker, node: Node<'_, '_>) -> Option<Operand> {
    if let Value::Map(entries) = node.value {
        let fields = checker.entries(entries, &node.place, &["path"]);
        let path = checker.required(fields, "path")?;
        return Some(Operand::Path(checker.path(path)?));
    }
    Some(Operand::Scalar(read_scalar(checker, node)))
}

fn read_scalars(checker: &mut Checker, node: Node<'_, '_>) -> Vec<Scalar> {
    checker
        .list(node)
        .iter()
        .enumerate()
        .map(|(index, value)| {
            let place = node.place.index(index);
            read_scalar(checker, Node { value, place })
        })
        .collect()
}

fn read_scalar(checker: &mut Checker, node: Node<'_, '_>) -> Scalar {
    match node.value {
        Value::Null => Scalar::Null,
        Value::Bool(flag) => Scalar::Bool(*flag),
        Value::Number(number) => {
            if !number.is_finite() {
                checker.expected(ErrorCode::ModelOutOfRange, node, "a finite number");
            }
            Scalar::Number(*number)
        }
        Value::Text(_) | Value::Torn(_) => checker
            .text(node)
            .map_or(Scalar::Null, |text| Scalar::Text(text.into())),
        _ => {
            let expectation = "a text, a number, true, false or null";
            checker.expected(ErrorCode::ModelWrongType, node, expectation);
            Scalar::Null
        }
    }
}
