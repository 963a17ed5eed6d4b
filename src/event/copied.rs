//! Rows taken over into others of the same model, one by one: what a ledger keeps.

use super::rows::{Cell, Rows, Whole};
use crate::model::Reading;

impl Rows {
    /// Adds a row of others, with only what the model reads of its data.
    pub(crate) fn push_from(&mut self, reading: &Reading, others: &Rows, row: usize) {
        let number = others.types.get(row).copied().unwrap_or_default();
        let time = others.times.get(row).copied().unwrap_or_default();
        let name = others.type_name(reading, number);
        let number = match (number as usize) < reading.types.len() {
            true => number,
            false => self.type_number(reading, name),
        };
        let id = others.id(row).map(|id| self.keep_text(id));
        self.push(number, time, id);
        let paths = 0..reading.paths.len();
        let is_empty = |column| others.cell(row, column) == Cell::Absent;
        if !reading.reads_data(number, name) || paths.clone().all(is_empty) {
            return;
        }
        self.open_block(Whole::Cells);
        for column in paths {
            let cell = match others.cell(row, column) {
                Cell::Text(span) => self.keep_cell_text(reading, column, others.text(span)),
                Cell::Value(at) => Cell::Value(self.keep(others.value(at).clone())),
                // -0 is 0.
                Cell::Number(number) => Cell::Number(number + 0.0),
                plain => plain,
            };
            self.set_cell(column, cell);
        }
    }

    /// Adds a row of others with all that is there of its data.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn push_whole_from(&mut self, reading: &Reading, others: &Rows, row: usize) {
        self.push_from(reading, others, row);
        let Some(whole) = others.whole(row) else {
            return;
        };
        let last = self.len().saturating_sub(1);
        if self.block_number(last) == 0 {
            self.open_block(Whole::Unknown);
        }
        let whole = match whole {
            Whole::Text(span) => Whole::Text(self.keep_text(others.text(span))),
            Whole::Value(at) => Whole::Value(self.keep(others.value(at).clone())),
            Whole::Unknown | Whole::Cells => whole,
        };
        self.set_whole(whole);
    }

    /// Keeps the text of a cell of the last block, unless the block before has the same there.
    pub(crate) fn keep_cell_text(&mut self, reading: &Reading, column: usize, text: &[u8]) -> Cell {
        let before = self.cells.len().checked_sub(2 * reading.paths.len());
        match before.and_then(|start| self.cells.get(start + column)) {
            Some(Cell::Text(span)) if self.text(*span) == text => Cell::Text(*span),
            _ => Cell::Text(self.keep_text(text)),
        }
    }
}
