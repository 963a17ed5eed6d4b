//! What is left of one event of one point, against the formulas of the specification.

use core::f64::consts::PI;

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;
use starwise::{History, Model, OnInvalid, ScoreOptions, score};

use crate::histories::{DAY, HOUR, NOW};
use crate::scoring::{Json, cases, instant, read_model};

const CASES: u32 = 1_000;
/// Relative for powers of two, absolute for the cosine.
const NEAR: f64 = 1e-13;
/// Beyond so many half-lives a power of two is no normal double, and is 0 here.
const MOST_HALF_LIVES: f64 = 1022.0;

proptest! {
    #![proptest_config(cases(CASES))]

    /// Exponential: 2^(-age / half-life), to 13 digits; 0 where that is below the least normal double.
    #[test]
    fn exponential_is_a_power_of_two(half_life in lengths(), ages in prop::collection::vec(any_age(), 40)) {
        let fading = Fading::new("exponential", "halfLife", half_life);
        for age in ages.into_iter().map(|age| age.of(half_life)) {
            let exact = libm::exp2(-(age as f64) / half_life as f64);
            let left = fading.left(age);
            if age as f64 / half_life as f64 > MOST_HALF_LIVES {
                prop_assert_eq!(left, 0.0, "at {}", age);
            } else {
                prop_assert!((left - exact).abs() <= NEAR * exact, "{left} is not {exact} at {age}");
            }
        }
    }

    /// Exponential at whole half-lives: ½^n, exactly.
    #[test]
    fn whole_half_lives_are_exact(half_life in lengths(), count in 0..=1022i32) {
        let age = half_life * i64::from(count);
        prop_assume!(age < 3_000 * 365 * DAY);
        let left = Fading::new("exponential", "halfLife", half_life).left(age);
        prop_assert_eq!(left, 0.5_f64.powi(count));
    }

    /// Exponential, linear, cosine: a later event never has less left.
    #[test]
    fn fading_is_monotone(
        (curve, key) in select(&[("exponential", "halfLife"), ("linear", "over"), ("cosine", "cycle")][..]),
        length in lengths(),
        age in any_age(),
        step in prop_oneof![Just(1), 1..1_000i64, any_length()],
    ) {
        let fading = Fading::new(curve, key, length);
        let mut left = fading.left(age.of(length));
        for count in 1..20 {
            let next = fading.left(age.of(length) + count * step);
            prop_assert!(next <= left, "{next} after {left}, {count} steps of {step}");
            left = next;
        }
    }

    /// Cosine: ½(1 + cos(π age / 2 cycles)), to 13 places, and 0 from two cycles on.
    #[test]
    fn cosine_is_an_s(cycle in lengths(), ages in prop::collection::vec(any_age(), 40)) {
        let fading = Fading::new("cosine", "cycle", cycle);
        for age in ages.into_iter().map(|age| age.of(cycle)) {
            let left = fading.left(age);
            let share = age as f64 / (2 * cycle) as f64;
            let exact = if age < 2 * cycle { 0.5 * (1.0 + libm::cos(PI * share)) } else { 0.0 };
            prop_assert!((left - exact).abs() <= NEAR, "{left} is not {exact} at {age}");
            prop_assert!((0.0..=1.0).contains(&left), "{left} at {age}");
        }
    }

    /// Many events at once, as many as come in twos and one more: each fades as it does alone.
    #[test]
    fn together_is_one_by_one(half_life in lengths(), ages in prop::collection::vec(any_age(), 0..12)) {
        let ages: Vec<i64> = ages.into_iter().map(|age| age.of(half_life)).collect();
        let fading = Fading::new("exponential", "halfLife", half_life);
        let mut in_order = ages.clone();
        in_order.sort_by(|a, b| b.cmp(a));
        let sum: f64 = in_order.iter().map(|age| fading.left(*age)).sum();
        prop_assert_eq!(fading.points(&ages), sum);
    }
}

/// One point an event, fading, for all time.
struct Fading(Model);

impl Fading {
    fn new(curve: &str, key: &str, millis: i64) -> Fading {
        let decay = json!({ "curve": curve, key: format!("{millis}ms") });
        Fading(read_model(&json!({
            "period": null, "decay": decay,
            "criteria": [{ "id": "a", "kind": "event", "event": "a", "points": 1 }],
        })))
    }

    fn left(&self, age: i64) -> f64 {
        self.points(&[age])
    }

    fn points(&self, ages: &[i64]) -> f64 {
        // Far enough from 1970 that no time looks like seconds, whatever its age.
        let at = 200 * 365 * DAY + NOW;
        let event = |age: &i64| json!({ "type": "a", "time": text_or_millis(at - age) });
        let events: Vec<Json> = ages.iter().map(event).collect();
        let text = json!({ "events": events }).to_string();
        let history = History::parse(text.as_bytes(), OnInvalid::Error).unwrap();
        let points = score(&self.0, &history, &ScoreOptions::at(instant(at))).unwrap();
        points.points
    }
}

/// Near 1970 only a text is a time.
fn text_or_millis(time: i64) -> Json {
    match jiff::Timestamp::from_millisecond(time) {
        Ok(timestamp) if time.abs() < 100_000_000_000 => json!(timestamp.to_string()),
        _ => json!(time),
    }
}

/// An age: of so many ms, or in millionths of a length.
#[derive(Debug, Clone, Copy)]
enum Age {
    Millis(i64),
    Millionths(i64),
}

impl Age {
    fn of(self, length: i64) -> i64 {
        match self {
            Age::Millis(millis) => millis,
            // A length of a year times 1,100 is well within a `Date`.
            Age::Millionths(count) => (i128::from(length) * i128::from(count) / 1_000_000) as i64,
        }
    }
}

fn any_age() -> impl Strategy<Value = Age> {
    prop_oneof![
        any_length().prop_map(Age::Millis),
        (0..=4_000_000i64).prop_map(Age::Millionths),
        (0..=1_100_000_000i64).prop_map(Age::Millionths),
        (0..=128i64).prop_map(|count| Age::Millionths(count * 31_250)),
    ]
}

fn any_length() -> impl Strategy<Value = i64> {
    prop_oneof![0..1_000i64, 0..HOUR, 0..DAY, 0..400 * DAY]
}

/// Half-lives, cycles and the like.
fn lengths() -> impl Strategy<Value = i64> {
    let usual = [1, 7, 14, 30, 90].map(|days| days * DAY);
    prop_oneof![
        select(usual.to_vec()),
        any_length().prop_map(|length| length + 1)
    ]
}
