//! A score from beginning to end, and its trend.

use super::combination::{Combination, combine};
use super::moment::Moment;
use super::options::ScoreOptions;
use super::result::{Direction, Ignored, ScoreResult, Trend};
use super::scale::{rounded, score_of, segment_of, target_of};
use crate::error::Error;
use crate::event::History;
use crate::model::{Model, Stage};
use crate::time::Instant;

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
    let now = evaluate(model, history, options, options.at)?;
    let trend = match options.include.trend {
        true => Some(trend(model, history, options, &now)?),
        false => None,
    };
    let (invalid, duplicate) = history.left_out();
    let known = now.moment.events.len();
    Ok(ScoreResult {
        at: options.at,
        points: now.combination.points,
        score: now.score,
        stars: model.stars.stars(now.score),
        stars_exact: model.stars.exact(now.score),
        segment: segment_of(&model.segments, now.score).to_owned(),
        stage: now.stage.map(|stage| stage.id.to_string()),
        tenure_days: now.moment.tenure_days().map(|days| days + 0.0),
        parts: now.combination.parts,
        contributions: now.combination.contributions,
        ignored: Ignored {
            invalid,
            duplicate,
            future: (history.len() - known) as u64,
            no_value: now.combination.without_value.count(),
        },
        trend,
    })
}

/// A score at one instant with all that it rests on.
struct Evaluation<'a> {
    moment: Moment<'a>,
    stage: Option<&'a Stage>,
    combination: Combination,
    score: f64,
}

fn evaluate<'a>(
    model: &'a Model,
    history: &'a History,
    options: &'a ScoreOptions,
    at: Instant,
) -> Result<Evaluation<'a>, Error> {
    let moment = Moment::new(model, history, at, &options.zone, options.day_start_hour);
    let stage = {
        let facts = moment.customer_facts();
        let mut stages = model.stages.iter();
        stages.find(|stage| stage.when.holds(&facts, at))
    };
    let target = target_of(model, stage, options.baseline)?;
    let combination = combine(model, stage, &moment, options.locale.as_deref());
    Ok(Evaluation {
        score: score_of(combination.points, target),
        moment,
        stage,
        combination,
    })
}

/// The score now against the score then, over the events known then.
fn trend(
    model: &Model,
    history: &History,
    options: &ScoreOptions,
    now: &Evaluation<'_>,
) -> Result<Trend, Error> {
    let then = options.at.before(model.trend.over);
    let delta = rounded(now.score - evaluate(model, history, options, then)?.score);
    let dead_band = model.trend.dead_band;
    let direction = match now.moment.start {
        Some(start) if start > then => Direction::New,
        _ if delta > dead_band => Direction::Rising,
        _ if delta < -dead_band => Direction::Falling,
        _ => Direction::Steady,
    };
    Ok(Trend { delta, direction })
}
