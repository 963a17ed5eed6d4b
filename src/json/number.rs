//! Numbers of JSON.

use super::{JsonFault, Reader};
use crate::number::{read_number, short_decimal};

/// Digits that a u64 always holds.
const MOST_DIGITS: usize = 19;

impl Reader<'_> {
    /// The number that is next.
    #[inline]
    pub(crate) fn number(&mut self) -> Result<f64, JsonFault> {
        self.count()?;
        let start = self.position;
        let is_negative = self.byte() == Some(b'-');
        if is_negative {
            self.position += 1;
        }
        let first = self.position;
        let mut digits = 0;
        match self.byte() {
            Some(b'0') => self.position += 1,
            Some(b'1'..=b'9') => self.digits(&mut digits),
            // A sign asks for a digit, anything else for any value.
            _ if is_negative => return Err(self.expected("a digit")),
            _ => return Err(self.expected("a value")),
        }
        let mut count = self.position - first;
        let mut exponent = 0;
        if self.byte() == Some(b'.') {
            self.position += 1;
            let point = self.position;
            self.some_digits(&mut digits)?;
            let places = self.position - point;
            exponent -= places.min(1_000) as i32;
            count += places;
        }
        if matches!(self.byte(), Some(b'e' | b'E')) {
            self.position += 1;
            let is_divided = self.byte() == Some(b'-');
            if matches!(self.byte(), Some(b'+' | b'-')) {
                self.position += 1;
            }
            let (power, after) = (self.position, &mut 0);
            self.some_digits(after)?;
            // A power of many digits goes the long way.
            let power = match self.position - power {
                1..4 => *after as i32,
                _ => 1_000,
            };
            exponent += if is_divided { -power } else { power };
        }
        let short = match count {
            ..=MOST_DIGITS => short_decimal(digits, exponent),
            _ => None,
        };
        Ok(match short {
            Some(number) if is_negative => -number,
            Some(number) => number,
            None => self.long_number(start),
        })
    }

    #[cold]
    fn long_number(&self, start: usize) -> f64 {
        let digits = self.bytes.get(start..self.position).unwrap_or_default();
        read_number(core::str::from_utf8(digits).unwrap_or_default())
    }

    #[inline]
    fn digits(&mut self, number: &mut u64) {
        while let Some(digit @ b'0'..=b'9') = self.byte() {
            *number = number
                .wrapping_mul(10)
                .wrapping_add(u64::from(digit - b'0'));
            self.position += 1;
        }
    }

    fn some_digits(&mut self, number: &mut u64) -> Result<(), JsonFault> {
        if !matches!(self.byte(), Some(b'0'..=b'9')) {
            return Err(self.expected("a digit"));
        }
        self.digits(number);
        Ok(())
    }
}
