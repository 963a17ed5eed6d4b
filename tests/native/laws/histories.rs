//! Random histories: few types, colliding times, repeated ids, nested data, a profile.

use jiff::Timestamp;
use jiff::tz::Offset;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;
use starwise::{Event, History, Instant};

use crate::scoring::{Json, value};

/// 2024-03-01T00:00:00Z, about which everything happens.
pub const NOW: i64 = 1_709_251_200_000;
pub const HOUR: i64 = 3_600_000;
pub const DAY: i64 = 24 * HOUR;
/// No event of [`recent_times`] is later.
pub const LATEST: i64 = NOW + 3 * DAY;

const TYPES: &[&str] = &["login", "buy", "open", "nudge.shown"];
const FEW: std::ops::Range<usize> = 0..5;
const MANY: std::ops::RangeInclusive<usize> = 0..=60;
/// The least number that is read as milliseconds: nearer to 1970 only a text will do.
const LEAST_MILLIS: i64 = 100_000_000_000;

/// Amounts of everyday size, of either sign.
pub fn moderate_amounts() -> BoxedStrategy<f64> {
    let odd = [0.0, -0.0, 1.0, 2.5, 0.1, -3.5, 100.0];
    prop_oneof![select(odd.to_vec()), -1000.0..1000.0].boxed()
}

/// Amounts of 0 or more.
pub fn non_negative_amounts() -> BoxedStrategy<f64> {
    moderate_amounts().prop_map(f64::abs).boxed()
}

/// Amounts at the bounds of what counts, and beyond.
pub fn extreme_amounts() -> BoxedStrategy<f64> {
    let odd = [
        1e12, -1e12, 1.1e12, 1e300, -1e300, 5e-324, -5e-324, 0.0, -0.0, 1.0, 1e-12,
    ];
    select(odd.to_vec()).boxed()
}

/// Times of the last weeks: on a grid where they collide, at the edges of periods, or anywhere; up to
/// [`LATEST`].
pub fn recent_times() -> BoxedStrategy<i64> {
    let edges = [1, 7, 15, 30, 60].map(|days| NOW - days * DAY);
    prop_oneof![
        5 => (-12..240i64).prop_map(|step| NOW - step * 6 * HOUR),
        2 => (-3 * DAY..60 * DAY).prop_map(|age| NOW - age),
        1 => (select(edges.to_vec()), -1..=1i64).prop_map(|(edge, beside)| edge + beside),
    ]
    .boxed()
}

/// Few times, so that many events are told apart by type, id or data alone.
pub fn crowded_times() -> BoxedStrategy<i64> {
    (0..5i64).prop_map(|step| NOW - step * 5 * DAY).boxed()
}

/// Times up to the ends of a `Date`, and about 1970.
pub fn all_times() -> BoxedStrategy<i64> {
    let far = [
        -8_640_000_000_000_000,
        8_640_000_000_000_000,
        -62_135_596_800_000,
        0,
        1,
        31_536_000_000,
        -LEAST_MILLIS,
        LEAST_MILLIS,
    ];
    prop_oneof![4 => recent_times(), 1 => select(far.to_vec())].boxed()
}

/// Histories of events with these times and amounts.
pub fn history(times: BoxedStrategy<i64>, amounts: BoxedStrategy<f64>) -> BoxedStrategy<Json> {
    let event = event(times, amounts.clone());
    let events = prop_oneof![1 => vec(event.clone(), FEW), 2 => vec(event, MANY)];
    (events, option::weighted(0.8, profile(amounts)))
        .prop_map(|(events, profile)| match profile {
            Some(profile) => json!({ "events": events, "profile": profile }),
            None => json!({ "events": events }),
        })
        .boxed()
}

/// Histories as they come: everyday times and amounts.
pub fn any_history() -> BoxedStrategy<Json> {
    history(recent_times(), moderate_amounts())
}

/// One event.
pub fn event(times: BoxedStrategy<i64>, amounts: BoxedStrategy<f64>) -> BoxedStrategy<Json> {
    (select(TYPES), times, 0..4u8, 0..24u8, 0..12u8, amounts)
        .prop_map(|(name, time, form, id, data, amount)| {
            let mut event = json!({ "type": name, "time": time_in_form(time, form) });
            if id < 12 {
                event["id"] = json!(format!("e{id}"));
            }
            if let Some(data) = data_of_kind(data, amount, time) {
                event["data"] = data;
            }
            event
        })
        .boxed()
}

