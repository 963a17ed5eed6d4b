//! Many criteria over many customers in one pass: those that take every event of their types as it comes.
//!
//! A lane is one such criterion: a weight for each event by its age, added up by customer. Types that several criteria
//! are about take several passes, each with a lane a type at most.

use alloc::{vec, vec::Vec};

use super::counted::WithoutValue;
use super::exp2::exp2_pair;
use crate::check::MAX_NUMBER;
use crate::event::Rows;
use crate::model::{Criterion, CriterionKind, DecayCurve, EventMatch, Missing, Model};
use crate::time::Instant;

/// Sums that are kept at once, at most: 128 MiB.
const MOST_SUMS: usize = 16 * 1024 * 1024;
/// Where no sums are: far behind the last of them.
const NONE: u32 = 1 << 30;

/// What one event of a type weighs.
#[derive(Debug, Clone, Copy)]
struct Weighing {
    /// In ms; infinite where nothing fades.
    half_life: f64,
    /// Events count below this age, in ms.
    period: f64,
    /// Where the sums of the lane begin; none for types without a lane in a pass.
    sums: u32,
    /// Whether an event is as much as the pass's amounts say; 1 otherwise.
    has_amount: bool,
}

/// Lanes that are run together.
#[derive(Debug, Default)]
struct Pass {
    /// By type.
    types: Vec<Weighing>,
    /// The column of the amounts.
    amounts: Option<usize>,
}

/// The sums of all lanes; kept from call to call.
#[derive(Debug, Default)]
pub(crate) struct Lanes {
    /// By lane and customer.
    sums: Vec<f64>,
    /// The lane of each criterion of the model, by its number; none for those that need more than a pass.
    of: Vec<Option<usize>>,
    passes: Vec<Pass>,
    customers: usize,
}

impl Lanes {
    /// Adds up the lanes of a model.
    pub(crate) fn run(
        &mut self,
        model: &Model,
        rows: &Rows,
        at: Instant,
        customers: usize,
        without_value: &mut WithoutValue,
    ) {
        self.customers = customers;
        self.of.clear();
        self.passes.clear();
        let mut lanes = 0;
        let has_no_counts = model.parts.iter().all(|part| part.missing != Missing::Skip);
        for (_, criterion) in model.criteria() {
            let room = MOST_SUMS / self.customers.max(1);
            let found = weighing_of(criterion, rows)
                .filter(|_| has_no_counts && criterion.enabled && lanes < room);
            let Some(mut found) = found else {
                self.of.push(None);
                continue;
            };
            found.weighing.sums = (lanes * self.customers) as u32;
            self.assign(model, rows, &found);
            self.of.push(Some(lanes));
            lanes += 1;
        }
        self.sums.clear();
        self.sums.resize(lanes * self.customers, 0.0);
        for pass in &self.passes {
            run_pass(pass, rows, at, &mut self.sums, without_value);
        }
        self.count_frequencies(model);
    }

    /// What a criterion gives each customer, in units; none where it has no lane.
    pub(crate) fn sums_of(&self, criterion: usize) -> Option<&[f64]> {
        let lane = (*self.of.get(criterion)?)?;
        self.sums
            .get(lane * self.customers..(lane + 1) * self.customers)
    }

    /// Of frequencies, the sums are counts so far.
    fn count_frequencies(&mut self, model: &Model) {
        for ((_, criterion), lane) in model.criteria().zip(&self.of) {
            let (CriterionKind::Frequency(rule), Some(lane)) = (&criterion.kind, lane) else {
                continue;
            };
            let bounds = f64::from(rule.at_least)..=f64::from(rule.at_most);
            let sums = lane * self.customers..(lane + 1) * self.customers;
            for sum in self.sums.get_mut(sums).into_iter().flatten() {
                *sum = f64::from(u8::from(bounds.contains(sum)));
            }
        }
    }

    /// Whether the events of a type are asked for besides, by criteria without a lane.
    pub(crate) fn leave(&self, model: &Model, number: u32) -> bool {
        let mut left = model
            .criteria()
            .zip(&self.of)
            .filter(|(_, lane)| lane.is_none());
        left.any(|((_, criterion), _)| {
            criterion
                .kind
                .matching()
                .is_some_and(|matching| matching.type_numbers.contains(&number))
        })
    }

