//! What the conditions and the texts of nudges ask about: a result, and progress.

use crate::condition::{Facts, Seen};
use crate::model::Model;
use crate::path::{Path, find_below};
use crate::progress::{ChecklistProgress, Progress, StreakProgress};
use crate::score::{Direction, Outcome, ResultFacts};
use crate::value::Value;
use alloc::{borrow::Cow, string::String};

/// A customer's result and progress.
pub(crate) struct NudgeFacts<'r> {
    pub(crate) result: ResultFacts<'r>,
    pub(crate) progress: &'r Progress,
}

impl NudgeFacts<'_> {
    /// What stands at a path; none where it is missing.
    pub(super) fn value(&self, path: &Path) -> Option<Cow<'_, Value>> {
        if let ("profile", rest) = path.split_first() {
            return find_below(self.result.profile, rest).map(Cow::Borrowed);
        }
        Some(Cow::Owned(match self.find(path)? {
            Seen::Number(number) => Value::Number(number),
            Seen::Bool(flag) => Value::Bool(flag),
            Seen::Text(text) => Value::Text(String::from_utf8_lossy(text).into()),
            // Nothing but a profile holds these.
            Seen::Null | Seen::List(_) | Seen::Object => Value::Null,
        }))
    }

    pub(super) fn model(&self) -> &Model {
        self.result.model
    }

    pub(super) fn outcome(&self) -> &Outcome {
        self.result.outcome
    }
}

impl Facts for NudgeFacts<'_> {
    fn find(&self, path: &Path) -> Option<Seen<'_>> {
        let (outcome, progress) = (self.outcome(), self.progress);
        let (name, rest) = path.split_first();
        let found = match (name, rest) {
            ("trend", [field]) => {
                let trend = outcome.trend?;
                match &**field {
                    "delta" => Seen::Number(trend.delta),
                    _ => Seen::Text(trend.direction.name().as_bytes()),
                }
            }
            ("level", []) => Seen::Number(f64::from(progress.level.as_ref()?.level)),
            ("streaks", [id, field]) => {
                let mut streaks = progress.streaks.iter();
                streak(streaks.find(|streak| *streak.id == **id)?, field)
            }
            ("badges", [id]) => {
                let mut badges = progress.badges.iter();
                Seen::Bool(badges.find(|badge| *badge.id == **id)?.earned)
            }
            ("checklists", [id, field]) => {
                let mut checklists = progress.checklists.iter();
                checklist(checklists.find(|checklist| *checklist.id == **id)?, field)
            }
            ("nextStar", [_]) => Seen::Number(outcome.next_star.as_ref()?.as_ref()?.points),
            ("audiences", [id]) => {
                let mut audiences = self.model().audiences.iter();
                let number = audiences.position(|audience| *audience.id == **id)?;
                Seen::Bool(*outcome.audiences.get(number)?)
            }
            _ => return self.result.find(path),
        };
        Some(found)
    }
}

fn streak<'f>(streak: &StreakProgress, field: &str) -> Seen<'f> {
    match field {
        "current" => Seen::Number(f64::from(streak.current)),
        "freezesLeft" => Seen::Number(f64::from(streak.freezes_left)),
        "longest" => Seen::Number(f64::from(streak.longest)),
        _ => Seen::Bool(streak.at_risk),
    }
}

fn checklist<'f>(checklist: &ChecklistProgress, field: &str) -> Seen<'f> {
    match field {
        "share" => Seen::Number(checklist.share),
        _ => Seen::Bool(checklist.done),
    }
}

impl Direction {
    /// Its name in plain data.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Direction::Rising => "rising",
            Direction::Falling => "falling",
            Direction::Steady => "steady",
            Direction::New => "new",
        }
    }
}
