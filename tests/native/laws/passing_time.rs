//! What time alone does to a score.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;
use starwise::{Contribution, ScoreResult};

use crate::criteria::Kind;
use crate::histories::{
    DAY, HOUR, LATEST, crowded_times, events, history, non_negative_amounts, recent_times, time_of,
};
use crate::models::{ANY, Shape, each_object, model};
use crate::scoring::{Json, any_options, cases, moved, result, text};

const CASES: u32 = 1_000;
/// Two ways to the same number.
const SAME: f64 = 1e-12;

/// Points that only fade: none below 0, none that silence gives, none that too many events take away, none
/// that depend on time itself.
const FADING: Shape = Shape {
    kinds: &[
        Kind::Event,
        Kind::Event,
        Kind::FrequencyAtLeast,
        Kind::StillFilter,
    ],
    points: &[0.0, 0.1, 1.0, 10.0, 33.333, 250.0],
    has_stages: false,
    has_skipped_parts: false,
    ..ANY
};

/// Event criteria of one sign, so that nothing cancels out, whose sum nothing bounds.
const EVENTS_ONLY: Shape = Shape {
    kinds: &[Kind::Event],
    points: &[0.0, 0.1, 1.0, 10.0, 33.333, 250.0],
    has_clamps: false,
    has_stages: false,
    ..ANY
};

proptest! {
    #![proptest_config(cases(CASES))]

    /// Models of event criteria, frequencies without `atMost` and filters that do not see time, with points
    /// and amounts of 0 or more, in parts that are not skipped, clamped or not: without new events points
    /// never rise. Award, uniqueBy, cooldown, perDay, limits and every decay may stand, from the last
    /// activity too: what is counted does not change, and all it does is fade. Not so with inactivity (it
    /// begins), `atMost` (it holds again), stages (they turn), skipped parts (a mean without the lowest)
    /// and tenure (it grows).
    #[test]
    fn without_new_events_points_never_rise(
        model in model(FADING),
        history in history(
            prop_oneof![recent_times(), crowded_times()].boxed(),
            non_negative_amounts(),
        ),
        options in any_options(),
        waits in vec(prop_oneof![0..3 * HOUR, 0..20 * DAY, Just(DAY), Just(7 * DAY)], 2..8),
    ) {
        let mut at = LATEST;
        let mut before = result(&model, &history, &moved(&options, at));
        for wait in waits {
            at += wait;
            let after = result(&model, &history, &moved(&options, at));
            let both = || format!("{} then {}", text(&before), text(&after));
            prop_assert!(after.points <= before.points * (1.0 + SAME), "{}", both());
            prop_assert!(after.score <= before.score * (1.0 + SAME) + 1e-9, "{}", both());
            // Clamps come and go: their lines have nothing to compare with.
            for (line, faded) in criteria(&before).zip(criteria(&after)) {
                prop_assert!(faded.points <= line.points * (1.0 + SAME), "{}", both());
                prop_assert!(faded.count <= line.count, "{}", both());
            }
            before = after;
        }
    }

    /// Models of event criteria with points and amounts of 0 or more, under one exponential decay, without
    /// limits and clamps: moving `at` by a half-life halves the points of every line, of all that neither enters
    /// nor leaves the period.
    #[test]
    fn a_half_life_halves(
        model in model(EVENTS_ONLY),
        history in history(recent_times(), non_negative_amounts()),
        options in any_options(),
        half_life in select(&[(6, "6h"), (24, "1d"), (168, "PT168H"), (720, "30d")][..]),
        period in select(&[None, Some(7), Some(30), Some(365)][..]),
        from in select(&[None, Some("last-activity")][..]),
    ) {
        let (hours, half_life) = half_life;
        let mut decay = json!({ "curve": "exponential", "halfLife": half_life });
        if let Some(from) = from {
            decay["from"] = json!(from);
        }
        let mut model = without_fading(&model);
        model["decay"] = decay;
        model["period"] = json!(period.map(|days| format!("{days}d")));
        let mut history = history;
        events(&mut history).retain(|event| {
            let age = LATEST - time_of(event);
            period.is_none_or(|days| {
                let period = days * DAY;
                age >= period || age + hours * HOUR < period
            })
        });

        let now = result(&model, &history, &moved(&options, LATEST));
        let later = result(&model, &history, &moved(&options, LATEST + hours * HOUR));
        for (line, after) in now.contributions.iter().zip(&later.contributions) {
            let difference = (after.points - line.points / 2.0).abs();
            prop_assert!(difference <= SAME * after.points, "{line:?} then {after:?}");
            prop_assert_eq!(after.count, line.count);
            prop_assert_eq!(after.lost.expired, line.lost.expired);
        }
        let difference = (later.points - now.points / 2.0).abs();
        prop_assert!(difference <= SAME * later.points, "{} then {}", text(&now), text(&later));
    }
}

/// The lines of criteria.
fn criteria(result: &ScoreResult) -> impl Iterator<Item = &Contribution> {
    let lines = result.contributions.iter();
    lines.filter(|line| line.criterion.is_some())
}

/// The model without any word on period, decay or limit.
fn without_fading(model: &Json) -> Json {
    let mut bare = model.clone();
    each_object(&mut bare, &mut |object| {
        for key in ["period", "decay", "limit"] {
            object.remove(key);
        }
    });
    bare
}
