//! The quick way over JSON that is as plain as most is: no escapes, short numbers. Whatever else it meets, it gives up,
//! and the reader is taken back.

use super::Reader;
use super::text::{ends_in, plain_length};
use crate::number::short_decimal;

/// Digits that are a double exactly.
const EXACT_DIGITS: usize = 15;

impl<'a> Reader<'a> {
    /// What follows.
    #[inline(always)]
    pub(crate) fn quick_rest(&self) -> &'a [u8] {
        self.bytes.get(self.position..).unwrap_or_default()
    }

    /// Goes on to what follows a value.
    #[inline(always)]
    pub(crate) fn quick_leap(&mut self, rest: &'a [u8]) {
        self.position = self.bytes.len() - rest.len();
        self.values += 1;
    }

    /// Reads over white space and then this byte; false where another stands.
    #[inline(always)]
    pub(crate) fn quick_byte(&mut self, byte: u8) -> bool {
        let is_next = self.quick_peek() == Some(byte);
        self.position += usize::from(is_next);
        is_next
    }

    /// The next byte that is not white space, left in place.
    #[inline(always)]
    pub(crate) fn quick_peek(&mut self) -> Option<u8> {
        match self.bytes.get(self.position) {
            Some(byte) if *byte > b' ' => Some(*byte),
            _ => self.peek(),
        }
    }

    /// A text without escapes.
    pub(crate) fn quick_text(&mut self) -> Option<&'a [u8]> {
        if !self.quick_byte(b'"') {
            return None;
        }
        let rest = self.bytes.get(self.position..)?;
        let length = plain_length(rest);
        if rest.get(length) != Some(&b'"') {
            return None;
        }
        self.position += length + 1;
        self.values += 1;
        rest.get(..length)
    }

    /// A key without escapes as one word, the first byte lowest; 0 for one of more than seven bytes.
    #[inline(always)]
    pub(crate) fn quick_key(&mut self) -> Option<u64> {
        if !self.quick_byte(b'"') {
            return None;
        }
        let rest = self.bytes.get(self.position..)?;
        let word = u64::from_le_bytes(*rest.first_chunk::<8>()?);
        let ends = ends_in(word);
        if ends == 0 {
            self.position -= 1;
            return self.quick_text().map(|_| 0);
        }
        let bits = ends.trailing_zeros() & !7;
        if (word >> bits) as u8 != b'"' {
            return None;
        }
        self.position += bits as usize / 8 + 1;
        Some(word & ((1 << bits) - 1))
    }

    /// A whole number of a few digits, or a short decimal.
    #[inline(always)]
    pub(crate) fn quick_number(&mut self) -> Option<f64> {
        self.quick_peek();
        let rest = self.bytes.get(self.position..)?;
        let is_end = |length| !matches!(rest.get(length), Some(b'0'..=b'9' | b'.' | b'e' | b'E'));
        let mut number = 0_u64;
        let mut length = 0;
        while let Some(digit @ b'0'..=b'9') = rest.get(length) {
            number = number * 10 + u64::from(digit - b'0');
            length += 1;
            if length > EXACT_DIGITS {
                return None;
            }
        }
        // A zero in front is a number only when it stands alone.
        if length == 0 || (rest.first() == Some(&b'0') && length > 1) {
            return None;
        }
        if !is_end(length) {
            return None;
        }
        self.position += length;
        self.values += 1;
        short_decimal(number, 0)
    }
}

/// What follows a start of at most eight bytes.
#[inline(always)]
pub(crate) fn quick_start<'a, const N: usize>(start: &[u8; N], rest: &'a [u8]) -> Option<&'a [u8]> {
    let word = u64::from_le_bytes(*rest.first_chunk()?) << (64 - 8 * N);
    let start = start
        .iter()
        .rfold(0, |word, byte| word << 8 | u64::from(*byte));
    (word == start << (64 - 8 * N)).then(|| rest.get(N..))?
}

/// A text without escapes behind its opening quote, and what follows.
#[inline(always)]
pub(crate) fn quick_text_in(rest: &[u8]) -> Option<(&[u8], &[u8])> {
    let (text, rest) = rest.split_at_checked(plain_length(rest))?;
    rest.strip_prefix(b"\"").map(|rest| (text, rest))
}

/// A number of thirteen digits, and what follows.
#[inline(always)]
pub(crate) fn quick_millis(rest: &[u8]) -> Option<(f64, &[u8])> {
    let (digits, rest) = rest.split_first_chunk()?;
    Some((thirteen_digits(digits)? as f64, rest))
}

/// A key of at most seven bytes as [`Reader::quick_key`] gives it.
pub(crate) const fn key(name: &[u8]) -> u64 {
    let mut word = 0;
    let mut rest = name;
    while let [before @ .., last] = rest {
        word = word << 8 | *last as u64;
        rest = before;
    }
    word
}

/// Thirteen digits, none of them a zero in front, as the times of a century have them.
#[inline(always)]
fn thirteen_digits(text: &[u8; 13]) -> Option<i64> {
    let first = eight_digits(text.first_chunk()?)?;
    let last = eight_digits(text.last_chunk()?)?;
    let number = first / 1_000 * 100_000_000 + last;
    (first >= 10_000_000).then_some(number as i64)
}

/// Eight digits at once; none where not all of them are.
///
/// # Source
/// D. Lemire, "Quickly parsing eight digits" (2018), after J. Schmidt.
#[inline(always)]
fn eight_digits(text: &[u8; 8]) -> Option<u64> {
    let word = u64::from_le_bytes(*text);
    let is_digits = word & 0xf0f0_f0f0_f0f0_f0f0 == 0x3030_3030_3030_3030
        && word.wrapping_add(0x0606_0606_0606_0606) & 0xf0f0_f0f0_f0f0_f0f0
            == 0x3030_3030_3030_3030;
    if !is_digits {
        return None;
    }
    let digits = word & 0x0f0f_0f0f_0f0f_0f0f;
    let pairs = digits.wrapping_mul(10).wrapping_add(digits >> 8);
    let even = (pairs & 0x0000_00ff_0000_00ff).wrapping_mul(0x000f_4240_0000_0064);
    let odd = (pairs >> 16 & 0x0000_00ff_0000_00ff).wrapping_mul(0x0000_2710_0000_0001);
    Some(even.wrapping_add(odd) >> 32)
}
