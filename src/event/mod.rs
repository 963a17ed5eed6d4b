//! What a customer did: events and histories, checked and put in canonical order once, at the door.

mod fields;
mod history;
mod intake;
mod order;

pub use history::{Event, History, OnInvalid};

pub(crate) use history::{Entry, is_activity};

/// What any other way in than JSON text needs.
#[cfg(target_arch = "wasm32")]
pub(crate) use self::{
    fields::EventFields,
    intake::{HistoryBuilder, events_not_a_list, missing_events, not_an_object},
};
