//! What counts: the rules as the caller writes them, checked once.
//!
//! | file | what it holds |
//! |---|---|
//! | `document` | the whole model, from JSON to [`Model`] |
//! | `about` | what a model says of itself: name, version, examples |
//! | `label` | texts in one or several languages |
//! | `criterion` | the four kinds of criteria |
//! | `event_match` | which events a criterion is about |
//! | `curve` | what a number is worth |
//! | `decay` | how points fade, and within which period they count |
//! | `part` | parts and how they combine |
//! | `stage` | what changes with the phase of a customer's life |
//! | `audience` | whom a condition over the result is true of |
//! | `progress` | streaks, levels, badges, checklists |
//! | `nudge` | nudges, their texts and their policy |
//! | `fact` | which facts conditions and texts may ask for |
//! | `reference` | names that stand for something else of the model |
//! | `reading` | which types and paths of a history all that reads |
//! | `scale` | target, bounds, stars, segments, trend |
//! | `lint` | what is allowed and yet looks wrong |

mod about;
mod audience;
mod criterion;
mod curve;
mod decay;
mod document;
mod event_match;
mod fact;
mod label;
mod lint;
mod nudge;
mod part;
mod progress;
mod reading;
mod reference;
mod scale;
mod stage;

pub use document::Model;
pub use lint::Warning;

pub(crate) use audience::Audience;
pub(crate) use criterion::{
    Award, CountRule, Criterion, CriterionKind, EventRule, FilterRule, FrequencyRule,
    InactivityRule,
};
pub(crate) use curve::Curve;
pub(crate) use decay::{Decay, DecayCurve};
pub(crate) use event_match::EventMatch;
pub(crate) use label::{Label, is_language_tag};
pub(crate) use nudge::{Nudge, Piece, QuietHours, Template};
pub(crate) use part::{Combine, Missing, Part};
pub(crate) use progress::{
    Badge, BadgeAward, Checklist, Every, LevelCurve, Levels, Step, StepDone, Streak,
};
pub(crate) use reading::{Exposure, PathTree, Reading};
pub(crate) use scale::{MIN_TARGET, Segment, StarScale, Target};
pub(crate) use stage::Stage;
