//! From criteria to points: parts, weights, clamps, and the receipt of it all.

use super::contribution::{Gain, WithoutValue};
use super::moment::Moment;
use super::result::{Contribution, Lost, PartResult};
use crate::model::{Combine, Criterion, Missing, Model, Part, Stage};

/// The model's points at a moment and how they came about.
pub(super) struct Combination {
    pub(super) points: f64,
    pub(super) parts: Vec<PartResult>,
    pub(super) contributions: Vec<Contribution>,
    pub(super) without_value: WithoutValue,
}

/// A part that has been worked out, but for its share of the whole.
struct Reckoned<'m> {
    part: &'m Part,
    gains: Vec<(&'m Criterion, Gain)>,
    /// Sum of the criteria, before any clamp.
    points: f64,
    /// In a sum: the points. In a weighted composite: the part's own score, before its clamp.
    unclamped: f64,
    /// The same, clamped.
    own: f64,
    weight: f64,
    target: f64,
    missing: bool,
}

/// Works out every part and puts them together.
pub(super) fn combine(
    model: &Model,
    stage: Option<&Stage>,
    moment: &Moment<'_>,
    locale: Option<&str>,
) -> Combination {
    let mut without_value = WithoutValue::default();
    let reckoned: Vec<Reckoned<'_>> = model
        .parts
        .iter()
        .map(|part| reckon(part, model.combine, stage, moment, &mut without_value))
        .collect();
    let divisor = match model.combine {
        Combine::Sum => 1.0,
        Combine::Weighted => reckoned.iter().map(Reckoned::counting_weight).sum(),
    };
    let mut combination = Combination {
        points: 0.0,
        parts: Vec::new(),
        contributions: Vec::new(),
        without_value,
    };
    // The sum comes first and is divided once, so that weights need not add up to anything.
    let mut sum = 0.0;
    for part in &reckoned {
        let weight = match model.combine {
            Combine::Sum => 1.0,
            Combine::Weighted => part.counting_weight(),
        };
        sum += weight * part.own;
        let share = if divisor > 0.0 { weight / divisor } else { 0.0 };
        combination.take(part, model.combine, share, locale);
    }
    let points = if divisor > 0.0 { sum / divisor } else { 0.0 };
    combination.points = model.bounds.clamp(points) + 0.0;
    if combination.points != points {
        let delta = combination.points - points;
        combination
            .contributions
            .push(clamp_line(None, delta, delta));
    }
    combination
}

fn reckon<'m>(
    part: &'m Part,
    combine: Combine,
    stage: Option<&Stage>,
    moment: &Moment<'_>,
    without_value: &mut WithoutValue,
) -> Reckoned<'m> {
    let gains: Vec<(&Criterion, Gain)> = part
        .criteria
        .iter()
        .filter(|criterion| criterion.enabled)
        .map(|criterion| {
            let points = stage
                .and_then(|stage| stage.points.get(&criterion.id))
                .unwrap_or(criterion.points);
            let gain = criterion.kind.gain(points, moment, without_value);
            (criterion, gain)
        })
        .collect();
    let id = part.id.as_deref().unwrap_or_default();
    let staged_target = stage.and_then(|stage| stage.targets.get(id));
    let staged_weight = stage.and_then(|stage| stage.weights.get(id));
    let target = staged_target.unwrap_or(part.target);
    let points: f64 = gains.iter().map(|(_, gain)| gain.points).sum();
    let unclamped = match combine {
        Combine::Sum => points,
        Combine::Weighted => 100.0 * points / target,
    };
    Reckoned {
        part,
        points,
        unclamped,
        own: part.bounds.clamp(unclamped),
        weight: staged_weight.unwrap_or(part.weight),
        target,
        missing: gains.iter().all(|(_, gain)| gain.count == 0),
        gains,
    }
}

impl Reckoned<'_> {
    /// The weight it takes part with: none when it is missing and to be skipped.
    fn counting_weight(&self) -> f64 {
        if self.missing && self.part.missing == Missing::Skip {
            0.0
        } else {
            self.weight
        }
    }
}

impl Combination {
    /// Adds a part and its lines; `share` is what one of its own units is worth to the model.
    fn take(
        &mut self,
        reckoned: &Reckoned<'_>,
        combine: Combine,
        share: f64,
        locale: Option<&str>,
    ) {
        let Reckoned { part, .. } = reckoned;
        let is_weighted = combine == Combine::Weighted;
        let factor = if is_weighted {
            share * (100.0 / reckoned.target)
        } else {
            share
        };
        let id = part.id.as_deref().map(str::to_owned);
        let pick = |label: &Option<crate::model::Label>| {
            label.as_ref().map(|label| label.pick(locale).to_owned())
        };
        for (criterion, gain) in &reckoned.gains {
            self.contributions.push(Contribution {
                criterion: Some(criterion.id.to_string()),
                part: id.clone(),
                label: pick(&criterion.label),
                count: gain.count,
                points: gain.points + 0.0,
                effect: gain.points * factor + 0.0,
                lost: Lost {
                    decay: gain.lost.decay + 0.0,
                    limit: gain.lost.limit + 0.0,
                    expired: gain.lost.expired + 0.0,
                },
            });
        }
        let clamped = reckoned.own - reckoned.unclamped;
        if clamped != 0.0 {
            let points = if is_weighted {
                clamped * (reckoned.target / 100.0)
            } else {
                clamped
            };
            self.contributions
                .push(clamp_line(id.clone(), points, clamped * share));
        }
        if let Some(id) = id {
            self.parts.push(PartResult {
                id,
                label: pick(&part.label),
                points: if is_weighted {
                    reckoned.points
                } else {
                    reckoned.own
                } + 0.0,
                score: is_weighted.then_some(reckoned.own + 0.0),
                weight: is_weighted.then_some(reckoned.weight + 0.0),
                effect: reckoned.own * share + 0.0,
                missing: reckoned.missing,
            });
        }
    }
}

/// The line of a clamp, which no criterion answers for.
fn clamp_line(part: Option<String>, points: f64, effect: f64) -> Contribution {
    Contribution {
        criterion: None,
        part,
        label: None,
        count: 0,
        points: points + 0.0,
        effect: effect + 0.0,
        lost: Lost::default(),
    }
}
