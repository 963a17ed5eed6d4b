//! What progress depends on of what was folded, in a snapshot: streaks, goals, what criteria counted, stars.
//!
//! It is read without the model that it was made by. Rules are known again by their digests: another model takes over what
//! is remembered of those that it has as well, and all badges that were earned.

use super::bytes::{Reader, put_number, put_signed};
use super::cells::{put_real, read_real};
use super::heritage::{put_counter, read_counter};
use super::rules::RuleDigests;
use super::times::{put_times, read_times};
use crate::course::Counter;
use crate::model::Model;
use crate::progress::{Count, Deed, Goal, KEPT, Pace, Run, Spell, Stars, Sum, Tally};
use crate::time::Instant;
use alloc::vec::Vec;

/// Intervals further than this from 1970 are none of a `Date`.
const MAX_INTERVAL: i64 = 110_000_000;
/// Points of so many events come to less.
const MAX_SUM: f64 = 1e40;
/// What a goal or a deed has beside its counter.
const HAS_INSTANT: u8 = 8;
const HAS_PACE: u8 = 16;

/// A tally as it was found in a snapshot.
#[derive(Debug)]
pub(super) struct TallyFound {
    digests: RuleDigests,
    pub(super) tally: Tally,
    pub(super) stars: Stars,
}

/// Writes a tally and what is known of stars.
pub(super) fn put_tally(out: &mut Vec<u8>, model: &Model, tally: &Tally, stars: &Stars) {
    let digests = model.rule_digests();
    put_number(out, tally.spells.len() as u64);
    for (spell, digest) in tally.spells.iter().zip(digests.streaks) {
        put_digest(out, digest);
        let run = &spell.before;
        out.push(u8::from(run.last.is_some()));
        if let Some(last) = run.last {
            put_signed(out, last);
            put_number(out, u64::from(run.length));
            put_number(out, u64::from(run.freezes_left));
        }
        put_number(out, u64::from(spell.longest));
        put_number(out, spell.latest.len() as u64);
        for known in &spell.latest {
            put_signed(out, known.interval);
            put_number(out, u64::from(known.count));
        }
    }
    put_number(out, tally.badges.len() as u64);
    let known = digests.awards.into_iter().zip(digests.badges);
    for (goal, (award, id)) in tally.badges.iter().zip(known) {
        put_digest(out, award);
        put_digest(out, id);
        put_goal(out, goal);
    }
    put_number(out, tally.steps.len() as u64);
    for (goal, digest) in tally.steps.iter().zip(digests.steps) {
        put_digest(out, digest);
        put_goal(out, goal);
    }
    put_number(out, tally.criteria.len() as u64);
    for (deed, digest) in tally.criteria.iter().zip(digests.criteria) {
        put_digest(out, digest);
        let flag = if deed.pace.times().is_empty() && deed.pace.reached.is_none() {
            0
        } else {
            HAS_PACE
        };
        put_counted(out, &deed.counter, deed.first, flag);
        put_real(out, deed.latest);
        put_sum(out, deed.total);
        if flag == HAS_PACE {
            put_times(out, deed.pace.times());
            put_times(out, deed.pace.reached.as_slice());
        }
    }
    put_digest(out, digests.points);
    put_sum(out, tally.points);
    put_times(out, &stars.firsts);
}

fn put_goal(out: &mut Vec<u8>, goal: &Goal) {
    put_counted(out, &goal.counter, goal.reached, 0);
    put_number(out, u64::from(goal.count));
}

/// A counter and an instant.
fn put_counted(out: &mut Vec<u8>, counter: &Counter, at: Option<f64>, more: u8) {
    let has_instant = if at.is_some() { HAS_INSTANT } else { 0 };
    put_counter(out, counter, has_instant | more);
    if let Some(at) = at {
        put_real(out, at);
    }
}

impl TallyFound {
    /// Reads a tally; none where it is damaged.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<TallyFound> {
        let mut digests = RuleDigests::default();
        let spells = list(reader, &mut [&mut digests.streaks], read_spell)?;
        let badges = list(
            reader,
            &mut [&mut digests.awards, &mut digests.badges],
            read_goal,
        )?;
        let steps = list(reader, &mut [&mut digests.steps], read_goal)?;
        let criteria = list(reader, &mut [&mut digests.criteria], read_deed)?;
        digests.points = read_digest(reader)?;
        let points = read_sum(reader)?;
        let firsts = read_times(reader)?;
        (firsts.len() <= usize::from(u8::MAX)).then_some(())?;
        Some(TallyFound {
            digests,
            tally: Tally {
                first_activity: f64::INFINITY,
                spells,
                badges,
                steps,
                criteria,
                points,
            },
            stars: Stars::known(firsts),
        })
    }

    /// Whether it is one of a model's.
    pub(super) fn is_of(&self, model: &Model) -> bool {
        self.digests == model.rule_digests()
    }

    /// The tally of another model, at the instant before which all was folded, in epoch ms: of each rule that it has as well,
    /// what was remembered, and badges that were earned. What else holds by now is taken as reached just before that
    /// instant, since nobody knows when it was.
    pub(super) fn handed_over(&self, model: &Model, before: f64) -> (Tally, Stars) {
        let (mut tally, own) = (Tally::new(model), model.rule_digests());
        let found = &self.tally;
        hand_over(
            &own.streaks,
            &mut tally.spells,
            &self.digests.streaks,
            &found.spells,
        );
        hand_over(
            &own.steps,
            &mut tally.steps,
            &self.digests.steps,
            &found.steps,
        );
        hand_over(
            &own.criteria,
            &mut tally.criteria,
            &self.digests.criteria,
            &found.criteria,
        );
        hand_over(
            &own.awards,
            &mut tally.badges,
            &self.digests.awards,
            &found.badges,
        );
        for (goal, id) in tally.badges.iter_mut().zip(&own.badges) {
            let mut known = self.digests.badges.iter().zip(&found.badges);
            let namesake = known.find(|(other, _)| *other == id);
            let earned = namesake.and_then(|(_, goal)| goal.reached);
            goal.reached = goal.reached.or(earned);
        }
        tally.points = match self.digests.points == own.points {
            true => found.points,
            false => tally.sum_of_points(model),
        };
        tally.settle_badges(model, before - 1.0);
        (tally, self.stars.clone())
    }
}

