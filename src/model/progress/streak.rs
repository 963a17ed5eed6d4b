//! Streaks: days, weeks or months in a row in which something was done.

use crate::check::{Checker, Fields, Node};
use crate::model::event_match::{EventMatch, read_match};
use crate::model::label::{Label, read_icon, read_label_at};
use crate::names::Names;
use alloc::{boxed::Box, vec::Vec};

/// Intervals in a row with enough matching events.
#[derive(Debug, Clone)]
pub(crate) struct Streak {
    pub(crate) id: Box<str>,
    pub(crate) label: Option<Label>,
    pub(crate) icon: Option<Box<str>>,
    pub(crate) matching: EventMatch,
    pub(crate) every: Every,
    /// Matching events that make an interval done.
    pub(crate) at_least: u32,
    /// Missed intervals that do not end a streak.
    pub(crate) freezes: u32,
}

/// The interval of a streak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Every {
    Day,
    /// ISO 8601: from Monday on.
    Week,
    Month,
}

const KEYS: [&str; 8] = [
    "id", "label", "icon", "event", "where", "every", "atLeast", "freezes",
];

/// The streaks of a model.
pub(in crate::model) fn read_streaks(checker: &mut Checker, node: Node<'_, '_>) -> Vec<Streak> {
    let mut streaks = Vec::new();
    for (index, value) in checker.list(node).iter().enumerate() {
        let place = node.place.index(index);
        if let Some(fields) = checker.fields(value, &place, &KEYS) {
            streaks.push(read_streak(checker, fields));
        }
    }
    checker.distinct(node, &mut Names::default());
    streaks
}

fn read_streak(checker: &mut Checker, fields: Fields<'_, '_>) -> Streak {
    let every = [
        ("day", Every::Day),
        ("week", Every::Week),
        ("month", Every::Month),
    ];
    let id = checker.id_at(fields);
    let matching = read_match(checker, fields, true);
    let chosen = checker.required(fields, "every");
    let chosen = chosen.and_then(|node| checker.choice(node, &every));
    Streak {
        id: id.unwrap_or_default(),
        label: read_label_at(checker, fields, "label"),
        icon: read_icon(checker, fields),
        matching,
        every: chosen.unwrap_or(Every::Day),
        at_least: checker.count_at(fields, "atLeast", 1).unwrap_or(1),
        freezes: checker.count_at(fields, "freezes", 0).unwrap_or(0),
    }
}
