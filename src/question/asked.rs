//! One customer's prepared history, and all that can be asked of it.

use crate::course::{Course, Ground, Interval, View};
use crate::error::Error;
use crate::event::Rows;
use crate::model::Model;
use crate::number::rounded;
use crate::score::{Direction, Ignored, NextChange, NextStar, Outcome, ScoreOptions, Trend};
use crate::time::{Duration, Instant, Zone};
use crate::value::Value;

/// A course, the rows that it took, and what else an answer depends on.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) model: &'a Model,
    pub(crate) rows: &'a Rows,
    pub(crate) course: &'a Course,
    /// What was folded before the first row.
    pub(crate) folded: Option<&'a Course>,
    pub(crate) profile: &'a Value,
    pub(crate) zone: &'a Zone,
    pub(crate) day_start_hour: u8,
    pub(crate) baseline: Option<f64>,
}

impl<'a> Asked<'a> {
    pub(crate) fn view(&self) -> View<'a> {
        View::new(self.model, self.course, self.profile, self.baseline)
    }

    /// Works out the outcome at the instant of the options, and what they include.
    pub(crate) fn score(&self, options: &ScoreOptions, outcome: &mut Outcome) -> Result<(), Error> {
        let view = self.view();
        let at = options.at.millis() as f64;
        view.evaluate(at, outcome)?;
        outcome.ignored = ignored(self.rows, at, view.without_value(at));
        outcome.trend = None;
        if options.include.trend {
            let then = options.at.before(self.model.trend.over);
            let mut before = Outcome::default();
            view.evaluate(then.millis() as f64, &mut before)?;
            let start = view.start(at);
            outcome.trend = Some(trend(self.model, outcome.score, before.score, start, then));
        }
        self.look_ahead(options, outcome)
    }

    /// Adds the next star and the next change to an outcome, where they are asked for.
    pub(crate) fn look_ahead(
        &self,
        options: &ScoreOptions,
        outcome: &mut Outcome,
    ) -> Result<(), Error> {
        outcome.next_star = None;
        outcome.next_change = None;
        if options.include.next_star {
            outcome.next_star = Some(self.next_star(options.at)?);
        }
        if options.include.next_change {
            outcome.next_change = Some(self.next_change(options.at, options.horizon)?);
        }
        Ok(())
    }

    fn next_change(&self, at: Instant, horizon: Duration) -> Result<Option<NextChange>, Error> {
        let end = Instant::LAST
            .millis()
            .min(at.millis().saturating_add(horizon.millis()));
        let interval = Interval {
            from: at.millis() as f64,
            to: end as f64,
        };
        self.view().next_change(interval)
    }

    fn next_star(&self, at: Instant) -> Result<Option<NextStar>, Error> {
        let ground = Ground {
            model: self.model,
            profile: self.profile,
            zone: self.zone,
            day_start_hour: self.day_start_hour,
            baseline: self.baseline,
            at: at.millis() as f64,
        };
        let known = self.rows.known(ground.at);
        if known == self.rows.len() {
            return ground.reach(self.course);
        }
        let mut course = match self.folded {
            Some(folded) => folded.clone(),
            None => Course::new(self.model),
        };
        course.extend_over(
            self.model,
            self.rows,
            0..known,
            self.zone,
            self.day_start_hour,
        );
        ground.reach(&course)
    }
}

/// What of a customer's rows does not count at an instant, in epoch ms.
pub(super) fn ignored(rows: &Rows, at: f64, no_value: u64) -> Ignored {
    Ignored {
        invalid: rows.invalid,
        duplicate: rows.duplicate,
        future: (rows.len() - rows.known(at)) as u64,
        no_value,
        settled: 0,
    }
}

/// The score now against the score then.
pub(super) fn trend(
    model: &Model,
    now: f64,
    before: f64,
    start: Option<f64>,
    then: Instant,
) -> Trend {
    let delta = rounded(now - before);
    let dead_band = model.trend.dead_band;
    let direction = match start {
        Some(start) if start > then.millis() as f64 => Direction::New,
        _ if delta > dead_band => Direction::Rising,
        _ if delta < -dead_band => Direction::Falling,
        _ => Direction::Steady,
    };
    Trend { delta, direction }
}
