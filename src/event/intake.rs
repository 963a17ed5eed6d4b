//! The way in: events one by one, from JSON text or any other source, into a [`History`].

use super::fields::{EventFields, FieldFault, ValidEvent};
use super::history::{Entry, Event, History, OnInvalid};
use super::order;
use crate::error::{Error, ErrorCode};
use crate::json::{JsonFault, Reader};
use crate::names::Names;
use crate::value::Value;
use alloc::{boxed::Box, format, string::String, vec::Vec};

/// Events in one history, at most.
pub(crate) const MAX_EVENTS: usize = 1_000_000;
/// Bytes of a history's text, at most: what a 32-bit host can hold beside the history read from it.
const MAX_TEXT_BYTES: usize = 256 * 1024 * 1024;

/// Reads a history from its JSON text, event by event the careful way.
pub(super) fn parse(bytes: &[u8], on_invalid: OnInvalid) -> Result<History, Error> {
    let mut builder = HistoryBuilder::new(on_invalid);
    let profile = read_history(bytes, |reader| {
        if reader.peek() != Some(b'{') {
            let found = reader.value()?;
            return builder.intake.refuse(&found);
        }
        let fields = EventFields::read(reader, builder.intake.position())?;
        builder.push(fields)
    })?;
    builder.finish(profile)
}

/// Reads `{ "events": […], "profile"?: {…} }`, each element of the events by `read_event`; other keys are ignored. Gives
/// the profile.
pub(super) fn read_history<'t>(
    text: &'t [u8],
    mut read_event: impl FnMut(&mut Reader<'t>) -> Result<(), Error>,
) -> Result<Option<Value>, Error> {
    check_size(text)?;
    let mut reader = Reader::new(text)?;
    if reader.peek() != Some(b'{') {
        return Err(not_an_object(&reader.value()?));
    }
    let mut has_events = false;
    let mut profile = None;
    reader.object(|reader, key| {
        match &*key.bytes {
            b"events" if has_events => return Err(duplicate_key("events".into())),
            b"events" => {
                has_events = true;
                if reader.peek() != Some(b'[') {
                    return Err(events_not_a_list(&reader.value()?));
                }
                reader.list(&mut read_event)?;
            }
            b"profile" if profile.is_some() => return Err(duplicate_key("profile".into())),
            b"profile" => profile = Some(reader.value()?),
            _ => reader.skip()?,
        }
        Ok(())
    })?;
    reader.end()?;
    if !has_events {
        return Err(missing_events());
    }
    Ok(profile)
}

/// Refuses a text that is larger than a history may be.
pub(super) fn check_size(text: &[u8]) -> Result<(), Error> {
    if text.len() <= MAX_TEXT_BYTES {
        return Ok(());
    }
    let found = text.len();
    let detail = format!("must be at most 256 MiB of text, found {found} bytes");
    Err(Error::new(ErrorCode::HistoryTooLarge, "history", detail))
}

/// What becomes of events one by one: counted, refused, or left out.
#[derive(Debug)]
pub(crate) struct Intake {
    on_invalid: OnInvalid,
    /// What they are called in the caller's notation, and how many there may be.
    name: &'static str,
    most: usize,
    position: usize,
    invalid: u64,
}

impl Intake {
    pub(crate) fn new(on_invalid: OnInvalid) -> Intake {
        Intake {
            on_invalid,
            name: "events",
            most: MAX_EVENTS,
            position: 0,
            invalid: 0,
        }
    }

    /// The same for lines, the first of which has this number.
    pub(super) fn of_lines(on_invalid: OnInvalid, first: usize) -> Intake {
        Intake {
            name: "lines",
            most: usize::MAX,
            position: first,
            ..Intake::new(on_invalid)
        }
    }

    /// How many events were handed over so far: the index of the next.
    pub(crate) fn position(&self) -> usize {
        self.position
    }

    /// How many were left out.
    pub(crate) fn invalid(&self) -> u64 {
        self.invalid
    }

