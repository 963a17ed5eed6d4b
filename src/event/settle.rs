//! Canonical order and duplicates, over rows.

use alloc::{boxed::Box, string::String, vec, vec::Vec};
use core::cmp::Ordering;

use super::rows::{Cell, Column, Rows, Whole};
use crate::json::Reader;
use crate::model::Reading;
use crate::names::{Index, hash};
use crate::path::Path;
use crate::sorting::sort;
use crate::value::Value;

/// What settling needs room for; kept from call to call.
#[derive(Debug, Default)]
pub(crate) struct Settling {
    index: Index,
    dropped: Vec<u32>,
    order: Vec<u32>,
    numbers: Vec<f64>,
    words: Vec<u32>,
}

/// Two events are the same but for data that was left behind: whoever has it must hand it over whole.
#[derive(Debug)]
pub(crate) struct NeedsWhole;

impl Rows {
    /// Drops duplicates, and puts the rows of one customer in canonical order. Those of many stay where they are.
    pub(crate) fn settle(
        &mut self,
        reading: &Reading,
        settling: &mut Settling,
    ) -> Result<(), NeedsWhole> {
        self.mark_activities(reading);
        let mut needs_whole = false;
        if !self.ids.is_empty() {
            needs_whole |= self.drop_duplicates(reading, settling);
        }
        if self.subjects.is_empty() {
            needs_whole |= self.put_in_order(reading, settling);
        }
        if needs_whole { Err(NeedsWhole) } else { Ok(()) }
    }

    /// By time, type in byte order, id (none first), data as canonical JSON text (none first). Customers are not
    /// told apart. `needs_whole` is set where data that was left behind would decide.
    pub(crate) fn compare(
        &self,
        reading: &Reading,
        a: usize,
        b: usize,
        needs_whole: &core::cell::Cell<bool>,
    ) -> Ordering {
        let time = |row: usize| self.times.get(row).copied().unwrap_or_default();
        let by_time = time(a).total_cmp(&time(b));
        if by_time.is_ne() {
            return by_time;
        }
        let number = |row: usize| self.types.get(row).copied().unwrap_or_default();
        if number(a) != number(b) {
            let name = |row: usize| self.type_name(reading, number(row));
            return name(a).cmp(name(b));
        }
        self.id(a)
            .cmp(&self.id(b))
            .then_with(|| self.compare_data(reading, a, b, needs_whole))
    }

    /// By the whole data. Where it was left behind, what the model reads of it must be the same.
    fn compare_data(
        &self,
        reading: &Reading,
        a: usize,
        b: usize,
        needs_whole: &core::cell::Cell<bool>,
    ) -> Ordering {
        if let (Some(Whole::Text(one)), Some(Whole::Text(other))) = (self.whole(a), self.whole(b))
            && self.text(one) == self.text(other)
        {
            return Ordering::Equal;
        }
        if let (Ok(a), Ok(b)) = (self.data_text(reading, a), self.data_text(reading, b)) {
            return a.cmp(&b);
        }
        let is_same = (0..reading.paths.len())
            .all(|column| self.is_same(self.cell(a, column), self.cell(b, column)));
        if !is_same {
            needs_whole.set(true);
        }
        Ordering::Equal
    }

    fn is_same(&self, a: Cell, b: Cell) -> bool {
        match (a, b) {
            (Cell::Text(a), Cell::Text(b)) => self.text(a) == self.text(b),
            (Cell::Value(a), Cell::Value(b)) => {
                self.value(a).canonical_text() == self.value(b).canonical_text()
            }
            _ => a == b,
        }
    }

    /// A row's data as canonical JSON text; none without data.
    fn data_text(&self, reading: &Reading, row: usize) -> Result<Option<String>, NeedsWhole> {
        if !self.columns.is_empty() {
            return Ok(self.read_text(reading, row));
        }
        match self.whole(row) {
            None => Ok(None),
            Some(Whole::Unknown) => Err(NeedsWhole),
            Some(Whole::Cells) => Ok(self.read_text(reading, row)),
            Some(Whole::Value(at)) => Ok(Some(self.value(at).canonical_text())),
            Some(Whole::Text(span)) => {
                let value = Reader::new(self.text(span)).and_then(|mut reader| reader.value());
                Ok(value.ok().map(|value| value.canonical_text()))
            }
        }
    }

    /// The cells of a row as the object that they were taken from, in canonical JSON text; none where all are empty.
    pub(crate) fn read_text(&self, reading: &Reading, row: usize) -> Option<String> {
        let mut data = Value::Map(Vec::new());
        for column in 0..reading.paths.len() {
            let Some(value) = self.cell_value(self.cell(row, column)) else {
                continue;
            };
            let text = String::from_utf8_lossy(reading.paths.get(column as u32));
            if let Some(path) = Path::parse(&text) {
                plant(&mut data, &path.segments, value);
            }
        }
        (data != Value::Map(Vec::new())).then(|| data.canonical_text())
    }

