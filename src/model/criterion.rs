//! The four kinds of criteria: what gives points.

use super::curve::{Curve, read_curve};
use super::decay::{Decay, DecayCurve, Fading};
use super::event_match::{EventMatch, read_match};
use super::label::{Label, read_href, read_icon, read_label_at};
use crate::check::{Checker, Fields, MAX_NUMBER, Node};
use crate::condition::{Condition, read_condition};
use crate::error::ErrorCode;
use crate::path::Path;
use crate::time::Duration;
use crate::value::Value;
use alloc::{boxed::Box, format, vec, vec::Vec};

/// One rule that gives points.
#[derive(Debug, Clone)]
pub(crate) struct Criterion {
    pub(crate) id: Box<str>,
    pub(crate) label: Option<Label>,
    pub(crate) enabled: bool,
    pub(crate) points: f64,
    /// What one occurrence costs the customer, beside others.
    pub(crate) effort: f64,
    pub(crate) kind: CriterionKind,
}

#[derive(Debug, Clone)]
pub(crate) enum CriterionKind {
    Event(EventRule),
    Frequency(FrequencyRule),
    Inactivity(InactivityRule),
    Filter(FilterRule),
}

/// Points for events, fading with age.
#[derive(Debug, Clone)]
pub(crate) struct EventRule {
    pub(crate) matching: EventMatch,
    pub(crate) count: CountRule,
    pub(crate) per: Option<Path>,
    pub(crate) curve: Option<Curve>,
    /// The engagement period; none is all time.
    pub(crate) period: Option<Duration>,
    pub(crate) decay: Decay,
    /// Whether the decay is the criterion's own, not inherited.
    pub(super) has_own_decay: bool,
    pub(crate) limit: Option<f64>,
}

/// Points when the number of events lies within bounds.
#[derive(Debug, Clone)]
pub(crate) struct FrequencyRule {
    pub(crate) matching: EventMatch,
    pub(crate) count: CountRule,
    pub(crate) at_least: u32,
    pub(crate) at_most: u32,
    pub(crate) within: Duration,
}

/// Points when nothing has happened for a while.
#[derive(Debug, Clone)]
pub(crate) struct InactivityRule {
    pub(crate) matching: EventMatch,
    pub(crate) idle_for: Duration,
    pub(crate) repeat: bool,
}

/// Points for what the profile says.
#[derive(Debug, Clone)]
pub(crate) struct FilterRule {
    pub(crate) condition: Option<Condition>,
    pub(crate) per: Option<Path>,
    pub(crate) curve: Option<Curve>,
}

