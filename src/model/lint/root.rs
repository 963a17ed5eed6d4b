//! Paths that begin with what they begin inside of already.

use super::{Located, Warnings};
use crate::model::criterion::CriterionKind;
use crate::path::Path;
use alloc::format;

/// `data.amount` of an event's data and `profile.plan` of a profile lead to nothing, save where data have `data`.
pub(super) fn lint_root(one: &Located<'_>, warnings: &mut Warnings) {
    let kind = &one.criterion.kind;
    let root = match kind.matching() {
        Some(_) => "data",
        None => "profile",
    };
    let (condition, per, unique_by) = match kind {
        CriterionKind::Event(rule) => (
            &rule.matching.condition,
            rule.per.as_ref(),
            rule.count.unique_by.as_ref(),
        ),
        CriterionKind::Frequency(rule) => (
            &rule.matching.condition,
            None,
            rule.count.unique_by.as_ref(),
        ),
        CriterionKind::Inactivity(rule) => (&rule.matching.condition, None, None),
        CriterionKind::Filter(rule) => (&rule.condition, rule.per.as_ref(), None),
    };
    let mut found = None;
    let mut look = |path: &Path| {
        if let (first, [_, ..]) = path.split_first()
            && first == root
        {
            found = Some(path.segments.join("."));
        }
    };
    if let Some(condition) = condition {
        condition.paths(&mut look);
    }
    per.into_iter().chain(unique_by).for_each(look);
    if let Some(path) = found {
        let detail = format!("asks for `{path}`, and paths begin inside the {root} there");
        warnings.push("lint-path-with-root", &*one.path, detail);
    }
}
