//! The scores of many customers: criterion by criterion over all of them, in one pass over the rows of its types.

use alloc::{string::String, vec::Vec};

use super::columns::Columns;
use crate::error::Error;
use crate::event::{Lines, OnInvalid, Rows, Settling};
use crate::model::{Model, Stage};
use crate::score::{
    Buckets, Customers, Ignored, Lane, Lanes, Moment, Room, ScoreOptions, Standing, Whole,
    score_of, segment_of, target_of,
};
use crate::value::Value;

/// The scores of many customers, one place each in every list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scores<S> {
    /// Who they are.
    pub subjects: Vec<S>,
    /// As in a [`ScoreResult`](crate::ScoreResult).
    pub points: Vec<f64>,
    /// As in a [`ScoreResult`](crate::ScoreResult).
    pub score: Vec<f64>,
    /// As in a [`ScoreResult`](crate::ScoreResult).
    pub stars: Vec<u8>,
    /// The place of the segment in the model; the last of 256 stands for all that follow.
    pub segment: Vec<u8>,
    /// Events that did not count, of all customers together.
    pub ignored: Ignored,
}

/// Scores many customers from columns: what scoring them one by one gives, within 1e-9 relative.
///
/// Rows that are the same in customer, type and time go by what the model reads of their data.
///
/// # Units
/// About 45 bytes a row at work, besides the columns.
///
/// # Errors
/// The `columns-…` codes, the `event-…` codes of times, and those of [`score`](crate::score).
///
/// # Example
/// ```
/// use starwise::{Columns, Instant, Model, OnInvalid, ScoreOptions, score_many};
/// let model = Model::parse(br#"{ "criteria": [{ "id": "login", "kind": "event", "event": "login", "points": 10 }] }"#)?;
/// let columns = Columns {
///     subjects: &[7, 3, 7],
///     types: &[0, 0, 0],
///     type_names: &["login"],
///     times: &[1.7e12, 1.7e12, 1.7e12 + 1.0],
///     data: &[],
/// };
/// let at = Instant::from_millis(1.7e12 + 60_000.0).unwrap();
/// let scores = score_many(&model, &columns, &[], OnInvalid::Error, &ScoreOptions::at(at))?;
/// assert_eq!(scores.subjects, [3, 7]);
/// assert_eq!(scores.points, [10.0, 20.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn score_many(
    model: &Model,
    columns: &Columns<'_>,
    profiles: &[(u32, Value)],
    on_invalid: OnInvalid,
    options: &ScoreOptions,
) -> Result<Scores<u32>, Error> {
    let (rows, subjects) = columns.rows(&model.reading, on_invalid)?;
    let profile_of = |subject: &u32| {
        let known = profiles.iter().rev().find(|(owner, _)| owner == subject);
        known.map_or(Value::Map(Vec::new()), |(_, profile)| profile.clone())
    };
    let profiles: Vec<Value> = match profiles {
        [] => Vec::new(),
        _ => subjects.iter().map(profile_of).collect(),
    };
    finish(model, rows, subjects, profiles, options)
}

/// Scores many customers from NDJSON: an event a line with its `subject`, profiles as lines of their own.
///
/// # Shapes
/// `{ "subject", "type", "time", "id"?, "data"? }` and `{ "subject", "profile" }`, in any order; of several profiles of
/// a customer the last counts. Empty lines are passed over.
///
/// # Errors
/// The `line-…` codes, the `event-…` codes at `lines[…]`, and those of [`score`](crate::score).
///
/// # Example
/// ```
/// use starwise::{Instant, Model, OnInvalid, ScoreOptions, score_lines};
/// let model = Model::parse(br#"{ "criteria": [{ "id": "login", "kind": "event", "event": "login", "points": 10 }] }"#)?;
/// let lines = br#"{ "subject": "ann", "type": "login", "time": "2024-01-30T00:00:00Z" }
/// { "subject": "bob", "profile": { "plan": "pro" } }"#;
/// let at = Instant::from_rfc3339("2024-01-31T00:00:00Z").unwrap();
/// let scores = score_lines(&model, lines, OnInvalid::Error, &ScoreOptions::at(at))?;
/// assert_eq!(scores.subjects, ["ann", "bob"]);
/// assert_eq!(scores.stars, [1, 0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn score_lines(
    model: &Model,
    text: &[u8],
    on_invalid: OnInvalid,
    options: &ScoreOptions,
) -> Result<Scores<String>, Error> {
    let mut rows = Rows::default();
    rows.restart(&model.reading);
    let mut lines = Lines::new(on_invalid, 0);
    lines.scan(text, &model.reading, &mut rows)?;
    rows.join(text.to_vec());
    let subjects = lines.subjects();
    finish(model, rows, subjects, lines.take_profiles(), options)
}

fn finish<S>(
    model: &Model,
    mut rows: Rows,
    subjects: Vec<S>,
    profiles: Vec<Value>,
    options: &ScoreOptions,
) -> Result<Scores<S>, Error> {
    let settled = rows.settle(&model.reading, &mut Settling::default());
    debug_assert!(settled.is_ok(), "all data is there");
    let mut crowd = Crowd::default();
    crowd.introduce(profiles);
    crowd.score(model, &rows, subjects.len(), options)?;
    let Scores {
        points,
        score,
        stars,
        segment,
        ignored,
        ..
    } = crowd.scores;
    Ok(Scores {
        subjects,
        points,
        score,
        stars,
        segment,
        ignored,
    })
}

