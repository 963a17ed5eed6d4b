//! What comes out of a score. Everything serialises to the camelCase shapes of the JavaScript face.

use alloc::{borrow::ToOwned, string::String, string::ToString, vec::Vec};
use serde::Serialize;

use super::combination::Standing;
use super::options::ScoreOptions;
use super::outcome::{Line, Lost, NextStar, Outcome};
use crate::model::{Label, Model, Part};
use crate::time::Instant;

/// A customer's score at one instant, and how it came about.
///
/// No number in it is ever NaN, infinite or -0.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ScoreResult {
    /// The instant of evaluation, in epoch ms.
    pub at: Instant,
    /// The sum of the contributions' effects.
    pub points: f64,
    /// Points on the model's 0-100 scale, rounded to 9 decimals; over 100 is a power user.
    pub score: f64,
    /// 0 to 5, or to the number of the model's own thresholds.
    pub stars: u8,
    /// The real number behind the picture of the stars.
    pub stars_exact: f64,
    /// The id of the score's band.
    pub segment: String,
    /// The id of the stage the customer is in.
    pub stage: Option<String>,
    /// Days of 24 hours since the customer's start.
    pub tenure_days: Option<f64>,
    /// The parts of a composite model, in order; empty for a model without.
    pub parts: Vec<PartResult>,
    /// The receipt: its effects add up to `points`.
    pub contributions: Vec<Contribution>,
    /// Events that did not count, and why.
    pub ignored: Ignored,
    /// The ids of the audiences that the customer belongs to, in the order of the model.
    pub audiences: Vec<String>,
    /// Where the score is heading, when asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trend: Option<Trend>,
    /// What it takes to reach the next star, when asked for; none within where all are reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_star: Option<Option<StarWithinReach>>,
    /// When stars or segment change if nothing more happens, when asked for; none within where they do not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_change: Option<Option<ComingChange>>,
}

/// One part of a composite model.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PartResult {
    /// The part's id.
    pub id: String,
    /// Its label in the caller's language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Its points: clamped in a sum, before its own scale in a weighted composite.
    pub points: f64,
    /// Its own 0-100 score in a weighted composite.
    pub score: Option<f64>,
    /// Its weight in a weighted composite, as the stage has it.
    pub weight: Option<f64>,
    /// What it adds to the model's points, before the model's own clamp.
    pub effect: f64,
    /// Whether none of its criteria counted anything.
    pub missing: bool,
}

/// A line of the receipt: what one criterion, or one clamp, gave.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Contribution {
    /// The criterion's id; none for the clamp of a part or of the model.
    pub criterion: Option<String>,
    /// The id of the part it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// The criterion's label in the caller's language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Counted events in the period; 1 or 0 for criteria that hold or do not.
    pub count: u64,
    /// What it gives, in the unit of its part's points.
    pub points: f64,
    /// Its share of the model's points.
    pub effect: f64,
    /// What it would have given besides.
    pub lost: Lost,
}

/// What it takes to reach the next star.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StarWithinReach {
    /// The stars it would be.
    pub stars: u8,
    /// The points missing.
    pub points: f64,
    /// What could be done: the least effort first.
    pub actions: Vec<Action>,
}

/// One thing to do, so many times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Action {
    /// The criterion's id.
    pub criterion: String,
    /// Its label in the caller's language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// How many further events of its type reach the star, if they happen now.
    pub count: u32,
}

/// Where stars or segment go first, if nothing more happens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ComingChange {
    /// The first instant at which they differ.
    pub at: Instant,
    /// The stars from then on.
    pub stars: u8,
    /// The segment's id from then on.
    pub segment: String,
}

/// Events that did not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Ignored {
    /// Left out as invalid, with `onInvalid: "skip"`.
    pub invalid: u64,
    /// A second event with the same id.
    pub duplicate: u64,
    /// Later than the instant of evaluation.
    pub future: u64,
    /// Matched by a criterion with `per`, and without a number there.
    pub no_value: u64,
    /// Came to a ledger after their time had been settled; left out of plain data where there are none.
    #[serde(skip_serializing_if = "is_none")]
    pub settled: u64,
}

