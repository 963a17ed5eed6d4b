//! Which events a criterion counts: award, then one of each value, then cooldown and daily cap.

use super::amount::amount_of;
use super::bucket::{Mixed, Selection};
use super::moment::{Moment, RowFacts};
use crate::condition::Condition;
use crate::event::{Cell, Rows};
use crate::model::{Award, CountRule, Curve, EventMatch};
use crate::names::Names;
use crate::path::Path;
use crate::time::{Duration, Instant};
use alloc::vec::Vec;

/// A matching event and how much it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub(super) row: u32,
    /// The customer's number.
    pub(super) subject: u32,
    /// Epoch ms.
    pub(super) time: f64,
    pub(super) amount: f64,
}

/// What makes an event a candidate.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'m> {
    pub(super) condition: Option<&'m Condition>,
    pub(super) per: Option<&'m Path>,
    pub(super) curve: Option<&'m Curve>,
    pub(super) count: &'m CountRule,
}

/// Events that matched a criterion with `per` and had no number there, each once.
#[derive(Debug, Default)]
pub(crate) struct WithoutValue {
    /// By row; as long as needed.
    flags: Vec<bool>,
}

/// The events a criterion counts, and room for finding them out.
#[derive(Debug, Default)]
pub(super) struct Counting {
    pub(super) candidates: Vec<Candidate>,
    ordered: Mixed,
    seen: Names,
    key: Vec<u8>,
    /// By customer.
    last: Vec<f64>,
    days: Vec<DayCounts>,
}

impl WithoutValue {
    pub(crate) fn clear(&mut self) {
        self.flags.clear();
    }

    pub(super) fn note(&mut self, row: usize) {
        if self.flags.len() <= row {
            self.flags.resize(row + 1, false);
        }
        if let Some(flag) = self.flags.get_mut(row) {
            *flag = true;
        }
    }

    pub(crate) fn count(&self) -> u64 {
        self.flags.iter().filter(|flag| **flag).count() as u64
    }
}

impl CountRule {
    /// Whether every candidate is counted.
    pub(super) fn counts_all(&self) -> bool {
        self.award == Award::Every
            && self.unique_by.is_none()
            && self.cooldown.is_none()
            && self.per_day.is_none()
    }
}

impl<'m> Wanted<'m> {
    /// Each matching event as 1.
    pub(super) fn new(matching: &'m EventMatch, count: &'m CountRule) -> Wanted<'m> {
        Wanted {
            condition: matching.condition.as_ref(),
            per: None,
            curve: None,
            count,
        }
    }

    /// Whether every event of the types is counted, as 1.
    pub(super) fn takes_all(&self) -> bool {
        self.condition.is_none()
            && self.per.is_none()
            && self.curve.is_none()
            && self.count.counts_all()
    }
}

impl Counting {
    /// Finds those that are counted of the events up to the instant; in canonical order for each customer.
    ///
    /// Each rule filters what the one before left. The period plays no part here, so that whether an event is
    /// counted never changes as time goes on (but for `award: "last"`).
    pub(super) fn find(
        &mut self,
        selection: Selection<'_>,
        wanted: Wanted<'_>,
        moment: &Moment<'_>,
        without_value: &mut WithoutValue,
    ) {
        let Counting {
            candidates,
            ordered,
            last,
            ..
        } = self;
        let customers = moment.customers.len();
        let is_in_order = selection.subjects.is_empty()
            || wanted.count.counts_all()
            || is_in_order(selection, last, customers);
        let selection = match is_in_order {
            true => selection,
            false => {
                let undecided = core::cell::Cell::new(false);
                ordered.ordered(moment.rows, selection.rows, &|a, b| {
                    let reading = &moment.model.reading;
                    moment
                        .rows
                        .compare(reading, a as usize, b as usize, &undecided)
                })
            }
        };
        candidates.clear();
        let at = moment.millis();
        for (place, (row, time)) in selection.rows.iter().zip(selection.times).enumerate() {
            let (row, time) = (*row, *time);
            let facts = RowFacts {
                rows: moment.rows,
                row: row as usize,
            };
            if time > at
                || wanted
                    .condition
                    .is_some_and(|condition| !condition.holds(&facts, Instant::known(time)))
            {
                continue;
            }
            let number = wanted
                .per
                .map(|path| moment.rows.cell(row as usize, path.column));
            match amount_of(number, wanted.curve) {
                Some(amount) => candidates.push(Candidate {
                    row,
                    subject: selection.subject(place) as u32,
                    time,
                    amount,
                }),
                None => without_value.note(row as usize),
            }
        }
        self.filter(wanted.count, moment);
    }

