//! Laws: streaks, levels, badges and checklists.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestCaseResult;
use serde_json::json;
use starwise::{Progress, ScoreOptions, progress};

use crate::conditions::{on_data, on_profile};
use crate::fleet::{Fleet, Random, add, new_ledger, rebased, through_bytes, with_like_ties};
use crate::histories::{DAY, HOUR, NOW, any_history, events, time_of};
use crate::models::{ANY, model};
use crate::scoring::{Json, any_options, cases, instant, moved, read_history, read_model};

const EVENTS: &[&str] = &["login", "buy", "*", "nudge.shown"];

/// One streak, without an id.
fn streak() -> impl Strategy<Value = Json> {
    let every = select(&["day", "week", "month"][..]);
    (
        select(EVENTS),
        every,
        1..3u32,
        0..4u32,
        option::weighted(0.2, on_data()),
    )
        .prop_map(|(event, every, at_least, freezes, condition)| {
            let mut streak =
                json!({ "event": event, "every": every, "atLeast": at_least, "freezes": freezes });
            if let Some(condition) = condition {
                streak["where"] = condition;
            }
            streak
        })
}

/// What earns a badge, of a model with a streak `s0`, levels, and five stars.
fn award() -> impl Strategy<Value = Json> {
    prop_oneof![
        (select(EVENTS), 1..6u32, any::<bool>()).prop_map(|(event, count, is_unique)| {
            match is_unique {
                true => json!({ "event": event, "count": count, "uniqueBy": "plan" }),
                false => json!({ "event": event, "count": count }),
            }
        }),
        (1..5u32).prop_map(|length| json!({ "streak": "s0", "length": length })),
        (1..6u32).prop_map(|level| json!({ "level": level })),
        (1..5u32).prop_map(|stars| json!({ "stars": stars })),
    ]
}

/// What makes a step done, of a model with these criteria.
fn done(criteria: Vec<String>) -> BoxedStrategy<Json> {
    let event = (select(EVENTS), 1..4u32, option::weighted(0.2, on_data())).prop_map(
        |(event, count, condition)| match condition {
            Some(condition) => json!({ "event": event, "count": count, "where": condition }),
            None => json!({ "event": event, "count": count }),
        },
    );
    let profile = on_profile(false).prop_map(|condition| json!({ "profile": condition }));
    match criteria.is_empty() {
        true => prop_oneof![event, profile].boxed(),
        false => {
            let criterion = select(criteria).prop_map(|id| json!({ "criterion": id }));
            prop_oneof![event, profile, criterion].boxed()
        }
    }
}

fn with_ids(prefix: &str, mut items: Vec<Json>) -> Vec<Json> {
    for (number, item) in items.iter_mut().enumerate() {
        item["id"] = json!(format!("{prefix}{number}"));
    }
    items
}

/// The criteria that a step can name.
fn fulfillable(model: &Json) -> Vec<String> {
    let own = |holder: &Json| holder["criteria"].as_array().cloned().unwrap_or_default();
    let parts = model["parts"].as_array().cloned().unwrap_or_default();
    let all = own(model).into_iter().chain(parts.iter().flat_map(own));
    all.filter(|criterion| criterion["kind"] != "inactivity" && criterion["enabled"] != false)
        .map(|criterion| criterion["id"].as_str().unwrap().to_owned())
        .collect()
}

