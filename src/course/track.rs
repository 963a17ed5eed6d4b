//! What is kept for one criterion.

use super::counter::{Days, Rule, Verdict};
use super::trail::{Shape, Trail};
use crate::condition::Facts;
use crate::event::Rows;
use crate::model::{Criterion, CriterionKind, EventMatch};
use crate::score::RowFacts;
use crate::time::Instant;
use alloc::boxed::Box;
use alloc::vec::Vec;

/// What is kept for one criterion.
#[derive(Debug, Clone)]
pub(crate) enum Track {
    /// Nothing: it is disabled.
    Off,
    /// Counted events.
    Trail(Box<Trail>),
    /// The times of matching events, epoch ms, never falling: one for every time.
    Matches(Vec<f64>),
    /// Nothing of its own: every activity matches.
    Activities,
    /// Nothing: it looks at the profile.
    Profile,
}

impl Track {
    pub(super) fn new(criterion: &Criterion) -> Track {
        if !criterion.enabled {
            return Track::Off;
        }
        match (&criterion.kind, Shape::of(criterion)) {
            (_, Some(shape)) => Track::Trail(Box::new(Trail::new(shape))),
            (CriterionKind::Inactivity(rule), _) if rule.matching.is_any_activity() => {
                Track::Activities
            }
            (CriterionKind::Inactivity(_), _) => Track::Matches(Vec::new()),
            _ => Track::Profile,
        }
    }

    /// Takes the next event of its types in canonical order.
    pub(super) fn take(
        &mut self,
        criterion: &Criterion,
        rule: Option<Rule<'_>>,
        rows: &Rows,
        row: usize,
        days: Days<'_>,
    ) -> Verdict {
        match (self, rule, criterion.kind.matching()) {
            (Track::Trail(trail), Some(rule), _) => trail.take(rule, rows, row, days),
            (Track::Matches(times), _, Some(matching)) => {
                let time = rows.times.get(row).copied().unwrap_or_default();
                if matching.takes(&RowFacts { rows, row }, time) {
                    times.push(time);
                }
                Verdict::Dropped
            }
            _ => Verdict::Dropped,
        }
    }
}

impl EventMatch {
    /// Whether its condition holds of an event of one of its types.
    pub(crate) fn takes(&self, facts: &dyn Facts, time: f64) -> bool {
        self.condition
            .as_ref()
            .is_none_or(|condition| condition.holds(facts, Instant::known(time)))
    }
}
