//! The way in: events one by one, from JSON text or any other source, into a [`History`].

use super::fields::{EventFields, FieldFault, ValidEvent};
use super::history::{Entry, Event, History, OnInvalid};
use super::order;
use crate::error::{Error, ErrorCode};
use crate::json::{JsonFault, Reader};
use crate::names::Names;
use crate::value::Value;

/// Events in one history, at most.
const MAX_EVENTS: usize = 1_000_000;
/// Bytes of a history's text, at most: what a 32-bit host can hold beside the history read from it.
const MAX_TEXT_BYTES: usize = 256 * 1024 * 1024;

/// Reads `{ "events": […], "profile"?: {…} }`; other keys are ignored.
pub(super) fn parse(bytes: &[u8], on_invalid: OnInvalid) -> Result<History, Error> {
    if bytes.len() > MAX_TEXT_BYTES {
        return Err(Error::new(
            ErrorCode::HistoryTooLarge,
            "history",
            format!(
                "must be at most 256 MiB of text, found {} bytes",
                bytes.len()
            ),
        ));
    }
    let mut reader = Reader::new(bytes)?;
    if reader.peek() != Some(b'{') {
        let found = reader.value()?;
        return Err(not_an_object(&found));
    }
    let mut builder = HistoryBuilder::new(on_invalid);
    let mut has_events = false;
    let mut profile = None;
    reader.object(|reader, key| {
        match &*key {
            "events" if has_events => return Err(duplicate_key("events".into())),
            "events" => {
                has_events = true;
                read_events(reader, &mut builder)?;
            }
            "profile" if profile.is_some() => return Err(duplicate_key("profile".into())),
            "profile" => profile = Some(reader.value()?),
            _ => drop(reader.value()?),
        }
        Ok(())
    })?;
    reader.end()?;
    if !has_events {
        return Err(missing_events());
    }
    builder.finish(profile)
}

fn read_events(reader: &mut Reader<'_>, builder: &mut HistoryBuilder) -> Result<(), Error> {
    if reader.peek() != Some(b'[') {
        let found = reader.value()?;
        return Err(events_not_a_list(&found));
    }
    reader.list(|reader| {
        if reader.peek() != Some(b'{') {
            let found = reader.value()?;
            return builder.push_other(&found);
        }
        let mut fields = EventFields::default();
        let position = builder.position();
        reader.object(|reader, key| {
            let value = reader.value()?;
            if let Some(slot) = fields.slot(&key)
                && slot.replace(value).is_some()
            {
                return Err(duplicate_key(format!("events[{position}].{key}")));
            }
            Ok(())
        })?;
        builder.push(fields)
    })
}

/// Collects events, checking each as it comes.
pub(crate) struct HistoryBuilder {
    on_invalid: OnInvalid,
    types: Names,
    entries: Vec<Entry>,
    position: usize,
    invalid: u64,
}

impl HistoryBuilder {
    pub(crate) fn new(on_invalid: OnInvalid) -> HistoryBuilder {
        HistoryBuilder {
            on_invalid,
            types: Names::default(),
            entries: Vec::new(),
            position: 0,
            invalid: 0,
        }
    }

    /// How many events were handed over so far: the index of the next.
    pub(crate) fn position(&self) -> usize {
        self.position
    }

    /// The next event, by its fields.
    pub(crate) fn push(&mut self, fields: EventFields) -> Result<(), Error> {
        self.admit(fields.check())
    }

    /// The next event, from Rust.
    pub(super) fn push_event(&mut self, event: Event) -> Result<(), Error> {
        self.admit(ValidEvent::new(event))
    }

    /// The next element, which is not an object.
    pub(crate) fn push_other(&mut self, found: &Value) -> Result<(), Error> {
        let place = self.next_place()?;
        self.leave_out(Error::new(
            ErrorCode::EventWrongType,
            format!("events[{place}]"),
            format!("must be an object, found {}", found.describe_kind()),
        ))
    }

    /// The history: in canonical order, the first of equal ids kept.
    pub(crate) fn finish(self, profile: Option<Value>) -> Result<History, Error> {
        let profile = check_profile(profile)?;
        let types = self.types.into_list();
        let mut entries = order::sort(self.entries, &types);
        let duplicate = order::drop_duplicates(&mut entries);
        Ok(History {
            types,
            entries,
            profile,
            invalid: self.invalid,
            duplicate,
        })
    }

    fn admit(&mut self, checked: Result<ValidEvent, FieldFault>) -> Result<(), Error> {
        let place = self.next_place()?;
        match checked {
            Ok(event) => {
                let (type_index, _) = self.types.meet(&event.event_type);
                self.entries.push(Entry {
                    type_index,
                    time: event.time,
                    id: event.id,
                    data: event.data.map(Value::mended),
                });
                Ok(())
            }
            Err(fault) => {
                let path = format!("events[{place}]{}", fault.path);
                self.leave_out(Error::new(fault.code, path, fault.detail))
            }
        }
    }

    fn next_place(&mut self) -> Result<usize, Error> {
        let place = self.position;
        if place == MAX_EVENTS {
            return Err(Error::new(
                ErrorCode::HistoryTooManyEvents,
                "events",
                format!("must hold at most {MAX_EVENTS} events"),
            ));
        }
        self.position += 1;
        Ok(place)
    }

    fn leave_out(&mut self, fault: Error) -> Result<(), Error> {
        match self.on_invalid {
            OnInvalid::Error => Err(fault),
            OnInvalid::Skip => {
                self.invalid += 1;
                Ok(())
            }
        }
    }
}

impl From<JsonFault> for Error {
    /// A fault in the text of a history.
    fn from(fault: JsonFault) -> Error {
        let code = match fault {
            JsonFault::Syntax { .. } => ErrorCode::HistoryInvalidJson,
            JsonFault::TooDeep => ErrorCode::HistoryTooDeep,
            JsonFault::TooLarge => ErrorCode::HistoryTooLarge,
        };
        Error::new(code, "history", fault.into_detail())
    }
}

/// A history that is a text, a number, a list …
pub(crate) fn not_an_object(found: &Value) -> Error {
    let detail = format!(
        "must be an object with `events`, found {}",
        found.describe_kind()
    );
    Error::new(ErrorCode::HistoryWrongType, "history", detail)
}

/// `events` that is no list.
pub(crate) fn events_not_a_list(found: &Value) -> Error {
    let detail = format!("must be a list, found {}", found.describe_kind());
    Error::new(ErrorCode::HistoryWrongType, "events", detail)
}

/// A history without `events`.
pub(crate) fn missing_events() -> Error {
    let detail = "is missing: a history is `{ events, profile? }`";
    Error::new(ErrorCode::HistoryMissingEvents, "events", detail)
}

fn duplicate_key(path: String) -> Error {
    Error::new(ErrorCode::HistoryDuplicateKey, path, "must stand only once")
}

fn check_profile(profile: Option<Value>) -> Result<Value, Error> {
    match profile {
        None | Some(Value::Null) => Ok(Value::Map(Vec::new())),
        Some(map @ Value::Map(_)) => match map.find_alien() {
            None => Ok(map.mended()),
            Some((path, name)) => Err(Error::new(
                ErrorCode::ProfileInvalidValue,
                format!("profile{path}"),
                format!("must be what JSON can carry, found {name}"),
            )),
        },
        Some(other) => Err(Error::new(
            ErrorCode::ProfileWrongType,
            "profile",
            format!("must be an object, found {}", other.describe_kind()),
        )),
    }
}
