//! Texts of JSON: what stands between two quotes, escapes and all.

use alloc::borrow::Cow;
use alloc::{boxed::Box, string::String};

use super::{JsonFault, Reader};

/// The lowest bit of each byte of a word, and the highest.
const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// What stands between two quotes: borrowed where it has no escapes.
pub(crate) struct JsonString<'a> {
    /// Valid UTF-8.
    pub(crate) bytes: Cow<'a, [u8]>,
    /// Whether a lone surrogate was read as U+FFFD.
    pub(crate) is_torn: bool,
}

impl JsonString<'_> {
    /// The text.
    pub(crate) fn into_text(self) -> Box<str> {
        String::from_utf8_lossy(&self.bytes).into()
    }
}

impl<'a> Reader<'a> {
    /// The text whose opening quote is next.
    #[inline]
    pub(crate) fn string(&mut self) -> Result<JsonString<'a>, JsonFault> {
        self.position += 1;
        let plain = self.plain_characters();
        if self.byte() == Some(b'"') {
            self.position += 1;
            return Ok(JsonString {
                bytes: Cow::Borrowed(plain),
                is_torn: false,
            });
        }
        self.escaped_string(plain)
    }

    /// Reads over the text whose opening quote is next.
    pub(super) fn skip_string(&mut self) -> Result<(), JsonFault> {
        self.position += 1;
        loop {
            self.plain_characters();
            match self.byte() {
                Some(b'"') => {
                    self.position += 1;
                    return Ok(());
                }
                Some(b'\\') => drop(self.escape()?),
                _ => return Err(self.expected("a closing double quote")),
            }
        }
    }

    #[cold]
    fn escaped_string(&mut self, plain: &[u8]) -> Result<JsonString<'a>, JsonFault> {
        let mut bytes = plain.to_vec();
        let mut is_torn = false;
        loop {
            match self.byte() {
                Some(b'"') => {
                    self.position += 1;
                    let bytes = Cow::Owned(bytes);
                    return Ok(JsonString { bytes, is_torn });
                }
                Some(b'\\') => {
                    let c = self.escape()?;
                    is_torn |= c.is_none();
                    let c = c.unwrap_or(char::REPLACEMENT_CHARACTER);
                    bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                }
                _ => return Err(self.expected("a closing double quote")),
            }
            bytes.extend_from_slice(self.plain_characters());
        }
    }

    /// What stands before the next quote, backslash or control character.
    #[inline]
    fn plain_characters(&mut self) -> &'a [u8] {
        let start = self.position;
        let rest = self.bytes.get(start..).unwrap_or_default();
        let length = plain_length(rest);
        self.position += length;
        rest.get(..length).unwrap_or_default()
    }

    /// The character behind a backslash; none for a lone surrogate.
    fn escape(&mut self) -> Result<Option<char>, JsonFault> {
        self.position += 1;
        let letter = self.byte();
        let plain = match letter {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.position += 1;
                return self.unicode_escape();
            }
            _ => return Err(self.expected("an escape such as `\\n`")),
        };
        self.position += 1;
        Ok(Some(plain))
    }

    fn unicode_escape(&mut self) -> Result<Option<char>, JsonFault> {
        let unit = self.four_hex_digits()?;
        if !(0xD800..0xDC00).contains(&unit) {
            return Ok(char::from_u32(unit));
        }
        let after = self.position;
        let rest = self.bytes.get(after..);
        if rest.is_some_and(|rest| rest.starts_with(b"\\u")) {
            self.position += 2;
            let low = self.four_hex_digits()?;
            if (0xDC00..0xE000).contains(&low) {
                return Ok(char::from_u32(
                    0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00),
                ));
            }
            self.position = after;
        }
        Ok(None)
    }

    fn four_hex_digits(&mut self) -> Result<u32, JsonFault> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = self
                .byte()
                .and_then(|byte| char::from(byte).to_digit(16))
                .ok_or_else(|| self.expected("four hexadecimal digits"))?;
            unit = unit * 16 + digit;
            self.position += 1;
        }
        Ok(unit)
    }
}

/// Bytes before the first quote, backslash or control character; eight at a time.
#[inline(always)]
pub(super) fn plain_length(bytes: &[u8]) -> usize {
    let mut length = 0;
    while let Some(word) = bytes.get(length..).and_then(<[u8]>::first_chunk::<8>) {
        let ends = ends_in(u64::from_le_bytes(*word));
        if ends != 0 {
            return length + ends.trailing_zeros() as usize / 8;
        }
        length += 8;
    }
    let rest = bytes.get(length..).unwrap_or_default();
    let more = rest
        .iter()
        .take_while(|byte| **byte >= 0x20 && !matches!(byte, b'"' | b'\\'));
    length + more.count()
}

/// The high bit of each byte that ends plain characters; of those, the lowest is always right.
///
/// # Source
/// S. E. Anderson, "Bit Twiddling Hacks": determine if a word has a byte equal to, or less than, n.
#[inline(always)]
pub(super) fn ends_in(word: u64) -> u64 {
    let quote = word ^ (LOW * b'"' as u64);
    let backslash = word ^ (LOW * b'\\' as u64);
    let is_zero = |word: u64| word.wrapping_sub(LOW) & !word;
    let is_control = word.wrapping_sub(LOW * 0x20) & !word;
    (is_zero(quote) | is_zero(backslash) | is_control) & HIGH
}
