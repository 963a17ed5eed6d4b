//! A criterion of many customers that counts so many a day, or one now and then: in one pass over its events, as long as
//! each customer's come in order.

use super::counted::DayCounts;
use super::fading::Fading;
use super::options::ScoreOptions;
use crate::event::Rows;
use crate::model::{Award, Criterion, CriterionKind, EventRule};
use alloc::vec::Vec;

/// What is known of each customer; kept from call to call.
#[derive(Debug, Default)]
pub(super) struct Spaced {
    customers: Vec<Counted>,
}

#[derive(Debug, Clone)]
struct Counted {
    /// Epoch ms of the latest event, and of the latest that was counted.
    latest: f64,
    counted: f64,
    days: DayCounts,
}

/// The rule of a criterion of this kind.
pub(super) fn spaced_rule(criterion: &Criterion) -> Option<&EventRule> {
    let CriterionKind::Event(rule) = &criterion.kind else {
        return None;
    };
    let is_plain = rule.matching.condition.is_none()
        && rule.matching.types.is_some()
        && rule.count.award == Award::Every
        && rule.count.unique_by.is_none()
        && rule.per.is_none()
        && rule.curve.is_none()
        && !rule.decay.from_last_activity;
    (is_plain && criterion.enabled).then_some(rule)
}

impl Spaced {
    /// Adds up what is left of the events that count, by customer; false where the events are in no order. `listed` are
    /// rows of its types among others, in order.
    pub(super) fn run(
        &mut self,
        rule: &EventRule,
        rows: &Rows,
        listed: &[u32],
        options: &ScoreOptions,
        sums: &mut [f64],
    ) -> bool {
        let at = options.at.millis() as f64;
        let fading = Fading::new(rule.decay.curve, rule.period);
        let millis = |length: crate::time::Duration| length.millis() as f64;
        let period = rule.period.map_or(f64::INFINITY, millis);
        let cooldown = rule.count.cooldown.map_or(f64::NEG_INFINITY, millis);
        self.customers.clear();
        self.customers.resize(
            sums.len(),
            Counted {
                latest: f64::NEG_INFINITY,
                counted: f64::NEG_INFINITY,
                days: DayCounts::default(),
            },
        );
        for row in listed {
            let row = *row as usize;
            let (Some(number), Some(time)) = (rows.types.get(row), rows.times.get(row)) else {
                continue;
            };
            if *time > at || !rule.matching.type_numbers.contains(number) {
                continue;
            }
            let subject = rows.subject(row) as usize;
            let (Some(known), Some(sum)) = (self.customers.get_mut(subject), sums.get_mut(subject))
            else {
                continue;
            };
            if *time <= known.latest {
                return false;
            }
            known.latest = *time;
            if *time - known.counted < cooldown {
                continue;
            }
            if let Some(cap) = rule.count.per_day {
                let day = options.zone.civil_day(*time, options.day_start_hour);
                if !known.days.take(day, cap) {
                    continue;
                }
            }
            known.counted = *time;
            let age = at - time;
            if age < period {
                *sum += fading.left(age);
            }
        }
        true
    }
}
