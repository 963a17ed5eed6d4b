//! Stages: what is good differs with the phase of a customer's life.

use super::fact::KnownFacts;
use super::part::{MAX_CRITERIA, Part, read_weight};
use super::scale::{MIN_TARGET, Target, read_target};
use crate::check::{Checker, Fields, MAX_NUMBER, Node};
use crate::condition::Condition;
use crate::error::ErrorCode;
use crate::names::Names;
use crate::value::{Value, describe_text};
use alloc::{boxed::Box, format, vec::Vec};

/// A phase and what it replaces.
#[derive(Debug, Clone)]
pub(crate) struct Stage {
    pub(crate) id: Box<str>,
    pub(crate) when: Condition,
    /// By part.
    pub(crate) weights: NumbersById,
    /// By part.
    pub(crate) targets: NumbersById,
    pub(crate) target: Option<Target>,
    /// By criterion.
    pub(crate) points: NumbersById,
}

/// Numbers by the id of a part or criterion: few enough to look through.
#[derive(Debug, Clone, Default)]
pub(crate) struct NumbersById(Vec<(Box<str>, f64)>);

impl NumbersById {
    pub(crate) fn get(&self, id: &str) -> Option<f64> {
        let mut numbers = self.0.iter();
        numbers
            .find(|(name, _)| **name == *id)
            .map(|(_, number)| *number)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

const KEYS: [&str; 6] = ["id", "when", "weights", "targets", "target", "points"];

/// The stages of a model with these parts.
pub(super) fn read_stages(
    checker: &mut Checker,
    fields: Fields<'_, '_>,
    parts: &[Part],
) -> Vec<Stage> {
    let Some(node) = fields.get("stages") else {
        return Vec::new();
    };
    let stages = checker
        .list(node)
        .iter()
        .enumerate()
        .filter_map(|(index, value)| {
            let place = node.place.index(index);
            read_stage(checker, Node { value, place }, parts)
        })
        .collect();
    checker.distinct(node, &mut Names::default());
    stages
}

/// One of them; none where something else than an object stands.
fn read_stage(checker: &mut Checker, node: Node<'_, '_>, parts: &[Part]) -> Option<Stage> {
    let fields = checker.fields(node.value, &node.place, &KEYS)?;
    let part_ids: Vec<&str> = parts.iter().filter_map(|part| part.id.as_deref()).collect();
    let criterion_ids: Vec<&str> = parts
        .iter()
        .flat_map(|part| part.criteria.iter().map(|criterion| &*criterion.id))
        .take(MAX_CRITERIA)
        .collect();
    let id = checker.id_at(fields);
    let when = checker
        .required(fields, "when")
        .map(|node| KnownFacts::of_stages().read_condition(checker, node));
    let mut read = |key, what: &str, ids: &[&str], number: NumberReader| {
        read_numbers(checker, fields, key, what, ids, number)
    };
    let weights = read("weights", "part", &part_ids, read_weight);
    let targets = read("targets", "part", &part_ids, |checker, node| {
        checker.number(node, MIN_TARGET, MAX_NUMBER)
    });
    let points = read("points", "criterion", &criterion_ids, |checker, node| {
        checker.number(node, -MAX_NUMBER, MAX_NUMBER)
    });
    Some(Stage {
        id: id.unwrap_or_default(),
        when: when.unwrap_or(Condition::All(Vec::new())),
        weights,
        targets,
        target: fields
            .get("target")
            .and_then(|node| read_target(checker, node)),
        points,
    })
}

/// Reads one number, within the bounds of its kind.
type NumberReader = fn(&mut Checker, Node<'_, '_>) -> Option<f64>;

/// Numbers by the id of a part or criterion that the model has.
fn read_numbers(
    checker: &mut Checker,
    fields: Fields<'_, '_>,
    key: &str,
    what: &str,
    ids: &[&str],
    read: NumberReader,
) -> NumbersById {
    let mut numbers = NumbersById::default();
    let Some(node) = fields.get(key) else {
        return numbers;
    };
    let Value::Map(entries) = node.value else {
        let expectation = format!("an object of numbers by {what}");
        checker.expected(ErrorCode::ModelWrongType, node, &expectation);
        return numbers;
    };
    for (position, (id, value)) in entries.iter().enumerate() {
        let place = node.place.key(id, position);
        if !ids.contains(&&**id) {
            let hint = checker.hint(id, ids);
            let detail = format!(
                "names no {what} of the model, found {}{hint}",
                describe_text(id)
            );
            checker.fault(ErrorCode::ModelUnknownReference, &place, detail);
        }
        if let Some(number) = read(checker, Node { value, place }) {
            numbers.0.push((id.clone(), number));
        }
    }
    numbers
}
