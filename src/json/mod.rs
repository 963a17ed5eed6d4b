//! JSON text to [`Value`]: the full grammar of RFC 8259 over UTF-8, bounded in depth and size.

mod number;
mod quick;
mod text;

pub(crate) use quick::{key, quick_millis, quick_start, quick_text_in};
pub(crate) use text::JsonString;

use crate::value::{Value, describe_text};
use alloc::{format, string::String, vec::Vec};

/// Containers within containers, counted from the outermost.
pub(crate) const MAX_DEPTH: usize = 64;
/// Values in one document: beyond it the memory of a 32-bit host would be at risk.
pub(crate) const MAX_VALUES: usize = 20_000_000;

/// Why a text could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum JsonFault {
    /// Not JSON: what was expected, and where.
    Syntax { detail: String },
    /// A container at depth 65.
    TooDeep,
    /// More values than [`MAX_VALUES`].
    TooLarge,
}

impl JsonFault {
    /// The sentence of a message.
    pub(crate) fn into_detail(self) -> String {
        match self {
            JsonFault::Syntax { detail } => detail,
            JsonFault::TooDeep => format!("must nest at most {MAX_DEPTH} deep"),
            JsonFault::TooLarge => format!("must hold at most {MAX_VALUES} values"),
        }
    }
}

/// A place in a text to come back to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark {
    position: usize,
    depth: usize,
    values: usize,
}

impl Mark {
    /// Bytes before it.
    pub(crate) fn position(self) -> usize {
        self.position
    }
}

/// A text read from front to back.
pub(crate) struct Reader<'a> {
    /// Valid UTF-8.
    bytes: &'a [u8],
    position: usize,
    depth: usize,
    values: usize,
    has_torn_keys: bool,
}