    fn filter(&mut self, rule: &CountRule, moment: &Moment<'_>) {
        let customers = moment.customers.len();
        match rule.award {
            Award::Every => {}
            Award::First => self.keep_first(customers),
            Award::Last => {
                self.candidates.reverse();
                self.keep_first(customers);
                self.candidates.reverse();
            }
        }
        if let Some(path) = &rule.unique_by {
            self.keep_one_of_each(path, moment.rows);
        }
        if let Some(cooldown) = rule.cooldown {
            match rule.per_day {
                None => self.cool_down(cooldown, customers),
                Some(cap) => self.cool_and_cap(Some(cooldown), cap, moment),
            }
        } else if let Some(cap) = rule.per_day {
            self.cool_and_cap(None, cap, moment);
        }
    }

    fn keep_first(&mut self, customers: usize) {
        let Counting {
            candidates, last, ..
        } = self;
        reset(last, customers, f64::NAN);
        candidates.retain(|candidate| match last.get_mut(candidate.subject as usize) {
            Some(known) if known.is_nan() => {
                *known = candidate.time;
                true
            }
            _ => false,
        });
    }

    fn keep_one_of_each(&mut self, path: &Path, rows: &Rows) {
        let Counting {
            candidates,
            seen,
            key,
            ..
        } = self;
        seen.clear();
        candidates.retain(|candidate| {
            key.clear();
            key.extend_from_slice(&candidate.subject.to_le_bytes());
            write_key(rows, rows.cell(candidate.row as usize, path.column), key);
            seen.is_new(key)
        });
    }

    fn cool_down(&mut self, cooldown: Duration, customers: usize) {
        let Counting {
            candidates, last, ..
        } = self;
        reset(last, customers, f64::NEG_INFINITY);
        let cooldown = cooldown.millis() as f64;
        candidates.retain(|candidate| match last.get_mut(candidate.subject as usize) {
            Some(last) if candidate.time - *last >= cooldown => {
                *last = candidate.time;
                true
            }
            _ => false,
        });
    }

    fn cool_and_cap(&mut self, cooldown: Option<Duration>, cap: u32, moment: &Moment<'_>) {
        let customers = moment.customers.len();
        let Counting {
            candidates,
            last,
            days,
            ..
        } = self;
        reset(last, customers, f64::NEG_INFINITY);
        reset(days, customers, DayCounts::default());
        let cooldown = cooldown.map_or(f64::NEG_INFINITY, |cooldown| cooldown.millis() as f64);
        candidates.retain(|candidate| {
            let subject = candidate.subject as usize;
            let (Some(last), Some(days)) = (last.get_mut(subject), days.get_mut(subject)) else {
                return false;
            };
            let day = moment.zone.civil_day(candidate.time, moment.day_start_hour);
            let is_counted = candidate.time - *last >= cooldown && days.take(day, cap);
            if is_counted {
                *last = candidate.time;
            }
            is_counted
        });
    }
}

/// Whether each customer's events come one after the other, no two at the same time.
fn is_in_order(selection: Selection<'_>, last: &mut Vec<f64>, customers: usize) -> bool {
    reset(last, customers, f64::NEG_INFINITY);
    let mut events = selection.subjects.iter().zip(selection.times);
    events.all(|(subject, time)| match last.get_mut(*subject as usize) {
        Some(last) if *last < *time => {
            *last = *time;
            true
        }
        _ => false,
    })
}

fn reset<T: Clone>(column: &mut Vec<T>, count: usize, to: T) {
    column.clear();
    column.resize(count, to);
}

/// Bytes that are equal where values are.
pub(crate) fn write_key(rows: &Rows, cell: Cell, key: &mut Vec<u8>) {
    match cell {
        Cell::Absent => key.push(b'-'),
        Cell::Null => key.push(b'n'),
        Cell::Bool(flag) => key.push(if flag { b't' } else { b'f' }),
        Cell::Number(number) => {
            // -0 is 0.
            key.push(b'#');
            key.extend_from_slice(&(number + 0.0).to_le_bytes());
        }
        Cell::Text(span) => {
            key.push(b'"');
            key.extend_from_slice(rows.text(span));
        }
        Cell::Value(at) => key.extend_from_slice(rows.value(at).canonical_text().as_bytes()),
    }
}

/// How many were counted on the latest civil days.
///
/// Days hardly ever come out of order: only when clocks are set back over the hour at which a day begins.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DayCounts {
    /// The day, in days since 1970, and its count; the latest last, two are enough.
    pub(crate) latest: [(f64, u32); 2],
}

impl Default for DayCounts {
    fn default() -> DayCounts {
        DayCounts {
            latest: [(f64::NAN, 0); 2],
        }
    }
}

impl DayCounts {
    /// Counts one more on a day, unless the cap is reached.
    pub(crate) fn take(&mut self, day: f64, cap: u32) -> bool {
        let known = self.latest.iter_mut().find(|(known, _)| *known == day);
        match known {
            Some((_, count)) if *count < cap => {
                *count += 1;
                true
            }
            Some(_) => false,
            None => {
                let [_, last] = self.latest;
                self.latest = [last, (day, 1)];
                true
            }
        }
    }
}
