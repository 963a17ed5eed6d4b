//! Nudges: whom they are for, how often they are shown, what they say.

use super::template::{Template, read_template};
use crate::check::{Checker, Fields, MAX_NUMBER, Node};
use crate::condition::Condition;
use crate::error::ErrorCode;
use crate::model::fact::KnownFacts;
use crate::model::label::{Label, read_href, read_label};
use crate::model::reference::position_of;
use crate::names::Names;
use crate::number::is_whole;
use crate::path::Path;
use crate::time::Duration;
use crate::value::Value;
use alloc::{boxed::Box, format, vec::Vec};

/// Something a customer is told.
#[derive(Debug, Clone)]
pub(crate) struct Nudge {
    pub(crate) id: Box<str>,
    pub(crate) kind: NudgeKind,
    pub(crate) when: Condition,
    pub(crate) priority: f64,
    /// From one showing to the next.
    pub(crate) cooldown: Option<Duration>,
    pub(crate) max_shown: Option<u32>,
    /// How long after it was dismissed or answered it may be shown again; none is never.
    pub(crate) again: Option<Duration>,
    pub(crate) title: Template,
    pub(crate) body: Option<Template>,
    pub(crate) action: Option<CallToAction>,
    /// The number of the checklist it shows; there may be none of that number.
    pub(crate) checklist: Option<usize>,
    pub(crate) survey: Option<Survey>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NudgeKind {
    Checklist,
    Tooltip,
    Banner,
    Survey,
    Upgrade,
    Reward,
    Message,
}

/// What a customer is asked to do.
#[derive(Debug, Clone)]
pub(crate) struct CallToAction {
    pub(crate) label: Template,
    pub(crate) href: Option<Box<str>>,
}

/// A question with a whole number as its answer.
#[derive(Debug, Clone)]
pub(crate) struct Survey {
    pub(crate) from: i32,
    pub(crate) to: i32,
    /// What the ends mean.
    pub(crate) low: Option<Label>,
    pub(crate) high: Option<Label>,
}

const KEYS: [&str; 12] = [
    "id",
    "kind",
    "when",
    "priority",
    "cooldown",
    "maxShown",
    "again",
    "title",
    "body",
    "cta",
    "checklist",
    "survey",
];
const KINDS: [(&str, NudgeKind); 7] = [
    ("checklist", NudgeKind::Checklist),
    ("tooltip", NudgeKind::Tooltip),
    ("banner", NudgeKind::Banner),
    ("survey", NudgeKind::Survey),
    ("upgrade", NudgeKind::Upgrade),
    ("reward", NudgeKind::Reward),
    ("message", NudgeKind::Message),
];
/// The ends of a survey, and how far they may lie apart.
const MOST_ANSWER: f64 = 100.0;
const MOST_STEPS: i32 = 10;

impl Nudge {
    /// Whether its condition or one of its texts asks for a fact, or for one below a name.
    pub(crate) fn asks_for(&self, name: &str) -> bool {
        let mut asks = false;
        self.each_fact(&mut |path| asks |= path.split_first().0 == name);
        asks
    }

    /// Every fact that its condition and its texts ask for.
    pub(crate) fn each_fact(&self, each: &mut dyn FnMut(&Path)) {
        self.when.paths(each);
        for text in self.texts() {
            text.paths(each);
        }
    }

    fn texts(&self) -> impl Iterator<Item = &Template> {
        let label = self.action.iter().map(|action| &action.label);
        core::iter::once(&self.title).chain(&self.body).chain(label)
    }
}

impl NudgeKind {
    /// Its name in a model.
    pub(crate) fn name(self) -> &'static str {
        let mut kinds = KINDS.iter();
        kinds
            .find(|(_, kind)| *kind == self)
            .map_or("", |(name, _)| name)
    }
}

impl Survey {
    /// Net promoter score: 0 to 10.
    const PROMOTER: Survey = Survey {
        from: 0,
        to: 10,
        low: None,
        high: None,
    };
}

/// The nudges of a model that knows these facts.
pub(in crate::model) fn read_nudges(
    checker: &mut Checker,
    node: Node<'_, '_>,
    known: &KnownFacts<'_>,
) -> Vec<Nudge> {
    let mut nudges = Vec::new();
    for (index, value) in checker.list(node).iter().enumerate() {
        let place = node.place.index(index);
        if let Some(fields) = checker.fields(value, &place, &KEYS) {
            nudges.extend(read_nudge(checker, fields, known));
        }
    }
    checker.distinct(node, &mut Names::default());
    nudges
}

