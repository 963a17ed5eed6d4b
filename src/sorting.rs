//! One stable sort for everything, so that its code is compiled once: of positions, not of the things there.
//!
//! A natural merge sort: what is in order already, or in reverse, is found and kept, so that sorted input and
//! lists put end to end cost one comparison each.

use alloc::vec::Vec;
use core::cmp::Ordering;

/// The positions from 0 to `count` in the order `compare` gives them; equals stay as they were.
pub(crate) fn sorted_positions(
    count: usize,
    compare: &dyn Fn(usize, usize) -> Ordering,
) -> Vec<usize> {
    let mut positions: Vec<u32> = (0..count as u32).collect();
    sort(&mut positions, &|a, b| compare(a as usize, b as usize));
    positions.into_iter().map(|at| at as usize).collect()
}

/// Sorts numbers by what they stand for; equals stay as they were.
pub(crate) fn sort(items: &mut Vec<u32>, compare: &dyn Fn(u32, u32) -> Ordering) {
    let mut ends = runs(items, compare);
    let mut spare = Vec::new();
    while ends.len() > 1 {
        spare.clear();
        let mut merged = Vec::with_capacity(ends.len().div_ceil(2));
        let mut start = 0;
        for pair in ends.chunks(2) {
            let (middle, end) = match *pair {
                [middle, end] => (middle, end),
                [end] => (end, end),
                _ => break,
            };
            let left = items.get(start..middle).unwrap_or_default();
            let right = items.get(middle..end).unwrap_or_default();
            merge(left, right, compare, &mut spare);
            merged.push(end);
            start = end;
        }
        core::mem::swap(items, &mut spare);
        ends = merged;
    }
}

/// Where each run ends that is in order; those in strictly reverse order are turned round.
fn runs(items: &mut [u32], compare: &dyn Fn(u32, u32) -> Ordering) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut start = 0;
    while start < items.len() {
        let rest = items.get_mut(start..).unwrap_or_default();
        let is_falling = matches!(*rest, [a, b, ..] if compare(a, b).is_gt());
        let follows = |pair: &[u32]| match *pair {
            [a, b] => compare(a, b).is_gt() == is_falling,
            _ => false,
        };
        let length = 1 + rest.windows(2).take_while(|pair| follows(pair)).count();
        if is_falling {
            rest.get_mut(..length).unwrap_or_default().reverse();
        }
        start += length;
        ends.push(start);
    }
    ends
}

fn merge(left: &[u32], right: &[u32], compare: &dyn Fn(u32, u32) -> Ordering, out: &mut Vec<u32>) {
    let (mut left, mut right) = (left, right);
    while let ([a, rest_left @ ..], [b, rest_right @ ..]) = (left, right) {
        if compare(*a, *b).is_gt() {
            out.push(*b);
            right = rest_right;
        } else {
            out.push(*a);
            left = rest_left;
        }
    }
    out.extend_from_slice(left);
    out.extend_from_slice(right);
}

/// The items in the order of the positions, each of which stands once.
pub(crate) fn arranged<T>(items: Vec<T>, positions: &[usize]) -> Vec<T> {
    let mut slots: Vec<Option<T>> = items.into_iter().map(Some).collect();
    positions
        .iter()
        .filter_map(|position| slots.get_mut(*position)?.take())
        .collect()
}
