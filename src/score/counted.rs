//! Which events a criterion counts: award, then one of each value, then cooldown and daily cap.

use super::moment::{Moment, data_of};
use crate::event::Entry;
use crate::model::{Award, CountRule};
use crate::names::Names;

/// A matching event and how much it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate<'h> {
    pub(super) event: &'h Entry,
    pub(super) amount: f64,
}

/// Those of the candidates that are counted, in canonical order.
///
/// Each rule filters what the one before left. The period plays no part here, so that whether an event is
/// counted never changes as time goes on (but for `award: "last"`).
pub(super) fn counted<'h>(
    mut candidates: Vec<Candidate<'h>>,
    rule: &CountRule,
    moment: &Moment<'_>,
) -> Vec<Candidate<'h>> {
    match rule.award {
        Award::Every => {}
        Award::First => candidates.truncate(1),
        Award::Last => drop(candidates.drain(..candidates.len().saturating_sub(1))),
    }
    if let Some(path) = &rule.unique_by {
        let mut seen = Names::default();
        let mut has_seen_none = false;
        candidates.retain(|candidate| match path.find(data_of(candidate.event)) {
            Some(value) => seen.is_new(&value.canonical_text()),
            None => !std::mem::replace(&mut has_seen_none, true),
        });
    }
    let mut last_counted = None;
    let mut days = DayCounts::default();
    candidates.retain(|candidate| {
        let time = candidate.event.time;
        let is_cooling = match (rule.cooldown, last_counted) {
            (Some(cooldown), Some(last)) => time.since(last) < cooldown.millis(),
            _ => false,
        };
        let is_counted = !is_cooling
            && rule.per_day.is_none_or(|cap| {
                days.take(moment.zone.civil_day(time, moment.day_start_hour), cap)
            });
        if is_counted {
            last_counted = Some(time);
        }
        is_counted
    });
    candidates
}

/// How many were counted on the latest civil days.
///
/// Days hardly ever come out of order: only when clocks are set back over the hour at which a day begins.
#[derive(Default)]
struct DayCounts {
    /// The day and its count, latest last; two are enough.
    latest: [Option<(i64, u32)>; 2],
}

impl DayCounts {
    /// Counts one more on a day, unless the cap is reached.
    fn take(&mut self, day: i64, cap: u32) -> bool {
        let known = self
            .latest
            .iter_mut()
            .flatten()
            .find(|(known, _)| *known == day);
        match known {
            Some((_, count)) if *count < cap => {
                *count += 1;
                true
            }
            Some(_) => false,
            None => {
                let [_, last] = self.latest;
                self.latest = [last, Some((day, 1))];
                true
            }
        }
    }
}
