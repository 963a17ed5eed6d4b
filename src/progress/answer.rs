//! Progress at an instant, of what was tallied up to it.

use super::result::Progress;
use super::stars::Stars;
use super::tally::Tally;
use crate::course::Days;
use crate::model::Model;
use crate::score::{Customers, ProfileFacts, days_between};
use crate::time::Instant;
use crate::value::Value;

/// A tally, and what else progress depends on.
pub(crate) struct Standing<'s> {
    pub(super) model: &'s Model,
    /// Of the events up to the instant.
    pub(super) tally: &'s Tally,
    pub(crate) stars: Stars,
    /// Epoch ms.
    pub(super) at: f64,
    /// Epoch ms of the customer's beginning, as it is known at the instant.
    pub(super) start: Option<f64>,
    pub(super) facts: ProfileFacts<'s>,
    pub(super) level: u32,
    pub(super) days: Days<'s>,
    pub(super) locale: Option<&'s str>,
}

impl<'s> Standing<'s> {
    /// At an instant in epoch ms, up to which all events were taken.
    pub(crate) fn new(
        model: &'s Model,
        tally: &'s Tally,
        profile: &'s Value,
        at: f64,
        days: Days<'s>,
        locale: Option<&'s str>,
    ) -> Standing<'s> {
        let first = tally.first_activity;
        let known = (first <= at).then_some(first);
        let start = Customers::declared_start(model, profile).or(known);
        let levels = model.progress.levels.as_ref();
        Standing {
            model,
            tally,
            stars: Stars::default(),
            at,
            start,
            facts: ProfileFacts {
                profile,
                tenure_days: start.map(|start| days_between(start, at)),
            },
            level: levels.map_or(0, |levels| levels.stand(tally.points.value()).0),
            days,
            locale,
        }
    }

    /// Epoch ms of the customer's beginning; the instant itself where there is none before it.
    pub(super) fn begin(&self) -> f64 {
        self.start.unwrap_or(self.at).min(self.at)
    }

    /// Epoch ms of the customer's beginning, or of an activity before it; none where neither has come.
    pub(crate) fn dawn(&self) -> Option<f64> {
        let first = self.tally.first_activity;
        let dawn = self.start.map_or(first, |start| start.min(first));
        (dawn <= self.at).then_some(dawn)
    }

    /// All of it.
    pub(crate) fn progress(&self) -> Progress {
        let rules = &self.model.progress;
        let streaks = rules.streaks.iter().zip(&self.tally.spells);
        let badges = rules.badges.iter().zip(&self.tally.badges);
        let mut goals = &*self.tally.steps;
        Progress {
            at: Instant::known(self.at),
            streaks: streaks
                .map(|(rule, spell)| spell.progress(rule, self.at, self.days, self.locale))
                .collect(),
            level: rules
                .levels
                .as_ref()
                .map(|levels| levels.progress(self.tally.points.value(), self.locale)),
            badges: badges
                .map(|(badge, goal)| badge.progress(goal, self))
                .collect(),
            checklists: rules
                .checklists
                .iter()
                .map(|checklist| {
                    let progress = checklist.progress(goals, self);
                    goals = goals.get(checklist.steps.len()..).unwrap_or_default();
                    progress
                })
                .collect(),
        }
    }
}
