//! How a snapshot numbers things: by their names, so that ledgers that know the same are the same bytes.

use super::Ledger;
use super::replicas::Replica;
use crate::model::Reading;
use crate::sorting::{sort, sorted_positions};
use alloc::{vec, vec::Vec};

/// How a snapshot numbers what the ledger has numbers of its own for.
pub(super) struct Order<'r> {
    pub(super) reading: &'r Reading,
    /// Types that are read by name, and whether their data is.
    pub(super) types: Vec<(&'r [u8], bool)>,
    /// Paths by name, and their columns.
    pub(super) paths: Vec<(&'r [u8], usize)>,
    /// The numbers of the replicas in their order, and for each its place there.
    pub(super) replicas: Vec<u32>,
    pub(super) replica_ranks: Vec<usize>,
}

impl<'r> Order<'r> {
    pub(super) fn of(ledger: &'r Ledger) -> Order<'r> {
        let reading = &ledger.model.reading;
        let by_name = |count: usize, name: &dyn Fn(u32) -> &'r [u8]| {
            let mut numbers: Vec<u32> = (0..count as u32).collect();
            sort(&mut numbers, &|a, b| name(a).cmp(name(b)));
            numbers
        };
        let type_name = |number| reading.types.get(number);
        let path_name = |number| reading.paths.get(number);
        let types = by_name(reading.types.len(), &type_name).into_iter();
        let paths = by_name(reading.paths.len(), &path_name).into_iter();
        let list = &ledger.replicas.list;
        // Replicas come by their first row, those without any by their keys.
        let mut first_rows = vec![usize::MAX; list.len()];
        for (row, identity) in ledger.store.identities.iter().enumerate() {
            if let Some(first) = first_rows.get_mut(identity.replica as usize) {
                *first = row.min(*first);
            }
        }
        let place = |number: usize| {
            let key = list.get(number).map(|replica| replica.key);
            (first_rows.get(number), key)
        };
        let is_known = |number: &usize| {
            let is_idle = list.get(*number).is_none_or(Replica::is_idle);
            first_rows.get(*number) != Some(&usize::MAX) || !is_idle
        };
        let replicas = sorted_positions(list.len(), &|a, b| place(a).cmp(&place(b)));
        let replicas = replicas.into_iter().filter(is_known);
        let replicas: Vec<u32> = replicas.map(|number| number as u32).collect();
        let mut replica_ranks = vec![0; list.len()];
        for (rank, number) in replicas.iter().enumerate() {
            if let Some(slot) = replica_ranks.get_mut(*number as usize) {
                *slot = rank;
            }
        }
        Order {
            types: types
                .map(|number| (type_name(number), reading.reads_data_of(number)))
                .collect(),
            paths: paths
                .map(|number| (path_name(number), number as usize))
                .collect(),
            reading,
            replicas,
            replica_ranks,
        }
    }
}
