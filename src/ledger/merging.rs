//! Merging: two ledgers of one customer, in any order and any number of times.

use super::Ledger;
use super::replicas::{Identity, Replica, Replicas};
use super::store::is_lone;
use crate::error::{Error, ErrorCode};
use crate::event::Rows;
use crate::sorting::sorted_positions;
use alloc::{sync::Arc, vec::Vec};

/// Rows against what is folded and left out.
#[derive(Debug, Default)]
struct Sifted {
    /// By row.
    is_kept: Vec<bool>,
    duplicate: Vec<Identity>,
    settled: Vec<Identity>,
}

impl Ledger {
    /// Takes in what another ledger of the same customer knows. Profile, time zone and replica stay its own.
    ///
    /// An event that both know counts once. Of two compacted ledgers the later compaction stands: what the other one
    /// kept or folded of the time before, and this one did not know, is left out and counted in `ignored.settled`. Civil
    /// days of that time stay those of the zone in which it was folded.
    ///
    /// # Errors
    /// `snapshot-foreign` where the other's model is another one, `options-invalid-replica` where somebody else has
    /// recorded events under the name of this replica, `history-too-many-events` and `history-too-large`; nothing is
    /// changed then.
    pub fn merge(&mut self, other: &Ledger) -> Result<(), Error> {
        if self.fingerprint != other.fingerprint {
            let detail = "must be of the same model, but for texts and links";
            return Err(Error::new(ErrorCode::SnapshotForeign, "ledger", detail));
        }
        if !Arc::ptr_eq(&self.model, &other.model) {
            // Types and paths may have other numbers there.
            return self.merge_bytes(&other.to_bytes());
        }
        let mut replicas = self.replicas.clone();
        let numbers = replicas.meet_all(&other.replicas);
        let theirs = self.unknown(other, &numbers);
        let new = (0..theirs.len()).filter(|row| {
            let id = other.store.rows.id(*row);
            matches!(theirs.get(*row), Some(Some(_)))
                && id.and_then(|id| self.store.find(id)).is_none()
        });
        self.check_room(new.count(), other.store.rows.texts.len())?;
        self.check_namesake(other)?;

        let stands_other = other.stands_over(self);
        unite(&mut replicas, other, &numbers, stands_other);
        self.replicas = replicas;
        self.latest = self.latest.max(other.latest);
        self.complete_from = self.complete_from.max(other.complete_from);
        let starts = [&self.fold, &other.fold].map(Option::as_ref);
        let starts = starts.map(|fold| fold.map(|fold| fold.course.first_activity));
        if stands_other {
            self.fold.clone_from(&other.fold);
            self.live = None;
            self.taken = 0;
        }
        for start in starts.into_iter().flatten() {
            self.note_start(start);
        }
        let own: Vec<_> = self.store.identities.iter().copied().map(Some).collect();
        let early = [(&self.store.rows, &own), (&other.store.rows, &theirs)];
        let early = early.map(|(rows, identities)| {
            let is_new = |row: usize| {
                let identity = identities.get(row).copied().flatten();
                identity.is_some_and(|identity| !self.replicas.is_marked(identity))
            };
            self.early_activity(rows, is_new)
        });
        for start in early.into_iter().flatten() {
            self.note_start(start);
        }
        let own = self.sift(&self.store.rows, &own);
        if own.is_kept.contains(&false) {
            let is_kept = |row: usize| own.is_kept.get(row) == Some(&true);
            self.store.retain(&self.model, is_kept);
            self.unsettle(0);
        }
        let before = self.store.len();
        let their = self.sift(&other.store.rows, &theirs);
        for (row, identity) in theirs.into_iter().enumerate() {
            if let (Some(identity), Some(true)) = (identity, their.is_kept.get(row)) {
                let rows = &other.store.rows;
                self.store.push(&self.model, rows, row, identity);
            }
        }
        for sifted in [own, their] {
            let Sifted {
                duplicate, settled, ..
            } = sifted;
            self.replicas.mark(&duplicate, |marks| &mut marks.duplicate);
            self.replicas.mark(&settled, |marks| &mut marks.settled);
        }
        self.settle(before);
        Ok(())
    }

