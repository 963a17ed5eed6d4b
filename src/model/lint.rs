//! What is allowed and yet looks wrong.

use serde::Serialize;

use super::criterion::{Criterion, CriterionKind, EventMatch, EventRule, FrequencyRule};
use super::decay::DecayCurve;
use super::document::Model;
use super::part::{Combine, Part};
use super::scale::{StarScale, Target};
use crate::condition::Condition;
use crate::time::MILLIS_PER_DAY;

/// Something about a model that is allowed and yet looks wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// What kind of warning it is: `lint-…`, stable across versions.
    pub code: &'static str,
    /// Where, in the caller's notation.
    pub path: String,
    /// What looks wrong, and why.
    pub message: String,
}

/// Every warning, in the order of the model.
pub(super) fn lint(model: &Model) -> Vec<Warning> {
    let mut warnings = Warnings::default();
    let criteria = located(model);
    lint_weights(model, &mut warnings);
    for (position, one) in criteria.iter().enumerate() {
        lint_criterion(model, one, &mut warnings);
        let before = criteria.get(..position).unwrap_or_default();
        lint_double_count(one, before, &mut warnings);
    }
    lint_reach(model, &mut warnings);
    warnings.0
}

/// A criterion that is enabled, and where it stands.
struct Located<'m> {
    part: &'m Part,
    criterion: &'m Criterion,
    path: String,
}

#[derive(Default)]
struct Warnings(Vec<Warning>);

impl Warnings {
    fn push(&mut self, code: &'static str, path: impl Into<String>, detail: impl AsRef<str>) {
        let path = path.into();
        let message = format!("`{path}` {}", detail.as_ref());
        self.0.push(Warning {
            code,
            path,
            message,
        });
    }
}

fn located(model: &Model) -> Vec<Located<'_>> {
    let mut all = Vec::new();
    for (part_index, part) in model.parts.iter().enumerate() {
        let owner = match part.id {
            Some(_) => format!("model.parts[{part_index}]"),
            None => "model".into(),
        };
        for (index, criterion) in part.criteria.iter().enumerate() {
            if criterion.enabled {
                let path = format!("{owner}.criteria[{index}]");
                all.push(Located {
                    part,
                    criterion,
                    path,
                });
            }
        }
    }
    all
}

/// Weights that add up to neither 1 nor 100 are allowed, and often a slip.
fn lint_weights(model: &Model, warnings: &mut Warnings) {
    if model.combine != Combine::Weighted {
        return;
    }
    let is_whole = |sum: f64| [1.0, 100.0].iter().any(|whole| (sum - whole).abs() < 1e-9);
    let sum_in = |stage: Option<&super::Stage>| -> f64 {
        let weight = |part: &Part| {
            let id = part.id.as_deref().unwrap_or_default();
            let staged = stage.and_then(|stage| stage.weights.get(id));
            staged.unwrap_or(part.weight)
        };
        model.parts.iter().map(weight).sum()
    };
    let sum = sum_in(None);
    let is_even = model.parts.iter().all(|part| part.weight == 1.0);
    if !is_whole(sum) && !is_even {
        let detail = format!("has weights that add up to {sum}, not to 100");
        warnings.push("lint-weights-sum", "model.parts", detail);
    }
    for (index, stage) in model.stages.iter().enumerate() {
        let sum = sum_in(Some(stage));
        if !stage.weights.is_empty() && !is_whole(sum) {
            let detail = format!("makes weights that add up to {sum}, not to 100");
            warnings.push(
                "lint-weights-sum",
                format!("model.stages[{index}].weights"),
                detail,
            );
        }
    }
}

fn lint_criterion(model: &Model, one: &Located<'_>, warnings: &mut Warnings) {
    if let Some(reason) = why_it_never_counts(model, one) {
        let detail = format!("can never count: {reason}");
        warnings.push("lint-criterion-never-counts", &*one.path, detail);
    }
    if let CriterionKind::Event(rule) = &one.criterion.kind
        && let Some((key, detail)) = half_never_reached(rule)
    {
        let path = match rule.has_own_decay {
            true => format!("{}.decay.{key}", one.path),
            false => one.path.clone(),
        };
        warnings.push("lint-half-life-beyond-period", path, detail);
    }
}

fn why_it_never_counts(model: &Model, one: &Located<'_>) -> Option<String> {
    let criterion = one.criterion;
    let is_staged = |id: &str| {
        let mut stages = model.stages.iter();
        stages.any(|stage| stage.points.get(id).is_some_and(|points| points != 0.0))
    };
    if criterion.points == 0.0 && !is_staged(&criterion.id) {
        return Some("its points are 0".into());
    }
    if let Some(id) = &one.part.id
        && model.combine == Combine::Weighted
        && one.part.weight == 0.0
        && !model
            .stages
            .iter()
            .any(|stage| stage.weights.get(id).is_some_and(|weight| weight > 0.0))
    {
        return Some("the weight of its part is 0".into());
    }
    let condition = match &criterion.kind {
        CriterionKind::Event(rule) => rule.matching.condition.as_ref(),
        CriterionKind::Frequency(rule) => rule.matching.condition.as_ref(),
        // An inactivity whose events never match counts from the start.
        CriterionKind::Inactivity(_) => None,
        CriterionKind::Filter(rule) => rule.condition.as_ref(),
    };
    if condition.is_some_and(Condition::can_never_hold) {
        return Some("its `where` can never hold".into());
    }
    match &criterion.kind {
        CriterionKind::Event(rule) if rule.limit == Some(0.0) => Some("its limit is 0".into()),
        CriterionKind::Event(rule) => flat_zero(rule.curve.as_ref()),
        CriterionKind::Filter(rule) => flat_zero(rule.curve.as_ref()),
        CriterionKind::Frequency(rule) => frequency_out_of_reach(rule),
        CriterionKind::Inactivity(_) => None,
    }
}

