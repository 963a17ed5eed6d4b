//! A customer's history, prepared: the score at any instant, when it changes, and what it would take.
//!
//! Events are taken once, in canonical order; whether one is counted never changes later. From then on an instant
//! costs the logarithm of their number for each criterion.
//!
//! | file | what it is |
//! |---|---|
//! | `interest` | who looks at events of which type |
//! | `counter` | which events a criterion counts, one after the other |
//! | `block` | events as sums that fade together |
//! | `stream` | events in order, and what is left of any stretch of them |
//! | `trail` | what one criterion counted |
//! | `track` | the same for all kinds of criteria |
//! | `view` | a course seen with a profile: the outcome at an instant |
//! | `sweep` | a number over a stretch of time |
//! | `swept` | what counted events give over a stretch of time |
//! | `given` | what any criterion gives over a stretch of time |
//! | `prospect` | what is certain of an outcome over a stretch of time |
//! | `changes` | when stars, segment and audiences change |
//! | `transitions` | the same, one thing at a time |
//! | `timeline` | points, score and stars at many instants |
//! | `reach` | what it would take |

mod block;
mod changes;
mod counter;
mod given;
mod interest;
mod prospect;
mod reach;
mod stream;
mod sweep;
mod swept;
mod timeline;
mod track;
mod trail;
mod transitions;
mod view;

pub(crate) use changes::Scope;
pub(crate) use counter::{Counter, Days, Rule, Verdict};
pub(crate) use interest::Interest;
pub(crate) use prospect::Interval;
pub(crate) use reach::Ground;
pub(crate) use track::Track;
pub(crate) use transitions::Turn;
pub(crate) use view::View;

use crate::event::Rows;
use crate::model::Model;
use crate::time::Zone;
use alloc::vec::Vec;
use core::ops::Range;
use trail::Shape;

/// What a model counted of a history.
#[derive(Debug, Clone)]
pub(crate) struct Course {
    /// By the criterion's number over all parts.
    pub(crate) tracks: Vec<Track>,
    /// Epoch ms of every activity, never falling.
    pub(crate) activities: Vec<f64>,
    /// Epoch ms of the first activity ever; infinite where there is none.
    pub(crate) first_activity: f64,
    /// Epoch ms of events that matched a criterion with `per` and had no number there, each once.
    pub(crate) without_value: Vec<f64>,
    /// How many of those were folded.
    pub(crate) folded_without_value: u64,
    /// The criteria that look at events, by number.
    interest: Interest,
}

impl Course {
    /// Of no event yet.
    pub(crate) fn new(model: &Model) -> Course {
        let tracks = model.criteria().map(|(_, criterion)| Track::new(criterion));
        let tracks = tracks.collect();
        let interest = Interest::of(
            model,
            &mut model.criteria().map(|(_, criterion)| {
                let matching = criterion.kind.matching();
                matching.filter(|_| criterion.enabled)
            }),
        );
        Course {
            tracks,
            activities: Vec::new(),
            first_activity: f64::INFINITY,
            without_value: Vec::new(),
            folded_without_value: 0,
            interest,
        }
    }

    /// Takes the rows from one on, which come after all that were taken before, in canonical order. Tells whether any of
    /// them counted for something.
    pub(crate) fn extend(
        &mut self,
        model: &Model,
        rows: &Rows,
        from: usize,
        zone: &Zone,
        day_start_hour: u8,
    ) -> bool {
        self.extend_over(model, rows, from..rows.len(), zone, day_start_hour)
    }

    /// The same of some rows.
    pub(crate) fn extend_over(
        &mut self,
        model: &Model,
        rows: &Rows,
        places: Range<usize>,
        zone: &Zone,
        day_start_hour: u8,
    ) -> bool {
        let days = Days {
            zone,
            start_hour: day_start_hour,
        };
        let criteria: Vec<_> = model.criteria().map(|(_, criterion)| criterion).collect();
        let rules: Vec<_> = criteria
            .iter()
            .map(|criterion| Rule::of(criterion))
            .collect();
        let mut has_told = false;
        for row in places {
            has_told |= self.take(&criteria, &rules, rows, row, days);
        }
        has_told
    }

    fn take(
        &mut self,
        criteria: &[&crate::model::Criterion],
        rules: &[Option<Rule<'_>>],
        rows: &Rows,
        row: usize,
        days: Days<'_>,
    ) -> bool {
        let (Some(time), Some(type_number)) =
            (rows.times.get(row).copied(), rows.types.get(row).copied())
        else {
            return false;
        };
        let is_activity = rows.is_activity(type_number);
        if is_activity {
            self.activities.push(time);
            self.first_activity = self.first_activity.min(time);
        }
        let Course {
            interest, tracks, ..
        } = self;
        let mut has_told = false;
        let mut lacks_value = false;
        for number in interest.in_type(type_number) {
            let number = *number as usize;
            let (Some(track), Some(criterion)) = (tracks.get_mut(number), criteria.get(number))
            else {
                continue;
            };
            // `"*"` is every activity, and named types are looked at whatever they are.
            let matching = criterion.kind.matching();
            if !is_activity && matching.is_some_and(|matching| matching.types.is_none()) {
                continue;
            }
            let rule = rules.get(number).copied().flatten();
            let verdict = track.take(criterion, rule, rows, row, days);
            has_told |= matches!(verdict, Verdict::Counted(_));
            lacks_value |= verdict == Verdict::WithoutValue;
        }
        if lacks_value {
            self.without_value.push(time);
        }
        has_told
    }

    /// Drops everything that no instant from one on needs, in epoch ms: it keeps sums, last and first times, values
    /// seen, and the counted events that still make a difference one by one.
    pub(crate) fn retire(&mut self, model: &Model, before: f64) {
        for (track, (_, criterion)) in self.tracks.iter_mut().zip(model.criteria()) {
            match track {
                Track::Trail(trail) => {
                    let shape = Shape::of(criterion);
                    // Without an activity whose age could be taken, each event still fades by its own.
                    let is_open =
                        |shape: &Shape| shape.from_last_activity && self.activities.is_empty();
                    if let Some(shape) = shape.filter(|shape| !is_open(shape)) {
                        trail.retire(shape, before);
                    }
                }
                Track::Matches(times) => keep_last(times),
                Track::Off | Track::Activities | Track::Profile => {}
            }
        }
        keep_last(&mut self.activities);
        self.folded_without_value += self.without_value.len() as u64;
        self.without_value.clear();
    }
}

fn keep_last(times: &mut Vec<f64>) {
    let last = times.last().copied();
    times.clear();
    times.extend(last);
}