/// Scores many customers, and keeps its room from call to call.
#[derive(Debug, Default)]
pub(crate) struct Crowd {
    buckets: Buckets,
    customers: Customers,
    lanes: Lanes,
    /// By customer: what a lane adds up to.
    sums: Vec<f64>,
    room: Room,
    /// By customer: points of the part at hand, whether none of its criteria counted, the parts put together.
    points: Vec<f64>,
    missing: Vec<bool>,
    wholes: Vec<Whole>,
    /// The number of the stage each is in; empty where the model has none.
    stages: Vec<Option<usize>>,
    /// Without subjects.
    pub(crate) scores: Scores<()>,
}

impl Crowd {
    /// Sets the profiles, by customer; the rest has none.
    pub(crate) fn introduce(&mut self, profiles: Vec<Value>) {
        self.customers.introduce(profiles);
    }

    /// Scores so many customers of settled rows.
    pub(crate) fn score(
        &mut self,
        model: &Model,
        rows: &Rows,
        count: usize,
        options: &ScoreOptions,
    ) -> Result<(), Error> {
        let Crowd {
            buckets,
            customers,
            lanes,
            sums,
            room,
            points,
            missing,
            wholes,
            stages,
            scores,
        } = self;
        room.without_value.clear();
        let at = options.at;
        lanes.run(model, rows, options, count, &mut room.without_value);
        match lanes.latest(at) {
            Some(latest) if Customers::ask_latest_only(model, rows) => {
                customers.take_latest(model, latest)
            }
            _ => customers.observe(model, rows, at, count),
        }
        buckets.fill(rows, &model.reading, &|number| lanes.leave(model, number));
        let moment = Moment {
            at,
            zone: &options.zone,
            day_start_hour: options.day_start_hour,
            model,
            rows,
            buckets,
            customers,
        };
        stages.clear();
        if !model.stages.is_empty() {
            stages.extend((0..count).map(|customer| moment.stage(customer)));
        }
        wholes.clear();
        wholes.resize(count, Whole::new(model));
        let mut number = 0;
        for part in &model.parts {
            points.clear();
            points.resize(count, 0.0);
            missing.clear();
            missing.resize(count, true);
            for criterion in &part.criteria {
                number += 1;
                if !criterion.enabled {
                    continue;
                }
                let lane = lanes.lane(number - 1);
                let units = match lane {
                    Lane::Added => continue,
                    Lane::Own(place) | Lane::Shared(place) => {
                        lanes.read(place, sums);
                        &*sums
                    }
                    Lane::None => {
                        criterion.kind.gain(&moment, room);
                        for (missing, counted) in missing.iter_mut().zip(&room.gains.counts) {
                            *missing &= *counted == 0;
                        }
                        &room.gains.units
                    }
                };
                if stages.is_empty() {
                    let worth = match lane {
                        Lane::Shared(_) => 1.0,
                        _ => criterion.points,
                    };
                    for (units, points) in units.iter().zip(points.iter_mut()) {
                        *points += criterion.limited(worth * units);
                    }
                    continue;
                }
                for (customer, (units, points)) in units.iter().zip(points.iter_mut()).enumerate() {
                    let stage = stage_of(model, stages, customer);
                    *points += criterion.limited(criterion.points_in(stage) * units);
                }
            }
            let parts = points.iter().zip(missing.iter()).zip(wholes.iter_mut());
            for (customer, ((points, missing), whole)) in parts.enumerate() {
                let stage = stage_of(model, stages, customer);
                whole.add(model, Standing::new(model, part, stage, *points, *missing));
            }
        }
        scores.clear();
        for (customer, whole) in wholes.iter().enumerate() {
            let target = target_of(model, stage_of(model, stages, customer), options.baseline)?;
            scores.push(model, whole.points(model), target);
        }
        let at = moment.millis();
        let later = || rows.times.iter().filter(|time| **time > at).count() as u64;
        scores.ignored = Ignored {
            settled: 0,
            invalid: rows.invalid,
            duplicate: rows.duplicate,
            future: lanes.later().unwrap_or_else(later),
            no_value: room.without_value.count(),
        };
        Ok(())
    }
}

fn stage_of<'m>(model: &'m Model, stages: &[Option<usize>], customer: usize) -> Option<&'m Stage> {
    model.stages.get((*stages.get(customer)?)?)
}

impl Scores<()> {
    fn clear(&mut self) {
        self.points.clear();
        self.score.clear();
        self.stars.clear();
        self.segment.clear();
    }

    fn push(&mut self, model: &Model, points: f64, target: f64) {
        let score = score_of(points, target);
        self.points.push(points);
        self.score.push(score);
        self.stars.push(model.stars.stars(score));
        let segment = segment_of(&model.segments, score);
        self.segment.push(u8::try_from(segment).unwrap_or(u8::MAX));
    }
}
