//! Audiences: named conditions over a customer's result.

use super::fact::KnownFacts;
use super::label::read_label;
use super::part::Part;
use crate::check::{Checker, Node};
use crate::condition::Condition;
use crate::names::Names;
use crate::path::Path;
use alloc::{boxed::Box, vec::Vec};

/// Those of whom a condition holds: churn risk, likely upsell, potential advocate.
#[derive(Debug, Clone)]
pub(crate) struct Audience {
    pub(crate) id: Box<str>,
    pub(crate) when: Condition,
}

/// The audiences of a model with these parts.
pub(super) fn read_audiences(
    checker: &mut Checker,
    node: Node<'_, '_>,
    parts: &[Part],
) -> Vec<Audience> {
    let known = KnownFacts::new(parts, None);
    let items = checker.list(node);
    let mut audiences = Vec::with_capacity(items.len());
    for (index, value) in items.iter().enumerate() {
        let place = node.place.index(index);
        let Some(fields) = checker.fields(value, &place, &["id", "label", "when"]) else {
            continue;
        };
        let id = checker.id_at(fields);
        if let Some(node) = fields.get("label") {
            read_label(checker, node);
        }
        let when = checker.required(fields, "when");
        let when = when.map(|node| known.read_condition(checker, node));
        audiences.push(Audience {
            id: id.unwrap_or_default(),
            when: when.unwrap_or(Condition::All(Vec::new())),
        });
    }
    checker.distinct(node, &mut Names::default());
    audiences
}

impl Audience {
    /// Whether it asks how long ago the latest activity was.
    pub(super) fn reads_activity(&self) -> bool {
        asks_for(&self.when, "daysSinceLast")
    }
}

/// Whether a condition asks for a fact, or for one below a name.
pub(super) fn asks_for(condition: &Condition, name: &str) -> bool {
    let mut asks = false;
    let mut look = |path: &Path| asks |= path.split_first().0 == name;
    condition.paths(&mut look);
    asks
}
