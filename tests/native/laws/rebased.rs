//! Progress and nudges of ledgers that were compacted, and then carried over to a model with other rules.

use std::sync::Arc;

use serde_json::json;
use starwise::{ErrorCode, Ledger, Progress, Restore, ScoreOptions};

use crate::fleet::{add, new_ledger, rebased};
use crate::histories::{DAY, NOW};
use crate::scoring::{Json, instant, moved, read_model};

const RULES: &str = r#"{
    "criteria": [{ "id": "task", "kind": "event", "event": "task", "points": 10 }, { "id": "login", "kind": "event", "event": "login", "points": 5 }],
    "streaks": [{ "id": "daily", "event": "task", "every": "day" }],
    "levels": { "curve": "triangular" },
    "badges": [
        { "id": "five", "label": "Five", "award": { "event": "task", "count": 5 } },
        { "id": "row", "label": "In a row", "award": { "streak": "daily", "length": 4 } },
        { "id": "two", "label": "Level 2", "award": { "level": 2 } },
        { "id": "star", "label": "Star", "award": { "stars": 2 } }
    ],
    "checklists": [{ "id": "start", "label": "Start", "steps": [
        { "id": "task", "label": "Task", "done": { "event": "task" } },
        { "id": "login", "label": "Login", "done": { "criterion": "login" } }
    ] }]
}"#;

fn rules() -> Json {
    serde_json::from_str(RULES).unwrap()
}

fn options() -> ScoreOptions {
    ScoreOptions::at(instant(NOW))
}

/// A ledger with a task on each of nine days up to now and a login among them, all of which is folded.
fn folded() -> Ledger {
    let event = |kind: &str, at: i64| json!({ "type": kind, "time": at });
    let mut list: Vec<Json> = (0..9).map(|day| event("task", NOW - day * DAY)).collect();
    list.push(event("login", NOW - 3 * DAY));
    let model = Arc::new(read_model(&rules()));
    let mut ledger = new_ledger(&model, &json!({ "events": [] }), &options(), "one");
    add(&mut ledger, &list);
    ledger.compact(instant(NOW + 1));
    ledger
}

/// Progress an hour later, under other rules.
fn under(rules: &Json) -> Progress {
    let model = Arc::new(read_model(rules));
    let mut ledger = rebased(&model, &folded(), &options(), "two");
    ledger.progress(&moved(&options(), NOW + DAY / 24)).unwrap()
}

fn earned(progress: &Progress) -> Vec<(&str, Option<i64>)> {
    let badges = progress.badges.iter();
    badges
        .map(|badge| (&*badge.id, badge.earned_at.map(|at| at.millis())))
        .collect()
}

fn day(days_before_now: i64) -> Option<i64> {
    Some(NOW - days_before_now * DAY)
}

#[test]
fn a_badge_more_costs_nothing() {
    let mut more = rules();
    let badge = json!({ "id": "new", "label": "New", "award": { "event": "task", "count": 20 } });
    more["badges"].as_array_mut().unwrap().insert(0, badge);
    let progress = under(&more);
    assert_eq!(progress.streaks[0].current, 9);
    assert_eq!(progress.level.as_ref().unwrap().points, 95.0);
    // The instants are those of the history: 20 points make two stars, 50 make level 2.
    let expected = [
        ("new", None),
        ("five", day(4)),
        ("row", day(5)),
        ("two", day(4)),
        ("star", day(7)),
    ];
    assert_eq!(earned(&progress), expected);
    assert!(progress.checklists[0].done);
}

#[test]
fn other_points_are_those_of_the_history() {
    let mut more = rules();
    more["criteria"][0]["points"] = json!(20);
    let level = under(&more).level.unwrap();
    assert_eq!((level.points, level.level), (185.0, 3));
}

#[test]
fn a_criterion_that_is_gone_takes_its_points_along_and_a_badge_stays() {
    let mut less = rules();
    less["criteria"].as_array_mut().unwrap().remove(0);
    less["badges"][0]["award"]["count"] = json!(50);
    let progress = under(&less);
    assert_eq!(progress.level.as_ref().unwrap().points, 5.0);
    let badges = earned(&progress);
    assert_eq!(
        badges[0],
        ("five", day(4)),
        "another award, and the same badge"
    );
    assert_eq!(badges[2], ("two", day(4)), "a level that is lost again");
}

#[test]
fn what_holds_by_now_is_earned_when_it_is_first_known() {
    let mut more = rules();
    let badges = more["badges"].as_array_mut().unwrap();
    badges.push(
        json!({ "id": "long", "label": "Long", "award": { "streak": "daily", "length": 9 } }),
    );
    badges.push(
        json!({ "id": "longer", "label": "Longer", "award": { "streak": "daily", "length": 10 } }),
    );
    badges.push(json!({ "id": "higher", "label": "Higher", "award": { "level": 2 } }));
    let progress = under(&more);
    let badges = earned(&progress);
    assert_eq!(badges[4], ("long", day(0)));
    assert_eq!(badges[5], ("longer", None));
    assert_eq!(
        badges[6],
        ("higher", day(4)),
        "the same award under another name"
    );
}

#[test]
fn another_freeze_begins_only_that_streak_anew() {
    let mut more = rules();
    more["streaks"][0]["freezes"] = json!(1);
    let progress = under(&more);
    assert_eq!(progress.streaks[0].current, 0);
    let badges = earned(&progress);
    assert_eq!(badges[0], ("five", day(4)));
    assert_eq!(badges[1], ("row", day(5)), "earned is earned");
    assert_eq!(progress.level.unwrap().points, 95.0);
}

/// Of a model without nudges that ask for it, nobody kept activities that give no points.
#[test]
fn a_nudge_that_asks_for_the_latest_activity_is_another_model() {
    let mut asks = rules();
    asks["nudges"] = json!([{ "id": "back", "kind": "message", "when": { "daysSinceLast": { "gte": 14 } }, "title": "Hello" }]);
    let mut silent = rules();
    silent["nudges"] =
        json!([{ "id": "back", "kind": "message", "when": { "stars": 0 }, "title": "Hello" }]);
    let [asks, silent] = [asks, silent].map(|rules| Arc::new(read_model(&rules)));
    let mut ledger = new_ledger(&silent, &json!({ "events": [] }), &options(), "one");
    add(
        &mut ledger,
        &[
            json!({ "type": "task", "time": NOW - 20 * DAY }),
            json!({ "type": "visit", "time": NOW - DAY }),
        ],
    );
    let restore = Restore {
        replica: "two".to_owned(),
        zone: options().zone,
        rebase: false,
    };
    let fault = Ledger::from_bytes(asks.clone(), &ledger.to_bytes(), restore).unwrap_err();
    assert_eq!(fault.code, ErrorCode::SnapshotForeign);
    let carried = rebased(&asks, &ledger, &options(), "three");
    assert_eq!(carried.complete_from(), f64::INFINITY, "it is never known");
}
