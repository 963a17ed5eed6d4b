//! Who recorded what: the replicas that a ledger has heard of, and what became of their events.
//!
//! Every event that is kept has an identity: the replica that took it in and that replica's counter. By it an event
//! that comes again, through another ledger or the same one, is known to be the same. What a replica left out by
//! itself has no identity, since nobody else can ever meet it: such events are only counted, by replica, and counts
//! of one replica never fall, so that of two the greater one is the later.

use super::hash::hash_48;
use super::ranges::Ranges;
use crate::sorting::sorted_positions;
use alloc::{vec, vec::Vec};

/// What makes an event this one and no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Identity {
    /// The number of the replica that took it in.
    pub(super) replica: u32,
    pub(super) counter: u32,
}

/// One replica: a ledger from its making until it is gone.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Replica {
    /// What stands for its name: 48 bits, so that ten thousand replicas meet no equal one but once in millions of
    /// customers.
    pub(super) key: u64,
    /// The counter of its next event.
    pub(super) next: u32,
    /// Events that it left out as invalid.
    pub(super) invalid: u64,
    /// Events that it left out, having one with their id already.
    pub(super) repeated: u64,
    /// Events that came to it too late, from before its compaction.
    pub(super) late: u64,
    pub(super) marks: Marks,
}

/// Events of one replica that were kept by some ledger and no longer are, by counter.
///
/// Ledgers learn of things in different orders, and must come to the same in the end: what is known to be a duplicate stays
/// so, also while it is folded, since another compaction may stand one day; what is neither is settled.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Marks {
    /// Part of what was folded.
    pub(super) folded: Ranges,
    /// Another event had the same id.
    pub(super) duplicate: Ranges,
    /// Left out by a compaction that did not know them.
    pub(super) settled: Ranges,
}

/// All replicas by number: the order in which they were met.
#[derive(Debug, Clone, Default)]
pub(super) struct Replicas {
    pub(super) list: Vec<Replica>,
}

impl Marks {
    pub(super) fn is_empty(&self) -> bool {
        self.folded.is_empty() && self.duplicate.is_empty() && self.settled.is_empty()
    }

    pub(super) fn contains(&self, counter: u32) -> bool {
        [&self.folded, &self.duplicate, &self.settled]
            .into_iter()
            .any(|ranges| ranges.contains(counter))
    }

    /// What both know, where `folded` is what was folded in the end and `lost` what was folded in vain.
    pub(super) fn united(&self, other: &Marks, folded: Ranges, lost: &Ranges) -> Marks {
        let duplicate = self.duplicate.and(&other.duplicate);
        let settled = self.settled.and(&other.settled).and(lost);
        Marks {
            settled: settled.without(&folded).without(&duplicate),
            duplicate,
            folded,
        }
    }
}

impl Replica {
    /// Whether nothing is known of it but its name.
    pub(super) fn is_idle(&self) -> bool {
        self.next == 0
            && self.invalid == 0
            && self.repeated == 0
            && self.late == 0
            && self.marks.is_empty()
    }
}

impl Replicas {
    /// The number of the replica of a name; a new one is added.
    pub(super) fn meet(&mut self, name: &str) -> u32 {
        self.find(name).unwrap_or_else(|| self.add(hash_48(name)))
    }

    /// The number of the replica of a name.
    pub(super) fn find(&self, name: &str) -> Option<u32> {
        let key = hash_48(name);
        let place = self.list.iter().position(|replica| replica.key == key);
        place.map(|place| place as u32)
    }

    fn add(&mut self, key: u64) -> u32 {
        self.list.push(Replica {
            key,
            ..Replica::default()
        });
        self.list.len() as u32 - 1
    }

    /// The numbers that the replicas of another ledger have here, by their number there; new ones are added.
    pub(super) fn meet_all(&mut self, others: &Replicas) -> Vec<u32> {
        let known = self.by_key();
        let key = |place: &usize| self.list.get(*place).map(|replica| replica.key);
        let find = |other: &Replica| {
            let place = known.binary_search_by(|place| key(place).cmp(&Some(other.key)));
            place.ok().and_then(|place| known.get(place)).copied()
        };
        let found: Vec<Option<usize>> = others.list.iter().map(find).collect();
        let pairs = others.list.iter().zip(found);
        pairs
            .map(|(other, known)| match known {
                Some(known) => known as u32,
                None => self.add(other.key),
            })
            .collect()
    }

    pub(super) fn get_mut(&mut self, number: u32) -> Option<&mut Replica> {
        self.list.get_mut(number as usize)
    }

    /// Whether no two have the same key.
    pub(super) fn are_distinct(&self) -> bool {
        let key = |place: usize| self.list.get(place).map(|replica| replica.key);
        self.by_key().is_sorted_by(|a, b| key(*a) < key(*b))
    }

    /// What stands for the name of a replica.
    pub(super) fn key(&self, number: u32) -> u64 {
        self.list
            .get(number as usize)
            .map_or(0, |replica| replica.key)
    }

    /// Whether an event was kept once and no longer is.
    pub(super) fn is_marked(&self, event: Identity) -> bool {
        let replica = self.list.get(event.replica as usize);
        replica.is_some_and(|replica| replica.marks.contains(event.counter))
    }

    /// Adds events to one of the sets of their replicas.
    pub(super) fn mark(&mut self, events: &[Identity], set: impl Fn(&mut Marks) -> &mut Ranges) {
        let mut counters = vec![Vec::new(); self.list.len()];
        for event in events {
            if let Some(counters) = counters.get_mut(event.replica as usize) {
                counters.push(event.counter);
            }
        }
        for (replica, counters) in self.list.iter_mut().zip(counters) {
            if !counters.is_empty() {
                let set = set(&mut replica.marks);
                *set = set.and(&Ranges::of(counters));
            }
        }
    }

    /// Events left out since another had the same id.
    pub(super) fn duplicate(&self) -> u64 {
        let of = |replica: &Replica| {
            let marks = &replica.marks;
            replica.repeated + marks.duplicate.without(&marks.folded).count()
        };
        self.list.iter().map(of).sum()
    }

    /// Events left out since they came after their time was folded.
    pub(super) fn settled(&self) -> u64 {
        let of = |replica: &Replica| replica.late + replica.marks.settled.count();
        self.list.iter().map(of).sum()
    }

    /// Events left out as invalid.
    pub(super) fn invalid(&self) -> u64 {
        self.list.iter().map(|replica| replica.invalid).sum()
    }

    /// How many events were folded, and which: of two folds of one instant, the greater one stands.
    pub(super) fn folded(&self) -> (u64, Vec<(u64, &Ranges)>) {
        let count = |replica: &Replica| replica.marks.folded.count();
        let folded = self.by_key().into_iter().filter_map(|place| {
            let replica = self.list.get(place)?;
            let ranges = &replica.marks.folded;
            (!ranges.is_empty()).then_some((replica.key, ranges))
        });
        (self.list.iter().map(count).sum(), folded.collect())
    }

    /// The numbers of the replicas in the order of their keys.
    fn by_key(&self) -> Vec<usize> {
        let key = |place: usize| self.list.get(place).map(|replica| replica.key);
        sorted_positions(self.list.len(), &|a, b| key(a).cmp(&key(b)))
    }
}
