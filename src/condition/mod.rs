//! The one condition language: over an event's `data`, over the profile, over facts of a result.

mod check;
mod hold;
mod outlook;
mod vacuous;

pub(crate) use check::{each_path, read_condition};
pub(crate) use hold::{Facts, Seen};
pub(crate) use outlook::{Moving, Outlook, Outlooks, Period};

use crate::path::Path;
use crate::time::Duration;
use alloc::{boxed::Box, vec::Vec};

/// When something holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    /// What stands at the path passes every test.
    At(Path, Vec<Test>),
}

/// One test of one value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Test {
    Equal(Operand),
    NotEqual(Operand),
    Ordered(Order, Operand),
    In(Vec<Scalar>),
    NotIn(Vec<Scalar>),
    Exists(bool),
    Contains(Scalar),
    StartsWith(Box<str>),
    OlderThan(Duration),
    Within(Duration),
    DueWithin(Duration),
}

/// The four order tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

/// What a value is compared with.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Operand {
    Scalar(Scalar),
    Path(Path),
}

/// A value without parts.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Scalar {
    Null,
    Bool(bool),
    Number(f64),
    Text(Box<str>),
}

impl Condition {
    /// Every path it asks for.
    pub(crate) fn paths(&self, each: &mut dyn FnMut(&Path)) {
        match self {
            Condition::All(conditions) | Condition::Any(conditions) => {
                for condition in conditions {
                    condition.paths(each);
                }
            }
            Condition::Not(condition) => condition.paths(each),
            Condition::At(path, tests) => {
                each(path);
                tests.iter().filter_map(Test::operand_path).for_each(each);
            }
        }
    }

    /// The same, to be changed.
    pub(crate) fn paths_mut(&mut self, each: &mut dyn FnMut(&mut Path)) {
        match self {
            Condition::All(conditions) | Condition::Any(conditions) => {
                for condition in conditions {
                    condition.paths_mut(each);
                }
            }
            Condition::Not(condition) => condition.paths_mut(each),
            Condition::At(path, tests) => {
                each(path);
                for test in tests {
                    test.paths_mut(each);
                }
            }
        }
    }
}

impl Test {
    /// The path that it compares with.
    fn operand_path(&self) -> Option<&Path> {
        match self {
            Test::Equal(Operand::Path(path))
            | Test::NotEqual(Operand::Path(path))
            | Test::Ordered(_, Operand::Path(path)) => Some(path),
            _ => None,
        }
    }

    fn paths_mut(&mut self, each: &mut dyn FnMut(&mut Path)) {
        match self {
            Test::Equal(Operand::Path(path))
            | Test::NotEqual(Operand::Path(path))
            | Test::Ordered(_, Operand::Path(path)) => each(path),
            _ => {}
        }
    }
}