/// A time as milliseconds, or as text in one of two offsets where text can say it.
fn time_in_form(time: i64, form: u8) -> Json {
    let near_1970 = time.abs() < LEAST_MILLIS;
    let in_four_digits = (-62_135_596_800_000..=253_402_300_799_999).contains(&time);
    let timestamp = Timestamp::from_millisecond(time);
    match (timestamp, form) {
        (Ok(timestamp), 1) if in_four_digits => json!(timestamp.to_string()),
        (Ok(timestamp), _) if near_1970 => json!(timestamp.to_string()),
        (Ok(timestamp), 2) if in_four_digits && time > 0 && time < LATEST => {
            let offset = Offset::from_seconds(5 * 3600 + 1800).unwrap();
            json!(timestamp.display_with_offset(offset).to_string())
        }
        (_, 3) if time > LEAST_MILLIS => json!(time as f64 + 0.5),
        _ => json!(time),
    }
}

fn data_of_kind(kind: u8, amount: f64, time: i64) -> Option<Json> {
    Some(match kind {
        0..=2 => json!({ "amount": amount, "plan": "pro" }),
        3 => {
            json!({ "amount": amount, "order": { "total": amount / 2.0, "lines": [amount, null] } })
        }
        4 => json!({ "order": { "total": amount }, "plan": "free", "tags": ["new", 1, {}] }),
        5 => json!({ "plan": null, "amount": amount.to_string() }),
        6 => json!({ "plan": 1, "tags": "newest" }),
        7 => json!({ "plan": "1", "due": time - 2 * DAY, "order": [] }),
        8 => {
            json!({ "due": "2024-03-05T12:00:00+01:00", "plan": { "a": 1, "b": [true, "é\n\"\\"] } })
        }
        9 => json!({}),
        10 => Json::Null,
        _ => return None,
    })
}

fn profile(amounts: BoxedStrategy<f64>) -> BoxedStrategy<Json> {
    (0..6u8, 0..4u8, amounts)
        .prop_map(|(kind, created, amount)| {
            let mut profile = match kind {
                0 => return Json::Null,
                1 => json!({}),
                2 => json!({ "plan": "pro", "seats": amount, "seatsUsed": 3 }),
                3 => json!({ "plan": "free", "seats": 7, "renewsAt": NOW + 4 * DAY }),
                4 => json!({ "seatsUsed": amount, "renewsAt": "2024-02-27T00:00:00Z", "tenureDays": 9 }),
                _ => json!({ "plan": null, "seats": "7", "deep": { "joined": NOW - 20 * DAY } }),
            };
            match created {
                0 => profile["createdAt"] = json!("2024-02-10T08:30:00.250Z"),
                1 => profile["createdAt"] = json!(NOW - 100 * DAY),
                2 => profile["createdAt"] = json!("yesterday"),
                _ => {}
            }
            profile
        })
        .boxed()
}

/// The same history, from Rust.
pub fn from_rust(history: &Json) -> Result<History, starwise::Error> {
    let events = history["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| Event {
            event_type: event["type"].as_str().unwrap().to_owned(),
            time: instant(&event["time"]),
            id: event.get("id").map(|id| id.as_str().unwrap().to_owned()),
            data: event.get("data").filter(|data| !data.is_null()).map(value),
        });
    let profile = history.get("profile").map(value);
    History::new(events.collect(), profile)
}

fn instant(time: &Json) -> Instant {
    match time {
        Json::String(text) => Instant::from_rfc3339(text).unwrap(),
        other => Instant::from_millis(other.as_f64().unwrap()).unwrap(),
    }
}

/// An event's time in epoch milliseconds.
pub fn time_of(event: &Json) -> i64 {
    instant(&event["time"]).millis()
}

/// The events of a history, to change.
pub fn events(history: &mut Json) -> &mut Vec<Json> {
    history["events"].as_array_mut().unwrap()
}
