//! Adding events: one or many, in any order.

use super::Ledger;
use super::replicas::Identity;
use super::store::{Settled, is_lone};
use crate::error::{Error, ErrorCode};
use crate::event::{History, MAX_EVENTS, Rows};
use alloc::{format, vec::Vec};
use core::cmp::Ordering;

/// Bytes of text in a ledger, at most: places in it are told by 32 bits.
pub(super) const MAX_TEXT_BYTES: usize = 1024 * 1024 * 1024;

/// What becomes of an event that is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Kept,
    /// Nothing will ever ask for it.
    Unread,
    /// The ledger has one with its id, which stands before it.
    Repeated,
    /// From before the compaction.
    Late,
}

impl Ledger {
    /// Adds the events of a history; its profile plays no part.
    ///
    /// # Errors
    /// `history-too-many-events` and `history-too-large`, and then nothing was added.
    pub fn add(&mut self, history: &History) -> Result<(), Error> {
        let rows = history.rows_with_ids(&self.model.reading);
        self.add_rows(&rows)
    }

    /// Adds settled rows of one customer.
    pub(crate) fn add_rows(&mut self, rows: &Rows) -> Result<(), Error> {
        let fates: Vec<Fate> = self.fates(rows);
        let kept = fates.iter().filter(|fate| **fate == Fate::Kept).count();
        self.check_room(kept, rows.texts.len())?;
        let number = self.replicas.meet(&self.options.replica);
        let Some(replica) = self.replicas.get_mut(number) else {
            return Ok(());
        };
        let first = replica.next;
        replica.next = first.checked_add(kept as u32).ok_or_else(too_many)?;
        let count = |wanted| fates.iter().filter(|fate| **fate == wanted).count() as u64;
        replica.invalid += rows.invalid;
        replica.repeated += rows.duplicate + count(Fate::Repeated);
        replica.late += count(Fate::Late);
        if let Some(start) = self.early_activity(rows, |_| true) {
            self.note_start(start);
        }
        self.latest = rows.times.iter().copied().fold(self.latest, f64::max);
        let before = self.store.len();
        let kept = fates.iter().enumerate();
        let kept = kept.filter(|(_, fate)| **fate == Fate::Kept);
        for ((row, _), counter) in kept.zip(first..) {
            let identity = Identity {
                replica: number,
                counter,
            };
            self.store.push(&self.model, rows, row, identity);
        }
        self.settle(before);
        Ok(())
    }

    /// Puts rows that were pushed in their place.
    pub(super) fn settle(&mut self, before: usize) {
        let Settled {
            duplicates,
            untouched,
        } = self.store.settle(&self.model, &self.replicas, before);
        self.replicas
            .mark(&duplicates, |marks| &mut marks.duplicate);
        self.unsettle(untouched);
    }

    /// Refuses what would not fit.
    pub(super) fn check_room(&self, events: usize, text_bytes: usize) -> Result<(), Error> {
        if self.len() + events > MAX_EVENTS {
            return Err(too_many());
        }
        if self.store.rows.texts.len() + text_bytes > MAX_TEXT_BYTES {
            let detail = "must leave a ledger with at most 1 GiB of text";
            return Err(Error::new(ErrorCode::HistoryTooLarge, "events", detail));
        }
        Ok(())
    }

    fn fates(&self, rows: &Rows) -> Vec<Fate> {
        // Of the first lone event: once there is one, only what comes before it is of use.
        let mut has_lone = self.has_folded_activity();
        (0..rows.len())
            .map(|row| {
                if is_lone(&self.model, rows, row) {
                    let is_kept = !has_lone
                        && self.is_first(rows, row)
                        && self.fate_by_time(rows, row) == Fate::Kept;
                    has_lone |= is_kept;
                    return if is_kept { Fate::Kept } else { Fate::Unread };
                }
                self.fate(rows, row)
            })
            .collect()
    }

    /// Of an event that some criterion reads, or that has an id.
    fn fate(&self, rows: &Rows, row: usize) -> Fate {
        let Some(id) = rows.id(row) else {
            let number = rows.types.get(row).copied().unwrap_or_default();
            let is_named = (number as usize) < self.model.reading.types.len();
            return match is_named || rows.is_activity(number) {
                true => self.fate_by_time(rows, row),
                false => Fate::Unread,
            };
        };
        if self.fold.as_ref().is_some_and(|fold| fold.has_id(Some(id))) {
            return Fate::Repeated;
        }
        match self.store.find(id) {
            Some(known) if self.compare_with(rows, row, known).is_ge() => Fate::Repeated,
            _ => self.fate_by_time(rows, row),
        }
    }

    fn fate_by_time(&self, rows: &Rows, row: usize) -> Fate {
        let time = rows.times.get(row).copied().unwrap_or_default();
        match &self.fold {
            Some(fold) if time < fold.before => Fate::Late,
            _ => Fate::Kept,
        }
    }

    /// Whether an activity that nothing reads comes before the one that is kept.
    fn is_first(&self, rows: &Rows, row: usize) -> bool {
        let number = rows.types.get(row).copied().unwrap_or_default();
        let comes_before = |known| self.compare_with(rows, row, known).is_lt();
        rows.is_activity(number) && self.store.lone().is_none_or(comes_before)
    }

    /// An event of other rows against one that is kept: by time, type, and what is read of the data. Ids are the same.
    fn compare_with(&self, rows: &Rows, row: usize, known: usize) -> Ordering {
        let (kept, reading) = (&self.store.rows, &self.model.reading);
        let time = |rows: &Rows, row: usize| rows.times.get(row).copied().unwrap_or_default();
        let name = |rows: &Rows, row: usize| {
            let number = rows.types.get(row).copied().unwrap_or_default();
            rows.type_name(reading, number).to_vec()
        };
        time(rows, row)
            .total_cmp(&time(kept, known))
            .then_with(|| name(rows, row).cmp(&name(kept, known)))
            .then_with(|| {
                rows.read_text(reading, row)
                    .cmp(&kept.read_text(reading, known))
            })
    }
}

fn too_many() -> Error {
    let detail = format!("must leave a ledger with at most {MAX_EVENTS} events");
    Error::new(ErrorCode::HistoryTooManyEvents, "events", detail)
}
