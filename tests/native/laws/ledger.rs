//! A ledger against the definition: scoring the united history.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::json;
use starwise::{ErrorCode, Include, score};

use crate::conditions::on_result;
use crate::fleet::{Fleet, Random, add, check_same, new_ledger, through_bytes, with_like_ties};
use crate::histories::{
    DAY, NOW, any_history, crowded_times, events, history, moderate_amounts, recent_times, time_of,
};
use crate::models::{ANY, model, with_audiences};
use crate::scoring::{Json, any_options, cases, instant, moved, read_history, read_model, text};

/// Models with audiences.
fn models() -> impl Strategy<Value = Json> {
    (model(ANY), vec(on_result(), 0..3))
        .prop_map(|(model, audiences)| with_audiences(&model, audiences))
}

/// Everyday histories, and those where many events are of one time.
fn histories() -> impl Strategy<Value = Json> {
    let crowded = history(crowded_times(), moderate_amounts());
    prop_oneof![any_history(), crowded].prop_map(with_like_ties)
}

/// Events of few times, types and ids, with data of which all is read.
fn told_apart() -> impl Strategy<Value = Json> {
    let data = (0..3u8, -2..3i8).prop_map(|(plan, amount)| match plan {
        0 => json!({ "amount": amount }),
        1 => json!({ "plan": "pro", "amount": amount }),
        _ => json!({ "amount": amount, "plan": ["free", amount] }),
    });
    (crowded_times(), any::<bool>(), 0..8u8, data).prop_map(|(time, is_visit, id, data)| {
        let name = if is_visit { "visit" } else { "buy" };
        let mut event = json!({ "type": name, "time": time, "data": data });
        if id < 3 {
            event["id"] = json!(format!("e{id}"));
        }
        event
    })
}

proptest! {
    #![proptest_config(cases(6_000))]

    /// Added in any order, on 2 to 12 devices, merged in any order and any number of times, through bytes at any moment:
    /// what scoring the united history gives.
    #[test]
    fn a_ledger_scores_the_united_history(
        model in models(),
        history in histories(),
        options in any_options(),
        devices in 2..=12usize,
        seed in any::<u64>(),
    ) {
        let model = Arc::new(read_model(&model));
        let mut fleet = Fleet::new(&model, &history, &options, devices, seed);
        fleet.live_through(&history);
        let mut ledger = fleet.united();
        let found = ledger.score(&options).unwrap();
        let expected = score(&model, &read_history(&history), &options).unwrap();
        check_same(&found, &expected)?;
    }

    /// Two ledgers that know the same are the same bytes, and score alike bit by bit, whichever way they came to it.
    #[test]
    fn what_is_known_alike_is_the_same_bytes(
        model in models(),
        history in history(recent_times(), moderate_amounts()),
        options in any_options(),
        devices in 2..=12usize,
        seed in any::<u64>(),
    ) {
        let model = Arc::new(read_model(&model));
        let mut fleet = Fleet::new(&model, &history, &options, devices, seed);
        fleet.live_through(&history);
        let mut one = fleet.united();
        let mut other = fleet.united();
        prop_assert_eq!(one.to_bytes(), other.to_bytes());
        let one = one.score(&options).unwrap();
        prop_assert_eq!(text(&one), text(&other.score(&options).unwrap()));
    }

    /// After `compact(t)`, the same for every instant from `t` on; later events come in as before.
    #[test]
    fn a_compacted_ledger_scores_the_same_from_then_on(
        model in models(),
        history in histories(),
        options in any_options(),
        before in NOW - 70 * DAY..NOW + 5 * DAY,
        again in 0..30 * DAY,
        later in 0..90 * DAY,
        seed in any::<u64>(),
    ) {
        let model = Arc::new(read_model(&model));
        let mut random = Random(seed);
        let (early, late): (Vec<Json>, Vec<Json>) = history["events"].as_array().unwrap().iter().cloned()
            .partition(|event| time_of(event) < before || random.below(2) == 0);
        let mut ledger = new_ledger(&model, &history, &options, "one");
        for event in &early {
            add(&mut ledger, std::slice::from_ref(event));
        }
        ledger.compact(instant(before));
        if random.below(2) == 0 {
            ledger = through_bytes(&model, &ledger, &options, "two");
        }
        for event in &late {
            add(&mut ledger, std::slice::from_ref(event));
        }
        let mut reached = before;
        if random.below(2) == 0 {
            reached = before + again;
            ledger.compact(instant(reached));
            ledger = through_bytes(&model, &ledger, &options, "three");
        }
        let reference = read_history(&history);
        for at in [reached, reached + 1, reached + later / 7, reached + later] {
            let mut options = moved(&options, at);
            // What a trend looks back to may be folded.
            options.include.trend = false;
            let found = ledger.score(&options).unwrap();
            check_same(&found, &score(&model, &reference, &options).unwrap())?;
        }
        let too_early = moved(&options, reached - 1);
        prop_assert_eq!(ledger.score(&too_early).unwrap_err().code, ErrorCode::OptionsAtSettled);
    }

    /// Compacted here and there, merged in any order: the same bytes in the end, for events without ids. With ids, what
    /// comes again changes nothing.
    #[test]
    fn of_compacted_ledgers_the_later_compaction_stands(
        model in models(),
        mut history in histories(),
        has_ids in any::<bool>(),
        options in any_options(),
        devices in 2..=5usize,
        seed in any::<u64>(),
    ) {
        if !has_ids {
            for event in events(&mut history) {
                event.as_object_mut().unwrap().remove("id");
            }
        }
        let model = Arc::new(read_model(&model));
        let mut fleet = Fleet::new(&model, &history, &options, devices, seed);
        fleet.live_through(&history);
        fleet.compact();
        let mut one = fleet.united();
        let bytes = one.to_bytes();
        if !has_ids {
            prop_assert_eq!(fleet.united().to_bytes(), bytes.clone());
        }
        for device in &fleet.ledgers {
            one.merge(device).unwrap();
        }
        prop_assert_eq!(one.to_bytes(), bytes);
        let latest = fleet.ledgers.iter().filter_map(|ledger| ledger.compacted_to()).max();
        prop_assert_eq!(one.compacted_to(), latest);
        // What was left out is what is missing.
        let mut options = moved(&options, NOW);
        options.include.trend = false;
        let ignored = one.score(&options).unwrap().ignored;
        if latest.is_none() {
            prop_assert_eq!(ignored.settled, 0);
            check_same(&one.score(&options).unwrap(), &score(&model, &read_history(&history), &options).unwrap())?;
        }
    }
}

