//! A course seen with a profile: the outcome at any instant.

use super::trail::{At, Shape};
use super::{Course, Track};
use crate::error::Error;
use crate::model::{Criterion, CriterionKind, Model};
use crate::number::rounded;
use crate::score::{
    CustomerFacts, Customers, Gain, Outcome, ProfileFacts, combine, days_between, filter_amount,
    idle_intervals, idle_since, segment_of, target_of,
};
use crate::time::Instant;
use crate::value::Value;

/// A course, and what else an outcome depends on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View<'v> {
    pub(crate) model: &'v Model,
    pub(crate) course: &'v Course,
    pub(crate) profile: &'v Value,
    /// When the profile says that the customer began, in epoch ms.
    declared: Option<f64>,
    baseline: Option<f64>,
    /// Events later than this, in epoch ms, never happen.
    known: f64,
}

/// From here on the ninth decimal is less than a part in 10^11.
const LARGE: f64 = 100.0;

/// How close an outcome is worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Care {
    /// By sums over blocks: as good as adding one by one, but for the last bits.
    Quick,
    /// One by one, in canonical order: the bits of a score.
    Exact,
}

impl<'v> View<'v> {
    pub(crate) fn new(
        model: &'v Model,
        course: &'v Course,
        profile: &'v Value,
        baseline: Option<f64>,
    ) -> View<'v> {
        View {
            model,
            course,
            profile,
            declared: Customers::declared_start(model, profile),
            baseline,
            known: f64::INFINITY,
        }
    }

    /// The same where nothing happens after an instant, in epoch ms.
    pub(crate) fn until(self, known: f64) -> View<'v> {
        View { known, ..self }
    }

    /// What is known at an instant, in epoch ms.
    pub(super) fn at(&self, at: f64) -> At {
        At {
            at,
            known: self.known,
            latest: self.latest(at),
        }
    }

    pub(super) fn baseline(&self) -> Option<f64> {
        self.baseline
    }

    /// The latest activity up to an instant, both in epoch ms.
    pub(crate) fn latest(&self, at: f64) -> Option<f64> {
        last_up_to(&self.course.activities, at.min(self.known))
    }

    /// The beginning of the customer as it is known at an instant, both in epoch ms.
    pub(crate) fn start(&self, at: f64) -> Option<f64> {
        let first = self.course.first_activity;
        let known = first <= at.min(self.known);
        self.declared.or(known.then_some(first))
    }

    /// Since when the customer has been idle for an inactivity criterion, in epoch ms.
    pub(super) fn idle_since(&self, track: &Track, at: f64) -> Option<f64> {
        let matched = match track {
            Track::Matches(times) => last_up_to(times, at.min(self.known)),
            _ => self.latest(at),
        };
        idle_since(matched, self.start(at))
    }

    /// Works out the outcome at an instant, in epoch ms: by quick sums, unless they could tell on stars or segment.
    pub(crate) fn evaluate(&self, at: f64, outcome: &mut Outcome) -> Result<(), Error> {
        let target = self.work_out(at, Care::Quick, outcome)?;
        if is_ambiguous(self.model, outcome, target) {
            self.work_out(at, Care::Exact, outcome)?;
        }
        Ok(())
    }

    /// The same, to the bit as scoring the events would.
    pub(crate) fn evaluate_exactly(&self, at: f64, outcome: &mut Outcome) -> Result<(), Error> {
        self.work_out(at, Care::Exact, outcome).map(|_| ())
    }

    /// Works out the outcome; gives the target.
    fn work_out(&self, at: f64, care: Care, outcome: &mut Outcome) -> Result<f64, Error> {
        let View { model, profile, .. } = *self;
        let instant = Instant::known(at);
        let tenure_days = self.start(at).map(|start| days_between(start, at));
        let facts = CustomerFacts(ProfileFacts {
            profile,
            tenure_days,
        });
        let situation = self.at(at);
        let mut gain_of = |number: usize, criterion: &Criterion| -> Gain {
            let track = self.course.tracks.get(number);
            match (&criterion.kind, track, Shape::of(criterion)) {
                (CriterionKind::Frequency(rule), Some(Track::Trail(trail)), Some(shape)) => {
                    let stretch = trail.stretch(&trail.all, shape, situation);
                    let count = (stretch.to - stretch.from) as u32;
                    let holds = (rule.at_least..=rule.at_most).contains(&count);
                    Gain::of(u32::from(holds), f64::from(u8::from(holds)))
                }
                (_, Some(Track::Trail(trail)), Some(shape)) => match care {
                    Care::Quick => trail.gain(shape, situation),
                    Care::Exact => trail.exact_gain(shape, situation),
                },
                (CriterionKind::Inactivity(rule), Some(track), _) => {
                    let intervals = idle_intervals(rule, self.idle_since(track, at), at);
                    Gain::of(u32::from(intervals >= 1), intervals as f64)
                }
                (CriterionKind::Filter(rule), ..) => match filter_amount(rule, &facts.0, instant) {
                    Some(amount) => Gain::of(1, amount),
                    None => Gain::default(),
                },
                _ => Gain::default(),
            }
        };
        outcome.stage = model.stage_number(&facts, instant);
        let stage = outcome.stage.and_then(|number| model.stages.get(number));
        let target = target_of(model, stage, self.baseline)?;
        combine(model, stage, &mut gain_of, outcome);
        outcome.place(model, target);
        outcome.tenure_days = tenure_days.map(|days| days + 0.0);
        outcome.join(model, profile, situation.latest, instant);
        Ok(target)
    }

    /// How many events matched a criterion with `per` up to an instant, and had no number there.
    pub(crate) fn without_value(&self, at: f64) -> u64 {
        let times = &self.course.without_value;
        let known = times.partition_point(|time| *time <= at.min(self.known));
        known as u64 + self.course.folded_without_value
    }
}

/// The last of some times, never falling, up to an instant.
fn last_up_to(times: &[f64], at: f64) -> Option<f64> {
    let known = times.partition_point(|time| *time <= at);
    times.get(known.checked_sub(1)?).copied()
}

/// Whether an outcome of quick sums could stand elsewhere when added one by one: something that is compared lies near
/// a place where it is rounded up or down.
fn is_ambiguous(model: &Model, outcome: &Outcome, target: f64) -> bool {
    let mut slacks = 0.0;
    let has_audiences = !model.audiences.is_empty();
    for (number, standing) in outcome.parts.iter().enumerate() {
        let lines = outcome.lines.iter();
        let own = lines.filter(|line| line.part == Some(number));
        let slack = own.map(|line| line.slack).sum::<f64>() * standing.leverage(model);
        if has_audiences && is_near_rounding(standing.own(), slack) {
            return true;
        }
        slacks += slack * standing.counting() * outcome.share;
    }
    let factor = 100.0 / target;
    let (score, slack) = (outcome.points * factor, slacks * factor);
    let (low, high) = (rounded(score - slack), rounded(score + slack));
    let stands = |score: f64| (model.stars.stars(score), segment_of(&model.segments, score));
    // A last decimal more or less is nothing to a large score, as long as it stands where it stood.
    low != high && (score.abs() < LARGE || stands(low) != stands(high))
        || has_audiences && is_near_rounding(outcome.points, slacks)
}

fn is_near_rounding(number: f64, slack: f64) -> bool {
    slack > 0.0 && {
        let slack = slack + number.abs() * f64::EPSILON * 4.0;
        rounded(number - slack) != rounded(number + slack)
    }
}
