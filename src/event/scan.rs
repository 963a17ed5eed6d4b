//! From JSON text straight to rows: what is sound is read the quick way, whatever is not by the careful one.
//!
//! The careful way (`intake`) reads an event into plain values and checks its fields one by one; it words all the
//! faults. The quick way only knows how to give up, and then the event is read again from its beginning.

use alloc::borrow::Cow;

use super::fields::{EventFields, MAX_DATA_BYTES, MAX_ID_BYTES};
use super::history::OnInvalid;
use super::intake::{Intake, read_history};
use super::rows::{Cell, Rows, Span, Whole};
use crate::error::Error;
use crate::json::{
    JsonFault, JsonString, Mark, Reader, key, quick_millis, quick_start, quick_text_in,
};
use crate::model::{PathTree, Reading};
use crate::time::Instant;
use crate::value::Value;

const TYPE: u64 = key(b"type");
const TIME: u64 = key(b"time");
const ID: u64 = key(b"id");
const DATA: u64 = key(b"data");
const SUBJECT: u64 = key(b"subject");
const PROFILE: u64 = key(b"profile");

/// Reads a history, `{ "events": […], "profile"?: {…} }`, into rows; gives its profile.
///
/// Spans are pieces of the text and of what the rows kept besides: see [`Rows::join`].
pub(crate) fn scan_history(
    text: &[u8],
    reading: &Reading,
    on_invalid: OnInvalid,
    rows: &mut Rows,
) -> Result<Option<Value>, Error> {
    rows.base = text.len() as u32;
    let mut intake = Intake::new(on_invalid);
    let profile = read_history(text, |reader| {
        let mut scan = Scan {
            reader,
            reading,
            rows,
            offset: 0,
            is_line: false,
        };
        scan.event(&mut intake)
    })?;
    rows.invalid = intake.invalid();
    Ok(profile)
}

/// One event of a text on its way into the rows.
pub(super) struct Scan<'s, 'a> {
    reader: &'s mut Reader<'a>,
    reading: &'s Reading,
    rows: &'s mut Rows,
    /// Where the reader's text begins in the text that spans are pieces of.
    offset: usize,
    /// Whether it is a line, which names its customer.
    is_line: bool,
}

/// The fields of an event as far as they were met.
#[derive(Default)]
struct Met<'a> {
    event_type: Option<&'a [u8]>,
    time: Option<f64>,
    id: Option<Option<Span>>,
    data: Option<DataAt>,
    /// Of a line.
    subject: Option<&'a [u8]>,
}

/// Where data stands, or that there is none.
enum DataAt {
    None,
    Object { start: Mark, span: Span },
}

impl<'s, 'a> Scan<'s, 'a> {
    /// A line of NDJSON that begins at an offset.
    pub(super) fn of_line(
        reader: &'s mut Reader<'a>,
        offset: usize,
        reading: &'s Reading,
        rows: &'s mut Rows,
    ) -> Scan<'s, 'a> {
        Scan {
            reader,
            reading,
            rows,
            offset,
            is_line: true,
        }
    }

    /// Reads the line where it is a plain event: gives its customer.
    #[inline(always)]
    pub(super) fn line(&mut self) -> Option<&'a [u8]> {
        let met = self.quick_fields()?;
        let subject = met.subject.filter(|subject| !subject.is_empty())?;
        if self.reader.peek().is_some() {
            return None;
        }
        self.take(met)?;
        Some(subject)
    }

    fn event(&mut self, intake: &mut Intake) -> Result<(), Error> {
        let start = self.reader.mark();
        if intake.has_room()
            && let Some(met) = self.quick_fields()
            && self.take(met).is_some()
        {
            intake.count_valid();
            return Ok(());
        }
        self.reader.go_back(start);
        self.careful_event(intake)
    }

    #[cold]
    fn careful_event(&mut self, intake: &mut Intake) -> Result<(), Error> {
        if self.reader.peek() != Some(b'{') {
            let found = self.reader.value()?;
            return intake.refuse(&found);
        }
        let fields = EventFields::read(self.reader, intake.position())?;
        if let Some(event) = intake.admit(fields.check())? {
            self.rows.push_valid(self.reading, event);
        }
        Ok(())
    }

    /// Without the words for any fault: `None` is all there is to say.
    fn quick_fields(&mut self) -> Option<Met<'a>> {
        let (offset, is_line) = (self.offset, self.is_line);
        let reader = &mut *self.reader;
        let mut met = Met::default();
        if !reader.quick_byte(b'{') || !reader.quick_depth(true) {
            return None;
        }
        if common_fields(&mut met, reader, is_line) {
            return reader.quick_depth(false).then_some(met);
        }
        loop {
            let key = reader.quick_key()?;
            if !reader.quick_byte(b':') {
                return None;
            }
            match key {
                TYPE if met.event_type.is_none() => met.event_type = Some(reader.quick_text()?),
                TIME if met.time.is_none() => met.time = Some(time(reader)?),
                ID if met.id.is_none() => met.id = Some(id(reader, offset)?),
                DATA if met.data.is_none() => met.data = Some(data(reader, offset)?),
                SUBJECT if is_line && met.subject.is_none() => {
                    met.subject = Some(reader.quick_text()?);
                }
                TYPE | TIME | ID | DATA => return None,
                SUBJECT | PROFILE if is_line => return None,
                _ => reader.skip().ok()?,
            }
            if reader.quick_byte(b',') {
                continue;
            }
            let is_end = reader.quick_byte(b'}') && reader.quick_depth(false);
            return is_end.then_some(met);
        }
    }

    /// Keeps a sound event; nothing of any other.
    fn take(&mut self, met: Met<'a>) -> Option<()> {
        let (name, time) = (met.event_type?, met.time?);
        if name.is_empty() {
            return None;
        }
        let number = self.rows.type_number(self.reading, name);
        self.rows.push(number, time, met.id.flatten());
        if let Some(DataAt::Object { start, span }) = met.data
            && self.reading.reads_data(number, name)
        {
            self.rows.open_block(Whole::Text(span));
            let after = self.reader.mark();
            self.reader.go_back(start);
            // It was read before: nothing can be wrong with it now.
            let read = self.read_data(PathTree::ROOT);
            self.reader.go_back(after);
            debug_assert!(read.is_ok(), "data reads twice");
        }
        Some(())
    }

    /// An object that paths lead into: the cells of the last block.
    fn read_data(&mut self, node: usize) -> Result<(), JsonFault> {
        let Scan {
            reader,
            reading,
            rows,
            offset,
            is_line,
        } = self;
        let (reading, offset, is_line) = (*reading, *offset, *is_line);
        reader.object(|reader, key| {
            let Some(child) = reading.tree.child(node, &key.bytes) else {
                return reader.skip();
            };
            // Of equal keys the last counts, with all that it has or has not below it.
            let rows = &mut **rows;
            reading
                .tree
                .columns_below(child, &mut |column| rows.set_cell(column, Cell::Absent));
            if reading.tree.leads_on(child) && reader.peek() == Some(b'{') {
                let start = reader.mark();
                let mut below = Scan {
                    reader,
                    reading,
                    rows,
                    offset,
                    is_line,
                };
                below.read_data(child)?;
                if reading.tree.column(child).is_none() {
                    return Ok(());
                }
                reader.go_back(start);
            }
            match reading.tree.column(child) {
                None => reader.skip(),
                Some(column) => {
                    let cell = cell(reader, rows, offset)?;
                    rows.set_cell(column, cell);
                    Ok(())
                }
            }
        })
    }
}

