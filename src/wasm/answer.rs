//! What is handed back: outcomes as numbers, everything else as JSON text.

use crate::course::Turn;
use crate::error::Error;
use crate::model::{Label, Model, Warning};
use crate::number::number_text;
use crate::score::{Direction, Ignored, Outcome, Timeline};
use crate::time::Instant;
use crate::value::write_text;
use alloc::{string::String, vec::Vec};

/// How far ahead quiet hours and a day can end.
const DAYS_OF_CLOCK: u64 = 3;

/// `[{ "code", "path", "message" }, …]`
pub(super) fn faults<'e>(faults: impl IntoIterator<Item = &'e Error>) -> String {
    let mut out = String::from("[");
    for fault in faults {
        write_fault(fault.code.as_str(), &fault.path, &fault.message(), &mut out);
    }
    out.push(']');
    out
}

/// The same for warnings.
pub(super) fn warnings(warnings: &[Warning]) -> String {
    let mut out = String::from("[");
    for warning in warnings {
        write_fault(warning.code, &warning.path, &warning.message, &mut out);
    }
    out.push(']');
    out
}

fn write_fault(code: &str, path: &str, message: &str, out: &mut String) {
    if out.len() > 1 {
        out.push(',');
    }
    for (key, text) in [
        ("{\"code\":", code),
        (",\"path\":", path),
        (",\"message\":", message),
    ] {
        out.push_str(key);
        write_text(text, out);
    }
    out.push('}');
}

/// `{ "criteria": [[id, label]], "parts", "segments", "audiences", "stages", "types", "paths", "reads", "civilDays", "daysBack", "daysAhead" }`, ids and
/// labels `null` where there are none; `reads` tells of each type, and last of all others, whether its data is read.
pub(super) fn describe(model: &Model, locale: Option<&str>) -> String {
    let mut out = String::from("{");
    let named = |id: Option<&str>, label: Option<&Label>, out: &mut String| {
        out.push('[');
        write_optional(id, out);
        out.push(',');
        write_optional(label.map(|label| label.pick(locale)), out);
        out.push(']');
    };
    write_list(
        "criteria",
        model.criteria(),
        &mut out,
        |(_, criterion), out| {
            named(Some(&criterion.id), criterion.label.as_ref(), out);
        },
    );
    write_list("parts", &model.parts, &mut out, |part, out| {
        named(part.id.as_deref(), part.label.as_ref(), out);
    });
    write_list("segments", &model.segments, &mut out, |segment, out| {
        write_text(&segment.id, out)
    });
    write_list("audiences", &model.audiences, &mut out, |audience, out| {
        write_text(&audience.id, out)
    });
    write_list("stages", &model.stages, &mut out, |stage, out| {
        write_text(&stage.id, out)
    });
    for (key, names) in [
        ("types", &model.reading.types),
        ("paths", &model.reading.paths),
    ] {
        write_list(key, 0..names.len() as u32, &mut out, |number, out| {
            write_text(&String::from_utf8_lossy(names.get(number)), out);
        });
    }
    write_list("reads", model.reading.reads(), &mut out, |reads, out| {
        out.push_str(if reads { "1" } else { "0" });
    });
    out.push_str("\"civilDays\":");
    out.push_str(match model.uses_civil_days() {
        true => "true",
        false => "false",
    });
    write_days(",\"daysBack\":", model.days_of_streaks(false), &mut out);
    let clock = if model.asks_the_clock() {
        DAYS_OF_CLOCK
    } else {
        0
    };
    let ahead = model.days_of_streaks(true).max(clock);
    write_days(",\"daysAhead\":", ahead, &mut out);
    out.push('}');
    out
}

fn write_days(key: &str, days: u64, out: &mut String) {
    out.push_str(key);
    out.push_str(&number_text(days as f64));
}

fn write_list<T>(
    key: &str,
    items: impl IntoIterator<Item = T>,
    out: &mut String,
    write: impl Fn(T, &mut String),
) {
    write_text(key, out);
    out.push_str(":[");
    for (position, item) in items.into_iter().enumerate() {
        if position > 0 {
            out.push(',');
        }
        write(item, out);
    }
    out.push_str("],");
}

fn write_optional(text: Option<&str>, out: &mut String) {
    match text {
        Some(text) => write_text(text, out),
        None => out.push_str("null"),
    }
}

