//! Snapshots: damaged, foreign and newer ones, and those carried over to another model.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::json;
use starwise::{ErrorCode, Ledger, Model, Restore, ScoreOptions, score};

use crate::damage::damage;
use crate::fleet::{Random, add, check_same, new_ledger, random_event, with_like_ties};
use crate::histories::{DAY, NOW, any_history, time_of};
use crate::models::{ANY, each_object, model};
use crate::scoring::{Json, any_options, cases, instant, moved, read_history, read_model};

proptest! {
    #![proptest_config(cases(3_000))]

    /// Carried over to another model, a ledger is complete from when it says: then it scores as the united history does.
    /// What is older than periods and was never kept is missing from the receipt alone.
    #[test]
    fn a_rebased_ledger_knows_from_when_on_it_is_complete(
        before in model(ANY),
        after in model(ANY),
        is_alike in any::<bool>(),
        history in any_history(),
        options in any_options(),
        compaction in proptest::option::of(0..40 * DAY),
        later in 0..90 * DAY,
        seed in any::<u64>(),
    ) {
        let history = with_like_ties(history);
        let after = if is_alike { tweaked(&before) } else { after };
        let (before, after) = (Arc::new(read_model(&before)), Arc::new(read_model(&after)));
        let mut random = Random(seed);
        let (early, late): (Vec<Json>, Vec<Json>) = history["events"].as_array().unwrap().iter().cloned()
            .partition(|event| compaction.is_some_and(|age| time_of(event) < NOW - age) || random.below(2) == 0);
        let mut ledger = new_ledger(&before, &history, &options, "one");
        add(&mut ledger, &early);
        if let Some(age) = compaction {
            ledger.compact(instant(NOW - age));
        }
        let bytes = ledger.to_bytes();
        let mut ledger = restored(&after, &bytes, &options, true).unwrap();
        add(&mut ledger, &late);
        let from = ledger.complete_from();
        if from == f64::INFINITY {
            return Ok(());
        }
        let from = from.max(compaction.map_or(NOW as f64 - 60.0 * DAY as f64, |age| (NOW - age) as f64)) as i64;
        for at in [from, from + later] {
            let mut options = moved(&options, at);
            options.include.trend = false;
            let mut found = ledger.score(&options).unwrap();
            let mut expected = score(&after, &read_history(&history), &options).unwrap();
            for result in [&mut found, &mut expected] {
                result.ignored.no_value = 0;
                result.contributions.iter_mut().for_each(|line| line.lost.expired = 0.0);
            }
            check_same(&found, &expected)?;
        }
    }

    /// Bytes that were changed and given a checksum that fits: refused, or a ledger that answers, never a panic.
    #[test]
    fn forged_snapshots_are_refused_or_read(
        model in model(ANY),
        history in any_history(),
        options in any_options(),
        is_compacted in any::<bool>(),
        damage in vec(damage(), 1..4),
    ) {
        let model = Arc::new(read_model(&model));
        let mut ledger = new_ledger(&model, &history, &options, "one");
        add(&mut ledger, history["events"].as_array().unwrap());
        if is_compacted {
            ledger.compact(instant(NOW - 10 * DAY));
        }
        let bytes = ledger.to_bytes();
        let mut forged = bytes[13..bytes.len() - 8].to_vec();
        damage.iter().for_each(|one| one.befall(&mut forged));
        let forged = with_checksum([&bytes[..13], &forged].concat());
        let before = ledger.to_bytes();
        match restored(&model, &forged, &options, false) {
            Err(error) => {
                prop_assert_eq!(error.code, ErrorCode::SnapshotDamaged);
                prop_assert!(ledger.merge_bytes(&forged).is_err());
                prop_assert_eq!(ledger.to_bytes(), before);
            }
            Ok(mut read) => {
                let _ = read.score(&options);
                read.merge(&ledger).unwrap();
                // It may say that somebody else recorded more under this name.
                let _ = ledger.merge_bytes(&forged);
                ledger.compact(instant(NOW));
                let _ = ledger.score(&options);
                ledger.to_bytes();
            }
        }
    }

    /// Texts for people, the order of keys and what is written out though it goes without saying make no other model.
    #[test]
    fn models_that_score_alike_read_each_others_snapshots(
        model in model(ANY),
        history in any_history(),
        options in any_options(),
        is_compacted in any::<bool>(),
        seed in any::<u64>(),
    ) {
        let history = with_like_ties(history);
        let mut random = Random(seed);
        let other = reworded(&model, &mut random);
        let (one, other) = (Arc::new(read_model(&model)), Arc::new(read_model(&other)));
        let compaction = NOW - 10 * DAY;
        let (early, late): (Vec<Json>, Vec<Json>) = history["events"].as_array().unwrap().iter().cloned()
            .partition(|event| time_of(event) < compaction || random.below(2) == 0);
        let mut ledger = new_ledger(&one, &history, &options, "one");
        add(&mut ledger, &early);
        if is_compacted {
            ledger.compact(instant(compaction));
        }
        let mut again = restored(&other, &ledger.to_bytes(), &options, false).unwrap();
        prop_assert_eq!(again.to_bytes(), ledger.to_bytes());
        add(&mut again, &late);
        ledger.merge(&again).unwrap();
        let mut options = moved(&options, NOW + DAY);
        options.include.trend = false;
        let expected = score(&one, &read_history(&history), &options).unwrap();
        check_same(&ledger.score(&options).unwrap(), &expected)?;
    }
}

