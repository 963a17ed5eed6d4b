//! A history, prepared: asked many times for the price of reading it once.

use super::asked::Asked;
use super::range::TimeRange;
use crate::course::{Course, Turn};
use crate::error::Error;
use crate::event::{History, Rows};
use crate::model::Model;
use crate::score::{Outcome, ScoreOptions, ScoreResult, Timeline, Transition, TransitionKind};
use crate::time::{Duration, Zone};
use crate::value::Value;
use alloc::{string::String, string::ToString, vec::Vec};

/// A customer's history under a model, ready to be asked about any instant.
///
/// Preparing costs about as much as scoring; from then on, a question at an instant costs the logarithm of the number of
/// events for each criterion.
///
/// # Example
/// ```
/// use starwise::{History, Instant, Model, OnInvalid, Prepared, ScoreOptions, TimeRange};
/// let model = Model::parse(br#"{
///     "period": null,
///     "decay": { "curve": "exponential", "halfLife": "30d" },
///     "criteria": [{ "id": "order", "kind": "event", "event": "purchase", "points": 100 }]
/// }"#)?;
/// let text = br#"{ "events": [{ "type": "purchase", "time": "2024-01-01T00:00:00Z" }] }"#;
/// let history = History::parse(text, OnInvalid::Error)?;
/// let at = Instant::from_rfc3339("2024-01-01T00:00:00Z").unwrap();
/// let later = Instant::from_rfc3339("2024-12-31T00:00:00Z").unwrap();
///
/// let options = ScoreOptions::at(at);
/// let prepared = Prepared::new(&model, &history, &options);
/// let changes = prepared.transitions(TimeRange::new(at, later)?)?;
/// // 80 is left after 9.66 days: the fifth star goes the millisecond after.
/// assert_eq!(changes[0].at.millis() - at.millis(), 834_437_622);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Prepared<'m> {
    model: &'m Model,
    rows: Rows,
    course: Course,
    profile: Value,
    zone: Zone,
    day_start_hour: u8,
    baseline: Option<f64>,
}

impl<'m> Prepared<'m> {
    /// Prepares a history; of the options zone, day start and baseline are taken.
    pub fn new(model: &'m Model, history: &History, options: &ScoreOptions) -> Prepared<'m> {
        let rows = history.rows(&model.reading);
        let mut course = Course::new(model);
        course.extend(model, &rows, 0, &options.zone, options.day_start_hour);
        Prepared {
            model,
            rows,
            course,
            profile: history.profile().clone(),
            zone: options.zone.clone(),
            day_start_hour: options.day_start_hour,
            baseline: options.baseline,
        }
    }

    /// The score at the instant of the options, with what they include; zone, day start and baseline stay those it was
    /// prepared with. It is that of [`score`](crate::score()): the same stars and score, points within 1e-12.
    ///
    /// # Errors
    /// As [`score`](crate::score()).
    pub fn score(&self, options: &ScoreOptions) -> Result<ScoreResult, Error> {
        let mut outcome = Outcome::default();
        self.asked().score(options, &mut outcome)?;
        Ok(ScoreResult::new(self.model, &outcome, options))
    }

    /// Points, score and stars from one instant to another in steps, each as if only the events up to it were known.
    ///
    /// # Errors
    /// A step below 1 ms, more than 100,000 steps, and as [`score`](crate::score()).
    pub fn timeline(&self, range: TimeRange, step: Duration) -> Result<Timeline, Error> {
        let count = range.count(step)?;
        let mut timeline = Timeline::default();
        let from = range.from().millis() as f64;
        let each = &mut |at, outcome: &Outcome| timeline.push(at, outcome);
        self.asked()
            .view()
            .timeline(from, step.millis() as f64, count, each)?;
        Ok(timeline)
    }

    /// Every change of stars, segment and audiences after the beginning of a range, up to and with its end.
    ///
    /// Of one instant stars come first, then the segment, then audiences in the order of the model.
    ///
    /// # Errors
    /// As [`score`](crate::score()).
    pub fn transitions(&self, range: TimeRange) -> Result<Vec<Transition>, Error> {
        let turns = self.asked().view().transitions(range.interval())?;
        let named = turns.into_iter().map(|(at, turn)| Transition {
            at: crate::time::Instant::known(at),
            kind: self.kind_of(turn),
        });
        Ok(named.collect())
    }

    pub(super) fn asked(&self) -> Asked<'_> {
        Asked {
            model: self.model,
            rows: &self.rows,
            course: &self.course,
            folded: None,
            profile: &self.profile,
            zone: &self.zone,
            day_start_hour: self.day_start_hour,
            baseline: self.baseline,
        }
    }

    fn kind_of(&self, turn: Turn) -> TransitionKind {
        let segment = |number: usize| {
            let segment = self.model.segments.get(number);
            segment.map_or_else(String::new, |segment| segment.id.to_string())
        };
        match turn {
            Turn::Stars { from, to } => TransitionKind::Stars { from, to },
            Turn::Segment { from, to } => TransitionKind::Segment {
                from: segment(from),
                to: segment(to),
            },
            Turn::Audience { number, belongs } => TransitionKind::Audience {
                id: self
                    .model
                    .audiences
                    .get(number)
                    .map_or_else(String::new, |audience| audience.id.to_string()),
                from: !belongs,
                to: belongs,
            },
        }
    }
}

/// Points, score and stars of a history from one instant to another in steps.
///
/// # Errors
/// As [`Prepared::timeline`].
pub fn timeline(
    model: &Model,
    history: &History,
    range: TimeRange,
    step: Duration,
    options: &ScoreOptions,
) -> Result<Timeline, Error> {
    Prepared::new(model, history, options).timeline(range, step)
}

/// Every change of a history's stars, segment and audiences from one instant to another.
///
/// # Errors
/// As [`Prepared::transitions`].
pub fn transitions(
    model: &Model,
    history: &History,
    range: TimeRange,
    options: &ScoreOptions,
) -> Result<Vec<Transition>, Error> {
    Prepared::new(model, history, options).transitions(range)
}
