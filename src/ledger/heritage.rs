//! What was folded, in a snapshot: for each criterion what later instants need of its past.
//!
//! It is read without the model that it was made by: criteria are known again by their digests, so that another model
//! takes over what it would have counted alike.

use super::bytes::{Reader, put_number, put_text};
use super::cells::{put_doubles, put_real, read_doubles, read_real};
use super::times::{put_times, read_times};
use crate::check::MAX_NUMBER;
use crate::course::{Counter, Course, Track};
use crate::model::Model;
use alloc::{boxed::Box, vec, vec::Vec};

/// Events folded of one criterion, at most.
const MAX_FOLDED: u64 = 1 << 30;
/// Amounts times ages of so many events come to less.
const MAX_SUM: f64 = 1e40;
/// What kind of track an entry is.
const MATCHES: u8 = 0;
const TRAIL: u8 = 1;
/// What a trail has.
const HAS_MET: u8 = 1;
const HAS_LAST: u8 = 2;
const HAS_DAYS: u8 = 4;
const HAS_BASE: u8 = 8;

/// A course as it was found in a snapshot.
#[derive(Debug)]
pub(super) struct Heritage {
    entries: Vec<Entry>,
    activities: Vec<f64>,
    first_activity: f64,
    without_value: Vec<f64>,
    folded_without_value: u64,
}

/// What is known of the past of one criterion.
#[derive(Debug)]
struct Entry {
    /// Of the criterion.
    digest: u64,
    past: Past,
}

#[derive(Debug)]
enum Past {
    Matches(Vec<f64>),
    Trail(Box<Trail>),
}

#[derive(Debug)]
struct Trail {
    counter: Counter,
    times: Vec<f64>,
    amounts: Vec<f64>,
    base: Option<Base>,
}

#[derive(Debug)]
struct Base {
    count: u32,
    time: f64,
    amount: f64,
    one: f64,
    two: f64,
    expired: f64,
}

/// Writes a course.
pub(super) fn put_course(out: &mut Vec<u8>, model: &Model, course: &Course) {
    put_times(out, &course.activities);
    put_real(out, course.first_activity);
    put_times(out, &course.without_value);
    put_number(out, course.folded_without_value);
    let mut entries = Vec::new();
    let mut count = 0;
    for (track, (_, criterion)) in course.tracks.iter().zip(model.criteria()) {
        match track {
            Track::Matches(times) => {
                entries.extend_from_slice(&criterion.digest().to_le_bytes());
                entries.push(MATCHES);
                put_times(&mut entries, times);
            }
            Track::Trail(trail) => {
                entries.extend_from_slice(&criterion.digest().to_le_bytes());
                entries.push(TRAIL);
                let (counter, base) = (&trail.counter, &trail.base);
                let has_base = base.count > 0 || base.block.amount != 0.0 || base.expired != 0.0;
                put_counter(&mut entries, counter, if has_base { HAS_BASE } else { 0 });
                put_times(&mut entries, &trail.all.times);
                let amounts = (0..trail.all.len()).map(|place| trail.all.amount(place));
                put_doubles(&mut entries, &amounts.collect::<Vec<f64>>());
                if has_base {
                    put_number(&mut entries, u64::from(base.count));
                    let block = &base.block;
                    for number in [block.time, block.amount, block.one, block.two, base.expired] {
                        put_real(&mut entries, number);
                    }
                }
            }
            Track::Off | Track::Activities | Track::Profile => continue,
        }
        count += 1;
    }
    put_number(out, count);
    out.extend_from_slice(&entries);
}

impl Heritage {
    /// Reads a course; none where it is damaged.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Heritage> {
        let activities = read_times(reader)?;
        let first_activity = read_real(reader).filter(|time| !time.is_nan())?;
        let without_value = read_times(reader)?;
        let folded_without_value = reader.number_to(u64::from(u32::MAX))?;
        let count = reader.count()?;
        let mut entries = Vec::new();
        for _ in 0..count {
            let digest = u64::from_le_bytes(reader.array()?);
            let past = match reader.byte()? {
                MATCHES => Past::Matches(read_times(reader)?),
                TRAIL => Past::Trail(Box::new(read_trail(reader)?)),
                _ => return None,
            };
            entries.push(Entry { digest, past });
        }
        Some(Heritage {
            entries,
            activities,
            first_activity,
            without_value,
            folded_without_value,
        })
    }

    /// The course of a model, and by criterion whether its past is known.
    pub(super) fn handed_over(&self, model: &Model) -> (Course, Vec<bool>) {
        let mut course = Course::new(model);
        course.activities.clone_from(&self.activities);
        course.first_activity = self.first_activity;
        course.without_value.clone_from(&self.without_value);
        course.folded_without_value = self.folded_without_value;
        let mut is_known = vec![true; course.tracks.len()];
        let criteria = model.criteria().zip(&mut course.tracks).zip(&mut is_known);
        for (((_, criterion), track), is_known) in criteria {
            let digest = match track {
                Track::Trail(_) | Track::Matches(_) => criterion.digest(),
                Track::Off | Track::Activities | Track::Profile => continue,
            };
            let mut entries = self.entries.iter();
            let entry = entries.find(|entry| entry.digest == digest);
            *is_known = entry.is_some_and(|entry| entry.past.fill(track));
        }
        (course, is_known)
    }
}

