//! What the pictures say of their own, in English; `style.words` puts other texts in their place.
//!
//! The phrases need no plurals, so that one text a key does for every number.

use crate::braces::{Stretch, take_apart};
use crate::value::Value;
use alloc::{string::String, vec::Vec};

/// Each text by its key. What stands in braces here is what may stand in braces in another's text.
pub(super) const ENGLISH: [(&str, &str); 44] = [
    // What stands in numbers, where it is not to be what the locale has.
    ("decimal", ""),
    ("group", ""),
    ("named", "{label}: {text}"),
    ("stars", "{stars} of {count} stars"),
    ("level", "Level {level}, {points} of {next} points"),
    ("levelHighest", "Level {level}, {points} points"),
    ("levelMark", "LEVEL"),
    ("day", "{length}-day streak"),
    ("week", "{length}-week streak"),
    ("month", "{length}-month streak"),
    ("noStreak", "No streak yet"),
    ("atRisk", "{text}, at risk"),
    ("freezes", "{text}, freezes left: {freezes}"),
    ("recent", "Last {count}: {states}"),
    // What stands between the states.
    ("separator", ", "),
    ("done", "done"),
    ("frozen", "frozen"),
    ("missed", "missed"),
    ("open", "open"),
    ("earned", "{label}, earned"),
    ("locked", "{label}, {have} of {need}"),
    ("score", "Score {value}, lowest {lowest}, highest {highest}"),
    (
        "points",
        "Points {value}, lowest {lowest}, highest {highest}",
    ),
    (
        "starsOverTime",
        "Stars {value}, lowest {lowest}, highest {highest}",
    ),
    ("forecast", "{text}, forecast {value}"),
    ("noData", "No data yet"),
    ("steps", "{done} of {total} steps done"),
    ("stepDone", "Done"),
    ("stepNext", "Next"),
    ("stepOpen", "To do"),
    ("optional", "Optional"),
    ("count", "{count} of {need}"),
    ("dismiss", "Dismiss"),
    ("answer", "{value}: {text}"),
    ("leaderboard", "Leaderboard"),
    ("rank", "Rank"),
    ("name", "Name"),
    ("total", "Score"),
    ("movement", "Change"),
    ("up", "Up {places}"),
    ("down", "Down {places}"),
    ("same", "Unchanged"),
    ("new", "New"),
    ("gap", "Places not shown"),
];

/// The texts of one picture.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words<'s> {
    pub(super) own: &'s [(alloc::boxed::Box<str>, Value)],
}

impl<'s> Words<'s> {
    /// The text of a key as it is.
    pub(super) fn get(&self, key: &str) -> &'s str {
        self.own(key).or_else(|| english(key)).unwrap_or_default()
    }

    /// The caller's own text of a key.
    pub(super) fn own(&self, key: &str) -> Option<&'s str> {
        let own = self.own.iter().rev().find(|(name, _)| **name == *key);
        match own? {
            (_, Value::Text(text) | Value::Torn(text)) => Some(text),
            _ => None,
        }
    }

    /// The text of a key with its placeholders filled.
    pub(super) fn fill(&self, key: &str, facts: &[(&str, &str)]) -> String {
        let mut out = String::new();
        for piece in pieces(self.get(key)).unwrap_or_default() {
            out.push_str(match piece {
                Stretch::Plain(text) => text,
                Stretch::Place(name) => {
                    let fact = facts.iter().find(|(known, _)| *known == name);
                    fact.map_or("", |(_, text)| text)
                }
            });
        }
        out
    }
}

/// The English text of a key.
pub(super) fn english(key: &str) -> Option<&'static str> {
    let found = ENGLISH.iter().find(|(known, _)| *known == key);
    found.map(|(_, text)| *text)
}

/// What is wrong with another's text for one of ours: the placeholder that it cannot have, or empty for a lone brace.
pub(super) fn wrong_placeholder<'t>(text: &'t str, ours: &str) -> Option<&'t str> {
    let Some(found) = pieces(text) else {
        return Some("");
    };
    let known = pieces(ours).unwrap_or_default();
    let is_known = |name: &str| {
        let mut known = known.iter();
        known.any(|piece| matches!(piece, Stretch::Place(other) if *other == name))
    };
    found.into_iter().find_map(|piece| match piece {
        Stretch::Place(name) if !is_known(name) => Some(name),
        _ => None,
    })
}

/// A text as it is between braces, and what stands in them. None where one stands alone.
fn pieces(text: &str) -> Option<Vec<Stretch<'_>>> {
    let mut pieces = Vec::new();
    take_apart(text, &mut |piece| pieces.push(piece)).ok()?;
    let is_nested =
        |piece: &Stretch<'_>| matches!(piece, Stretch::Place(name) if name.contains('{'));
    (!pieces.iter().any(is_nested)).then_some(pieces)
}
