//! Sets of counters, as the ranges they make: what one replica hands out comes mostly in a row.

use alloc::vec::Vec;

/// Whole numbers by ranges `[from, to)`: rising, none empty, no two that touch.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ranges {
    list: Vec<(u32, u32)>,
}

impl Ranges {
    /// From ranges that rise, are not empty and do not touch; none otherwise.
    pub(super) fn checked(list: Vec<(u32, u32)>) -> Option<Ranges> {
        let are_whole = list.iter().all(|(from, to)| from < to);
        let are_apart = list.is_sorted_by(|(_, end), (start, _)| end < start);
        (are_whole && are_apart).then_some(Ranges { list })
    }

    /// From counters in any order.
    pub(super) fn of(mut counters: Vec<u32>) -> Ranges {
        crate::sorting::sort(&mut counters, &|a, b| a.cmp(&b));
        let mut ranges = Ranges::default();
        for counter in counters {
            ranges.extend(counter, counter.saturating_add(1));
        }
        ranges
    }

    /// The ranges, rising.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, u32)> {
        self.list.iter().copied()
    }

    /// How many ranges there are.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many counters there are.
    pub(super) fn count(&self) -> u64 {
        self.iter().map(|(from, to)| u64::from(to - from)).sum()
    }

    pub(super) fn contains(&self, counter: u32) -> bool {
        let after = self.list.partition_point(|(from, _)| *from <= counter);
        let before = after.checked_sub(1).and_then(|place| self.list.get(place));
        before.is_some_and(|(_, to)| counter < *to)
    }

    /// The counters of either.
    pub(super) fn and(&self, other: &Ranges) -> Ranges {
        let mut united = Ranges::default();
        let (mut one, mut two) = (self.iter().peekable(), other.iter().peekable());
        loop {
            let first = match (one.peek(), two.peek()) {
                (Some(a), Some(b)) if a <= b => one.next(),
                (_, Some(_)) => two.next(),
                _ => one.next(),
            };
            match first {
                Some((from, to)) => united.extend(from, to),
                None => return united,
            }
        }
    }

    /// Its counters without those of another.
    pub(super) fn without(&self, other: &Ranges) -> Ranges {
        let mut left = Ranges::default();
        let mut taken = other.iter().peekable();
        for (mut from, to) in self.iter() {
            while let Some((start, end)) = taken.peek().copied() {
                if start >= to {
                    break;
                }
                if start > from {
                    left.extend(from, start);
                }
                from = from.max(end);
                if end > to {
                    break;
                }
                taken.next();
            }
            if from < to {
                left.extend(from, to);
            }
        }
        left
    }

    /// Adds a range that begins no earlier than any other.
    fn extend(&mut self, from: u32, to: u32) {
        match self.list.last_mut() {
            Some((_, end)) if from <= *end => *end = to.max(*end),
            _ => self.list.push((from, to)),
        }
    }
}
