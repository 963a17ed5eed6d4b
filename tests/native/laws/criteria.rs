//! Random criteria of all four kinds, without ids.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Map, json};

use crate::conditions::{DATA_PATHS, PROFILE_AND_TIME_PATHS, PROFILE_PATHS};
use crate::conditions::{on_data, on_profile};
use crate::models::Shape;
use crate::scoring::Json;

/// A kind of criterion.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    Event,
    Frequency,
    /// Without `atMost`.
    FrequencyAtLeast,
    Inactivity,
    Filter,
    /// Over what time alone does not change.
    StillFilter,
}

pub const DURATIONS: &[&str] = &["6h", "1d", "7d", "P15D", "30d", "P1DT12H", "52w"];

/// A criterion without its id.
pub fn criterion(shape: Shape) -> BoxedStrategy<Json> {
    let own = select(shape.kinds).prop_flat_map(move |kind| match kind {
        Kind::Event => event(shape),
        Kind::Frequency => frequency(true),
        Kind::FrequencyAtLeast => frequency(false),
        Kind::Inactivity => inactivity(),
        Kind::Filter => filter(shape, false),
        Kind::StillFilter => filter(shape, true),
    });
    let label = prop_oneof![
        4 => Just(None),
        1 => Just(Some(json!("Something done"))),
        1 => Just(Some(json!({ "en": "Done", "de": "Getan", "pt-BR": "Feito" }))),
    ];
    let enabled = option::weighted(0.15, any::<bool>());
    (own, select(shape.points), label, enabled)
        .prop_map(|(mut criterion, points, label, enabled)| {
            criterion.insert("points".into(), json!(points));
            put(&mut criterion, "label", label);
            put(&mut criterion, "enabled", enabled);
            Json::Object(criterion)
        })
        .boxed()
}

fn event(shape: Shape) -> BoxedStrategy<Map<String, Json>> {
    (
        matching(),
        counting(),
        option::of(select(&["first", "last", "every"][..])),
        option::weighted(0.2, select(&["0s", "6h", "1d"][..])),
        option::weighted(0.5, select(DATA_PATHS)),
        option::weighted(0.3, curve(shape)),
        fading(),
        option::weighted(0.3, select(shape.limits)),
    )
        .prop_map(
            |(matching, counting, award, cooldown, per, curve, fading, limit)| {
                let mut event = of_kind("event", [matching, counting, fading]);
                put(&mut event, "award", award);
                put(&mut event, "cooldown", cooldown);
                put(&mut event, "per", per);
                put(&mut event, "curve", curve);
                put(&mut event, "limit", limit);
                event
            },
        )
        .boxed()
}

fn frequency(has_most: bool) -> BoxedStrategy<Map<String, Json>> {
    let span = option::of(0..5u32).prop_map(move |span| span.filter(|_| has_most));
    (matching(), counting(), 0..6u32, span, select(DURATIONS))
        .prop_map(|(matching, counting, least, span, within)| {
            let mut frequency = of_kind("frequency", [matching, counting]);
            put(&mut frequency, "atLeast", Some(least));
            put(&mut frequency, "atMost", span.map(|span| least + span));
            put(&mut frequency, "within", Some(within));
            frequency
        })
        .boxed()
}

fn inactivity() -> BoxedStrategy<Map<String, Json>> {
    let matching = option::of(matching()).prop_map(Option::unwrap_or_default);
    (matching, select(DURATIONS), option::of(any::<bool>()))
        .prop_map(|(matching, idle_for, repeat)| {
            let mut inactivity = of_kind("inactivity", [matching]);
            put(&mut inactivity, "for", Some(idle_for));
            put(&mut inactivity, "repeat", repeat);
            inactivity
        })
        .boxed()
}

fn filter(shape: Shape, is_still: bool) -> BoxedStrategy<Map<String, Json>> {
    let paths = if is_still {
        PROFILE_PATHS
    } else {
        PROFILE_AND_TIME_PATHS
    };
    (
        option::of(on_profile(is_still)),
        option::of(select(paths)),
        option::of(curve(shape)),
    )
        .prop_map(|(condition, per, curve)| {
            let mut filter = of_kind("filter", []);
            put(&mut filter, "where", condition);
            put(&mut filter, "per", per);
            put(&mut filter, "curve", curve);
            filter
        })
        .boxed()
}

