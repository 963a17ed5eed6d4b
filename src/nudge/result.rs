//! The decision as a caller gets it. Everything serialises to the camelCase shapes of the JavaScript face.

use crate::progress::ChecklistProgress;
use crate::time::Instant;
use crate::value::Value;
use alloc::{string::String, vec::Vec};
use serde::{Serialize, Serializer};

/// What a customer is told at an instant, and a word on each nudge of the model. Texts are in the language of the options.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NudgeDecision {
    /// The instant it is about.
    pub at: Instant,
    /// The nudge to show; none where none may be shown.
    pub nudge: Option<ChosenNudge>,
    /// One for each nudge of the model, in its order.
    pub candidates: Vec<NudgeCandidate>,
}

/// The nudge to show.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChosenNudge {
    /// Its id in the model.
    pub id: String,
    /// `checklist`, `tooltip`, `banner`, `survey`, `upgrade`, `reward` or `message`.
    pub kind: &'static str,
    /// Which of several comes first: the greatest.
    pub priority: f64,
    /// What it says, with the facts filled in.
    pub title: String,
    /// What it says further.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// What the customer is asked to do; `cta` in plain data.
    #[serde(rename = "cta", skip_serializing_if = "Option::is_none")]
    pub action: Option<NudgeAction>,
    /// The checklist that it shows; none for other kinds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checklist: Option<ChecklistProgress>,
    /// The question that it asks; none for other kinds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub survey: Option<NudgeSurvey>,
}

/// What a customer is asked to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NudgeAction {
    /// What the button says.
    pub label: String,
    /// Where it leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
}

/// A question that is answered with a whole number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NudgeSurvey {
    /// The least answer.
    pub from: i32,
    /// The greatest answer.
    pub to: i32,
    /// What the least one means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<String>,
    /// What the greatest one means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<String>,
}

/// A nudge of the model, and why it was or was not chosen.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NudgeCandidate {
    /// Its id in the model.
    pub id: String,
    /// Whether it is the one.
    pub chosen: bool,
    /// Every reason that stands, in the order of [`ReasonKind`]; at least one.
    pub reasons: Vec<NudgeReason>,
}

/// Why a nudge was or was not chosen.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NudgeReason {
    /// What kind of reason it is.
    #[serde(rename = "reason")]
    pub kind: ReasonKind,
    /// A sentence about the nudge, without its subject: `was shown 3 of at most 3 times`.
    pub message: String,
    /// The instant from which on it no longer stands if nothing more happens; none where it stands until something does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
    /// The fact that its condition does not take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fact: Option<String>,
    /// What that was: [`Value::Null`] too where it is missing, or longer than some 4,000 bytes. There where there is a fact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<Value>,
    /// The id of the nudge that comes first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Of [`ReasonKind::MaxShown`]: how often it was shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
}

/// The kinds of reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ReasonKind {
    /// Its condition does not hold: a reason for each fact that makes it fail.
    Condition,
    /// The customer dismissed it.
    Dismissed,
    /// The customer answered it.
    Answered,
    /// It was shown as often as it may be.
    MaxShown,
    /// It was shown a short time ago.
    Cooldown,
    /// As many nudges were shown today as may be.
    MaxPerDay,
    /// Some nudge was shown a short time ago.
    MinGap,
    /// It is quiet by the customer's clock.
    QuietHours,
    /// It is the one.
    Chosen,
    /// It could be shown, and another one comes first.
    Outranked,
}

impl NudgeDecision {
    /// Of no nudge at all.
    pub(crate) fn none(at: Instant) -> NudgeDecision {
        NudgeDecision {
            at,
            nudge: None,
            candidates: Vec::new(),
        }
    }
}

impl ReasonKind {
    /// The stable text, as it stands in `reason` of plain data.
    pub fn as_str(self) -> &'static str {
        match self {
            ReasonKind::Condition => "condition",
            ReasonKind::Dismissed => "dismissed",
            ReasonKind::Answered => "answered",
            ReasonKind::MaxShown => "max-shown",
            ReasonKind::Cooldown => "cooldown",
            ReasonKind::MaxPerDay => "max-per-day",
            ReasonKind::MinGap => "min-gap",
            ReasonKind::QuietHours => "quiet-hours",
            ReasonKind::Chosen => "chosen",
            ReasonKind::Outranked => "outranked",
        }
    }
}

impl Serialize for ReasonKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl NudgeReason {
    pub(super) fn new(kind: ReasonKind, message: impl Into<String>) -> NudgeReason {
        NudgeReason {
            kind,
            message: message.into(),
            until: None,
            fact: None,
            found: None,
            by: None,
            count: None,
        }
    }
}
