//! What progress depends on, taken event by event.
//!
//! Only plain state is kept: counts, values seen, first instants. It goes on from wherever it stopped, so it can be folded.

use super::pace::Pace;
use super::streak::Spell;
use super::sum::Sum;
use super::watch::{Watch, Watcher};
use crate::course::{Counter, Days, Interest, Rule, Verdict};
use crate::event::Rows;
use crate::model::{Award, BadgeAward, CriterionKind, Model};
use crate::score::RowFacts;
use alloc::vec::Vec;
use core::ops::Range;

/// What was done so far, as far as progress depends on it.
#[derive(Debug, Clone)]
pub(crate) struct Tally {
    /// Epoch ms of the first activity; infinite where there is none.
    pub(crate) first_activity: f64,
    /// By streak.
    pub(crate) spells: Vec<Spell>,
    /// By badge: all but those of stars.
    pub(crate) badges: Vec<Goal>,
    /// By step, over all checklists.
    pub(crate) steps: Vec<Goal>,
    /// By criterion, over all parts.
    pub(crate) criteria: Vec<Deed>,
    pub(crate) points: Sum,
}

/// So many events to count.
#[derive(Debug, Clone)]
pub(crate) struct Goal {
    pub(crate) counter: Counter,
    pub(crate) count: u32,
    /// Epoch ms of the instant at which it was reached.
    pub(crate) reached: Option<f64>,
}

/// What a criterion counted.
#[derive(Debug, Clone)]
pub(crate) struct Deed {
    pub(crate) counter: Counter,
    /// Epoch ms of the first counted event.
    pub(crate) first: Option<f64>,
    /// The amount of the latest one; only where that alone counts.
    pub(crate) latest: f64,
    /// All amounts, where they make lifetime points.
    pub(crate) total: Sum,
    pub(crate) pace: Pace,
}

impl Tally {
    /// Of no event yet.
    pub(crate) fn new(model: &Model) -> Tally {
        let rules = &model.progress;
        let steps = rules
            .checklists
            .iter()
            .map(|checklist| checklist.steps.len());
        let goals = |count| (0..count).map(|_| Goal::default()).collect();
        Tally {
            first_activity: f64::INFINITY,
            spells: rules.streaks.iter().map(|_| Spell::default()).collect(),
            badges: goals(rules.badges.len()),
            steps: goals(steps.sum()),
            criteria: model.criteria().map(|_| Deed::default()).collect(),
            points: Sum::default(),
        }
    }

    /// Takes some settled rows, which come after all that were taken before, in canonical order.
    pub(crate) fn extend(
        &mut self,
        model: &Model,
        rows: &Rows,
        places: Range<usize>,
        days: Days<'_>,
    ) {
        let watch = Watch::new(model, days);
        let mut matchings = watch
            .watchers
            .iter()
            .map(|watcher| Some(watcher.matching()));
        let interest = Interest::of(model, &mut matchings);
        let mut moment = f64::NEG_INFINITY;
        for row in places {
            let (Some(time), Some(type_number)) = (rows.times.get(row), rows.types.get(row)) else {
                break;
            };
            if moment < *time {
                self.earn_levels(&watch, moment);
                moment = *time;
            }
            let is_activity = rows.is_activity(*type_number);
            if is_activity {
                self.first_activity = self.first_activity.min(*time);
            }
            for number in interest.in_type(*type_number) {
                let Some(watcher) = watch.watchers.get(*number as usize) else {
                    continue;
                };
                // `"*"` is every activity, and named types are looked at whatever they are.
                if is_activity || watcher.matching().types.is_some() {
                    self.take(&watch, watcher, rows, row, *time);
                }
            }
        }
        self.earn_levels(&watch, moment);
    }

    /// Badges of levels, once all of an instant is known: what one event gives, another of the same instant may take.
    fn earn_levels(&mut self, watch: &Watch<'_>, moment: f64) {
        let points = self.points.value();
        for (badge, from) in &watch.levels {
            if moment > f64::NEG_INFINITY && points >= *from {
                self.earn(*badge, moment);
            }
        }
    }

