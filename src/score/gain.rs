//! What one criterion gives at a moment, in units: to be multiplied by its points.

use super::amount::amount;
use super::bucket::{Buckets, Mixed, Selection};
use super::counted::{Counting, Wanted, WithoutValue};
use super::exp2::exp2_pair;
use super::fading::Fading;
use super::moment::{Moment, RowFacts};
use crate::condition::Facts;
use crate::model::{
    CriterionKind, EventMatch, EventRule, FilterRule, FrequencyRule, InactivityRule,
};
use crate::time::Instant;
use alloc::vec::Vec;

/// What a criterion gives each customer, by the customer's number.
#[derive(Debug, Default)]
pub(crate) struct Gains {
    /// Amounts of counted events in the period, as much as is left of them.
    pub(crate) units: Vec<f64>,
    /// Counted events in the period; 1 or 0 for criteria that hold or do not.
    pub(crate) counts: Vec<u32>,
    /// The same amounts before they faded.
    pub(crate) full: Vec<f64>,
    /// Amounts of counted events older than the period.
    pub(crate) expired: Vec<f64>,
}

/// What a criterion gives one customer.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Gain {
    pub(crate) units: f64,
    pub(crate) count: u32,
    pub(crate) full: f64,
    pub(crate) expired: f64,
    /// How far the units may be from what adding one by one gives.
    pub(crate) slack: f64,
}

impl Gain {
    /// Of a criterion that holds or does not.
    pub(crate) fn of(count: u32, units: f64) -> Gain {
        Gain {
            units,
            count,
            full: units,
            ..Gain::default()
        }
    }
}

/// Room for working out gains; kept from call to call.
#[derive(Debug, Default)]
pub(crate) struct Room {
    pub(crate) gains: Gains,
    pub(crate) without_value: WithoutValue,
    mixed: Mixed,
    counting: Counting,
}

impl Gains {
    /// What the only customer gets.
    pub(crate) fn only(&self) -> Gain {
        let first = |column: &[f64]| column.first().copied().unwrap_or_default();
        Gain {
            units: first(&self.units),
            count: self.counts.first().copied().unwrap_or_default(),
            full: first(&self.full),
            expired: first(&self.expired),
            slack: 0.0,
        }
    }

    fn reset(&mut self, customers: usize) {
        for column in [&mut self.units, &mut self.full, &mut self.expired] {
            column.clear();
            column.resize(customers, 0.0);
        }
        self.counts.clear();
        self.counts.resize(customers, 0);
    }

    fn set(&mut self, customer: usize, count: u32, units: f64) {
        if let (Some(to), Some(full), Some(counts)) = (
            self.units.get_mut(customer),
            self.full.get_mut(customer),
            self.counts.get_mut(customer),
        ) {
            *to = units;
            *full = units;
            *counts = count;
        }
    }

    fn add(&mut self, customer: usize, amount: f64, left: f64) {
        if let (Some(units), Some(full), Some(counts)) = (
            self.units.get_mut(customer),
            self.full.get_mut(customer),
            self.counts.get_mut(customer),
        ) {
            *units += amount * left;
            *full += amount;
            *counts += 1;
        }
    }

    /// Adds what is left of an event of any age.
    #[inline(always)]
    fn take(&mut self, customer: u32, age: f64, period: f64, left: f64) {
        let is_in = age >= 0.0 && age < period;
        let customer = customer as usize;
        if let (Some(units), Some(count)) =
            (self.units.get_mut(customer), self.counts.get_mut(customer))
        {
            *units += if is_in { left } else { 0.0 };
            *count += u32::from(is_in);
        }
    }

    fn expire(&mut self, customer: usize, amount: f64) {
        if let Some(expired) = self.expired.get_mut(customer) {
            *expired += amount;
        }
    }
}

