//! How a score moves: many instants, and the changes between them.

use super::outcome::Outcome;
use crate::time::Instant;
use alloc::{string::String, vec::Vec};
use serde::{Serialize, Serializer, ser::SerializeStruct};

/// The score at many instants: one entry an instant in each column.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Timeline {
    /// Epoch ms.
    pub times: Vec<f64>,
    /// The model's points.
    pub points: Vec<f64>,
    /// Points on the model's 0-100 scale.
    pub score: Vec<f64>,
    /// Whole stars.
    pub stars: Vec<u8>,
}

/// A change, and the first instant at which it is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transition {
    /// When.
    pub at: Instant,
    /// What.
    pub kind: TransitionKind,
}

/// What changes, from what to what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TransitionKind {
    /// Whole stars.
    Stars {
        /// Before.
        from: u8,
        /// From then on.
        to: u8,
    },
    /// The segment, by id.
    Segment {
        /// Before.
        from: String,
        /// From then on.
        to: String,
    },
    /// Whether the customer belongs to an audience.
    Audience {
        /// The audience's id.
        id: String,
        /// Before.
        from: bool,
        /// From then on.
        to: bool,
    },
}

impl Timeline {
    pub(crate) fn push(&mut self, at: f64, outcome: &Outcome) {
        self.times.push(at);
        self.points.push(outcome.points);
        self.score.push(outcome.score);
        self.stars.push(outcome.stars);
    }
}

/// `{ at, what, id?, from, to }`
impl Serialize for Transition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Transition", 5)?;
        fields.serialize_field("at", &self.at)?;
        match &self.kind {
            TransitionKind::Stars { from, to } => {
                fields.serialize_field("what", "stars")?;
                fields.serialize_field("from", from)?;
                fields.serialize_field("to", to)?;
            }
            TransitionKind::Segment { from, to } => {
                fields.serialize_field("what", "segment")?;
                fields.serialize_field("from", from)?;
                fields.serialize_field("to", to)?;
            }
            TransitionKind::Audience { id, from, to } => {
                fields.serialize_field("what", "audience")?;
                fields.serialize_field("id", id)?;
                fields.serialize_field("from", from)?;
                fields.serialize_field("to", to)?;
            }
        }
        fields.end()
    }
}
