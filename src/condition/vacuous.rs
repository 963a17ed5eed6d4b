//! Conditions that no facts can make hold, as far as their own words tell: for lint.

use super::{Condition, Operand, Order, Scalar, Test};
use alloc::vec::Vec;

impl Condition {
    /// Whether no facts at all can make it hold, as far as its own words tell.
    pub(crate) fn can_never_hold(&self) -> bool {
        match self {
            Condition::All(conditions) => conditions.iter().any(Condition::can_never_hold),
            Condition::Any(conditions) => conditions.iter().all(Condition::can_never_hold),
            Condition::Not(condition) => condition.always_holds(),
            Condition::At(_, tests) => {
                tests.iter().any(|test| *test == Test::In(Vec::new())) || is_empty_range(tests)
            }
        }
    }

    fn always_holds(&self) -> bool {
        match self {
            Condition::All(conditions) => conditions.iter().all(Condition::always_holds),
            Condition::Any(conditions) => conditions.iter().any(Condition::always_holds),
            Condition::Not(condition) => condition.can_never_hold(),
            Condition::At(_, tests) => tests.is_empty(),
        }
    }
}

/// Whether tests of one value ask for a number above what they ask it to be below.
fn is_empty_range(tests: &[Test]) -> bool {
    let mut least = (f64::NEG_INFINITY, true);
    let mut most = (f64::INFINITY, true);
    for test in tests {
        let (order, bound) = match test {
            Test::Ordered(order, Operand::Scalar(Scalar::Number(bound))) => (Some(*order), *bound),
            Test::Equal(Operand::Scalar(Scalar::Number(bound))) => (None, *bound),
            _ => continue,
        };
        if !matches!(order, Some(Order::Less | Order::LessOrEqual)) && bound >= least.0 {
            least = (
                bound,
                order != Some(Order::Greater) && (bound > least.0 || least.1),
            );
        }
        if !matches!(order, Some(Order::Greater | Order::GreaterOrEqual)) && bound <= most.0 {
            most = (
                bound,
                order != Some(Order::Less) && (bound < most.0 || most.1),
            );
        }
    }
    least.0 > most.0 || (least.0 == most.0 && !(least.1 && most.1))
}
