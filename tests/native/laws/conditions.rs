//! Random conditions and paths, over what `histories` puts into data and profile.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;

use crate::scoring::Json;

/// Conditions on an event's data: every test of the language, values that are there and that are not.
const ON_DATA: &[&str] = &[
    r#"{}"#,
    r#"{ "any": [] }"#,
    r#"{ "plan": "pro" }"#,
    r#"{ "plan": null }"#,
    r#"{ "plan": { "ne": "pro" } }"#,
    r#"{ "plan": { "in": ["pro", 1, true] } }"#,
    r#"{ "plan": { "notIn": ["free", null] } }"#,
    r#"{ "plan": { "startsWith": "p", "contains": "r" } }"#,
    r#"{ "tags": { "contains": "new" } }"#,
    r#"{ "amount": { "gt": 0 } }"#,
    r#"{ "amount": { "gte": 1, "lt": 100 } }"#,
    r#"{ "amount": { "lte": { "path": "order.total" } } }"#,
    r#"{ "order.total": { "exists": true } }"#,
    r#"{ "order": { "exists": false } }"#,
    r#"{ "due": { "olderThan": "1d" } }"#,
    r#"{ "due": { "within": "7d" } }"#,
    r#"{ "due": { "dueWithin": "P2W" } }"#,
    r#"{ "plan": "pro", "not": { "amount": { "lt": 0 } } }"#,
];

/// Conditions on the profile that time alone cannot change.
const ON_PROFILE: &[&str] = &[
    r#"{}"#,
    r#"{ "plan": "pro" }"#,
    r#"{ "plan": { "ne": "pro" } }"#,
    r#"{ "seats": { "gte": 5 } }"#,
    r#"{ "seats": { "gt": { "path": "seatsUsed" } } }"#,
    r#"{ "createdAt": { "exists": true } }"#,
];

/// Conditions on the profile that come and go with time.
const ON_PROFILE_AND_TIME: &[&str] = &[
    r#"{ "tenureDays": { "gte": 14 } }"#,
    r#"{ "tenureDays": { "exists": false } }"#,
    r#"{ "createdAt": { "within": "30d" } }"#,
    r#"{ "renewsAt": { "dueWithin": "7d" } }"#,
    r#"{ "renewsAt": { "olderThan": "0s" } }"#,
];

/// Conditions on a customer, as stages see them.
const ON_CUSTOMER: &[&str] = &[
    r#"{}"#,
    r#"{ "tenureDays": { "lt": 14 } }"#,
    r#"{ "tenureDays": { "gte": 30 } }"#,
    r#"{ "profile.plan": "pro" }"#,
    r#"{ "profile.seats": { "gte": 5 }, "tenureDays": { "exists": true } }"#,
    r#"{ "profile.renewsAt": { "dueWithin": "7d" } }"#,
];

/// Conditions on a result, as audiences see it.
const ON_RESULT: &[&str] = &[
    r#"{}"#,
    r#"{ "stars": { "gte": 3 } }"#,
    r#"{ "stars": { "lt": 2 }, "tenureDays": { "lte": 30 } }"#,
    r#"{ "score": { "gt": 10, "lte": 60 } }"#,
    r#"{ "score": 0 }"#,
    r#"{ "score": { "lte": 0 } }"#,
    r#"{ "score": { "lt": 0 } }"#,
    r#"{ "stars": { "in": [4, 5, 6] } }"#,
    r#"{ "points": { "gte": 5 } }"#,
    r#"{ "points": { "lt": { "path": "profile.seats" } } }"#,
    r#"{ "score": { "gte": { "path": "tenureDays" } } }"#,
    r#"{ "starsExact": { "gte": 1.5 } }"#,
    r#"{ "segment": { "in": ["engaged", "s1"] } }"#,
    r#"{ "segment": { "ne": "s0" } }"#,
    r#"{ "stage": "stage0" }"#,
    r#"{ "not": { "stage": { "ne": "stage1" } } }"#,
    r#"{ "stage": { "exists": false } }"#,
    r#"{ "parts.p0": { "gte": 2.5 } }"#,
    r#"{ "parts.p1": { "gt": { "path": "parts.p0" } } }"#,
    r#"{ "counts.c0": { "gte": 1 } }"#,
    r#"{ "counts.c1": { "in": [0, 2] } }"#,
    r#"{ "daysSinceLast": { "gte": 3, "lt": 20 } }"#,
    r#"{ "daysSinceLast": { "exists": false } }"#,
    r#"{ "daysSinceLast": { "lt": { "path": "tenureDays" } } }"#,
    r#"{ "profile.plan": "pro", "score": { "lt": 40 } }"#,
    r#"{ "profile.renewsAt": { "dueWithin": "7d" }, "stars": { "gte": 1 } }"#,
];

/// Paths into data: numbers mostly, now and then something else, or nothing.
pub const DATA_PATHS: &[&str] = &["amount", "order.total", "plan", "missing"];
/// Paths into a profile whose values stand still.
pub const PROFILE_PATHS: &[&str] = &["seats", "seatsUsed", "plan"];
/// Paths into a profile, the one that moves with time among them.
pub const PROFILE_AND_TIME_PATHS: &[&str] = &["seats", "seatsUsed", "plan", "tenureDays"];

/// On an event's data.
pub fn on_data() -> BoxedStrategy<Json> {
    joined(one_of(ON_DATA).boxed())
}

/// On the profile; `is_still` leaves out what time alone changes.
pub fn on_profile(is_still: bool) -> BoxedStrategy<Json> {
    if is_still {
        return joined(one_of(ON_PROFILE).boxed());
    }
    joined(prop_oneof![one_of(ON_PROFILE), one_of(ON_PROFILE_AND_TIME)].boxed())
}

/// On the facts a stage sees.
pub fn on_customer() -> BoxedStrategy<Json> {
    joined(one_of(ON_CUSTOMER).boxed())
}

/// On a result.
pub fn on_result() -> BoxedStrategy<Json> {
    joined(one_of(ON_RESULT).boxed())
}

fn one_of(texts: &'static [&'static str]) -> impl Strategy<Value = Json> {
    select(texts).prop_map(|text| serde_json::from_str(text).unwrap())
}

/// One as it stands, or two put together.
fn joined(one: BoxedStrategy<Json>) -> BoxedStrategy<Json> {
    let pair = (one.clone(), one.clone(), 0..3u8);
    prop_oneof![
        3 => one,
        1 => pair.prop_map(|(a, b, how)| match how {
            0 => json!({ "all": [a, b] }),
            1 => json!({ "any": [a, b] }),
            _ => json!({ "all": [a], "not": b }),
        }),
    ]
    .boxed()
}
