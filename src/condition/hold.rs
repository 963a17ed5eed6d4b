//! Whether a condition holds.

use super::{Condition, Operand, Order, Scalar, Test};
use crate::path::Path;
use crate::time::Instant;
use crate::value::Value;

/// What conditions are asked about.
pub(crate) trait Facts {
    /// What stands at a path.
    fn find(&self, path: &Path) -> Option<Seen<'_>>;
}

/// A value as a test sees it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Seen<'v> {
    Null,
    Bool(bool),
    Number(f64),
    /// A text, as UTF-8: it sorts as code points do.
    Text(&'v [u8]),
    List(&'v [Value]),
    /// An object: present, and equal to nothing.
    Object,
}

impl Condition {
    /// Whether it holds of the facts at an instant.
    pub(crate) fn holds(&self, facts: &dyn Facts, now: Instant) -> bool {
        match self {
            Condition::All(conditions) => conditions.iter().all(|one| one.holds(facts, now)),
            Condition::Any(conditions) => conditions.iter().any(|one| one.holds(facts, now)),
            Condition::Not(condition) => !condition.holds(facts, now),
            Condition::At(path, tests) => {
                let seen = facts.find(path);
                tests.iter().all(|test| test.passes(seen, facts, now))
            }
        }
    }
}

impl Test {
    fn passes(&self, seen: Option<Seen<'_>>, facts: &dyn Facts, now: Instant) -> bool {
        match self {
            Test::Equal(operand) => equals(seen, operand, facts),
            Test::NotEqual(operand) => !equals(seen, operand, facts),
            Test::Ordered(order, operand) => match (seen, operand.seen(facts)) {
                (Some(value), Some(bound)) => order.holds(value, bound),
                _ => false,
            },
            Test::In(scalars) => is_among(seen, scalars),
            Test::NotIn(scalars) => !is_among(seen, scalars),
            Test::Exists(_) | Test::Contains(_) | Test::StartsWith(_) => passes_always(self, seen),
            Test::OlderThan(duration) => age(seen, now).is_some_and(|age| age >= duration.millis()),
            Test::Within(duration) => {
                age(seen, now).is_some_and(|age| (0..duration.millis()).contains(&age))
            }
            Test::DueWithin(duration) => {
                age(seen, now).is_some_and(|age| 0 < -age && -age <= duration.millis())
            }
        }
    }
}

/// The tests that ask about nothing but the value.
pub(super) fn passes_always(test: &Test, seen: Option<Seen<'_>>) -> bool {
    match test {
        Test::Exists(expected) => seen.is_some() == *expected,
        Test::Contains(part) => contains(seen, part),
        Test::StartsWith(start) => {
            matches!(seen, Some(Seen::Text(text)) if text.starts_with(start.as_bytes()))
        }
        _ => false,
    }
}

impl Order {
    /// Numbers with numbers, texts with texts by code point; else false.
    pub(super) fn holds(self, value: Seen<'_>, bound: Seen<'_>) -> bool {
        let ordering = match (value, bound) {
            (Seen::Number(value), Seen::Number(bound)) => value.partial_cmp(&bound),
            (Seen::Text(value), Seen::Text(bound)) => Some(value.cmp(bound)),
            _ => None,
        };
        ordering.is_some_and(|ordering| match self {
            Order::Greater => ordering.is_gt(),
            Order::GreaterOrEqual => ordering.is_ge(),
            Order::Less => ordering.is_lt(),
            Order::LessOrEqual => ordering.is_le(),
        })
    }
}

impl Operand {
    fn seen<'v>(&'v self, facts: &'v dyn Facts) -> Option<Seen<'v>> {
        match self {
            Operand::Scalar(scalar) => Some(scalar.seen()),
            Operand::Path(path) => facts.find(path),
        }
    }
}

impl Scalar {
    pub(super) fn seen(&self) -> Seen<'_> {
        match self {
            Scalar::Null => Seen::Null,
            Scalar::Bool(flag) => Seen::Bool(*flag),
            Scalar::Number(number) => Seen::Number(*number),
            Scalar::Text(text) => Seen::Text(text.as_bytes()),
        }
    }
}

impl<'v> From<&'v Value> for Seen<'v> {
    fn from(value: &'v Value) -> Seen<'v> {
        match value {
            Value::Null | Value::Alien(_) => Seen::Null,
            Value::Bool(flag) => Seen::Bool(*flag),
            Value::Number(number) => Seen::Number(*number),
            Value::Text(text) | Value::Torn(text) => Seen::Text(text.as_bytes()),
            Value::List(items) => Seen::List(items),
            Value::Map(_) => Seen::Object,
        }
    }
}

/// An event's data, or a profile, as facts: its own properties.
impl Facts for Value {
    fn find(&self, path: &Path) -> Option<Seen<'_>> {
        path.find(self).map(Seen::from)
    }
}

fn equals(seen: Option<Seen<'_>>, operand: &Operand, facts: &dyn Facts) -> bool {
    match (seen, operand.seen(facts)) {
        (Some(value), Some(other)) => are_equal(value, other),
        _ => false,
    }
}

fn is_among(seen: Option<Seen<'_>>, scalars: &[Scalar]) -> bool {
    seen.is_some_and(|value| scalars.iter().any(|scalar| are_equal(value, scalar.seen())))
}

/// Equal scalars of one type; lists and objects are equal to nothing.
pub(super) fn are_equal(a: Seen<'_>, b: Seen<'_>) -> bool {
    match (a, b) {
        (Seen::Null, Seen::Null) => true,
        (Seen::Bool(a), Seen::Bool(b)) => a == b,
        (Seen::Number(a), Seen::Number(b)) => a == b,
        (Seen::Text(a), Seen::Text(b)) => a == b,
        _ => false,
    }
}

fn contains(seen: Option<Seen<'_>>, part: &Scalar) -> bool {
    match (seen, part) {
        (Some(Seen::Text(text)), Scalar::Text(part)) => is_within(part.as_bytes(), text),
        (Some(Seen::List(items)), part) => items
            .iter()
            .any(|item| are_equal(Seen::from(item), part.seen())),
        _ => false,
    }
}

/// Whether one text stands in another, byte by byte: the library's search is swift, and large.
fn is_within(part: &[u8], text: &[u8]) -> bool {
    part.is_empty() || text.windows(part.len()).any(|window| window == part)
}

/// How long ago a time was, in ms; none for what is no time.
pub(super) fn age(seen: Option<Seen<'_>>, now: Instant) -> Option<i64> {
    let time = match seen? {
        Seen::Number(millis) => Instant::from_millis(millis),
        Seen::Text(text) => Instant::from_rfc3339_bytes(text),
        _ => return None,
    };
    Some(now.since(time.ok()?))
}
