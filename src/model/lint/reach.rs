//! Segments and stars that no customer can reach.

use super::Warnings;
use crate::model::criterion::{Criterion, CriterionKind};
use crate::model::curve::Curve;
use crate::model::document::Model;
use crate::model::part::{Combine, Part};
use crate::model::scale::{StarScale, Target};
use crate::number::{number_text, rounded};
use alloc::{format, string::String};

/// Segments and stars outside of what the model's points can be.
pub(super) fn lint_reach(model: &Model, (least, most): (f64, f64), warnings: &mut Warnings) {
    for index in 0..model.segments.len() {
        if model.has_own_segments && !is_in_reach(model, index, (least, most)) {
            let detail = out_of_reach(least, most);
            let path = format!("model.segments[{index}]");
            warnings.push("lint-segment-unreachable", path, detail);
        }
    }
    if let StarScale::At(thresholds) = &model.stars {
        for (index, threshold) in thresholds.iter().enumerate() {
            if *threshold > most {
                let detail = out_of_reach(least, most);
                let path = format!("model.stars.at[{index}]");
                warnings.push("lint-star-unreachable", path, detail);
            }
        }
    }
}

/// Whether some score of a range lies in a segment.
pub(super) fn is_in_reach(model: &Model, index: usize, (least, most): (f64, f64)) -> bool {
    let end = |index: usize| model.segments.get(index)?.up_to;
    let is_above = index
        .checked_sub(1)
        .and_then(end)
        .is_some_and(|floor| floor >= most);
    let is_below = end(index).is_some_and(|up_to| up_to < least);
    !is_above && !is_below
}

fn out_of_reach(least: f64, most: f64) -> String {
    let [floor, ceiling] = [least, most].map(number_text);
    match (least.is_finite(), most.is_finite()) {
        (true, true) => format!("cannot be reached: scores lie between {floor} and {ceiling}"),
        (true, false) => format!("cannot be reached: no score is below {floor}"),
        _ => format!("cannot be reached: no score is above {ceiling}"),
    }
}

/// The least and the greatest score that clamps, signs and limits leave possible.
pub(super) fn score_range(model: &Model) -> (f64, f64) {
    let sums = model.parts.iter().map(|part| match model.combine {
        Combine::Sum => {
            let (least, most) = points_range(model, part);
            (part.bounds.clamp(least), part.bounds.clamp(most))
        }
        Combine::Weighted => {
            let bounds = part.bounds;
            (
                bounds.min.unwrap_or(f64::NEG_INFINITY),
                bounds.max.unwrap_or(f64::INFINITY),
            )
        }
    });
    let (least, most) = match model.combine {
        Combine::Sum => sums.fold((0.0, 0.0), |sum, part| (sum.0 + part.0, sum.1 + part.1)),
        // A weighted mean lies between the least and the greatest of its parts; without any weight it is 0.
        Combine::Weighted => sums.fold((0.0_f64, 0.0_f64), |range, part| {
            (range.0.min(part.0), range.1.max(part.1))
        }),
    };
    let (least, most) = (model.bounds.clamp(least), model.bounds.clamp(most));
    let staged = model.stages.iter().filter_map(|stage| stage.target);
    let targets = core::iter::once(model.target).chain(staged);
    targets.fold((f64::INFINITY, f64::NEG_INFINITY), |range, target| {
        let (low, high) = match target {
            Target::Points(points) => (100.0 * least / points, 100.0 * most / points),
            // Of an unknown baseline only the sign is known.
            Target::Baseline => (unless_zero(least.min(0.0)), unless_zero(most.max(0.0))),
        };
        (range.0.min(rounded(low)), range.1.max(rounded(high)))
    })
}

fn unless_zero(bound: f64) -> f64 {
    if bound == 0.0 {
        0.0
    } else {
        bound.signum() * f64::INFINITY
    }
}

/// What the criteria of a part can give at the least and at the most.
fn points_range(model: &Model, part: &Part) -> (f64, f64) {
    let enabled = part.criteria.iter().filter(|criterion| criterion.enabled);
    enabled.fold((0.0, 0.0), |sum, criterion| {
        let staged = model.stages.iter();
        let staged = staged.filter_map(|stage| stage.points.get(&criterion.id));
        let points = core::iter::once(criterion.points).chain(staged);
        let ranges = points.map(|points| criterion.points_range(points));
        let (least, most) = ranges.fold((0.0_f64, 0.0_f64), |range, one| {
            (range.0.min(one.0), range.1.max(one.1))
        });
        (sum.0 + least, sum.1 + most)
    })
}

impl Criterion {
    /// What it can give, nothing included, when each unit is worth `points`.
    fn points_range(&self, points: f64) -> (f64, f64) {
        let any = |points: f64| (unless_zero(points.min(0.0)), unless_zero(points.max(0.0)));
        let either = (f64::NEG_INFINITY, f64::INFINITY);
        let amounts = |curve: Option<&Curve>| {
            let ys = curve.map(|curve| curve.knots.iter().map(|(_, y)| *y * points));
            ys.map(|mut ys| {
                let (least, most) = ys.by_ref().fold((0.0_f64, 0.0_f64), |range, y| {
                    (range.0.min(y), range.1.max(y))
                });
                (least, most)
            })
        };
        match &self.kind {
            CriterionKind::Frequency(_) => (points.min(0.0), points.max(0.0)),
            CriterionKind::Inactivity(rule) if rule.repeat => any(points),
            CriterionKind::Inactivity(_) => (points.min(0.0), points.max(0.0)),
            CriterionKind::Filter(rule) => match (&rule.per, amounts(rule.curve.as_ref())) {
                (_, Some(range)) => range,
                (Some(_), None) if points != 0.0 => either,
                _ => (points.min(0.0), points.max(0.0)),
            },
            CriterionKind::Event(rule) => {
                let (least, most) = match (&rule.per, amounts(rule.curve.as_ref())) {
                    (_, Some(range)) => (unless_zero(range.0), unless_zero(range.1)),
                    (Some(_), None) if points != 0.0 => either,
                    _ => any(points),
                };
                let limit = rule.limit.unwrap_or(f64::INFINITY);
                (least.max(-limit), most.min(limit))
            }
        }
    }
}
