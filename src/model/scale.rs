//! From points to what people read: target, bounds, stars, segments, trend.

use super::label::read_label;
use crate::check::{Checker, Fields, MAX_NUMBER, Node};
use crate::error::ErrorCode;
use crate::names::Names;
use crate::number::number_text;
use crate::time::Duration;
use crate::value::Value;
use alloc::{boxed::Box, format, vec::Vec};

/// The least target: below it a score could overflow.
pub(crate) const MIN_TARGET: f64 = 1e-6;
/// Thresholds of a model's own stars, at most.
const MAX_STARS: usize = 10;

/// Points that make a score of 100.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Target {
    Points(f64),
    /// The p95 of a population, given with each call.
    Baseline,
}

/// What a sum is clamped to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Bounds {
    pub(crate) min: Option<f64>,
    pub(crate) max: Option<f64>,
}

/// How a score becomes stars.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum StarScale {
    /// One for more than 0, and one more at 20, 40, 60 and 80.
    Five,
    /// The number of thresholds reached.
    At(Vec<f64>),
}

/// A named band of the score, from above the one before up to and with its end.
#[derive(Debug, Clone)]
pub(crate) struct Segment {
    pub(crate) id: Box<str>,
    /// None for the last.
    pub(crate) up_to: Option<f64>,
}

/// How far a trend looks back, and what it calls steady.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TrendRule {
    pub(crate) over: Duration,
    pub(crate) dead_band: f64,
}

impl Bounds {
    pub(crate) const NONE: Bounds = Bounds {
        min: None,
        max: None,
    };
    /// A part's own score, by default.
    pub(crate) const HUNDRED: Bounds = Bounds {
        min: Some(0.0),
        max: Some(100.0),
    };

    /// `min` and `max` of an object, else the defaults.
    pub(super) fn read(checker: &mut Checker, fields: Fields<'_, '_>, default: Bounds) -> Bounds {
        let mut bound = |key| {
            fields
                .get(key)
                .and_then(|node| checker.number(node, -MAX_NUMBER, MAX_NUMBER))
        };
        let bounds = Bounds {
            min: bound("min").or(default.min),
            max: bound("max").or(default.max),
        };
        if let (Some(min), Some(max)) = (bounds.min, bounds.max)
            && min > max
        {
            let node = fields.get("max").or_else(|| fields.get("min"));
            let place = node.map_or(*fields.place, |node| node.place);
            let detail = format!(
                "must leave `max` ({}) at least `min` ({})",
                number_text(max),
                number_text(min)
            );
            checker.fault(ErrorCode::ModelOutOfRange, &place, detail);
        }
        bounds
    }

    pub(crate) fn clamp(self, number: f64) -> f64 {
        let floored = self.min.map_or(number, |min| number.max(min));
        self.max.map_or(floored, |max| floored.min(max))
    }
}

/// A number of points, or `"baseline"`.
pub(super) fn read_target(checker: &mut Checker, node: Node<'_, '_>) -> Option<Target> {
    match node.value {
        Value::Text(name) if &**name == "baseline" => Some(Target::Baseline),
        Value::Text(_) => {
            checker.expected(ErrorCode::ModelUnknownValue, node, "a number or `baseline`");
            None
        }
        _ => checker
            .number(node, MIN_TARGET, MAX_NUMBER)
            .map(Target::Points),
    }
}

impl StarScale {
    /// The most stars there are.
    pub(crate) fn most(&self) -> u8 {
        match self {
            StarScale::Five => 5,
            StarScale::At(thresholds) => u8::try_from(thresholds.len()).unwrap_or(u8::MAX),
        }
    }
}