proptest! {
    #![proptest_config(cases(3_000))]

    /// Where the model reads all of the data, events of one time and type are told apart by all of it.
    #[test]
    fn events_are_told_apart_by_what_is_read(
        list in vec(told_apart(), 0..30),
        options in any_options(),
        rules in 0..4usize,
        devices in 2..=4usize,
        seed in any::<u64>(),
    ) {
        let rule = [
            json!({ "award": "first" }),
            json!({ "uniqueBy": "plan" }),
            json!({ "cooldown": "5d" }),
            json!({ "perDay": 1, "uniqueBy": "plan" }),
        ];
        let mut criterion = json!({ "id": "a", "kind": "event", "event": "*", "points": 1, "per": "amount" });
        criterion.as_object_mut().unwrap().extend(rule[rules].as_object().unwrap().clone());
        let reader = json!({ "id": "b", "kind": "event", "event": "*", "points": 3, "where": { "plan": "pro" } });
        let model = Arc::new(read_model(&json!({ "criteria": [criterion, reader], "period": null })));
        let history = json!({ "events": list });
        let mut fleet = Fleet::new(&model, &history, &options, devices, seed);
        fleet.live_through(&history);
        let found = fleet.united().score(&options).unwrap();
        check_same(&found, &score(&model, &read_history(&history), &options).unwrap())?;
    }
}

proptest! {
    #![proptest_config(cases(1_000))]

    /// The next star and the next change of a ledger are those of the united history.
    #[test]
    fn a_ledger_looks_ahead_as_its_history_does(
        model in models(),
        history in histories(),
        options in any_options(),
        compaction in 0..40 * DAY,
        seed in any::<u64>(),
    ) {
        let model = Arc::new(read_model(&model));
        let mut fleet = Fleet::new(&model, &history, &options, 3, seed);
        fleet.live_through(&history);
        let mut ledger = fleet.united();
        ledger.compact(instant(options.at.millis() - compaction));
        let include = Include { next_star: true, next_change: true, ..Include::default() };
        let options = starwise::ScoreOptions { include, ..options };
        let expected = score(&model, &read_history(&history), &options).unwrap();
        check_same(&ledger.score(&options).unwrap(), &expected)?;
    }
}
