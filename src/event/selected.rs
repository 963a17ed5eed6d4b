//! From a whole history to the rows of a model.

use super::history::History;
use super::rows::{Rows, Whole};
use crate::model::Reading;
use alloc::vec::Vec;

impl History {
    /// What a model reads of it; in canonical order, and without duplicates, as the history is.
    pub(crate) fn rows(&self, reading: &Reading) -> Rows {
        self.rows_with(reading, false)
    }

    /// The same with the ids, for who takes in further events.
    pub(crate) fn rows_with_ids(&self, reading: &Reading) -> Rows {
        self.rows_with(reading, true)
    }

    fn rows_with(&self, reading: &Reading, has_ids: bool) -> Rows {
        let mut rows = Rows::default();
        rows.restart(reading);
        let numbers: Vec<u32> = self
            .types
            .iter()
            .map(|name| rows.type_number(reading, name.as_bytes()))
            .collect();
        for entry in &self.entries {
            let type_index = entry.type_index as usize;
            let number = numbers.get(type_index).copied().unwrap_or_default();
            let id = entry.id.as_ref().filter(|_| has_ids);
            let id = id.map(|id| rows.keep_text(id.as_bytes()));
            rows.push(number, entry.time.millis() as f64, id);
            let name = self.types.get(type_index).map_or("", |name| name);
            if let Some(data) = &entry.data
                && reading.reads_data(number, name.as_bytes())
            {
                rows.open_block(Whole::Unknown);
                rows.set_cells(reading, data);
            }
        }
        rows.invalid = self.invalid;
        rows.duplicate = self.duplicate;
        rows.mark_activities(reading);
        rows
    }
}
