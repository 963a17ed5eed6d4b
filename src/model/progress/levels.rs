//! Levels: how many lifetime points make which level.

use crate::check::{Checker, MAX_NUMBER, Node};
use crate::error::ErrorCode;
use crate::model::label::{Label, read_label};
use crate::model::scale::check_rising;
use crate::value::{Value, describe_text};
use alloc::{format, vec::Vec};

/// Levels over lifetime points.
#[derive(Debug, Clone)]
pub(crate) struct Levels {
    pub(crate) curve: LevelCurve,
    /// What the points of the curve are multiplied by.
    pub(crate) base: f64,
    /// The name of level 1, 2, …
    pub(crate) names: Vec<Label>,
}

impl Levels {
    /// The last level that there is.
    pub(crate) fn last(&self) -> u32 {
        match &self.curve {
            LevelCurve::Thresholds(thresholds) => thresholds.len() as u32,
            LevelCurve::Triangular | LevelCurve::Habitica => LAST_LEVEL,
        }
    }
}

/// How many points a level takes, before `base`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum LevelCurve {
    /// 25·L·(L-1) in total.
    Triangular,
    /// What Habitica asks from level to level.
    Habitica,
    /// In total, for level 1, 2, …
    Thresholds(Vec<f64>),
}

/// The last level of a curve that has no end of its own.
const LAST_LEVEL: u32 = 1_000_000;
/// Thresholds in one model, at most.
const MAX_THRESHOLDS: usize = 1_000;
/// What a curve can be.
const CURVES: &str = "`triangular`, `habitica`, or an object with `thresholds`";
/// The bounds of `base`.
const LEAST_BASE: f64 = 1e-3;
const MOST_BASE: f64 = 1e6;

/// The levels of a model.
pub(in crate::model) fn read_levels(checker: &mut Checker, node: Node<'_, '_>) -> Levels {
    let Some(fields) = checker.fields(node.value, &node.place, &["curve", "base", "names"]) else {
        return Levels {
            curve: LevelCurve::Triangular,
            base: 1.0,
            names: Vec::new(),
        };
    };
    let curve = checker.required(fields, "curve");
    let curve = curve.and_then(|node| read_curve(checker, node));
    let base = checker.number_at(fields, "base", LEAST_BASE, MOST_BASE);
    let mut names = Vec::new();
    if let Some(node) = fields.get("names") {
        for (index, value) in checker.list(node).iter().enumerate() {
            let place = node.place.index(index);
            names.extend(read_label(checker, Node { value, place }));
        }
    }
    Levels {
        curve: curve.unwrap_or(LevelCurve::Triangular),
        base: base.unwrap_or(1.0),
        names,
    }
}

fn read_curve(checker: &mut Checker, node: Node<'_, '_>) -> Option<LevelCurve> {
    match node.value {
        Value::Text(name) if &**name == "triangular" => Some(LevelCurve::Triangular),
        Value::Text(name) if &**name == "habitica" => Some(LevelCurve::Habitica),
        Value::Text(name) => {
            let hint = checker.hint(name, &["triangular", "habitica", "thresholds"]);
            let found = describe_text(name);
            let detail = format!("must be {CURVES}, found {found}{hint}");
            checker.fault(ErrorCode::ModelUnknownValue, &node.place, detail);
            None
        }
        Value::Torn(_) => {
            checker.text(node);
            None
        }
        Value::Map(_) => {
            let fields = checker.fields(node.value, &node.place, &["thresholds"])?;
            let list = checker.required(fields, "thresholds")?;
            Some(LevelCurve::Thresholds(read_thresholds(checker, list)))
        }
        _ => {
            checker.expected(ErrorCode::ModelWrongType, node, CURVES);
            None
        }
    }
}

fn read_thresholds(checker: &mut Checker, node: Node<'_, '_>) -> Vec<f64> {
    let items = checker.list(node);
    if matches!(node.value, Value::List(_)) && !(1..=MAX_THRESHOLDS).contains(&items.len()) {
        let found = items.len();
        let detail = format!("must hold 1 to {MAX_THRESHOLDS} numbers, found {found}");
        checker.fault(ErrorCode::ModelOutOfRange, &node.place, detail);
        return Vec::new();
    }
    let mut thresholds: Vec<f64> = Vec::with_capacity(items.len());
    for (index, value) in items.iter().enumerate() {
        let place = node.place.index(index);
        let node = Node { value, place };
        let Some(threshold) = checker.number(node, 0.0, MAX_NUMBER) else {
            continue;
        };
        check_rising(checker, node, thresholds.last().copied(), threshold);
        thresholds.push(threshold);
    }
    thresholds
}
