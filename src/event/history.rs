//! One customer's history: events in canonical order without duplicates, and the profile.

use super::intake::HistoryBuilder;
use crate::error::Error;
use crate::json::{JsonFault, MAX_DEPTH};
use crate::time::Instant;
use crate::value::Value;
use alloc::{boxed::Box, string::String, string::ToString, vec::Vec};

/// Types of events that are starwise's own begin so: no activity, and never matched by `"*"`.
const NUDGE_PREFIX: &str = "nudge.";

/// One thing a customer did at one instant.
///
/// # Source
/// The names are those of CloudEvents.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// What was done: `signup`, `purchase`. Not empty.
    pub event_type: String,
    /// When.
    pub time: Instant,
    /// An identity of at most 256 bytes: the same id twice is one event.
    pub id: Option<String>,
    /// Details that conditions, `per` and `uniqueBy` read: a [`Value::Map`].
    pub data: Option<Value>,
}

/// What becomes of an invalid event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnInvalid {
    /// The whole history is refused with the place of the fault.
    #[default]
    Error,
    /// The event is left out and counted in `ignored.invalid`.
    Skip,
}

/// The events of one customer, checked and in canonical order, and the customer's profile.
///
/// # Example
/// ```
/// use starwise::{History, OnInvalid};
/// let text = r#"{ "events": [{ "type": "login", "time": "2024-03-01T09:00:00Z" }] }"#;
/// let history = History::parse(text.as_bytes(), OnInvalid::Error)?;
/// assert_eq!(history.len(), 1);
/// # Ok::<(), starwise::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct History {
    pub(super) types: Vec<Box<str>>,
    pub(super) entries: Vec<Entry>,
    pub(super) profile: Value,
    pub(super) invalid: u64,
    pub(super) duplicate: u64,
}

/// An event whose type is interned: an index into the history's types.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) type_index: u32,
    pub(crate) time: Instant,
    pub(crate) id: Option<Box<str>>,
    pub(crate) data: Option<Value>,
}

impl History {
    /// Reads a history from JSON text as UTF-8 bytes: `{ "events": […], "profile"?: {…} }`.
    ///
    /// # Errors
    /// The `history-…`, `profile-…` and `event-…` codes, with the place.
    pub fn parse(bytes: &[u8], on_invalid: OnInvalid) -> Result<History, Error> {
        super::intake::parse(bytes, on_invalid)
    }

    /// From events and a profile (a [`Value::Map`]), in any order.
    ///
    /// # Errors
    /// As [`History::parse`]: an empty type, an id of more than 256 bytes, more than 1,000,000 events.
    pub fn new(events: Vec<Event>, profile: Option<Value>) -> Result<History, Error> {
        HistoryBuilder::new(OnInvalid::Error).with(events, profile)
    }

    /// The same with further events, in any order.
    ///
    /// # Errors
    /// As [`History::new`].
    pub fn with(&self, events: Vec<Event>) -> Result<History, Error> {
        let mut builder = HistoryBuilder::new(OnInvalid::Error);
        builder.take_over(self);
        let history = builder.with(events, Some(self.profile.clone()))?;
        Ok(History {
            invalid: self.invalid,
            duplicate: self.duplicate + history.duplicate,
            ..history
        })
    }

    /// How many events it has, duplicates and skipped ones left out.
    pub fn len(&self) -> usize {
        self.entries.len()
    }
}

impl HistoryBuilder {
    fn with(mut self, events: Vec<Event>, profile: Option<Value>) -> Result<History, Error> {
        let is_deep = |value: &Option<Value>, levels| {
            value
                .as_ref()
                .is_some_and(|value| value.is_deeper_than(levels))
        };
        // The history itself is one container; its events, and each of them, are two more.
        if is_deep(&profile, MAX_DEPTH - 1) {
            return Err(JsonFault::TooDeep.into());
        }
        for event in events {
            if is_deep(&event.data, MAX_DEPTH - 3) {
                return Err(JsonFault::TooDeep.into());
            }
            self.push_event(event)?;
        }
        self.finish(profile)
    }
}

impl History {
    /// Whether it has no event.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Its events, in canonical order.
    pub fn events(&self) -> impl Iterator<Item = Event> {
        self.entries.iter().map(|entry| {
            let name = self.types.get(entry.type_index as usize);
            Event {
                event_type: name.map_or_else(String::new, |name| name.to_string()),
                time: entry.time,
                id: entry.id.as_deref().map(Into::into),
                data: entry.data.clone(),
            }
        })
    }

    /// The instants of the first and the last event.
    pub fn span(&self) -> Option<(Instant, Instant)> {
        Some((self.entries.first()?.time, self.entries.last()?.time))
    }

    /// The profile: a [`Value::Map`], empty when none was given.
    pub fn profile(&self) -> &Value {
        &self.profile
    }
}

/// Whether events of this type are what the customer did, not what starwise showed.
pub(crate) fn is_activity(event_type: &[u8]) -> bool {
    !event_type.starts_with(NUDGE_PREFIX.as_bytes())
}
