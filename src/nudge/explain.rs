//! Which facts make a condition fail.

use super::facts::NudgeFacts;
use crate::condition::{Condition, Facts};
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
    let mut failing = Vec::new();
    collect(condition, Some((facts, at)), &mut failing);
    Some(failing)
}

/// Adds the paths of what does not hold; without facts, all.
fn collect<'c>(
    condition: &'c Condition,
    holding: Option<(&dyn Facts, Instant)>,
    paths: &mut Vec<&'c Path>,
) {
    if holding.is_some_and(|(facts, at)| condition.holds(facts, at)) {
        return;
    }
    match condition {
        Condition::All(conditions) | Condition::Any(conditions) => {
            for condition in conditions {
                collect(condition, holding, paths);
            }
        }
        Condition::Not(condition) => collect(condition, None, paths),
        Condition::At(path, _) if paths.contains(&path) => {}
        Condition::At(path, _) => paths.push(path),
    }
}
