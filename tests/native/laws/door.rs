//! Any input gives an answer or an error: never a panic, never a number that is none.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::TestCaseResult;
use serde_json::json;
use starwise::{Error, ErrorCode, History, Model, OnInvalid, ScoreOptions, score};

use crate::damage::{KEYS, STRANGERS, altered, any_json, bytes, damage};
use crate::histories::{NOW, all_times, any_history, extreme_amounts, history};
use crate::models::{ANY, EXTREME, model};
use crate::scoring::{
    Json, any_options, cases, check_numbers, instant, options_at, read_model, result, value,
};

const CASES: u32 = 1_000;
/// The ends of a `Date`.
const ENDS: [i64; 2] = [-8_640_000_000_000_000, 8_640_000_000_000_000];

proptest! {
    #![proptest_config(cases(CASES))]

    /// Any bytes, as a model and as a history.
    #[test]
    fn any_bytes_are_answered(bytes in bytes()) {
        try_model(&bytes)?;
        try_history(&bytes)?;
    }

    /// Valid texts after any damage: bytes flipped, cut off, taken out, doubled or mixed with pieces of JSON.
    #[test]
    fn damaged_texts_are_answered(
        model in model(ANY),
        history in any_history(),
        options in any_options(),
        damage in vec((damage(), any::<bool>()), 0..4),
    ) {
        let mut texts = [model.to_string().into_bytes(), history.to_string().into_bytes()];
        for (damage, is_history) in &damage {
            damage.befall(&mut texts[usize::from(*is_history)]);
        }
        let [model, history] = texts;
        if let (Some(model), Some(history)) = (try_model(&model)?, try_history(&history)?)
            && let Ok(result) = score(&model, &history, &options)
        {
            check_numbers(&result)?;
        }
    }

    /// Valid models in which something was replaced, removed, renamed or added: a model that scores without
    /// NaN, or faults under `model`.
    #[test]
    fn altered_models_are_answered(
        model in model(ANY),
        history in any_history(),
        options in any_options(),
        changes in vec((any::<Index>(), select(STRANGERS), select(KEYS), 0..4u8), 1..4),
    ) {
        let mut text = model.to_string();
        for (place, stranger, key, kind) in changes {
            text = altered(&text, place, stranger, key, kind);
        }
        if let Some(model) = try_model(text.as_bytes())? {
            let result = score(&model, &history_of(&history), &options);
            check_numbers(&result.unwrap())?;
        }
    }

    /// Any JSON at all, of keys and values that mean something somewhere, as a model.
    #[test]
    fn any_json_is_a_model_or_faults(json in any_json()) {
        try_model(json.to_string().as_bytes())?;
        let from_value = Model::from_value(&value(&json)).is_ok();
        prop_assert_eq!(Model::parse(json.to_string().as_bytes()).is_ok(), from_value);
    }

    /// Any JSON at all as options: options, or a fault under `options`.
    #[test]
    fn any_json_is_options_or_a_fault(
        mut json in any_json(),
        at in option::of(prop_oneof![Just(json!(NOW)), Just(json!("2024-03-01T00:00:00Z")), any_json()]),
        key in select(&["dayStartHour", "baseline", "include", "locale", "onInvalid", "x"][..]),
        more in any_json(),
    ) {
        if let Some(at) = at {
            json = json!({ "at": at, key: more });
        }
        match ScoreOptions::from_value(&value(&json)) {
            Ok((options, _)) => {
                let model = read_model(&json!({ "criteria": [], "target": "baseline" }));
                let result = score(&model, &history_of(&json!({ "events": [] })), &options);
                prop_assert_eq!(result.is_ok(), options.baseline.is_some());
            }
            Err(fault) => check_fault(&fault, &["options"])?,
        }
    }

    /// Every model at the bounds of its numbers, on amounts and times at theirs: all finite.
    #[test]
    fn extremes_stay_finite(
        model in model(EXTREME),
        history in history(all_times(), extreme_amounts()),
        options in options_at(prop_oneof![select(&ENDS[..]), Just(NOW)]),
    ) {
        check_numbers(&result(&model, &history, &options))?;
    }

    /// Depth, far past every bound, is an error of its own and no overflow of the stack.
    #[test]
    fn depth_is_an_error(
        depth in prop_oneof![0..200usize, 0..30_000usize],
        piece in select(&["[", "{\"all\":[", "{\"not\":"][..]),
    ) {
        let deep = piece.repeat(depth);
        try_model(deep.as_bytes())?;
        let filter = r#"{"criteria":[{"id":"a","kind":"filter","points":1,"where":"#;
        try_model(format!("{filter}{deep}").as_bytes())?;
        try_history(format!(r#"{{"events":[{{"type":"a","time":{NOW},"data":{deep}"#).as_bytes())?;
        let beside = format!(r#"{{"events":[],"other":{deep}"#);
        try_history(beside.as_bytes())?;
        if depth > 64 {
            let faults = Model::parse(deep.as_bytes()).unwrap_err();
            prop_assert_eq!(faults.as_slice()[0].code, ErrorCode::ModelTooDeep);
            let fault = History::parse(beside.as_bytes(), OnInvalid::Skip).unwrap_err();
            prop_assert_eq!(fault.code, ErrorCode::HistoryTooDeep);
        }
    }
}

/// A model, or faults that say where under `model`.
fn try_model(bytes: &[u8]) -> Result<Option<Model>, TestCaseError> {
    match Model::parse(bytes) {
        Ok(model) => {
            model.lint();
            Ok(Some(model))
        }
        Err(faults) => {
            prop_assert!(!faults.as_slice().is_empty());
            for fault in faults.as_slice() {
                check_fault(fault, &["model"])?;
                prop_assert!(fault.code.as_str().starts_with("model-"), "{fault}");
            }
            Ok(None)
        }
    }
}

/// A history that any model scores, or a fault that says where.
fn try_history(bytes: &[u8]) -> Result<Option<History>, TestCaseError> {
    if let Err(fault) = History::parse(bytes, OnInvalid::Error) {
        check_fault(&fault, &["history", "events", "profile"])?;
    }
    match History::parse(bytes, OnInvalid::Skip) {
        Ok(history) => {
            let model = read_model(&json!({ "criteria": [
                { "id": "c", "kind": "event", "event": "*", "points": 1, "per": "amount", "uniqueBy": "plan" },
                { "id": "d", "kind": "filter", "per": "seats", "points": 3 },
            ] }));
            let result = score(&model, &history, &ScoreOptions::at(instant(NOW)));
            check_numbers(&result.unwrap())?;
            Ok(Some(history))
        }
        Err(fault) => {
            check_fault(&fault, &["history", "events", "profile"])?;
            Ok(None)
        }
    }
}

fn history_of(json: &Json) -> History {
    History::parse(json.to_string().as_bytes(), OnInvalid::Error).unwrap()
}

/// A known code, a path under one of the roots, and one line that begins with the path.
fn check_fault(fault: &Error, roots: &[&str]) -> TestCaseResult {
    prop_assert!(ErrorCode::ALL.contains(&fault.code));
    let is_under = |root: &&str| {
        let rest = fault.path.strip_prefix(root);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    prop_assert!(roots.iter().any(is_under), "{fault}");
    let message = fault.message();
    prop_assert!(
        message.starts_with(&format!("`{}` ", fault.path)),
        "{message}"
    );
    prop_assert!(!message.contains(['\n', '\r', '\u{0}']), "{message:?}");
    Ok(())
}
