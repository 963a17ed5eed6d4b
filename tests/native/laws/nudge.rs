//! Laws: which nudge is shown, and why not another.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestCaseResult;
use serde_json::json;
use starwise::{NudgeDecision, NudgeReason, ReasonKind, ScoreOptions, nudge};

use crate::fleet::{Fleet, Random, add, new_ledger, through_bytes, with_like_ties};
use crate::histories::{DAY, HOUR, NOW, any_history, events, time_of};
use crate::scoring::{Json, any_options, cases, instant, moved, read_history, read_model};

/// What the nudges of [`models`] are for.
const WHEN: &[&str] = &[
    "{}",
    r#"{ "stars": { "gte": 1 } }"#,
    r#"{ "any": [{ "score": { "lt": 20 } }, { "profile.plan": "pro" }] }"#,
    r#"{ "not": { "badges.b": true, "audiences.a": true } }"#,
    r#"{ "trend.direction": { "in": ["steady", "new"] } }"#,
    r#"{ "level": { "gte": 2 } }"#,
    r#"{ "streaks.s.atRisk": false, "daysSinceLast": { "lt": 9 } }"#,
    r#"{ "checklists.c.done": false }"#,
    r#"{ "nextStar.points": { "exists": true } }"#,
];
const WHILES: &[&str] = &["1ms", "2h", "1d", "3d", "30d"];
const IDS: &[&str] = &["n0", "n1", "n2", "gone"];

/// One nudge, without an id.
fn rule() -> impl Strategy<Value = Json> {
    let length = || option::weighted(0.4, select(WHILES));
    let most = option::weighted(0.4, 1..4u32);
    (select(WHEN), 0..3i32, length(), length(), most).prop_map(
        |(when, priority, cooldown, again, most)| {
            let when: Json = serde_json::from_str(when).unwrap();
            let title = "{profile.name|you}: {stars}, {nextStar.action}, {checklists.c.share}";
            let mut nudge =
                json!({ "kind": "message", "when": when, "priority": priority, "title": title });
            let root = nudge.as_object_mut().unwrap();
            root.extend(cooldown.map(|length| ("cooldown".into(), json!(length))));
            root.extend(again.map(|length| ("again".into(), json!(length))));
            root.extend(most.map(|most| ("maxShown".into(), json!(most))));
            nudge
        },
    )
}

fn policy() -> impl Strategy<Value = Json> {
    let clock = select(&["00:00", "06:30", "12:00", "22:00"][..]);
    let hours = (clock.clone(), clock).prop_filter("they differ", |(from, to)| from != to);
    (
        option::weighted(0.4, 0..4u32),
        option::weighted(0.4, select(WHILES)),
        option::weighted(0.4, hours),
    )
        .prop_map(|(most, gap, hours)| {
            let mut policy = serde_json::Map::new();
            policy.extend(most.map(|most| ("maxPerDay".into(), json!(most))));
            policy.extend(gap.map(|gap| ("minGap".into(), json!(gap))));
            policy.extend(hours.map(|hours| ("quietHours".into(), json!(hours))));
            policy.into()
        })
}

fn models() -> impl Strategy<Value = Json> {
    (vec(rule(), 1..4), policy()).prop_map(|(mut nudges, policy)| {
        for (number, nudge) in nudges.iter_mut().enumerate() {
            nudge["id"] = json!(format!("n{number}"));
        }
        json!({
            "criteria": [
                { "id": "login", "kind": "event", "event": "login", "points": 10, "limit": 40 },
                { "id": "buy", "kind": "event", "event": "buy", "points": 25, "period": null }
            ],
            "audiences": [{ "id": "a", "when": { "score": { "gt": 50 } } }],
            "streaks": [{ "id": "s", "event": "*", "every": "day" }],
            "levels": { "curve": "triangular" },
            "badges": [{ "id": "b", "label": "B", "award": { "event": "buy", "count": 2 } }],
            "checklists": [{ "id": "c", "label": "C", "steps": [
                { "id": "one", "label": "One", "done": { "event": "login" } },
                { "id": "two", "label": "Two", "done": { "event": "open", "count": 3 } }
            ] }],
            "nudges": nudges,
            "nudgePolicy": policy,
        })
    })
}