fn is_none(count: &u64) -> bool {
    *count == 0
}

/// Where a score is heading.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Trend {
    /// The score now minus the score then.
    pub delta: f64,
    /// What to call it.
    pub direction: Direction,
}

/// The name of a trend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Up by more than the dead band.
    Rising,
    /// Down by more than the dead band.
    Falling,
    /// Within the dead band.
    Steady,
    /// The customer started since then.
    New,
}

impl ScoreResult {
    /// The outcome in the words of the model.
    pub(crate) fn new(model: &Model, outcome: &Outcome, options: &ScoreOptions) -> ScoreResult {
        let words = Words {
            model,
            locale: options.locale.as_deref(),
        };
        ScoreResult {
            at: options.at,
            points: outcome.points,
            score: outcome.score,
            stars: outcome.stars,
            stars_exact: outcome.stars_exact,
            segment: words.segment(outcome.segment),
            stage: outcome
                .stage
                .and_then(|stage| model.stages.get(stage))
                .map(|stage| stage.id.to_string()),
            tenure_days: outcome.tenure_days,
            parts: model
                .parts
                .iter()
                .zip(&outcome.parts)
                .filter_map(|(part, standing)| words.part(part, *standing, outcome.share))
                .collect(),
            contributions: outcome.lines.iter().map(|line| words.line(line)).collect(),
            ignored: outcome.ignored,
            audiences: words.audiences(&outcome.audiences),
            next_star: outcome.next_star.as_ref().map(|next| {
                let next = next.as_ref()?;
                Some(words.within_reach(next))
            }),
            next_change: outcome.next_change.map(|next| {
                let next = next?;
                Some(ComingChange {
                    at: Instant::known(next.at),
                    stars: next.stars,
                    segment: words.segment(next.segment),
                })
            }),
            trend: outcome.trend,
        }
    }
}

/// Where names and labels come from.
struct Words<'m> {
    model: &'m Model,
    locale: Option<&'m str>,
}

impl Words<'_> {
    fn pick(&self, label: Option<&Label>) -> Option<String> {
        label.map(|label| label.pick(self.locale).to_owned())
    }

    fn segment(&self, number: usize) -> String {
        let segment = self.model.segments.get(number);
        segment.map_or_else(String::new, |segment| segment.id.to_string())
    }

    fn audiences(&self, belongs: &[bool]) -> Vec<String> {
        let audiences = self.model.audiences.iter().zip(belongs);
        audiences
            .filter(|(_, belongs)| **belongs)
            .map(|(audience, _)| audience.id.to_string())
            .collect()
    }

    fn within_reach(&self, next: &NextStar) -> StarWithinReach {
        let action = |(number, count): &(usize, u32)| {
            let (_, criterion) = self.model.criteria().nth(*number)?;
            Some(Action {
                criterion: criterion.id.to_string(),
                label: self.pick(criterion.label.as_ref()),
                count: *count,
            })
        };
        StarWithinReach {
            stars: next.stars,
            points: next.points,
            actions: next.actions.iter().filter_map(action).collect(),
        }
    }

    /// None for the only part of a model without parts.
    fn part(&self, part: &Part, standing: Standing, share: f64) -> Option<PartResult> {
        let line = standing.line(self.model, share);
        Some(PartResult {
            id: part.id.as_deref()?.to_owned(),
            label: self.pick(part.label.as_ref()),
            points: line.points,
            score: line.score,
            weight: line.weight,
            effect: line.effect,
            missing: line.missing,
        })
    }

    fn line(&self, line: &Line) -> Contribution {
        let criterion = line
            .criterion
            .and_then(|number| self.model.criteria().nth(number));
        let part = line.part.and_then(|number| self.model.parts.get(number));
        Contribution {
            criterion: criterion.map(|(_, criterion)| criterion.id.to_string()),
            part: part.and_then(|part| part.id.as_deref()).map(str::to_owned),
            label: criterion.and_then(|(_, criterion)| self.pick(criterion.label.as_ref())),
            count: u64::from(line.count),
            points: line.points,
            effect: line.effect,
            lost: line.lost,
        }
    }
}
