//! How much of an event's points is left at an age.

use std::f64::consts::PI;

use crate::model::DecayCurve;
use crate::time::Duration;

impl DecayCurve {
    /// The share, from 0 to 1, that is left at an age of 0 ms or more.
    ///
    /// # Source
    /// Exponential: half-life. Step: Ortto's published half-life. Linear: HubSpot's monthly percentage.
    /// Cosine: Evergage's S-shape, ½ after one business cycle, 0 after two. The `libm` crate computes exp2
    /// and cos for every target, since those of the hosts differ in the last bit.
    pub(super) fn left(self, age_millis: i64, period: Option<Duration>) -> f64 {
        let age = age_millis as f64;
        match self {
            DecayCurve::None => 1.0,
            DecayCurve::Exponential { half_life } => libm::exp2(-age / millis(half_life)),
            DecayCurve::Step => match period {
                Some(period) if age >= millis(period) / 2.0 => 0.5,
                _ => 1.0,
            },
            DecayCurve::Linear { over } => (1.0 - age / millis(over)).max(0.0),
            DecayCurve::Cosine { cycle } => {
                let end = 2.0 * millis(cycle);
                if age < end {
                    0.5 * (1.0 + libm::cos(PI * age / end))
                } else {
                    0.0
                }
            }
        }
    }
}

fn millis(duration: Duration) -> f64 {
    duration.millis() as f64
}
