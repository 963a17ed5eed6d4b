//! Streaks: intervals in a row that were done, with freezes for those that were missed.

use super::result::{IntervalState, StreakInterval, StreakProgress};
use crate::course::Days;
use crate::model::{Every, Label, Streak};
use crate::time::Instant;
use alloc::{string::ToString, vec::Vec};

/// Intervals that an answer shows.
pub(super) const SHOWN: usize = 7;
/// Intervals with events that are told apart: those that are shown, and one more, because where clocks are set back a day
/// begins before the one before it has ended.
pub(crate) const KEPT: usize = SHOWN + 1;

/// What is remembered of the events of a streak.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Spell {
    /// All intervals before those that are told apart.
    pub(crate) before: Run,
    /// The latest intervals with events, rising.
    pub(crate) latest: Vec<Count>,
    /// The greatest length so far.
    pub(crate) longest: u32,
}

/// Done intervals in a row, up to the last one that was done.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Run {
    /// The number of the last one; none before the first.
    pub(crate) last: Option<i64>,
    pub(crate) length: u32,
    pub(crate) freezes_left: u32,
}

/// The events of one interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Count {
    pub(crate) interval: i64,
    pub(crate) count: u32,
}

impl Run {
    /// One more interval that is done. Whether the run goes on with it.
    fn add(&mut self, rule: &Streak, interval: i64) -> bool {
        let goes_on = self.survives(interval);
        match self.last {
            Some(last) if goes_on => {
                self.freezes_left -= missed(last, interval);
                self.length = self.length.saturating_add(1);
            }
            _ => {
                self.freezes_left = rule.freezes;
                self.length = 1;
            }
        }
        self.last = Some(interval);
        goes_on
    }

    /// Whether it has not ended before an interval.
    fn survives(&self, interval: i64) -> bool {
        self.last
            .is_some_and(|last| missed(last, interval) <= self.freezes_left)
    }
}

/// The intervals between a done one and another.
fn missed(last: i64, interval: i64) -> u32 {
    u32::try_from((interval - last - 1).max(0)).unwrap_or(u32::MAX)
}

impl Spell {
    /// Takes a matching event. Whether the streak is longer than it ever was.
    pub(super) fn take(&mut self, rule: &Streak, interval: i64) -> bool {
        let place = self
            .latest
            .iter()
            .rposition(|known| known.interval <= interval);
        let found = place.and_then(|place| self.latest.get_mut(place));
        let count = match found {
            Some(known) if known.interval == interval => {
                known.count = known.count.saturating_add(1);
                known.count
            }
            _ => {
                let count = Count { interval, count: 1 };
                self.latest
                    .insert(place.map_or(0, |place| place + 1), count);
                1
            }
        };
        let mut is_longer = false;
        if count == rule.at_least {
            let longest = self.run(rule, &mut |_, _| {}).1;
            is_longer = longest > self.longest;
            self.longest = self.longest.max(longest);
        }
        if self.latest.len() > KEPT {
            let oldest = self.latest.remove(0);
            if oldest.count >= rule.at_least {
                self.before.add(rule, oldest.interval);
            }
        }
        is_longer
    }

    /// The run up to the last interval that was done, and the greatest length on the way. Tells each done interval that is
    /// told apart, and whether the run went on with it.
    fn run(&self, rule: &Streak, each: &mut dyn FnMut(i64, bool)) -> (Run, u32) {
        let mut run = self.before;
        let mut longest = run.length;
        for known in &self.latest {
            if known.count >= rule.at_least {
                let goes_on = run.add(rule, known.interval);
                longest = longest.max(run.length);
                each(known.interval, goes_on);
            }
        }
        (run, longest)
    }

    /// The streak at an instant, in epoch ms, up to which all events were taken.
    pub(super) fn progress(
        &self,
        rule: &Streak,
        at: f64,
        days: Days<'_>,
        locale: Option<&str>,
    ) -> StreakProgress {
        let every = rule.every;
        let now = days.interval(every, at);
        let mut done = Vec::with_capacity(KEPT);
        let (run, _) = self.run(rule, &mut |interval, goes_on| {
            done.push((interval, goes_on))
        });
        let counts = self.latest.iter();
        let count = counts
            .filter(|known| known.interval == now)
            .map(|known| known.count)
            .sum();
        let lives = run.survives(now);
        let end = run
            .last
            .filter(|_| lives)
            .map(|last| last.saturating_add(i64::from(run.freezes_left) + 2));
        let open = run.last.map_or(0, |last| missed(last, now));
        // Where all that is told apart is all there was, nothing came before it; else it reaches back beyond what is shown.
        let first = self
            .before
            .last
            .or(self.latest.first().map(|known| known.interval));
        let state = |interval: i64| -> IntervalState {
            let next = done.iter().find(|(other, _)| *other >= interval);
            match next {
                Some((other, _)) if *other == interval => IntervalState::Done,
                _ if interval == now => IntervalState::Open,
                Some((_, true)) => IntervalState::Frozen,
                None if lives => IntervalState::Frozen,
                _ if first.is_none_or(|first| interval < first) => IntervalState::Before,
                _ => IntervalState::Missed,
            }
        };
        let recent = (0..SHOWN as i64).rev().map(|back| StreakInterval {
            start: Instant::nearest(days.start(every, now - back)),
            state: state(now - back),
        });
        let pick = |label: &Label| label.pick(locale).to_string();
        StreakProgress {
            id: rule.id.to_string(),
            label: rule.label.as_ref().map(pick),
            icon: rule.icon.as_deref().map(ToString::to_string),
            every: every.name(),
            current: if lives { run.length } else { 0 },
            longest: self.longest,
            at_least: rule.at_least,
            count,
            done: count >= rule.at_least,
            at_risk: lives && run.last.is_some_and(|last| last < now),
            freezes: rule.freezes,
            freezes_left: match lives {
                true => run.freezes_left - open,
                false => rule.freezes,
            },
            until: end.and_then(|end| Instant::within(days.start_after(every, end, at))),
            recent: recent.collect(),
        }
    }
}

impl Every {
    /// As it stands in a model.
    fn name(self) -> &'static str {
        match self {
            Every::Day => "day",
            Every::Week => "week",
            Every::Month => "month",
        }
    }
}
