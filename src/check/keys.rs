//! What stands at a key of an object, read in one go: none where it is absent, and where it is at fault.

use super::{Checker, Fields};
use crate::path::Path;
use crate::time::Duration;
use alloc::boxed::Box;

impl Checker {
    /// The required id.
    pub(crate) fn id_at(&mut self, fields: Fields<'_, '_>) -> Option<Box<str>> {
        let node = self.required(fields, "id")?;
        self.id(node)
    }

    /// `true` or `false`.
    pub(crate) fn flag_at(&mut self, fields: Fields<'_, '_>, key: &'static str) -> Option<bool> {
        let node = fields.get(key)?;
        self.flag(node)
    }

    /// A number within bounds, both included.
    pub(crate) fn number_at(
        &mut self,
        fields: Fields<'_, '_>,
        key: &'static str,
        least: f64,
        most: f64,
    ) -> Option<f64> {
        let node = fields.get(key)?;
        self.number(node, least, most)
    }

    /// A whole number of at least so many.
    pub(crate) fn count_at(
        &mut self,
        fields: Fields<'_, '_>,
        key: &'static str,
        least: u32,
    ) -> Option<u32> {
        let node = fields.get(key)?;
        self.count(node, least)
    }

    /// A duration of 0 or more.
    pub(crate) fn duration_at(
        &mut self,
        fields: Fields<'_, '_>,
        key: &'static str,
    ) -> Option<Duration> {
        let node = fields.get(key)?;
        self.duration(node)
    }

    /// A required duration longer than 0.
    pub(crate) fn required_duration(
        &mut self,
        fields: Fields<'_, '_>,
        key: &'static str,
    ) -> Option<Duration> {
        let node = self.required(fields, key)?;
        self.positive_duration(node)
    }

    /// A dot-separated path.
    pub(crate) fn path_at(&mut self, fields: Fields<'_, '_>, key: &'static str) -> Option<Path> {
        let node = fields.get(key)?;
        self.path(node)
    }
}
