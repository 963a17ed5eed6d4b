//! The wire form: objects as the package's JavaScript packs them, little endian.
//!
//! A value is a tag and its body:
//!
//! | tag | body |
//! |---|---|
//! | 0, 1, 2 | `null`, `false`, `true` |
//! | 3 | a number: f64 |
//! | 4, 5 | a text, whole or torn by lone surrogates: u32 bytes of UTF-8, and those |
//! | 6 | a list: u32 items, and those |
//! | 7 | an object: u32 entries, each a u32 length, the key's UTF-8, and the value |
//! | 8 | what JSON cannot carry: u8 for a BigInt, a symbol, a function |
//! | 9 | nothing: an absent field, or a hole in a list |
//!
//! A history that is an object is tag 10, then its events, then its profile. Events are tag 11 and u32 of them
//! when they are a list, each tag 12 with its type, time, id and data when it is an object, else a plain value;
//! and tag 13 and a plain value when they are none.
//!
//! The packer is ours and bounds depth and size; a malformed message would be a defect of it, and is read as far as
//! it goes.

use crate::error::Error;
use crate::event::{
    EventFields, Intake, OnInvalid, Rows, events_not_a_list, missing_events, not_an_object,
};
use crate::model::Reading;
use crate::value::Value;
use alloc::{boxed::Box, string::String};

const ABSENT: u8 = 9;
const HISTORY: u8 = 10;
const EVENTS: u8 = 11;
const EVENT: u8 = 12;
/// What the packer calls things that JSON cannot carry, by their number.
const ALIENS: [&str; 3] = ["a BigInt", "a symbol", "a function"];

/// A plain value.
pub(super) fn read_value(message: &[u8]) -> Value {
    Reader { rest: message }.value()
}

/// Reads a history into rows; gives its profile.
pub(super) fn read_history(
    message: &[u8],
    reading: &Reading,
    on_invalid: OnInvalid,
    rows: &mut Rows,
) -> Result<Option<Value>, Error> {
    let mut reader = Reader { rest: message };
    if !reader.skip_tag(HISTORY) {
        return Err(not_an_object(&reader.value()));
    }
    if !reader.skip_tag(EVENTS) {
        reader.u8();
        return Err(match reader.field() {
            None => missing_events(),
            Some(found) => events_not_a_list(&found),
        });
    }
    let mut intake = Intake::new(on_invalid);
    for _ in 0..reader.u32() {
        if !reader.skip_tag(EVENT) {
            intake.refuse(&reader.value())?;
            continue;
        }
        let fields = EventFields {
            event_type: reader.field(),
            time: reader.field(),
            id: reader.field(),
            data: reader.field(),
        };
        if let Some(event) = intake.admit(fields.check())? {
            rows.push_valid(reading, event);
        }
    }
    rows.invalid = intake.invalid();
    Ok(reader.field())
}

struct Reader<'m> {
    rest: &'m [u8],
}

impl<'m> Reader<'m> {
    /// A value; none where the field was absent.
    fn field(&mut self) -> Option<Value> {
        if self.skip_tag(ABSENT) {
            return None;
        }
        Some(self.value())
    }

    fn value(&mut self) -> Value {
        match self.u8() {
            1 => Value::Bool(false),
            2 => Value::Bool(true),
            3 => Value::Number(f64::from_le_bytes(self.array())),
            4 => Value::Text(self.text()),
            5 => Value::Torn(self.text()),
            6 => {
                let count = self.u32();
                // As in JSON, nothing within a list is `null`.
                let items = (0..count).map_while(|_| match self.skip_tag(ABSENT) {
                    true => Some(Value::Null),
                    false => self.some_value(),
                });
                Value::List(items.collect())
            }
            7 => {
                let count = self.u32();
                let entries = (0..count).map_while(|_| {
                    let key = self.text();
                    Some((key, self.some_value()?))
                });
                Value::Map(entries.collect())
            }
            8 => {
                let name = ALIENS.get(usize::from(self.u8()));
                Value::Alien(name.copied().unwrap_or("an unknown value"))
            }
            ABSENT => Value::Alien("undefined"),
            _ => Value::Null,
        }
    }

    /// A value, unless the message has ended.
    fn some_value(&mut self) -> Option<Value> {
        (!self.rest.is_empty()).then(|| self.value())
    }

    fn skip_tag(&mut self, tag: u8) -> bool {
        match self.rest.split_first() {
            Some((found, rest)) if *found == tag => {
                self.rest = rest;
                true
            }
            _ => false,
        }
    }

    fn text(&mut self) -> Box<str> {
        let length = self.u32() as usize;
        let (text, rest) = self
            .rest
            .split_at_checked(length)
            .unwrap_or((self.rest, &[]));
        self.rest = rest;
        String::from_utf8_lossy(text).into()
    }

    fn u8(&mut self) -> u8 {
        let [byte] = self.array();
        byte
    }

    fn u32(&mut self) -> u32 {
        u32::from_le_bytes(self.array())
    }

    fn array<const N: usize>(&mut self) -> [u8; N] {
        match self.rest.split_first_chunk() {
            Some((chunk, rest)) => {
                self.rest = rest;
                *chunk
            }
            None => {
                self.rest = &[];
                [0; N]
            }
        }
    }
}
