//! A number over a stretch of time: what it is at the ends, what it stays within, how fast it moves.

/// A number over a stretch of time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sweep {
    /// At the beginning.
    pub(super) first: f64,
    /// At the end.
    pub(super) last: f64,
    /// Never below this…
    pub(super) low: f64,
    /// …nor above that.
    pub(super) high: f64,
    /// How far all these may be from what a score would work out.
    pub(super) slack: f64,
    /// The least and the greatest change in a ms; infinite where it may jump.
    pub(super) slope: (f64, f64),
}

/// The error of one operation, of 1.
const ROUNDING: f64 = 2.0 * f64::EPSILON;
/// A slope that says nothing.
const ANY_SLOPE: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

impl Sweep {
    /// The same number all through, to the bit.
    pub(super) fn same(number: f64) -> Sweep {
        Sweep {
            first: number,
            last: number,
            low: number,
            high: number,
            slack: 0.0,
            slope: (0.0, 0.0),
        }
    }

    /// A number that goes one way from first to last, without jumps.
    pub(super) fn gliding(first: f64, last: f64, slope: (f64, f64)) -> Sweep {
        Sweep {
            first,
            last,
            low: first.min(last),
            high: first.max(last),
            slack: 0.0,
            slope,
        }
    }

    /// A number that may jump about within bounds.
    pub(super) fn jumping(first: f64, last: f64, low: f64, high: f64) -> Sweep {
        let is_still = low == high && first == low && last == low;
        Sweep {
            first,
            last,
            low,
            high,
            slack: 0.0,
            slope: if is_still { (0.0, 0.0) } else { ANY_SLOPE },
        }
    }

    /// Whether it is the same all through, and known to the bit.
    pub(super) fn is_same(&self) -> bool {
        self.low == self.high && self.slack == 0.0
    }

    pub(super) fn with_slack(self, slack: f64) -> Sweep {
        Sweep { slack, ..self }
    }

    pub(super) fn plus(self, other: Sweep) -> Sweep {
        Sweep {
            first: self.first + other.first,
            last: self.last + other.last,
            low: self.low + other.low,
            high: self.high + other.high,
            slack: self.slack + other.slack,
            slope: (self.slope.0 + other.slope.0, self.slope.1 + other.slope.1),
        }
        .rounded(self.is_same() && other.is_same())
    }

    /// As many times.
    pub(super) fn times(self, factor: f64) -> Sweep {
        self.scaled(|number| number * factor, factor)
    }

    /// A share.
    pub(super) fn over(self, divisor: f64) -> Sweep {
        self.scaled(|number| number / divisor, 1.0 / divisor)
    }

    fn scaled(self, scale: impl Fn(f64) -> f64, factor: f64) -> Sweep {
        if factor == 0.0 || self.is_same() {
            return Sweep::same(scale(self.first));
        }
        let ends = (scale(self.low), scale(self.high));
        let slopes = (self.slope.0 * factor, self.slope.1 * factor);
        let turn = |(low, high): (f64, f64)| match factor < 0.0 {
            true => (high, low),
            false => (low, high),
        };
        let (low, high) = turn(ends);
        Sweep {
            first: scale(self.first),
            last: scale(self.last),
            low,
            high,
            slack: self.slack * factor.abs(),
            slope: turn(slopes),
        }
        .rounded(false)
    }

    /// Within bounds.
    pub(super) fn clamped(self, min: Option<f64>, max: Option<f64>) -> Sweep {
        let clamp = |number: f64| {
            let floored = min.map_or(number, |min| number.max(min));
            max.map_or(floored, |max| floored.min(max))
        };
        let (low, high) = self.bounds();
        if clamp(low) == clamp(high) {
            return Sweep::same(clamp(low));
        }
        let is_free = clamp(low) == low && clamp(high) == high;
        Sweep {
            first: clamp(self.first),
            last: clamp(self.last),
            low: clamp(self.low),
            high: clamp(self.high),
            slack: self.slack,
            slope: match is_free {
                true => self.slope,
                // Held at a bound for a while.
                false => (self.slope.0.min(0.0), self.slope.1.max(0.0)),
            },
        }
    }

    /// What it stays within, for certain.
    pub(super) fn bounds(&self) -> (f64, f64) {
        (self.low - self.slack, self.high + self.slack)
    }

    /// The same, knowing that it cannot have strayed farther from its ends than it moves in so many ms.
    pub(super) fn tightened(self, millis: f64) -> Sweep {
        let fall = (self.slope.0 * millis).min(0.0);
        let rise = (self.slope.1 * millis).max(0.0);
        Sweep {
            low: self.low.max(self.first + fall).max(self.last - rise),
            high: self.high.min(self.first + rise).min(self.last - fall),
            ..self
        }
    }

    fn rounded(self, is_exact: bool) -> Sweep {
        match is_exact {
            true => self,
            false => Sweep {
                slack: self.slack + ROUNDING * self.low.abs().max(self.high.abs()),
                ..self
            },
        }
    }
}
