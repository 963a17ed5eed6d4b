//! Badges: earned once, and never lost.

use super::answer::Standing;
use super::result::BadgeProgress;
use super::tally::Goal;
use crate::model::{Badge, BadgeAward};
use crate::time::Instant;
use alloc::string::ToString;

impl Badge {
    /// The badge at an instant.
    pub(super) fn progress(&self, goal: &Goal, standing: &Standing<'_>) -> BadgeProgress {
        let tally = standing.tally;
        let (have, need, reached) = match self.award {
            BadgeAward::Event { count, .. } => (goal.count, count, goal.reached),
            BadgeAward::Streak { number, length } => {
                let spell = tally.spells.get(number);
                (spell.map_or(0, |spell| spell.longest), length, goal.reached)
            }
            BadgeAward::Level(level) => {
                let levels = standing.model.progress.levels.as_ref();
                let is_given = levels.is_some_and(|levels| levels.begin(level) <= 0.0);
                let reached = if is_given {
                    Some(standing.begin())
                } else {
                    goal.reached
                };
                (standing.level, level, reached)
            }
            BadgeAward::Stars(stars) => (
                standing.stars.now,
                u32::from(stars),
                standing.stars.first(stars),
            ),
        };
        let earned = reached.is_some();
        let have = if earned { need } else { have.min(need) };
        let pick = |label: &crate::model::Label| label.pick(standing.locale).to_string();
        BadgeProgress {
            id: self.id.to_string(),
            label: pick(&self.label),
            description: self.description.as_ref().map(pick),
            icon: self.icon.as_deref().map(ToString::to_string),
            earned,
            earned_at: reached.map(Instant::known),
            have,
            need,
            share: f64::from(have) / f64::from(need.max(1)),
        }
    }
}
