//! A score from beginning to end, and its trend.

use super::bucket::Buckets;
use super::combination::combine;
use super::gain::Room;
use super::moment::{Customers, Moment};
use super::options::ScoreOptions;
use super::outcome::Outcome;
use super::result::{Direction, Ignored, ScoreResult, Trend};
use super::scale::{rounded, score_of, segment_of, target_of};
use crate::error::Error;
use crate::event::{History, OnInvalid, Rows, Settling, check_profile, scan_history};
use crate::model::Model;
use crate::time::Instant;
use crate::value::Value;

/// Scores a customer: what the history is worth under the model at an instant.
///
/// # Errors
/// Only `options-missing-baseline` and `options-invalid-baseline`: model and history were checked when they were read.
///
/// # Example
/// ```
/// use starwise::{History, Instant, Model, OnInvalid, ScoreOptions, score};
/// let model = Model::parse(br#"{
///     "decay": { "curve": "exponential", "halfLife": "30d" },
///     "period": "90d",
///     "criteria": [{ "id": "order", "kind": "event", "event": "purchase", "points": 100 }]
/// }"#)?;
/// let history = History::parse(
///     br#"{ "events": [{ "type": "purchase", "time": "2024-01-01T00:00:00Z" }] }"#,
///     OnInvalid::Error,
/// )?;
/// let at = Instant::from_rfc3339("2024-01-31T00:00:00Z").unwrap();
/// let result = score(&model, &history, &ScoreOptions::at(at))?;
/// assert_eq!((result.points, result.stars), (50.0, 3));
/// assert_eq!(result.contributions[0].lost.decay, 50.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn score(
    model: &Model,
    history: &History,
    options: &ScoreOptions,
) -> Result<ScoreResult, Error> {
    let rows = history.rows(&model.reading);
    result_of(model, &rows, history.profile().clone(), options)
}

/// Scores a history from its JSON text: [`History::parse`] and [`score`] in one go, and several times as fast, since
/// only what the model reads is kept.
///
/// # Errors
/// As those two, in the same words.
///
/// # Example
/// ```
/// use starwise::{Instant, Model, OnInvalid, ScoreOptions, score_text};
/// let model = Model::parse(br#"{ "criteria": [{ "id": "login", "kind": "event", "event": "login", "points": 10 }] }"#)?;
/// let text = br#"{ "events": [{ "type": "login", "time": "2024-01-01T00:00:00Z" }] }"#;
/// let at = Instant::from_rfc3339("2024-01-31T00:00:00Z").unwrap();
/// assert_eq!(score_text(&model, text, OnInvalid::Error, &ScoreOptions::at(at))?.points, 0.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn score_text(
    model: &Model,
    text: &[u8],
    on_invalid: OnInvalid,
    options: &ScoreOptions,
) -> Result<ScoreResult, Error> {
    let mut rows = Rows::default();
    rows.restart(&model.reading);
    let profile = scan_history(text, &model.reading, on_invalid, &mut rows)?;
    rows.join(text.to_vec());
    let settled = rows.settle(&model.reading, &mut Settling::default());
    debug_assert!(settled.is_ok(), "a text holds the data whole");
    result_of(model, &rows, check_profile(profile)?, options)
}

/// Scores the only customer of settled rows, in the words of the model.
fn result_of(
    model: &Model,
    rows: &Rows,
    profile: Value,
    options: &ScoreOptions,
) -> Result<ScoreResult, Error> {
    let mut scorer = Scorer::default();
    scorer.evaluate(model, rows, profile, options)?;
    let outcome = &scorer.outcome;
    Ok(ScoreResult::new(
        model,
        options.at,
        outcome,
        options.locale.as_deref(),
    ))
}

/// Scores, and keeps its room from call to call.
#[derive(Debug, Default)]
pub(crate) struct Scorer {
    buckets: Buckets,
    customers: Customers,
    room: Room,
    pub(crate) outcome: Outcome,
}

impl Scorer {
    /// Scores the only customer of settled rows.
    pub(crate) fn evaluate(
        &mut self,
        model: &Model,
        rows: &Rows,
        profile: Value,
        options: &ScoreOptions,
    ) -> Result<(), Error> {
        self.buckets.fill(rows, &model.reading, &|_| true);
        self.customers.introduce([profile]);
        let start = self.evaluate_at(model, rows, options, options.at)?;
        self.outcome.trend = None;
        if options.include.trend {
            let trend = self.trend(model, rows, options, start)?;
            self.outcome.trend = Some(trend);
        }
        Ok(())
    }

    /// Scores at one instant; gives the beginning of the customer.
    fn evaluate_at(
        &mut self,
        model: &Model,
        rows: &Rows,
        options: &ScoreOptions,
        at: Instant,
    ) -> Result<Option<f64>, Error> {
        let Scorer {
            buckets,
            customers,
            room,
            outcome,
        } = self;
        customers.observe(model, rows, at, 1);
        room.without_value.clear();
        let moment = Moment {
            at,
            zone: &options.zone,
            day_start_hour: options.day_start_hour,
            model,
            rows,
            buckets,
            customers,
        };
        let stage_number = moment.stage(0);
        let stage = stage_number.and_then(|number| model.stages.get(number));
        let target = target_of(model, stage, options.baseline)?;
        combine(model, stage, &moment, room, outcome);
        outcome.score = score_of(outcome.points, target);
        outcome.stars = model.stars.stars(outcome.score);
        outcome.stars_exact = model.stars.exact(outcome.score);
        outcome.segment = segment_of(&model.segments, outcome.score);
        outcome.stage = stage_number;
        outcome.tenure_days = moment.tenure_days(0).map(|days| days + 0.0);
        let at = moment.millis();
        let known = rows.times.partition_point(|time| *time <= at);
        outcome.ignored = Ignored {
            invalid: rows.invalid,
            duplicate: rows.duplicate,
            future: (rows.len() - known) as u64,
            no_value: room.without_value.count(),
        };
        Ok(moment.start(0))
    }

    /// The score now against the score then, over the events known then. What was worked out for now is put back.
    fn trend(
        &mut self,
        model: &Model,
        rows: &Rows,
        options: &ScoreOptions,
        start: Option<f64>,
    ) -> Result<Trend, Error> {
        let then = options.at.before(model.trend.over);
        let now = core::mem::take(&mut self.outcome);
        let earlier = self.evaluate_at(model, rows, options, then);
        let before = core::mem::replace(&mut self.outcome, now);
        earlier?;
        let delta = rounded(self.outcome.score - before.score);
        let dead_band = model.trend.dead_band;
        let direction = match start {
            Some(start) if start > then.millis() as f64 => Direction::New,
            _ if delta > dead_band => Direction::Rising,
            _ if delta < -dead_band => Direction::Falling,
            _ => Direction::Steady,
        };
        Ok(Trend { delta, direction })
    }
}
