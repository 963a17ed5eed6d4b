//! Which nudge to show, as JSON text: of what was taken, and of a ledger.

use wasm_bindgen::prelude::*;

use super::desk::{DONE, Desk};
use super::model::ModelCore;
use super::object::object;
use super::progress::checklist_value;
use crate::course::Course;
use crate::error::Error;
use crate::nudge::{ChosenNudge, NudgeCandidate, NudgeDecision, NudgeReason};
use crate::question::Asked;
use crate::value::Value;

#[wasm_bindgen]
impl Desk {
    /// Chooses a nudge for what was taken: the text is the decision.
    pub fn nudge(&mut self, model: &ModelCore) -> u8 {
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
        let decided = asked.nudge(&self.options);
        self.tell_nudge(decided)
    }
}

impl Desk {
    pub(super) fn tell_nudge(&mut self, decided: Result<NudgeDecision, Error>) -> u8 {
        match decided {
            Ok(decision) => {
                self.text = decision_value(&decision).json_text();
                DONE
            }
            Err(error) => self.fail(error),
        }
    }
}

fn decision_value(decision: &NudgeDecision) -> Value {
    let nudge = decision.nudge.as_ref();
    object()
        .instant("at", Some(decision.at))
        .with("nudge", nudge.map_or(Value::Null, nudge_value))
        .list("candidates", &decision.candidates, candidate_value)
        .value()
}

fn nudge_value(nudge: &ChosenNudge) -> Value {
    let mut fields = object();
    fields
        .text("id", &nudge.id)
        .text("kind", nudge.kind)
        .number("priority", nudge.priority)
        .text("title", &nudge.title)
        .optional("body", &nudge.body);
    if let Some(action) = &nudge.action {
        let mut value = object();
        value
            .text("label", &action.label)
            .optional("href", &action.href);
        fields.with("cta", value.value());
    }
    if let Some(checklist) = &nudge.checklist {
        fields.with("checklist", checklist_value(checklist));
    }
    if let Some(survey) = &nudge.survey {
        let mut value = object();
        value
            .number("from", survey.from.into())
            .number("to", survey.to.into())
            .optional("low", &survey.low)
            .optional("high", &survey.high);
        fields.with("survey", value.value());
    }
    fields.value()
}

fn candidate_value(candidate: &NudgeCandidate) -> Value {
    object()
        .text("id", &candidate.id)
        .flag("chosen", candidate.chosen)
        .list("reasons", &candidate.reasons, reason_value)
        .value()
}

fn reason_value(reason: &NudgeReason) -> Value {
    let mut fields = object();
    fields
        .text("reason", reason.kind.as_str())
        .text("message", &reason.message);
    if reason.until.is_some() {
        fields.instant("until", reason.until);
    }
    fields.optional("fact", &reason.fact);
    if let Some(found) = &reason.found {
        fields.with("found", found.clone());
    }
    fields.optional("by", &reason.by);
    if let Some(count) = reason.count {
        fields.count("count", count);
    }
    fields.value()
}
