//! From criteria to points: parts, weights, clamps, and the receipt of it all.

use super::gain::Gain;
use super::outcome::{Line, Lost, Outcome, PartLine};
use crate::model::{Combine, Criterion, CriterionKind, Missing, Model, Part, Stage};
use crate::number::within;

/// What a part is worth before it is put together with the others.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Standing {
    /// Sum of the criteria, before any clamp.
    points: f64,
    /// In a sum: the points. In a weighted composite: the part's own score, before its clamp.
    unclamped: f64,
    /// The same, clamped.
    own: f64,
    weight: f64,
    /// What it takes part with: the weight; 1 in a sum, 0 where it is missing and to be skipped.
    counting: f64,
    target: f64,
    missing: bool,
}

/// The parts put together.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Whole {
    sum: f64,
    /// What the sum is divided by, once, so that weights need not add up to anything.
    divisor: f64,
}

impl Standing {
    /// From the points of a part's criteria, and whether none of them counted anything.
    pub(crate) fn new(
        model: &Model,
        part: &Part,
        stage: Option<&Stage>,
        points: f64,
        missing: bool,
    ) -> Standing {
        let id = part.id.as_deref().unwrap_or_default();
        let target = stage.and_then(|stage| stage.targets.get(id));
        let target = target.unwrap_or(part.target);
        let weight = stage.and_then(|stage| stage.weights.get(id));
        let weight = weight.unwrap_or(part.weight);
        let unclamped = match model.combine {
            Combine::Sum => points,
            Combine::Weighted => 100.0 * points / target,
        };
        Standing {
            points,
            unclamped,
            own: part.bounds.clamp(unclamped),
            weight,
            counting: match model.combine {
                Combine::Sum => 1.0,
                Combine::Weighted if missing && part.missing == Missing::Skip => 0.0,
                Combine::Weighted => weight,
            },
            target,
            missing,
        }
    }
}

impl Whole {
    /// Nothing yet.
    pub(crate) fn new(model: &Model) -> Whole {
        Whole {
            sum: 0.0,
            divisor: match model.combine {
                Combine::Sum => 1.0,
                Combine::Weighted => 0.0,
            },
        }
    }

    /// One part more.
    pub(crate) fn add(&mut self, model: &Model, standing: Standing) {
        self.sum += standing.counting * standing.own;
        if model.combine == Combine::Weighted {
            self.divisor += standing.counting;
        }
    }

    /// The points before the model's own clamp.
    fn unclamped(self) -> f64 {
        self.share(self.sum)
    }

    /// The model's points.
    pub(crate) fn points(self, model: &Model) -> f64 {
        model.bounds.clamp(self.unclamped()) + 0.0
    }

    fn share(self, counting: f64) -> f64 {
        if self.divisor > 0.0 {
            counting / self.divisor
        } else {
            0.0
        }
    }
}

impl Criterion {
    /// What each unit is worth in a stage.
    pub(crate) fn points_in(&self, stage: Option<&Stage>) -> f64 {
        stage
            .and_then(|stage| stage.points.get(&self.id))
            .unwrap_or(self.points)
    }

    /// Points within the criterion's own limit.
    #[inline(always)]
    pub(crate) fn limited(&self, points: f64) -> f64 {
        match &self.kind {
            CriterionKind::Event(rule) => rule
                .limit
                .map_or(points, |limit| within(points, -limit, limit)),
            _ => points,
        }
    }
}

