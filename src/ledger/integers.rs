//! Columns of whole numbers in few bits: what follows a pattern is nearly free.
//!
//! A column is the numbers themselves, their differences, or the differences of those, whichever is smallest; and
//! then either one number, where all are the same, or blocks of 128 by the code of Rice. A year of daily events takes
//! 27 bits each for times of day to the millisecond, and none for what is the same each day.

use super::bytes::{BitReader, Bits, Reader, folded, put_number, put_signed, unfolded};
use alloc::{vec, vec::Vec};

/// Numbers that share the size of their lower part.
const BLOCK: usize = 128;
/// Bits that say it.
const LOW_BITS: u32 = 6;
/// How often differences are taken, at most.
const MAX_ORDER: usize = 2;
/// Numbers in a column, at most: more than any ledger holds of anything.
const MAX_COUNT: usize = 8_000_000;
/// The head of a column: its order, and whether all that is left is the same.
const CONSTANT: u8 = 4;
/// Numbers of either sign as they are.
const PLAIN: u8 = 3;

/// Writes a column; how many there are is the reader's to know.
pub(super) fn put_column(out: &mut Vec<u8>, numbers: &[i64]) {
    let mut best: Option<(u64, u8, Vec<u64>)> = None;
    let mut consider = |head: u8, left: Vec<u64>| {
        let cost = match left.iter().all(|number| Some(number) == left.first()) {
            true => 0,
            false => left
                .iter()
                .map(|number| u64::from(65 - number.leading_zeros()))
                .sum(),
        };
        if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
            best = Some((cost, head, left));
        }
    };
    match numbers.iter().all(|number| *number >= 0) {
        true => consider(0, numbers.iter().map(|number| *number as u64).collect()),
        false => consider(PLAIN, numbers.iter().copied().map(folded).collect()),
    }
    let mut left = numbers.to_vec();
    let mut seeds = Vec::new();
    for order in 1..=MAX_ORDER.min(numbers.len()) {
        seeds.extend(left.first().copied());
        left = left
            .windows(2)
            .filter_map(|pair| match *pair {
                [before, number] => Some(number.wrapping_sub(before)),
                _ => None,
            })
            .collect();
        consider(order as u8, left.iter().copied().map(folded).collect());
    }
    let Some((_, head, left)) = best else { return };
    let is_constant = left.iter().all(|number| Some(number) == left.first());
    out.push(head | if is_constant { CONSTANT } else { 0 });
    let order = if head == PLAIN { 0 } else { usize::from(head) };
    for seed in seeds.iter().take(order) {
        put_signed(out, *seed);
    }
    match left.first() {
        Some(number) if is_constant => put_number(out, *number),
        _ => put_blocks(out, &left),
    }
}

/// Reads a column of so many numbers.
pub(super) fn read_column(reader: &mut Reader<'_>, count: usize) -> Option<Vec<i64>> {
    if count == 0 {
        // Of the head, which is there all the same.
        reader.byte()?;
        return Some(Vec::new());
    }
    if count > MAX_COUNT {
        return None;
    }
    let head = reader.byte()?;
    let kind = head & !CONSTANT;
    let order = match kind {
        0 | PLAIN => 0,
        1 | 2 => usize::from(kind).min(count),
        _ => return None,
    };
    let mut seeds = Vec::with_capacity(order);
    for _ in 0..order {
        seeds.push(reader.signed()?);
    }
    let rest = count - order;
    let left = match (rest, head & CONSTANT) {
        (0, _) => Vec::new(),
        (_, CONSTANT) => {
            reader.spare(rest)?;
            vec![reader.number()?; rest]
        }
        _ => read_blocks(reader, rest)?,
    };
    if kind == 0 {
        return left
            .into_iter()
            .map(|number| i64::try_from(number).ok())
            .collect();
    }
    let mut numbers: Vec<i64> = left.into_iter().map(unfolded).collect();
    for seed in seeds.into_iter().rev() {
        let mut number = seed;
        let mut whole = Vec::with_capacity(numbers.len() + 1);
        whole.push(seed);
        for difference in numbers {
            number = number.wrapping_add(difference);
            whole.push(number);
        }
        numbers = whole;
    }
    Some(numbers)
}

/// The same where no number may be greater than one.
pub(super) fn read_numbers(reader: &mut Reader<'_>, count: usize, most: u64) -> Option<Vec<u64>> {
    let numbers = read_column(reader, count)?;
    let checked = numbers.into_iter().map(|number| {
        let number = u64::try_from(number).ok()?;
        (number <= most).then_some(number)
    });
    checked.collect()
}

fn put_blocks(out: &mut Vec<u8>, numbers: &[u64]) {
    let mut bits = Bits::default();
    for block in numbers.chunks(BLOCK) {
        let low = best_low(block);
        bits.put(u64::from(low), LOW_BITS);
        for number in block {
            bits.put_rice(*number, low);
        }
    }
    out.extend_from_slice(&bits.finish());
}

fn read_blocks(reader: &mut Reader<'_>, count: usize) -> Option<Vec<u64>> {
    // Each number takes a bit at least.
    if count > reader.left().saturating_mul(8) {
        return None;
    }
    let mut bits = BitReader::new(reader);
    let mut numbers = Vec::with_capacity(count);
    while numbers.len() < count {
        let low = bits.bits(LOW_BITS)? as u32;
        for _ in 0..BLOCK.min(count - numbers.len()) {
            numbers.push(bits.rice(low)?);
        }
    }
    Some(numbers)
}

/// The size of the lower part that makes a block smallest: near the size of the mean.
fn best_low(block: &[u64]) -> u32 {
    let sum: f64 = block.iter().map(|number| *number as f64).sum();
    let mean = (sum / block.len().max(1) as f64) as u64;
    let near = 64 - mean.leading_zeros();
    let cost = |low: u32| -> u64 {
        block
            .iter()
            .map(|number| Bits::rice_bits(*number, low))
            .sum()
    };
    let candidates = near.saturating_sub(5)..=(near + 1).min(63);
    let mut best = (u64::MAX, 0);
    for low in candidates {
        best = best.min((cost(low), low));
    }
    best.1
}
