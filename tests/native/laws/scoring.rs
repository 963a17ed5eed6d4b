//! From JSON to a result, and what is true of every result.

use std::sync::LazyLock;

use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{RngSeed, TestCaseResult};
use starwise::{
    History, Include, Instant, Model, OnInvalid, ScoreOptions, ScoreResult, Value, Zone, score,
};

use crate::histories::{DAY, NOW};

pub type Json = serde_json::Value;

/// The keys under which a result may hold `null`: nothing there, never a NaN.
const NULLABLE: [&str; 5] = ["stage", "tenureDays", "criterion", "score", "weight"];
const SEED: u64 = 20_240_301;

static ZONES: LazyLock<Vec<Zone>> = LazyLock::new(|| {
    let named = ["Europe/Berlin", "Pacific/Apia"].map(|name| Zone::named(name).unwrap());
    let table = [(NOW - 20 * DAY, 7_200_000), (NOW - 10 * DAY, -39_600_000)];
    let mut zones = vec![Zone::utc(), Zone::from_changes(table.to_vec())];
    zones.extend(named);
    zones
});

/// So many cases, the same ones each time, unless the environment says otherwise.
pub fn cases(count: u32) -> ProptestConfig {
    let mut config = ProptestConfig::default();
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = count;
    }
    if config.rng_seed == RngSeed::Random {
        config.rng_seed = RngSeed::Fixed(SEED);
    }
    config.failure_persistence = None;
    config
}

/// Options at an instant, in any zone, with everything included.
pub fn options_at(at: impl Strategy<Value = i64>) -> impl Strategy<Value = ScoreOptions> {
    let baseline = select(&[1e-6, 42.5, 100.0, 1e12][..]);
    let locale = option::of(select(&["de", "pt-BR", "xx"][..]));
    (at, 0..4usize, 0..24u8, baseline, locale).prop_map(|(at, zone, hour, baseline, locale)| {
        ScoreOptions {
            zone: ZONES[zone].clone(),
            day_start_hour: hour,
            baseline: Some(baseline),
            include: Include {
                trend: true,
                ..Include::default()
            },
            locale: locale.map(str::to_owned),
            ..ScoreOptions::at(instant(at))
        }
    })
}

/// Options about [`NOW`].
pub fn any_options() -> impl Strategy<Value = ScoreOptions> {
    let near = prop_oneof![Just(NOW), NOW - 40 * DAY..NOW + 40 * DAY];
    options_at(near)
}

/// The same options at another instant.
pub fn moved(options: &ScoreOptions, at: i64) -> ScoreOptions {
    ScoreOptions {
        at: instant(at),
        ..options.clone()
    }
}

pub fn instant(at: i64) -> Instant {
    Instant::from_millis(at as f64).unwrap()
}

/// A model that must be valid.
pub fn read_model(model: &Json) -> Model {
    Model::parse(model.to_string().as_bytes())
        .unwrap_or_else(|faults| panic!("{faults}, in the model {model}"))
}

/// A history that must be valid.
pub fn read_history(history: &Json) -> History {
    History::parse(history.to_string().as_bytes(), OnInvalid::Error)
        .unwrap_or_else(|fault| panic!("{fault}, in the history {history}"))
}

/// The result of a valid model and history.
pub fn result(model: &Json, history: &Json, options: &ScoreOptions) -> ScoreResult {
    score(&read_model(model), &read_history(history), options).unwrap()
}

/// Every bit of a result, as text.
pub fn text(result: &ScoreResult) -> String {
    serde_json::to_string(result).unwrap()
}

/// As starwise reads it.
pub fn value(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(flag) => Value::Bool(*flag),
        Json::Number(number) => Value::Number(number.as_f64().unwrap()),
        Json::String(text) => Value::from(text.as_str()),
        Json::Array(items) => Value::List(items.iter().map(value).collect()),
        Json::Object(entries) => Value::Map(
            entries
                .iter()
                .map(|(key, item)| (key.as_str().into(), value(item)))
                .collect(),
        ),
    }
}

/// No number of it is NaN, infinite or -0.
pub fn check_numbers(result: &ScoreResult) -> TestCaseResult {
    let text = text(result);
    // JSON has no NaN: it would stand there as null, where a number belongs.
    let json: Json = serde_json::from_str(&text).unwrap();
    check_number_at("", &json, &text)?;
    let has_scores = result.parts.iter().all(|part| part.score.is_some());
    let has_none = result.parts.iter().all(|part| part.score.is_none());
    prop_assert!(has_scores || has_none);
    let optional = result
        .parts
        .iter()
        .flat_map(|part| [part.score, part.weight])
        .chain([result.tenure_days, Some(result.score)]);
    for number in optional.flatten() {
        prop_assert!(number.is_finite(), "{text}");
    }
    Ok(())
}

fn check_number_at(key: &str, json: &Json, whole: &str) -> TestCaseResult {
    match json {
        Json::Null => prop_assert!(NULLABLE.contains(&key), "null at {key} in {whole}"),
        Json::Number(number) => {
            let number = number.as_f64().unwrap();
            prop_assert!(number.is_finite(), "{number} at {key} in {whole}");
            let is_negative_zero = number == 0.0 && number.is_sign_negative();
            prop_assert!(!is_negative_zero, "-0 at {key} in {whole}");
        }
        Json::Array(items) => {
            for item in items {
                check_number_at(key, item, whole)?;
            }
        }
        Json::Object(entries) => {
            for (key, item) in entries {
                check_number_at(key, item, whole)?;
            }
        }
        _ => {}
    }
    Ok(())
}
