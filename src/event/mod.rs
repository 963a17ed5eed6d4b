//! What a customer did: events and histories, checked and put in canonical order once, at the door.
//!
//! | file | what it holds |
//! |---|---|
//! | `fields` | the four fields of an event, and what makes them valid |
//! | `intake` | the careful way in, event by event, and the words for its faults |
//! | `history` | a whole history as it was handed over: for models yet to come |
//! | `order` | canonical order and duplicates, over whole histories |
//! | `rows` | events as columns, with only what one model reads: what scores are worked out from |
//! | `settle` | canonical order and duplicates, over rows |
//! | `copied` | rows taken over into others of the same model |
//! | `selected` | from a whole history to the rows of a model |
//! | `scan` | from JSON text straight to rows |
//! | `lines` | the same from NDJSON, for many customers |

mod copied;
mod fields;
mod history;
mod intake;
mod lines;
mod order;
mod rows;
mod scan;
mod selected;
mod settle;

pub use history::{Event, History, OnInvalid};

pub(crate) use history::is_activity;
pub(crate) use intake::{MAX_EVENTS, check_profile};
pub(crate) use lines::Lines;
pub(crate) use rows::{Cell, Column, Rows, Span, Whole};
pub(crate) use scan::scan_history;
pub(crate) use settle::Settling;

/// What any other way in than JSON text needs.
#[cfg(target_arch = "wasm32")]
pub(crate) use self::{
    fields::EventFields,
    intake::{Intake, events_not_a_list, missing_events, not_an_object},
};
