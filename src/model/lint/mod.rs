//! What is allowed and yet looks wrong.

mod never;
mod reach;
mod root;

use alloc::{format, string::String, vec::Vec};
use serde::Serialize;

use crate::condition::Condition;
use crate::model::criterion::{Criterion, CriterionKind, EventRule, FrequencyRule};
use crate::model::curve::Curve;
use crate::model::decay::DecayCurve;
use crate::model::document::Model;
use crate::model::event_match::EventMatch;
use crate::model::part::{Combine, Missing, Part};
use crate::model::progress::StepDone;
use crate::model::stage::Stage;
use crate::names::Names;
use crate::number::number_text;
use crate::path::Path;
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
    match model.combine {
        Combine::Weighted => lint_weights(model, &mut warnings),
        Combine::Sum => lint_without_effect(model, &mut warnings),
    }
    let mut counting = Vec::new();
    for one in located(model) {
        root::lint_root(&one, &mut warnings);
        // What gives nothing fades nothing, and counts nothing twice.
        if let Some(reason) = why_it_never_counts(model, &one) {
            if !is_asked_for(model, &one) {
                let detail = format!("can never count: {reason}");
                warnings.push("lint-criterion-never-counts", &*one.path, detail);
            }
            continue;
        }
        lint_fading(&one, &mut warnings);
        lint_double_count(&one, &counting, &mut warnings);
        counting.push(one);
    }
    let score = reach::score_range(model);
    reach::lint_reach(model, score, &mut warnings);
    never::lint_conditions(model, score, &mut warnings);
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
    let is_whole = |sum: f64| [1.0, 100.0].iter().any(|whole| (sum - whole).abs() < 1e-9);
    let sum_in = |stage: Option<&Stage>| -> f64 {
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
        let detail = format!(
            "has weights that add up to {}, not to 100",
            number_text(sum)
        );
        warnings.push("lint-weights-sum", "model.parts", detail);
    }
    for (index, stage) in model.stages.iter().enumerate() {
        let sum = sum_in(Some(stage));
        if !stage.weights.is_empty() && !is_whole(sum) {
            let detail = format!(
                "makes weights that add up to {}, not to 100",
                number_text(sum)
            );
            warnings.push(
                "lint-weights-sum",
                format!("model.stages[{index}].weights"),
                detail,
            );
        }
    }
}

/// What only a weighted composite reads, where parts are summed.
fn lint_without_effect(model: &Model, warnings: &mut Warnings) {
    let mut warn = |path: String| {
        let detail = "has no effect where parts are summed: it wants `combine` to be `weighted`";
        warnings.push("lint-key-without-effect", path, detail);
    };
    for (index, part) in model.parts.iter().enumerate() {
        let given = [
            ("weight", part.weight != 1.0),
            ("target", part.target != 100.0),
            ("missing", part.missing == Missing::Skip),
        ];
        for (key, _) in given.iter().filter(|(_, is_given)| *is_given) {
            warn(format!("model.parts[{index}].{key}"));
        }
    }
    for (index, stage) in model.stages.iter().enumerate() {
        let given = [("weights", &stage.weights), ("targets", &stage.targets)];
        for (key, _) in given.iter().filter(|(_, numbers)| !numbers.is_empty()) {
            warn(format!("model.stages[{index}].{key}"));
        }
    }
}

fn lint_fading(one: &Located<'_>, warnings: &mut Warnings) {
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

/// Whether something else than the score asks how often it counted: then it is worth having without points.
fn is_asked_for(model: &Model, one: &Located<'_>) -> bool {
    let id = &one.criterion.id;
    let mut asks = false;
    let mut look =
        |path: &Path| asks |= matches!(path.split_first(), ("counts", [name]) if name == id);
    for audience in &model.audiences {
        audience.when.paths(&mut look);
    }
    for nudge in &model.nudges {
        nudge.each_fact(&mut look);
    }
    let is_it = |number: usize| {
        let criterion = model.criteria().nth(number);
        criterion.is_some_and(|(_, criterion)| criterion.id == *id)
    };
    let mut steps = model.progress.steps();
    asks || steps.any(|step| matches!(step.done, StepDone::Criterion(number) if is_it(number)))
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
        CriterionKind::Frequency(rule) if rule.at_least > 0 => rule.matching.condition.as_ref(),
        // "At most so many" holds of none at all.
        CriterionKind::Frequency(_) => None,
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

fn flat_zero(curve: Option<&Curve>) -> Option<String> {
    let is_flat = curve?.knots.iter().all(|(_, y)| *y == 0.0);
    is_flat.then(|| "its curve is 0 everywhere".into())
}

/// More events than the daily cap lets through.
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
    let detail =
        "fades more slowly than the period ends: points are dropped before they are halved";
    (period < half).then_some((key, detail))
}

/// The first criterion before this one that counts the same events for sure.
fn lint_double_count(one: &Located<'_>, before: &[Located<'_>], warnings: &mut Warnings) {
    let CriterionKind::Event(rule) = &one.criterion.kind else {
        return;
    };
    let mut own_types = Names::default();
    for name in rule.matching.types.iter().flatten() {
        own_types.meet(name.as_bytes());
    }
    let twin = before.iter().find(|other| match &other.criterion.kind {
        CriterionKind::Event(earlier) => overlap(&rule.matching, &own_types, &earlier.matching),
        _ => false,
    });
    if let Some(twin) = twin {
        let detail = format!("counts events that `{}` counts too", twin.path);
        warnings.push("lint-event-counted-twice", &*one.path, detail);
    }
}

/// Whether some event surely matches both: a common type, and conditions that do not tell them apart.
fn overlap(one: &EventMatch, types_of_one: &Names, other: &EventMatch) -> bool {
    let is_apart = match (&one.condition, &other.condition) {
        (Some(one), Some(other)) => one != other,
        _ => false,
    };
    if is_apart {
        return false;
    }
    match (&one.types, &other.types) {
        (Some(_), Some(others)) => others
            .iter()
            .any(|name| types_of_one.find(name.as_bytes()).is_some()),
        (None, Some(names)) | (Some(names), None) => names
            .iter()
            .any(|name| crate::event::is_activity(name.as_bytes())),
        (None, None) => true,
    }
}
