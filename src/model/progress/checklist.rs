//! Checklists: steps to take, each done by an event, by what the profile says, or by a criterion.

use crate::check::{Checker, Fields, Node};
use crate::condition::{Condition, read_condition};
use crate::error::ErrorCode;
use crate::model::criterion::{CountRule, CriterionKind, read_count};
use crate::model::event_match::{EventMatch, read_match};
use crate::model::label::{Label, read_href, read_icon, read_required_label};
use crate::model::part::Part;
use crate::model::reference::{position_of, unknown};
use crate::names::Names;
use crate::value::Value;
use alloc::{boxed::Box, format, vec, vec::Vec};

/// Steps under one heading.
#[derive(Debug, Clone)]
pub(crate) struct Checklist {
    pub(crate) id: Box<str>,
    pub(crate) label: Label,
    pub(crate) icon: Option<Box<str>>,
    /// At least one.
    pub(crate) steps: Vec<Step>,
}

/// One thing to do.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub(crate) id: Box<str>,
    pub(crate) label: Label,
    pub(crate) href: Option<Box<str>>,
    pub(crate) is_optional: bool,
    pub(crate) done: StepDone,
}

/// What makes a step done.
#[derive(Debug, Clone)]
pub(crate) enum StepDone {
    /// So many matching events.
    Event {
        matching: EventMatch,
        rule: CountRule,
        count: u32,
    },
    /// What the profile says now.
    Profile(Condition),
    /// The criterion of this number, over all parts, counts something.
    Criterion(usize),
}

const KEYS: [&str; 4] = ["id", "label", "icon", "steps"];
const STEP_KEYS: [&str; 5] = ["id", "label", "href", "optional", "done"];
/// The keys of which a step's `done` has exactly one.
const WAYS: [&str; 3] = ["event", "profile", "criterion"];

/// The checklists of a model with these parts.
pub(in crate::model) fn read_checklists(
    checker: &mut Checker,
    node: Node<'_, '_>,
    parts: &[Part],
) -> Vec<Checklist> {
    let mut checklists = Vec::new();
    for (index, value) in checker.list(node).iter().enumerate() {
        let place = node.place.index(index);
        let Some(fields) = checker.fields(value, &place, &KEYS) else {
            continue;
        };
        let id = checker.id_at(fields);
        let label = read_required_label(checker, fields, "label");
        let steps = checker.required(fields, "steps");
        checklists.push(Checklist {
            id: id.unwrap_or_default(),
            label,
            icon: read_icon(checker, fields),
            steps: steps.map_or_else(Vec::new, |node| read_steps(checker, node, parts)),
        });
    }
    checker.distinct(node, &mut Names::default());
    checklists
}

fn read_steps(checker: &mut Checker, node: Node<'_, '_>, parts: &[Part]) -> Vec<Step> {
    let items = checker.list(node);
    if matches!(node.value, Value::List(_)) && items.is_empty() {
        let detail = "must hold at least one step";
        checker.fault(ErrorCode::ModelOutOfRange, &node.place, detail);
    }
    let mut steps = Vec::with_capacity(items.len());
    for (index, value) in items.iter().enumerate() {
        let place = node.place.index(index);
        if let Some(fields) = checker.fields(value, &place, &STEP_KEYS) {
            steps.push(read_step(checker, fields, parts));
        }
    }
    checker.distinct(node, &mut Names::default());
    steps
}

fn read_step(checker: &mut Checker, fields: Fields<'_, '_>, parts: &[Part]) -> Step {
    let id = checker.id_at(fields);
    let label = read_required_label(checker, fields, "label");
    let done = checker.required(fields, "done");
    let done = done.and_then(|node| read_done(checker, node, parts));
    Step {
        id: id.unwrap_or_default(),
        label,
        href: read_href(checker, fields),
        is_optional: checker.flag_at(fields, "optional") == Some(true),
        done: done.unwrap_or(StepDone::Criterion(0)),
    }
}

fn read_done(checker: &mut Checker, node: Node<'_, '_>, parts: &[Part]) -> Option<StepDone> {
    let ways = WAYS.map(|key| node.value.get(key).is_some());
    let known: Vec<&str> = match ways {
        [true, false, false] => vec!["event", "where", "count"],
        [false, true, false] => vec!["profile"],
        [false, false, true] => vec!["criterion"],
        _ => {
            if matches!(node.value, Value::Map(_)) {
                let detail = "must have one of `event`, `profile` and `criterion`";
                checker.fault(ErrorCode::ModelConflictingKeys, &node.place, detail);
                return None;
            }
            Vec::new()
        }
    };
    let fields = checker.fields(node.value, &node.place, &known)?;
    if let Some(found) = fields.get("profile") {
        return Some(StepDone::Profile(read_condition(checker, found)));
    }
    if let Some(found) = fields.get("criterion") {
        let id = checker.text(found)?;
        return read_criterion_step(checker, found, id, parts);
    }
    Some(StepDone::Event {
        matching: read_match(checker, fields, true),
        rule: read_count(checker, fields),
        count: checker.count_at(fields, "count", 1).unwrap_or(1),
    })
}

/// A criterion that something the customer does, or is, fulfils.
fn read_criterion_step(
    checker: &mut Checker,
    node: Node<'_, '_>,
    id: &str,
    parts: &[Part],
) -> Option<StepDone> {
    let criteria = || parts.iter().flat_map(|part| &part.criteria);
    let ids: Vec<&str> = criteria().map(|criterion| &*criterion.id).collect();
    let number = position_of(checker, &node.place, id, &ids, "criterion")?;
    let criterion = criteria().nth(number)?;
    if matches!(criterion.kind, CriterionKind::Inactivity(_)) || !criterion.enabled {
        let fault = match criterion.enabled {
            true => "counts inactivity",
            false => "is not enabled",
        };
        let detail = format!("must name a criterion that can be fulfilled, and `{id}` {fault}");
        unknown(checker, &node.place, detail);
    }
    Some(StepDone::Criterion(number))
}