/// Random models with all there is to get to. Their target is never a population's.
fn models() -> BoxedStrategy<Json> {
    let curve = select(vec![
        json!("triangular"),
        json!("habitica"),
        json!({ "thresholds": [0, 5, 20.5, 100, 200] }),
        json!({ "thresholds": [10, 40, 80, 120, 500] }),
    ]);
    let base = select(&[1.0, 0.1, 3.0][..]);
    (
        model(ANY),
        vec(streak(), 1..4),
        curve,
        base,
        vec(award(), 0..5),
    )
        .prop_flat_map(|(mut model, streaks, curve, base, awards)| {
            let root = model.as_object_mut().unwrap();
            if root.get("target") == Some(&json!("baseline")) {
                root.remove("target");
            }
            root.remove("stages");
            root.remove("stars");
            let awards = awards
                .into_iter()
                .map(|award| json!({ "label": "B", "award": award }));
            model["streaks"] = json!(with_ids("s", streaks));
            model["levels"] = json!({ "curve": curve, "base": base });
            model["badges"] = json!(with_ids("b", awards.collect()));
            let step = (done(fulfillable(&model)), any::<bool>());
            let step = step.prop_map(
                |(done, optional)| json!({ "label": "S", "optional": optional, "done": done }),
            );
            (Just(model), vec(step, 1..5)).prop_map(|(mut model, steps)| {
                let steps = with_ids("t", steps);
                model["checklists"] = json!([{ "id": "c", "label": "C", "steps": steps }]);
                model
            })
        })
        .boxed()
}

fn of(model: &Json, history: &Json, options: &ScoreOptions) -> Progress {
    progress(&read_model(model), &read_history(history), options).unwrap()
}

