//! Canonical order and duplicates: why the order in which events are handed over never matters.

use std::cmp::Ordering;

use super::history::Entry;
use crate::value::Value;

/// Sorts by time, type in byte order, id (none first), data as canonical JSON text (none first).
pub(super) fn sort(entries: &mut [Entry], types: &[Box<str>]) {
    let ranks = ranks(types);
    let rank = |entry: &Entry| ranks.get(entry.type_index as usize).copied();
    let by_key = |a: &Entry, b: &Entry| {
        a.time
            .cmp(&b.time)
            .then_with(|| rank(a).cmp(&rank(b)))
            .then_with(|| a.id.cmp(&b.id))
    };
    entries.sort_by(by_key);
    // Texts of data are dear, and wanted only where all else is equal.
    for run in entries.chunk_by_mut(|a, b| by_key(a, b) == Ordering::Equal) {
        if run.len() > 1 {
            run.sort_by_cached_key(|entry| entry.data.as_ref().map(Value::canonical_text));
        }
    }
}

/// Keeps the first of equal ids; returns how many were dropped.
pub(super) fn drop_duplicates(entries: &mut Vec<Entry>) -> u64 {
    let mut by_id: Vec<(&str, usize)> = entries
        .iter()
        .enumerate()
        .filter_map(|(position, entry)| Some((entry.id.as_deref()?, position)))
        .collect();
    by_id.sort_unstable();
    let mut repeated: Vec<usize> = by_id
        .windows(2)
        .filter_map(|pair| match pair {
            [(first, _), (second, position)] if first == second => Some(*position),
            _ => None,
        })
        .collect();
    repeated.sort_unstable();
    let mut next = repeated.iter().copied().peekable();
    let mut position = 0;
    entries.retain(|_| {
        let is_repeated = next.next_if_eq(&position).is_some();
        position += 1;
        !is_repeated
    });
    repeated.len() as u64
}

/// The place of each type in byte order.
fn ranks(types: &[Box<str>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..types.len()).collect();
    order.sort_by_key(|index| types.get(*index));
    let mut ranks = vec![0; types.len()];
    for (place, index) in order.into_iter().enumerate() {
        if let Some(rank) = ranks.get_mut(index) {
            *rank = place;
        }
    }
    ranks
}
