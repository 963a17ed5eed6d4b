//! Where a checker stands in a document: the path for messages, the position for their order.

use crate::value::{Value, key_step};
use alloc::{boxed::Box, format, string::String, vec::Vec};

/// A place in the document: a linked path back to its root.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'p> {
    parent: Option<&'p Place<'p>>,
    step: Step<'p>,
    /// Its position within the parent, for the order of faults.
    position: usize,
}

#[derive(Debug, Clone, Copy)]
enum Step<'p> {
    Key(&'p str),
    Index(usize),
}

/// An object whose keys are all known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields<'d, 'p> {
    pub(crate) entries: &'d [(Box<str>, Value)],
    pub(crate) place: &'p Place<'p>,
}

/// A value and where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node<'d, 'p> {
    pub(crate) value: &'d Value,
    pub(crate) place: Place<'p>,
}

impl<'p> Place<'p> {
    /// The root of a document: `model`.
    pub(crate) fn root(name: &'p str) -> Place<'p> {
        Place {
            parent: None,
            step: Step::Key(name),
            position: 0,
        }
    }

    /// A key of the object here.
    pub(crate) fn key(&'p self, key: &'p str, position: usize) -> Place<'p> {
        Place {
            parent: Some(self),
            step: Step::Key(key),
            position,
        }
    }

    /// An element of the list here.
    pub(crate) fn index(&'p self, index: usize) -> Place<'p> {
        Place {
            parent: Some(self),
            step: Step::Index(index),
            position: index,
        }
    }

    /// The path in the caller's notation: `model.criteria[2].decay`.
    pub(crate) fn path(&self) -> String {
        let before = self.parent.map(Place::path).unwrap_or_default();
        match self.step {
            Step::Index(index) => format!("{before}[{index}]"),
            Step::Key(key) if before.is_empty() => key.into(),
            Step::Key(key) => before + &key_step(key),
        }
    }

    pub(super) fn order(&self) -> Vec<usize> {
        let mut order = self.parent.map(Place::order).unwrap_or_default();
        order.push(self.position);
        order
    }
}

impl<'d, 'p> Fields<'d, 'p> {
    /// The value of a key, where it stands.
    pub(crate) fn get(&self, key: &'p str) -> Option<Node<'d, 'p>> {
        let position = self.entries.iter().rposition(|(name, _)| **name == *key)?;
        let (_, value) = self.entries.get(position)?;
        Some(Node {
            value,
            place: self.place.key(key, position),
        })
    }

    /// Whether a key stands.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|(name, _)| **name == *key)
    }
}
