//! The devices of one customer, each with a ledger, and what befalls them.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use serde_json::json;
use starwise::{Ledger, LedgerOptions, Model, Restore, ScoreOptions, ScoreResult};

use crate::histories::{DAY, NOW, events, time_of};
use crate::scoring::{Json, instant, read_history, value};

/// The devices of one customer.
pub struct Fleet {
    model: Arc<Model>,
    options: ScoreOptions,
    profile: Json,
    pub ledgers: Vec<Ledger>,
    replicas: usize,
    random: Random,
}

impl Fleet {
    pub fn new(
        model: &Arc<Model>,
        history: &Json,
        options: &ScoreOptions,
        devices: usize,
        seed: u64,
    ) -> Fleet {
        let ledgers = (0..devices)
            .map(|device| new_ledger(model, history, options, &format!("device {device}")));
        Fleet {
            model: model.clone(),
            options: options.clone(),
            profile: history["profile"].clone(),
            ledgers: ledgers.collect(),
            replicas: devices,
            random: Random(seed),
        }
    }

    /// Each event is added on some device; in between, devices merge, and are saved and loaded.
    pub fn live_through(&mut self, history: &Json) {
        let mut left = history["events"].as_array().unwrap().clone();
        while !left.is_empty() {
            let device = self.random.below(self.ledgers.len());
            match self.random.below(6) {
                0 => self.merge(device),
                1 => self.reload(device),
                2 => {
                    let options = self.options.clone();
                    self.ledgers[device].score(&options).unwrap();
                }
                _ => {
                    let count = 1 + self.random.below(4).min(left.len() - 1);
                    let chunk: Vec<Json> = (0..count)
                        .map(|_| left.swap_remove(self.random.below(left.len())))
                        .collect();
                    add(&mut self.ledgers[device], &chunk);
                }
            }
        }
    }

    /// Some devices are compacted, some to the same instant.
    pub fn compact(&mut self) {
        for _ in 0..self.random.below(4) {
            let device = self.random.below(self.ledgers.len());
            let before = NOW - 5 * DAY * self.random.below(12) as i64;
            self.ledgers[device].compact(instant(before));
            if self.random.below(2) == 0 {
                self.merge(device);
            }
        }
    }

    /// A ledger that has heard of everything, some of it more than once, in any order.
    pub fn united(&mut self) -> Ledger {
        let history = json!({ "profile": self.profile });
        let mut united = new_ledger(&self.model, &history, &self.options, "united");
        let mut order: Vec<usize> = (0..self.ledgers.len()).collect();
        order.extend((0..3).map(|_| self.random.below(self.ledgers.len())));
        while !order.is_empty() {
            let device = order.swap_remove(self.random.below(order.len()));
            match self.random.below(2) {
                0 => united.merge(&self.ledgers[device]).unwrap(),
                _ => united
                    .merge_bytes(&self.ledgers[device].to_bytes())
                    .unwrap(),
            }
        }
        united
    }

    fn merge(&mut self, device: usize) {
        let other = self.random.below(self.ledgers.len());
        let bytes = self.ledgers[other].to_bytes();
        self.ledgers[device].merge_bytes(&bytes).unwrap();
    }

    fn reload(&mut self, device: usize) {
        self.replicas += 1;
        let name = format!("device {}", self.replicas);
        let ledger = through_bytes(&self.model, &self.ledgers[device], &self.options, &name);
        assert_eq!(ledger.to_bytes(), self.ledgers[device].to_bytes());
        self.ledgers[device] = ledger;
    }
}

pub fn new_ledger(
    model: &Arc<Model>,
    history: &Json,
    options: &ScoreOptions,
    replica: &str,
) -> Ledger {
    let profile = match &history["profile"] {
        Json::Null => json!({}),
        profile => profile.clone(),
    };
    let options = LedgerOptions {
        profile: value(&profile),
        zone: options.zone.clone(),
        day_start_hour: options.day_start_hour,
        ..LedgerOptions::new(replica)
    };
    Ledger::new(model.clone(), options).unwrap()
}

pub fn through_bytes(
    model: &Arc<Model>,
    ledger: &Ledger,
    options: &ScoreOptions,
    replica: &str,
) -> Ledger {
    restored(model, ledger, options, replica, false)
}

/// Carried over to another model.
pub fn rebased(
    model: &Arc<Model>,
    ledger: &Ledger,
    options: &ScoreOptions,
    replica: &str,
) -> Ledger {
    restored(model, ledger, options, replica, true)
}

fn restored(
    model: &Arc<Model>,
    ledger: &Ledger,
    options: &ScoreOptions,
    replica: &str,
    rebase: bool,
) -> Ledger {
    let restore = Restore {
        replica: replica.to_owned(),
        zone: options.zone.clone(),
        rebase,
    };
    Ledger::from_bytes(model.clone(), &ledger.to_bytes(), restore).unwrap()
}

pub fn add(ledger: &mut Ledger, list: &[Json]) {
    ledger
        .add(&read_history(&json!({ "events": list })))
        .unwrap();
}

/// Events of one time and type with the same data: what is not read of it cannot tell them apart then.
pub fn with_like_ties(mut history: Json) -> Json {
    let list = events(&mut history);
    for place in 1..list.len() {
        let (earlier, rest) = list.split_at_mut(place);
        let like =
            |event: &&Json| event["type"] == rest[0]["type"] && time_of(event) == time_of(&rest[0]);
        if let Some(first) = earlier.iter().find(like) {
            match first.get("data") {
                Some(data) => rest[0]["data"] = data.clone(),
                None => drop(rest[0].as_object_mut().unwrap().remove("data")),
            }
        }
    }
    history
}

/// The same but for the last bits, and for later events that nothing reads.
pub fn check_same(found: &ScoreResult, expected: &ScoreResult) -> TestCaseResult {
    prop_assert!(found.ignored.future <= expected.ignored.future);
    let plain = |result: &ScoreResult| {
        let mut json = serde_json::to_value(result).unwrap();
        json["ignored"]["future"] = json!(0);
        json
    };
    let (found, expected) = (plain(found), plain(expected));
    prop_assert!(is_like(&found, &expected), "{found}\n\n{expected}");
    Ok(())
}

pub fn is_like(one: &Json, other: &Json) -> bool {
    match (one, other) {
        (Json::Number(one), Json::Number(other)) => {
            let (one, other) = (one.as_f64().unwrap(), other.as_f64().unwrap());
            (one - other).abs() <= 1e-9 * (1.0 + one.abs().max(other.abs()))
        }
        (Json::Array(one), Json::Array(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .zip(other)
                    .all(|(one, other)| is_like(one, other))
        }
        (Json::Object(one), Json::Object(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .all(|(key, value)| other.get(key).is_some_and(|other| is_like(value, other)))
        }
        _ => one == other,
    }
}

pub fn random_event(random: &mut Random) -> Json {
    let mut event = json!({
        "type": (["login", "buy", "open"][random.below(3)]),
        "time": NOW - 1_000 * random.below(3_000_000) as i64,
        "data": { "amount": random.below(50), "plan": (["pro", "free"][random.below(2)]), "more": 1 },
    });
    if random.below(3) == 0 {
        event["id"] = json!(format!("e{}", random.below(8)));
    }
    event
}

/// Marsaglia's xorshift.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.max(1);
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % count.max(1)
    }
}
