//! Blocks of events: what is left of all of them at any later instant, from three sums.

use crate::score::{Fading, exp2};
use core::f64::consts::{LN_2, PI};

/// Events up to a time, as sums of their amounts.
///
/// What the two others are depends on the fading. Exponential: the amounts, each faded to the time. Linear: the
/// amounts times their ages at the time. Cosine: the amounts times cosine and sine of their ages at the time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Block {
    /// Epoch ms.
    pub(crate) time: f64,
    pub(crate) amount: f64,
    pub(crate) one: f64,
    pub(crate) two: f64,
}

/// What is left of some events at an instant.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Left {
    pub(crate) units: f64,
    /// Change of the units in a ms.
    pub(crate) slope: f64,
}

impl Block {
    /// One event.
    pub(crate) fn of(fading: Fading, time: f64, amount: f64) -> Block {
        let one = match fading {
            Fading::Exponential(_) | Fading::Cosine(_) => amount,
            Fading::None | Fading::Step(_) | Fading::Linear(_) => 0.0,
        };
        Block {
            time,
            amount,
            one,
            two: 0.0,
        }
    }

    /// The same events and those of a later block.
    pub(crate) fn and(self, fading: Fading, later: Block) -> Block {
        let moved = self.moved(fading, later.time);
        Block {
            time: later.time,
            amount: self.amount + later.amount,
            one: moved.one + later.one,
            two: moved.two + later.two,
        }
    }

    /// The same sums for a later time.
    fn moved(self, fading: Fading, time: f64) -> Block {
        let Block { one, two, .. } = self;
        let age = time - self.time;
        let (one, two) = match fading {
            Fading::None | Fading::Step(_) => (one, two),
            Fading::Exponential(half_life) => (one * exp2(-age / half_life), two),
            Fading::Linear(_) => (one + self.amount * age, two),
            Fading::Cosine(end) => {
                let (sine, cosine) = sine_and_cosine(PI * (age / end));
                (one * cosine - two * sine, two * cosine + one * sine)
            }
        };
        Block {
            time,
            one,
            two,
            ..self
        }
    }

    /// What is left at an instant. Of a block that fades to nothing, none may be that old yet; a step is not taken.
    #[inline(always)]
    pub(crate) fn left(&self, fading: Fading, at: f64) -> Left {
        let age = at - self.time;
        match fading {
            Fading::None | Fading::Step(_) => Left {
                units: self.amount,
                slope: 0.0,
            },
            Fading::Exponential(half_life) => {
                let units = self.one * exp2(-age / half_life);
                Left {
                    units,
                    slope: units * (-LN_2 / half_life),
                }
            }
            Fading::Linear(over) => Left {
                units: self.amount * (1.0 - age / over) - self.one / over,
                slope: -self.amount / over,
            },
            Fading::Cosine(end) => {
                let (sine, cosine) = sine_and_cosine(PI * (age / end));
                let half = 0.5 * self.amount;
                Left {
                    units: half + 0.5 * (self.one * cosine - self.two * sine),
                    slope: -(PI / end) * 0.5 * (self.one * sine + self.two * cosine),
                }
            }
        }
    }
}

/// Of 0 to π, within 1e-15. Beyond, that of π: blocks that old are not asked.
fn sine_and_cosine(x: f64) -> (f64, f64) {
    let quarter = crate::score::sine(x.clamp(0.0, PI) * 0.25);
    let (sine, cosine) = doubled(quarter, libm::sqrt(1.0 - quarter * quarter));
    doubled(sine, cosine)
}

/// Sine and cosine of twice the angle.
fn doubled(sine: f64, cosine: f64) -> (f64, f64) {
    (2.0 * sine * cosine, 1.0 - 2.0 * sine * sine)
}

impl core::ops::AddAssign for Left {
    fn add_assign(&mut self, more: Left) {
        self.units += more.units;
        self.slope += more.slope;
    }
}