impl CriterionKind {
    /// Works out the gains of all customers.
    pub(crate) fn gain(&self, moment: &Moment<'_>, room: &mut Room) {
        let Room {
            gains,
            without_value,
            mixed,
            counting,
        } = room;
        gains.reset(moment.customers.len());
        match self {
            CriterionKind::Event(rule) => {
                let selection = select(moment, &rule.matching, mixed);
                event_gain(rule, selection, moment, gains, counting, without_value);
            }
            CriterionKind::Frequency(rule) => {
                let selection = select(moment, &rule.matching, mixed);
                frequency_gain(rule, selection, moment, gains, counting, without_value);
            }
            CriterionKind::Inactivity(rule) => inactivity_gain(rule, moment, mixed, gains),
            CriterionKind::Filter(rule) => filter_gain(rule, moment, gains),
        }
    }
}

/// The rows a criterion is about; of one customer's, which are in order, only those up to the instant.
fn select<'r>(moment: &Moment<'r>, rule: &EventMatch, mixed: &'r mut Mixed) -> Selection<'r> {
    let buckets: &'r Buckets = moment.buckets;
    let selection = buckets.select(moment.rows, rule, mixed);
    match selection.subjects.is_empty() {
        true => selection.up_to(moment.millis()),
        false => selection,
    }
}

fn event_gain(
    rule: &EventRule,
    selection: Selection<'_>,
    moment: &Moment<'_>,
    gains: &mut Gains,
    counting: &mut Counting,
    without_value: &mut WithoutValue,
) {
    let wanted = Wanted {
        per: rule.per.as_ref(),
        curve: rule.curve.as_ref(),
        ..Wanted::new(&rule.matching, &rule.count)
    };
    let at = moment.millis();
    let fading = Fading::new(rule.decay.curve, rule.period);
    let period = rule
        .period
        .map_or(f64::INFINITY, |period| period.millis() as f64);
    if wanted.takes_all() && !rule.decay.from_last_activity {
        return match selection.subjects.is_empty() {
            true => sum(selection, fading, period, at, gains),
            false => spread(selection, fading, period, at, gains),
        };
    }
    counting.find(selection, wanted, moment, without_value);
    for candidate in &counting.candidates {
        let customer = candidate.subject as usize;
        let age = at - candidate.time;
        if age >= period {
            gains.expire(customer, candidate.amount);
            continue;
        }
        let decay_age = match moment.latest(customer) {
            Some(latest) if rule.decay.from_last_activity => at - latest,
            _ => age,
        };
        gains.add(customer, candidate.amount, fading.left(decay_age));
    }
}

/// All events of the only customer, in order.
fn sum(selection: Selection<'_>, fading: Fading, period: f64, at: f64, gains: &mut Gains) {
    let times = selection.times;
    let expired = times.partition_point(|time| at - time >= period);
    let kept = times.get(expired..).unwrap_or_default();
    gains.set(0, kept.len() as u32, kept.len() as f64);
    if let ([units], [gone]) = (&mut *gains.units, &mut *gains.expired) {
        *units = fading.sum(at, kept);
        *gone = expired as f64;
    }
}

/// All events of many customers, in any order.
fn spread(selection: Selection<'_>, fading: Fading, period: f64, at: f64, gains: &mut Gains) {
    match fading {
        Fading::Exponential(half_life) => spread_by(selection, period, at, gains, |ages| {
            exp2_pair(ages.map(|age| -age / half_life))
        }),
        _ => spread_by(selection, period, at, gains, |ages| {
            ages.map(|age| fading.left(age))
        }),
    }
}

#[inline(always)]
fn spread_by(
    selection: Selection<'_>,
    period: f64,
    at: f64,
    gains: &mut Gains,
    left_pair: impl Fn([f64; 2]) -> [f64; 2],
) {
    let (times, last_time) = selection.times.as_chunks::<2>();
    let (subjects, last_subject) = selection.subjects.as_chunks::<2>();
    for (times, [one, other]) in times.iter().zip(subjects) {
        let ages = times.map(|time| at - time);
        let [left, other_left] = left_pair(ages);
        let [age, other_age] = ages;
        gains.take(*one, age, period, left);
        gains.take(*other, other_age, period, other_left);
    }
    for (time, subject) in last_time.iter().zip(last_subject) {
        let age = at - time;
        let [left, _] = left_pair([age, age]);
        gains.take(*subject, age, period, left);
    }
}

