//! Events as columns: of one customer or of many, with only what a model reads of their data.

use super::fields::ValidEvent;
use super::history::is_activity;
use crate::condition::Seen;
use crate::model::Reading;
use crate::names::Names;
use crate::path::Path;
use crate::value::Value;
use alloc::{string::String, vec::Vec};

/// A piece of the texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: u32,
    /// In bytes; [`Span::NONE`] has an impossible one.
    pub(crate) length: u32,
}

/// What stands at one path of one event's data.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Cell {
    Absent,
    Null,
    Bool(bool),
    Number(f64),
    Text(Span),
    /// A list or an object, by its place among the values.
    Value(u32),
}

/// The whole data of an event, which decides between events that are otherwise the same.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Whole {
    /// Left behind: whoever has it must hand it over.
    Unknown,
    /// As JSON text.
    Text(Span),
    /// By its place among the values.
    Value(u32),
    /// What the model reads of it is all that is kept: it stands for the rest.
    Cells,
}

/// One path of the data of all rows at once.
#[derive(Debug, Clone)]
pub(crate) enum Column {
    /// NaN where it is absent.
    Numbers(Vec<f64>),
    /// Places in the dictionary; anything beyond it where it is absent.
    Codes {
        codes: Vec<u32>,
        dictionary: Vec<Span>,
    },
}

/// Events, a row each.
///
/// Types are numbered as the model's reading has them, further ones from there on.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rows {
    /// What spans are pieces of: UTF-8.
    pub(crate) texts: Vec<u8>,
    /// Bytes of a text that will stand before those: see [`Rows::join`].
    pub(crate) base: u32,
    /// Epoch ms: whole numbers within the range of a `Date`.
    pub(crate) times: Vec<f64>,
    pub(crate) types: Vec<u32>,
    /// The customer by number; empty where all rows are one customer's.
    pub(crate) subjects: Vec<u32>,
    /// Empty, or shorter than the rows, where the rest has none.
    pub(crate) ids: Vec<Span>,
    /// The number of a row's block of cells, from 1; as the ids where it has none.
    pub(crate) blocks: Vec<u32>,
    /// So many cells a block as there are paths.
    pub(crate) cells: Vec<Cell>,
    /// By block.
    wholes: Vec<Whole>,
    values: Vec<Value>,
    /// Whole columns in the place of blocks, by path; empty where there are none.
    pub(crate) columns: Vec<Option<Column>>,
    /// Types that the reading does not know.
    others: Names,
    /// Whether a type is what customers do, by number.
    activity: Vec<bool>,
    paths: usize,
    pub(crate) invalid: u64,
    pub(crate) duplicate: u64,
}

impl Span {
    pub(crate) const NONE: Span = Span {
        start: 0,
        length: u32::MAX,
    };

    /// From start and length, little endian.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn from_bytes(bytes: &[u8; 8]) -> Span {
        let [a, b, c, d, e, f, g, h] = *bytes;
        Span {
            start: u32::from_le_bytes([a, b, c, d]),
            length: u32::from_le_bytes([e, f, g, h]),
        }
    }

    pub(crate) fn new(start: usize, end: usize) -> Span {
        Span {
            start: start as u32,
            length: (end - start) as u32,
        }
    }
}

impl Rows {
    /// Forgets all rows, and keeps the room. The texts are the caller's to clear.
    pub(crate) fn restart(&mut self, reading: &Reading) {
        self.times.clear();
        self.types.clear();
        self.subjects.clear();
        self.ids.clear();
        self.blocks.clear();
        self.cells.clear();
        self.wholes.clear();
        self.values.clear();
        self.columns.clear();
        self.others.clear();
        self.paths = reading.paths.len();
        self.base = 0;
        self.invalid = 0;
        self.duplicate = 0;
    }

