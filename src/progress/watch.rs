//! Who looks at which events, and what lifetime points are made of.

use crate::course::{Days, Rule};
use crate::model::{BadgeAward, Criterion, CriterionKind, EventMatch, Model, StepDone, Streak};
use alloc::vec::Vec;

/// Somebody who looks at events.
pub(super) enum Watcher<'m> {
    Streak(usize, &'m Streak),
    Badge(usize, Rule<'m>, u32),
    Step(usize, Rule<'m>, u32),
    Criterion(usize, Rule<'m>, &'m Criterion),
}

/// Those who look at the events of a model, and what else each event may reach.
pub(super) struct Watch<'m> {
    pub(super) model: &'m Model,
    pub(super) watchers: Vec<Watcher<'m>>,
    /// The badges of levels, by number, and the points that each takes.
    pub(super) levels: Vec<(usize, f64)>,
    pub(super) days: Days<'m>,
}

impl<'m> Watch<'m> {
    pub(super) fn new(model: &'m Model, days: Days<'m>) -> Watch<'m> {
        let rules = &model.progress;
        let mut watchers = Vec::new();
        for (number, streak) in rules.streaks.iter().enumerate() {
            watchers.push(Watcher::Streak(number, streak));
        }
        let mut levels = Vec::new();
        for (number, badge) in rules.badges.iter().enumerate() {
            match (&badge.award, &rules.levels) {
                (
                    BadgeAward::Event {
                        matching,
                        rule,
                        count,
                    },
                    _,
                ) => {
                    watchers.push(Watcher::Badge(number, Rule::plain(matching, rule), *count));
                }
                (BadgeAward::Level(level), Some(rules)) => {
                    levels.push((number, rules.begin(*level)))
                }
                _ => {}
            }
        }
        let mut criteria: Vec<bool> = model
            .criteria()
            .map(|(_, criterion)| model.makes_points(criterion))
            .collect();
        for (number, step) in rules.steps().enumerate() {
            match &step.done {
                StepDone::Event {
                    matching,
                    rule,
                    count,
                } => {
                    watchers.push(Watcher::Step(number, Rule::plain(matching, rule), *count));
                }
                StepDone::Criterion(number) => {
                    if let Some(is_watched) = criteria.get_mut(*number) {
                        *is_watched = true;
                    }
                }
                StepDone::Profile(_) => {}
            }
        }
        for (number, (_, criterion)) in model.criteria().enumerate() {
            if let (Some(true), Some(rule)) = (criteria.get(number), Rule::of(criterion)) {
                watchers.push(Watcher::Criterion(number, rule, criterion));
            }
        }
        Watch {
            model,
            watchers,
            levels,
            days,
        }
    }
}

impl Model {
    /// Whether what a criterion counts makes lifetime points.
    pub(crate) fn makes_points(&self, criterion: &Criterion) -> bool {
        self.progress.levels.is_some()
            && criterion.enabled
            && criterion.points > 0.0
            && matches!(criterion.kind, CriterionKind::Event(_))
    }
}

impl Watcher<'_> {
    pub(super) fn matching(&self) -> &EventMatch {
        match self {
            Watcher::Streak(_, streak) => &streak.matching,
            Watcher::Badge(_, rule, _)
            | Watcher::Step(_, rule, _)
            | Watcher::Criterion(_, rule, _) => rule.matching,
        }
    }
}
