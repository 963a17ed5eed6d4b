//! Badges: awards that are earned once and never lost.

use super::levels::Levels;
use super::streak::Streak;
use crate::check::{Checker, Fields, Node};
use crate::error::ErrorCode;
use crate::model::criterion::{CountRule, read_count};
use crate::model::event_match::{EventMatch, read_match};
use crate::model::label::{Label, read_icon, read_label_at, read_required_label};
use crate::model::reference::{position_of, unknown};
use crate::model::scale::StarScale;
use crate::names::Names;
use crate::value::Value;
use alloc::{boxed::Box, format, vec, vec::Vec};

/// An award.
#[derive(Debug, Clone)]
pub(crate) struct Badge {
    pub(crate) id: Box<str>,
    pub(crate) label: Label,
    pub(crate) description: Option<Label>,
    pub(crate) icon: Option<Box<str>>,
    pub(crate) award: BadgeAward,
}

/// What earns a badge.
#[derive(Debug, Clone)]
pub(crate) enum BadgeAward {
    /// So many matching events, each with another value where they are told apart.
    Event {
        matching: EventMatch,
        rule: CountRule,
        count: u32,
    },
    /// A streak, by number, that has got so long.
    Streak { number: usize, length: u32 },
    /// A level.
    Level(u32),
    /// So many stars.
    Stars(u8),
}

const KEYS: [&str; 5] = ["id", "label", "description", "icon", "award"];
/// The keys of which an award has exactly one.
const AWARDS: [&str; 4] = ["event", "streak", "level", "stars"];

/// The badges of a model with these streaks, levels and stars.
pub(in crate::model) fn read_badges(
    checker: &mut Checker,
    node: Node<'_, '_>,
    streaks: &[Streak],
    levels: Option<&Levels>,
    stars: &StarScale,
) -> Vec<Badge> {
    let mut badges = Vec::new();
    for (index, value) in checker.list(node).iter().enumerate() {
        let place = node.place.index(index);
        let Some(fields) = checker.fields(value, &place, &KEYS) else {
            continue;
        };
        let id = checker.id_at(fields);
        let label = read_required_label(checker, fields, "label");
        let award = checker.required(fields, "award");
        let award = award.and_then(|node| read_award(checker, node, streaks, levels, stars));
        badges.push(Badge {
            id: id.unwrap_or_default(),
            label,
            description: read_label_at(checker, fields, "description"),
            icon: read_icon(checker, fields),
            award: award.unwrap_or(BadgeAward::Stars(0)),
        });
    }
    checker.distinct(node, &mut Names::default());
    badges
}

fn read_award(
    checker: &mut Checker,
    node: Node<'_, '_>,
    streaks: &[Streak],
    levels: Option<&Levels>,
    stars: &StarScale,
) -> Option<BadgeAward> {
    let kinds = AWARDS.map(|key| node.value.get(key).is_some());
    let known: Vec<&str> = match kinds {
        [true, false, false, false] => vec!["event", "where", "count", "uniqueBy"],
        [false, true, false, false] => vec!["streak", "length"],
        [false, false, true, false] => vec!["level"],
        [false, false, false, true] => vec!["stars"],
        _ => {
            if matches!(node.value, Value::Map(_)) {
                let detail = "must have one of `event`, `streak`, `level` and `stars`";
                checker.fault(ErrorCode::ModelConflictingKeys, &node.place, detail);
                return None;
            }
            Vec::new()
        }
    };
    let fields = checker.fields(node.value, &node.place, &known)?;
    if let Some(found) = fields.get("streak") {
        let number = checker.text(found).and_then(|id| {
            let ids: Vec<&str> = streaks.iter().map(|streak| &*streak.id).collect();
            position_of(checker, &found.place, id, &ids, "streak")
        });
        let length = checker.required(fields, "length");
        let length = length.and_then(|node| checker.count(node, 1));
        let (number, length) = (number?, length?);
        return Some(BadgeAward::Streak { number, length });
    }
    if let Some(found) = fields.get("level") {
        let level = checker.count(found, 1)?;
        let Some(levels) = levels else {
            let detail = "needs `levels`, and the model has none".into();
            unknown(checker, &found.place, detail);
            return None;
        };
        let last = levels.last();
        if level > last {
            let detail = format!("must be at most {last}, the last level, found `{level}`");
            checker.fault(ErrorCode::ModelOutOfRange, &found.place, detail);
        }
        return Some(BadgeAward::Level(level));
    }
    if let Some(found) = fields.get("stars") {
        let most = stars.most();
        let count = checker.count(found, 1)?;
        if count > u32::from(most) {
            let detail = format!("must be at most {most}, the stars of the model, found `{count}`");
            checker.fault(ErrorCode::ModelOutOfRange, &found.place, detail);
        }
        return Some(BadgeAward::Stars(u8::try_from(count).unwrap_or(most)));
    }
    Some(read_event_award(checker, fields))
}

fn read_event_award(checker: &mut Checker, fields: Fields<'_, '_>) -> BadgeAward {
    BadgeAward::Event {
        matching: read_match(checker, fields, true),
        rule: read_count(checker, fields),
        count: checker.count_at(fields, "count", 1).unwrap_or(1),
    }
}