    /// Refuses a ledger that knows more of this replica than it does itself: somebody else records under its name.
    fn check_namesake(&self, other: &Ledger) -> Result<(), Error> {
        let next = |replicas: &Replicas| {
            let number = replicas.find(&self.options.replica)?;
            replicas
                .list
                .get(number as usize)
                .map(|replica| replica.next)
        };
        match (next(&self.replicas), next(&other.replicas)) {
            (Some(own), Some(theirs)) if 0 < own && own < theirs => {
                let detail = "must be a name of its own, and another ledger records under it";
                let code = ErrorCode::OptionsInvalidReplica;
                Err(Error::new(code, "options.replica", detail))
            }
            _ => Ok(()),
        }
    }

    /// Whether its compaction stands, not the other's: the later one, of two of one instant that of more events.
    fn stands_over(&self, other: &Ledger) -> bool {
        match (&self.fold, &other.fold) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(own), Some(others)) => {
                let by_instant = own.before.total_cmp(&others.before);
                let folded = || self.replicas.folded().cmp(&other.replicas.folded());
                by_instant.then_with(folded).is_gt()
            }
        }
    }

    /// The other's rows that it does not have, by row: the identities that they have here.
    fn unknown(&self, other: &Ledger, numbers: &[u32]) -> Vec<Option<Identity>> {
        let key = |identity: Identity| (identity.replica, identity.counter);
        let own = &self.store.identities;
        let at = |place: usize| own.get(place).copied().map(key);
        let known = sorted_positions(own.len(), &|a, b| at(a).cmp(&at(b)));
        let identities = other.store.identities.iter().map(|theirs| {
            let replica = numbers.get(theirs.replica as usize).copied();
            let here = Identity {
                replica: replica.unwrap_or_default(),
                ..*theirs
            };
            let found = known.binary_search_by(|place| at(*place).cmp(&Some(key(here))));
            found.is_err().then_some(here)
        });
        identities.collect()
    }

    /// Tells which rows are still to be kept, of those that have an identity.
    fn sift(&self, rows: &Rows, identities: &[Option<Identity>]) -> Sifted {
        let mut sifted = Sifted::default();
        let has_first = self.has_folded_activity();
        for (row, identity) in identities.iter().enumerate() {
            let time = rows.times.get(row).copied().unwrap_or_default();
            let fold = self.fold.as_ref();
            let is_early = fold.is_some_and(|fold| time < fold.before);
            let is_repeated = || fold.is_some_and(|fold| fold.has_id(rows.id(row)));
            let mut is_kept = false;
            match identity {
                None => {}
                Some(identity) if self.replicas.is_marked(*identity) => {}
                Some(_) if is_lone(&self.model, rows, row) => is_kept = !has_first && !is_early,
                Some(identity) if is_repeated() => sifted.duplicate.push(*identity),
                Some(identity) if is_early => sifted.settled.push(*identity),
                Some(_) => is_kept = true,
            }
            sifted.is_kept.push(is_kept);
        }
        sifted
    }
}

/// Joins what is known of each replica; `stands_other` says whose compaction stands.
fn unite(replicas: &mut Replicas, other: &Ledger, numbers: &[u32], stands_other: bool) {
    let mut theirs = alloc::vec![None; replicas.list.len()];
    for (number, replica) in numbers.iter().zip(&other.replicas.list) {
        if let Some(slot) = theirs.get_mut(*number as usize) {
            *slot = Some(replica);
        }
    }
    let unheard = Replica::default();
    for (own, theirs) in replicas.list.iter_mut().zip(theirs) {
        let theirs = theirs.unwrap_or(&unheard);
        own.next = own.next.max(theirs.next);
        own.invalid = own.invalid.max(theirs.invalid);
        own.repeated = own.repeated.max(theirs.repeated);
        own.late = own.late.max(theirs.late);
        let (stands, falls) = match stands_other {
            true => (&theirs.marks.folded, &own.marks.folded),
            false => (&own.marks.folded, &theirs.marks.folded),
        };
        let (folded, lost) = (stands.clone(), falls.without(stands));
        own.marks = own.marks.united(&theirs.marks, folded, &lost);
    }
}
