//! A score in numbers: what results and the JavaScript face are made from.

use alloc::vec::Vec;
use serde::Serialize;

use super::combination::Standing;
use super::result::{Ignored, Trend};
use super::scale::{score_of, segment_of};
use crate::model::Model;

/// A customer's score by the numbers of the model's criteria, parts, stages and segments.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) points: f64,
    pub(crate) score: f64,
    pub(crate) stars: u8,
    pub(crate) stars_exact: f64,
    pub(crate) segment: usize,
    pub(crate) stage: Option<usize>,
    pub(crate) tenure_days: Option<f64>,
    pub(crate) trend: Option<Trend>,
    /// Worked out when asked for; none then where there is none.
    pub(crate) next_star: Option<Option<NextStar>>,
    pub(crate) next_change: Option<Option<NextChange>>,
    /// Whether the customer belongs to each of the model's audiences.
    pub(crate) audiences: Vec<bool>,
    pub(crate) ignored: Ignored,
    pub(crate) lines: Vec<Line>,
    pub(crate) parts: Vec<Standing>,
    /// What a weight of 1 is worth to the model.
    pub(crate) share: f64,
}

/// The way to the next star.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NextStar {
    pub(crate) stars: u8,
    /// Points missing.
    pub(crate) points: f64,
    /// Criteria by number, and how many further occurrences of each would do; the least effort first.
    pub(crate) actions: Vec<(usize, u32)>,
}

/// Where stars or segment go first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct NextChange {
    /// Epoch ms.
    pub(crate) at: f64,
    pub(crate) stars: u8,
    /// By number.
    pub(crate) segment: usize,
}

impl Outcome {
    /// Where the points stand on the model's scale.
    pub(crate) fn place(&mut self, model: &Model, target: f64) {
        self.score = score_of(self.points, target);
        self.stars = model.stars.stars(self.score);
        self.stars_exact = model.stars.exact(self.score);
        self.segment = segment_of(&model.segments, self.score);
    }
}

/// A line of the receipt.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    /// By its number over all parts; none for a clamp.
    pub(crate) criterion: Option<usize>,
    /// None for the model's own clamp.
    pub(crate) part: Option<usize>,
    /// How far the points may be from what adding one by one gives.
    pub(crate) slack: f64,
    pub(crate) count: u32,
    pub(crate) points: f64,
    pub(crate) effect: f64,
    pub(crate) lost: Lost,
}

/// One part of the receipt.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PartLine {
    pub(crate) points: f64,
    pub(crate) score: Option<f64>,
    pub(crate) weight: Option<f64>,
    pub(crate) effect: f64,
    pub(crate) missing: bool,
}

/// Points that were counted and yet not given; signed as the points are.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Lost {
    /// What age took of the events in the period.
    pub decay: f64,
    /// What the criterion's limit took.
    pub limit: f64,
    /// The points of counted events older than the period.
    pub expired: f64,
}
