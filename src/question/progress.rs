//! Progress from beginning to end: streaks, level, badges, checklists.

use super::asked::Asked;
use super::prepared::Prepared;
use crate::course::{Course, Days};
use crate::error::Error;
use crate::event::History;
use crate::model::Model;
use crate::progress::{Progress, Standing, Stars, Tally};
use crate::score::ScoreOptions;

/// What a customer has got to at an instant, and what is next: streaks, level, badges and checklists of the model, in the
/// words of the options' locale.
///
/// Only events up to the instant count. Days are civil days of the options' zone, beginning at their hour.
///
/// # Errors
/// Only where a badge asks for stars and the model's target is `"baseline"`: `options-missing-baseline` and
/// `options-invalid-baseline`, as [`score`](crate::score()).
///
/// # Example
/// ```
/// use starwise::{History, Instant, Model, OnInvalid, ScoreOptions, progress};
/// let model = Model::parse(br#"{
///     "criteria": [{ "id": "lesson", "kind": "event", "event": "lesson", "points": 30 }],
///     "streaks": [{ "id": "daily", "event": "lesson", "every": "day", "freezes": 1 }],
///     "levels": { "curve": "triangular" },
///     "badges": [{ "id": "keen", "label": "Keen", "award": { "streak": "daily", "length": 2 } }]
/// }"#)?;
/// let history = History::parse(br#"{ "events": [
///     { "type": "lesson", "time": "2024-03-01T09:00:00Z" },
///     { "type": "lesson", "time": "2024-03-03T09:00:00Z" }
/// ] }"#, OnInvalid::Error)?;
/// let at = Instant::from_rfc3339("2024-03-04T12:00:00Z").unwrap();
/// let progress = progress(&model, &history, &ScoreOptions::at(at))?;
/// let streak = &progress.streaks[0];
/// assert_eq!((streak.current, streak.at_risk, streak.freezes_left), (2, true, 0));
/// assert_eq!(progress.level.map(|level| (level.level, level.next)), Some((2, Some(150.0))));
/// assert_eq!(progress.badges[0].earned_at, Instant::from_rfc3339("2024-03-03T09:00:00Z").ok());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn progress(
    model: &Model,
    history: &History,
    options: &ScoreOptions,
) -> Result<Progress, Error> {
    let rows = history.rows(&model.reading);
    let mut course = Course::new(model);
    if model.most_stars_of_badges() > 0 {
        course.extend(model, &rows, 0, &options.zone, options.day_start_hour);
    }
    let asked = Asked {
        model,
        rows: &rows,
        course: &course,
        folded: None,
        profile: history.profile(),
        zone: &options.zone,
        day_start_hour: options.day_start_hour,
        baseline: options.baseline,
    };
    asked.progress(options)
}

impl Prepared<'_> {
    /// Progress at the instant of the options, in their locale; zone, day start and baseline stay those it was prepared
    /// with. It is that of [`progress`](crate::progress()).
    ///
    /// # Errors
    /// As [`progress`](crate::progress()).
    pub fn progress(&self, options: &ScoreOptions) -> Result<Progress, Error> {
        self.asked().progress(options)
    }
}

impl Asked<'_> {
    /// Progress at the instant of the options, in their locale. The course matters only where badges ask for stars.
    pub(crate) fn progress(&self, options: &ScoreOptions) -> Result<Progress, Error> {
        let tally = Tally::new(self.model);
        self.progress_from(options, tally, Stars::default(), f64::NEG_INFINITY)
    }

    /// The same on top of what was folded before the first row: stars are known before an instant, in epoch ms.
    pub(crate) fn progress_from(
        &self,
        options: &ScoreOptions,
        mut tally: Tally,
        stars: Stars,
        from: f64,
    ) -> Result<Progress, Error> {
        let at = options.at.millis() as f64;
        let days = Days {
            zone: self.zone,
            start_hour: self.day_start_hour,
        };
        tally.extend(self.model, self.rows, 0..self.rows.known(at), days);
        let locale = options.locale.as_deref();
        let mut standing = Standing::new(self.model, &tally, self.profile, at, days, locale);
        standing.count_stars(&self.view(), stars, from)?;
        Ok(standing.progress())
    }
}