    /// Forgets all rows from one on.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn truncate(&mut self, row: usize) {
        self.times.truncate(row);
        self.types.truncate(row);
        self.subjects.truncate(row);
        self.ids.truncate(row);
        self.blocks.truncate(row);
    }

    /// Sets a path's column for all rows.
    pub(crate) fn set_column(&mut self, path: usize, column: Column) {
        self.columns.resize(self.paths, None);
        if let Some(slot) = self.columns.get_mut(path) {
            *slot = Some(column);
        }
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.times.len()
    }

    /// How many there are up to and with an instant, in epoch ms, where they are in order of time.
    pub(crate) fn known(&self, at: f64) -> usize {
        self.times.partition_point(|time| *time <= at)
    }

    /// The number of a type.
    #[inline(always)]
    pub(crate) fn type_number(&mut self, reading: &Reading, name: &[u8]) -> u32 {
        match reading.types.find(name) {
            Some(number) => number,
            None => reading.types.len() as u32 + self.others.meet(name).0,
        }
    }

    /// The next type that the reading does not know, by its name among the texts.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn meet_type(&mut self, span: Span) {
        let Rows { texts, others, .. } = self;
        let start = span.start as usize;
        let name = texts.get(start..start + span.length as usize);
        others.meet(name.unwrap_or_default());
    }

    /// The name of a type.
    pub(crate) fn type_name<'r>(&'r self, reading: &'r Reading, number: u32) -> &'r [u8] {
        match number.checked_sub(reading.types.len() as u32) {
            Some(other) => self.others.get(other),
            None => reading.types.get(number),
        }
    }

    /// How many types there are.
    pub(crate) fn types_met(&self, reading: &Reading) -> usize {
        reading.types.len() + self.others.len()
    }

    /// Adds an event without data.
    #[inline(always)]
    pub(crate) fn push(&mut self, type_number: u32, time: f64, id: Option<Span>) {
        let row = self.times.len();
        self.times.push(time);
        self.types.push(type_number);
        if let Some(id) = id {
            self.ids.resize(row, Span::NONE);
            self.ids.push(id);
        }
    }

    /// Gives the last row a block of empty cells.
    pub(crate) fn open_block(&mut self, whole: Whole) {
        self.open_block_of(self.times.len().saturating_sub(1), whole);
    }

    /// Gives a row behind all that have one a block of empty cells.
    pub(crate) fn open_block_of(&mut self, row: usize, whole: Whole) {
        self.blocks.resize(row, 0);
        self.wholes.push(whole);
        self.blocks.push(self.wholes.len() as u32);
        self.cells
            .resize(self.wholes.len() * self.paths, Cell::Absent);
    }

    /// Sets a cell of the last block.
    pub(crate) fn set_cell(&mut self, column: usize, cell: Cell) {
        let start = self.cells.len().saturating_sub(self.paths);
        if let Some(slot) = self.cells.get_mut(start + column) {
            *slot = cell;
        }
    }

    /// The data of the last block, once it is known where it ends.
    pub(crate) fn set_whole(&mut self, whole: Whole) {
        if let Some(slot) = self.wholes.last_mut() {
            *slot = whole;
        }
    }

    /// Keeps a list or an object.
    pub(crate) fn keep(&mut self, value: Value) -> u32 {
        self.values.push(value);
        self.values.len() as u32 - 1
    }

    /// Keeps a text.
    pub(crate) fn keep_text(&mut self, text: &[u8]) -> Span {
        let start = self.base + self.texts.len() as u32;
        self.texts.extend_from_slice(text);
        Span {
            start,
            length: text.len() as u32,
        }
    }

    /// Puts the text that was scanned before the texts that were kept; what stood there is handed back to be used again.
    pub(crate) fn join(&mut self, mut text: Vec<u8>) -> Vec<u8> {
        text.extend_from_slice(&self.texts);
        self.base = 0;
        core::mem::replace(&mut self.texts, text)
    }

    /// Adds an event that was checked field by field.
    pub(crate) fn push_valid(&mut self, reading: &Reading, event: ValidEvent) {
        let name = event.event_type.as_bytes();
        let number = self.type_number(reading, name);
        let id = event.id.map(|id| self.keep_text(id.as_bytes()));
        self.push(number, event.time.millis() as f64, id);
        let Some(data) = event.data.filter(|_| reading.reads_data(number, name)) else {
            return;
        };
        let data = data.mended();
        self.open_block(Whole::Unknown);
        self.set_cells(reading, &data);
        let whole = self.keep(data);
        self.set_whole(Whole::Value(whole));
    }

    /// Sets the cells of the last block to what an object says.
    pub(crate) fn set_cells(&mut self, reading: &Reading, data: &Value) {
        for column in 0..self.paths {
            let path = Path::parse(&String::from_utf8_lossy(reading.paths.get(column as u32)));
            let Some(found) = path.as_ref().and_then(|path| path.find(data)) else {
                continue;
            };
            let cell = match found {
                Value::Null | Value::Alien(_) => Cell::Null,
                Value::Bool(flag) => Cell::Bool(*flag),
                Value::Number(number) => Cell::Number(*number),
                Value::Text(text) | Value::Torn(text) => {
                    Cell::Text(self.keep_text(text.as_bytes()))
                }
                Value::List(_) | Value::Map(_) => Cell::Value(self.keep(found.clone())),
            };
            self.set_cell(column, cell);
        }
    }

    /// A piece of the texts.
    #[inline(always)]
    pub(crate) fn text(&self, span: Span) -> &[u8] {
        let start = span.start as usize;
        self.texts
            .get(start..start + span.length as usize)
            .unwrap_or_default()
    }

    /// The id of a row.
    #[inline(always)]
    pub(crate) fn id(&self, row: usize) -> Option<&[u8]> {
        let span = self.ids.get(row).filter(|span| **span != Span::NONE)?;
        Some(self.text(*span))
    }

    /// The customer of a row.
    #[inline(always)]
    pub(crate) fn subject(&self, row: usize) -> u32 {
        self.subjects.get(row).copied().unwrap_or_default()
    }

    /// What stands in a column of a row's data.
    #[inline(always)]
    pub(crate) fn cell(&self, row: usize, column: usize) -> Cell {
        if !self.columns.is_empty() {
            return self.column_cell(row, column);
        }
        self.block(row)
            .and_then(|cells| cells.get(column))
            .copied()
            .unwrap_or(Cell::Absent)
    }

    /// A path's values where they are one column of numbers; empty otherwise.
    pub(crate) fn numbers(&self, column: usize) -> &[f64] {
        match self.columns.get(column) {
            Some(Some(Column::Numbers(numbers))) => numbers,
            _ => &[],
        }
    }

    /// The same as a condition sees it.
    pub(crate) fn seen(&self, row: usize, column: usize) -> Option<Seen<'_>> {
        Some(match self.cell(row, column) {
            Cell::Absent => return None,
            Cell::Null => Seen::Null,
            Cell::Bool(flag) => Seen::Bool(flag),
            Cell::Number(number) => Seen::Number(number),
            Cell::Text(span) => Seen::Text(self.text(span)),
            Cell::Value(at) => Seen::from(self.value(at)),
        })
    }

    /// A kept list or object.
    pub(crate) fn value(&self, at: u32) -> &Value {
        self.values.get(at as usize).unwrap_or(&Value::Null)
    }

    /// The number of a row's block; 0 where it has none.
    pub(crate) fn block_number(&self, row: usize) -> u32 {
        self.blocks.get(row).copied().unwrap_or_default()
    }

    /// The whole data of a row that has a block.
    pub(crate) fn whole(&self, row: usize) -> Option<Whole> {
        let block = self.block_number(row).checked_sub(1)?;
        self.wholes.get(block as usize).copied()
    }

    fn block(&self, row: usize) -> Option<&[Cell]> {
        let block = self.block_number(row).checked_sub(1)? as usize;
        self.cells.get(block * self.paths..(block + 1) * self.paths)
    }

    fn column_cell(&self, row: usize, column: usize) -> Cell {
        match self.columns.get(column) {
            Some(Some(Column::Numbers(numbers))) => match numbers.get(row) {
                Some(number) if !number.is_nan() => Cell::Number(*number),
                _ => Cell::Absent,
            },
            Some(Some(Column::Codes { codes, dictionary })) => codes
                .get(row)
                .and_then(|code| dictionary.get(*code as usize))
                .map_or(Cell::Absent, |span| Cell::Text(*span)),
            _ => Cell::Absent,
        }
    }

    /// Notes which types are what customers do.
    pub(crate) fn mark_activities(&mut self, reading: &Reading) {
        self.activity.clear();
        for number in 0..self.types_met(reading) as u32 {
            let flag = is_activity(self.type_name(reading, number));
            self.activity.push(flag);
        }
    }

    /// Whether events of a type are what customers do; asked once all rows are there.
    #[inline(always)]
    pub(crate) fn is_activity(&self, type_number: u32) -> bool {
        self.activity
            .get(type_number as usize)
            .copied()
            .unwrap_or_default()
    }
}