fn read_nudge(
    checker: &mut Checker,
    fields: Fields<'_, '_>,
    known: &KnownFacts<'_>,
) -> Option<Nudge> {
    let id = checker.id_at(fields);
    let kind = checker.required(fields, "kind");
    let kind = kind.and_then(|node| checker.choice(node, &KINDS));
    let when = checker.required(fields, "when");
    let when = when.map(|node| known.read_condition(checker, node));
    let priority = checker.number_at(fields, "priority", -MAX_NUMBER, MAX_NUMBER);
    let cooldown = checker.duration_at(fields, "cooldown");
    let max_shown = checker.count_at(fields, "maxShown", 1);
    let again = checker.duration_at(fields, "again");
    checker.required(fields, "title");
    let title = read_template(checker, fields, "title", known);
    let body = read_template(checker, fields, "body", known);
    let action = fields.get("cta");
    let action = action.and_then(|node| read_action(checker, node, known));
    stands_with(checker, fields, "checklist", kind, NudgeKind::Checklist);
    stands_with(checker, fields, "survey", kind, NudgeKind::Survey);
    let checklist = fields.get("checklist").and_then(|node| {
        let id = checker.text(node)?;
        let ids = known.checklists();
        position_of(checker, &node.place, id, &ids, "checklist")
    });
    let survey = fields.get("survey");
    let survey = survey.and_then(|node| read_survey(checker, node));
    Some(Nudge {
        id: id?,
        kind: kind?,
        when: when?,
        priority: priority.unwrap_or(0.0),
        cooldown,
        max_shown,
        again,
        title: title?,
        body,
        action,
        // The first one, where none is named.
        checklist: checklist.or((kind == Some(NudgeKind::Checklist)).then_some(0)),
        survey: survey.or((kind == Some(NudgeKind::Survey)).then_some(Survey::PROMOTER)),
    })
}

/// Notes a key that only one kind of nudge can have.
fn stands_with(
    checker: &mut Checker,
    fields: Fields<'_, '_>,
    key: &str,
    kind: Option<NudgeKind>,
    only: NudgeKind,
) {
    if let (Some(node), Some(kind)) = (fields.get(key), kind)
        && kind != only
    {
        let (only, kind) = (only.name(), kind.name());
        let detail = format!("must stand with the kind `{only}`, found `{kind}`");
        checker.fault(ErrorCode::ModelConflictingKeys, &node.place, detail);
    }
}

fn read_action(
    checker: &mut Checker,
    node: Node<'_, '_>,
    known: &KnownFacts<'_>,
) -> Option<CallToAction> {
    let fields = checker.fields(node.value, &node.place, &["label", "href"])?;
    checker.required(fields, "label");
    let label = read_template(checker, fields, "label", known);
    let href = read_href(checker, fields);
    Some(CallToAction {
        label: label?,
        href,
    })
}

fn read_survey(checker: &mut Checker, node: Node<'_, '_>) -> Option<Survey> {
    let known = ["from", "to", "low", "high"];
    let fields = checker.fields(node.value, &node.place, &known)?;
    let mut end = |key, default: i32| match fields.get(key) {
        Some(node) => {
            let number = checker.number(node, -MOST_ANSWER, MOST_ANSWER)?;
            if !is_whole(number) {
                checker.expected(ErrorCode::ModelOutOfRange, node, "a whole number");
                return None;
            }
            Some(number as i32)
        }
        None => Some(default),
    };
    let (from, to) = (end("from", 0), end("to", 10));
    if let (Some(from), Some(to)) = (from, to)
        && !(1..=MOST_STEPS).contains(&(to - from))
    {
        let found = Value::Number(f64::from(to - from)).describe();
        let detail =
            format!("must reach over 1 to {MOST_STEPS} steps from `from` to `to`, found {found}");
        checker.fault(ErrorCode::ModelOutOfRange, &node.place, detail);
    }
    let mut text = |key| {
        let node = fields.get(key)?;
        read_label(checker, node)
    };
    let (low, high) = (text("low"), text("high"));
    Some(Survey {
        from: from?,
        to: to?,
        low,
        high,
    })
}
