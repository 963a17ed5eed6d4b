//! When the number of events within a period first lay within bounds.

use crate::model::FrequencyRule;
use alloc::vec::Vec;

/// What is remembered of the counted events of a `frequency` criterion until it is fulfilled.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Pace {
    /// Epoch ms of the events that are still within the period of the latest, rising.
    pub(crate) times: Vec<f64>,
    /// Epoch ms of the first instant at which it was fulfilled, as far as that is settled.
    pub(crate) reached: Option<f64>,
}

impl Pace {
    /// Takes a counted event; events come in order of time.
    pub(super) fn take(&mut self, rule: &FrequencyRule, time: f64) {
        if self.reached.is_some() {
            return;
        }
        // An instant is settled once a later event is there: those of one instant count together.
        if self.times.last().is_some_and(|last| *last < time) {
            self.reached = self.first(rule, time, false);
            let period = rule.within.millis() as f64;
            self.times.retain(|known| known + period > time);
        }
        match self.reached {
            Some(_) => self.times.clear(),
            None => self.times.push(time),
        }
    }

    /// The first instant up to another, or before it, at which it was fulfilled, all in epoch ms.
    pub(super) fn first(&self, rule: &FrequencyRule, until: f64, is_included: bool) -> Option<f64> {
        if self.reached.is_some() {
            return self.reached;
        }
        let period = rule.within.millis() as f64;
        let holds =
            |count: usize| (rule.at_least as usize..=rule.at_most as usize).contains(&count);
        let last = self.times.last()?;
        // At the latest event, and then whenever one before leaves the period.
        let left = |instant: f64| {
            let gone = self.times.partition_point(|time| time + period <= instant);
            self.times.len() - gone
        };
        if holds(left(*last)) {
            return Some(*last);
        }
        let mut leaves = self.times.iter().map(|time| time + period);
        leaves.find(|leave| {
            let is_known = *leave < until || is_included && *leave == until;
            leave > last && is_known && holds(left(*leave))
        })
    }
}
