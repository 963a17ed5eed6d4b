//! The texts of a nudge, with the facts filled in.

use super::facts::NudgeFacts;
use crate::model::{Piece, StarScale, Template};
use crate::number::rounded;
use crate::numeral::Numerals;
use crate::path::Path;
use crate::value::Value;
use alloc::{borrow::ToOwned, string::String, string::ToString};

/// Facts that would make a text longer than this are left out like missing ones. Chosen.
const MOST_BYTES: usize = 1 << 20;

/// The text for a locale.
pub(super) fn filled(template: &Template, facts: &NudgeFacts<'_>, locale: Option<&str>) -> String {
    let numerals = Numerals::of(template.language(locale));
    let mut out = String::new();
    for piece in template.pieces(locale) {
        match piece {
            Piece::Plain(text) => out.push_str(text),
            Piece::Fact { path, otherwise } => match shown(&path, facts, &numerals, locale) {
                Some(text) if out.len() + text.len() <= MOST_BYTES => out.push_str(&text),
                _ => out.push_str(otherwise),
            },
        }
    }
    out
}

/// A fact as people read it; none where it is missing, or is no text and no number.
fn shown(
    path: &Path,
    facts: &NudgeFacts<'_>,
    numerals: &Numerals<'_>,
    locale: Option<&str>,
) -> Option<String> {
    let (name, rest) = path.split_first();
    if let ("nextStar", [field]) = (name, rest)
        && &**field == "action"
    {
        return next_action(facts, locale);
    }
    match (name, &*facts.value(path)?) {
        (_, Value::Text(text) | Value::Torn(text)) => Some(text.to_string()),
        (_, Value::Number(number)) if !number.is_finite() => None,
        ("checklists", Value::Number(share)) => {
            let percent = libm::floor(rounded(100.0 * share));
            Some(numerals.percentage(percent))
        }
        ("nextStar", Value::Number(points)) => Some(numerals.amount(points_to_go(*points, facts))),
        // It may be a year, or the number of an order.
        ("profile", Value::Number(number)) => Some(numerals.name(*number)),
        (_, Value::Number(number)) => Some(numerals.amount(*number)),
        _ => None,
    }
}

/// Points that are enough: in tenths, or whole ones where the first star wants more than the distance.
fn points_to_go(distance: f64, facts: &NudgeFacts<'_>) -> f64 {
    let next = facts.outcome().next_star.as_ref().and_then(Option::as_ref);
    let is_exclusive =
        next.is_some_and(|next| next.stars == 1) && matches!(facts.model().stars, StarScale::Five);
    match is_exclusive {
        true => libm::floor(distance) + 1.0,
        // Anything that is missing is shown, however little.
        false => (libm::ceil(rounded(10.0 * distance)) / 10.0).max(0.1),
    }
}

/// What to do first for the next star.
fn next_action(facts: &NudgeFacts<'_>, locale: Option<&str>) -> Option<String> {
    let next = facts.outcome().next_star.as_ref()?.as_ref()?;
    let (number, _) = next.actions.first()?;
    let (_, criterion) = facts.model().criteria().nth(*number)?;
    let label = criterion.label.as_ref();
    Some(label.map_or_else(
        || criterion.id.to_string(),
        |label| label.pick(locale).to_owned(),
    ))
}
