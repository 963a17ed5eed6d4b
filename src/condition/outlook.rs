//! Whether a condition holds all through a stretch of time, never, or perhaps.

use super::hold::passes_always;
use super::{Condition, Operand, Order, Scalar, Seen, Test};
use crate::path::Path;
use crate::time::Instant;

/// The error of a difference, of the numbers' size; generously.
const ROUNDING: f64 = 4.0 * f64::EPSILON;
/// The least number that is read as a time.
const LEAST_TIME: f64 = 1e11;

/// What is known of a fact over a stretch of time.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Outlook<'v> {
    /// The same all through; none where it is missing.
    Same(Option<Seen<'v>>),
    /// A number that may move.
    Number(Moving),
    /// Anything.
    Unknown,
}

/// A number over a stretch of time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moving {
    /// Never below this…
    pub(crate) low: f64,
    /// …nor above that.
    pub(crate) high: f64,
    /// About what it is at the ends.
    pub(crate) first: f64,
    pub(crate) last: f64,
    /// How far from that it may be.
    pub(crate) slack: f64,
    /// The least and the greatest change in a ms; infinite where it may jump.
    pub(crate) slope: (f64, f64),
}

/// What conditions are asked about over a stretch of time.
pub(crate) trait Outlooks {
    /// What is known of what stands at a path.
    fn outlook(&self, path: &Path) -> Outlook<'_>;
}

/// A stretch of time: from one instant up to and with another.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Period {
    pub(crate) from: Instant,
    pub(crate) to: Instant,
}

impl Condition {
    /// Whether it holds all through a stretch of time (true), at no instant of it (false), or that is not known.
    pub(crate) fn outlook(&self, facts: &dyn Outlooks, period: Period) -> Option<bool> {
        match self {
            Condition::All(conditions) => all(conditions
                .iter()
                .map(|condition| condition.outlook(facts, period))),
            Condition::Any(conditions) => {
                let none = all(conditions
                    .iter()
                    .map(|condition| condition.outlook(facts, period).map(|holds| !holds)));
                none.map(|none| !none)
            }
            Condition::Not(condition) => condition.outlook(facts, period).map(|holds| !holds),
            Condition::At(path, tests) => {
                let value = facts.outlook(path);
                all(tests.iter().map(|test| match (test.operand_path(), value) {
                    // It is always what it is.
                    (Some(other), Outlook::Number(number)) if other == path => {
                        let same = Outlook::Same(Some(Seen::Number(number.low)));
                        test.outlook(same, &Itself(number.low), period)
                    }
                    _ => test.outlook(value, facts, period),
                }))
            }
        }
    }
}

/// A number wherever one looks.
struct Itself(f64);

impl Outlooks for Itself {
    fn outlook(&self, _: &Path) -> Outlook<'_> {
        Outlook::Same(Some(Seen::Number(self.0)))
    }
}

/// True where all are, false where one is.
fn all(outlooks: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut is_sure = true;
    for outlook in outlooks {
        match outlook {
            Some(false) => return Some(false),
            Some(true) => {}
            None => is_sure = false,
        }
    }
    is_sure.then_some(true)
}

impl Test {
    fn outlook(&self, value: Outlook<'_>, facts: &dyn Outlooks, period: Period) -> Option<bool> {
        match self {
            Test::Equal(operand) => equal(value, operand.outlook(facts), period),
            Test::NotEqual(operand) => equal(value, operand.outlook(facts), period).map(|is| !is),
            Test::Ordered(order, operand) => ordered(*order, value, operand.outlook(facts), period),
            Test::In(scalars) => among(value, scalars, period),
            Test::NotIn(scalars) => among(value, scalars, period).map(|is| !is),
            Test::OlderThan(_) | Test::Within(_) | Test::DueWithin(_) => self.aged(value, period),
            Test::Exists(_) | Test::Contains(_) | Test::StartsWith(_) => match value {
                Outlook::Same(seen) => Some(passes_always(self, seen)),
                Outlook::Number(number) => {
                    Some(passes_always(self, Some(Seen::Number(number.low))))
                }
                Outlook::Unknown => None,
            },
        }
    }

