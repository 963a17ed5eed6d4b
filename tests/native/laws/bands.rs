//! Stars and segments: more score is never less of either; and what lint calls out of reach is.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use serde_json::json;
use starwise::{ScoreOptions, ScoreResult};

use crate::conditions::on_result;
use crate::histories::{NOW, any_history};
use crate::models::{ANY, model, segments, stars, with_audiences};
use crate::scoring::{Json, any_options, cases, check_numbers, instant, read_model, result, text};

const CASES: u32 = 1_000;
/// The default scale: one star for more than 0, and one more at each of these.
const DEFAULT_STARS: [f64; 4] = [20.0, 40.0, 60.0, 80.0];
/// The default segments and where they end.
const DEFAULT_SEGMENTS: [(&str, f64); 4] = [
    ("very-disengaged", 40.0),
    ("engaged", 70.0),
    ("highly-engaged", 100.0),
    ("power-user", f64::INFINITY),
];

proptest! {
    #![proptest_config(cases(CASES))]

    /// Every scale: more points are never a lower score, fewer stars, a lesser `starsExact` or a lower
    /// segment; stars are the thresholds reached, the segment is the one whose `(lo, hi]` holds the score.
    #[test]
    fn more_is_never_less(
        stars in option::of(stars()),
        segments in option::of(segments()),
        target in proptest::sample::select(&[100.0, 1e-6, 33.3, 1e12][..]),
        mut points in vec(points(), 2..12),
    ) {
        let mut model = json!({
            "criteria": [{ "id": "c", "kind": "filter", "per": "points", "points": 1 }],
            "target": target,
        });
        put(&mut model, "stars", &stars);
        put(&mut model, "segments", &segments);
        points.sort_by(f64::total_cmp);
        let mut before: Option<(ScoreResult, usize)> = None;
        for points in points {
            let history = json!({ "events": [], "profile": { "points": points } });
            let now = result(&model, &history, &ScoreOptions::at(instant(NOW)));
            check_numbers(&now)?;
            check_stars(&now, stars.as_ref())?;
            let place = segment_place(&now, segments.as_ref())?;
            if let Some((before, place_before)) = &before {
                prop_assert!(now.score >= before.score);
                prop_assert!(now.stars >= before.stars, "{} then {}", text(before), text(&now));
                prop_assert!(now.stars_exact >= before.stars_exact, "{} then {}", text(before), text(&now));
                prop_assert!(place >= *place_before);
            }
            before = Some((now, place));
        }
    }

    /// Every model: `starsExact` lies within the last star, `stars - 1` to `stars`, and is 0 without any;
    /// stars and segment are those of the score.
    #[test]
    fn the_picture_is_that_of_the_stars(
        model in model(ANY), history in any_history(), options in any_options(),
    ) {
        let result = result(&model, &history, &options);
        check_stars(&result, model.get("stars"))?;
        segment_place(&result, model.get("segments"))?;
    }
}

proptest! {
    // Warnings are rare, so more models are tried.
    #![proptest_config(cases(4 * CASES))]

    /// Every model: a segment or star that lint calls out of reach is not reached, a criterion that it says
    /// can never count has no effect, and nobody is of an audience that it says can never hold.
    #[test]
    fn lint_is_right_about_reach(
        model in model(ANY), audiences in vec(on_result(), 0..4), history in any_history(), options in any_options(),
    ) {
        let model = with_audiences(&model, audiences);
        let read = read_model(&model);
        let result = result(&model, &history, &options);
        let at = |path: &str| -> Json {
            let pointer = path.replace("model", "").replace(['.', '['], "/").replace(']', "");
            model.pointer(&pointer).unwrap_or_else(|| panic!("{path} leads nowhere in {model}")).clone()
        };
        for warning in read.lint() {
            let place = at(warning.path.trim_end_matches(".when"));
            let begin = format!("`{}` ", warning.path);
            prop_assert!(warning.message.starts_with(&begin), "{warning:?}");
            let is_wrong = match warning.code {
                "lint-segment-unreachable" => place["id"] == *result.segment,
                "lint-star-unreachable" => result.score >= place.as_f64().unwrap(),
                "lint-criterion-never-counts" => result
                    .contributions
                    .iter()
                    .any(|line| line.criterion.is_some() && place["id"] == json!(line.criterion) && line.effect != 0.0),
                "lint-condition-never-holds" => result.audiences.iter().any(|id| place["id"] == json!(id)),
                _ => false,
            };
            prop_assert!(!is_wrong, "{warning:?}, and {}", text(&result));
        }
    }
}

/// Points about the thresholds, and far from them.
fn points() -> impl Strategy<Value = f64> {
    prop_oneof![
        (-120..480i32).prop_map(|half| f64::from(half) / 2.0),
        (-12..48i32, -1..=1i32)
            .prop_map(|(five, tick)| f64::from(five * 5) + f64::from(tick) * 1e-9),
        -100.0..400.0,
        -1e12..1e12,
        (-30..30i32).prop_map(|step| f64::from(step) * 1e-9),
        Just(0.0),
        Just(-0.0),
    ]
}

/// Stars are the thresholds reached, and `starsExact` lies within the last of them.
fn check_stars(result: &ScoreResult, own: Option<&Json>) -> TestCaseResult {
    let reached = match own {
        Some(stars) => {
            let thresholds = stars["at"].as_array().unwrap().iter();
            thresholds
                .filter(|at| result.score >= at.as_f64().unwrap())
                .count()
        }
        None => {
            let further = DEFAULT_STARS
                .iter()
                .filter(|at| result.score >= **at)
                .count();
            usize::from(result.score > 0.0) + further
        }
    };
    prop_assert_eq!(usize::from(result.stars), reached);
    // Score 20 is the second star, and 1 exactly: the picture is a star behind, up to the end of the scale.
    let stars = f64::from(result.stars);
    prop_assert!(
        result.stars_exact >= (stars - 1.0).max(0.0),
        "{}",
        text(result)
    );
    prop_assert!(result.stars_exact <= stars, "{}", text(result));
    Ok(())
}

/// The position of the result's segment, which must be the first that ends at the score or above.
fn segment_place(result: &ScoreResult, own: Option<&Json>) -> Result<usize, TestCaseError> {
    let segments: Vec<(String, f64)> = match own {
        Some(segments) => segments
            .as_array()
            .unwrap()
            .iter()
            .map(|segment| {
                let end = segment
                    .get("upTo")
                    .map_or(f64::INFINITY, |end| end.as_f64().unwrap());
                (segment["id"].as_str().unwrap().to_owned(), end)
            })
            .collect(),
        None => DEFAULT_SEGMENTS
            .map(|(id, end)| (id.to_owned(), end))
            .to_vec(),
    };
    let place = segments
        .iter()
        .position(|(_, end)| result.score <= *end)
        .unwrap();
    prop_assert_eq!(&result.segment, &segments[place].0);
    Ok(place)
}

fn put(model: &mut Json, key: &str, value: &Option<Json>) {
    if let Some(value) = value {
        model[key] = value.clone();
    }
}