    /// Whether one more may come.
    #[inline]
    pub(super) fn has_room(&self) -> bool {
        self.position < self.most
    }

    /// Counts an event that is known to be valid, and to have room.
    #[inline]
    pub(crate) fn count_valid(&mut self) {
        self.position += 1;
    }

    /// The next event, by what its check gave.
    pub(crate) fn admit(
        &mut self,
        checked: Result<ValidEvent, FieldFault>,
    ) -> Result<Option<ValidEvent>, Error> {
        let place = self.next_place()?;
        match checked {
            Ok(event) => Ok(Some(event)),
            Err(fault) => {
                let path = format!("{}[{place}]{}", self.name, fault.path);
                self.leave_out(Error::new(fault.code, path, fault.detail))?;
                Ok(None)
            }
        }
    }

    /// The next line, which is wrong as a whole.
    pub(super) fn refuse_line(&mut self, fault: Error) -> Result<(), Error> {
        self.position += 1;
        self.leave_out(fault)
    }

    /// The next element, which is not an object.
    pub(crate) fn refuse(&mut self, found: &Value) -> Result<(), Error> {
        let place = self.next_place()?;
        self.leave_out(Error::new(
            ErrorCode::EventWrongType,
            format!("{}[{place}]", self.name),
            format!("must be an object, found {}", found.describe_kind()),
        ))
    }

    fn next_place(&mut self) -> Result<usize, Error> {
        let place = self.position;
        if place == self.most {
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

/// Collects events, checking each as it comes.
pub(super) struct HistoryBuilder {
    intake: Intake,
    types: Names,
    entries: Vec<Entry>,
}

impl HistoryBuilder {
    pub(super) fn new(on_invalid: OnInvalid) -> HistoryBuilder {
        HistoryBuilder {
            intake: Intake::new(on_invalid),
            types: Names::default(),
            entries: Vec::new(),
        }
    }

    /// The next event, by its fields.
    fn push(&mut self, fields: EventFields) -> Result<(), Error> {
        self.admit(fields.check())
    }

    /// The next event, from Rust.
    pub(super) fn push_event(&mut self, event: Event) -> Result<(), Error> {
        self.admit(ValidEvent::new(event))
    }

    /// Takes the events of a history that was checked before.
    pub(super) fn take_over(&mut self, history: &History) {
        for entry in &history.entries {
            let name = history.types.get(entry.type_index as usize);
            let name = name.map_or(&[][..], |name| name.as_bytes());
            let (type_index, _) = self.types.meet(name);
            self.entries.push(Entry {
                type_index,
                ..entry.clone()
            });
        }
    }

    /// The history: in canonical order, the first of equal ids kept.
    pub(super) fn finish(self, profile: Option<Value>) -> Result<History, Error> {
        let profile = check_profile(profile)?;
        let types: Vec<Box<str>> = (0..self.types.len() as u32)
            .map(|number| String::from_utf8_lossy(self.types.get(number)).into())
            .collect();
        let mut entries = order::sort(self.entries, &types);
        let duplicate = order::drop_duplicates(&mut entries);
        Ok(History {
            types,
            entries,
            profile,
            invalid: self.intake.invalid(),
            duplicate,
        })
    }

    fn admit(&mut self, checked: Result<ValidEvent, FieldFault>) -> Result<(), Error> {
        if let Some(event) = self.intake.admit(checked)? {
            let (type_index, _) = self.types.meet(event.event_type.as_bytes());
            self.entries.push(Entry {
                type_index,
                time: event.time,
                id: event.id,
                data: event.data.map(Value::mended),
            });
        }
        Ok(())
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

pub(super) fn duplicate_key(path: String) -> Error {
    Error::new(ErrorCode::HistoryDuplicateKey, path, "must stand only once")
}

pub(crate) fn check_profile(profile: Option<Value>) -> Result<Value, Error> {
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
