//! Scores of one customer, one after the other: with the trend, the next star and the next change where they are asked for.

use super::asked::{Asked, ignored, trend};
use crate::course::Course;
use crate::error::Error;
use crate::event::Rows;
use crate::model::{Criterion, Model};
use crate::score::{
    Buckets, Customers, Moment, Outcome, Room, ScoreOptions, Trend, combine, target_of,
};
use crate::time::Instant;
use crate::value::Value;

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
        let include = options.include;
        if include.next_star || include.next_change {
            let mut course = Course::new(model);
            course.extend(model, rows, 0, &options.zone, options.day_start_hour);
            let asked = Asked {
                model,
                rows,
                course: &course,
                folded: None,
                profile: self.customers.profile(0),
                zone: &options.zone,
                day_start_hour: options.day_start_hour,
                baseline: options.baseline,
            };
            return asked.look_ahead(options, &mut self.outcome);
        }
        self.outcome.next_star = None;
        self.outcome.next_change = None;
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
        let mut gain_of = |_: usize, criterion: &Criterion| {
            criterion.kind.gain(&moment, room);
            room.gains.only()
        };
        combine(model, stage, &mut gain_of, outcome);
        outcome.place(model, target);
        outcome.stage = stage_number;
        outcome.tenure_days = moment.tenure_days(0).map(|days| days + 0.0);
        outcome.join(model, customers.profile(0), moment.latest(0), at);
        outcome.ignored = ignored(rows, moment.millis(), room.without_value.count());
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
        Ok(trend(model, self.outcome.score, before.score, start, then))
    }
}
