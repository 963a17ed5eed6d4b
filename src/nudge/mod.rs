//! What a customer is told, and why not something else: one nudge at most, and a word on each.
//!
//! | file | what it holds |
//! |---|---|
//! | `facts` | what conditions and texts ask about |
//! | `exposure` | what became of each nudge so far |
//! | `quiet` | quiet hours and the end of a day, by the customer's clock |
//! | `explain` | which facts make a condition fail |
//! | `text` | texts with the facts filled in |
//! | `decide` | the choice |
//! | `result` | the decision as a caller gets it |

mod decide;
mod explain;
mod exposure;
mod facts;
mod quiet;
mod result;
mod text;

pub use result::{
    ChosenNudge, NudgeAction, NudgeCandidate, NudgeDecision, NudgeReason, NudgeSurvey, ReasonKind,
};

pub(crate) use decide::Scene;
pub(crate) use exposure::{Exposed, LastShown, Shown};
pub(crate) use facts::NudgeFacts;
