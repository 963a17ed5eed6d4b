//! Random valid models, by what they may hold.

use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, json};

use crate::conditions::on_customer;
use crate::criteria::{DURATIONS, Kind, criterion, fading, put};
use crate::scoring::Json;

/// What a random model may hold.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    pub kinds: &'static [Kind],
    /// Points of criteria, and ys of curves.
    pub points: &'static [f64],
    pub limits: &'static [f64],
    pub targets: &'static [f64],
    pub weights: &'static [f64],
    /// Whether sums are clamped, by `min` and `max` of the model and its parts. A weighted part without any
    /// gets bounds out of reach, since it would be clamped by default.
    pub has_clamps: bool,
    pub has_stages: bool,
    pub has_skipped_parts: bool,
}

/// Everything a model can hold, in everyday sizes.
pub const ANY: Shape = Shape {
    kinds: &[
        Kind::Event,
        Kind::Event,
        Kind::Event,
        Kind::Frequency,
        Kind::Inactivity,
        Kind::Filter,
    ],
    points: &[1.0, 10.0, -4.0, 2.5, 0.1, -0.1, 33.333, 250.0, 0.0],
    limits: &[0.0, 5.0, 40.0, 1000.0],
    targets: &[100.0, 1.0, 250.0, 33.3],
    weights: &[0.0, 0.3, 0.7, 1.0, 40.0],
    has_clamps: true,
    has_stages: true,
    has_skipped_parts: true,
};

/// The bounds of every number.
pub const EXTREME: Shape = Shape {
    points: &[
        1e12,
        -1e12,
        999_999_999_999.9,
        1e-12,
        -1e-12,
        5e-324,
        -5e-324,
        0.0,
        -0.0,
    ],
    limits: &[0.0, -0.0, 5e-324, 1e-6, 1e12],
    targets: &[1e-6, 1e12, 1.0],
    weights: &[0.0, -0.0, 1e-6, 1e12],
    ..ANY
};

/// Models of a shape.
pub fn model(shape: Shape) -> BoxedStrategy<Json> {
    let plain = (vec(criterion(shape), 0..6), fading()).prop_map(|(criteria, fading)| {
        let mut model = fading;
        model.insert("criteria".into(), json!(with_ids("c", 0, criteria)));
        model
    });
    let composite = (vec(part(shape), 0..4), fading(), any::<bool>());
    let composite = composite.prop_map(move |(parts, mut model, is_weighted)| {
        let mut count = 0;
        let mut parts = with_ids("p", 0, parts);
        for part in &mut parts {
            let criteria = part["criteria"].as_array().unwrap().clone();
            count += criteria.len();
            part["criteria"] = json!(with_ids("c", count - criteria.len(), criteria));
            if is_weighted && !shape.has_clamps {
                part["min"] = json!(-1e12);
                part["max"] = json!(1e12);
            }
        }
        model.insert("parts".into(), json!(parts));
        if is_weighted {
            model.insert("combine".into(), json!("weighted"));
        }
        model
    });
    let stages = if shape.has_stages { 0..3 } else { 0..1 };
    let body = prop_oneof![plain, composite];
    (body, scale(shape), vec(stage(shape), stages))
        .prop_map(|(mut model, scale, stages)| {
            model.extend(scale);
            let stages = stages_of(&model, stages);
            if !stages.is_empty() {
                model.insert("stages".into(), json!(stages));
            }
            Json::Object(model)
        })
        .boxed()
}

fn part(shape: Shape) -> BoxedStrategy<Json> {
    let missing = if shape.has_skipped_parts {
        "skip"
    } else {
        "zero"
    };
    (
        vec(criterion(shape), 0..4),
        fading(),
        option::of(select(shape.weights)),
        option::of(select(shape.targets)),
        bounds(shape),
        option::of(Just(missing)),
    )
        .prop_map(|(criteria, mut part, weight, target, bounds, missing)| {
            put(&mut part, "weight", weight);
            put(&mut part, "target", target);
            put(&mut part, "missing", missing);
            part.extend(bounds);
            part.insert("criteria".into(), json!(criteria));
            Json::Object(part)
        })
        .boxed()
}

/// Target, bounds, stars, segments and trend of a model.
fn scale(shape: Shape) -> BoxedStrategy<Map<String, Json>> {
    let target = prop_oneof![
        4 => select(shape.targets).prop_map(|target| json!(target)),
        1 => Just(json!("baseline")),
    ];
    let trend = (
        option::of(select(DURATIONS)),
        option::of(select(&[0.0, 5.0][..])),
    );
    let trend = trend.prop_map(|(over, dead_band)| {
        let mut trend = Map::new();
        put(&mut trend, "over", over);
        put(&mut trend, "deadBand", dead_band);
        trend
    });
    (
        option::of(target),
        bounds(shape),
        option::of(stars()),
        option::of(segments()),
        option::of(trend),
    )
        .prop_map(|(target, mut scale, stars, segments, trend)| {
            put(&mut scale, "target", target);
            put(&mut scale, "stars", stars);
            put(&mut scale, "segments", segments);
            put(&mut scale, "trend", trend);
            scale
        })
        .boxed()
}

