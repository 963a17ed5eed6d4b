//! What changes nothing: the order of events, saying a thing twice, what is yet to come, what is invalid, and
//! the way a history came in.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::json;
use starwise::{ErrorCode, History, OnInvalid, score};

use crate::histories::{
    DAY, NOW, all_times, any_history, crowded_times, event, events, from_rust, history,
    moderate_amounts, time_of,
};
use crate::models::{ANY, EXTREME, model};
use crate::scoring::{
    Json, any_options, cases, check_numbers, moved, read_history, read_model, result, text,
};

const CASES: u32 = 1_000;

proptest! {
    #![proptest_config(cases(CASES))]

    /// Every model: the order of events, and of the keys in them, does not matter. The same bits.
    #[test]
    fn order_does_not_matter(
        model in model(ANY),
        (history, shuffled) in prop_oneof![
            any_history(),
            history(crowded_times(), moderate_amounts()),
        ].prop_flat_map(|history| {
            let shuffled = Just(history["events"].as_array().unwrap().clone()).prop_shuffle();
            (Just(history), shuffled)
        }),
        options in any_options(),
    ) {
        let before = result(&model, &history, &options);
        check_numbers(&before)?;
        let mut other = with_keys_reversed(&history);
        *events(&mut other) = shuffled.iter().map(with_keys_reversed).collect();
        prop_assert_eq!(text(&before), text(&result(&model, &other, &options)));
    }

    /// Every model: scoring leaves model and history as they were. The same bits, twice and read anew.
    #[test]
    fn scoring_twice_is_scoring_once(
        model in model(ANY), history in any_history(), options in any_options(),
    ) {
        let (read, known) = (read_model(&model), read_history(&history));
        let once = score(&read, &known, &options).unwrap();
        let again = score(&read, &known, &options).unwrap();
        prop_assert_eq!(text(&once), text(&again));
        prop_assert_eq!(text(&once), text(&result(&model, &history, &options)));
    }

    /// Every model: an event told again, or again and later, changes only `ignored.duplicate`.
    #[test]
    fn duplicates_change_only_their_count(
        model in model(ANY),
        history in any_history(),
        options in any_options(),
        copies in vec((any::<Index>(), any::<Index>(), prop_oneof![Just(0), 0..50 * DAY]), 1..8),
    ) {
        let before = result(&model, &history, &options);
        let mut repeated = history;
        let events = events(&mut repeated);
        let named: Vec<Json> = events.iter().filter(|event| event.get("id").is_some()).cloned().collect();
        if named.is_empty() {
            return Ok(());
        }
        for (which, place, delay) in &copies {
            let mut copy = which.get(&named).clone();
            if *delay > 0 {
                copy["time"] = json!(time_of(&copy) + delay);
            }
            events.insert(place.index(events.len()), copy);
        }
        let mut after = result(&model, &repeated, &options);
        prop_assert_eq!(after.ignored.duplicate, before.ignored.duplicate + copies.len() as u64);
        after.ignored.duplicate = before.ignored.duplicate;
        prop_assert_eq!(text(&before), text(&after));
    }

    /// Every model: an event later than `at` changes only `ignored.future`, or `ignored.duplicate` where its
    /// id is known already; and the trend sees no more of it than the score.
    #[test]
    fn the_future_changes_only_its_count(
        model in model(ANY),
        history in any_history(),
        options in any_options(),
        later in vec((event(Just(NOW).boxed(), moderate_amounts()), 1..400 * DAY), 1..8),
    ) {
        let before = result(&model, &history, &options);
        let at = options.at.millis();
        let mut longer = history;
        for (event, distance) in &later {
            let mut event = event.clone();
            event["time"] = json!(at + distance);
            events(&mut longer).insert(0, event);
        }
        let mut after = result(&model, &longer, &options);
        let ignored = after.ignored.future + after.ignored.duplicate;
        let were = before.ignored.future + before.ignored.duplicate;
        prop_assert_eq!(ignored, were + later.len() as u64);
        after.ignored = before.ignored;
        prop_assert_eq!(text(&before), text(&after));
    }

    /// Every model: with `onInvalid: "skip"` an invalid event changes only `ignored.invalid`; without, it is
    /// an error that names the place of the first.
    #[test]
    fn invalid_events_change_only_their_count(
        model in model(ANY),
        history in any_history(),
        options in any_options(),
        intruders in vec((any::<Index>(), invalid_event()), 1..6),
    ) {
        let before = result(&model, &history, &options);
        let mut disturbed = history;
        for (place, intruder) in &intruders {
            let events = events(&mut disturbed);
            events.insert(place.index(events.len() + 1), intruder.clone());
        }
        let bytes = disturbed.to_string().into_bytes();
        let tolerant = History::parse(&bytes, OnInvalid::Skip).unwrap();
        let mut after = score(&read_model(&model), &tolerant, &options).unwrap();
        prop_assert_eq!(after.ignored.invalid, intruders.len() as u64);
        after.ignored.invalid = 0;
        prop_assert_eq!(text(&before), text(&after));

        let fault = History::parse(&bytes, OnInvalid::Error).unwrap_err();
        let is_intruder = |event: &Json| intruders.iter().any(|(_, intruder)| intruder == event);
        let first = events(&mut disturbed).iter().position(is_intruder).unwrap();
        prop_assert!(fault.path.starts_with(&format!("events[{first}]")), "{fault}");
        prop_assert!(fault.code.as_str().starts_with("event-"), "{fault}");
        prop_assert!(ErrorCode::ALL.contains(&fault.code));
    }

    /// Every model: a history from Rust is the one from its JSON text, for all times a `Date` has. The same
    /// bits.
    #[test]
    fn rust_and_text_are_one_history(
        model in prop_oneof![model(ANY), model(EXTREME)],
        history in history(all_times(), moderate_amounts()),
        options in any_options(),
        later in select(&[0, 400 * DAY][..]),
    ) {
        let options = moved(&options, options.at.millis() + later);
        let native = from_rust(&history);
        prop_assert!(native.is_ok(), "{}", native.unwrap_err());
        let native = score(&read_model(&model), &native.unwrap(), &options).unwrap();
        prop_assert_eq!(text(&native), text(&result(&model, &history, &options)));
    }
}