impl Past {
    /// Puts it into an empty track; tells whether it is one of its kind.
    fn fill(&self, track: &mut Track) -> bool {
        match (self, track) {
            (Past::Matches(past), Track::Matches(times)) => times.clone_from(past),
            (Past::Trail(past), Track::Trail(trail)) => {
                for (time, amount) in past.times.iter().zip(&past.amounts) {
                    trail.push(*time, *amount);
                }
                trail.counter.clone_from(&past.counter);
                if let Some(past) = &past.base {
                    let base = &mut trail.base;
                    base.count = past.count;
                    base.expired = past.expired;
                    base.block.time = past.time;
                    base.block.amount = past.amount;
                    base.block.one = past.one;
                    base.block.two = past.two;
                }
            }
            _ => return false,
        }
        true
    }
}

/// Writes a counter, behind a byte of flags that has room for more.
pub(super) fn put_counter(out: &mut Vec<u8>, counter: &Counter, more: u8) {
    let has_days = counter.days.latest.iter().any(|(day, _)| !day.is_nan());
    let flag = |holds: bool, flag: u8| if holds { flag } else { 0 };
    out.push(
        flag(counter.has_met, HAS_MET)
            | flag(counter.last.is_finite(), HAS_LAST)
            | flag(has_days, HAS_DAYS)
            | more,
    );
    put_number(out, counter.seen.len() as u64);
    for number in 0..counter.seen.len() as u32 {
        put_text(out, counter.seen.get(number));
    }
    if counter.last.is_finite() {
        put_real(out, counter.last);
    }
    if has_days {
        for (day, count) in counter.days.latest {
            put_real(out, day);
            put_number(out, u64::from(count));
        }
    }
}

/// Reads a counter, and all flags.
pub(super) fn read_counter(reader: &mut Reader<'_>) -> Option<(Counter, u8)> {
    let flags = reader.byte()?;
    let has = |flag| flags & flag != 0;
    let mut counter = Counter::new();
    counter.has_met = has(HAS_MET);
    for _ in 0..reader.count()? {
        let length = reader.count()?;
        counter.seen.meet(reader.take(length)?);
    }
    if has(HAS_LAST) {
        counter.last = read_finite(reader)?;
    }
    if has(HAS_DAYS) {
        let mut day = || {
            let day = read_real(reader).filter(|day| !day.is_infinite())?;
            Some((day, reader.number_to(u64::from(u32::MAX))? as u32))
        };
        counter.days.latest = [day()?, day()?];
    }
    Some((counter, flags))
}

fn read_trail(reader: &mut Reader<'_>) -> Option<Trail> {
    let (counter, flags) = read_counter(reader)?;
    let times = read_times(reader)?;
    let amounts = read_doubles(reader, times.len())?;
    if !amounts.iter().all(|amount| amount.abs() <= MAX_NUMBER) {
        return None;
    }
    let mut trail = Trail {
        counter,
        times,
        amounts,
        base: None,
    };
    if flags & HAS_BASE != 0 {
        trail.base = Some(Base {
            count: reader.number_to(MAX_FOLDED)? as u32,
            // Before all time, where nothing fades by the sums.
            time: read_real(reader).filter(|time| *time < f64::INFINITY)?,
            amount: read_finite(reader)?,
            one: read_finite(reader)?,
            two: read_finite(reader)?,
            expired: read_finite(reader)?,
        });
    }
    Some(trail)
}

/// A number that sums can hold.
fn read_finite(reader: &mut Reader<'_>) -> Option<f64> {
    read_real(reader).filter(|number| number.abs() <= MAX_SUM)
}