/// Invalid, duplicate, future, without value, settled.
pub(super) fn counts(ignored: &Ignored) -> [f64; 5] {
    [
        ignored.invalid,
        ignored.duplicate,
        ignored.future,
        ignored.no_value,
        ignored.settled,
    ]
    .map(|count| count as f64)
}

/// A JSON list of texts.
pub(super) fn texts(texts: &[String]) -> String {
    let mut out = String::from("[");
    for (position, text) in texts.iter().enumerate() {
        if position > 0 {
            out.push(',');
        }
        write_text(text, &mut out);
    }
    out.push(']');
    out
}

/// Twenty numbers, then eight a line of the receipt, five a part, one an audience; then of the next star its stars, points
/// and number of actions, and two an action; then of the next change its instant, stars and segment. NaN or -1 where there
/// is nothing.
pub(super) fn write_outcome(model: &Model, at: Instant, outcome: &Outcome, out: &mut Vec<f64>) {
    let number = |index: Option<usize>| index.map_or(-1.0, |index| index as f64);
    let nothing = |value: Option<f64>| value.unwrap_or(f64::NAN);
    let direction = outcome.trend.map(|trend| match trend.direction {
        Direction::Rising => 0,
        Direction::Falling => 1,
        Direction::Steady => 2,
        Direction::New => 3,
    });
    out.clear();
    out.extend([
        at.millis() as f64,
        outcome.points,
        outcome.score,
        f64::from(outcome.stars),
        outcome.stars_exact,
        outcome.segment as f64,
        number(outcome.stage),
        nothing(outcome.tenure_days),
    ]);
    out.extend(counts(&outcome.ignored));
    out.extend([
        number(direction),
        nothing(outcome.trend.map(|trend| trend.delta)),
        outcome.lines.len() as f64,
        outcome.parts.len() as f64,
        outcome.audiences.len() as f64,
        state(&outcome.next_star),
        state(&outcome.next_change),
    ]);
    for line in &outcome.lines {
        out.extend([
            number(line.criterion),
            number(line.part),
            f64::from(line.count),
            line.points,
            line.effect,
            line.lost.decay,
            line.lost.limit,
            line.lost.expired,
        ]);
    }
    for standing in &outcome.parts {
        let part = standing.line(model, outcome.share);
        out.extend([
            part.points,
            nothing(part.score),
            nothing(part.weight),
            part.effect,
            f64::from(u8::from(part.missing)),
        ]);
    }
    let belongs = outcome.audiences.iter();
    out.extend(belongs.map(|belongs| f64::from(u8::from(*belongs))));
    if let Some(Some(next)) = &outcome.next_star {
        let count = next.actions.len() as f64;
        out.extend([f64::from(next.stars), next.points, count]);
        for (criterion, count) in &next.actions {
            out.extend([*criterion as f64, f64::from(*count)]);
        }
    }
    if let Some(Some(next)) = outcome.next_change {
        out.extend([next.at, f64::from(next.stars), next.segment as f64]);
    }
}

/// -1 for what was not asked for, 0 for none, 1 for one.
fn state<T>(found: &Option<Option<T>>) -> f64 {
    match found {
        None => -1.0,
        Some(None) => 0.0,
        Some(Some(_)) => 1.0,
    }
}

/// Points, then scores, then stars of a timeline.
pub(super) fn write_timeline(timeline: &Timeline, out: &mut Vec<f64>) {
    out.clear();
    out.extend_from_slice(&timeline.points);
    out.extend_from_slice(&timeline.score);
    out.extend(timeline.stars.iter().map(|stars| f64::from(*stars)));
}

/// Five numbers a change: its instant, 0 for stars, 1 for a segment, 2 for an audience and which, from what to what.
pub(super) fn write_turns(turns: &[(f64, Turn)], out: &mut Vec<f64>) {
    out.clear();
    for (at, turn) in turns {
        let (what, which, from, to) = match turn {
            Turn::Stars { from, to } => (0, 0, usize::from(*from), usize::from(*to)),
            Turn::Segment { from, to } => (1, 0, *from, *to),
            Turn::Audience { number, belongs } => {
                (2, *number, usize::from(!belongs), usize::from(*belongs))
            }
        };
        out.push(*at);
        out.extend([what, which, from, to].map(|number| number as f64));
    }
}