/// Maps in reverse, all the way down.
fn with_keys_reversed(json: &Json) -> Json {
    match json {
        Json::Array(items) => items.iter().map(with_keys_reversed).collect(),
        Json::Object(entries) => {
            let reversed = entries.iter().rev();
            reversed
                .map(|(key, item)| (key.clone(), with_keys_reversed(item)))
                .collect()
        }
        other => other.clone(),
    }
}

/// What is no event.
pub fn invalid_event() -> impl Strategy<Value = Json> {
    let whole = json!({ "type": "login", "time": 1_709_000_000_000_i64, "id": "e1" });
    let wrong = |key: &str, value: Json| {
        let mut event = whole.clone();
        event[key] = value;
        event
    };
    let without = |key: &str| {
        let mut event = whole.clone();
        event.as_object_mut().unwrap().remove(key);
        event
    };
    select(vec![
        Json::Null,
        json!("login"),
        json!([whole.clone()]),
        json!({}),
        without("type"),
        without("time"),
        wrong("type", json!("")),
        wrong("type", Json::Null),
        wrong("type", json!(["login"])),
        wrong("time", Json::Null),
        wrong("time", json!(1_709_000_000)),
        wrong("time", json!(8_640_000_000_000_001_i64)),
        wrong("time", json!("2024-02-30T00:00:00Z")),
        wrong("time", json!("2024-02-28")),
        wrong("time", json!("1709000000000")),
        wrong("id", json!(7)),
        wrong("id", json!("x".repeat(257))),
        wrong("data", json!([])),
        wrong("data", json!("{}")),
    ])
}
