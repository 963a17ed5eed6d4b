//! Canonical order and duplicates: why the order in which events are handed over never matters.

use alloc::{boxed::Box, string::String, vec::Vec};
use core::cmp::Ordering;

use super::history::Entry;
use crate::names::Names;
use crate::sorting::{arranged, sorted_positions};
use crate::value::Value;

/// By time, type in byte order, id (none first), data as canonical JSON text (none first).
pub(super) fn sort(entries: Vec<Entry>, types: &[Box<str>]) -> Vec<Entry> {
    let compare = |a: &Entry, b: &Entry| {
        let name = |entry: &Entry| types.get(entry.type_index as usize);
        a.time
            .cmp(&b.time)
            .then_with(|| match a.type_index == b.type_index {
                true => Ordering::Equal,
                false => name(a).cmp(&name(b)),
            })
            .then_with(|| a.id.cmp(&b.id))
    };
    let is_sorted = entries.is_sorted_by(|a, b| compare(a, b).is_lt());
    if is_sorted {
        return entries;
    }
    let at = |position: usize| entries.get(position);
    let by_key = |a: usize, b: usize| match (at(a), at(b)) {
        (Some(a), Some(b)) => compare(a, b),
        (a, b) => a.is_some().cmp(&b.is_some()),
    };
    let mut positions = sorted_positions(entries.len(), &by_key);
    // Texts of data are dear, and wanted only where all else is equal.
    for run in positions.chunk_by_mut(|a, b| by_key(*a, *b).is_eq()) {
        if run.len() > 1 {
            sort_by_data(run, &entries);
        }
    }
    arranged(entries, &positions)
}

fn sort_by_data(run: &mut [usize], entries: &[Entry]) {
    let text = |position: &usize| {
        let data = entries.get(*position)?.data.as_ref();
        data.map(Value::canonical_text)
    };
    let texts: Vec<Option<String>> = run.iter().map(text).collect();
    let order = sorted_positions(run.len(), &|a, b| texts.get(a).cmp(&texts.get(b)));
    let before = run.to_vec();
    for (slot, position) in run.iter_mut().zip(order) {
        if let Some(moved) = before.get(position) {
            *slot = *moved;
        }
    }
}

/// Keeps the first of equal ids; returns how many were dropped.
pub(super) fn drop_duplicates(entries: &mut Vec<Entry>) -> u64 {
    let mut seen = Names::default();
    let is_repeated: Vec<bool> = entries
        .iter()
        .map(|entry| {
            entry
                .id
                .as_deref()
                .is_some_and(|id| !seen.is_new(id.as_bytes()))
        })
        .collect();
    let before = entries.len();
    let mut flags = is_repeated.into_iter();
    entries.retain(|_| !flags.next().unwrap_or(false));
    (before - entries.len()) as u64
}
