//! Parts of a composite model, and how they combine.

use super::criterion::{Criterion, read_criterion};
use super::decay::Fading;
use super::label::{Label, read_label_at};
use super::scale::{Bounds, MIN_TARGET};
use crate::check::{Checker, Fields, MAX_NUMBER, Node, Place};
use crate::error::ErrorCode;
use crate::names::Names;
use crate::number::number_text;
use crate::value::Value;
use alloc::{boxed::Box, format, vec, vec::Vec};

/// A component of the model: a product, support, satisfaction. A model without parts is one of them.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// None for the only part of a model that has `criteria` of its own.
    pub(crate) id: Option<Box<str>>,
    pub(crate) label: Option<Label>,
    pub(crate) weight: f64,
    /// Points that make its own score 100.
    pub(crate) target: f64,
    pub(crate) bounds: Bounds,
    pub(crate) missing: Missing,
    pub(crate) criteria: Vec<Criterion>,
}

/// How parts make the model's points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Combine {
    Sum,
    Weighted,
}

/// What becomes of a part of which nothing is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    Zero,
    Skip,
}

/// The least weight but none. Chosen, as the least target is.
const MIN_WEIGHT: f64 = 1e-6;

/// Criteria of a model, at most, over all its parts.
pub(super) const MAX_CRITERIA: usize = 500;

const KEYS: [&str; 10] = [
    "id", "label", "weight", "target", "min", "max", "missing", "period", "decay", "criteria",
];

/// How the parts of a model combine.
pub(super) fn read_combine(checker: &mut Checker, fields: Fields<'_, '_>) -> Combine {
    let Some(node) = fields.get("combine") else {
        return Combine::Sum;
    };
    let choices = [("sum", Combine::Sum), ("weighted", Combine::Weighted)];
    let combine = checker.choice(node, &choices);
    if combine.is_some() && !fields.has("parts") {
        let detail = "must stand with `parts`, and the model has none";
        checker.fault(ErrorCode::ModelConflictingKeys, &node.place, detail);
    }
    combine.unwrap_or(Combine::Sum)
}

/// The parts of a model, or the one that its own criteria make.
pub(super) fn read_parts(
    checker: &mut Checker,
    fields: Fields<'_, '_>,
    fading: Fading,
    combine: Combine,
) -> Vec<Part> {
    let criteria = fields.get("criteria");
    let Some(node) = fields.get("parts") else {
        let parts = vec![Part::only(read_criteria(checker, fields, fading))];
        if let Some(criteria) = criteria {
            check_criteria(checker, &[criteria], criteria);
        }
        return parts;
    };
    if criteria.is_some() {
        let detail = "must not stand beside `criteria`: a model has one or the other";
        checker.fault(ErrorCode::ModelConflictingKeys, &node.place, detail);
    }
    let items = checker.list(node);
    let places: Vec<Place<'_>> = (0..items.len())
        .map(|index| node.place.index(index))
        .collect();
    let parts = items
        .iter()
        .zip(&places)
        .map(|(value, place)| {
            let place = *place;
            read_part(checker, Node { value, place }, fading, combine)
        })
        .collect();
    checker.distinct(node, &mut Names::default());
    let lists: Vec<Node<'_, '_>> = items
        .iter()
        .zip(&places)
        .filter_map(|(part, place)| {
            let Value::Map(entries) = part else {
                return None;
            };
            Fields { entries, place }.get("criteria")
        })
        .collect();
    check_criteria(checker, &lists, node);
    parts
}

/// What concerns the criteria of all parts together: their number and their ids.
fn check_criteria(checker: &mut Checker, lists: &[Node<'_, '_>], whole: Node<'_, '_>) {
    let count: usize = lists
        .iter()
        .map(|list| match list.value {
            Value::List(items) => items.len(),
            _ => 0,
        })
        .sum();
    if count > MAX_CRITERIA {
        let detail = format!("must hold at most {MAX_CRITERIA} criteria, found {count}");
        checker.fault(ErrorCode::ModelTooManyCriteria, &whole.place, detail);
    }
    let mut seen = Names::default();
    for list in lists {
        checker.distinct(*list, &mut seen);
    }
}

/// A part; an empty one where something else than an object stands.
fn read_part(
    checker: &mut Checker,
    node: Node<'_, '_>,
    inherited: Fading,
    combine: Combine,
) -> Part {
    let Some(fields) = checker.fields(node.value, &node.place, &KEYS) else {
        return Part::only(Vec::new());
    };
    let id = checker.id_at(fields);
    let fading = inherited.read(checker, fields);
    let default_bounds = match combine {
        Combine::Sum => Bounds::NONE,
        Combine::Weighted => Bounds::HUNDRED,
    };
    Part {
        id: Some(id.unwrap_or_default()),
        label: read_label_at(checker, fields, "label"),
        weight: fields
            .get("weight")
            .and_then(|node| read_weight(checker, node))
            .unwrap_or(1.0),
        target: checker
            .number_at(fields, "target", MIN_TARGET, MAX_NUMBER)
            .unwrap_or(100.0),
        bounds: Bounds::read(checker, fields, default_bounds),
        missing: fields
            .get("missing")
            .and_then(|node| {
                checker.choice(node, &[("zero", Missing::Zero), ("skip", Missing::Skip)])
            })
            .unwrap_or(Missing::Zero),
        criteria: read_criteria(checker, fields, fading),
    }
}

/// A weight: 0, or large enough that its products with scores are numbers with all their digits.
pub(super) fn read_weight(checker: &mut Checker, node: Node<'_, '_>) -> Option<f64> {
    let weight = checker.number(node, 0.0, MAX_NUMBER)?;
    if weight > 0.0 && weight < MIN_WEIGHT {
        let expectation = format!("0, or at least {}", number_text(MIN_WEIGHT));
        checker.expected(ErrorCode::ModelOutOfRange, node, &expectation);
        return None;
    }
    Some(weight)
}

/// The required `criteria` of a part or a model.
fn read_criteria(
    checker: &mut Checker,
    fields: Fields<'_, '_>,
    inherited: Fading,
) -> Vec<Criterion> {
    let Some(node) = checker.required(fields, "criteria") else {
        return Vec::new();
    };
    checker
        .list(node)
        .iter()
        .take(MAX_CRITERIA)
        .enumerate()
        .filter_map(|(index, value)| {
            let place = node.place.index(index);
            read_criterion(checker, Node { value, place }, inherited)
        })
        .collect()
}

impl Part {
    /// The only part of a model without parts.
    fn only(criteria: Vec<Criterion>) -> Part {
        Part {
            id: None,
            label: None,
            weight: 1.0,
            target: 100.0,
            bounds: Bounds::NONE,
            missing: Missing::Zero,
            criteria,
        }
    }
}
