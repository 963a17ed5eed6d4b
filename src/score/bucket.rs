//! Rows by type: one bucket a type, each in the order of the rows.

use crate::event::Rows;
use crate::model::{EventMatch, Reading};
use crate::sorting::sort;
use alloc::vec::Vec;

/// The rows of all types, one bucket behind the other.
#[derive(Debug, Default)]
pub(crate) struct Buckets {
    /// Where the bucket of each type begins, and the end of the last.
    starts: Vec<u32>,
    rows: Vec<u32>,
    times: Vec<f64>,
    /// Empty where all rows are one customer's.
    subjects: Vec<u32>,
    next: Vec<u32>,
    /// By type.
    wanted: Vec<bool>,
}

/// Some rows, in order, with what is most asked of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Selection<'b> {
    pub(super) rows: &'b [u32],
    pub(super) times: &'b [f64],
    /// Empty where all rows are one customer's.
    pub(super) subjects: &'b [u32],
}

/// Room for rows of several types.
#[derive(Debug, Default)]
pub(super) struct Mixed {
    rows: Vec<u32>,
    times: Vec<f64>,
    subjects: Vec<u32>,
}

impl Buckets {
    /// Puts the rows into buckets: those of the types that are wanted, each asked for once.
    pub(crate) fn fill(&mut self, rows: &Rows, reading: &Reading, is_wanted: &dyn Fn(u32) -> bool) {
        let types = rows.types_met(reading);
        self.wanted.clear();
        self.wanted.extend((0..types as u32).map(is_wanted));
        if !self.wanted.contains(&true) {
            self.starts.clear();
            return;
        }
        self.next.clear();
        self.next.resize(types + 1, 0);
        for number in &rows.types {
            if let Some(count) = self.next.get_mut(*number as usize + 1) {
                *count += 1;
            }
        }
        for (count, is_wanted) in self.next.iter_mut().skip(1).zip(&self.wanted) {
            *count = if *is_wanted { *count } else { 0 };
        }
        let count = self.next.iter().sum::<u32>() as usize;
        let mut sum = 0;
        for next in &mut self.next {
            sum += *next;
            *next = sum;
        }
        self.starts.clear();
        self.starts.extend_from_slice(&self.next);
        self.rows.resize(count, 0);
        self.times.resize(count, 0.0);
        let is_many = !rows.subjects.is_empty();
        self.subjects.resize(if is_many { count } else { 0 }, 0);
        let events = rows.types.iter().zip(&rows.times);
        for (row, (number, time)) in events.enumerate() {
            let number = *number as usize;
            let (Some(next), Some(true)) = (self.next.get_mut(number), self.wanted.get(number))
            else {
                continue;
            };
            let place = *next as usize;
            *next += 1;
            if let (Some(slot), Some(at)) = (self.rows.get_mut(place), self.times.get_mut(place)) {
                *slot = row as u32;
                *at = *time;
            }
            if let (Some(slot), Some(subject)) =
                (self.subjects.get_mut(place), rows.subjects.get(row))
            {
                *slot = *subject;
            }
        }
    }

    /// The rows a criterion is about but for its condition.
    pub(super) fn select<'b>(
        &'b self,
        rows: &Rows,
        rule: &EventMatch,
        mixed: &'b mut Mixed,
    ) -> Selection<'b> {
        match (&rule.types, rule.type_numbers.as_slice()) {
            (Some(_), [number]) => self.of(*number),
            (Some(_), numbers) => {
                mixed.rows.clear();
                for number in numbers {
                    mixed.rows.extend_from_slice(self.of(*number).rows);
                }
                sort(&mut mixed.rows, &|a, b| a.cmp(&b));
                mixed.complete(rows)
            }
            (None, _) => {
                mixed.rows.clear();
                let activities = rows
                    .types
                    .iter()
                    .enumerate()
                    .filter(|(_, number)| rows.is_activity(**number));
                mixed.rows.extend(activities.map(|(row, _)| row as u32));
                mixed.complete(rows)
            }
        }
    }

    fn of(&self, number: u32) -> Selection<'_> {
        let at = |number: usize| self.starts.get(number).copied().unwrap_or_default() as usize;
        let bucket = at(number as usize)..at(number as usize + 1);
        Selection {
            rows: self.rows.get(bucket.clone()).unwrap_or_default(),
            times: self.times.get(bucket.clone()).unwrap_or_default(),
            subjects: self.subjects.get(bucket).unwrap_or_default(),
        }
    }
}

impl Mixed {
    /// The selection of the rows, with their times and customers.
    pub(super) fn complete(&mut self, rows: &Rows) -> Selection<'_> {
        let Mixed {
            rows: selected,
            times,
            subjects,
        } = self;
        times.clear();
        let time = |row: &u32| rows.times.get(*row as usize).copied().unwrap_or_default();
        times.extend(selected.iter().map(time));
        subjects.clear();
        if !rows.subjects.is_empty() {
            subjects.extend(selected.iter().map(|row| rows.subject(*row as usize)));
        }
        Selection {
            rows: selected,
            times,
            subjects,
        }
    }

    /// The selection in another order of the rows.
    pub(super) fn ordered(
        &mut self,
        rows: &Rows,
        selected: &[u32],
        compare: &dyn Fn(u32, u32) -> core::cmp::Ordering,
    ) -> Selection<'_> {
        self.rows.clear();
        self.rows.extend_from_slice(selected);
        sort(&mut self.rows, compare);
        self.complete(rows)
    }
}

impl<'b> Selection<'b> {
    /// Those up to and with an instant, where they are in order of time.
    pub(super) fn up_to(self, at: f64) -> Selection<'b> {
        let known = self.times.partition_point(|time| *time <= at);
        Selection {
            rows: self.rows.get(..known).unwrap_or_default(),
            times: self.times.get(..known).unwrap_or_default(),
            subjects: self.subjects.get(..known).unwrap_or_default(),
        }
    }

    /// The number of the customer of a place.
    pub(super) fn subject(&self, place: usize) -> usize {
        self.subjects
            .get(place)
            .map_or(0, |subject| *subject as usize)
    }
}
