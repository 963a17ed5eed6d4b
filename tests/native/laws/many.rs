//! Many customers at once against each by itself.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::json;
use starwise::{History, OnInvalid, ScoreResult, score, score_lines};

use crate::histories::{any_history, crowded_times, events, history, moderate_amounts};
use crate::invariance::invalid_event;
use crate::models::{ANY, model};
use crate::scoring::{Json, any_options, cases, read_model};
use crate::spelling::{Choices, choices, spelled};

const CASES: u32 = 1_000;
/// Sums of the same numbers in another order.
const SAME: f64 = 1e-9;

proptest! {
    #![proptest_config(cases(CASES))]

    /// Every model: customers whose lines come in any order score as each does alone; events that are left out are
    /// counted together.
    #[test]
    fn lines_score_as_one_by_one(
        model in model(ANY),
        mut histories in vec(
            prop_oneof![any_history(), history(crowded_times(), moderate_amounts())],
            1..5,
        ),
        intruders in vec((any::<Index>(), invalid_event()), 0..4),
        options in any_options(),
        order in vec(any::<u32>(), 64),
        mut choices in choices(),
    ) {
        for (place, intruder) in intruders.into_iter().filter(|(_, event)| event.is_object()) {
            let place = place.index(histories.len());
            events(&mut histories[place]).push(intruder);
        }
        let read = read_model(&model);
        let text = in_lines(&histories, &order, &mut choices);
        let found = score_lines(&read, text.as_bytes(), OnInvalid::Skip, &options).unwrap();
        let mut ignored = [0; 4];
        for (customer, history) in histories.iter().enumerate() {
            let history = History::parse(history.to_string().as_bytes(), OnInvalid::Skip).unwrap();
            let alone = score(&read, &history, &options).unwrap();
            let counts = [
                alone.ignored.invalid,
                alone.ignored.duplicate,
                alone.ignored.future,
                alone.ignored.no_value,
            ];
            ignored = std::array::from_fn(|at| ignored[at] + counts[at]);
            let name = format!("c{customer}");
            let Some(place) = found.subjects.iter().position(|subject| *subject == name) else {
                // All that was said of this one was left out.
                prop_assert!(history.is_empty(), "{name} is missing");
                continue;
            };
            prop_assert!(is_near(found.points[place], alone.points), "{name}: {text}");
            prop_assert!(is_near(found.score[place], alone.score), "{name}: {text}");
            prop_assert_eq!(found.stars[place], alone.stars, "{}: {}", &name, &text);
            prop_assert_eq!(usize::from(found.segment[place]), segment_place(&model, &alone));
        }
        let found = found.ignored;
        prop_assert_eq!([found.invalid, found.duplicate, found.future, found.no_value], ignored);
    }
}

fn is_near(one: f64, other: f64) -> bool {
    (one - other).abs() <= SAME * one.abs().max(other.abs()).max(1.0)
}

/// The lines of all customers, in some order.
fn in_lines(histories: &[Json], order: &[u32], choices: &mut Choices) -> String {
    let mut lines = Vec::new();
    for (customer, history) in histories.iter().enumerate() {
        let subject = format!("c{customer}");
        if let Some(profile) = history.get("profile") {
            lines.push(json!({ "subject": subject, "profile": profile }));
        }
        for event in history["events"].as_array().unwrap() {
            let mut line = event.clone();
            line["subject"] = json!(subject);
            lines.push(line);
        }
    }
    let mut places: Vec<usize> = (0..lines.len()).collect();
    places.sort_by_key(|place| order[place % order.len()].wrapping_mul(*place as u32 + 1));
    let texts = places
        .iter()
        .map(|place| spelled(&lines[*place], choices).replace('\n', " "));
    texts.collect::<Vec<_>>().join("\n")
}

/// Where the segment of a result stands in the model.
fn segment_place(model: &Json, result: &ScoreResult) -> usize {
    let usual = json!([
        { "id": "very-disengaged" }, { "id": "engaged" }, { "id": "highly-engaged" }, { "id": "power-user" },
    ]);
    let segments = model.get("segments").unwrap_or(&usual);
    let mut segments = segments.as_array().unwrap().iter();
    segments
        .position(|segment| segment["id"] == *result.segment)
        .unwrap()
}