/// Works out every part and puts them together: points, parts and lines of one customer. `gain_of` is asked for every
/// enabled criterion in order, with its number over all parts.
pub(crate) fn combine(
    model: &Model,
    stage: Option<&Stage>,
    gain_of: &mut dyn FnMut(usize, &Criterion) -> Gain,
    outcome: &mut Outcome,
) {
    outcome.parts.clear();
    outcome.lines.clear();
    let mut whole = Whole::new(model);
    let mut number = 0;
    for (part_number, part) in model.parts.iter().enumerate() {
        let mut points = 0.0;
        let mut missing = true;
        for criterion in &part.criteria {
            if criterion.enabled {
                let gain = gain_of(number, criterion);
                let line = line_of(criterion, stage, gain, number, part_number);
                points += line.points;
                missing &= line.count == 0;
                outcome.lines.push(line);
            }
            number += 1;
        }
        let standing = Standing::new(model, part, stage, points, missing);
        whole.add(model, standing);
        let clamped = standing.own - standing.unclamped;
        if clamped != 0.0 {
            outcome.lines.push(clamp_line(Some(part_number), clamped));
        }
        outcome.parts.push(standing);
    }
    for line in &mut outcome.lines {
        if let Some(standing) = line.part.and_then(|part| outcome.parts.get(part)) {
            line.complete(model, *standing, whole);
        }
    }
    outcome.points = whole.points(model);
    if outcome.points != whole.unclamped() {
        let mut line = clamp_line(None, outcome.points - whole.unclamped());
        line.effect = line.points;
        outcome.lines.push(line);
    }
    outcome.share = whole.share(1.0);
}

/// A criterion's line; its effect is known once all parts are.
fn line_of(
    criterion: &Criterion,
    stage: Option<&Stage>,
    gain: Gain,
    number: usize,
    part: usize,
) -> Line {
    let worth = criterion.points_in(stage);
    let unlimited = worth * gain.units;
    let points = criterion.limited(unlimited);
    Line {
        criterion: Some(number),
        part: Some(part),
        slack: worth.abs() * gain.slack,
        count: gain.count,
        points,
        effect: 0.0,
        lost: Lost {
            decay: worth * (gain.full - gain.units) + 0.0,
            limit: unlimited - points + 0.0,
            expired: worth * gain.expired + 0.0,
        },
    }
}

/// The line of a clamp, which no criterion answers for.
fn clamp_line(part: Option<usize>, points: f64) -> Line {
    Line {
        criterion: None,
        part,
        slack: 0.0,
        count: 0,
        points: points + 0.0,
        effect: 0.0,
        lost: Lost::default(),
    }
}

impl Line {
    /// Its share of the model's points, once that of its part is known.
    fn complete(&mut self, model: &Model, standing: Standing, whole: Whole) {
        let share = whole.share(standing.counting);
        let is_weighted = model.combine == Combine::Weighted;
        match self.criterion {
            Some(_) => {
                let factor = match is_weighted {
                    true => share * (100.0 / standing.target),
                    false => share,
                };
                self.effect = self.points * factor + 0.0;
                self.points += 0.0;
            }
            None => {
                self.effect = self.points * share + 0.0;
                if is_weighted {
                    self.points = self.points * (standing.target / 100.0) + 0.0;
                }
            }
        }
    }
}

impl Standing {
    /// What a point of one of its criteria is worth to the part as it is put together with the others.
    pub(crate) fn leverage(&self, model: &Model) -> f64 {
        match model.combine {
            Combine::Sum => 1.0,
            Combine::Weighted => 100.0 / self.target,
        }
    }

    /// What the part takes part with.
    pub(crate) fn counting(&self) -> f64 {
        self.counting
    }

    /// The part as conditions see it: its own score in a weighted composite, else its points.
    pub(crate) fn own(&self) -> f64 {
        self.own
    }

    /// The part as the receipt shows it; `share` is what a weight of 1 is worth to the model.
    pub(crate) fn line(&self, model: &Model, share: f64) -> PartLine {
        let is_weighted = model.combine == Combine::Weighted;
        let points = if is_weighted { self.points } else { self.own };
        PartLine {
            points: points + 0.0,
            score: is_weighted.then_some(self.own + 0.0),
            weight: is_weighted.then_some(self.weight + 0.0),
            effect: self.own * (self.counting * share) + 0.0,
            missing: self.missing,
        }
    }
}
