//! The four fields of an event as they were found, and what makes them valid.

use super::history::Event;
use super::intake::duplicate_key;
use crate::error::{Error, ErrorCode};
use crate::json::Reader;
use crate::time::{Instant, InstantFault};
use crate::value::{TORN, Value};
use alloc::{boxed::Box, format, string::String};

/// Bytes of an id, at most.
pub(super) const MAX_ID_BYTES: usize = 256;

/// Bytes of text in the data of one event, at most: it is compared as text, which escapes can make six times as long.
pub(super) const MAX_DATA_BYTES: usize = 16 * 1024 * 1024;

/// An event as it came in: each field, or none where it was absent.
#[derive(Debug, Default)]
pub(crate) struct EventFields {
    pub(crate) event_type: Option<Value>,
    pub(crate) time: Option<Value>,
    pub(crate) id: Option<Value>,
    pub(crate) data: Option<Value>,
}

/// An event whose fields are valid.
pub(crate) struct ValidEvent {
    pub(crate) event_type: Box<str>,
    pub(crate) time: Instant,
    pub(crate) id: Option<Box<str>>,
    pub(crate) data: Option<Value>,
}

/// What is wrong with one field: the path below the event (`.time`), and the sentence.
#[derive(Debug)]
pub(crate) struct FieldFault {
    pub(crate) code: ErrorCode,
    pub(crate) path: String,
    pub(crate) detail: String,
}

impl EventFields {
    /// The event whose opening brace is next, the one at this position of the history.
    pub(super) fn read(reader: &mut Reader<'_>, position: usize) -> Result<EventFields, Error> {
        let mut fields = EventFields::default();
        reader.object(|reader, key| {
            let value = reader.value()?;
            let Some((name, slot)) = fields.slot(&key.bytes) else {
                return Ok(());
            };
            if slot.replace(value).is_some() {
                return Err(duplicate_key(format!("events[{position}].{name}")));
            }
            Ok(())
        })?;
        Ok(fields)
    }

    /// Whether none of them was met.
    pub(super) fn is_empty(&self) -> bool {
        let fields = [&self.event_type, &self.time, &self.id, &self.data];
        fields.into_iter().all(Option::is_none)
    }

    /// The field a key stands for, with its name; other keys are ignored.
    pub(super) fn slot(&mut self, key: &[u8]) -> Option<(&'static str, &mut Option<Value>)> {
        match key {
            b"type" => Some(("type", &mut self.event_type)),
            b"time" => Some(("time", &mut self.time)),
            b"id" => Some(("id", &mut self.id)),
            b"data" => Some(("data", &mut self.data)),
            _ => None,
        }
    }

    /// The valid event, or its first fault in the order type, time, id, data.
    pub(crate) fn check(self) -> Result<ValidEvent, FieldFault> {
        Ok(ValidEvent {
            event_type: check_type(self.event_type)?,
            time: check_time(self.time)?,
            id: check_id(self.id)?,
            data: check_data(self.data)?,
        })
    }
}

impl ValidEvent {
    /// An event from Rust, whose time is an instant already.
    pub(super) fn new(event: Event) -> Result<ValidEvent, FieldFault> {
        Ok(ValidEvent {
            event_type: check_type(Some(Value::Text(event.event_type.into())))?,
            time: event.time,
            id: check_id(event.id.map(|id| Value::Text(id.into())))?,
            data: check_data(event.data)?,
        })
    }
}

fn check_type(found: Option<Value>) -> Result<Box<str>, FieldFault> {
    match found {
        None => Err(fault(ErrorCode::EventMissingType, ".type", "is missing")),
        Some(Value::Text(text)) if !text.is_empty() => Ok(text),
        Some(Value::Text(_)) => Err(fault(
            ErrorCode::EventInvalidType,
            ".type",
            "must not be empty",
        )),
        Some(Value::Torn(_)) => Err(fault(ErrorCode::EventInvalidType, ".type", TORN)),
        Some(other) => Err(expected(
            ErrorCode::EventInvalidType,
            ".type",
            "must be a text",
            &other,
        )),
    }
}

fn check_time(found: Option<Value>) -> Result<Instant, FieldFault> {
    let Some(value) = found else {
        return Err(fault(ErrorCode::EventMissingTime, ".time", "is missing"));
    };
    Instant::from_value(&value).map_err(|reason| {
        let code = match reason {
            InstantFault::LooksLikeSeconds => ErrorCode::EventTimeInSeconds,
            InstantFault::OutOfRange => ErrorCode::EventTimeOutOfRange,
            _ => ErrorCode::EventInvalidTime,
        };
        // A time may be a number or a text: its kind is not what is wrong.
        let (expectation, found) = (reason.expectation(), value.describe());
        fault(code, ".time", format!("{expectation}, found {found}"))
    })
}

fn check_id(found: Option<Value>) -> Result<Option<Box<str>>, FieldFault> {
    match found {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Text(id)) if id.len() > MAX_ID_BYTES => Err(fault(
            ErrorCode::EventIdTooLong,
            ".id",
            format!("must be at most {MAX_ID_BYTES} bytes, found {}", id.len()),
        )),
        Some(Value::Text(id)) => Ok(Some(id)),
        Some(Value::Torn(_)) => Err(fault(ErrorCode::EventInvalidId, ".id", TORN)),
        Some(other @ Value::Number(_)) => Err(expected(
            ErrorCode::EventInvalidId,
            ".id",
            "must be a text (numbers above 2^53 would collide)",
            &other,
        )),
        Some(other) => Err(expected(
            ErrorCode::EventInvalidId,
            ".id",
            "must be a text",
            &other,
        )),
    }
}

fn check_data(found: Option<Value>) -> Result<Option<Value>, FieldFault> {
    match found {
        None | Some(Value::Null) => Ok(None),
        Some(data @ Value::Map(_)) => match data.find_alien() {
            None if data.text_bytes() > MAX_DATA_BYTES => Err(fault(
                ErrorCode::EventInvalidData,
                ".data",
                "must hold at most 16 MiB of text",
            )),
            None => Ok(Some(data)),
            Some((path, name)) => Err(fault(
                ErrorCode::EventInvalidData,
                format!(".data{path}"),
                format!("must be what JSON can carry, found {name}"),
            )),
        },
        Some(other) => Err(expected(
            ErrorCode::EventInvalidData,
            ".data",
            "must be an object",
            &other,
        )),
    }
}

fn fault(code: ErrorCode, path: impl Into<String>, detail: impl Into<String>) -> FieldFault {
    FieldFault {
        code,
        path: path.into(),
        detail: detail.into(),
    }
}

fn expected(code: ErrorCode, path: &str, expectation: &str, found: &Value) -> FieldFault {
    let found = found.describe_kind();
    fault(code, path, format!("{expectation}, found {found}"))
}
