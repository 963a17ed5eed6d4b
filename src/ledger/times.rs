//! Times in a snapshot: how far apart they are, in the largest unit that they are all whole in.

use super::bytes::{Reader, put_number, put_signed};
use super::integers::{put_column, read_column};
use alloc::vec::Vec;

/// The largest distance from 1970 that an event can have, in ms.
const MAX_MILLIS: i64 = 8_640_000_000_000_000;

/// Writes times that never fall: with how many they are.
pub(super) fn put_times(out: &mut Vec<u8>, times: &[f64]) {
    put_number(out, times.len() as u64);
    let Some(first) = times.first().map(|time| *time as i64) else {
        return;
    };
    let since = times.iter().map(|time| *time as i64 - first);
    let since: Vec<i64> = since.collect();
    let unit = since.iter().copied().fold(0, common_divisor).max(1);
    put_signed(out, first);
    put_number(out, unit as u64);
    put_column(
        out,
        &since.iter().map(|time| time / unit).collect::<Vec<i64>>(),
    );
}

/// Reads times that never fall.
pub(super) fn read_times(reader: &mut Reader<'_>) -> Option<Vec<f64>> {
    let count = reader.number_to(u64::from(u32::MAX))? as usize;
    if count == 0 {
        return Some(Vec::new());
    }
    let first = reader.signed()?;
    let unit = i64::try_from(reader.number()?).ok()?;
    let mut times = Vec::new();
    for steps in read_column(reader, count)? {
        let time = steps.checked_mul(unit)?.checked_add(first)?;
        times.push(
            (-MAX_MILLIS..=MAX_MILLIS)
                .contains(&time)
                .then_some(time as f64)?,
        );
    }
    times.is_sorted().then_some(times)
}

/// Euclid's algorithm, of numbers that are not negative.
fn common_divisor(mut a: i64, mut b: i64) -> i64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
