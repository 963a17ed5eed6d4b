//! Audiences: named conditions over a customer's result.

use super::label::read_label;
use super::part::Part;
use crate::check::{Checker, Node, Place};
use crate::condition::{Condition, each_path, read_condition};
use crate::error::ErrorCode;
use crate::names::Names;
use crate::path::Path;
use crate::value::describe_text;
use alloc::{boxed::Box, format, vec::Vec};

/// Those of whom a condition holds: churn risk, likely upsell, potential advocate.
#[derive(Debug, Clone)]
pub(crate) struct Audience {
    pub(crate) id: Box<str>,
    pub(crate) when: Condition,
}

/// All that a condition may begin with; the first three have names below them, the others none.
const ROOTS: [&str; 11] = [
    "profile",
    "parts",
    "counts",
    "tenureDays",
    "points",
    "score",
    "stars",
    "starsExact",
    "segment",
    "stage",
    "daysSinceLast",
];
/// How many of them have names below them.
const GROUPS: usize = 3;

/// The audiences of a model with these parts.
pub(super) fn read_audiences(
    checker: &mut Checker,
    node: Node<'_, '_>,
    parts: &[Part],
) -> Vec<Audience> {
    let items = checker.list(node);
    let mut audiences = Vec::with_capacity(items.len());
    for (index, value) in items.iter().enumerate() {
        let place = node.place.index(index);
        let Some(fields) = checker.fields(value, &place, &["id", "label", "when"]) else {
            continue;
        };
        let id = checker
            .required(fields, "id")
            .and_then(|node| checker.id(node));
        if let Some(node) = fields.get("label") {
            read_label(checker, node);
        }
        let when = checker.required(fields, "when").map(|node| {
            let mut check = |path: &str, place: &Place<'_>| check_fact(checker, path, place, parts);
            each_path(node.value, &node.place, &mut check);
            read_condition(checker, node)
        });
        audiences.push(Audience {
            id: id.unwrap_or_default(),
            when: when.unwrap_or(Condition::All(Vec::new())),
        });
    }
    checker.distinct(node, &mut Names::default());
    audiences
}

/// A path must lead to a fact of a result.
fn check_fact(checker: &mut Checker, path: &str, place: &Place<'_>, parts: &[Part]) {
    // One that is no path at all is a fault of the condition.
    let Some(path) = Path::parse(path) else {
        return;
    };
    let below = |ids: &[&str], id: &str| (!ids.contains(&id)).then(|| checker.hint(id, ids));
    let hint = match path.split_first() {
        ("profile", [_, ..]) => return,
        ("parts", [id]) => {
            let ids: Vec<&str> = parts.iter().filter_map(|part| part.id.as_deref()).collect();
            below(&ids, id)
        }
        ("counts", [id]) => {
            let criteria = parts.iter().flat_map(|part| &part.criteria);
            let ids: Vec<&str> = criteria.map(|criterion| &*criterion.id).collect();
            below(&ids, id)
        }
        (name, []) if ROOTS.iter().skip(GROUPS).any(|fact| *fact == name) => return,
        (name, _) => Some(checker.hint(name, &ROOTS)),
    };
    if let Some(hint) = hint {
        let text = path.segments.join(".");
        let detail = format!(
            "must be a fact of a result, such as `score` or `profile.plan`, found {}{hint}",
            describe_text(&text)
        );
        checker.fault(ErrorCode::ModelUnknownReference, place, detail);
    }
}

impl Audience {
    /// Whether it asks how long ago the latest activity was.
    pub(super) fn reads_activity(&self) -> bool {
        let mut reads = false;
        let mut look = |path: &Path| reads |= path.split_first().0 == "daysSinceLast";
        self.when.paths(&mut look);
        reads
    }
}