/// Something that became of a nudge.
fn exposure() -> impl Strategy<Value = Json> {
    let what = select(
        &[
            "shown",
            "shown",
            "shown",
            "dismissed",
            "clicked",
            "answered",
        ][..],
    );
    let hours = prop_oneof![-48..12i64, -60 * 24..24 * 10i64];
    (what, select(IDS), hours, 0..3i64).prop_map(|(what, id, hours, odd)| {
        let time = NOW + hours * HOUR + odd;
        json!({ "type": format!("nudge.{what}"), "time": time, "data": { "nudge": id } })
    })
}

fn histories() -> impl Strategy<Value = Json> {
    (any_history(), vec(exposure(), 0..12)).prop_map(|(mut history, more)| {
        events(&mut history).extend(more);
        history
    })
}

fn of(model: &Json, history: &Json, options: &ScoreOptions) -> NudgeDecision {
    nudge(&read_model(model), &read_history(history), options).unwrap()
}

/// The same of the customer's events up to an instant.
fn known(history: &Json, at: i64) -> Json {
    let mut known = history.clone();
    events(&mut known).retain(|event| time_of(event) <= at);
    known
}

/// What a decision says of itself adds up.
fn check(found: &NudgeDecision) -> TestCaseResult {
    let chosen: Vec<_> = found.candidates.iter().filter(|one| one.chosen).collect();
    prop_assert_eq!(chosen.len(), usize::from(found.nudge.is_some()));
    for candidate in &found.candidates {
        let kinds: Vec<ReasonKind> = candidate.reasons.iter().map(|one| one.kind).collect();
        prop_assert!(!kinds.is_empty() && kinds.is_sorted());
        prop_assert_eq!(kinds.contains(&ReasonKind::Chosen), candidate.chosen);
        prop_assert!(kinds.len() == 1 || *kinds.last().unwrap() < ReasonKind::Chosen);
        if let Some(nudge) = &found.nudge {
            prop_assert_eq!(candidate.chosen, candidate.id == nudge.id);
            let by = candidate.reasons[0].by.as_ref();
            prop_assert!(by.is_none_or(|by| *by == nudge.id));
        } else {
            prop_assert!(!kinds.contains(&ReasonKind::Outranked));
        }
        for reason in &candidate.reasons {
            prop_assert!(!reason.message.is_empty());
            prop_assert!(reason.until.is_none_or(|until| until > found.at));
        }
    }
    Ok(())
}

/// Whether a candidate has a reason of a kind.
fn has(found: &NudgeDecision, number: usize, reason: &NudgeReason) -> bool {
    let reasons = &found.candidates[number].reasons;
    reasons.iter().any(|one| one.kind == reason.kind)
}

