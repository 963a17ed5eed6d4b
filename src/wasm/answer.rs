//! What is handed back: outcomes as numbers, everything else as JSON text.

use crate::error::Error;
use crate::model::{Label, Model, Warning};
use crate::score::{Direction, Ignored, Outcome};
use crate::time::Instant;
use crate::value::write_text;
use alloc::{string::String, vec::Vec};

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

/// `{ "criteria": [[id, label]], "parts", "segments", "stages", "types", "paths", "reads", "civilDays" }`, ids and labels
/// `null` where there are none; `reads` tells of each type, and last of all others, whether its data is read.
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
    out.push_str(if model.uses_civil_days() {
        "true}"
    } else {
        "false}"
    });
    out
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

/// Invalid, duplicate, future, without value.
pub(super) fn counts(ignored: &Ignored) -> [f64; 4] {
    [
        ignored.invalid,
        ignored.duplicate,
        ignored.future,
        ignored.no_value,
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

/// Sixteen numbers, then eight a line of the receipt, then five a part; NaN or -1 where there is nothing.
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
}
