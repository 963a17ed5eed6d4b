//! What was handed over to be drawn, read with a finger on the place: the first fault ends the picture.

use crate::check::Place;
use crate::error::{Error, ErrorCode};
use crate::link::link_fault;
use crate::number::within;
use crate::value::Value;
use alloc::{format, string::String};

/// Items of one list, at most. Chosen: more than anybody can look at.
const MAX_ITEMS: usize = 10_000;
static NOTHING: Value = Value::Null;

/// A value and where it stands. `null` is absence.
#[derive(Clone, Copy)]
pub(super) struct Given<'v> {
    pub(super) value: &'v Value,
    place: Place<'v>,
}

impl<'v> Given<'v> {
    /// What was handed over, by its name: `checklist`.
    pub(super) fn root(value: &'v Value, name: &'v str) -> Given<'v> {
        let place = Place::root(name);
        Given { value, place }
    }

    /// The same, which must be an object.
    pub(super) fn object(self) -> Result<Given<'v>, Error> {
        match self.value {
            Value::Map(_) => Ok(self),
            _ => Err(self.wrong_type("an object")),
        }
    }

    /// The value of a key.
    pub(super) fn key<'g>(&'g self, key: &'g str) -> Given<'g> {
        let value = self.value.get(key).unwrap_or(&NOTHING);
        let place = self.place.key(key, 0);
        Given { value, place }
    }

    /// The items of a list; none where there is no list.
    pub(super) fn items(&self, most: usize) -> Result<&'v [Value], Error> {
        match self.value {
            Value::Null => Ok(&[]),
            Value::List(items) if items.len() <= most => Ok(items),
            Value::List(_) => Err(self.out_of_range(&format!("a list of at most {most}"))),
            _ => Err(self.wrong_type("a list")),
        }
    }

    /// Each object of a list, as many as anybody can look at; there must be a list.
    pub(super) fn objects(&self) -> Result<impl Iterator<Item = Result<Given<'_>, Error>>, Error> {
        let items = self.present()?.items(MAX_ITEMS)?;
        let objects = items.iter().enumerate().map(|(index, value)| {
            let place = self.place.index(index);
            Given { value, place }.object()
        });
        Ok(objects)
    }

    /// An item of a list as if it stood here.
    pub(super) fn at<'g>(&'g self, index: usize, value: &'g Value) -> Given<'g> {
        let place = self.place.index(index);
        Given { value, place }
    }

    /// Whether there is nothing.
    pub(super) fn is_absent(&self) -> bool {
        *self.value == Value::Null
    }

    /// A finite number, if there is one.
    pub(super) fn optional_number(&self) -> Result<Option<f64>, Error> {
        match self.value {
            Value::Null => Ok(None),
            Value::Number(number) if number.is_finite() => Ok(Some(*number)),
            Value::Number(_) => Err(self.out_of_range("a finite number")),
            _ => Err(self.wrong_type("a number")),
        }
    }

    /// A finite number.
    pub(super) fn number(&self) -> Result<f64, Error> {
        Ok(self.present()?.optional_number()?.unwrap_or_default())
    }

    /// A part of a whole: what is below 0 or above 1 is as good as these.
    pub(super) fn share(&self) -> Result<f64, Error> {
        Ok(within(self.number()?, 0.0, 1.0))
    }

    /// A text, if there is one.
    pub(super) fn optional_text(&self) -> Result<Option<&'v str>, Error> {
        match self.value {
            Value::Null => Ok(None),
            Value::Text(text) | Value::Torn(text) => Ok(Some(text)),
            _ => Err(self.wrong_type("a text")),
        }
    }

    /// A text.
    pub(super) fn text(&self) -> Result<&'v str, Error> {
        Ok(self.present()?.optional_text()?.unwrap_or_default())
    }

    /// A text that may be shown as a link, if there is one: whoever checked it before, it is checked here.
    pub(super) fn link(&self) -> Result<Option<&'v str>, Error> {
        let link = self.optional_text()?;
        if let Some(expectation) = link.and_then(link_fault) {
            return Err(self.refuse(ErrorCode::PictureInvalidLink, expectation));
        }
        Ok(link)
    }

    /// `true` or `false`; absence is `false`.
    pub(super) fn flag(&self) -> Result<bool, Error> {
        match self.value {
            Value::Null => Ok(false),
            Value::Bool(flag) => Ok(*flag),
            _ => Err(self.wrong_type("true or false")),
        }
    }

    /// One of a few names.
    pub(super) fn choice(&self, choices: &[&'static str]) -> Result<&'static str, Error> {
        let text = self.text()?;
        let found = choices.iter().find(|choice| **choice == text);
        found.copied().ok_or_else(|| {
            let expectation = listed(choices);
            self.refuse(ErrorCode::PictureUnknownValue, &expectation)
        })
    }

    /// A number beyond its bounds.
    pub(super) fn out_of_range(&self, expectation: &str) -> Error {
        self.refuse(ErrorCode::PictureOutOfRange, expectation)
    }

    /// Something else than is expected.
    pub(super) fn wrong_type(&self, expectation: &str) -> Error {
        let detail = format!(
            "must be {expectation}, found {}",
            self.value.describe_kind()
        );
        self.fault(ErrorCode::PictureWrongType, detail)
    }

    fn present(&self) -> Result<&Given<'v>, Error> {
        match self.is_absent() {
            true => Err(self.fault(ErrorCode::PictureMissingKey, "is missing".into())),
            false => Ok(self),
        }
    }

    fn refuse(&self, code: ErrorCode, expectation: &str) -> Error {
        let detail = format!("must be {expectation}, found {}", self.value.describe());
        self.fault(code, detail)
    }

    fn fault(&self, code: ErrorCode, detail: String) -> Error {
        Error::new(code, self.place.path(), detail)
    }
}

/// Names between `or`, in backticks.
pub(super) fn listed(names: &[&str]) -> String {
    let mut list = String::new();
    for name in names {
        if !list.is_empty() {
            list.push_str(" or ");
        }
        list.push('`');
        list.push_str(name);
        list.push('`');
    }
    list
}
