//! Which nudge to show, as JSON text: of what was taken, and of a ledger.

use wasm_bindgen::prelude::*;

use super::desk::{DONE, Desk};
use super::model::ModelCore;
use super::progress::{checklist_value, object};
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
        .list(
            "candidates",
            decision.candidates.iter().map(candidate_value),
        )
        .value()
}

fn nudge_value(nudge: &ChosenNudge) -> Value {
    let mut fields = object()
        .text("id", &nudge.id)
        .text("kind", nudge.kind)
        .number("priority", nudge.priority)
        .text("title", &nudge.title)
        .optional("body", &nudge.body);
    if let Some(action) = &nudge.action {
        let action = object()
            .text("label", &action.label)
            .optional("href", &action.href);
        fields = fields.with("cta", action.value());
    }
    if let Some(checklist) = &nudge.checklist {
        fields = fields.with("checklist", checklist_value(checklist));
    }
    if let Some(survey) = &nudge.survey {
        let survey = object()
            .number("from", survey.from)
            .number("to", survey.to)
            .optional("low", &survey.low)
            .optional("high", &survey.high);
        fields = fields.with("survey", survey.value());
    }
    fields.value()
}

fn candidate_value(candidate: &NudgeCandidate) -> Value {
    object()
        .text("id", &candidate.id)
        .flag("chosen", candidate.chosen)
        .list("reasons", candidate.reasons.iter().map(reason_value))
        .value()
}

fn reason_value(reason: &NudgeReason) -> Value {
    let mut fields = object()
        .text("reason", reason.kind.as_str())
        .text("message", &reason.message);
    if reason.until.is_some() {
        fields = fields.instant("until", reason.until);
    }
    fields = fields.optional("fact", &reason.fact);
    if let Some(found) = &reason.found {
        fields = fields.with("found", found.clone());
    }
    fields = fields.optional("by", &reason.by);
    match reason.count {
        Some(count) => fields.number("count", count).value(),
        None => fields.value(),
    }
}