/// The fields that most events begin with, as most programs write them; true where there are no others.
#[inline(always)]
fn common_fields<'a>(met: &mut Met<'a>, reader: &mut Reader<'a>, is_line: bool) -> bool {
    let mut rest = reader.quick_rest();
    loop {
        let (mut event_type, mut time, mut subject) = (met.event_type, met.time, met.subject);
        let behind = if let Some(behind) = quick_start(b"\"time\":", rest)
            && time.is_none()
            && let Some((millis, behind)) = quick_millis(behind)
        {
            time = Some(millis);
            behind
        } else {
            let (slot, behind) = match rest {
                [b'"', b's', b'u', rest @ ..] if is_line => {
                    (&mut subject, quick_start(b"bject\":\"", rest))
                }
                _ => (&mut event_type, quick_start(b"\"type\":\"", rest)),
            };
            let Some((text, behind)) = behind.and_then(quick_text_in) else {
                return false;
            };
            if slot.replace(text).is_some() {
                return false;
            }
            behind
        };
        let is_end = match behind {
            [b',', behind @ ..] => {
                rest = behind;
                false
            }
            [b'}', behind @ ..] => {
                rest = behind;
                true
            }
            _ => return false,
        };
        (met.event_type, met.time, met.subject) = (event_type, time, subject);
        reader.quick_leap(rest);
        if is_end {
            return true;
        }
    }
}

/// Epoch ms.
#[inline(always)]
fn time(reader: &mut Reader<'_>) -> Option<f64> {
    if reader.quick_peek() == Some(b'"') {
        let time = Instant::from_rfc3339_bytes(reader.quick_text()?).ok()?;
        return Some(time.millis() as f64);
    }
    let millis = reader.quick_number()?;
    Instant::is_whole(millis).then_some(millis)
}

/// Where the id stands; none inside where it is `null`.
#[inline(always)]
fn id(reader: &mut Reader<'_>, offset: usize) -> Option<Option<Span>> {
    if reader.quick_peek() == Some(b'n') {
        reader.skip().ok()?;
        return Some(None);
    }
    let id = reader.quick_text()?;
    let end = offset + reader.position() - 1;
    (id.len() <= MAX_ID_BYTES).then_some(Some(Span::new(end - id.len(), end)))
}

fn data(reader: &mut Reader<'_>, offset: usize) -> Option<DataAt> {
    let found = reader.quick_peek();
    let start = reader.mark();
    reader.skip().ok()?;
    let span = Span::new(offset + start.position(), offset + reader.position());
    match found {
        Some(b'n') => Some(DataAt::None),
        Some(b'{') if span.length as usize <= MAX_DATA_BYTES => {
            Some(DataAt::Object { start, span })
        }
        _ => None,
    }
}

fn cell(reader: &mut Reader<'_>, rows: &mut Rows, offset: usize) -> Result<Cell, JsonFault> {
    Ok(match reader.peek() {
        Some(b'"') => {
            let text = reader.string()?;
            Cell::Text(span(reader, &text, rows, offset))
        }
        Some(b'-' | b'0'..=b'9') => Cell::Number(reader.number()?),
        _ => match reader.value()? {
            Value::Bool(flag) => Cell::Bool(flag),
            value @ (Value::List(_) | Value::Map(_)) => Cell::Value(rows.keep(value.mended())),
            _ => Cell::Null,
        },
    })
}

/// Where a text that was just read stands; one with escapes is kept besides.
fn span(reader: &Reader<'_>, text: &JsonString<'_>, rows: &mut Rows, offset: usize) -> Span {
    match &text.bytes {
        Cow::Borrowed(bytes) => {
            let end = offset + reader.position() - 1;
            Span::new(end - bytes.len(), end)
        }
        Cow::Owned(bytes) => rows.keep_text(bytes),
    }
}
