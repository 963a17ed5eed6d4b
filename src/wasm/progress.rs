//! Progress as JSON text: of what was taken, and of a ledger.

use wasm_bindgen::prelude::*;

use super::desk::{DONE, Desk};
use super::model::ModelCore;
use super::object::object;
use crate::course::Course;
use crate::error::Error;
use crate::progress::{
    BadgeProgress, ChecklistProgress, IntervalState, LevelProgress, Progress, StepProgress,
    StreakInterval, StreakProgress,
};
use crate::question::Asked;
use crate::value::Value;

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

fn progress_value(progress: &Progress) -> Value {
    let level = progress.level.as_ref();
    object()
        .instant("at", Some(progress.at))
        .list("streaks", &progress.streaks, streak_value)
        .with("level", level.map_or(Value::Null, level_value))
        .list("badges", &progress.badges, badge_value)
        .list("checklists", &progress.checklists, checklist_value)
        .value()
}

fn streak_value(streak: &StreakProgress) -> Value {
    object()
        .text("id", &streak.id)
        .optional("label", &streak.label)
        .optional("icon", &streak.icon)
        .text("every", streak.every)
        .count("current", streak.current)
        .count("longest", streak.longest)
        .count("atLeast", streak.at_least)
        .count("count", streak.count)
        .flag("done", streak.done)
        .flag("atRisk", streak.at_risk)
        .count("freezes", streak.freezes)
        .count("freezesLeft", streak.freezes_left)
        .instant("until", streak.until)
        .list("recent", &streak.recent, interval_value)
        .value()
}

fn interval_value(interval: &StreakInterval) -> Value {
    let state = match interval.state {
        IntervalState::Done => "done",
        IntervalState::Frozen => "frozen",
        IntervalState::Missed => "missed",
        IntervalState::Before => "before",
        IntervalState::Open => "open",
    };
    object()
        .instant("start", Some(interval.start))
        .text("state", state)
        .value()
}

fn level_value(level: &LevelProgress) -> Value {
    object()
        .count("level", level.level)
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
        .count("have", badge.have)
        .count("need", badge.need)
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
        .count("doneSteps", checklist.done_steps)
        .count("requiredSteps", checklist.required_steps)
        .with("next", next.map_or(Value::Null, Value::from))
        .list("steps", &checklist.steps, step_value)
        .value()
}

fn step_value(step: &StepProgress) -> Value {
    let mut fields = object();
    fields
        .text("id", &step.id)
        .text("label", &step.label)
        .optional("href", &step.href)
        .flag("optional", step.optional)
        .flag("done", step.done)
        .instant("doneAt", step.done_at);
    if let (Some(count), Some(need)) = (step.count, step.need) {
        fields.count("count", count).count("need", need);
    }
    fields.value()
}
