//! When the number of events within a period first lay within bounds.

use crate::model::FrequencyRule;
use alloc::vec::Vec;

/// So many times may have left the period before their room is used again, and as many as are left.
const MOST_WASTE: usize = 64;

/// What is remembered of the counted events of a `frequency` criterion until it is fulfilled.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pace {
    /// Epoch ms of events, rising.
    times: Vec<f64>,
    /// So many of them, from the first, have left the period of the latest.
    gone: usize,
    /// Epoch ms of the first instant at which it was fulfilled, as far as that is settled.
    pub(crate) reached: Option<f64>,
}

impl Pace {
    /// As it was remembered.
    pub(crate) fn known(times: Vec<f64>, reached: Option<f64>) -> Pace {
        Pace {
            times,
            gone: 0,
            reached,
        }
    }

    /// Epoch ms of the events that are still within the period of the latest.
    pub(crate) fn times(&self) -> &[f64] {
        self.times.get(self.gone..).unwrap_or_default()
    }

    /// Takes a counted event; events come in order of time.
    pub(super) fn take(&mut self, rule: &FrequencyRule, time: f64) {
        if self.reached.is_some() {
            return;
        }
        // An instant is settled once a later event is there: those of one instant count together.
        if self.times.last().is_some_and(|last| *last < time) {
            let mut gone = self.gone;
            self.reached = self.settle(rule, &mut gone, time, false);
            self.gone = gone;
        }
        if self.reached.is_some() {
            (self.times, self.gone) = (Vec::new(), 0);
            return;
        }
        if self.gone > MOST_WASTE + self.times.len() / 2 {
            self.times.drain(..self.gone);
            self.gone = 0;
        }
        self.times.push(time);
    }

    /// The first instant up to another at which it was fulfilled, both in epoch ms.
    pub(super) fn first(&self, rule: &FrequencyRule, at: f64) -> Option<f64> {
        let mut gone = self.gone;
        self.reached
            .or_else(|| self.settle(rule, &mut gone, at, true))
    }

    /// The first instant from the latest event on at which it is fulfilled, up to another or, where that is still open,
    /// before it. Counts those that have left the period by then.
    fn settle(
        &self,
        rule: &FrequencyRule,
        gone: &mut usize,
        until: f64,
        is_included: bool,
    ) -> Option<f64> {
        let period = rule.within.millis() as f64;
        let bounds = rule.at_least as usize..=rule.at_most as usize;
        let holds = |gone: usize| bounds.contains(&(self.times.len() - gone));
        let last = *self.times.last()?;
        if holds(*gone) {
            return Some(last);
        }
        while let Some(oldest) = self.times.get(*gone) {
            let leave = oldest + period;
            if leave > until {
                break;
            }
            while self
                .times
                .get(*gone)
                .is_some_and(|time| time + period <= leave)
            {
                *gone += 1;
            }
            if (leave < until || is_included) && holds(*gone) {
                return Some(leave);
            }
        }
        None
    }
}