/// Every truncation and every single bit of twenty snapshots.
#[test]
fn damaged_snapshots_are_refused() {
    let model = Arc::new(read_model(&json!({
        "period": null,
        "criteria": [
            { "id": "a", "kind": "event", "event": "*", "points": 1, "per": "amount" },
            { "id": "b", "kind": "event", "event": "buy", "points": 2, "uniqueBy": "plan", "perDay": 2 },
            { "id": "c", "kind": "inactivity", "event": "login", "for": "3d", "points": -3 },
        ]
    })));
    let options = ScoreOptions::at(instant(NOW));
    for number in 0..20_u64 {
        let mut random = Random(number + 1);
        let count = 1 + random.below(12);
        let list: Vec<Json> = (0..count).map(|_| random_event(&mut random)).collect();
        let history = json!({ "events": list, "profile": { "plan": "pro", "seats": number } });
        let mut ledger = new_ledger(&model, &history, &options, "one");
        add(&mut ledger, &list);
        if number % 3 == 0 {
            ledger.compact(instant(NOW - 20 * DAY));
        }
        let bytes = ledger.to_bytes();
        let mut held = new_ledger(&model, &history, &options, "two");
        add(&mut held, &list);
        let before = held.to_bytes();
        let mut refuse = |damaged: &[u8]| {
            let error = held.merge_bytes(damaged).unwrap_err();
            assert_eq!(error.code, ErrorCode::SnapshotDamaged);
            assert!(Ledger::time_zone_of(damaged).is_err());
        };
        for end in 0..bytes.len() {
            refuse(&bytes[..end]);
        }
        for bit in 0..bytes.len() * 8 {
            let mut damaged = bytes.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            refuse(&damaged);
        }
        let mut longer = bytes.clone();
        longer.push(0);
        refuse(&longer);
        assert_eq!(held.to_bytes(), before);
        held.merge_bytes(&bytes).unwrap();
    }
}

