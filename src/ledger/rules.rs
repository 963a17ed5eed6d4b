//! What makes rules of progress the same: a hash of each, taken from the checked model.
//!
//! Each rule stands alone, so that a model that has one badge more takes over everything else. Texts, links, icons, and what is
//! optional, play no part.

use super::digest::Digest;
use crate::model::{Badge, BadgeAward, LevelCurve, Model, Step, StepDone, Streak};
use alloc::vec::Vec;

/// What all that a tally remembers is known again by.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct RuleDigests {
    pub(super) streaks: Vec<u64>,
    /// By badge.
    pub(super) awards: Vec<u64>,
    /// Of the ids of badges: what was earned stays earned, whatever else it takes by now.
    pub(super) badges: Vec<u64>,
    pub(super) steps: Vec<u64>,
    /// 0 of those that nobody looks at.
    pub(super) criteria: Vec<u64>,
    /// Of all criteria that make lifetime points.
    pub(super) points: u64,
}

impl Model {
    /// Those of the model.
    pub(super) fn rule_digests(&self) -> RuleDigests {
        let rules = &self.progress;
        let mut points = Digest::new();
        let mut criteria = Vec::new();
        for (number, (_, criterion)) in self.criteria().enumerate() {
            let makes_points = self.makes_points(criterion);
            if makes_points {
                points.number(criterion.points);
                points.add(criterion.digest());
            }
            let is_step =
                |step: &Step| matches!(step.done, StepDone::Criterion(other) if other == number);
            let is_watched = makes_points || rules.steps().any(is_step);
            criteria.push(if is_watched { criterion.digest() } else { 0 });
        }
        RuleDigests {
            streaks: rules.streaks.iter().map(streak_digest).collect(),
            awards: rules
                .badges
                .iter()
                .map(|badge| self.award_digest(badge))
                .collect(),
            badges: rules
                .badges
                .iter()
                .map(|badge| id_digest(&badge.id))
                .collect(),
            steps: rules.steps().map(step_digest).collect(),
            criteria,
            points: points.finish(),
        }
    }

    /// The same for all models whose progress is the same.
    pub(super) fn progress_digest(&self) -> u64 {
        let RuleDigests {
            streaks,
            awards,
            steps,
            criteria,
            points,
            ..
        } = self.rule_digests();
        let mut digest = Digest::new();
        for list in [streaks, awards, steps, criteria] {
            digest.add(list.len() as u64);
            list.into_iter().for_each(|rule| digest.add(rule));
        }
        digest.add(points);
        digest.tag(self.progress.levels.is_some());
        if let Some(levels) = &self.progress.levels {
            digest.number(levels.base);
            match &levels.curve {
                LevelCurve::Triangular => digest.text("triangular"),
                LevelCurve::Habitica => digest.text("habitica"),
                LevelCurve::Thresholds(thresholds) => {
                    thresholds
                        .iter()
                        .for_each(|threshold| digest.number(*threshold));
                }
            }
        }
        digest.finish()
    }

    fn award_digest(&self, badge: &Badge) -> u64 {
        let rules = &self.progress;
        let mut digest = Digest::new();
        match &badge.award {
            BadgeAward::Event {
                matching,
                rule,
                count,
            } => {
                digest.text("event");
                digest.matching(matching);
                digest.count(rule);
                digest.add(u64::from(*count));
            }
            BadgeAward::Streak { number, length } => {
                digest.text("streak");
                digest.add(rules.streaks.get(*number).map_or(0, streak_digest));
                digest.add(u64::from(*length));
            }
            BadgeAward::Level(level) => {
                digest.text("level");
                // Whatever points are given for, the level begins there.
                digest.optional(rules.levels.as_ref().map(|levels| levels.begin(*level)));
            }
            BadgeAward::Stars(stars) => {
                digest.text("stars");
                digest.add(u64::from(*stars));
            }
        }
        digest.finish()
    }
}

fn id_digest(id: &str) -> u64 {
    let mut digest = Digest::new();
    digest.text(id);
    digest.finish()
}

fn streak_digest(streak: &Streak) -> u64 {
    let mut digest = Digest::new();
    digest.matching(&streak.matching);
    digest.add(streak.every as u64);
    digest.add(u64::from(streak.at_least));
    digest.add(u64::from(streak.freezes));
    digest.finish()
}

fn step_digest(step: &Step) -> u64 {
    let mut digest = Digest::new();
    match &step.done {
        StepDone::Event {
            matching,
            rule,
            count,
        } => {
            digest.text("event");
            digest.matching(matching);
            digest.count(rule);
            digest.add(u64::from(*count));
        }
        // What the profile says is asked of the profile, and what a criterion counted stands there.
        StepDone::Profile(_) | StepDone::Criterion(_) => {}
    }
    digest.finish()
}
