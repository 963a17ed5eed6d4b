//! The small change of a snapshot: numbers of variable length, texts, bits; written, and read with care.
//!
//! Whatever is read may be damaged: a reader gives nothing rather than something wrong, and lets nothing grow
//! beyond what its bytes can hold.

use alloc::{boxed::Box, vec::Vec};

/// Bytes of a number of variable length, at most.
const MAX_VARINT_BYTES: u32 = 10;
/// Numbers that no bytes stand for, since they are all the same, in one snapshot at most: they take room all the same.
/// Chosen: a gigabyte; a ledger of a million events holds less than a tenth.
const MAX_SPARED: usize = 1 << 27;
/// Quotients from here on are written out: so many ones, and the number itself.
const ESCAPE: u32 = 24;

/// Writes a number in groups of 7 bits, the lowest first.
///
/// # Source
/// LEB128, as in DWARF 5, section 7.6.
pub(super) fn put_number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Writes a number of either sign.
pub(super) fn put_signed(out: &mut Vec<u8>, number: i64) {
    put_number(out, folded(number));
}

/// Writes a double, bit by bit.
pub(super) fn put_double(out: &mut Vec<u8>, number: f64) {
    out.extend_from_slice(&number.to_le_bytes());
}

/// Writes a text with its length.
pub(super) fn put_text(out: &mut Vec<u8>, text: &[u8]) {
    put_number(out, text.len() as u64);
    out.extend_from_slice(text);
}

/// The numbers of either sign as those of none: 0, -1, 1, -2, 2 and so on.
pub(super) fn folded(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)) as u64
}

/// And back.
pub(super) fn unfolded(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

/// Reads bytes from front to back.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'b> {
    rest: &'b [u8],
    spared: usize,
}

impl<'b> Reader<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Reader<'b> {
        Reader {
            rest: bytes,
            spared: MAX_SPARED,
        }
    }

    /// Makes room for so many numbers that no bytes stand for; none where there are too many.
    pub(super) fn spare(&mut self, count: usize) -> Option<()> {
        self.spared = self.spared.checked_sub(count)?;
        Some(())
    }

    /// Bytes that are left.
    pub(super) fn left(&self) -> usize {
        self.rest.len()
    }

    pub(super) fn take(&mut self, length: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(*taken)
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        self.array().map(|[byte]| byte)
    }

    pub(super) fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for place in 0..MAX_VARINT_BYTES {
            let byte = self.byte()?;
            let group = u64::from(byte & 0x7f);
            if place + 1 == MAX_VARINT_BYTES && byte > 1 {
                return None;
            }
            number |= group << (7 * place);
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// A number of at most so much.
    pub(super) fn number_to(&mut self, most: u64) -> Option<u64> {
        self.number().filter(|number| *number <= most)
    }

    /// A number of things each of which takes at least a byte.
    pub(super) fn count(&mut self) -> Option<usize> {
        let left = self.left() as u64;
        self.number_to(left).map(|count| count as usize)
    }

    pub(super) fn signed(&mut self) -> Option<i64> {
        self.number().map(unfolded)
    }

    pub(super) fn double(&mut self) -> Option<f64> {
        self.array().map(f64::from_le_bytes)
    }

    /// A text of UTF-8 with its length.
    pub(super) fn text(&mut self) -> Option<Box<str>> {
        let length = self.count()?;
        core::str::from_utf8(self.take(length)?)
            .ok()
            .map(Into::into)
    }
}

/// Bits, the lowest of each byte first.
#[derive(Debug, Default)]
pub(super) struct Bits {
    pub(super) bytes: Vec<u8>,
    pending: u64,
    count: u32,
}

impl Bits {
    /// Adds the lowest bits of a number: at most 56.
    pub(super) fn put(&mut self, bits: u64, count: u32) {
        self.pending |= (bits & ((1 << count) - 1)) << self.count;
        self.count += count;
        while self.count >= 8 {
            self.bytes.push(self.pending as u8);
            self.pending >>= 8;
            self.count -= 8;
        }
    }

    /// Adds a number whose lowest bits stand as they are, and the rest as so many ones and a zero.
    ///
    /// # Source
    /// R. F. Rice, "Some practical universal noiseless coding techniques", JPL 79-22, 1979.
    pub(super) fn put_rice(&mut self, number: u64, low: u32) {
        let high = number >> low;
        if high >= u64::from(ESCAPE) {
            self.put(u64::MAX, ESCAPE);
            self.put(number, 32);
            return self.put(number >> 32, 32);
        }
        self.put((1 << high) - 1, high as u32 + 1);
        self.put(number, low.min(32));
        self.put(number >> 32, low.saturating_sub(32));
    }

    /// How many bits such a number takes.
    pub(super) fn rice_bits(number: u64, low: u32) -> u64 {
        match number >> low {
            high if high >= u64::from(ESCAPE) => u64::from(ESCAPE) + 64,
            high => high + 1 + u64::from(low),
        }
    }

    /// Fills the last byte up.
    pub(super) fn finish(mut self) -> Vec<u8> {
        if self.count > 0 {
            self.bytes.push(self.pending as u8);
        }
        self.bytes
    }
}

/// Reads bits; the last byte is left behind whole.
#[derive(Debug)]
pub(super) struct BitReader<'r, 'b> {
    reader: &'r mut Reader<'b>,
    pending: u64,
    count: u32,
}

impl<'r, 'b> BitReader<'r, 'b> {
    pub(super) fn new(reader: &'r mut Reader<'b>) -> BitReader<'r, 'b> {
        BitReader {
            reader,
            pending: 0,
            count: 0,
        }
    }

    /// So many bits: at most 32.
    pub(super) fn bits(&mut self, count: u32) -> Option<u64> {
        while self.count < count {
            self.pending |= u64::from(self.reader.byte()?) << self.count;
            self.count += 8;
        }
        let bits = self.pending & ((1 << count) - 1);
        self.pending >>= count;
        self.count -= count;
        Some(bits)
    }

    pub(super) fn rice(&mut self, low: u32) -> Option<u64> {
        let mut high = 0;
        while self.bits(1)? == 1 {
            high += 1;
            if high == ESCAPE {
                return Some(self.bits(32)? | self.bits(32)? << 32);
            }
        }
        let bits = self.bits(low.min(32))?;
        let upper = self.bits(low.saturating_sub(32))?;
        let number = bits | upper << 32;
        Some(number | u64::from(high).checked_shl(low)?)
    }
}