    fn take(
        &mut self,
        watch: &Watch<'_>,
        watcher: &Watcher<'_>,
        rows: &Rows,
        row: usize,
        time: f64,
    ) {
        let days = watch.days;
        match *watcher {
            Watcher::Streak(number, rule) => {
                let Some(spell) = self.spells.get_mut(number) else {
                    return;
                };
                if rule.matching.takes(&RowFacts { rows, row }, time)
                    && spell.take(rule, days.interval(rule.every, time))
                {
                    let longest = spell.longest;
                    self.reach(watch.model, number, longest, time);
                }
            }
            Watcher::Badge(number, rule, count) => {
                if let Some(goal) = self.badges.get_mut(number) {
                    goal.take(rule, count, rows, row, days, time);
                }
            }
            Watcher::Step(number, rule, count) => {
                if let Some(goal) = self.steps.get_mut(number) {
                    goal.take(rule, count, rows, row, days, time);
                }
            }
            Watcher::Criterion(number, rule, criterion) => {
                let Some(deed) = self.criteria.get_mut(number) else {
                    return;
                };
                let Verdict::Counted(amount) = deed.counter.judge(rule, rows, row, days) else {
                    return;
                };
                deed.first = deed.first.or(Some(time));
                if let CriterionKind::Frequency(rule) = &criterion.kind {
                    deed.pace.take(rule, time);
                }
                if !watch.model.makes_points(criterion) {
                    return;
                }
                if rule.count.award == Award::Last {
                    self.points.add(-(criterion.points * deed.latest));
                    deed.total.add(-deed.latest);
                    deed.latest = amount;
                }
                self.points.add(criterion.points * amount);
                deed.total.add(amount);
            }
        }
    }

    /// A streak got so long.
    fn reach(&mut self, model: &Model, streak: usize, longest: u32, time: f64) {
        for (badge, rule) in model.progress.badges.iter().enumerate() {
            if let BadgeAward::Streak { number, length } = rule.award
                && number == streak
                && length <= longest
            {
                self.earn(badge, time);
            }
        }
    }

    /// A badge was earned, at an instant in epoch ms; the first one stands.
    fn earn(&mut self, badge: usize, time: f64) {
        if let Some(goal) = self.badges.get_mut(badge) {
            goal.reached = goal.reached.or(Some(time));
        }
    }

    /// Lifetime points, added up from what each criterion counted.
    pub(crate) fn sum_of_points(&self, model: &Model) -> Sum {
        let mut points = Sum::default();
        for (deed, (_, criterion)) in self.criteria.iter().zip(model.criteria()) {
            if model.makes_points(criterion) {
                points.add(criterion.points * (deed.total.total + deed.total.lost));
            }
        }
        points
    }

    /// Gives badges whose streak or level is known to have been reached, at an instant in epoch ms.
    pub(crate) fn settle_badges(&mut self, model: &Model, time: f64) {
        let rules = &model.progress;
        let points = self.points.value();
        for (number, badge) in rules.badges.iter().enumerate() {
            let is_reached = match badge.award {
                BadgeAward::Streak { number, length } => {
                    let spell = self.spells.get(number);
                    spell.is_some_and(|spell| spell.longest >= length)
                }
                BadgeAward::Level(level) => {
                    let levels = rules.levels.as_ref();
                    levels.is_some_and(|levels| points >= levels.begin(level))
                }
                BadgeAward::Event { .. } | BadgeAward::Stars(_) => false,
            };
            if is_reached {
                self.earn(number, time);
            }
        }
    }
}

impl Default for Goal {
    fn default() -> Goal {
        Goal {
            counter: Counter::new(),
            count: 0,
            reached: None,
        }
    }
}

impl Goal {
    /// Counts an event, until there are enough.
    fn take(
        &mut self,
        rule: Rule<'_>,
        need: u32,
        rows: &Rows,
        row: usize,
        days: Days<'_>,
        time: f64,
    ) {
        if self.reached.is_some()
            || !matches!(
                self.counter.judge(rule, rows, row, days),
                Verdict::Counted(_)
            )
        {
            return;
        }
        self.count = self.count.saturating_add(1);
        if self.count >= need {
            self.reached = Some(time);
            // The values seen are asked for no longer.
            self.counter = Counter::new();
        }
    }
}

impl Default for Deed {
    fn default() -> Deed {
        Deed {
            counter: Counter::new(),
            first: None,
            latest: 0.0,
            total: Sum::default(),
            pace: Pace::default(),
        }
    }
}
