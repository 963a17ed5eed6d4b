//! todo
use super::document::Model;
/// w
#[derive(Debug, Clone)]
pub struct Warning;
impl serde::Serialize for Warning { fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> { s.serialize_unit() } }
pub(super) fn lint(_: &Model) -> Vec<Warning> { Vec::new() }
