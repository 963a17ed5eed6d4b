//! The quick way over JSON that is as plain as most is: no escapes, short numbers. Whatever else it meets, it gives up,
//! and the reader is taken back.

use super::Reader;
use super::text::plain_length;
use crate::number::short_decimal;

/// Digits that are a double exactly.
const EXACT_DIGITS: usize = 15;

impl<'a> Reader<'a> {
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
    #[inline(always)]
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

    /// A whole number of a few digits, or a short decimal.
    #[inline(always)]
    pub(crate) fn quick_number(&mut self) -> Option<f64> {
        self.quick_peek();
        let rest = self.bytes.get(self.position..)?;
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
        if matches!(rest.get(length), Some(b'.' | b'e' | b'E')) {
            return None;
        }
        self.position += length;
        self.values += 1;
        short_decimal(number, 0)
    }
}
