//! How points fade with age, and the engagement period within which they count at all.

use crate::check::{Checker, Fields, Node};
use crate::time::Duration;
use crate::value::Value;

/// How points fade.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Decay {
    pub(crate) curve: DecayCurve,
    /// Whether age is that of the customer's latest activity instead of each event's own.
    pub(crate) from_last_activity: bool,
}

/// The shape of the fading.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum DecayCurve {
    None,
    Exponential { half_life: Duration },
    Step,
    Linear { over: Duration },
    Cosine { cycle: Duration },
}

/// What criteria inherit where they say nothing of their own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fading {
    /// The engagement period; none is all time.
    pub(super) period: Option<Duration>,
    pub(super) decay: Decay,
}

impl Decay {
    pub(crate) const NONE: Decay = Decay {
        curve: DecayCurve::None,
        from_last_activity: false,
    };
}

impl Fading {
    /// Thirty days without decay: the specification's default.
    pub(super) const DEFAULT: Fading = Fading {
        period: Some(Duration::DAYS_30),
        decay: Decay::NONE,
    };

    /// What `period` and `decay` of an object say, else what was inherited.
    pub(super) fn read(self, checker: &mut Checker, fields: Fields<'_, '_>) -> Fading {
        Fading {
            period: match fields.get("period") {
                None => self.period,
                Some(node) if *node.value == Value::Null => None,
                Some(node) => checker.positive_duration(node).or(self.period),
            },
            decay: match fields.get("decay") {
                None => self.decay,
                Some(node) if *node.value == Value::Null => Decay::NONE,
                Some(node) => read_decay(checker, node),
            },
        }
    }
}

/// The shapes, for [`Checker::choice`].
const CURVES: [(&str, &[&str]); 5] = [
    ("none", &["curve", "from"]),
    ("exponential", &["curve", "halfLife", "from"]),
    ("step", &["curve", "from"]),
    ("linear", &["curve", "over", "from"]),
    ("cosine", &["curve", "cycle", "from"]),
];
const ALL_KEYS: [&str; 5] = ["curve", "halfLife", "over", "cycle", "from"];

fn read_decay(checker: &mut Checker, node: Node<'_, '_>) -> Decay {
    let keys = match node.value.get("curve") {
        Some(Value::Text(name)) => CURVES.iter().find(|(curve, _)| *curve == &**name),
        _ => None,
    };
    let known = keys.map_or(&ALL_KEYS[..], |(_, keys)| keys);
    let Some(fields) = checker.fields(node.value, &node.place, known) else {
        return Decay::NONE;
    };
    let names = CURVES.map(|(name, _)| (name, name));
    let curve = checker
        .required(fields, "curve")
        .and_then(|node| checker.choice(node, &names));
    let length = |checker: &mut Checker, key| {
        checker
            .required(fields, key)
            .and_then(|node| checker.positive_duration(node))
            .unwrap_or(Duration::DAYS_30)
    };
    let curve = match curve {
        Some("exponential") => DecayCurve::Exponential {
            half_life: length(checker, "halfLife"),
        },
        Some("step") => DecayCurve::Step,
        Some("linear") => DecayCurve::Linear {
            over: length(checker, "over"),
        },
        Some("cosine") => DecayCurve::Cosine {
            cycle: length(checker, "cycle"),
        },
        _ => DecayCurve::None,
    };
    let from = fields
        .get("from")
        .and_then(|node| checker.choice(node, &[("last-activity", true)]));
    Decay {
        curve,
        from_last_activity: from.unwrap_or(false),
    }
}