    /// A cell as plain data; none where it is empty.
    fn cell_value(&self, cell: Cell) -> Option<Value> {
        Some(match cell {
            Cell::Absent => return None,
            Cell::Null => Value::Null,
            Cell::Bool(flag) => Value::Bool(flag),
            Cell::Number(number) => Value::Number(number),
            Cell::Text(span) => Value::Text(String::from_utf8_lossy(self.text(span)).into()),
            Cell::Value(at) => self.value(at).clone(),
        })
    }

    /// Keeps the first of equal ids of a customer; tells whether that could not be decided.
    fn drop_duplicates(&mut self, reading: &Reading, settling: &mut Settling) -> bool {
        let needs_whole = core::cell::Cell::new(false);
        let Settling { index, dropped, .. } = settling;
        index.reset(self.ids.len());
        dropped.clear();
        for row in 0..self.ids.len() {
            let Some(id) = self.id(row) else { continue };
            let subject = self.subject(row);
            // Customers may share ids.
            let hash_of = |number: u32, seed: u32| {
                let row = number as usize;
                hash(
                    self.id(row).unwrap_or_default(),
                    seed ^ (self.subject(row) << 8),
                )
            };
            let is_same = |number: u32| {
                let row = number as usize;
                self.id(row) == Some(id) && self.subject(row) == subject
            };
            let Some(known) = index.meet(row as u32, &hash_of, &is_same) else {
                continue;
            };
            if self
                .compare(reading, row, known as usize, &needs_whole)
                .is_lt()
            {
                index.replace(row as u32, &hash_of, &is_same);
                dropped.push(known);
            } else {
                dropped.push(row as u32);
            }
        }
        self.duplicate = dropped.len() as u64;
        if !dropped.is_empty() {
            self.remove(&settling.dropped);
        }
        needs_whole.get()
    }

    /// Takes rows out.
    pub(crate) fn remove(&mut self, dropped: &[u32]) {
        let mut is_kept = vec![true; self.len()];
        for row in dropped {
            if let Some(flag) = is_kept.get_mut(*row as usize) {
                *flag = false;
            }
        }
        retain(&mut self.times, &is_kept);
        retain(&mut self.types, &is_kept);
        retain(&mut self.ids, &is_kept);
        retain(&mut self.blocks, &is_kept);
        retain(&mut self.subjects, &is_kept);
        for column in self.columns.iter_mut().flatten() {
            match column {
                Column::Numbers(numbers) => retain(numbers, &is_kept),
                Column::Codes { codes, .. } => retain(codes, &is_kept),
            }
        }
    }

    fn put_in_order(&mut self, reading: &Reading, settling: &mut Settling) -> bool {
        if self.times.is_sorted_by(|a, b| a < b) {
            return false;
        }
        let needs_whole = core::cell::Cell::new(false);
        let Settling {
            order,
            numbers,
            words,
            ..
        } = settling;
        order.clear();
        order.extend(0..self.len() as u32);
        sort(order, &|a, b| {
            self.compare(reading, a as usize, b as usize, &needs_whole)
        });
        rearrange(&mut self.times, order, numbers, 0.0);
        rearrange(&mut self.types, order, words, 0);
        rearrange(&mut self.blocks, order, words, 0);
        let mut spans = Vec::new();
        rearrange(&mut self.ids, order, &mut spans, super::rows::Span::NONE);
        needs_whole.get()
    }
}

/// Puts a value where a path leads.
fn plant(root: &mut Value, segments: &[Box<str>], value: Value) {
    let Some((first, rest)) = segments.split_first() else {
        *root = value;
        return;
    };
    if !matches!(root, Value::Map(_)) {
        *root = Value::Map(Vec::new());
    }
    let Value::Map(entries) = root else { return };
    let known = entries.iter().position(|(key, _)| key == first);
    let at = known.unwrap_or_else(|| {
        entries.push((first.clone(), Value::Map(Vec::new())));
        entries.len() - 1
    });
    if let Some((_, below)) = entries.get_mut(at) {
        plant(below, rest, value);
    }
}

fn retain<T>(column: &mut Vec<T>, is_kept: &[bool]) {
    let mut flags = is_kept.iter();
    column.retain(|_| flags.next().copied().unwrap_or(true));
}

/// A column in another order; one that is shorter than the rows is filled up, an empty one stays so.
fn rearrange<T: Copy>(column: &mut Vec<T>, order: &[u32], spare: &mut Vec<T>, none: T) {
    if column.is_empty() {
        return;
    }
    spare.clear();
    let moved = order
        .iter()
        .map(|row| column.get(*row as usize).copied().unwrap_or(none));
    spare.extend(moved);
    core::mem::swap(column, spare);
}