/// `{ "at": [t1 … tn] }`, rising.
pub(super) fn read_stars(checker: &mut Checker, node: Node<'_, '_>) -> StarScale {
    let fields = checker.fields(node.value, &node.place, &["at"]);
    let Some(node) = fields.and_then(|fields| checker.required(fields, "at")) else {
        return StarScale::Five;
    };
    let items = checker.list(node);
    if matches!(node.value, Value::List(_)) && !(1..=MAX_STARS).contains(&items.len()) {
        let detail = format!(
            "must hold 1 to {MAX_STARS} thresholds, found {}",
            items.len()
        );
        checker.fault(ErrorCode::ModelOutOfRange, &node.place, detail);
    }
    let mut thresholds: Vec<f64> = Vec::with_capacity(items.len());
    for (index, value) in items.iter().enumerate() {
        let place = node.place.index(index);
        let node = Node { value, place };
        if let Some(threshold) = checker.number(node, -MAX_NUMBER, MAX_NUMBER) {
            check_rising(checker, node, thresholds.last().copied(), threshold);
            thresholds.push(threshold);
        }
    }
    StarScale::At(thresholds)
}

/// A list of segments: rising, only the last without an end.
pub(super) fn read_segments(checker: &mut Checker, node: Node<'_, '_>) -> Vec<Segment> {
    let items = checker.list(node);
    if items.is_empty() && matches!(node.value, Value::List(_)) {
        let detail = "must hold at least one segment";
        checker.fault(ErrorCode::ModelOutOfRange, &node.place, detail);
    }
    let mut segments: Vec<Segment> = Vec::with_capacity(items.len());
    for (index, value) in items.iter().enumerate() {
        let place = node.place.index(index);
        let Some(fields) = checker.fields(value, &place, &["id", "label", "upTo"]) else {
            continue;
        };
        let id = checker.id_at(fields);
        if let Some(node) = fields.get("label") {
            read_label(checker, node);
        }
        let is_last = index + 1 == items.len();
        let up_to = if is_last {
            fields.get("upTo")
        } else {
            checker.required(fields, "upTo")
        };
        if let (true, Some(node)) = (is_last, up_to) {
            let detail = "must not stand on the last segment, which takes all above";
            checker.fault(ErrorCode::ModelConflictingKeys, &node.place, detail);
        }
        let up_to = up_to.and_then(|node| {
            let up_to = checker.number(node, -MAX_NUMBER, MAX_NUMBER)?;
            let before = segments.last().and_then(|segment| segment.up_to);
            check_rising(checker, node, before, up_to);
            Some(up_to)
        });
        segments.push(Segment {
            id: id.unwrap_or_default(),
            up_to,
        });
    }
    checker.distinct(node, &mut Names::default());
    segments
}

/// Userpilot's four bands: the specification's default.
pub(super) fn default_segments() -> Vec<Segment> {
    [
        ("very-disengaged", Some(40.0)),
        ("engaged", Some(70.0)),
        ("highly-engaged", Some(100.0)),
        ("power-user", None),
    ]
    .into_iter()
    .map(|(id, up_to)| Segment {
        id: id.into(),
        up_to,
    })
    .collect()
}

/// `{ "over"?, "deadBand"? }`.
pub(super) fn read_trend(checker: &mut Checker, node: Option<Node<'_, '_>>) -> TrendRule {
    let mut rule = TrendRule {
        over: Duration::DAYS_7,
        dead_band: 1.0,
    };
    if let Some(node) = node
        && let Some(fields) = checker.fields(node.value, &node.place, &["over", "deadBand"])
    {
        if let Some(over) = fields
            .get("over")
            .and_then(|node| checker.positive_duration(node))
        {
            rule.over = over;
        }
        if let Some(dead_band) = checker.number_at(fields, "deadBand", 0.0, MAX_NUMBER) {
            rule.dead_band = dead_band;
        }
    }
    rule
}

pub(super) fn check_rising(
    checker: &mut Checker,
    node: Node<'_, '_>,
    before: Option<f64>,
    number: f64,
) {
    if let Some(before) = before
        && before >= number
    {
        let detail = format!(
            "must be greater than the one before ({}), found `{}`",
            number_text(before),
            number_text(number)
        );
        checker.fault(ErrorCode::ModelNotRising, &node.place, detail);
    }
}
