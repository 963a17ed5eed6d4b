//! Replicas in a snapshot, and what became of their events.

use super::bytes::{Reader, put_number};
use super::integers::{put_column, read_column, read_numbers};
use super::ranges::Ranges;
use super::replicas::{Marks, Replica, Replicas};
use alloc::vec::Vec;

/// Bytes of what stands for a replica.
const KEY_BYTES: usize = 6;
/// Ranges of all replicas together, at most: far more than a ledger of a million events comes to.
const MAX_RANGES: usize = 8_000_000;

/// The sets of a replica, in the order in which they are written.
const SETS: [fn(&Marks) -> &Ranges; 3] = [
    |marks| &marks.folded,
    |marks| &marks.duplicate,
    |marks| &marks.settled,
];
const SETS_MUT: [fn(&mut Marks) -> &mut Ranges; 3] = [
    |marks| &mut marks.folded,
    |marks| &mut marks.duplicate,
    |marks| &mut marks.settled,
];

/// Writes what is known of some replicas, in an order.
pub(super) fn put_replicas(out: &mut Vec<u8>, replicas: &Replicas, order: &[u32]) {
    put_number(out, order.len() as u64);
    let list = || {
        let numbers = order.iter();
        numbers.filter_map(|number| replicas.list.get(*number as usize))
    };
    for replica in list() {
        let [bytes @ .., _, _] = replica.key.to_le_bytes();
        out.extend_from_slice(&bytes);
    }
    let mut column = |number: &dyn Fn(&Replica) -> u64| {
        let numbers: Vec<i64> = list().map(|replica| number(replica) as i64).collect();
        put_column(out, &numbers);
    };
    column(&|replica| u64::from(replica.next));
    column(&|replica| replica.invalid);
    column(&|replica| replica.repeated);
    column(&|replica| replica.late);
    for set in SETS {
        column(&|replica| set(&replica.marks).len() as u64);
    }
    for set in SETS {
        let ranges = || list().flat_map(|replica| set(&replica.marks).iter());
        let starts: Vec<i64> = ranges().map(|(from, _)| i64::from(from)).collect();
        let lengths: Vec<i64> = ranges().map(|(from, to)| i64::from(to - from)).collect();
        put_column(out, &starts);
        put_column(out, &lengths);
    }
}

/// Reads it; none where it is damaged.
pub(super) fn read_replicas(reader: &mut Reader<'_>) -> Option<Replicas> {
    let count = reader.count()?;
    let mut list = Vec::new();
    for _ in 0..count {
        let [a, b, c, d, e, f]: [u8; KEY_BYTES] = reader.array()?;
        let key = u64::from_le_bytes([a, b, c, d, e, f, 0, 0]);
        list.push(Replica {
            key,
            ..Replica::default()
        });
    }
    let mut column = |most| read_numbers(reader, count, most);
    let nexts = column(u64::from(u32::MAX))?;
    // Sums of what all replicas left out stay numbers.
    let most = u64::from(u32::MAX);
    let (invalid, repeated, late) = (column(most)?, column(most)?, column(most)?);
    let lengths = [column(most)?, column(most)?, column(most)?];
    let counts = nexts.into_iter().zip(invalid).zip(repeated).zip(late);
    for (replica, (((next, invalid), repeated), late)) in list.iter_mut().zip(counts) {
        replica.next = next as u32;
        replica.invalid = invalid;
        replica.repeated = repeated;
        replica.late = late;
    }
    for (set, lengths) in SETS_MUT.into_iter().zip(lengths) {
        let count = lengths.iter().sum::<u64>();
        let count = usize::try_from(count)
            .ok()
            .filter(|count| *count <= MAX_RANGES)?;
        let starts = read_column(reader, count)?;
        let sizes = read_column(reader, count)?;
        let mut ranges = starts.into_iter().zip(sizes);
        for (replica, length) in list.iter_mut().zip(lengths) {
            let mut own = Vec::new();
            for (from, size) in ranges.by_ref().take(length as usize) {
                let to = from.checked_add(size)?;
                let is_known = to <= i64::from(replica.next);
                own.push((
                    u32::try_from(from).ok()?,
                    u32::try_from(to).ok().filter(|_| is_known)?,
                ));
            }
            *set(&mut replica.marks) = Ranges::checked(own)?;
        }
    }
    let replicas = Replicas { list };
    replicas.are_distinct().then_some(replicas)
}
