//! JSON text to [`Value`]: the full grammar of RFC 8259 over UTF-8, bounded in depth and size.

use std::borrow::Cow;

use crate::value::{Value, describe_text};

/// Containers within containers, counted from the outermost.
pub(crate) const MAX_DEPTH: usize = 64;
/// Values in one document: beyond it the memory of a 32-bit host would be at risk.
pub(crate) const MAX_VALUES: usize = 20_000_000;

/// Whole numbers of so many characters are doubles exactly, and read the quick way.
const EXACT_DIGITS: usize = 15;

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

/// What stands between two quotes: borrowed where it has no escapes.
struct JsonString<'a> {
    text: Cow<'a, str>,
    /// Whether a lone surrogate was read as U+FFFD.
    is_torn: bool,
}

/// A text read from front to back.
pub(crate) struct Reader<'a> {
    text: &'a str,
    position: usize,
    depth: usize,
    values: usize,
    has_torn_keys: bool,
}

impl<'a> Reader<'a> {
    /// Over bytes that must be UTF-8.
    pub(crate) fn new(bytes: &'a [u8]) -> Result<Reader<'a>, JsonFault> {
        let text = std::str::from_utf8(bytes).map_err(|fault| JsonFault::Syntax {
            detail: format!(
                "must be UTF-8, found a malformed byte at offset {}",
                fault.valid_up_to()
            ),
        })?;
        Ok(Reader {
            text,
            position: 0,
            depth: 0,
            values: 0,
            has_torn_keys: false,
        })
    }

    /// Whether a key so far had lone surrogates, which may have made two keys one.
    pub(crate) fn has_torn_keys(&self) -> bool {
        self.has_torn_keys
    }

    /// The next byte that is not white space, left in place.
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
                    entries.push((key.into(), item));
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
                let text = string.text.into();
                Ok(if string.is_torn {
                    Value::Torn(text)
                } else {
                    Value::Text(text)
                })
            }
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'n') => self.word("null", Value::Null),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => Err(self.expected("a value")),
        }
    }

    /// An object, entry by entry: `each` gets the key and must read the value.
    pub(crate) fn object<E: From<JsonFault>>(
        &mut self,
        mut each: impl FnMut(&mut Reader<'a>, Cow<'a, str>) -> Result<(), E>,
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
            let JsonString { text: key, is_torn } = self.string()?;
            self.has_torn_keys |= is_torn;
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

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.position).copied()
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

    fn count(&mut self) -> Result<(), JsonFault> {
        self.values += 1;
        if self.values > MAX_VALUES {
            return Err(JsonFault::TooLarge);
        }
        Ok(())
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, JsonFault> {
        self.count()?;
        let rest = self.text.as_bytes().get(self.position..);
        if rest.is_some_and(|rest| rest.starts_with(word.as_bytes())) {
            self.position += word.len();
            Ok(value)
        } else {
            Err(self.expected("a value"))
        }
    }

    fn number(&mut self) -> Result<Value, JsonFault> {
        self.count()?;
        let start = self.position;
        if self.byte() == Some(b'-') {
            self.position += 1;
        }
        match self.byte() {
            Some(b'0') => self.position += 1,
            Some(b'1'..=b'9') => self.digits(),
            _ => return Err(self.expected("a digit")),
        }
        let mut is_whole = true;
        if self.byte() == Some(b'.') {
            is_whole = false;
            self.position += 1;
            self.some_digits()?;
        }
        if matches!(self.byte(), Some(b'e' | b'E')) {
            is_whole = false;
            self.position += 1;
            if matches!(self.byte(), Some(b'+' | b'-')) {
                self.position += 1;
            }
            self.some_digits()?;
        }
        let digits = self.text.get(start..self.position).unwrap_or_default();
        if is_whole && digits.len() <= EXACT_DIGITS {
            let whole: Result<i64, _> = digits.parse();
            return whole
                .map(|whole| Value::Number(whole as f64))
                .map_err(|_| self.expected("a number"));
        }
        digits
            .parse()
            .map(Value::Number)
            .map_err(|_| self.expected("a number"))
    }

    fn digits(&mut self) {
        while matches!(self.byte(), Some(b'0'..=b'9')) {
            self.position += 1;
        }
    }

    fn some_digits(&mut self) -> Result<(), JsonFault> {
        if !matches!(self.byte(), Some(b'0'..=b'9')) {
            return Err(self.expected("a digit"));
        }
        self.digits();
        Ok(())
    }

    fn string(&mut self) -> Result<JsonString<'a>, JsonFault> {
        self.position += 1;
        let plain = self.plain_characters();
        if self.byte() == Some(b'"') {
            self.position += 1;
            return Ok(JsonString {
                text: Cow::Borrowed(plain),
                is_torn: false,
            });
        }
        let mut text = String::from(plain);
        let mut is_torn = false;
        loop {
            match self.byte() {
                Some(b'"') => {
                    self.position += 1;
                    let text = Cow::Owned(text);
                    return Ok(JsonString { text, is_torn });
                }
                Some(b'\\') => {
                    let c = self.escape()?;
                    is_torn |= c.is_none();
                    text.push(c.unwrap_or(char::REPLACEMENT_CHARACTER));
                }
                _ => return Err(self.expected("a closing double quote")),
            }
            text.push_str(self.plain_characters());
        }
    }

    /// What stands before the next quote, backslash or control character.
    fn plain_characters(&mut self) -> &'a str {
        let start = self.position;
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        let length = rest
            .iter()
            .position(|byte| *byte < 0x20 || matches!(byte, b'"' | b'\\'));
        self.position += length.unwrap_or(rest.len());
        self.text.get(start..self.position).unwrap_or_default()
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
        let rest = self.text.as_bytes().get(after..);
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

    fn expected(&self, what: &str) -> JsonFault {
        let before = self
            .text
            .as_bytes()
            .get(..self.position)
            .unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let line_start = before
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |at| at + 1);
        let column = before.len() - line_start + 1;
        let found = match self
            .text
            .get(self.position..)
            .and_then(|rest| rest.chars().next())
        {
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