    /// Tests of a time: its age only grows.
    fn aged(&self, value: Outlook<'_>, period: Period) -> Option<bool> {
        let seen = match value {
            Outlook::Same(seen) => seen,
            // No fact of a result is as large as a time.
            Outlook::Number(number) if number.high < LEAST_TIME && number.low > -LEAST_TIME => {
                return Some(false);
            }
            _ => return None,
        };
        let ages = super::hold::age(seen, period.from).zip(super::hold::age(seen, period.to));
        let Some((young, old)) = ages else {
            return Some(false);
        };
        // The test holds from one age on, up to another.
        let (begin, end) = match self {
            Test::OlderThan(duration) => (duration.millis(), i64::MAX),
            Test::Within(duration) => (0, duration.millis()),
            Test::DueWithin(duration) => (-duration.millis(), 0),
            _ => return None,
        };
        if young >= begin && old < end {
            Some(true)
        } else if old < begin || young >= end {
            Some(false)
        } else {
            None
        }
    }
}

impl Operand {
    fn outlook<'v>(&'v self, facts: &'v dyn Outlooks) -> Outlook<'v> {
        match self {
            Operand::Scalar(scalar) => Outlook::Same(Some(scalar.seen())),
            Operand::Path(path) => facts.outlook(path),
        }
    }
}

impl Moving {
    /// A number that stays as it is.
    fn still(number: f64) -> Moving {
        Moving {
            low: number,
            high: number,
            first: number,
            last: number,
            slack: 0.0,
            slope: (0.0, 0.0),
        }
    }

    /// Between what its difference from another number stays.
    fn minus(self, other: Moving, period: Period) -> (f64, f64) {
        let (first, last) = (self.first - other.first, self.last - other.last);
        let slope = (self.slope.0 - other.slope.1, self.slope.1 - other.slope.0);
        let is_parallel = slope == (0.0, 0.0) && self.slack + other.slack == 0.0;
        if is_parallel && first == 0.0 && last == 0.0 {
            return (0.0, 0.0);
        }
        let millis = period.to.since(period.from) as f64;
        let size = |number: Moving| number.low.abs().max(number.high.abs());
        let slack = self.slack + other.slack + ROUNDING * (size(self) + size(other));
        let fall = (slope.0 * millis).min(0.0);
        let rise = (slope.1 * millis).max(0.0);
        (
            (self.low - other.high).max((first + fall).max(last - rise) - slack),
            (self.high - other.low).min((first + rise).min(last - fall) + slack),
        )
    }
}

impl Outlook<'_> {
    /// A number that may be still; none for what is missing or no number.
    fn moving(self) -> Option<Moving> {
        match self {
            Outlook::Same(Some(Seen::Number(number))) => Some(Moving::still(number)),
            Outlook::Number(moving) => Some(moving),
            _ => None,
        }
    }
}

fn equal(value: Outlook<'_>, other: Outlook<'_>, period: Period) -> Option<bool> {
    match (value, other) {
        (Outlook::Same(None), _) | (_, Outlook::Same(None)) => Some(false),
        (Outlook::Same(Some(value)), Outlook::Same(Some(other))) => {
            Some(super::hold::are_equal(value, other))
        }
        (Outlook::Unknown, _) | (_, Outlook::Unknown) => None,
        _ => match (value.moving(), other.moving()) {
            (Some(value), Some(other)) => match value.minus(other, period) {
                (low, high) if low > 0.0 || high < 0.0 => Some(false),
                (low, high) => (low == 0.0 && high == 0.0).then_some(true),
            },
            _ => Some(false),
        },
    }
}

fn ordered(order: Order, value: Outlook<'_>, bound: Outlook<'_>, period: Period) -> Option<bool> {
    match (value, bound) {
        (Outlook::Same(None), _) | (_, Outlook::Same(None)) => Some(false),
        (Outlook::Same(Some(value)), Outlook::Same(Some(bound))) => Some(order.holds(value, bound)),
        (Outlook::Unknown, _) | (_, Outlook::Unknown) => None,
        _ => {
            let (Some(value), Some(bound)) = (value.moving(), bound.moving()) else {
                return Some(false);
            };
            let (low, high) = value.minus(bound, period);
            let holds = |number| order.holds(Seen::Number(number), Seen::Number(0.0));
            // The order tests are monotone: the ends decide.
            (holds(low) == holds(high)).then_some(holds(low))
        }
    }
}

fn among(value: Outlook<'_>, scalars: &[Scalar], period: Period) -> Option<bool> {
    let equals = |scalar: &Scalar| equal(value, Outlook::Same(Some(scalar.seen())), period);
    let none = all(scalars.iter().map(|scalar| equals(scalar).map(|is| !is)));
    none.map(|none| !none)
}