/// Which of the matching events are counted.
#[derive(Debug, Clone)]
pub(crate) struct CountRule {
    pub(crate) award: Award,
    pub(crate) unique_by: Option<Path>,
    pub(crate) cooldown: Option<Duration>,
    pub(crate) per_day: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Award {
    First,
    Last,
    Every,
}

impl CriterionKind {
    /// Which events it is about; none for a filter.
    pub(crate) fn matching(&self) -> Option<&EventMatch> {
        match self {
            CriterionKind::Event(rule) => Some(&rule.matching),
            CriterionKind::Frequency(rule) => Some(&rule.matching),
            CriterionKind::Inactivity(rule) => Some(&rule.matching),
            CriterionKind::Filter(_) => None,
        }
    }
}

impl Criterion {
    /// Whether it counts by civil days.
    pub(crate) fn uses_civil_days(&self) -> bool {
        self.enabled
            && match &self.kind {
                CriterionKind::Event(rule) => rule.count.per_day.is_some(),
                CriterionKind::Frequency(rule) => rule.count.per_day.is_some(),
                CriterionKind::Inactivity(_) | CriterionKind::Filter(_) => false,
            }
    }
}

const COMMON_KEYS: [&str; 7] = ["id", "kind", "points", "label", "icon", "href", "effort"];
const EVENT_KEYS: [&str; 11] = [
    "event", "where", "award", "uniqueBy", "cooldown", "perDay", "per", "curve", "period", "decay",
    "limit",
];
const FREQUENCY_KEYS: [&str; 7] = [
    "event", "where", "uniqueBy", "perDay", "atLeast", "atMost", "within",
];
const INACTIVITY_KEYS: [&str; 4] = ["event", "where", "for", "repeat"];
const FILTER_KEYS: [&str; 3] = ["where", "per", "curve"];

/// A criterion; none where something else than an object stands.
pub(super) fn read_criterion(
    checker: &mut Checker,
    node: Node<'_, '_>,
    inherited: Fading,
) -> Option<Criterion> {
    let kind = match node.value.get("kind") {
        Some(Value::Text(kind)) => &**kind,
        _ => "",
    };
    let own_keys: Vec<&[&str]> = match kind {
        "event" => vec![&EVENT_KEYS],
        "frequency" => vec![&FREQUENCY_KEYS],
        "inactivity" => vec![&INACTIVITY_KEYS],
        "filter" => vec![&FILTER_KEYS],
        _ => vec![&EVENT_KEYS, &FREQUENCY_KEYS, &INACTIVITY_KEYS],
    };
    let known: Vec<&str> = COMMON_KEYS
        .iter()
        .chain(&["enabled"])
        .chain(own_keys.into_iter().flatten())
        .copied()
        .collect();
    let fields = checker.fields(node.value, &node.place, &known)?;
    let id = checker.id_at(fields);
    let kinds = ["event", "frequency", "inactivity", "filter"].map(|name| (name, name));
    let kind = checker
        .required(fields, "kind")
        .and_then(|node| checker.choice(node, &kinds));
    let points = checker
        .required(fields, "points")
        .and_then(|node| checker.number(node, -MAX_NUMBER, MAX_NUMBER));
    read_icon(checker, fields);
    read_href(checker, fields);
    let effort = checker.number_at(fields, "effort", 0.0, MAX_NUMBER);
    Some(Criterion {
        id: id.unwrap_or_default(),
        label: read_label_at(checker, fields, "label"),
        enabled: checker.flag_at(fields, "enabled").unwrap_or(true),
        points: points.unwrap_or(0.0),
        effort: effort.unwrap_or(1.0),
        kind: match kind {
            Some("event") => CriterionKind::Event(read_event(checker, fields, inherited)),
            Some("frequency") => CriterionKind::Frequency(read_frequency(checker, fields)),
            Some("inactivity") => CriterionKind::Inactivity(read_inactivity(checker, fields)),
            _ => CriterionKind::Filter(read_filter(checker, fields)),
        },
    })
}

fn read_event(checker: &mut Checker, fields: Fields<'_, '_>, inherited: Fading) -> EventRule {
    let fading = inherited.read(checker, fields);
    if fading.decay.curve == DecayCurve::Step && fading.period.is_none() {
        let place = fields
            .get("decay")
            .or_else(|| fields.get("period"))
            .map_or(*fields.place, |node| node.place);
        let detail = "must not join the `step` decay with a period of all time: it halves at half the period";
        checker.fault(ErrorCode::ModelConflictingKeys, &place, detail);
    }
    EventRule {
        matching: read_match(checker, fields, true),
        count: read_count(checker, fields),
        per: checker.path_at(fields, "per"),
        curve: fields
            .get("curve")
            .and_then(|node| read_curve(checker, node)),
        period: fading.period,
        decay: fading.decay,
        has_own_decay: fields.has("decay"),
        limit: checker.number_at(fields, "limit", 0.0, MAX_NUMBER),
    }
}

fn read_frequency(checker: &mut Checker, fields: Fields<'_, '_>) -> FrequencyRule {
    let at_least = checker
        .required(fields, "atLeast")
        .and_then(|node| checker.count(node, 0))
        .unwrap_or(0);
    let at_most = match fields.get("atMost") {
        None => u32::MAX,
        Some(node) => {
            let at_most = checker.count(node, 0).unwrap_or(u32::MAX);
            if at_most < at_least {
                let detail = format!("must be at least `atLeast` ({at_least}), found `{at_most}`");
                checker.fault(ErrorCode::ModelOutOfRange, &node.place, detail);
            }
            at_most
        }
    };
    FrequencyRule {
        matching: read_match(checker, fields, true),
        count: read_count(checker, fields),
        at_least,
        at_most,
        within: checker
            .required_duration(fields, "within")
            .unwrap_or(Duration::DAYS_30),
    }
}

fn read_inactivity(checker: &mut Checker, fields: Fields<'_, '_>) -> InactivityRule {
    InactivityRule {
        matching: read_match(checker, fields, false),
        idle_for: checker
            .required_duration(fields, "for")
            .unwrap_or(Duration::DAYS_30),
        repeat: checker.flag_at(fields, "repeat").unwrap_or(false),
    }
}

fn read_filter(checker: &mut Checker, fields: Fields<'_, '_>) -> FilterRule {
    FilterRule {
        condition: fields
            .get("where")
            .map(|node| read_condition(checker, node)),
        per: checker.path_at(fields, "per"),
        curve: fields
            .get("curve")
            .and_then(|node| read_curve(checker, node)),
    }
}

pub(super) fn read_count(checker: &mut Checker, fields: Fields<'_, '_>) -> CountRule {
    let awards = [
        ("first", Award::First),
        ("last", Award::Last),
        ("every", Award::Every),
    ];
    CountRule {
        award: fields
            .get("award")
            .and_then(|node| checker.choice(node, &awards))
            .unwrap_or(Award::Every),
        unique_by: checker.path_at(fields, "uniqueBy"),
        cooldown: checker.duration_at(fields, "cooldown"),
        per_day: checker.count_at(fields, "perDay", 1),
    }
}
