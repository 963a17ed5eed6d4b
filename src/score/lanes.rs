//! Many criteria over many customers in one pass: those that take every event of their types as it comes.
//!
//! A lane is one such criterion: a weight for each event by its age, added up by customer. Types that several criteria
//! are about take several passes, each with a lane a type at most.

use alloc::vec::Vec;

use super::counted::{Wanted, WithoutValue};
use super::exp2::exp2_pair;
use crate::check::MAX_NUMBER;
use crate::event::{Cell, Rows};
use crate::model::{Criterion, CriterionKind, DecayCurve, EventMatch, Missing, Model};
use crate::time::Instant;

/// Sums that are kept at once, at most: 128 MiB.
const MOST_SUMS: usize = 16 * 1024 * 1024;
/// No amount; and where no sums are, far behind the last of them.
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
    /// The column of the amount; none where each event is 1.
    amount: u32,
}

/// The sums of all lanes; kept from call to call.
#[derive(Debug, Default)]
pub(crate) struct Lanes {
    /// By lane and customer.
    sums: Vec<f64>,
    /// The lane of each criterion of the model, by its number; none for those that need more than a pass.
    of: Vec<Option<usize>>,
    /// By pass and type.
    passes: Vec<Vec<Weighing>>,
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
            let weighing = weighing_of(criterion, rows)
                .filter(|_| has_no_counts && criterion.enabled && lanes < room);
            let Some((matching, mut weighing)) = weighing else {
                self.of.push(None);
                continue;
            };
            weighing.sums = (lanes * self.customers) as u32;
            self.assign(model, rows, matching, weighing);
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
    fn assign(&mut self, model: &Model, rows: &Rows, matching: &EventMatch, weighing: Weighing) {
        let count = rows.types_met(&model.reading);
        let is_about = |number: usize| match &matching.types {
            Some(_) => matching.type_numbers.contains(&(number as u32)),
            None => rows.is_activity(number as u32),
        };
        let is_free = |pass: &Vec<Weighing>| {
            let mut types = pass.iter().enumerate();
            types.all(|(number, taken)| taken.sums == NONE || !is_about(number))
        };
        let place = self.passes.iter().position(is_free).unwrap_or_else(|| {
            self.passes.push(alloc::vec![Weighing::FREE; count]);
            self.passes.len() - 1
        });
        let pass = self.passes.get_mut(place).into_iter().flatten();
        for (number, slot) in pass.enumerate() {
            if is_about(number) {
                *slot = weighing;
            }
        }
    }
}

impl Weighing {
    const FREE: Weighing = Weighing {
        half_life: 1.0,
        period: 0.0,
        sums: NONE,
        amount: NONE,
    };
}

/// How a criterion weighs single events; none for one that needs to know more than each by itself.
fn weighing_of<'m>(criterion: &'m Criterion, rows: &Rows) -> Option<(&'m EventMatch, Weighing)> {
    let plain = |matching: &'m EventMatch, wanted: Wanted<'_>, half_life, period| {
        let amount = match wanted.per {
            None => NONE,
            // Amounts are read where they are whole columns.
            Some(path) if rows.has_numbers(path.column) => path.column as u32,
            Some(_) => return None,
        };
        let is_plain =
            matching.condition.is_none() && wanted.curve.is_none() && wanted.count.counts_all();
        is_plain.then_some((
            matching,
            Weighing {
                half_life,
                period,
                sums: NONE,
                amount,
            },
        ))
    };
    match &criterion.kind {
        CriterionKind::Event(rule) if !rule.decay.from_last_activity => {
            let half_life = match rule.decay.curve {
                DecayCurve::None => f64::INFINITY,
                DecayCurve::Exponential { half_life } => half_life.millis() as f64,
                _ => return None,
            };
            let period = rule.period.map_or(f64::INFINITY, |it| it.millis() as f64);
            let wanted = Wanted {
                condition: None,
                per: rule.per.as_ref(),
                curve: rule.curve.as_ref(),
                count: &rule.count,
            };
            plain(&rule.matching, wanted, half_life, period)
        }
        CriterionKind::Frequency(rule) => {
            let wanted = Wanted {
                condition: None,
                per: None,
                curve: None,
                count: &rule.count,
            };
            let within = rule.within.millis() as f64;
            plain(&rule.matching, wanted, f64::INFINITY, within)
        }
        _ => None,
    }
}

fn run_pass(
    pass: &[Weighing],
    rows: &Rows,
    at: Instant,
    sums: &mut [f64],
    without_value: &mut WithoutValue,
) {
    let at = at.millis() as f64;
    let weighing = |number: u32| pass.get(number as usize).copied().unwrap_or(Weighing::FREE);
    let has_amounts = pass.iter().any(|weighing| weighing.amount != NONE);
    let mut add = |row: usize, subject: u32, weighing: Weighing, age: f64, left: f64| {
        let is_in = age >= 0.0 && age < weighing.period;
        let mut amount = 1.0;
        if has_amounts && weighing.amount != NONE {
            amount = match rows.cell(row, weighing.amount as usize) {
                Cell::Number(number) if number.abs() <= MAX_NUMBER => number,
                _ => {
                    if age >= 0.0 {
                        without_value.note(row);
                    }
                    0.0
                }
            };
        }
        if let Some(slot) = sums.get_mut(weighing.sums as usize + subject as usize) {
            *slot += if is_in { left * amount } else { 0.0 };
        }
    };
    let (times, last_time) = rows.times.as_chunks::<2>();
    let (types, last_type) = rows.types.as_chunks::<2>();
    let (subjects, last_subject) = rows.subjects.as_chunks::<2>();
    let pairs = times.iter().zip(types).zip(subjects).enumerate();
    for (pair, (([time, next_time], [number, next_number]), [subject, next_subject])) in pairs {
        let (one, next) = (weighing(*number), weighing(*next_number));
        let ages = [at - time, at - next_time];
        let [age, next_age] = ages;
        let [left, next_left] = exp2_pair([-age / one.half_life, -next_age / next.half_life]);
        add(2 * pair, *subject, one, age, left);
        add(2 * pair + 1, *next_subject, next, next_age, next_left);
    }
    for ((time, number), subject) in last_time.iter().zip(last_type).zip(last_subject) {
        let one = weighing(*number);
        let age = at - time;
        let [left, _] = exp2_pair([-age / one.half_life; 2]);
        add(rows.len() - 1, *subject, one, age, left);
    }
}
