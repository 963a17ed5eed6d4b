//! The texts of a nudge, with the facts filled in.

use super::facts::NudgeFacts;
use crate::model::{Piece, Template};
use crate::number::number_text;
use crate::path::Path;
use crate::score::rounded;
use crate::value::Value;
use alloc::{borrow::ToOwned, format, string::String, string::ToString};

/// Facts that would make a text longer than this are left out like missing ones. Chosen.
const MOST_BYTES: usize = 1 << 20;
/// From here on doubles have no decimals.
const WHOLE: f64 = 4_503_599_627_370_496.0;

/// The text for a locale.
pub(super) fn filled(template: &Template, facts: &NudgeFacts<'_>, locale: Option<&str>) -> String {
    let mut out = String::new();
    for piece in template.pieces(locale) {
        match piece {
            Piece::Plain(text) => out.push_str(text),
            Piece::Fact { path, otherwise } => match shown(&path, facts, locale) {
                Some(text) if out.len() + text.len() <= MOST_BYTES => out.push_str(&text),
                _ => out.push_str(otherwise),
            },
        }
    }
    out
}

/// A fact as people read it; none where it is missing, or is no text and no number.
fn shown(path: &Path, facts: &NudgeFacts<'_>, locale: Option<&str>) -> Option<String> {
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
            Some(format!("{}%", number_text(percent)))
        }
        ("nextStar", Value::Number(points)) => {
            // Anything that is missing is shown, however little.
            let tenths = libm::ceil(rounded(10.0 * points));
            let least = if *points > 0.0 { 1.0 } else { 0.0 };
            Some(number_text(tenths.max(least) / 10.0))
        }
        (_, Value::Number(number)) => Some(number_text(to_tenths(*number))),
        _ => None,
    }
}

/// With one decimal at most, halves away from zero.
fn to_tenths(number: f64) -> f64 {
    match number.abs() < WHOLE {
        true => libm::round(10.0 * number) / 10.0,
        false => number,
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
