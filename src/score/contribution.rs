//! What one criterion gives at a moment, and what age, limit and expiry took.

use super::amount::amount;
use super::counted::{Candidate, counted};
use super::moment::{Moment, data_of};
use super::result::Lost;
use crate::model::{CriterionKind, EventRule, FilterRule, FrequencyRule, InactivityRule};

/// A criterion's line before its share of the whole is known.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Gain {
    pub(super) count: u64,
    pub(super) points: f64,
    pub(super) lost: Lost,
}

/// Events that matched a criterion with `per` and had no number there, each once.
#[derive(Debug, Default)]
pub(super) struct WithoutValue {
    /// By position in the history; as long as needed.
    flags: Vec<bool>,
}

impl WithoutValue {
    fn note(&mut self, position: usize) {
        if self.flags.len() <= position {
            self.flags.resize(position + 1, false);
        }
        if let Some(flag) = self.flags.get_mut(position) {
            *flag = true;
        }
    }

    pub(super) fn count(&self) -> u64 {
        self.flags.iter().filter(|flag| **flag).count() as u64
    }
}

impl CriterionKind {
    /// What the criterion gives when each unit of it is worth `points`.
    pub(super) fn gain(
        &self,
        points: f64,
        moment: &Moment<'_>,
        without_value: &mut WithoutValue,
    ) -> Gain {
        match self {
            CriterionKind::Event(rule) => event_gain(rule, points, moment, without_value),
            CriterionKind::Frequency(rule) => once(points, is_frequent(rule, moment)),
            CriterionKind::Inactivity(rule) => inactivity_gain(rule, points, moment),
            CriterionKind::Filter(rule) => filter_gain(rule, points, moment),
        }
    }
}

fn event_gain(
    rule: &EventRule,
    points: f64,
    moment: &Moment<'_>,
    without_value: &mut WithoutValue,
) -> Gain {
    let mut candidates = Vec::new();
    for (position, event) in moment.matching(&rule.matching) {
        match amount(data_of(event), rule.per.as_ref(), rule.curve.as_ref()) {
            Some(amount) => candidates.push(Candidate { event, amount }),
            None => without_value.note(position),
        }
    }
    let mut gain = Gain::default();
    let idle = moment.idle_millis();
    for Candidate { event, amount } in counted(candidates, &rule.count, moment) {
        let worth = points * amount;
        let age = moment.age_millis(event);
        if rule.period.is_some_and(|period| age >= period.millis()) {
            gain.lost.expired += worth;
            continue;
        }
        let decay_age = match idle {
            Some(idle) if rule.decay.from_last_activity => idle,
            _ => age,
        };
        let kept = worth * rule.decay.curve.left(decay_age, rule.period);
        gain.count += 1;
        gain.points += kept;
        gain.lost.decay += worth - kept;
    }
    if let Some(limit) = rule.limit {
        let limited = gain.points.clamp(-limit, limit);
        gain.lost.limit = gain.points - limited;
        gain.points = limited;
    }
    gain
}

fn is_frequent(rule: &FrequencyRule, moment: &Moment<'_>) -> bool {
    let candidates = moment
        .matching(&rule.matching)
        .map(|(_, event)| Candidate { event, amount: 1.0 })
        .collect();
    let recent = counted(candidates, &rule.count, moment)
        .iter()
        .filter(|candidate| moment.age_millis(candidate.event) < rule.within.millis())
        .count();
    (rule.at_least as usize..=rule.at_most as usize).contains(&recent)
}

fn inactivity_gain(rule: &InactivityRule, points: f64, moment: &Moment<'_>) -> Gain {
    let latest_match = moment.matching(&rule.matching).next_back();
    let Some(since) = latest_match.map(|(_, event)| event.time).max(moment.start) else {
        return Gain::default();
    };
    let intervals = moment.at.since(since).div_euclid(rule.idle_for.millis());
    if intervals < 1 {
        return Gain::default();
    }
    let times = if rule.repeat { intervals } else { 1 };
    once(points * times as f64, true)
}

fn filter_gain(rule: &FilterRule, points: f64, moment: &Moment<'_>) -> Gain {
    let facts = moment.profile_facts();
    let holds = rule
        .condition
        .as_ref()
        .is_none_or(|condition| condition.holds(&facts, moment.at));
    match amount(&facts, rule.per.as_ref(), rule.curve.as_ref()) {
        Some(amount) => once(points * amount, holds),
        None => Gain::default(),
    }
}

/// All of the points, or nothing.
fn once(points: f64, holds: bool) -> Gain {
    if !holds {
        return Gain::default();
    }
    Gain {
        count: 1,
        points,
        lost: Lost::default(),
    }
}
