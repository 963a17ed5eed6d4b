//! Which nudge a customer is to see.

use super::asked::Asked;
use super::prepared::Prepared;
use crate::error::{Error, ErrorCode};
use crate::event::History;
use crate::model::Model;
use crate::nudge::{Exposed, NudgeDecision, NudgeFacts, Scene};
use crate::progress::Progress;
use crate::score::{Include, Outcome, ResultFacts, ScoreOptions, days_between};
use crate::time::Instant;
use crate::value::describe_text;
use alloc::{format, vec::Vec};

/// Facts that only progress tells.
const OF_PROGRESS: [&str; 4] = ["level", "streaks", "badges", "checklists"];

/// Chooses the nudge to show a customer at an instant, one at most, and tells of every other why it was not chosen.
///
/// What was shown, dismissed and answered comes back as events of the history: `nudge.shown`, `nudge.dismissed`,
/// `nudge.clicked` and `nudge.answered`, with the id of the nudge in `data.nudge`. Those later than the instant play no part.
/// Of the options `include` and `horizon` play none either.
///
/// # Errors
/// As [`score`](crate::score()), and `options-unknown-nudge` where `showing` names no nudge of the model.
///
/// # Example
/// ```
/// use starwise::{History, Instant, Model, OnInvalid, ReasonKind, ScoreOptions, nudge};
/// let model = Model::parse(br#"{
///     "criteria": [{ "id": "order", "kind": "event", "event": "order", "points": 10 }],
///     "nudges": [
///         { "id": "first", "kind": "banner", "when": { "stars": 0 }, "title": "Order something" },
///         { "id": "more", "kind": "message", "when": { "stars": { "gte": 1 } }, "again": "30d",
///           "title": "{profile.name|Hello}: {stars} of 5 stars" }
///     ]
/// }"#)?;
/// let history = History::parse(br#"{ "events": [
///     { "type": "order", "time": "2024-03-01T09:00:00Z" },
///     { "type": "nudge.dismissed", "time": "2024-03-02T09:00:00Z", "data": { "nudge": "more" } }
/// ] }"#, OnInvalid::Error)?;
///
/// let at = |text| Instant::from_rfc3339(text).unwrap();
/// let before = nudge(&model, &history, &ScoreOptions::at(at("2024-03-02T08:00:00Z")))?;
/// assert_eq!(before.nudge.unwrap().title, "Hello: 1 of 5 stars");
///
/// let after = nudge(&model, &history, &ScoreOptions::at(at("2024-03-03T00:00:00Z")))?;
/// assert_eq!(after.nudge, None);
/// let reason = &after.candidates[1].reasons[0];
/// assert_eq!((reason.kind, reason.until), (ReasonKind::Dismissed, Some(at("2024-04-01T09:00:00Z"))));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn nudge(
    model: &Model,
    history: &History,
    options: &ScoreOptions,
) -> Result<NudgeDecision, Error> {
    Prepared::new(model, history, options).nudge(options)
}

impl Prepared<'_> {
    /// The nudge to show at the instant of the options; zone, day start and baseline stay those it was prepared with.
    ///
    /// # Errors
    /// As [`nudge`](crate::nudge()).
    pub fn nudge(&self, options: &ScoreOptions) -> Result<NudgeDecision, Error> {
        self.asked().nudge(options)
    }
}

impl Asked<'_> {
    /// Chooses a nudge.
    pub(crate) fn nudge(&self, options: &ScoreOptions) -> Result<NudgeDecision, Error> {
        let progress = match self.model.nudges_ask_for_progress() {
            true => self.progress(options)?,
            false => Progress::none(options.at),
        };
        self.nudge_with(options, Exposed::default(), &progress)
    }

    /// The same with progress, where it is asked for, and on top of what became of nudges before the first row.
    pub(crate) fn nudge_with(
        &self,
        options: &ScoreOptions,
        mut exposed: Exposed,
        progress: &Progress,
    ) -> Result<NudgeDecision, Error> {
        let model = self.model;
        let showing = showing(model, options)?;
        let with = ScoreOptions {
            include: Include {
                trend: model.nudges_ask_for("trend"),
                next_star: model.nudges_ask_for("nextStar"),
                next_change: false,
            },
            ..options.clone()
        };
        let mut outcome = Outcome::default();
        self.score(&with, &mut outcome)?;
        let at = options.at.millis() as f64;
        let known = self.rows.known(at);
        exposed.extend(model, self.rows, known, self.zone, self.day_start_hour);
        let latest = self.view().latest(at);
        let scene = Scene {
            facts: NudgeFacts {
                result: ResultFacts {
                    model,
                    outcome: &outcome,
                    profile: self.profile,
                    days_since_last: latest.map(|latest| days_between(latest, at)),
                },
                progress,
            },
            exposed: &exposed,
            at: options.at,
            zone: self.zone,
            day_start_hour: self.day_start_hour,
            locale: options.locale.as_deref(),
            showing,
        };
        Ok(scene.decide())
    }
}

impl Model {
    /// Whether some nudge asks for a fact, or for one below a name.
    pub(crate) fn nudges_ask_for(&self, name: &str) -> bool {
        self.nudges.iter().any(|nudge| nudge.asks_for(name))
    }

    /// Whether some nudge asks for progress, or shows it.
    pub(crate) fn nudges_ask_for_progress(&self) -> bool {
        let mut nudges = self.nudges.iter();
        nudges.any(|nudge| nudge.checklist.is_some())
            || OF_PROGRESS.iter().any(|name| self.nudges_ask_for(name))
    }
}

impl Progress {
    /// Where nobody asks for any.
    pub(crate) fn none(at: Instant) -> Progress {
        Progress {
            at,
            streaks: Vec::new(),
            level: None,
            badges: Vec::new(),
            checklists: Vec::new(),
        }
    }
}

/// The number of the nudge on screen.
fn showing(model: &Model, options: &ScoreOptions) -> Result<Option<usize>, Error> {
    let Some(id) = &options.showing else {
        return Ok(None);
    };
    let mut nudges = model.nudges.iter();
    let number = nudges.position(|nudge| *nudge.id == **id);
    if number.is_some() {
        return Ok(number);
    }
    let known: Vec<&str> = model.nudges.iter().map(|nudge| &*nudge.id).collect();
    let hint = crate::check::hint(id, &known);
    let shown = describe_text(id);
    let detail = format!("must be the id of a nudge of the model, found {shown}{hint}");
    Err(Error::new(
        ErrorCode::OptionsUnknownNudge,
        "options.showing",
        detail,
    ))
}
