//! One stable sort for everything, so that its code is compiled once: of positions, not of the things there.

use std::cmp::Ordering;

/// The positions from 0 to `count` in the order `compare` gives them; equals stay as they were.
pub(crate) fn sorted_positions(
    count: usize,
    compare: &dyn Fn(usize, usize) -> Ordering,
) -> Vec<usize> {
    let mut positions: Vec<usize> = (0..count).collect();
    positions.sort_by(|a, b| compare(*a, *b));
    positions
}

/// The items in the order of the positions, each of which stands once.
pub(crate) fn arranged<T>(items: Vec<T>, positions: &[usize]) -> Vec<T> {
    let mut slots: Vec<Option<T>> = items.into_iter().map(Some).collect();
    positions
        .iter()
        .filter_map(|position| slots.get_mut(*position)?.take())
        .collect()
}