fn flat_zero(curve: Option<&super::Curve>) -> Option<String> {
    let is_flat = curve?.knots.iter().all(|(_, y)| *y == 0.0);
    is_flat.then(|| "its curve is 0 everywhere".into())
}

/// More events than the daily cap or the cooldown lets through.
fn frequency_out_of_reach(rule: &FrequencyRule) -> Option<String> {
    // An interval touches one civil day more than it has whole days, and one more where a day has 23 hours.
    let days = rule.within.millis().div_euclid(MILLIS_PER_DAY) + 2;
    let most = i64::from(rule.count.per_day?).saturating_mul(days);
    (i64::from(rule.at_least) > most).then(|| {
        format!(
            "at most {most} events count within its time, and it asks for {}",
            rule.at_least
        )
    })
}

/// A period that ends before the points are down to half; with the key that says when they are.
fn half_never_reached(rule: &EventRule) -> Option<(&'static str, &'static str)> {
    let period = rule.period?.millis();
    let (key, half) = match rule.decay.curve {
        DecayCurve::Exponential { half_life } => ("halfLife", half_life.millis()),
        DecayCurve::Linear { over } => ("over", over.millis() / 2),
        DecayCurve::Cosine { cycle } => ("cycle", cycle.millis()),
        DecayCurve::None | DecayCurve::Step => return None,
    };
    let detail = "fades more slowly than the period ends: points are dropped before they are halved";
    (period < half).then_some((key, detail))
}

/// The first criterion before this one that counts the same events for sure.
fn lint_double_count(one: &Located<'_>, before: &[Located<'_>], warnings: &mut Warnings) {
    let CriterionKind::Event(rule) = &one.criterion.kind else {
        return;
    };
    let twin = before.iter().find(|other| match &other.criterion.kind {
        CriterionKind::Event(earlier) => rule.matching.overlaps(&earlier.matching),
        _ => false,
    });
    if let Some(twin) = twin {
        let detail = format!("counts events that `{}` counts too", twin.path);
        warnings.push("lint-event-counted-twice", &*one.path, detail);
    }
}

impl EventMatch {
    /// Whether some event surely matches both: a common type, and conditions that do not tell them apart.
    fn overlaps(&self, other: &EventMatch) -> bool {
        let is_apart = match (&self.condition, &other.condition) {
            (Some(one), Some(other)) => one != other,
            _ => false,
        };
        if is_apart {
            return false;
        }
        match (&self.types, &other.types) {
            (Some(names), Some(others)) => names.iter().any(|name| others.contains(name)),
            (None, Some(names)) | (Some(names), None) => {
                names.iter().any(|name| crate::event::is_activity(name))
            }
            (None, None) => true,
        }
    }
}

/// Segments and stars outside of what the model's points can be.
fn lint_reach(model: &Model, warnings: &mut Warnings) {
    let (least, most) = score_range(model);
    let mut floor: Option<f64> = None;
    for (index, segment) in model.segments.iter().enumerate() {
        let is_above = floor.is_some_and(|floor| floor >= most);
        let is_below = segment.up_to.is_some_and(|up_to| up_to < least);
        if model.has_own_segments && (is_above || is_below) {
            let detail = format!("cannot be reached: scores lie between {least} and {most}");
            let path = format!("model.segments[{index}]");
            warnings.push("lint-segment-unreachable", path, detail);
        }
        floor = segment.up_to;
    }
    if let StarScale::At(thresholds) = &model.stars {
        for (index, threshold) in thresholds.iter().enumerate() {
            if *threshold > most {
                let detail = format!("cannot be reached: scores lie between {least} and {most}");
                let path = format!("model.stars.at[{index}]");
                warnings.push("lint-star-unreachable", path, detail);
            }
        }
    }
}

/// The least and the greatest score that clamps, signs and limits leave possible.
fn score_range(model: &Model) -> (f64, f64) {
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
    let targets = std::iter::once(model.target).chain(staged);
    targets.fold((f64::INFINITY, f64::NEG_INFINITY), |range, target| {
        let (low, high) = match target {
            Target::Points(points) => (100.0 * least / points, 100.0 * most / points),
            // Of an unknown baseline only the sign is known.
            Target::Baseline => (unless_zero(least), unless_zero(most)),
        };
        (range.0.min(low), range.1.max(high))
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
        let points = std::iter::once(criterion.points).chain(staged);
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
        let amounts = |curve: Option<&super::Curve>| {
            let ys = curve.map(|curve| curve.knots.iter().map(|(_, y)| *y * points));
            ys.map(|mut ys| {
                let (least, most) = ys
                    .by_ref()
                    .fold((0.0_f64, 0.0_f64), |range, y| (range.0.min(y), range.1.max(y)));
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
