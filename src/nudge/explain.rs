//! Which facts make a condition fail.

use super::facts::NudgeFacts;
use crate::condition::{Condition, Facts};
use crate::names::Names;
use crate::path::Path;
use crate::time::Instant;
use alloc::vec::Vec;

/// The paths of the facts that make a condition fail, each once: those of all that must hold and do not, and of what must
/// not hold all that it asks for. None where it holds; empty where it cannot hold, whatever the facts.
pub(super) fn failing<'c>(
    condition: &'c Condition,
    facts: &NudgeFacts<'_>,
    at: Instant,
) -> Option<Vec<&'c Path>> {
    if condition.holds(facts, at) {
        return None;
    }
    let mut failing = Failing::default();
    failing.collect(condition, Some((facts, at)));
    Some(failing.paths)
}

/// Paths, each once.
#[derive(Default)]
struct Failing<'c> {
    paths: Vec<&'c Path>,
    known: Names,
}

impl<'c> Failing<'c> {
    /// Adds the paths of what does not hold; without facts, all.
    fn collect(&mut self, condition: &'c Condition, holding: Option<(&dyn Facts, Instant)>) {
        if holding.is_some_and(|(facts, at)| condition.holds(facts, at)) {
            return;
        }
        match condition {
            Condition::All(conditions) | Condition::Any(conditions) => {
                for condition in conditions {
                    self.collect(condition, holding);
                }
            }
            Condition::Not(condition) => self.collect(condition, None),
            Condition::At(path, _) => {
                if self.known.is_new(path.segments.join("\0").as_bytes()) {
                    self.paths.push(path);
                }
            }
        }
    }
}
