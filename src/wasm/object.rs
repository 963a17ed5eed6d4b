//! Objects in the making, to be handed back as JSON text.

use crate::time::Instant;
use crate::value::Value;
use alloc::{boxed::Box, string::String, vec::Vec};

/// An object in the making: optional texts are left out, everything else that is missing is `null`.
pub(super) struct Object(Vec<(Box<str>, Value)>);

impl Object {
    pub(super) fn with(&mut self, key: &str, value: Value) -> &mut Object {
        self.0.push((key.into(), value));
        self
    }

    pub(super) fn text(&mut self, key: &str, text: &str) -> &mut Object {
        self.with(key, Value::from(text))
    }

    pub(super) fn optional(&mut self, key: &str, text: &Option<String>) -> &mut Object {
        match text {
            Some(text) => self.text(key, text),
            None => self,
        }
    }

    pub(super) fn number(&mut self, key: &str, number: f64) -> &mut Object {
        self.with(key, Value::Number(number))
    }

    pub(super) fn count(&mut self, key: &str, count: u32) -> &mut Object {
        self.number(key, f64::from(count))
    }

    pub(super) fn flag(&mut self, key: &str, flag: bool) -> &mut Object {
        self.with(key, Value::Bool(flag))
    }

    pub(super) fn instant(&mut self, key: &str, at: Option<Instant>) -> &mut Object {
        let value = at.map_or(Value::Null, |at| Value::Number(at.millis() as f64));
        self.with(key, value)
    }

    pub(super) fn list<T>(&mut self, key: &str, items: &[T], each: fn(&T) -> Value) -> &mut Object {
        self.with(key, Value::List(items.iter().map(each).collect()))
    }

    pub(super) fn value(&mut self) -> Value {
        Value::Map(core::mem::take(&mut self.0))
    }
}

/// An empty one.
pub(super) fn object() -> Object {
    Object(Vec::new())
}