/// What a streak says of itself adds up.
fn check_streaks(found: &Progress) -> TestCaseResult {
    for streak in &found.streaks {
        prop_assert!(streak.current <= streak.longest);
        prop_assert!(streak.freezes_left <= streak.freezes);
        prop_assert_eq!(streak.done, streak.count >= streak.at_least);
        prop_assert!(!streak.done || streak.current > 0 && !streak.at_risk);
        prop_assert!(!streak.at_risk || streak.current > 0);
        prop_assert_eq!(streak.until.is_some(), streak.current > 0);
        prop_assert!(streak.until.is_none_or(|until| until > found.at));
        prop_assert_eq!(streak.recent.len(), 7);
        let starts: Vec<_> = streak
            .recent
            .iter()
            .map(|interval| interval.start)
            .collect();
        prop_assert!(starts.is_sorted());
        prop_assert!(starts[6] <= found.at);
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(2_000))]

    /// Neither the order of events nor an event after the instant changes anything; nothing earned is ever lost.
    #[test]
    fn progress_goes_one_way(
        model in models(),
        history in any_history(),
        options in any_options(),
        later in 1..60 * DAY,
    ) {
        let found = of(&model, &history, &options);
        check_streaks(&found)?;
        let mut turned = history.clone();
        events(&mut turned).reverse();
        prop_assert_eq!(&of(&model, &turned, &options), &found);
        let at = options.at.millis();
        let mut known = history.clone();
        events(&mut known).retain(|event| time_of(event) <= at);
        // An event with an id is dropped where an earlier one has it: those that are left are the same.
        prop_assert_eq!(&of(&model, &known, &options), &found);

        let after = of(&model, &history, &moved(&options, at + later));
        for (before, after) in found.badges.iter().zip(&after.badges) {
            prop_assert!(!before.earned || after.earned);
            let known_start = after.earned_at.is_some_and(|earned| earned < found.at);
            prop_assert!(!before.earned || !known_start || before.earned_at == after.earned_at);
            prop_assert_eq!(before.earned, before.have == before.need);
            prop_assert_eq!(before.earned, before.share == 1.0);
            prop_assert!(before.earned_at.is_none_or(|earned| earned <= found.at));
        }
        for (before, after) in found.streaks.iter().zip(&after.streaks) {
            prop_assert!(before.longest <= after.longest);
        }
        let level = found.level.unwrap();
        prop_assert!(level.next.is_none_or(|next| next > level.from && next > level.points));
        prop_assert!(level.from <= level.points.max(0.0) && (0.0..=1.0).contains(&level.share));
        let list = &found.checklists[0];
        prop_assert_eq!(list.done, list.share == 1.0);
        prop_assert!(list.done || list.next.is_some());
        prop_assert!(list.done_at.is_none_or(|done| done <= found.at));
    }

    /// A badge is earned at the first instant at which its customer has it, not a millisecond sooner.
    #[test]
    fn badges_are_earned_to_the_millisecond(
        model in models(),
        history in any_history(),
        options in any_options(),
    ) {
        for (number, badge) in of(&model, &history, &options).badges.iter().enumerate() {
            let Some(earned) = badge.earned_at else { continue };
            let then = of(&model, &history, &moved(&options, earned.millis()));
            prop_assert!(then.badges[number].earned, "{} at {:?}", badge.id, earned);
            let before = of(&model, &history, &moved(&options, earned.millis() - 1));
            // Without a beginning the instant itself is the first.
            let before = &before.badges[number];
            prop_assert!(!before.earned || before.earned_at.unwrap().millis() == earned.millis() - 1);
        }
    }

    /// A ledger gives the progress of the united history: on several devices, folded, and through bytes.
    #[test]
    fn a_ledger_gives_the_progress_of_the_history(
        model in models(),
        history in any_history().prop_map(with_like_ties),
        options in any_options(),
        devices in 2..=5usize,
        seed in any::<u64>(),
    ) {
        let model = Arc::new(read_model(&model));
        let mut fleet = Fleet::new(&model, &history, &options, devices, seed);
        fleet.live_through(&history);
        let found = fleet.united().progress(&options).unwrap();
        prop_assert_eq!(found, progress(&model, &read_history(&history), &options).unwrap());
    }

    #[test]
    fn a_compacted_ledger_gives_the_same_progress_from_then_on(
        model in models(),
        history in any_history().prop_map(with_like_ties),
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
        add(&mut ledger, &early);
        ledger.compact(instant(before));
        if random.below(2) == 0 {
            let bytes = ledger.to_bytes();
            ledger = through_bytes(&model, &ledger, &options, "two");
            prop_assert_eq!(ledger.to_bytes(), bytes);
        }
        add(&mut ledger, &late);
        let mut reached = before;
        if random.below(2) == 0 {
            reached = before + again;
            ledger.compact(instant(reached));
            ledger = through_bytes(&model, &ledger, &options, "three");
        }
        let reference = read_history(&history);
        for at in [reached, reached + 1, reached + later / 7, reached + later] {
            let options = moved(&options, at);
            let found = ledger.progress(&options).unwrap();
            prop_assert_eq!(found, progress(&model, &reference, &options).unwrap());
        }
    }

    /// What is new comes first in each list, so that everything else has another number.
    #[test]
    fn a_compacted_ledger_keeps_the_progress_of_all_rules_that_stay(
        model in models(),
        history in any_history(),
        options in any_options(),
        before in NOW - 70 * DAY..NOW + 5 * DAY,
        later in 0..90 * DAY,
    ) {
        let mut more = model.clone();
        for (key, rule) in [
            ("streaks", json!({ "id": "new", "event": "login", "every": "week" })),
            ("badges", json!({ "id": "new", "label": "new", "award": { "streak": "new", "length": 2 } })),
            ("checklists", json!({ "id": "new", "label": "new", "steps": [{ "id": "new", "label": "new", "done": { "event": "login" } }] })),
        ] {
            match more[key].as_array_mut() {
                Some(rules) => rules.insert(0, rule),
                None => more[key] = json!([rule]),
            }
        }
        let (model, more) = (Arc::new(read_model(&model)), Arc::new(read_model(&more)));
        let mut ledger = new_ledger(&model, &history, &options, "one");
        add(&mut ledger, history["events"].as_array().unwrap());
        ledger.compact(instant(before));
        let mut carried = rebased(&more, &ledger, &options, "two");
        for at in [before, before + later / 7, before + later] {
            let options = moved(&options, at);
            let mut found = carried.progress(&options).unwrap();
            found.streaks.retain(|streak| streak.id != "new");
            found.badges.retain(|badge| badge.id != "new");
            found.checklists.retain(|checklist| checklist.id != "new");
            prop_assert_eq!(found, ledger.progress(&options).unwrap());
        }
    }

    /// Against the definition, day by day, with the days of a calendar: also where days are skipped, doubled, or begin
    /// at an hour that clocks are set over.
    #[test]
    fn streaks_are_those_of_a_calendar(
        zone in select(vec![
            ("Pacific/Apia", 1_325_239_200_000_i64), ("Africa/Cairo", 1_682_632_800_000), ("America/Havana", 1_699_160_400_000),
            ("Europe/Berlin", 1_711_846_800_000), ("Pacific/Kwajalein", 745_934_400_000), ("America/Sao_Paulo", 1_541_300_400_000),
        ]),
        hour in 0..5u8,
        steps in vec((-40..40i64, 0..4i64), 0..40),
        freezes in 0..3u32,
        at_least in 1..3u32,
        ahead in 0..30 * 6i64,
    ) {
        let (name, about) = zone;
        let tz = TimeZone::get(name).unwrap();
        let times: Vec<i64> = steps.iter().map(|(step, minute)| about + step * 6 * HOUR + minute * 17 * 60_000)
            .filter(|time| time.abs() >= 100_000_000_000).collect();
        let at = about + ahead * HOUR;
        let day = |time: i64| {
            let offset = i64::from(tz.to_offset(Timestamp::from_millisecond(time).unwrap()).seconds()) * 1000;
            (time + offset - i64::from(hour) * HOUR).div_euclid(DAY)
        };
        let model = read_model(&json!({
            "criteria": [{ "id": "a", "kind": "event", "event": "a", "points": 1 }],
            "streaks": [{ "id": "s", "event": "a", "every": "day", "atLeast": at_least, "freezes": freezes }]
        }));
        let list: Vec<Json> = times.iter().map(|time| json!({ "type": "a", "time": time })).collect();
        let options = ScoreOptions {
            zone: starwise::Zone::named(name).unwrap(),
            day_start_hour: hour,
            ..ScoreOptions::at(instant(at))
        };
        let found = progress(&model, &read_history(&json!({ "events": list })), &options).unwrap();
        check_streaks(&found)?;
        let streak = &found.streaks[0];

        let mut counts: BTreeMap<i64, u32> = BTreeMap::new();
        for time in times.iter().filter(|time| **time <= at) {
            *counts.entry(day(*time)).or_default() += 1;
        }
        let done: Vec<i64> = counts.iter().filter(|(_, count)| **count >= at_least).map(|(day, _)| *day).collect();
        let (mut length, mut left, mut longest, mut last) = (0, 0, 0, None::<i64>);
        for next in &done {
            match last {
                Some(before) if next - before - 1 <= left => {
                    left -= next - before - 1;
                    length += 1;
                }
                _ => (length, left) = (1, i64::from(freezes)),
            }
            longest = longest.max(length);
            last = Some(*next);
        }
        let today = day(at);
        let missed = last.map_or(i64::MAX, |last| (today - last - 1).max(0));
        let current = if missed <= left && last.is_some() { length } else { 0 };
        prop_assert_eq!((streak.current, streak.longest), (current, longest));
        prop_assert_eq!(streak.count, counts.get(&today).copied().unwrap_or(0));
        // Each interval that is shown begins with the first instant of its day or, where there is none, of the next.
        for (back, shown) in streak.recent.iter().rev().enumerate() {
            let number = today - back as i64;
            let start = shown.start.millis();
            prop_assert!(day(start) >= number && day(start - 1) < number, "{number} at {start}");
            prop_assert_eq!(shown.state == starwise::IntervalState::Done, done.contains(&number));
        }
        if let Some(until) = streak.until {
            let end = progress(&model, &read_history(&json!({ "events": list.iter()
                .filter(|event| event["time"].as_i64().unwrap() <= at).collect::<Vec<_>>() })), &moved(&options, until.millis())).unwrap();
            prop_assert_eq!(end.streaks[0].current, 0);
            let still = progress(&model, &read_history(&json!({ "events": list.iter()
                .filter(|event| event["time"].as_i64().unwrap() <= at).collect::<Vec<_>>() })), &moved(&options, until.millis() - 1)).unwrap();
            prop_assert_eq!(still.streaks[0].current, streak.current);
        }
    }
}
