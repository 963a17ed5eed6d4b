//! From JSON text straight to rows: what is sound is read the quick way, whatever is not by the careful one.
//!
//! The careful way (`intake`) reads an event into plain values and checks its fields one by one; it words all the
//! faults. The quick way only knows how to give up, and then the event is read again from its beginning.

use alloc::borrow::Cow;

use super::fields::{EventFields, MAX_DATA_BYTES, MAX_ID_BYTES};
use super::history::OnInvalid;
use super::intake::{
    Intake, check_size, duplicate_key, events_not_a_list, missing_events, not_an_object,
};
use super::rows::{Cell, Rows, Span, Whole};
use crate::error::Error;
use crate::json::{JsonFault, JsonString, Mark, Reader};
use crate::model::{PathTree, Reading};
use crate::time::Instant;
use crate::value::Value;

/// Reads a history, `{ "events": […], "profile"?: {…} }`, into rows; gives its profile.
///
/// Spans are pieces of the text and of what the rows kept besides: see [`Rows::join`].
pub(crate) fn scan_history(
    text: &[u8],
    reading: &Reading,
    on_invalid: OnInvalid,
    rows: &mut Rows,
) -> Result<Option<Value>, Error> {
    check_size(text)?;
    let mut reader = Reader::new(text)?;
    if reader.peek() != Some(b'{') {
        return Err(not_an_object(&reader.value()?));
    }
    rows.base = text.len() as u32;
    let mut intake = Intake::new(on_invalid);
    let mut has_events = false;
    let mut profile = None;
    reader.object(|reader, key| {
        match &*key.bytes {
            b"events" if has_events => return Err(duplicate_key("events".into())),
            b"events" => {
                has_events = true;
                if reader.peek() != Some(b'[') {
                    return Err(events_not_a_list(&reader.value()?));
                }
                reader.list(|reader| {
                    let mut scan = Scan {
                        reader,
                        reading,
                        rows,
                    };
                    scan.event(&mut intake)
                })?;
            }
            b"profile" if profile.is_some() => return Err(duplicate_key("profile".into())),
            b"profile" => profile = Some(reader.value()?),
            _ => reader.skip()?,
        }
        Ok(())
    })?;
    reader.end()?;
    if !has_events {
        return Err(missing_events());
    }
    rows.invalid = intake.invalid();
    Ok(profile)
}

/// One event of a text on its way into the rows.
struct Scan<'s, 'a> {
    reader: &'s mut Reader<'a>,
    reading: &'s Reading,
    rows: &'s mut Rows,
}

/// Something that the careful way must look at.
struct Unusual;

impl From<JsonFault> for Unusual {
    fn from(_: JsonFault) -> Unusual {
        Unusual
    }
}

/// The fields of an event as far as they were met.
#[derive(Default)]
struct Met<'a> {
    event_type: Option<Cow<'a, [u8]>>,
    time: Option<f64>,
    id: Option<Option<Span>>,
    data: Option<DataAt>,
}

/// Where data stands, or that there is none.
enum DataAt {
    None,
    Object { start: Mark, span: Span },
}

