//! Paths that begin with what they begin inside of already.

use super::{Located, Warnings};
use crate::model::criterion::{CountRule, CriterionKind};
use crate::model::event_match::EventMatch;
use crate::path::Path;
use alloc::format;

/// `data.amount` of an event's data and `profile.plan` of a profile lead to nothing, save where data have `data`.
pub(super) fn lint_root(one: &Located<'_>, warnings: &mut Warnings) {
    let root = match &one.criterion.kind {
        CriterionKind::Filter(_) => "profile",
        _ => "data",
    };
    let mut found = None;
    let mut look = |path: &Path| {
        if let (first, [_, ..]) = path.split_first()
            && first == root
        {
            found = Some(path.segments.join("."));
        }
    };
    let (matching, count, condition, per): (Option<&EventMatch>, Option<&CountRule>, _, _) =
        match &one.criterion.kind {
            CriterionKind::Event(rule) => (
                Some(&rule.matching),
                Some(&rule.count),
                None,
                rule.per.as_ref(),
            ),
            CriterionKind::Frequency(rule) => (Some(&rule.matching), Some(&rule.count), None, None),
            CriterionKind::Inactivity(rule) => (Some(&rule.matching), None, None, None),
            CriterionKind::Filter(rule) => (None, None, rule.condition.as_ref(), rule.per.as_ref()),
        };
    let condition = condition.or(matching.and_then(|matching| matching.condition.as_ref()));
    if let Some(condition) = condition {
        condition.paths(&mut look);
    }
    let unique_by = count.and_then(|count| count.unique_by.as_ref());
    per.into_iter().chain(unique_by).for_each(look);
    if let Some(path) = found {
        let detail = format!("asks for `{path}`, and paths begin inside the {root} there");
        warnings.push("lint-path-with-root", &*one.path, detail);
    }
}
