//! What progress depends on of what was folded, in a snapshot: streaks, goals, what criteria counted, stars.
//!
//! It is read without the model that it was made by. Its rules are known again by their digest: another model takes over
//! all of it, or where any rule of its own differs, nothing.

use super::bytes::{Reader, put_number, put_signed};
use super::cells::{put_real, read_real};
use super::digest::Digest;
use super::heritage::{put_counter, read_counter};
use super::times::{put_times, read_times};
use crate::course::Counter;
use crate::model::{BadgeAward, LevelCurve, Model, StepDone};
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
    /// Of the rules.
    digest: u64,
    pub(super) tally: Tally,
    pub(super) stars: Stars,
}

impl Model {
    /// The same for all models whose progress remembers the same: texts, links, what is optional, and what only the
    /// profile says play no part.
    pub(super) fn progress_digest(&self) -> u64 {
        let rules = &self.progress;
        let mut digest = Digest::new();
        digest.add(rules.streaks.len() as u64);
        for streak in &rules.streaks {
            digest.matching(&streak.matching);
            digest.add(streak.every as u64);
            digest.add(u64::from(streak.at_least));
            digest.add(u64::from(streak.freezes));
        }
        digest.tag(rules.levels.is_some());
        if let Some(levels) = &rules.levels {
            digest.number(levels.base);
            match &levels.curve {
                LevelCurve::Triangular => digest.text("triangular"),
                LevelCurve::Habitica => digest.text("habitica"),
                LevelCurve::Thresholds(thresholds) => {
                    digest.add(thresholds.len() as u64);
                    for threshold in thresholds {
                        digest.number(*threshold);
                    }
                }
            }
        }
        digest.add(rules.badges.len() as u64);
        for badge in &rules.badges {
            match &badge.award {
                BadgeAward::Event {
                    matching,
                    rule,
                    count,
                } => {
                    digest.text("event");
                    digest.matching(matching);
                    digest.count(rule);
                    digest.add(u64::from(*count));
                }
                BadgeAward::Streak { number, length } => {
                    digest.text("streak");
                    digest.add(*number as u64);
                    digest.add(u64::from(*length));
                }
                BadgeAward::Level(level) => {
                    digest.text("level");
                    digest.add(u64::from(*level));
                }
                BadgeAward::Stars(stars) => {
                    digest.text("stars");
                    digest.add(u64::from(*stars));
                }
            }
        }
        let mut asks_criteria = rules.levels.is_some();
        digest.add(rules.steps().count() as u64);
        for step in rules.steps() {
            match &step.done {
                StepDone::Event {
                    matching,
                    rule,
                    count,
                } => {
                    digest.text("event");
                    digest.matching(matching);
                    digest.count(rule);
                    digest.add(u64::from(*count));
                }
                StepDone::Profile(_) => digest.text("profile"),
                StepDone::Criterion(number) => {
                    digest.text("criterion");
                    digest.add(*number as u64);
                    asks_criteria = true;
                }
            }
        }
        digest.add(self.criteria().count() as u64);
        let criteria = self.criteria().filter(|_| asks_criteria);
        for (_, criterion) in criteria {
            digest.tag(criterion.enabled);
            digest.number(criterion.points);
            digest.add(criterion.digest());
        }
        digest.finish()
    }
}

/// Writes a tally and what is known of stars.
pub(super) fn put_tally(out: &mut Vec<u8>, model: &Model, tally: &Tally, stars: &Stars) {
    out.extend_from_slice(&model.progress_digest().to_le_bytes());
    put_number(out, tally.spells.len() as u64);
    for spell in &tally.spells {
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
    for goals in [&tally.badges, &tally.steps] {
        put_number(out, goals.len() as u64);
        for goal in goals {
            put_counted(out, &goal.counter, goal.reached, 0);
            put_number(out, u64::from(goal.count));
        }
    }
    put_number(out, tally.criteria.len() as u64);
    for deed in &tally.criteria {
        let flag = if deed.pace.times().is_empty() && deed.pace.reached.is_none() {
            0
        } else {
            HAS_PACE
        };
        put_counted(out, &deed.counter, deed.first, flag);
        put_real(out, deed.latest);
        if flag == HAS_PACE {
            put_times(out, deed.pace.times());
            put_times(out, deed.pace.reached.as_slice());
        }
    }
    put_real(out, tally.points.total);
    put_real(out, tally.points.lost);
    put_times(out, &stars.firsts);
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
        let digest = u64::from_le_bytes(reader.array()?);
        let spells = list(reader, read_spell)?;
        let badges = list(reader, read_goal)?;
        let steps = list(reader, read_goal)?;
        let criteria = list(reader, read_deed)?;
        let mut sum = || read_real(reader).filter(|number| number.abs() <= MAX_SUM);
        let points = Sum {
            total: sum()?,
            lost: sum()?,
        };
        let firsts = read_times(reader)?;
        (firsts.len() <= usize::from(u8::MAX)).then_some(())?;
        Some(TallyFound {
            digest,
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
        let (tally, empty) = (&self.tally, Tally::new(model));
        self.digest == model.progress_digest()
            && tally.spells.len() == empty.spells.len()
            && tally.badges.len() == empty.badges.len()
            && tally.steps.len() == empty.steps.len()
            && tally.criteria.len() == empty.criteria.len()
    }
}

fn list<T>(reader: &mut Reader<'_>, read: impl Fn(&mut Reader<'_>) -> Option<T>) -> Option<Vec<T>> {
    let mut items = Vec::new();
    for _ in 0..reader.count()? {
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
    let latest = list(reader, |reader| {
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
