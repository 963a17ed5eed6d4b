//! Questions about many instants: timelines and transitions of a history or a ledger; and a history with more in it.

use wasm_bindgen::prelude::*;

use super::answer;
use super::desk::Desk;
use super::model::ModelCore;
use crate::course::Course;
use crate::error::Error;
use crate::question::{Asked, TimeRange};
use crate::score::Timeline;
use crate::time::Duration;
use crate::value::Value;

/// From when to when, and in which steps.
#[derive(Debug, Clone, Copy)]
pub(super) struct Steps {
    range: TimeRange,
    /// None where only changes are asked for.
    step: Option<Duration>,
}

#[wasm_bindgen]
impl Desk {
    /// Reads `from`, `to` and, for a timeline, `step` of the options; gives the end in epoch ms, NaN where there are faults,
    /// which are the text then.
    pub fn range(&mut self, has_steps: bool) -> f64 {
        let options = &self.given;
        let range = TimeRange::from_value(options).and_then(|range| {
            let step = has_steps.then(|| {
                let step = TimeRange::read_step(options)?;
                range.count(step).map(|_| step)
            });
            let step = step.transpose()?;
            Ok(Steps { range, step })
        });
        match range {
            Ok(steps) => {
                self.steps = Some(steps);
                steps.range.to().millis() as f64
            }
            Err(error) => {
                self.fail(error);
                f64::NAN
            }
        }
    }

    /// The beginning of the range that was read, in epoch ms.
    pub fn range_from(&self) -> f64 {
        self.steps
            .map_or(f64::NAN, |steps| steps.from().millis() as f64)
    }

    /// Its step in ms; NaN where it has none.
    pub fn range_step(&self) -> f64 {
        let step = self.steps.and_then(|steps| steps.step);
        step.map_or(f64::NAN, |step| step.millis() as f64)
    }

    /// Works out the timeline or the transitions of what was taken: the numbers. Gives their count.
    pub fn ask(&mut self, model: &ModelCore) -> i32 {
        let model = &model.0;
        let mut course = Course::new(model);
        let (zone, hour) = (&self.options.zone, self.options.day_start_hour);
        course.extend(model, &self.rows, 0, zone, hour);
        let asked = Asked {
            model,
            rows: &self.rows,
            course: &course,
            folded: None,
            profile: &self.profile,
            zone,
            day_start_hour: hour,
            baseline: self.options.baseline,
        };
        let Some(steps) = self.steps else { return 0 };
        match steps.answer(&asked, &mut self.numbers) {
            Ok(count) => count as i32,
            Err(error) => {
                self.fail(error);
                -1
            }
        }
    }

    /// Puts the rows that were taken aside, profile and all: what is taken next is to come on top of them.
    pub fn put_aside(&mut self) {
        core::mem::swap(&mut self.rows, &mut self.aside);
        self.profile_aside = core::mem::replace(&mut self.profile, Value::Null);
    }

    /// Puts the rows that were taken on top of those that were put aside.
    pub fn put_on_top(&mut self, model: &ModelCore) -> u8 {
        let reading = &model.0.reading;
        core::mem::swap(&mut self.rows, &mut self.aside);
        self.profile = core::mem::replace(&mut self.profile_aside, Value::Null);
        let duplicate = self.rows.duplicate;
        for row in 0..self.aside.len() {
            self.rows.push_whole_from(reading, &self.aside, row);
        }
        let answer = self.settle(reading);
        self.rows.duplicate += duplicate + self.aside.duplicate;
        self.rows.invalid += self.aside.invalid;
        answer
    }
}

impl Steps {
    /// Asks, and writes down what comes out; gives the count of instants or changes.
    pub(super) fn answer(
        self,
        asked: &Asked<'_>,
        out: &mut alloc::vec::Vec<f64>,
    ) -> Result<usize, Error> {
        let view = asked.view();
        let Some(step) = self.step else {
            let turns = view.transitions(self.range.interval())?;
            answer::write_turns(&turns, out);
            return Ok(turns.len());
        };
        let count = self.range.count(step)?;
        let from = self.range.from().millis() as f64;
        let mut timeline = Timeline::default();
        let each = &mut |at, outcome: &_| timeline.push(at, outcome);
        view.timeline(from, step.millis() as f64, count, each)?;
        answer::write_timeline(&timeline, out);
        Ok(count)
    }

    /// The beginning, in epoch ms.
    pub(super) fn from(self) -> crate::time::Instant {
        self.range.from()
    }
}