/// `event` and `where`.
fn matching() -> BoxedStrategy<Map<String, Json>> {
    let types = prop_oneof![
        4 => select(&["login", "buy", "open"][..]).prop_map(|name| json!(name)),
        2 => Just(json!("*")),
        1 => Just(json!(["buy", "open", "nudge.shown"])),
    ];
    (types, option::weighted(0.3, on_data()))
        .prop_map(|(types, condition)| {
            let mut matching = Map::new();
            matching.insert("event".into(), types);
            put(&mut matching, "where", condition);
            matching
        })
        .boxed()
}

/// `uniqueBy` and `perDay`.
fn counting() -> BoxedStrategy<Map<String, Json>> {
    let unique_by = option::weighted(0.2, select(&["plan", "order.total", "tags"][..]));
    (unique_by, option::weighted(0.2, 1..4u32))
        .prop_map(|(unique_by, per_day)| {
            let mut counting = Map::new();
            put(&mut counting, "uniqueBy", unique_by);
            put(&mut counting, "perDay", per_day);
            counting
        })
        .boxed()
}

fn curve(shape: Shape) -> BoxedStrategy<Json> {
    let xs = [
        -1e12, -100.0, -1.0, -5e-324, 0.0, 5e-324, 0.5, 1.0, 100.0, 1e12,
    ];
    (
        subsequence(xs.to_vec(), 1..=5),
        vec(select(shape.points), 5),
    )
        .prop_map(|(xs, ys)| xs.iter().zip(ys).map(|(x, y)| json!([x, y])).collect())
        .boxed()
}

/// `period` and `decay`: all time never meets the step decay, not even by inheritance.
pub fn fading() -> BoxedStrategy<Map<String, Json>> {
    let last = option::weighted(0.2, Just("last-activity"));
    let curve = prop_oneof![
        Just(json!({ "curve": "none" })),
        select(DURATIONS).prop_map(|d| json!({ "curve": "exponential", "halfLife": d })),
        select(DURATIONS).prop_map(|d| json!({ "curve": "linear", "over": d })),
        select(DURATIONS).prop_map(|d| json!({ "curve": "cosine", "cycle": d })),
        Just(json!({ "curve": "step" })),
    ];
    let decay = (curve, last).prop_map(|(mut decay, from)| {
        if let Some(from) = from {
            decay["from"] = json!(from);
        }
        decay
    });
    let decay =
        prop_oneof![3 => Just(None), 1 => Just(Some(Json::Null)), 4 => decay.prop_map(Some)];
    let period = prop_oneof![
        3 => Just(None),
        1 => Just(Some(Json::Null)),
        3 => select(DURATIONS).prop_map(|d| Some(json!(d))),
    ];
    (period, decay)
        .prop_map(|(mut period, mut decay)| {
            let is_step = decay.as_ref().is_some_and(|decay| decay["curve"] == "step");
            if is_step && period.as_ref().is_none_or(Json::is_null) {
                period = Some(json!("30d"));
            }
            if period == Some(Json::Null) && decay.is_none() {
                decay = Some(Json::Null);
            }
            let mut fading = Map::new();
            put(&mut fading, "period", period);
            put(&mut fading, "decay", decay);
            fading
        })
        .boxed()
}

fn of_kind<const N: usize>(kind: &str, keys: [Map<String, Json>; N]) -> Map<String, Json> {
    let mut criterion = Map::new();
    criterion.insert("kind".into(), json!(kind));
    criterion.extend(keys.into_iter().flatten());
    criterion
}

/// Sets a key, where there is something to set.
pub fn put(object: &mut Map<String, Json>, key: &str, value: Option<impl Into<Json>>) {
    if let Some(value) = value {
        object.insert(key.into(), value.into());
    }
}
