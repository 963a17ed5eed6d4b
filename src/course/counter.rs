//! Which of a customer's events a criterion counts, asked one after the other as they come.

use crate::event::Rows;
use crate::model::{Award, CountRule, Curve, EventMatch};
use crate::names::Names;
use crate::path::Path;
use crate::score::{DayCounts, RowFacts, amount_of, write_key};
use crate::time::{Instant, Zone};
use alloc::vec::Vec;

/// What has to be remembered of the events before, so that the next one can be judged.
#[derive(Debug, Clone)]
pub(crate) struct Counter {
    /// Whether there was a candidate.
    pub(crate) has_met: bool,
    /// The values of `uniqueBy` so far.
    pub(crate) seen: Names,
    /// Epoch ms of the latest counted event.
    pub(crate) last: f64,
    pub(crate) days: DayCounts,
}

/// What makes an event count.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rule<'m> {
    pub(crate) matching: &'m EventMatch,
    pub(crate) count: &'m CountRule,
    pub(crate) per: Option<&'m Path>,
    pub(crate) curve: Option<&'m Curve>,
}

/// How civil days are told.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Days<'z> {
    pub(crate) zone: &'z Zone,
    pub(crate) start_hour: u8,
}

/// What becomes of an event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Verdict {
    /// It is another criterion's, or dropped by a rule.
    Dropped,
    /// It matches, and has no number to count.
    WithoutValue,
    /// It is counted, as so much.
    Counted(f64),
}

impl Counter {
    pub(crate) fn new() -> Counter {
        Counter {
            has_met: false,
            seen: Names::default(),
            last: f64::NEG_INFINITY,
            days: DayCounts::default(),
        }
    }

    /// Judges the next event in canonical order. With `award: "last"` every candidate is counted: the last one holds.
    pub(crate) fn judge(
        &mut self,
        rule: Rule<'_>,
        rows: &Rows,
        row: usize,
        days: Days<'_>,
    ) -> Verdict {
        let time = rows.times.get(row).copied().unwrap_or_default();
        let facts = RowFacts { rows, row };
        let condition = rule.matching.condition.as_ref();
        if condition.is_some_and(|condition| !condition.holds(&facts, Instant::known(time))) {
            return Verdict::Dropped;
        }
        let number = rule.per.map(|path| rows.cell(row, path.column));
        let Some(amount) = amount_of(number, rule.curve) else {
            return Verdict::WithoutValue;
        };
        let passes = match rule.count.award {
            Award::Last => true,
            Award::First if self.has_met => false,
            Award::First | Award::Every => self.passes(rule.count, rows, row, time, days),
        };
        self.has_met = true;
        match passes {
            true => Verdict::Counted(amount),
            false => Verdict::Dropped,
        }
    }

    fn passes(
        &mut self,
        rule: &CountRule,
        rows: &Rows,
        row: usize,
        time: f64,
        days: Days<'_>,
    ) -> bool {
        if let Some(path) = &rule.unique_by {
            let mut key = Vec::new();
            write_key(rows, rows.cell(row, path.column), &mut key);
            if !self.seen.is_new(&key) {
                return false;
            }
        }
        let is_cool = rule
            .cooldown
            .is_none_or(|cooldown| time - self.last >= cooldown.millis() as f64);
        let is_counted = is_cool
            && rule.per_day.is_none_or(|cap| {
                let day = days.zone.civil_day(time, days.start_hour);
                self.days.take(day, cap)
            });
        if is_counted {
            self.last = time;
        }
        is_counted
    }
}
