//! Many criteria over many customers in one pass: those that take every event of their types as it comes.
//!
//! A lane is one such criterion: a weight for each event by its age, added up by customer. Types that several criteria
//! are about take several passes, each with a lane a type at most. Lanes whose points are not asked for one by one, since
//! nothing limits them, share a sum.

use alloc::{vec, vec::Vec};

use super::counted::WithoutValue;
use super::options::ScoreOptions;
use super::spaced::{Spaced, spaced_rule};
use super::sweep::{LEAST_AGE, Sweep, Tally, Weighing};
use crate::event::Rows;
use crate::model::{Criterion, CriterionKind, DecayCurve, EventMatch, Missing, Model};
use crate::time::Instant;

/// Numbers that are kept at once, at most: 128 MiB.
const MOST_NUMBERS: usize = 16 * 1024 * 1024;
/// Numbers that a lane may need for each customer: its own, and another where it begins a pass.
const LEAST_WIDTH: usize = 2;

/// Where the sum of a criterion is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Lane {
    /// Nowhere: it needs more than a pass.
    None,
    /// In units.
    Own(Place),
    /// In points, with others of its part, of which it is the first.
    Shared(Place),
    /// With others, of which it is not the first.
    Added,
}

/// A place in the records of a pass.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Place {
    pass: usize,
    place: usize,
}

/// Lanes that are run together.
#[derive(Debug)]
struct Pass {
    /// By type.
    types: Vec<Weighing>,
    /// The column of the amounts.
    amounts: Option<usize>,
    /// Numbers of a record.
    width: usize,
    /// The last part with lanes that share a sum, and its place.
    shared: Option<(usize, usize)>,
    /// Where its records begin.
    start: usize,
}

/// The sums of all lanes; kept from call to call.
#[derive(Debug, Default)]
pub(crate) struct Lanes {
    records: Vec<f64>,
    /// By criterion of the model.
    of: Vec<Lane>,
    passes: Vec<Pass>,
    customers: usize,
    listed: Vec<u32>,
    tally: Tally,
    spaced: Spaced,
}

impl Lanes {
    /// Adds up the lanes of a model.
    pub(crate) fn run(
        &mut self,
        model: &Model,
        rows: &Rows,
        options: &ScoreOptions,
        customers: usize,
        without_value: &mut WithoutValue,
    ) {
        self.customers = customers;
        self.of.clear();
        self.passes.clear();
        let has_no_counts = model.parts.iter().all(|part| part.missing != Missing::Skip);
        let mut room = MOST_NUMBERS / customers.max(1);
        for (part, criteria) in model.parts.iter().enumerate() {
            for criterion in &criteria.criteria {
                let found = weighing_of(criterion, rows)
                    .filter(|_| has_no_counts && criterion.enabled && room > LEAST_WIDTH);
                let lane = match found {
                    None => Lane::None,
                    Some(found) => {
                        room -= LEAST_WIDTH;
                        let is_shared = found.is_unlimited && model.stages.is_empty();
                        self.assign(model, rows, &found, is_shared.then_some((part, criterion)))
                    }
                };
                self.of.push(lane);
            }
        }
        self.list_left(model, rows);
        self.sweep(rows, options.at, without_value);
        self.count_frequencies(model);
        self.add_spaced(model, rows, options);
    }

    /// Where the sum of a criterion is.
    pub(crate) fn lane(&self, criterion: usize) -> Lane {
        self.of.get(criterion).copied().unwrap_or(Lane::None)
    }

    /// The sum of a lane, by customer.
    pub(crate) fn read(&self, place: Place, sums: &mut Vec<f64>) {
        sums.clear();
        sums.extend(self.column(place));
    }

    /// When each customer's latest event was; none where no pass was made.
    pub(crate) fn latest(&self, at: Instant) -> Option<impl Iterator<Item = f64>> {
        let at = at.millis() as f64;
        let first = Place {
            pass: 0,
            place: LEAST_AGE,
        };
        (!self.passes.is_empty()).then(|| self.column(first).map(move |age| at - age))
    }

    /// How many rows are later than the instant; none where no pass was made.
    pub(crate) fn later(&self) -> Option<u64> {
        (!self.passes.is_empty()).then_some(self.tally.later)
    }

    /// Whether the events of a type are asked for besides, by criteria without a lane.
    pub(crate) fn leave(&self, model: &Model, number: u32) -> bool {
        let mut left = model
            .criteria()
            .zip(&self.of)
            .filter(|(_, lane)| **lane == Lane::None);
        left.any(|((_, criterion), _)| {
            criterion
                .kind
                .matching()
                .is_some_and(|matching| matching.type_numbers.contains(&number))
        })
    }

    /// Puts a lane into the first pass where all its types are free.
    fn assign(
        &mut self,
        model: &Model,
        rows: &Rows,
        found: &Found<'_>,
        shared: Option<(usize, &Criterion)>,
    ) -> Lane {
        let is_about = |number: usize| match &found.matching.types {
            Some(_) => found.matching.type_numbers.contains(&(number as u32)),
            None => rows.is_activity(number as u32),
        };
        let is_free = |pass: &Pass| {
            let is_one = pass.amounts.is_none() || found.amounts.is_none();
            let mut types = pass.types.iter().enumerate();
            (is_one || pass.amounts == found.amounts)
                && types
                    .all(|(number, one)| one.place == Weighing::NOTHING.place || !is_about(number))
        };
        let number = self.passes.iter().position(is_free).unwrap_or_else(|| {
            self.passes.push(Pass::new(rows.types_met(&model.reading)));
            self.passes.len() - 1
        });
        let Some(pass) = self.passes.get_mut(number) else {
            return Lane::None;
        };
        pass.amounts = pass.amounts.or(found.amounts);
        let part = shared.map(|(part, _)| part);
        let known = pass.shared.filter(|(other, _)| Some(*other) == part);
        let known = known.map(|(_, place)| place);
        let place = known.unwrap_or(pass.width);
        let worth = shared.map_or(1.0, |(_, criterion)| criterion.points);
        let types = pass.types.iter_mut().enumerate();
        for (_, slot) in types.filter(|(number, _)| is_about(*number)) {
            *slot = Weighing {
                worth,
                place: place as u32,
                ..found.weighing
            };
        }
        if known.is_some() {
            return Lane::Added;
        }
        pass.width += 1;
        let place = Place {
            pass: number,
            place,
        };
        match part {
            None => Lane::Own(place),
            Some(part) => {
                pass.shared = Some((part, place.place));
                Lane::Shared(place)
            }
        }
    }