/// A model's own stars.
pub fn stars() -> impl Strategy<Value = Json> {
    rising(1..=10).prop_map(|thresholds| json!({ "at": thresholds }))
}

/// A model's own segments: `s0`, `s1` and so on.
pub fn segments() -> impl Strategy<Value = Json> {
    rising(0..=4).prop_map(|edges| {
        let mut segments: Vec<Json> = edges
            .into_iter()
            .map(|edge| json!({ "upTo": edge }))
            .collect();
        segments.push(json!({}));
        json!(with_ids("s", 0, segments))
    })
}

fn rising(count: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = Vec<f64>> {
    let scale = select(&[0.5, 1.0, 1e-9, 1e9][..]);
    (btree_set(-60..240i32, count), scale).prop_map(|(steps, scale)| {
        let numbers = steps.into_iter().map(|step| f64::from(step) * scale);
        numbers.collect()
    })
}

/// `min` and `max`, that hold 0 to 20 between them.
fn bounds(shape: Shape) -> BoxedStrategy<Map<String, Json>> {
    let min = option::weighted(0.3, select(&[-1e12, -50.0, 0.0, -0.0, 0.1][..]));
    let max = option::weighted(0.3, select(&[20.0, 100.0, 300.0, 1e12][..]));
    (min, max)
        .prop_map(move |(min, max)| {
            let mut bounds = Map::new();
            put(&mut bounds, "min", min.filter(|_| shape.has_clamps));
            put(&mut bounds, "max", max.filter(|_| shape.has_clamps));
            bounds
        })
        .boxed()
}

/// A stage whose numbers are for the parts and criteria by position.
fn stage(shape: Shape) -> BoxedStrategy<Json> {
    let by_position = |numbers: &'static [f64]| vec(option::of(select(numbers)), 4);
    (
        on_customer(),
        option::of(select(shape.targets)),
        by_position(shape.weights),
        by_position(shape.targets),
        by_position(shape.points),
    )
        .prop_map(|(when, target, weights, targets, points)| {
            let mut stage = Map::new();
            stage.insert("when".into(), when);
            put(&mut stage, "target", target);
            stage.insert("weights".into(), json!(weights));
            stage.insert("targets".into(), json!(targets));
            stage.insert("points".into(), json!(points));
            Json::Object(stage)
        })
        .boxed()
}

/// Gives a model audiences, of those facts that it has.
pub fn with_audiences(model: &Json, audiences: Vec<Json>) -> Json {
    let mut model = model.clone();
    let has = |id: &str| model.to_string().contains(&format!("\"id\":\"{id}\""));
    let has_facts = |when: &Json| {
        let text = when.to_string();
        ["p0", "p1", "c0", "c1"].into_iter().all(|id| {
            let is_named = text.contains(&format!(".{id}\""));
            !is_named || has(id)
        })
    };
    let audiences: Vec<Json> = audiences
        .into_iter()
        .filter(has_facts)
        .map(|when| json!({ "when": when }))
        .collect();
    model["audiences"] = json!(with_ids("a", 0, audiences));
    model
}

/// The stages with the ids of the parts and criteria that the model has.
fn stages_of(model: &Map<String, Json>, stages: Vec<Json>) -> Vec<Json> {
    let parts = model
        .get("parts")
        .and_then(Json::as_array)
        .map_or(0, Vec::len);
    let criteria = json!(model).to_string().matches("\"kind\"").count();
    let mut stages = with_ids("stage", 0, stages);
    for stage in &mut stages {
        for (key, prefix, count) in [
            ("weights", "p", parts),
            ("targets", "p", parts),
            ("points", "c", criteria),
        ] {
            let numbers = stage[key].as_array().unwrap().clone();
            let named = numbers.into_iter().take(count).enumerate();
            let named = named.filter(|(_, number)| !number.is_null());
            stage[key] = named
                .map(|(position, number)| (format!("{prefix}{position}"), number))
                .collect();
        }
    }
    stages
}

fn with_ids(prefix: &str, first: usize, items: Vec<Json>) -> Vec<Json> {
    let mut items = items;
    for (position, item) in items.iter_mut().enumerate() {
        item["id"] = json!(format!("{prefix}{}", first + position));
    }
    items
}

/// Every object in a document, to change; what is in it comes after it.
pub fn each_object(json: &mut Json, change: &mut impl FnMut(&mut Map<String, Json>)) {
    match json {
        Json::Array(items) => items.iter_mut().for_each(|item| each_object(item, change)),
        Json::Object(object) => {
            change(object);
            object
                .values_mut()
                .for_each(|item| each_object(item, change));
        }
        _ => {}
    }
}
