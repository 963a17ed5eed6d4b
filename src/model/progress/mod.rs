//! What a customer can get to: streaks, levels, badges, checklists, as the model writes them.
//!
//! | file | what it holds |
//! |---|---|
//! | `streak` | days, weeks or months in a row |
//! | `levels` | how many lifetime points make which level |
//! | `badge` | awards that are earned once |
//! | `checklist` | steps to take |

mod badge;
mod checklist;
mod levels;
mod streak;

pub(crate) use badge::{Badge, BadgeAward};
pub(crate) use checklist::{Checklist, Step, StepDone};
pub(crate) use levels::{LevelCurve, Levels};
pub(crate) use streak::{Every, Streak};

pub(super) use badge::read_badges;
pub(super) use checklist::read_checklists;
pub(super) use levels::read_levels;
pub(super) use streak::read_streaks;

use crate::model::Model;
use crate::model::event_match::EventMatch;
use alloc::vec::Vec;

/// Everything of a model that a customer can get to.
#[derive(Debug, Clone, Default)]
pub(crate) struct ProgressRules {
    pub(crate) streaks: Vec<Streak>,
    pub(crate) levels: Option<Levels>,
    pub(crate) badges: Vec<Badge>,
    pub(crate) checklists: Vec<Checklist>,
}

impl Model {
    /// Whether there is anything to get to.
    pub(crate) fn has_progress(&self) -> bool {
        let rules = &self.progress;
        rules.levels.is_some()
            || !rules.streaks.is_empty()
            || !rules.badges.is_empty()
            || !rules.checklists.is_empty()
    }
}

impl ProgressRules {
    /// The steps of all checklists.
    pub(crate) fn steps(&self) -> impl Iterator<Item = &Step> {
        self.checklists
            .iter()
            .flat_map(|checklist| &checklist.steps)
    }

    /// Which events all of it is about.
    pub(crate) fn matching(&self) -> impl Iterator<Item = &EventMatch> {
        let streaks = self.streaks.iter().map(|streak| &streak.matching);
        let badges = self.badges.iter().filter_map(|badge| match &badge.award {
            BadgeAward::Event { matching, .. } => Some(matching),
            _ => None,
        });
        let steps = self.steps().filter_map(|step| match &step.done {
            StepDone::Event { matching, .. } => Some(matching),
            _ => None,
        });
        streaks.chain(badges).chain(steps)
    }
}
