//! starwise scores how engaged a customer is, from the history of what they did.
//!
//! Activities carry points, count within an engagement period, fade with age, and become a 0-100 score, stars
//! and a segment, with a receipt that adds up to the point. The same inputs give the same bits on every host.
//!
//! ```
//! use starwise::{History, Instant, Model, OnInvalid, ScoreOptions, score};
//!
//! let model = Model::parse(br#"{
//!     "criteria": [
//!         { "id": "session", "kind": "event", "event": "session", "points": 10 },
//!         { "id": "reply", "kind": "event", "event": "reply", "points": 4 },
//!         { "id": "silent", "kind": "inactivity", "for": "14d", "points": -20 }
//!     ]
//! }"#)?;
//! let history = History::parse(br#"{
//!     "events": [
//!         { "type": "session", "time": "2024-03-01T09:00:00Z" },
//!         { "type": "reply", "time": "2024-03-01T09:05:00+01:00" }
//!     ],
//!     "profile": { "createdAt": "2024-02-01T00:00:00Z" }
//! }"#, OnInvalid::Error)?;
//!
//! let at = Instant::from_rfc3339("2024-03-02T00:00:00Z").unwrap();
//! let result = score(&model, &history, &ScoreOptions::at(at))?;
//! assert_eq!((result.score, result.stars, &*result.segment), (14.0, 1, "very-disengaged"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Floors
//! Imports run one way: `error`, `sorting`, `braces`, `names`, `number`, `value`, `json`, `path`, `time` ← `check` ← `event`, `condition` ←
//! `model` ← `score` ← `course` ← `progress` ← `nudge` ← `question` ← `ledger`, `audience` ← `wasm` (the JavaScript face, on wasm32 only).
//!
//! # Units
//! Instants are epoch milliseconds UTC, durations whole milliseconds, tenure days of 24 hours, points and scores
//! plain numbers.

#![no_std]

extern crate alloc;

mod audience;
mod braces;
mod check;
mod condition;
mod course;
mod error;
mod event;
mod json;
mod ledger;
mod link;
mod model;
mod names;
mod nudge;
mod number;
mod numeral;
mod path;
mod progress;
mod question;
mod render;
mod score;
mod sorting;
mod time;
mod value;
#[cfg(target_arch = "wasm32")]
mod wasm;

pub use audience::{
    Columns, DataColumn, Entry, Leaderboard, LeaderboardOptions, LeaderboardRow, Ranking, Scores,
    leaderboard, score_lines, score_many,
};
pub use error::{Error, ErrorCode, Faults};
pub use event::{Event, History, OnInvalid};
pub use ledger::{Ledger, LedgerOptions, Restore};
pub use model::{Model, Warning};
pub use nudge::{
    ChosenNudge, NudgeAction, NudgeCandidate, NudgeDecision, NudgeReason, NudgeSurvey, ReasonKind,
};
pub use progress::{
    BadgeProgress, ChecklistProgress, IntervalState, LevelProgress, Progress, StepProgress,
    StreakInterval, StreakProgress,
};
pub use question::{
    Prepared, TimeRange, nudge, progress, score, score_text, timeline, transitions, what_if,
};
pub use render::{
    badge_svg, checklist_html, leaderboard_html, level_svg, nudge_html, sparkline_svg, stars_svg,
    streak_svg, stylesheet,
};
pub use score::{
    Action, ComingChange, Contribution, Direction, Ignored, Include, Lost, PartResult,
    ScoreOptions, ScoreResult, StarWithinReach, Timeline, Transition, TransitionKind, Trend,
};
pub use time::{Duration, DurationFault, Instant, InstantFault, UnknownZone, Zone};
pub use value::Value;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

#[cfg(doctest)]
#[doc = include_str!("../www/docs/many.md")]
struct Many;

#[cfg(doctest)]
#[doc = include_str!("../www/docs/time.md")]
struct Time;

#[cfg(doctest)]
#[doc = include_str!("../www/docs/progress.md")]
struct OfProgress;

#[cfg(doctest)]
#[doc = include_str!("../www/docs/ledger.md")]
struct OfLedgers;

#[cfg(doctest)]
#[doc = include_str!("../www/docs/pictures.md")]
struct Pictures;
