//! What adds up, and what is proportional.

use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use serde_json::json;
use starwise::ScoreResult;

use crate::criteria::Kind;
use crate::histories::{any_history, extreme_amounts, history, non_negative_amounts, recent_times};
use crate::models::{ANY, EXTREME, Shape, each_object, model};
use crate::scoring::{Json, any_options, cases, check_numbers, result, text};

const CASES: u32 = 1_000;
/// What is equal, but for the order of a sum.
const CLOSE: f64 = 1e-9;
/// About the smallest double that still has all of its digits.
const SMALLEST: f64 = 1e-300;
/// What may be left of amounts that cancel out: 60 events of 250 points times 1000, to 1e-14.
const CANCELLED: f64 = 60.0 * 250.0 * 1000.0 * 1e-14;

/// Nothing but the criteria themselves bounds the points; targets keep weighted scores within their far bounds.
const UNCLAMPED: Shape = Shape {
    has_clamps: false,
    ..ANY
};

/// No points below 0.
const GAINS: Shape = Shape {
    kinds: &[
        Kind::Event,
        Kind::Event,
        Kind::Frequency,
        Kind::Inactivity,
        Kind::StillFilter,
    ],
    points: &[0.0, 0.1, 1.0, 33.333],
    ..ANY
};

proptest! {
    #![proptest_config(cases(CASES))]

    /// Every model: the effects of the receipt add up to the points; those of a part's lines to the effect of
    /// the part; and those of the parts, with the model's clamp, to the points.
    #[test]
    fn the_receipt_adds_up(
        model in model(ANY), history in any_history(), options in any_options(),
    ) {
        check_receipt(&result(&model, &history, &options))?;
    }

    /// Every model: the receipt adds up at the bounds of all numbers too, but for what is smaller than any
    /// ordinary double.
    #[test]
    fn the_receipt_adds_up_at_the_bounds(
        model in model(EXTREME),
        history in history(recent_times(), extreme_amounts()),
        options in any_options(),
    ) {
        check_receipt(&result(&model, &history, &options))?;
    }

    /// Every model: a line of an event criterion and what it lost are its full worth, that is, what it gives
    /// over all time, without decay and limit.
    #[test]
    fn what_was_lost_is_what_is_missing(
        model in model(UNCLAMPED), history in any_history(), options in any_options(),
    ) {
        let given = result(&model, &history, &options);
        let full = result(&at_full_worth(&model), &history, &options);
        for (line, whole) in given.contributions.iter().zip(&full.contributions) {
            prop_assert_eq!(&line.criterion, &whole.criterion);
            let lost = line.lost.decay + line.lost.limit + line.lost.expired;
            let difference = (line.points + lost - whole.points).abs();
            let sizes = line.points.abs() + lost.abs() + whole.points.abs();
            prop_assert!(difference <= CLOSE * sizes + CANCELLED, "{line:?} of {whole:?}");
            prop_assert!(line.count <= whole.count);
        }
    }

    /// Models whose points and amounts are 0 or more, without tenure (a customer who has not started has less
    /// than none): no line is below 0, nor what it lost.
    #[test]
    fn of_gains_only_gains_are_lost(
        model in model(GAINS),
        history in history(recent_times(), non_negative_amounts()),
        options in any_options(),
    ) {
        let result = result(&model, &history, &options);
        for line in result.contributions.iter().filter(|line| line.criterion.is_some()) {
            let lost = line.lost;
            for number in [line.points, lost.decay, lost.limit, lost.expired] {
                prop_assert!(number >= 0.0, "{line:?}");
            }
        }
    }

    /// Models without clamps of parts or model: doubling all points, and the limits with them, doubles every
    /// line and the points, to the bit; and the score, but for its rounding.
    #[test]
    fn doubling_all_points_doubles_the_points(
        model in model(UNCLAMPED), history in any_history(), options in any_options(),
    ) {
        let once = result(&model, &history, &options);
        let twice = result(&with_points_doubled(&model), &history, &options);
        prop_assert_eq!(twice.points, 2.0 * once.points);
        let difference = (twice.score - 2.0 * once.score).abs();
        prop_assert!(difference <= 2e-9 + 1e-15 * twice.score.abs(), "{}", text(&twice));
        prop_assert_eq!(once.contributions.len(), twice.contributions.len());
        for (one, two) in once.contributions.iter().zip(&twice.contributions) {
            prop_assert_eq!(two.count, one.count);
            prop_assert_eq!(two.points, 2.0 * one.points);
            prop_assert_eq!(two.effect, 2.0 * one.effect);
            prop_assert_eq!(two.lost.decay, 2.0 * one.lost.decay);
            prop_assert_eq!(two.lost.limit, 2.0 * one.lost.limit);
            prop_assert_eq!(two.lost.expired, 2.0 * one.lost.expired);
        }
    }
}

/// The sums of a receipt: all of it, each part, and the parts with the model's own clamp.
fn check_receipt(result: &ScoreResult) -> TestCaseResult {
    check_numbers(result)?;
    let effects = |of: &dyn Fn(Option<&str>) -> bool| -> Vec<f64> {
        let lines = result
            .contributions
            .iter()
            .filter(|line| of(line.part.as_deref()));
        lines.map(|line| line.effect).collect()
    };
    check_sum(&effects(&|_| true), result.points, result)?;
    for part in &result.parts {
        let own = effects(&|id| id == Some(&*part.id));
        check_sum(&own, part.effect, result)?;
    }
    if !result.parts.is_empty() {
        let mut all = effects(&|id| id.is_none());
        all.extend(result.parts.iter().map(|part| part.effect));
        check_sum(&all, result.points, result)?;
    }
    Ok(())
}

fn check_sum(terms: &[f64], sum: f64, result: &ScoreResult) -> TestCaseResult {
    let magnitude: f64 = terms.iter().map(|term| term.abs()).sum();
    let difference = (terms.iter().sum::<f64>() - sum).abs();
    prop_assert!(
        difference <= CLOSE * magnitude + SMALLEST,
        "{terms:?} do not add up to {sum} in {}",
        text(result)
    );
    Ok(())
}

/// The model with all time as the period of its event criteria, without decay and limit.
fn at_full_worth(model: &Json) -> Json {
    let mut full = model.clone();
    each_object(&mut full, &mut |object| {
        if object.get("kind").is_some_and(|kind| kind == "event") {
            object.insert("period".into(), Json::Null);
            object.insert("decay".into(), Json::Null);
            object.remove("limit");
        }
    });
    full
}

fn with_points_doubled(model: &Json) -> Json {
    let mut doubled = model.clone();
    each_object(&mut doubled, &mut |object| {
        for key in ["points", "limit"] {
            match object.get_mut(key) {
                Some(Json::Object(by_criterion)) => by_criterion.values_mut().for_each(double),
                Some(number) => double(number),
                None => {}
            }
        }
    });
    doubled
}

fn double(number: &mut Json) {
    *number = json!(2.0 * number.as_f64().unwrap());
}
