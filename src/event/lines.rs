//! NDJSON: an event a line with its `subject`, profiles as lines of their own.

use alloc::{boxed::Box, format, string::String, vec::Vec};

use super::fields::EventFields;
use super::history::OnInvalid;
use super::intake::{Intake, check_profile, check_size};
use super::rows::Rows;
use super::scan::Scan;
use crate::error::{Error, ErrorCode};
use crate::json::{JsonFault, Reader};
use crate::model::Reading;
use crate::names::Names;
use crate::value::{TORN, Value};

/// Customers and profiles of the lines read so far.
#[derive(Debug)]
pub(crate) struct Lines {
    intake: Intake,
    names: Names,
    /// By customer; shorter than the names where the rest has none.
    profiles: Vec<Value>,
    last: Option<Run>,
    /// How many customers were taken back.
    held: usize,
}

/// Lines of one customer that stand together, up to the last line.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(dead_code, reason = "chunks come from JavaScript")
)]
struct Run {
    /// The customer's number.
    subject: u32,
    /// Whether no line before these was the customer's.
    is_new: bool,
    /// Offset, line, row and invalid lines at their beginning.
    offset: usize,
    line: usize,
    row: usize,
    invalid: u64,
}

/// A line as it came in, besides what it says of an event.
#[derive(Debug, Default)]
struct LineFields {
    event: EventFields,
    subject: Option<Value>,
    profile: Option<Value>,
}

impl Lines {
    /// The first line has this number.
    pub(crate) fn new(on_invalid: OnInvalid, first: usize) -> Lines {
        Lines {
            intake: Intake::of_lines(on_invalid, first),
            names: Names::default(),
            profiles: Vec::new(),
            last: None,
            held: 0,
        }
    }

    /// Reads all lines of a text into rows. Spans are pieces of it: see [`Rows::join`].
    pub(crate) fn scan(
        &mut self,
        text: &[u8],
        reading: &Reading,
        rows: &mut Rows,
    ) -> Result<(), Error> {
        check_size(text)?;
        rows.base = text.len() as u32;
        let mut start = 0;
        while start < text.len() {
            start = self.scan_some(text, start, text.len(), reading, rows)?;
        }
        Ok(())
    }

    /// Reads lines from one offset of a text until another is reached; gives where the next line begins.
    pub(crate) fn scan_some(
        &mut self,
        text: &[u8],
        from: usize,
        until: usize,
        reading: &Reading,
        rows: &mut Rows,
    ) -> Result<usize, Error> {
        let mut start = from;
        while start < until {
            let rest = text.get(start..).unwrap_or_default();
            let (length, is_ascii) = line_length(rest);
            let line = rest.get(..length).unwrap_or_default();
            self.line(line, is_ascii, start, reading, rows)?;
            start += length + 1;
        }
        rows.invalid = self.intake.invalid();
        Ok(start.min(text.len()))
    }

    /// The number of the next line.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn position(&self) -> usize {
        self.intake.position()
    }

    /// Takes back the lines of the last customer that stand together, since more of them may come: gives the offset and
    /// the number of the first of them.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn hold_back(&mut self, rows: &mut Rows) -> Option<(usize, usize)> {
        let run = self.last.take()?;
        rows.truncate(run.row);
        rows.invalid = run.invalid;
        // A customer of whom nothing is left is the last to have been numbered.
        self.held = usize::from(run.is_new);
        Some((run.offset, run.line))
    }

    /// How many customers there are, without one that was taken back whole.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn customers(&self) -> usize {
        self.names.len() - self.held
    }

    /// The customers' names, by number.
    pub(crate) fn subjects(&self) -> Vec<String> {
        (0..(self.names.len() - self.held) as u32)
            .map(|number| String::from_utf8_lossy(self.names.get(number)).into())
            .collect()
    }

    /// The profiles, by customer.
    pub(crate) fn take_profiles(&mut self) -> Vec<Value> {
        core::mem::take(&mut self.profiles)
    }

    fn line(
        &mut self,
        line: &[u8],
        is_ascii: bool,
        start: usize,
        reading: &Reading,
        rows: &mut Rows,
    ) -> Result<(), Error> {
        if is_ascii || core::str::from_utf8(line).is_ok() {
            let mut reader = Reader::trusting(line);
            let quick = Scan::of_line(&mut reader, start, reading, rows).line();
            if let Some(subject) = quick {
                self.belongs(subject, start, self.intake.position(), rows);
                self.intake.count_valid();
                return Ok(());
            }
        }
        self.careful_line(line, start, reading, rows)
    }

    #[cold]
    fn careful_line(
        &mut self,
        line: &[u8],
        start: usize,
        reading: &Reading,
        rows: &mut Rows,
    ) -> Result<(), Error> {
        if line.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r')) {
            self.intake.count_valid();
            return Ok(());
        }
        let place = self.intake.position();
        let fields = match LineFields::read(line, place) {
            Ok(fields) => fields,
            Err(error) => return self.intake.refuse_line(error),
        };
        let subject = match fields.subject(place) {
            Ok(subject) => subject,
            Err(error) => return self.intake.refuse_line(error),
        };
        if let Some(profile) = fields.profile {
            let profile = match check_profile(Some(profile)) {
                Ok(profile) => profile,
                Err(error) => {
                    let path = format!("lines[{place}].{}", error.path);
                    let error = Error::new(error.code, path, error.detail);
                    return self.intake.refuse_line(error);
                }
            };
            let number = self.meet(subject.as_bytes(), start, place, rows) as usize;
            if self.profiles.len() <= number {
                self.profiles.resize(number + 1, Value::Map(Vec::new()));
            }
            if let Some(slot) = self.profiles.get_mut(number) {
                *slot = profile;
            }
            if fields.event.is_empty() {
                self.intake.count_valid();
                return Ok(());
            }
        }
        if let Some(event) = self.intake.admit(fields.event.check())? {
            rows.push_valid(reading, event);
            self.belongs(subject.as_bytes(), start, place, rows);
        }
        Ok(())
    }

    /// The last row is this customer's.
    #[inline(always)]
    fn belongs(&mut self, subject: &[u8], start: usize, line: usize, rows: &mut Rows) {
        let number = self.meet(subject, start, line, rows);
        rows.subjects.push(number);
    }

    #[inline(always)]
    fn meet(&mut self, subject: &[u8], start: usize, line: usize, rows: &Rows) -> u32 {
        // Lines of one customer often stand together.
        if let Some(last) = self.last
            && self.names.get(last.subject) == subject
        {
            return last.subject;
        }
        let (subject, is_new) = self.names.meet(subject);
        self.last = Some(Run {
            subject,
            is_new,
            offset: start,
            line,
            row: rows.subjects.len(),
            invalid: self.intake.invalid(),
        });
        subject
    }
}