    /// Has the first pass list the rows that criteria without a lane ask for.
    fn list_left(&mut self, model: &Model, rows: &Rows) {
        for number in 0..rows.types_met(&model.reading) {
            let is_left = self.leave(model, number as u32);
            let first = self.passes.first_mut();
            if let Some(one) = first.and_then(|pass| pass.types.get_mut(number)) {
                one.is_listed = is_left;
            }
        }
    }

    fn sweep(&mut self, rows: &Rows, at: Instant, without_value: &mut WithoutValue) {
        let Lanes {
            records,
            passes,
            customers,
            listed,
            tally,
            ..
        } = self;
        records.clear();
        if listed.len() <= rows.len() {
            listed.resize(rows.len() + 1, 0);
        }
        for (number, pass) in passes.iter_mut().enumerate() {
            pass.start = records.len();
            records.resize(pass.start + *customers * pass.width, 0.0);
            let records = records.get_mut(pass.start..).unwrap_or_default();
            for record in records.chunks_exact_mut(pass.width) {
                if let Some(least) = record.get_mut(LEAST_AGE) {
                    *least = f64::INFINITY;
                }
            }
            let sweep = Sweep {
                types: &pass.types,
                amounts: pass.amounts.map_or(&[], |column| rows.numbers(column)),
                width: pass.width,
                records,
                // The first pass lists; the others would write over it.
                listed: if number == 0 { listed } else { &mut [] },
                without_value,
            };
            let found = sweep.run(rows, at);
            if number == 0 {
                *tally = found;
            }
        }
    }

    /// Of frequencies, the sums are counts so far.
    fn count_frequencies(&mut self, model: &Model) {
        for ((_, criterion), lane) in model.criteria().zip(&self.of) {
            let (CriterionKind::Frequency(rule), Lane::Own(place)) = (&criterion.kind, lane) else {
                continue;
            };
            let bounds = f64::from(rule.at_least)..=f64::from(rule.at_most);
            let Some(pass) = self.passes.get(place.pass) else {
                continue;
            };
            let records = self.records.get_mut(pass.start + place.place..);
            let records = records.unwrap_or_default().chunks_mut(pass.width);
            for record in records.take(self.customers) {
                if let Some(sum) = record.first_mut() {
                    *sum = f64::from(u8::from(bounds.contains(sum)));
                }
            }
        }
    }

    /// Adds up the criteria among those left that count their events one after the other.
    fn add_spaced(&mut self, model: &Model, rows: &Rows, options: &ScoreOptions) {
        if self.passes.is_empty() {
            // Nothing was listed.
            return;
        }
        let listed = self.listed.get(..self.tally.listed).unwrap_or_default();
        for ((_, criterion), lane) in model.criteria().zip(&mut self.of) {
            let rule = spaced_rule(criterion).filter(|_| *lane == Lane::None);
            let Some(rule) = rule else { continue };
            let start = self.records.len();
            self.records.resize(start + self.customers, 0.0);
            let sums = self.records.get_mut(start..).unwrap_or_default();
            if !self.spaced.run(rule, rows, listed, options, sums) {
                self.records.truncate(start);
                continue;
            }
            *lane = Lane::Own(Place {
                pass: self.passes.len(),
                place: 0,
            });
            self.passes.push(Pass {
                start,
                width: 1,
                ..Pass::new(0)
            });
        }
    }

    fn column(&self, place: Place) -> impl Iterator<Item = f64> {
        let pass = self.passes.get(place.pass);
        let (start, width) = pass.map_or((0, 1), |pass| (pass.start, pass.width));
        let records = self.records.get(start + place.place..).unwrap_or_default();
        records.iter().copied().step_by(width).take(self.customers)
    }
}

impl Pass {
    fn new(types: usize) -> Pass {
        Pass {
            types: vec![Weighing::NOTHING; types],
            amounts: None,
            width: LEAST_AGE + 1,
            shared: None,
            start: 0,
        }
    }
}

/// A criterion that weighs single events.
struct Found<'m> {
    matching: &'m EventMatch,
    weighing: Weighing,
    amounts: Option<usize>,
    /// Whether its points are as many as they come to.
    is_unlimited: bool,
}

/// How a criterion weighs single events; none for one that needs to know more than each by itself.
fn weighing_of<'m>(criterion: &'m Criterion, rows: &Rows) -> Option<Found<'m>> {
    let (matching, count, half_life, period, per, is_unlimited) = match &criterion.kind {
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
                rule.limit.is_none(),
            )
        }
        CriterionKind::Frequency(rule) => {
            let within = rule.within.millis() as f64;
            (
                &rule.matching,
                &rule.count,
                f64::INFINITY,
                within,
                None,
                false,
            )
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
            minus_half_life: -half_life,
            period,
            plain: if amounts.is_some() { 0.0 } else { 1.0 },
            ..Weighing::NOTHING
        },
        amounts,
        is_unlimited,
    })
}