impl<'a> Reader<'a> {
    /// Over bytes that must be UTF-8.
    pub(crate) fn new(bytes: &'a [u8]) -> Result<Reader<'a>, JsonFault> {
        if !bytes.is_ascii()
            && let Err(fault) = core::str::from_utf8(bytes)
        {
            let detail = format!(
                "must be UTF-8, found a malformed byte at offset {}",
                fault.valid_up_to()
            );
            return Err(JsonFault::Syntax { detail });
        }
        Ok(Reader::trusting(bytes))
    }

    /// Over bytes that are known to be UTF-8.
    #[inline(always)]
    pub(crate) fn trusting(bytes: &'a [u8]) -> Reader<'a> {
        Reader {
            bytes,
            position: 0,
            depth: 0,
            values: 0,
            has_torn_keys: false,
        }
    }

    /// The place it has come to.
    pub(crate) fn mark(&self) -> Mark {
        Mark {
            position: self.position,
            depth: self.depth,
            values: self.values,
        }
    }

    /// Goes one container down, or up again, by hand.
    #[inline(always)]
    pub(crate) fn quick_depth(&mut self, is_down: bool) -> bool {
        if is_down {
            self.values += 1;
            self.depth += 1;
        } else {
            self.depth -= 1;
        }
        self.depth <= MAX_DEPTH && self.values <= MAX_VALUES
    }

    /// Goes back to a place.
    pub(crate) fn go_back(&mut self, mark: Mark) {
        self.position = mark.position;
        self.depth = mark.depth;
        self.values = mark.values;
    }

    /// How many bytes it has read.
    pub(crate) fn position(&self) -> usize {
        self.position
    }

    /// Whether a key so far had lone surrogates, which may have made two keys one.
    pub(crate) fn has_torn_keys(&self) -> bool {
        self.has_torn_keys
    }

    /// The next byte that is not white space, left in place.
    #[inline]
    pub(crate) fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = self.byte()?;
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(byte);
            }
            self.position += 1;
        }
    }

    /// The next value, whole.
    pub(crate) fn value(&mut self) -> Result<Value, JsonFault> {
        match self.peek() {
            Some(b'{') => {
                let mut entries = Vec::new();
                self.object(|reader, key| {
                    let item = reader.value()?;
                    entries.push((key.into_text(), item));
                    Ok(())
                })?;
                Ok(Value::Map(entries))
            }
            Some(b'[') => {
                let mut items = Vec::new();
                self.list(|reader| {
                    items.push(reader.value()?);
                    Ok(())
                })?;
                Ok(Value::List(items))
            }
            Some(b'"') => {
                self.count()?;
                let string = self.string()?;
                Ok(match string.is_torn {
                    true => Value::Torn(string.into_text()),
                    false => Value::Text(string.into_text()),
                })
            }
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'n') => self.word("null", Value::Null),
            _ => self.number().map(Value::Number),
        }
    }

    /// The next value, checked and left.
    pub(crate) fn skip(&mut self) -> Result<(), JsonFault> {
        match self.peek() {
            Some(b'{') => self.object(|reader, _| reader.skip()),
            Some(b'[') => self.list(Reader::skip),
            Some(b'"') => {
                self.count()?;
                self.skip_string()
            }
            Some(b't' | b'f' | b'n') => self.value().map(drop),
            _ => self.number().map(drop),
        }
    }

    /// An object, entry by entry: `each` gets the key and must read the value.
    pub(crate) fn object<E: From<JsonFault>>(
        &mut self,
        mut each: impl FnMut(&mut Reader<'a>, JsonString<'a>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.open(b'{', "`{`")?;
        if self.peek() == Some(b'}') {
            self.close();
            return Ok(());
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(self.expected("a key in double quotes").into());
            }
            let key = self.string()?;
            self.has_torn_keys |= key.is_torn;
            if self.peek() != Some(b':') {
                return Err(self.expected("`:`").into());
            }
            self.position += 1;
            each(self, key)?;
            match self.peek() {
                Some(b',') => self.position += 1,
                Some(b'}') => break,
                _ => return Err(self.expected("`,` or `}`").into()),
            }
        }
        self.close();
        Ok(())
    }

    /// An array, item by item: `each` must read the item.
    pub(crate) fn list<E: From<JsonFault>>(
        &mut self,
        mut each: impl FnMut(&mut Reader<'a>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.open(b'[', "`[`")?;
        if self.peek() == Some(b']') {
            self.close();
            return Ok(());
        }
        loop {
            each(self)?;
            match self.peek() {
                Some(b',') => self.position += 1,
                Some(b']') => break,
                _ => return Err(self.expected("`,` or `]`").into()),
            }
        }
        self.close();
        Ok(())
    }

    /// Nothing but white space may follow.
    pub(crate) fn end(&mut self) -> Result<(), JsonFault> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.expected("the end of the text")),
        }
    }

    #[inline(always)]
    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.position).copied()
    }

    fn open(&mut self, bracket: u8, name: &str) -> Result<(), JsonFault> {
        if self.peek() != Some(bracket) {
            return Err(self.expected(name));
        }
        self.count()?;
        if self.depth == MAX_DEPTH {
            return Err(JsonFault::TooDeep);
        }
        self.depth += 1;
        self.position += 1;
        Ok(())
    }

    fn close(&mut self) {
        self.depth -= 1;
        self.position += 1;
    }

    /// Counts one more value.
    #[inline]
    pub(crate) fn count(&mut self) -> Result<(), JsonFault> {
        self.values += 1;
        if self.values > MAX_VALUES {
            return Err(JsonFault::TooLarge);
        }
        Ok(())
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, JsonFault> {
        self.count()?;
        let rest = self.bytes.get(self.position..);
        if rest.is_some_and(|rest| rest.starts_with(word.as_bytes())) {
            self.position += word.len();
            Ok(value)
        } else {
            Err(self.expected("a value"))
        }
    }

    fn expected(&self, what: &str) -> JsonFault {
        let (before, rest) = self
            .bytes
            .split_at_checked(self.position)
            .unwrap_or((self.bytes, &[]));
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let line_start = before
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |at| at + 1);
        let column = before.len() - line_start + 1;
        // A character has at most four bytes; what is cut off behind it does not matter.
        let next = String::from_utf8_lossy(rest.get(..4).unwrap_or(rest));
        let found = match next.chars().next() {
            Some(c) => describe_text(c.encode_utf8(&mut [0; 4])),
            None => "the end of the text".into(),
        };
        JsonFault::Syntax {
            detail: format!(
                "must be JSON: expected {what}, found {found} at line {line}, column {column}"
            ),
        }
    }
}