impl LineFields {
    fn read(line: &[u8], place: usize) -> Result<LineFields, Error> {
        let at = |fault: JsonFault| {
            let detail = fault.into_detail();
            Error::new(
                ErrorCode::LineInvalidJson,
                format!("lines[{place}]"),
                detail,
            )
        };
        let mut reader = Reader::new(line).map_err(at)?;
        if reader.peek() != Some(b'{') {
            let found = reader.value().map_err(at)?;
            let detail = format!("must be an object, found {}", found.describe_kind());
            return Err(Error::new(
                ErrorCode::EventWrongType,
                format!("lines[{place}]"),
                detail,
            ));
        }
        let mut fields = LineFields::default();
        let mut twice = None;
        reader
            .object(|reader, key| {
                let value = reader.value()?;
                let slot = match &*key.bytes {
                    b"subject" => Some(("subject", &mut fields.subject)),
                    b"profile" => Some(("profile", &mut fields.profile)),
                    key => fields.event.slot(key),
                };
                if let Some((name, slot)) = slot
                    && slot.replace(value).is_some()
                {
                    twice = Some(name);
                }
                Ok(())
            })
            .map_err(at)?;
        reader.end().map_err(at)?;
        match twice {
            None => Ok(fields),
            Some(name) => Err(Error::new(
                ErrorCode::HistoryDuplicateKey,
                format!("lines[{place}].{name}"),
                "must stand only once",
            )),
        }
    }

    fn subject(&self, place: usize) -> Result<Box<str>, Error> {
        let detail = match &self.subject {
            Some(Value::Text(text)) if !text.is_empty() => return Ok(text.clone()),
            Some(Value::Torn(_)) => TORN.into(),
            Some(Value::Text(_)) => "must not be empty".into(),
            Some(other) => format!("must be a text, found {}", other.describe_kind()),
            None => "is missing".into(),
        };
        Err(Error::new(
            ErrorCode::LineInvalidSubject,
            format!("lines[{place}].subject"),
            detail,
        ))
    }
}

/// Bytes before the next line feed, and whether all of them are ASCII for sure; eight at a time.
#[inline(always)]
fn line_length(text: &[u8]) -> (usize, bool) {
    const LOW: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = LOW << 7;
    let mut length = 0;
    let mut seen = 0;
    while let Some(word) = text.get(length..).and_then(<[u8]>::first_chunk::<8>) {
        let word = u64::from_le_bytes(*word);
        let feed = word ^ (LOW * b'\n' as u64);
        let found = feed.wrapping_sub(LOW) & !feed & HIGH;
        seen |= word;
        if found != 0 {
            length += found.trailing_zeros() as usize / 8;
            return (length, seen & HIGH == 0);
        }
        length += 8;
    }
    let rest = text.get(length..).unwrap_or_default();
    let more = rest.iter().take_while(|byte| **byte != b'\n').count();
    (length + more, seen & HIGH == 0 && rest.is_ascii())
}