    /// Puts a lane into the first pass where all its types are free.
    fn assign(&mut self, model: &Model, rows: &Rows, found: &Found<'_>) {
        let is_about = |number: usize| match &found.matching.types {
            Some(_) => found.matching.type_numbers.contains(&(number as u32)),
            None => rows.is_activity(number as u32),
        };
        let is_free = |pass: &Pass| {
            let is_one = pass.amounts.is_none() || found.amounts.is_none();
            let mut types = pass.types.iter().enumerate();
            (is_one || pass.amounts == found.amounts)
                && types.all(|(number, taken)| taken.sums == NONE || !is_about(number))
        };
        let place = self.passes.iter().position(is_free).unwrap_or_else(|| {
            self.passes.push(Pass {
                types: vec![Weighing::FREE; rows.types_met(&model.reading)],
                amounts: None,
            });
            self.passes.len() - 1
        });
        let Some(pass) = self.passes.get_mut(place) else {
            return;
        };
        pass.amounts = pass.amounts.or(found.amounts);
        for (number, slot) in pass.types.iter_mut().enumerate() {
            if is_about(number) {
                *slot = found.weighing;
            }
        }
    }
}

impl Weighing {
    const FREE: Weighing = Weighing {
        half_life: 1.0,
        period: 0.0,
        sums: NONE,
        has_amount: false,
    };
}

/// A criterion that weighs single events.
struct Found<'m> {
    matching: &'m EventMatch,
    weighing: Weighing,
    amounts: Option<usize>,
}

/// How a criterion weighs single events; none for one that needs to know more than each by itself.
fn weighing_of<'m>(criterion: &'m Criterion, rows: &Rows) -> Option<Found<'m>> {
    let (matching, count, half_life, period, per) = match &criterion.kind {
        CriterionKind::Event(rule) if !rule.decay.from_last_activity && rule.curve.is_none() => {
            let half_life = match rule.decay.curve {
                DecayCurve::None => f64::INFINITY,
                DecayCurve::Exponential { half_life } => half_life.millis() as f64,
                _ => return None,
            };
            let period = rule.period.map_or(f64::INFINITY, |it| it.millis() as f64);
            (
                &rule.matching,
                &rule.count,
                half_life,
                period,
                rule.per.as_ref(),
            )
        }
        CriterionKind::Frequency(rule) => {
            let within = rule.within.millis() as f64;
            (&rule.matching, &rule.count, f64::INFINITY, within, None)
        }
        _ => return None,
    };
    let amounts = per.map(|path| path.column);
    // Amounts are read where they are whole columns.
    let is_readable = amounts.is_none_or(|column| !rows.numbers(column).is_empty());
    let is_plain = matching.condition.is_none() && count.counts_all();
    (is_plain && is_readable).then_some(Found {
        matching,
        weighing: Weighing {
            half_life,
            period,
            sums: NONE,
            has_amount: amounts.is_some(),
        },
        amounts,
    })
}

fn run_pass(
    pass: &Pass,
    rows: &Rows,
    at: Instant,
    sums: &mut [f64],
    without_value: &mut WithoutValue,
) {
    let at = at.millis() as f64;
    let amounts = pass.amounts.map_or(&[][..], |column| rows.numbers(column));
    let mut sink = Sink {
        sums,
        amounts,
        without_value,
    };
    let free = Weighing::FREE;
    let (times, last_time) = rows.times.as_chunks::<2>();
    let (types, last_type) = rows.types.as_chunks::<2>();
    let (subjects, last_subject) = rows.subjects.as_chunks::<2>();
    let mut row = 0;
    for (([time, next_time], [number, next_number]), [subject, next_subject]) in
        times.iter().zip(types).zip(subjects)
    {
        let one = pass.types.get(*number as usize).unwrap_or(&free);
        let next = pass.types.get(*next_number as usize).unwrap_or(&free);
        let age = at - time;
        let next_age = at - next_time;
        let [left, next_left] = exp2_pair([-age / one.half_life, -next_age / next.half_life]);
        sink.add(row, *subject, one, age, left);
        sink.add(row + 1, *next_subject, next, next_age, next_left);
        row += 2;
    }
    for ((time, number), subject) in last_time.iter().zip(last_type).zip(last_subject) {
        let one = pass.types.get(*number as usize).unwrap_or(&free);
        let age = at - time;
        let [left, _] = exp2_pair([-age / one.half_life; 2]);
        sink.add(row, *subject, one, age, left);
    }
}

/// Where a pass adds up.
struct Sink<'s> {
    sums: &'s mut [f64],
    amounts: &'s [f64],
    without_value: &'s mut WithoutValue,
}

impl Sink<'_> {
    #[inline(always)]
    fn add(&mut self, row: usize, subject: u32, one: &Weighing, age: f64, left: f64) {
        let mut worth = left;
        if one.has_amount {
            match self.amounts.get(row) {
                Some(amount) if amount.abs() <= MAX_NUMBER => worth *= amount,
                _ => return self.leave_out(row, age),
            }
        }
        let is_in = age >= 0.0 && age < one.period;
        if let Some(sum) = self.sums.get_mut(one.sums as usize + subject as usize) {
            *sum += if is_in { worth } else { 0.0 };
        }
    }

    #[cold]
    fn leave_out(&mut self, row: usize, age: f64) {
        if age >= 0.0 {
            self.without_value.note(row);
        }
    }
}
