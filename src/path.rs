//! Dot-separated paths into plain data.

use crate::value::Value;
use alloc::{boxed::Box, vec, vec::Vec};

/// A path over an object's own properties: `plan`, `order.total`. It does not lead through arrays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Path {
    pub(crate) segments: Vec<Box<str>>,
    /// Where it leads into the data of events: the number of its column in the model's reading.
    pub(crate) column: usize,
}

impl Path {
    /// Reads a path; none where a segment is empty.
    pub(crate) fn parse(text: &str) -> Option<Path> {
        let segments: Vec<Box<str>> = text.split('.').map(Into::into).collect();
        segments
            .iter()
            .all(|segment| !segment.is_empty())
            .then_some(Path {
                segments,
                column: 0,
            })
    }

    /// The path to one property.
    pub(crate) fn name(name: &str) -> Path {
        Path {
            segments: vec![name.into()],
            column: 0,
        }
    }

    /// The first segment and what follows it.
    pub(crate) fn split_first(&self) -> (&str, &[Box<str>]) {
        match self.segments.split_first() {
            Some((first, rest)) => (first, rest),
            None => ("", &[]),
        }
    }

    /// What it leads to from the root of an object.
    pub(crate) fn find<'v>(&self, root: &'v Value) -> Option<&'v Value> {
        find_below(root, &self.segments)
    }
}

/// What the segments lead to from a value.
pub(crate) fn find_below<'v>(root: &'v Value, segments: &[Box<str>]) -> Option<&'v Value> {
    segments
        .iter()
        .try_fold(root, |value, segment| value.get(segment))
}