proptest! {
    #![proptest_config(cases(2_000))]

    /// One is chosen if and only if there is a nudge; neither the order of events nor what happens later matters.
    #[test]
    fn one_nudge_at_most_is_chosen(
        model in models(),
        history in histories(),
        options in any_options(),
    ) {
        let found = of(&model, &history, &options);
        check(&found)?;
        let mut turned = history.clone();
        events(&mut turned).reverse();
        prop_assert_eq!(&of(&model, &turned, &options), &found);
        prop_assert_eq!(&of(&model, &known(&history, options.at.millis()), &options), &found);
    }

    /// What stands until an instant stands a millisecond before it, and no longer from then on, if nothing more happens.
    #[test]
    fn what_stands_until_an_instant_ends_there(
        model in models(),
        history in histories(),
        options in any_options(),
    ) {
        let history = known(&history, options.at.millis());
        let found = of(&model, &history, &options);
        for (number, candidate) in found.candidates.iter().enumerate() {
            for reason in &candidate.reasons {
                let Some(until) = reason.until else { continue };
                let before = of(&model, &history, &moved(&options, until.millis() - 1));
                prop_assert!(has(&before, number, reason), "{reason:?}");
                let then = of(&model, &history, &moved(&options, until.millis()));
                prop_assert!(!has(&then, number, reason), "{reason:?}");
            }
        }
    }

    /// What was shown as often as may be is never shown again, however often it is shown.
    #[test]
    fn showing_more_never_brings_a_nudge_back(
        model in models(),
        history in histories(),
        options in any_options(),
        shown in vec(0..40 * DAY, 1..4),
    ) {
        let before = of(&model, &history, &options);
        let mut more = history.clone();
        let at = options.at.millis();
        events(&mut more).extend(shown.iter().map(|ago| {
            json!({ "type": "nudge.shown", "time": at - ago, "data": { "nudge": "n0" } })
        }));
        let after = of(&model, &more, &options);
        let kinds = |found: &NudgeDecision| {
            let reasons = found.candidates[0].reasons.iter();
            reasons.map(|one| one.kind).filter(|kind| *kind < ReasonKind::Chosen).collect::<Vec<_>>()
        };
        // No activity: it changes no fact, and no reason goes.
        let (before, after) = (kinds(&before), kinds(&after));
        prop_assert!(before.iter().all(|kind| after.contains(kind)), "{before:?} {after:?}");
    }

    /// The one on screen stays while its condition holds and the customer has not had enough of it.
    #[test]
    fn what_is_on_screen_stays(
        model in models(),
        history in histories(),
        options in any_options(),
    ) {
        let own = |kind: ReasonKind| kind <= ReasonKind::Answered;
        let without = of(&model, &history, &options);
        for (number, candidate) in without.candidates.iter().enumerate() {
            let showing = Some(candidate.id.clone());
            let found = of(&model, &history, &ScoreOptions { showing, ..options.clone() });
            check(&found)?;
            let may_stay = !candidate.reasons.iter().any(|reason| own(reason.kind));
            prop_assert_eq!(found.candidates[number].chosen, may_stay);
            let reasons = found.candidates[number].reasons.iter();
            prop_assert!(may_stay || reasons.clone().all(|reason| own(reason.kind)));
        }
    }

    /// A ledger chooses what the united history does: on several devices, and through bytes.
    #[test]
    fn a_ledger_chooses_as_the_history_does(
        model in models(),
        history in histories().prop_map(with_like_ties),
        options in any_options(),
        devices in 2..=5usize,
        seed in any::<u64>(),
    ) {
        let model = Arc::new(read_model(&model));
        let mut fleet = Fleet::new(&model, &history, &options, devices, seed);
        fleet.live_through(&history);
        let found = fleet.united().nudge(&options).unwrap();
        prop_assert_eq!(found, nudge(&model, &read_history(&history), &options).unwrap());
    }

    #[test]
    fn a_compacted_ledger_chooses_the_same_from_then_on(
        model in models(),
        history in histories().prop_map(with_like_ties),
        options in any_options(),
        before in NOW - 70 * DAY..NOW + 5 * DAY,
        later in 0..40 * DAY,
        seed in any::<u64>(),
    ) {
        let trend_over = 7 * DAY;
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
        if random.below(2) == 0 {
            ledger.compact(instant(before));
        }
        let reference = read_history(&history);
        for at in [before, before + trend_over, before + trend_over + later] {
            let options = moved(&options, at);
            match ledger.nudge(&options) {
                Ok(found) => {
                    prop_assert_eq!(found, nudge(&model, &reference, &options).unwrap());
                }
                Err(error) => {
                    prop_assert_eq!(error.code, starwise::ErrorCode::OptionsAtSettled);
                    prop_assert!(at < before + trend_over);
                }
            }
        }
    }
}