/// Gives each thing of a model what one with the same digest was.
fn hand_over<T: Clone>(own: &[u64], things: &mut [T], digests: &[u64], found: &[T]) {
    for (digest, thing) in own.iter().zip(things) {
        let mut known = digests.iter().zip(found);
        if let Some((_, found)) = known.find(|(other, _)| *other == digest) {
            thing.clone_from(found);
        }
    }
}

fn read_digest(reader: &mut Reader<'_>) -> Option<u64> {
    Some(u64::from_le_bytes(reader.array()?))
}

fn read_sum(reader: &mut Reader<'_>) -> Option<Sum> {
    let mut number = || read_real(reader).filter(|number| number.abs() <= MAX_SUM);
    Some(Sum {
        total: number()?,
        lost: number()?,
    })
}

fn put_digest(out: &mut Vec<u8>, digest: u64) {
    out.extend_from_slice(&digest.to_le_bytes());
}

fn put_sum(out: &mut Vec<u8>, sum: Sum) {
    put_real(out, sum.total);
    put_real(out, sum.lost);
}

/// So many things, each behind its digests.
fn list<T>(
    reader: &mut Reader<'_>,
    digests: &mut [&mut Vec<u64>],
    read: fn(&mut Reader<'_>) -> Option<T>,
) -> Option<Vec<T>> {
    let mut items = Vec::new();
    for _ in 0..reader.count()? {
        for digests in &mut *digests {
            digests.push(read_digest(reader)?);
        }
        items.push(read(reader)?);
    }
    Some(items)
}

fn read_u32(reader: &mut Reader<'_>) -> Option<u32> {
    reader
        .number_to(u64::from(u32::MAX))
        .map(|number| number as u32)
}

fn read_interval(reader: &mut Reader<'_>) -> Option<i64> {
    reader
        .signed()
        .filter(|interval| (-MAX_INTERVAL..=MAX_INTERVAL).contains(interval))
}

fn read_instant(reader: &mut Reader<'_>) -> Option<f64> {
    read_real(reader).filter(|time| Instant::within(*time).is_some())
}

fn read_spell(reader: &mut Reader<'_>) -> Option<Spell> {
    let before = match reader.byte()? {
        0 => Run::default(),
        1 => Run {
            last: Some(read_interval(reader)?),
            length: read_u32(reader)?,
            freezes_left: read_u32(reader)?,
        },
        _ => return None,
    };
    let longest = read_u32(reader)?;
    let latest = list(reader, &mut [], |reader| {
        Some(Count {
            interval: read_interval(reader)?,
            count: read_u32(reader)?,
        })
    })?;
    let rises = latest.is_sorted_by(|a, b| a.interval < b.interval);
    let follows = match (before.last, latest.first()) {
        (Some(last), Some(first)) => last < first.interval,
        _ => true,
    };
    let is_longest = longest >= before.length;
    (latest.len() <= KEPT && rises && follows && is_longest).then_some(Spell {
        before,
        latest,
        longest,
    })
}

fn read_goal(reader: &mut Reader<'_>) -> Option<Goal> {
    let (counter, reached, more) = read_counted(reader)?;
    let count = read_u32(reader)?;
    (more == 0).then_some(Goal {
        counter,
        count,
        reached,
    })
}

fn read_deed(reader: &mut Reader<'_>) -> Option<Deed> {
    let (counter, first, more) = read_counted(reader)?;
    let latest = read_real(reader).filter(|number| number.abs() <= MAX_SUM)?;
    let total = read_sum(reader)?;
    let pace = match more {
        0 => Pace::default(),
        _ => {
            let times = read_times(reader)?;
            let reached = read_times(reader)?;
            (reached.len() <= 1).then_some(())?;
            Pace::known(times, reached.first().copied())
        }
    };
    Some(Deed {
        counter,
        first,
        latest,
        total,
        pace,
    })
}

/// A counter, an instant, and what other flag there is.
fn read_counted(reader: &mut Reader<'_>) -> Option<(Counter, Option<f64>, u8)> {
    let (counter, flags) = read_counter(reader)?;
    let at = match flags & HAS_INSTANT {
        0 => None,
        _ => Some(read_instant(reader)?),
    };
    Some((counter, at, flags & HAS_PACE))
}
