//! Progress as a caller gets it. Everything serialises to the camelCase shapes of the JavaScript face.

use crate::time::Instant;
use alloc::{string::String, vec::Vec};
use serde::Serialize;

/// What a customer has got to at an instant. Texts are in the language of the options.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// The instant it is about.
    pub at: Instant,
    /// In the order of the model.
    pub streaks: Vec<StreakProgress>,
    /// None where the model has no levels.
    pub level: Option<LevelProgress>,
    /// In the order of the model.
    pub badges: Vec<BadgeProgress>,
    /// In the order of the model.
    pub checklists: Vec<ChecklistProgress>,
}

/// Days, weeks or months in a row.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StreakProgress {
    /// Its id in the model.
    pub id: String,
    /// What people call it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// A text to show beside it, an emoji as a rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// `day`, `week` or `month`.
    pub every: &'static str,
    /// Intervals done in a row, as far as freezes reach up to the current one or the one before; 0 when it has ended.
    pub current: u32,
    /// The greatest length that it ever had.
    pub longest: u32,
    /// Events that make an interval done.
    pub at_least: u32,
    /// Events in the current interval so far.
    pub count: u32,
    /// Whether the current interval is done.
    pub done: bool,
    /// Whether the streak goes on only if the current interval gets done, or a freeze is spent on it.
    pub at_risk: bool,
    /// Missed intervals that a streak survives.
    pub freezes: u32,
    /// How many of them are left.
    pub freezes_left: u32,
    /// When the streak ends if nothing more happens.
    pub until: Option<Instant>,
    /// The last seven intervals, oldest first; the last is the current one.
    pub recent: Vec<StreakInterval>,
}

/// One day, week or month of a streak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StreakInterval {
    /// Its first instant.
    pub start: Instant,
    /// What became of it.
    pub state: IntervalState,
}

/// What became of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum IntervalState {
    /// Enough was done.
    Done,
    /// It was missed, and a freeze keeps the streak.
    Frozen,
    /// It was missed.
    Missed,
    /// It lies before the first one with a matching event: there was nothing to miss yet.
    Before,
    /// It is the current one, and not done yet.
    Open,
}

/// A level and the way to the next.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LevelProgress {
    /// The level.
    pub level: u32,
    /// What people call it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Lifetime points.
    pub points: f64,
    /// The points at which this level begins.
    pub from: f64,
    /// The points at which the next one begins; none at the last.
    pub next: Option<f64>,
    /// The share of the way from this level to the next, 0 to 1.
    pub share: f64,
}

/// A badge, earned or on the way.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BadgeProgress {
    /// Its id in the model.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// A text to show on it, an emoji as a rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// Whether it is earned; it is never lost.
    pub earned: bool,
    /// When it was earned.
    pub earned_at: Option<Instant>,
    /// What there is of what it needs; no more than that.
    pub have: u32,
    /// What it needs: events, intervals, a level, or stars.
    pub need: u32,
    /// The share of the way, 0 to 1.
    pub share: f64,
}

/// A checklist and its steps.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChecklistProgress {
    /// Its id in the model.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// A text to show beside it, an emoji as a rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// Whether all that is required is done.
    pub done: bool,
    /// When the last required step was done, where that is known of all of them.
    pub done_at: Option<Instant>,
    /// The share of the required steps that are done, 0 to 1; of all steps where none is required.
    pub share: f64,
    /// Required steps that are done; of all steps where none is required.
    pub done_steps: u32,
    /// Required steps; all of them where none is.
    pub required_steps: u32,
    /// The id of the step to take next; none when all are done.
    pub next: Option<String>,
    /// In the order of the model.
    pub steps: Vec<StepProgress>,
}

/// One step of a checklist.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StepProgress {
    /// Its id in the checklist.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// Where it leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    /// Whether the checklist can be done without it.
    pub optional: bool,
    /// Whether it is done.
    pub done: bool,
    /// When it was done; none where only the profile says so.
    pub done_at: Option<Instant>,
    /// Events so far, up to those needed; none for other steps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// Events needed; none for other steps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub need: Option<u32>,
}
