//! A snapshot carried over to another model: what of the past that model does not know, and for how long it matters.

use super::compaction::Fold;
use super::head::Kept;
use crate::event::is_activity;
use crate::model::{Award, CountRule, Criterion, CriterionKind, DecayCurve, EventMatch, Model};
use crate::path::Path;
use crate::time::{Duration, MILLIS_PER_DAY};
use alloc::{string::String, vec::Vec};

/// A civil day and what its ends can be off: an event that takes a place in a day's cap does so no longer.
const DAY_AND_MORE: f64 = 2.0 * MILLIS_PER_DAY as f64;

/// What was kept of the past.
pub(super) struct Gaps<'l> {
    pub(super) kept: &'l Kept,
    /// The latest time of any event, in epoch ms.
    pub(super) latest: f64,
    /// By criterion whether what was folded of its past is known, and the fold.
    pub(super) fold: Option<(&'l [bool], &'l Fold)>,
}

impl Gaps<'_> {
    /// The instant, in epoch ms, from which on nothing that is unknown matters.
    pub(super) fn complete_from(&self, model: &Model) -> f64 {
        let criteria = model.criteria().enumerate();
        let criteria = criteria.filter(|(_, (_, criterion))| criterion.enabled);
        let mut complete = criteria
            .map(|(number, (_, criterion))| self.criterion(number, criterion))
            .fold(f64::NEG_INFINITY, f64::max);
        let has_unknown = self.latest > f64::NEG_INFINITY;
        if model.asks_for_latest_activity() && !self.kept.reads_activity && has_unknown {
            complete = f64::INFINITY;
        }
        complete
    }

    fn criterion(&self, number: usize, criterion: &Criterion) -> f64 {
        let Some(matching) = criterion.kind.matching() else {
            return f64::NEG_INFINITY;
        };
        let from_last_activity = match &criterion.kind {
            CriterionKind::Event(rule) => {
                rule.decay.from_last_activity && rule.decay.curve != DecayCurve::None
            }
            _ => false,
        };
        let lacks_activity = from_last_activity && !self.kept.reads_activity;
        let mut unknown = f64::NEG_INFINITY;
        if lacks_activity || !self.knows(matching, &paths_of(&criterion.kind)) {
            unknown = self.latest;
        }
        if let Some((is_known, fold)) = self.fold
            && is_known.get(number) == Some(&false)
        {
            unknown = unknown.max(fold.before);
        }
        if unknown == f64::NEG_INFINITY {
            return unknown;
        }
        // What starwise showed is no activity, which those rules would have to know of.
        let names_nudges = !matching
            .types
            .iter()
            .flatten()
            .all(|name| is_activity(name.as_bytes()));
        unknown
            + match &criterion.kind {
                CriterionKind::Event(_) if lacks_activity && names_nudges => f64::INFINITY,
                CriterionKind::Event(rule) => reach(&rule.count, rule.period),
                CriterionKind::Frequency(rule) => reach(&rule.count, Some(rule.within)),
                CriterionKind::Inactivity(rule) if rule.repeat || names_nudges => f64::INFINITY,
                CriterionKind::Inactivity(rule) => rule.idle_for.millis() as f64,
                CriterionKind::Filter(_) => 0.0,
            }
    }

    /// Whether all events that a criterion is about were kept, with what it reads of them.
    fn knows(&self, matching: &EventMatch, paths: &[String]) -> bool {
        let kept = self.kept;
        let has_paths = paths
            .iter()
            .all(|path| kept.paths.iter().any(|known| **known == **path));
        let Some(types) = &matching.types else {
            return kept.reads_activity && (paths.is_empty() || kept.reads_all_data && has_paths);
        };
        types.iter().all(|name| {
            let is_activity = is_activity(name.as_bytes());
            let found = kept.types.iter().find(|(known, _)| known == name);
            let is_kept = found.is_some() || kept.reads_activity && is_activity;
            let reads_data =
                found.is_some_and(|(_, reads)| *reads) || kept.reads_all_data && is_activity;
            is_kept && (paths.is_empty() || reads_data && has_paths)
        })
    }
}

/// For how long, in ms, an event can matter.
fn reach(count: &CountRule, period: Option<Duration>) -> f64 {
    let counts_by_past =
        count.award != Award::Every || count.unique_by.is_some() || count.cooldown.is_some();
    match period {
        Some(period) if !counts_by_past => {
            let cap = count.per_day.map_or(0.0, |_| DAY_AND_MORE);
            period.millis() as f64 + cap
        }
        _ => f64::INFINITY,
    }
}

/// What a criterion reads of the data of events.
fn paths_of(kind: &CriterionKind) -> Vec<String> {
    let mut paths: Vec<String> = Vec::new();
    let mut add = |path: &Path| paths.push(path.segments.join("."));
    match kind {
        CriterionKind::Event(rule) => {
            rule.per.iter().for_each(&mut add);
            rule.count.unique_by.iter().for_each(&mut add);
        }
        CriterionKind::Frequency(rule) => rule.count.unique_by.iter().for_each(&mut add),
        CriterionKind::Inactivity(_) | CriterionKind::Filter(_) => {}
    }
    let condition = kind
        .matching()
        .and_then(|matching| matching.condition.clone());
    if let Some(mut condition) = condition {
        condition.paths_mut(&mut |path| add(path));
    }
    paths
}