#[test]
fn snapshots_of_others_are_refused() {
    let plain = json!({ "criteria": [{ "id": "a", "kind": "event", "event": "a", "points": 1 }] });
    let mut other = plain.clone();
    other["criteria"][0]["points"] = json!(2);
    let (plain, other) = (Arc::new(read_model(&plain)), Arc::new(read_model(&other)));
    let options = ScoreOptions::at(instant(NOW));
    let mut ledger = new_ledger(&plain, &json!({}), &options, "one");
    add(&mut ledger, &[json!({ "type": "a", "time": NOW })]);
    let bytes = ledger.to_bytes();
    let code = |result: Result<Ledger, starwise::Error>| result.unwrap_err().code;
    assert_eq!(
        code(restored(&other, &bytes, &options, false)),
        ErrorCode::SnapshotForeign
    );
    assert_eq!(
        code(restored(&plain, &[], &options, false)),
        ErrorCode::SnapshotDamaged
    );
    let mut stranger = new_ledger(&other, &json!({}), &options, "two");
    assert_eq!(
        stranger.merge(&ledger).unwrap_err().code,
        ErrorCode::SnapshotForeign
    );
    assert_eq!(
        stranger.merge_bytes(&bytes).unwrap_err().code,
        ErrorCode::SnapshotForeign
    );
    let known = Restore {
        replica: "one".into(),
        zone: options.zone.clone(),
        rebase: false,
    };
    assert_eq!(
        code(Ledger::from_bytes(plain.clone(), &bytes, known)),
        ErrorCode::OptionsInvalidReplica
    );
    assert_eq!(
        code(restored(&plain, &of_version(&bytes, 3), &options, false)),
        ErrorCode::SnapshotNewer
    );
    assert_eq!(
        code(restored(&plain, &of_version(&bytes, 0), &options, false)),
        ErrorCode::SnapshotDamaged
    );
    assert!(restored(&plain, &of_version(&bytes, 1), &options, false).is_ok());
}

/// Two ledgers under one name would take each other's events for their own.
#[test]
fn namesakes_are_refused() {
    let model = json!({ "criteria": [{ "id": "a", "kind": "event", "event": "a", "points": 1 }] });
    let model = Arc::new(read_model(&model));
    let options = ScoreOptions::at(instant(NOW));
    let event = |time: i64| json!({ "type": "a", "time": time });
    let mut one = new_ledger(&model, &json!({}), &options, "same");
    let mut other = new_ledger(&model, &json!({}), &options, "same");
    add(&mut other, &[event(NOW - 2), event(NOW - 1)]);
    // Nothing was recorded yet: it goes on from there.
    one.merge(&other).unwrap();
    add(&mut one, &[event(NOW)]);
    assert_eq!(one.score(&options).unwrap().points, 3.0);
    let before = other.to_bytes();
    let error = other.merge(&one).unwrap_err();
    assert_eq!(error.code, ErrorCode::OptionsInvalidReplica);
    assert_eq!(other.to_bytes(), before);
}

/// The same snapshot as one of another version, checksum and all.
fn of_version(bytes: &[u8], version: u8) -> Vec<u8> {
    let mut bytes = bytes[..bytes.len() - 8].to_vec();
    bytes[4] = version;
    with_checksum(bytes)
}

/// FNV-1a with 64 bits, after RFC 9923.
fn with_checksum(mut bytes: Vec<u8>) -> Vec<u8> {
    let sum = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    bytes.extend_from_slice(&sum.to_le_bytes());
    bytes
}

fn restored(
    model: &Arc<Model>,
    bytes: &[u8],
    options: &ScoreOptions,
    rebase: bool,
) -> Result<Ledger, starwise::Error> {
    let restore = Restore {
        replica: "restored".into(),
        zone: options.zone.clone(),
        rebase,
    };
    Ledger::from_bytes(model.clone(), bytes, restore)
}

/// A model with other points, whose criteria count the same.
fn tweaked(model: &Json) -> Json {
    let mut model = model.clone();
    each_object(&mut model, &mut |object| {
        if object.contains_key("kind") {
            object.insert("points".into(), json!(7));
        }
    });
    model
}

/// A model with other texts, and its keys in another order.
fn reworded(model: &Json, random: &mut Random) -> Json {
    let mut model = model.clone();
    model["name"] = json!("another name");
    model["description"] = json!({ "en": "a", "de": "b" });
    each_object(&mut model, &mut |object| {
        if object.contains_key("kind") {
            object.insert("label".into(), json!("another label"));
            object.insert("effort".into(), json!(3));
        }
        let mut entries: Vec<(String, Json)> = std::mem::take(object).into_iter().collect();
        while !entries.is_empty() {
            let (key, value) = entries.swap_remove(random.below(entries.len()));
            object.insert(key, value);
        }
    });
    model
}