impl<'a> Scan<'_, 'a> {
    fn event(&mut self, intake: &mut Intake) -> Result<(), Error> {
        let start = self.reader.mark();
        if intake.has_room() && self.reader.peek() == Some(b'{') && self.quick_event().is_ok() {
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

    /// A sound event; nothing is kept of any other.
    fn quick_event(&mut self) -> Result<(), Unusual> {
        let mut met = Met::default();
        let kept = self.rows.texts.len();
        let outcome = self.quick_fields(&mut met).and_then(|()| self.take(met));
        if outcome.is_err() {
            self.rows.texts.truncate(kept);
        }
        outcome
    }

    fn quick_fields(&mut self, met: &mut Met<'a>) -> Result<(), Unusual> {
        let Scan { reader, rows, .. } = self;
        reader.object(|reader, key| {
            match &*key.bytes {
                b"type" if met.event_type.is_none() => met.event_type = Some(text(reader)?.bytes),
                b"time" if met.time.is_none() => met.time = Some(time(reader)?),
                b"id" if met.id.is_none() => met.id = Some(id(reader, rows)?),
                b"data" if met.data.is_none() => met.data = Some(data(reader)?),
                b"type" | b"time" | b"id" | b"data" => return Err(Unusual),
                _ => reader.skip()?,
            }
            Ok(())
        })
    }

    fn take(&mut self, met: Met<'a>) -> Result<(), Unusual> {
        let (Some(name), Some(time)) = (met.event_type, met.time) else {
            return Err(Unusual);
        };
        if name.is_empty() {
            return Err(Unusual);
        }
        let number = self.rows.type_number(self.reading, &name);
        self.rows.push(number, time, met.id.flatten());
        let Some(DataAt::Object { start, span }) = met.data else {
            return Ok(());
        };
        if self.reading.reads_data(number, &name) {
            self.rows.open_block(Whole::Text(span));
            // It was read before: nothing can be wrong with it now.
            let after = self.reader.mark();
            self.reader.go_back(start);
            let read = self.read_data(PathTree::ROOT);
            self.reader.go_back(after);
            read?;
        }
        Ok(())
    }

    /// An object that paths lead into: the cells of the last block.
    fn read_data(&mut self, node: usize) -> Result<(), Unusual> {
        let Scan {
            reader,
            reading,
            rows,
        } = self;
        let reading = *reading;
        reader.object(|reader, key| {
            let Some(child) = reading.tree.child(node, &key.bytes) else {
                return Ok(reader.skip()?);
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
                };
                below.read_data(child)?;
                if reading.tree.column(child).is_none() {
                    return Ok(());
                }
                reader.go_back(start);
            }
            match reading.tree.column(child) {
                None => Ok(reader.skip()?),
                Some(column) => {
                    let cell = cell(reader, rows)?;
                    rows.set_cell(column, cell);
                    Ok(())
                }
            }
        })
    }
}

/// A text without lone surrogates.
fn text<'a>(reader: &mut Reader<'a>) -> Result<JsonString<'a>, Unusual> {
    if reader.peek() != Some(b'"') {
        return Err(Unusual);
    }
    reader.count()?;
    let text = reader.string()?;
    if text.is_torn { Err(Unusual) } else { Ok(text) }
}

fn time(reader: &mut Reader<'_>) -> Result<f64, Unusual> {
    let time = match reader.peek() {
        Some(b'"') => Instant::from_rfc3339_bytes(&text(reader)?.bytes),
        _ => Instant::from_millis(reader.number()?),
    };
    time.map(|time| time.millis() as f64).map_err(|_| Unusual)
}

fn id(reader: &mut Reader<'_>, rows: &mut Rows) -> Result<Option<Span>, Unusual> {
    if reader.peek() == Some(b'n') {
        reader.skip()?;
        return Ok(None);
    }
    let id = text(reader)?;
    if id.bytes.len() > MAX_ID_BYTES {
        return Err(Unusual);
    }
    Ok(Some(span(reader, id, rows)))
}

fn data(reader: &mut Reader<'_>) -> Result<DataAt, Unusual> {
    let found = reader.peek();
    let start = reader.mark();
    reader.skip()?;
    let span = Span::new(start.position(), reader.position());
    match found {
        Some(b'n') => Ok(DataAt::None),
        Some(b'{') if span.length as usize <= MAX_DATA_BYTES => Ok(DataAt::Object { start, span }),
        _ => Err(Unusual),
    }
}

fn cell(reader: &mut Reader<'_>, rows: &mut Rows) -> Result<Cell, Unusual> {
    Ok(match reader.peek() {
        Some(b'"') => {
            let text = reader.string()?;
            Cell::Text(span(reader, text, rows))
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
fn span(reader: &Reader<'_>, text: JsonString<'_>, rows: &mut Rows) -> Span {
    match text.bytes {
        Cow::Borrowed(bytes) => {
            let end = reader.position() - 1;
            Span::new(end - bytes.len(), end)
        }
        Cow::Owned(bytes) => rows.keep_text(&bytes),
    }
}
