//! The quick way from text to a score against the definition: reading the history whole, and scoring that.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestCaseResult;
use serde_json::json;
use starwise::{History, Model, OnInvalid, ScoreOptions, score, score_text};

use crate::damage::damage;
use crate::histories::{
    HOUR, all_times, any_history, crowded_times, events, extreme_amounts, history,
    moderate_amounts, time_of,
};
use crate::invariance::invalid_event;
use crate::models::{ANY, EXTREME, model};
use crate::scoring::{Json, any_options, cases, read_model, text};
use crate::spelling::{choices, spelled};

const CASES: u32 = 1_000;

proptest! {
    #![proptest_config(cases(CASES))]

    /// Every model, every history, in every spelling: the same result, bit by bit.
    #[test]
    fn text_scores_as_the_history_it_holds(
        model in prop_oneof![3 => model(ANY), 1 => model(EXTREME)],
        history in prop_oneof![
            2 => any_history(),
            1 => history(crowded_times(), moderate_amounts()),
            1 => history(all_times(), extreme_amounts()),
        ],
        options in any_options(),
        mut choices in choices(),
    ) {
        let text = spelled(&history, &mut choices);
        check_both_ways(&read_model(&model), text.as_bytes(), &options)?;
    }

    /// With invalid events among them: left out and counted alike, or refused in the same words.
    #[test]
    fn invalid_events_are_met_alike(
        model in model(ANY),
        mut history in any_history(),
        options in any_options(),
        intruders in vec((any::<Index>(), invalid_event()), 0..6),
        mut choices in choices(),
    ) {
        for (place, intruder) in intruders {
            let events = events(&mut history);
            events.insert(place.index(events.len() + 1), intruder);
        }
        let text = spelled(&history, &mut choices);
        check_both_ways(&read_model(&model), text.as_bytes(), &options)?;
    }

    /// With events told again, at the same time or another, with other data, with and without their id: the same
    /// are kept, in the same order.
    #[test]
    fn ties_and_duplicates_are_settled_alike(
        model in model(ANY),
        mut history in history(crowded_times(), moderate_amounts()),
        options in any_options(),
        copies in vec((any::<Index>(), any::<Index>(), any::<Index>(), 0..6u8), 1..12),
        mut choices in choices(),
    ) {
        let events = events(&mut history);
        if events.is_empty() {
            return Ok(());
        }
        for (which, other, place, how) in copies {
            let mut copy = which.get(events).clone();
            retell(&mut copy, other.get(events), how);
            events.insert(place.index(events.len() + 1), copy);
        }
        let text = spelled(&history, &mut choices);
        check_both_ways(&read_model(&model), text.as_bytes(), &options)?;
    }

    /// Texts after any damage: the same result, or the same error.
    #[test]
    fn damaged_texts_are_met_alike(
        model in model(ANY),
        history in any_history(),
        options in any_options(),
        damage in vec(damage(), 1..4),
        mut choices in choices(),
    ) {
        let mut text = spelled(&history, &mut choices).into_bytes();
        damage.iter().for_each(|one| one.befall(&mut text));
        check_both_ways(&read_model(&model), &text, &options)?;
    }
}

/// A history that breaks off at each of its bytes, and one with each byte another.
#[test]
fn a_text_cut_or_changed_anywhere_is_met_alike() {
    let model = read_model(&json!({ "criteria": [
        { "id": "a", "kind": "event", "event": "*", "points": 1, "per": "order.total" },
        { "id": "b", "kind": "event", "event": "buy", "points": 2, "uniqueBy": "order" },
        { "id": "c", "kind": "filter", "points": 3, "per": "seats" },
    ] }));
    let options = ScoreOptions::at(crate::scoring::instant(crate::histories::NOW));
    let whole = r#" {"events" :[{"type":"buy","time":1709251200000,"id":"é1","data":{"order":{"total":2.5,"k":[1,{}]}}},
        {"ty\u0070e":"open","time":"2024-02-28T10:00:00+01:00","id":null,"more":[true,null]},
        {"data":{"order":3,"order":{"total":-1e0}},"time":1.7092512e12,"type":"b\u0075y","id":"\ud83d\ude00"}
    ], "profile":{"seats":5}} "#;
    for end in 0..=whole.len() {
        check_both_ways(&model, &whole.as_bytes()[..end], &options).unwrap();
    }
    for place in 0..whole.len() {
        for byte in *b"\"\\{}[]:,0e-. \x01n\xff" {
            let mut text = whole.as_bytes().to_vec();
            text[place] = byte;
            check_both_ways(&model, &text, &options).unwrap();
        }
    }
}

/// Another telling of an event.
fn retell(copy: &mut Json, other: &Json, how: u8) {
    match how {
        0 => {}
        1 => copy["data"] = other.get("data").cloned().unwrap_or_default(),
        2 => copy["id"] = json!("e0"),
        3 => {
            copy.as_object_mut().unwrap().remove("id");
        }
        4 => copy["time"] = json!(time_of(copy) - HOUR),
        _ => copy["type"] = other["type"].clone(),
    }
}

fn check_both_ways(model: &Model, history: &[u8], options: &ScoreOptions) -> TestCaseResult {
    for on_invalid in [OnInvalid::Error, OnInvalid::Skip] {
        let defined =
            History::parse(history, on_invalid).and_then(|history| score(model, &history, options));
        let quick = score_text(model, history, on_invalid, options);
        let shown = || String::from_utf8_lossy(history);
        prop_assert_eq!(&quick, &defined, "of {}", shown());
        if let (Ok(quick), Ok(defined)) = (quick, defined) {
            prop_assert_eq!(text(&quick), text(&defined), "of {}", shown());
        }
    }
    Ok(())
}
