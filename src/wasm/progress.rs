//! Progress as JSON text: of what was taken, and of a ledger.

use wasm_bindgen::prelude::*;

use super::desk::{DONE, Desk};
use super::model::ModelCore;
use crate::course::Course;
use crate::error::Error;
use crate::progress::{
    BadgeProgress, ChecklistProgress, IntervalState, LevelProgress, Progress, StepProgress,
    StreakProgress,
};
use crate::question::Asked;
use crate::time::Instant;
use crate::value::Value;
use alloc::{string::String, vec::Vec};

#[wasm_bindgen]
impl Desk {
    /// Works out the progress of what was taken: the text.
    pub fn progress(&mut self, model: &ModelCore) -> u8 {
        let model = &model.0;
        let (zone, hour) = (&self.options.zone, self.options.day_start_hour);
        let mut course = Course::new(model);
        if model.most_stars_of_badges() > 0 {
            course.extend(model, &self.rows, 0, zone, hour);
        }
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
        let progress = asked.progress(&self.options);
        self.tell_progress(progress)
    }
}

impl Desk {
    pub(super) fn tell_progress(&mut self, progress: Result<Progress, Error>) -> u8 {
        match progress {
            Ok(progress) => {
                self.text = progress_value(&progress).json_text();
                DONE
            }
            Err(error) => self.fail(error),
        }
    }
}

/// An object in the making: optional texts are left out, everything else that is missing is `null`.
pub(super) struct Object(Vec<(alloc::boxed::Box<str>, Value)>);

impl Object {
    pub(super) fn with(mut self, key: &str, value: Value) -> Object {
        self.0.push((key.into(), value));
        self
    }

    pub(super) fn text(self, key: &str, text: &str) -> Object {
        self.with(key, Value::from(text))
    }

    pub(super) fn optional(self, key: &str, text: &Option<String>) -> Object {
        match text {
            Some(text) => self.text(key, text),
            None => self,
        }
    }

    pub(super) fn number(self, key: &str, number: impl Into<f64>) -> Object {
        self.with(key, Value::Number(number.into()))
    }

    pub(super) fn flag(self, key: &str, flag: bool) -> Object {
        self.with(key, Value::Bool(flag))
    }

    pub(super) fn instant(self, key: &str, at: Option<Instant>) -> Object {
        let value = at.map_or(Value::Null, |at| Value::Number(at.millis() as f64));
        self.with(key, value)
    }

    pub(super) fn list(self, key: &str, items: impl Iterator<Item = Value>) -> Object {
        self.with(key, Value::List(items.collect()))
    }

    pub(super) fn value(self) -> Value {
        Value::Map(self.0)
    }
}

pub(super) fn object() -> Object {
    Object(Vec::new())
}

fn progress_value(progress: &Progress) -> Value {
    let level = progress.level.as_ref();
    object()
        .instant("at", Some(progress.at))
        .list("streaks", progress.streaks.iter().map(streak_value))
        .with("level", level.map_or(Value::Null, level_value))
        .list("badges", progress.badges.iter().map(badge_value))
        .list(
            "checklists",
            progress.checklists.iter().map(checklist_value),
        )
        .value()
}

fn streak_value(streak: &StreakProgress) -> Value {
    let recent = streak.recent.iter().map(|interval| {
        let state = match interval.state {
            IntervalState::Done => "done",
            IntervalState::Frozen => "frozen",
            IntervalState::Missed => "missed",
            IntervalState::Open => "open",
        };
        object()
            .instant("start", Some(interval.start))
            .text("state", state)
            .value()
    });
    object()
        .text("id", &streak.id)
        .optional("label", &streak.label)
        .optional("icon", &streak.icon)
        .text("every", streak.every)
        .number("current", streak.current)
        .number("longest", streak.longest)
        .number("atLeast", streak.at_least)
        .number("count", streak.count)
        .flag("done", streak.done)
        .flag("atRisk", streak.at_risk)
        .number("freezes", streak.freezes)
        .number("freezesLeft", streak.freezes_left)
        .instant("until", streak.until)
        .list("recent", recent)
        .value()
}

fn level_value(level: &LevelProgress) -> Value {
    object()
        .number("level", level.level)
        .optional("name", &level.name)
        .number("points", level.points)
        .number("from", level.from)
        .with("next", level.next.map_or(Value::Null, Value::Number))
        .number("share", level.share)
        .value()
}

fn badge_value(badge: &BadgeProgress) -> Value {
    object()
        .text("id", &badge.id)
        .text("label", &badge.label)
        .optional("description", &badge.description)
        .optional("icon", &badge.icon)
        .flag("earned", badge.earned)
        .instant("earnedAt", badge.earned_at)
        .number("have", badge.have)
        .number("need", badge.need)
        .number("share", badge.share)
        .value()
}

pub(super) fn checklist_value(checklist: &ChecklistProgress) -> Value {
    let next = checklist.next.as_deref();
    object()
        .text("id", &checklist.id)
        .text("label", &checklist.label)
        .optional("icon", &checklist.icon)
        .flag("done", checklist.done)
        .instant("doneAt", checklist.done_at)
        .number("share", checklist.share)
        .number("doneSteps", checklist.done_steps)
        .number("requiredSteps", checklist.required_steps)
        .with("next", next.map_or(Value::Null, Value::from))
        .list("steps", checklist.steps.iter().map(step_value))
        .value()
}

fn step_value(step: &StepProgress) -> Value {
    let mut fields = object()
        .text("id", &step.id)
        .text("label", &step.label)
        .optional("href", &step.href)
        .flag("optional", step.optional)
        .flag("done", step.done)
        .instant("doneAt", step.done_at);
    if let (Some(count), Some(need)) = (step.count, step.need) {
        fields = fields.number("count", count).number("need", need);
    }
    fields.value()
}
