//! A score from beginning to end.

use super::scorer::Scorer;
use crate::error::Error;
use crate::event::{Event, History, OnInvalid, Rows, Settling, check_profile, scan_history};
use crate::model::Model;
use crate::score::{ScoreOptions, ScoreResult};
use crate::value::Value;
use alloc::vec::Vec;

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

/// Scores a customer as if some more had happened.
///
/// # Errors
/// As [`History::new`] and [`score`].
///
/// # Example
/// ```
/// use starwise::{Event, History, Instant, Model, ScoreOptions, what_if};
/// let model = Model::parse(br#"{ "criteria": [{ "id": "login", "kind": "event", "event": "login", "points": 10 }] }"#)?;
/// let at = Instant::from_rfc3339("2024-01-31T00:00:00Z").unwrap();
/// let login = Event { event_type: "login".into(), time: at, id: None, data: None };
/// let history = History::new(vec![], None)?;
/// let result = what_if(&model, &history, vec![login.clone(), login], &ScoreOptions::at(at))?;
/// assert_eq!((result.points, result.stars), (20.0, 2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn what_if(
    model: &Model,
    history: &History,
    extra: Vec<Event>,
    options: &ScoreOptions,
) -> Result<ScoreResult, Error> {
    score(model, &history.with(extra)?, options)
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
    Ok(ScoreResult::new(model, &scorer.outcome, options))
}
