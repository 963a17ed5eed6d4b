//! Compaction: all before an instant as the little that later instants need.

use super::Ledger;
use super::hash::{hash_63, sorted_hashes};
use super::replicas::Identity;
use super::store::Store;
use crate::course::{Course, Days, View};
use crate::event::Rows;
use crate::model::Model;
use crate::nudge::Exposed;
use crate::progress::{Standing, Stars, Tally};
use crate::time::Instant;
use alloc::vec::Vec;

/// Everything before an instant.
#[derive(Debug, Clone)]
pub(super) struct Fold {
    /// Epoch ms.
    pub(super) before: f64,
    /// What is still needed of the events.
    pub(super) course: Course,
    /// What progress still needs of them.
    pub(super) tally: Tally,
    /// When there were first so many stars, as far as badges ask.
    pub(super) stars: Stars,
    /// What became of nudges.
    pub(super) exposed: Exposed,
    /// What stands for their ids, sorted: an event that comes later with one of them is a duplicate.
    pub(super) ids: Vec<u64>,
}

impl Fold {
    /// Of nothing.
    fn new(model: &Model) -> Fold {
        Fold {
            before: f64::NEG_INFINITY,
            course: Course::new(model),
            tally: Tally::new(model),
            stars: Stars::default(),
            exposed: Exposed::default(),
            ids: Vec::new(),
        }
    }

    /// The customer began then, if not earlier.
    fn note_start(&mut self, start: f64) {
        for first in [
            &mut self.course.first_activity,
            &mut self.tally.first_activity,
        ] {
            *first = first.min(start);
        }
    }

    /// Whether an event with an id was folded.
    pub(super) fn has_id(&self, id: Option<&[u8]>) -> bool {
        id.is_some_and(|id| self.ids.binary_search(&hash_63(id)).is_ok())
    }
}

impl Ledger {
    /// Folds all events before an instant into what later instants need: sums, last and first times, values seen.
    ///
    /// Scores from that instant on stay what they were; earlier ones can no longer be asked (`options-at-settled`), and
    /// events before it that come later are left out and counted in `ignored.settled`, save that the customer's start may
    /// be theirs. Folding to an earlier instant than before changes nothing.
    ///
    /// Progress stays what it was as well. When a badge of stars was earned before that instant is settled with the profile
    /// of now; where the model's target is `"baseline"`, stars before that instant are forgotten.
    ///
    /// # Shapes
    /// Of folded ids 8 bytes each stay, by which repeats are known; of events without an id one range for each replica.
    pub fn compact(&mut self, before: Instant) {
        let before = before.millis() as f64;
        if self.fold.as_ref().is_some_and(|fold| fold.before >= before) {
            return;
        }
        let Ledger { model, store, .. } = self;
        let end = store.rows.times.partition_point(|time| *time < before);
        let rest = store.from(model, end);
        let folded = core::mem::replace(store, rest);
        let former = self.fold.take().unwrap_or_else(|| Fold::new(&self.model));
        let Fold {
            before: settled,
            mut course,
            mut tally,
            stars,
            mut exposed,
            mut ids,
        } = former;
        let lone = folded.lone();
        let Store {
            mut rows,
            identities,
            ..
        } = folded;
        rows.times.truncate(end);
        rows.types.truncate(end);
        let zone = &self.options.zone;
        course.extend(&self.model, &rows, 0, zone, self.options.day_start_hour);
        let days = Days {
            zone,
            start_hour: self.options.day_start_hour,
        };
        tally.extend(&self.model, &rows, 0..end, days);
        let hour = self.options.day_start_hour;
        exposed.extend(&self.model, &rows, end, zone, hour);
        let profile = &self.options.profile;
        let last = before - 1.0;
        let mut standing = Standing::new(&self.model, &tally, profile, last, days, None);
        let view = View::new(&self.model, &course, profile, None);
        // Where it takes a baseline, badges of stars are looked for from here on.
        let stars = match standing.dawn() {
            Some(_) => standing
                .count_stars(&view, stars.clone(), settled)
                .map_or(stars, |()| standing.stars),
            None => stars,
        };
        course.retire(&self.model, before);
        if !self.model.reads_activity() {
            // Nobody asks for the latest one, and it is not the latest of all.
            course.activities.clear();
        }
        ids.extend((0..end).filter_map(|row| rows.id(row)).map(hash_63));
        // What nothing reads is nobody's loss, and not counted.
        let identities = identities.into_iter().take(end).enumerate();
        let identities = identities.filter(|(row, _)| Some(*row) != lone);
        let identities: Vec<Identity> = identities.map(|(_, identity)| identity).collect();
        self.replicas.mark(&identities, |marks| &mut marks.folded);
        self.fold = Some(Fold {
            before,
            course,
            tally,
            stars,
            exposed,
            ids: sorted_hashes(ids),
        });
        self.live = None;
        self.taken = 0;
    }

    /// The first activity that comes too late, of those rows that are new, in epoch ms: what the fold has the id of is no
    /// other event.
    pub(super) fn early_activity(
        &self,
        rows: &Rows,
        is_new: impl Fn(usize) -> bool,
    ) -> Option<f64> {
        let fold = self.fold.as_ref()?;
        let early = (0..rows.len()).map_while(|row| {
            let time = rows.times.get(row).copied()?;
            (time < fold.before).then_some((row, time))
        });
        let mut activities = early.filter(|(row, _)| {
            let number = rows.types.get(*row).copied().unwrap_or_default();
            rows.is_activity(number) && is_new(*row) && !fold.has_id(rows.id(*row))
        });
        activities.next().map(|(_, time)| time)
    }

    /// Even what comes too late to be counted is known to have happened: the customer began then, if not earlier.
    pub(super) fn note_start(&mut self, start: f64) {
        if let Some(fold) = &mut self.fold {
            fold.note_start(start);
        }
        if let Some(course) = &mut self.live {
            course.first_activity = course.first_activity.min(start);
        }
    }

    /// Whether the first activity is known for good.
    pub(super) fn has_folded_activity(&self) -> bool {
        let fold = self.fold.as_ref();
        fold.is_some_and(|fold| fold.course.first_activity.is_finite())
    }
}