fn frequency_gain(
    rule: &FrequencyRule,
    selection: Selection<'_>,
    moment: &Moment<'_>,
    gains: &mut Gains,
    counting: &mut Counting,
    without_value: &mut WithoutValue,
) {
    let wanted = Wanted::new(&rule.matching, &rule.count);
    let at = moment.millis();
    let within = rule.within.millis() as f64;
    let Gains { units, counts, .. } = gains;
    let mut count = |subject: usize, age: f64| {
        if let Some(count) = counts.get_mut(subject) {
            *count += u32::from(age >= 0.0 && age < within);
        }
    };
    if wanted.takes_all() {
        for (place, time) in selection.times.iter().enumerate() {
            count(selection.subject(place), at - time);
        }
    } else {
        counting.find(selection, wanted, moment, without_value);
        for candidate in &counting.candidates {
            count(candidate.subject as usize, at - candidate.time);
        }
    }
    for (units, count) in units.iter_mut().zip(counts) {
        let is_frequent = (rule.at_least..=rule.at_most).contains(count);
        *count = u32::from(is_frequent);
        *units = f64::from(*count);
    }
    gains.full.clone_from(&gains.units);
}

/// How many times the customer was idle for as long as the criterion says.
pub(crate) fn idle_intervals(rule: &InactivityRule, since: Option<f64>, at: f64) -> i64 {
    let idle = since.map_or(0, |since| (at - since) as i64);
    let intervals = idle.div_euclid(rule.idle_for.millis()).max(0);
    if rule.repeat {
        intervals
    } else {
        intervals.min(1)
    }
}

/// Since when a customer has been idle: the latest match, or the beginning where that is later.
pub(crate) fn idle_since(matched: Option<f64>, start: Option<f64>) -> Option<f64> {
    match (matched, start) {
        (Some(matched), Some(start)) => Some(matched.max(start)),
        (matched, start) => matched.or(start),
    }
}

/// What a filter takes of a customer; none where it does not hold.
pub(crate) fn filter_amount(rule: &FilterRule, facts: &dyn Facts, at: Instant) -> Option<f64> {
    let condition = rule.condition.as_ref();
    match condition.is_none_or(|condition| condition.holds(facts, at)) {
        true => amount(facts, rule.per.as_ref(), rule.curve.as_ref()),
        false => None,
    }
}

fn inactivity_gain(
    rule: &InactivityRule,
    moment: &Moment<'_>,
    mixed: &mut Mixed,
    gains: &mut Gains,
) {
    // Till the end, the units are the latest match; 0 is no time that an event can have.
    let matching = &rule.matching;
    if matching.is_any_activity() {
        for (customer, latest) in gains.units.iter_mut().enumerate() {
            *latest = moment.latest(customer).unwrap_or_default();
        }
    } else {
        find_latest(
            matching,
            select(moment, matching, mixed),
            moment,
            &mut gains.units,
        );
    }
    for customer in 0..moment.customers.len() {
        let matched = gains
            .units
            .get(customer)
            .copied()
            .filter(|time| *time != 0.0);
        let since = idle_since(matched, moment.start(customer));
        let intervals = idle_intervals(rule, since, moment.millis());
        gains.set(customer, u32::from(intervals >= 1), intervals as f64);
    }
}

/// The time of each customer's latest matching event up to the instant.
fn find_latest(
    matching: &EventMatch,
    selection: Selection<'_>,
    moment: &Moment<'_>,
    latest: &mut [f64],
) {
    let at = moment.millis();
    for (place, (row, time)) in selection.rows.iter().zip(selection.times).enumerate() {
        let facts = RowFacts {
            rows: moment.rows,
            row: *row as usize,
        };
        let matches = matching
            .condition
            .as_ref()
            .is_none_or(|condition| condition.holds(&facts, Instant::known(*time)));
        if let (true, Some(latest)) = (
            *time <= at && matches,
            latest.get_mut(selection.subject(place)),
        ) {
            *latest = match *latest {
                0.0 => *time,
                known => known.max(*time),
            };
        }
    }
}

fn filter_gain(rule: &FilterRule, moment: &Moment<'_>, gains: &mut Gains) {
    for customer in 0..moment.customers.len() {
        let facts = moment.profile_facts(customer);
        if let Some(amount) = filter_amount(rule, &facts, moment.at) {
            gains.set(customer, 1, amount);
        }
    }
}
