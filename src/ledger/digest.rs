//! Hashes of the pieces of a model.

use super::hash::Hasher;
use crate::condition::{Condition, Operand, Order, Scalar, Test};
use crate::model::{Award, CountRule, Curve, Decay, DecayCurve, EventMatch, Target};
use crate::path::Path;
use crate::time::Duration;

/// A hash of things of different kinds, each told from what comes next.
pub(super) struct Digest(Hasher);

impl Digest {
    pub(super) fn new() -> Digest {
        Digest(Hasher::new())
    }

    pub(super) fn add(&mut self, number: u64) {
        self.0.add(&number.to_le_bytes());
    }

    pub(super) fn tag(&mut self, flag: bool) {
        self.0.add(&[u8::from(flag)]);
    }

    pub(super) fn number(&mut self, number: f64) {
        // -0 is 0.
        self.add((number + 0.0).to_bits());
    }

    pub(super) fn optional(&mut self, number: Option<f64>) {
        self.tag(number.is_some());
        number.into_iter().for_each(|number| self.number(number));
    }

    pub(super) fn text(&mut self, text: &str) {
        self.add(text.len() as u64);
        self.0.add(text.as_bytes());
    }

    pub(super) fn duration(&mut self, duration: Duration) {
        self.add(duration.millis() as u64);
    }

    pub(super) fn path(&mut self, path: &Path) {
        self.add(path.segments.len() as u64);
        for segment in &path.segments {
            self.text(segment);
        }
    }

    pub(super) fn path_or_none(&mut self, path: Option<&Path>) {
        self.tag(path.is_some());
        path.into_iter().for_each(|path| self.path(path));
    }

    pub(super) fn condition_or_none(&mut self, found: Option<&Condition>) {
        self.tag(found.is_some());
        let digests = found.into_iter().map(condition);
        digests.for_each(|digest| self.add(digest));
    }

    /// Things whose order makes no difference.
    fn any_order(&mut self, digests: impl Iterator<Item = u64>) {
        let (count, sum) = digests.fold((0_u64, 0_u64), |(count, sum), digest| {
            (count + 1, sum.wrapping_add(digest))
        });
        self.add(count);
        self.add(sum);
    }

    pub(super) fn matching(&mut self, matching: &EventMatch) {
        let types = matching.types.as_deref();
        self.tag(types.is_some());
        // A type that is named twice is named once.
        let types = types.unwrap_or_default();
        let firsts = types.iter().enumerate();
        let firsts =
            firsts.filter(|(place, name)| !types.iter().take(*place).any(|other| other == *name));
        self.any_order(firsts.map(|(_, name)| digest_of(|digest| digest.text(name))));
        self.condition_or_none(matching.condition.as_ref());
    }

    pub(super) fn count(&mut self, count: &CountRule) {
        self.tag(count.award == Award::First);
        self.tag(count.award == Award::Last);
        self.path_or_none(count.unique_by.as_ref());
        self.optional(count.cooldown.map(|cooldown| cooldown.millis() as f64));
        self.optional(count.per_day.map(f64::from));
    }

    pub(super) fn curve(&mut self, curve: Option<&Curve>) {
        let knots = curve.map(|curve| curve.knots.as_slice());
        self.optional(knots.map(|knots| knots.len() as f64));
        for (x, y) in knots.unwrap_or_default() {
            self.number(*x);
            self.number(*y);
        }
    }

    pub(super) fn decay(&mut self, decay: Decay) {
        let (name, length) = match decay.curve {
            DecayCurve::None => ("none", None),
            DecayCurve::Exponential { half_life } => ("exponential", Some(half_life)),
            DecayCurve::Step => ("step", None),
            DecayCurve::Linear { over } => ("linear", Some(over)),
            DecayCurve::Cosine { cycle } => ("cosine", Some(cycle)),
        };
        self.text(name);
        self.optional(length.map(|length| length.millis() as f64));
        self.tag(decay.from_last_activity);
    }

    pub(super) fn target(&mut self, target: Option<Target>) {
        self.tag(target == Some(Target::Baseline));
        self.optional(match target {
            Some(Target::Points(points)) => Some(points),
            _ => None,
        });
    }

    fn operand(&mut self, operand: &Operand) {
        match operand {
            Operand::Scalar(scalar) => self.scalar(scalar),
            Operand::Path(path) => {
                self.text("path");
                self.path(path);
            }
        }
    }

    fn scalar(&mut self, scalar: &Scalar) {
        match scalar {
            Scalar::Null => self.text("null"),
            Scalar::Bool(flag) => {
                self.text("flag");
                self.tag(*flag);
            }
            Scalar::Number(number) => {
                self.text("number");
                self.number(*number);
            }
            Scalar::Text(text) => {
                self.text("text");
                self.text(text);
            }
        }
    }

    fn scalars(&mut self, scalars: &[Scalar]) {
        let digests = scalars
            .iter()
            .map(|scalar| digest_of(|digest| digest.scalar(scalar)));
        self.any_order(digests);
    }

    pub(super) fn finish(self) -> u64 {
        self.0.finish()
    }
}

fn digest_of(write: impl FnOnce(&mut Digest)) -> u64 {
    let mut digest = Digest::new();
    write(&mut digest);
    digest.finish()
}

/// A hash of a condition; in which order things stand in it makes no difference.
pub(super) fn condition(found: &Condition) -> u64 {
    digest_of(|digest| match found {
        Condition::All(conditions) => {
            digest.text("all");
            digest.any_order(conditions.iter().map(condition));
        }
        Condition::Any(conditions) => {
            digest.text("any");
            digest.any_order(conditions.iter().map(condition));
        }
        Condition::Not(inner) => {
            digest.text("not");
            digest.add(condition(inner));
        }
        Condition::At(path, tests) => {
            digest.text("at");
            digest.path(path);
            digest.any_order(tests.iter().map(test));
        }
    })
}

fn test(found: &Test) -> u64 {
    digest_of(|digest| match found {
        Test::Equal(operand) => {
            digest.text("eq");
            digest.operand(operand);
        }
        Test::NotEqual(operand) => {
            digest.text("ne");
            digest.operand(operand);
        }
        Test::Ordered(order, operand) => {
            digest.text(match order {
                Order::Greater => "gt",
                Order::GreaterOrEqual => "gte",
                Order::Less => "lt",
                Order::LessOrEqual => "lte",
            });
            digest.operand(operand);
        }
        Test::In(scalars) => {
            digest.text("in");
            digest.scalars(scalars);
        }
        Test::NotIn(scalars) => {
            digest.text("notIn");
            digest.scalars(scalars);
        }
        Test::Exists(flag) => {
            digest.text("exists");
            digest.tag(*flag);
        }
        Test::Contains(scalar) => {
            digest.text("contains");
            digest.scalar(scalar);
        }
        Test::StartsWith(text) => {
            digest.text("startsWith");
            digest.text(text);
        }
        Test::OlderThan(duration) => {
            digest.text("olderThan");
            digest.duration(*duration);
        }
        Test::Within(duration) => {
            digest.text("within");
            digest.duration(*duration);
        }
        Test::DueWithin(duration) => {
            digest.text("dueWithin");
            digest.duration(*duration);
        }
    })
}
