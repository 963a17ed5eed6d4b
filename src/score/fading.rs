//! How much of an event's points is left at an age.

use core::f64::consts::FRAC_PI_2;

use super::exp2::{exp2, exp2_pair};
use crate::model::DecayCurve;
use crate::time::Duration;

/// Taylor's coefficients of the sine: ±1/n!.
const SINE: [f64; 6] = [
    1.0 / 6_227_020_800.0,
    -1.0 / 39_916_800.0,
    1.0 / 362_880.0,
    -1.0 / 5_040.0,
    1.0 / 120.0,
    -1.0 / 6.0,
];

/// How points fade, in numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Fading {
    None,
    /// Half-life in ms.
    Exponential(f64),
    /// Half the period in ms.
    Step(f64),
    /// All of it in ms.
    Linear(f64),
    /// Two cycles in ms.
    Cosine(f64),
}

impl Fading {
    pub(crate) fn new(curve: DecayCurve, period: Option<Duration>) -> Fading {
        match curve {
            DecayCurve::None => Fading::None,
            DecayCurve::Exponential { half_life } => Fading::Exponential(millis(half_life)),
            DecayCurve::Step => period.map_or(Fading::None, |it| Fading::Step(millis(it) / 2.0)),
            DecayCurve::Linear { over } => Fading::Linear(millis(over)),
            DecayCurve::Cosine { cycle } => Fading::Cosine(2.0 * millis(cycle)),
        }
    }

    /// The share, from 0 to 1, that is left at an age of 0 ms or more.
    ///
    /// # Source
    /// Exponential: half-life. Step: Ortto's published half-life. Linear: HubSpot's monthly percentage.
    /// Cosine: Evergage's S-shape, ½ after one business cycle, 0 after two.
    pub(crate) fn left(self, age: f64) -> f64 {
        match self {
            Fading::None => 1.0,
            Fading::Exponential(half_life) => exp2(-age / half_life),
            Fading::Step(half) if age >= half => 0.5,
            Fading::Step(_) => 1.0,
            Fading::Linear(over) => (1.0 - age / over).max(0.0),
            Fading::Cosine(end) if age < end => cosine_left(age, end),
            Fading::Cosine(_) => 0.0,
        }
    }

    /// What is left of all events of these times, each worth 1.
    pub(crate) fn sum(self, at: f64, times: &[f64]) -> f64 {
        match self {
            Fading::None => times.len() as f64,
            Fading::Exponential(half_life) => exponential_sum(half_life, at, times),
            _ => times.iter().map(|time| self.left(at - time)).sum(),
        }
    }
}

/// One after the other, so that the sum is the same whether two are worked out at once or not.
fn exponential_sum(half_life: f64, at: f64, times: &[f64]) -> f64 {
    let (pairs, rest) = times.as_chunks::<2>();
    let mut sum = 0.0;
    for times in pairs {
        let [first, second] = exp2_pair(times.map(|time| (time - at) / half_life));
        sum += first;
        sum += second;
    }
    for time in rest {
        sum += exp2((time - at) / half_life);
    }
    sum
}

/// `½(1 + cos(π age / end))`, by its other names: `1 - sin²` in the first half, `sin²` of the rest in the second.
fn cosine_left(age: f64, end: f64) -> f64 {
    if 2.0 * age <= end {
        let sine = sine(FRAC_PI_2 * (age / end));
        1.0 - sine * sine
    } else {
        let sine = sine(FRAC_PI_2 * ((end - age) / end));
        sine * sine
    }
}

/// The sine of 0 to π/4, within 1e-15.
pub(crate) fn sine(x: f64) -> f64 {
    let square = x * x;
    let tail = SINE.iter().fold(0.0, |tail, next| tail * square + next);
    x + x * (square * tail)
}

fn millis(duration: Duration) -> f64 {
    duration.millis() as f64
}
