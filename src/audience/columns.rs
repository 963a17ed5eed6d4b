//! Events of many customers as columns, the way Arrow, Parquet and DuckDB hand them over.

use alloc::{format, vec::Vec};

use crate::error::{Error, ErrorCode};
use crate::event::{Column, OnInvalid, Rows, Span};
use crate::model::Reading;
use crate::number::number_text;
use crate::time::{Instant, InstantFault};

/// Rows at once, at most: as many as the memory of a 32-bit host holds with some room.
const MAX_ROWS: usize = 20_000_000;
/// Customers may be numbered so much more sparsely than there are rows, and a table still serves.
const SPARSE: usize = 4;
/// The type of a row that is left out.
const NO_TYPE: u32 = u32::MAX;

/// Events of many customers: row by row across the columns, in any order.
#[derive(Debug, Clone, Copy)]
pub struct Columns<'c> {
    /// Whose event it is, by a number of the caller's.
    pub subjects: &'c [u32],
    /// What was done: the place of its name.
    pub types: &'c [u16],
    /// The names of the types.
    pub type_names: &'c [&'c str],
    /// When, in epoch ms; fractions are floored.
    pub times: &'c [f64],
    /// What stands at paths of the events' data.
    pub data: &'c [(&'c str, DataColumn<'c>)],
}

/// What stands at one path, for every row.
#[derive(Debug, Clone, Copy)]
pub enum DataColumn<'c> {
    /// Numbers; NaN where there is none.
    Numbers(&'c [f64]),
    /// Texts by their place in a dictionary; `u32::MAX` where there is none.
    Codes {
        /// The places.
        codes: &'c [u32],
        /// The texts.
        dictionary: &'c [&'c str],
    },
}

/// The customers of some rows, numbered from 0 in the order of their own numbers.
#[derive(Debug, Default)]
pub(crate) struct Numbering {
    /// The caller's numbers, rising.
    pub(crate) subjects: Vec<u32>,
    places: Vec<u32>,
}

impl Columns<'_> {
    /// The rows that a model reads of them; gives the customers' own numbers.
    pub(super) fn rows(
        &self,
        reading: &Reading,
        on_invalid: OnInvalid,
    ) -> Result<(Rows, Vec<u32>), Error> {
        let count = self.subjects.len();
        for (name, length) in [("types", self.types.len()), ("times", self.times.len())] {
            check_length(&format!("columns.{name}"), length, count)?;
        }
        let mut rows = Rows::default();
        rows.restart(reading);
        let mut numbers = Vec::new();
        for (place, name) in self.type_names.iter().enumerate() {
            if name.is_empty() {
                let path = format!("columns.typeNames[{place}]");
                return Err(Error::new(
                    ErrorCode::ColumnsInvalidName,
                    path,
                    "must not be empty",
                ));
            }
            numbers.push(rows.type_number(reading, name.as_bytes()));
        }
        rows.subjects.extend_from_slice(self.subjects);
        rows.times.extend_from_slice(self.times);
        let number = |code: &u16| numbers.get(usize::from(*code)).copied();
        rows.types.extend(
            self.types
                .iter()
                .map(|code| number(code).unwrap_or(NO_TYPE)),
        );
        for (path, column) in self.data {
            let Some(place) = reading.paths.find(path.as_bytes()) else {
                continue;
            };
            let (column, length) = match column {
                DataColumn::Numbers(numbers) => (Column::Numbers(numbers.to_vec()), numbers.len()),
                DataColumn::Codes { codes, dictionary } => {
                    let dictionary: Vec<Span> = dictionary
                        .iter()
                        .map(|text| rows.keep_text(text.as_bytes()))
                        .collect();
                    (
                        Column::Codes {
                            codes: codes.to_vec(),
                            dictionary,
                        },
                        codes.len(),
                    )
                }
            };
            check_length(&format!("columns.data.{path}"), length, count)?;
            rows.set_column(place as usize, column);
        }
        check_rows(&mut rows, on_invalid, self.type_names.len(), &|row| {
            self.types.get(row).map_or(0, |code| u32::from(*code))
        })?;
        let mut numbering = Numbering::default();
        number_subjects(&mut rows, &mut numbering);
        Ok((rows, numbering.subjects))
    }
}

fn check_length(path: &str, found: usize, count: usize) -> Result<(), Error> {
    if found == count {
        return Ok(());
    }
    let detail = format!("must have as many rows as `columns.subjects` ({count}), found {found}");
    Err(Error::new(ErrorCode::ColumnsLengthMismatch, path, detail))
}

/// Checks times and types, and leaves out what is invalid where that is wanted. `code_of` gives a row's type as it was
/// handed over, for the words of a fault; it is no type where the row has none.
pub(crate) fn check_rows(
    rows: &mut Rows,
    on_invalid: OnInvalid,
    type_names: usize,
    code_of: &dyn Fn(usize) -> u32,
) -> Result<(), Error> {
    let count = rows.len();
    if count > MAX_ROWS {
        let detail = format!(
            "must have at most {MAX_ROWS} rows at once, found {count}: hand them over in chunks"
        );
        return Err(Error::new(ErrorCode::ColumnsTooLarge, "columns", detail));
    }
    let is_whole = rows.times.iter().all(|time| Instant::is_whole(*time));
    if is_whole && largest(&rows.types) != NO_TYPE {
        return Ok(());
    }
    let mut dropped = Vec::new();
    for row in 0..count {
        let number = rows.types.get(row).copied().unwrap_or(NO_TYPE);
        let time = rows.times.get(row).copied().unwrap_or(f64::NAN);
        let fault = if number == NO_TYPE {
            unknown_type(row, code_of(row), type_names)
        } else {
            match Instant::from_millis(time) {
                Ok(at) => {
                    if let Some(slot) = rows.times.get_mut(row) {
                        *slot = at.millis() as f64;
                    }
                    continue;
                }
                Err(reason) => wrong_time(row, time, reason),
            }
        };
        match on_invalid {
            OnInvalid::Error => return Err(fault),
            OnInvalid::Skip => dropped.push(row as u32),
        }
    }
    rows.invalid += dropped.len() as u64;
    rows.remove(&dropped);
    Ok(())
}

fn unknown_type(row: usize, code: u32, names: usize) -> Error {
    let detail = format!(
        "must be the place of a name in `columns.typeNames` ({names} of them), found {code}"
    );
    Error::new(
        ErrorCode::ColumnsUnknownCode,
        format!("columns.types[{row}]"),
        detail,
    )
}

fn wrong_time(row: usize, time: f64, reason: InstantFault) -> Error {
    let code = match reason {
        InstantFault::LooksLikeSeconds => ErrorCode::EventTimeInSeconds,
        InstantFault::OutOfRange => ErrorCode::EventTimeOutOfRange,
        _ => ErrorCode::EventInvalidTime,
    };
    let detail = format!("{}, found `{}`", reason.expectation(), number_text(time));
    Error::new(code, format!("columns.times[{row}]"), detail)
}

/// The largest of some numbers; 0 where there is none.
#[inline(never)]
pub(crate) fn largest(numbers: &[u32]) -> u32 {
    numbers.iter().fold(0, |most, number| most.max(*number))
}

/// Numbers the customers of the rows from 0, in the order of their own numbers.
pub(crate) fn number_subjects(rows: &mut Rows, numbering: &mut Numbering) {
    let Numbering { subjects, places } = numbering;
    subjects.clear();
    places.clear();
    if rows.subjects.is_empty() {
        return;
    }
    let most = largest(&rows.subjects) as usize;
    if most >= SPARSE * rows.len() + 1_024 {
        return number_sparse(rows, subjects);
    }
    places.resize(most + 1, 0);
    for subject in &rows.subjects {
        if let Some(place) = places.get_mut(*subject as usize) {
            *place = 1;
        }
    }
    for (subject, place) in places.iter_mut().enumerate() {
        if *place == 1 {
            *place = subjects.len() as u32;
            subjects.push(subject as u32);
        }
    }
    if subjects.len() == places.len() {
        // They are numbered so already.
        return;
    }
    for subject in &mut rows.subjects {
        *subject = places.get(*subject as usize).copied().unwrap_or_default();
    }
}

/// The same where a table would be mostly empty: by bisection.
fn number_sparse(rows: &mut Rows, subjects: &mut Vec<u32>) {
    subjects.extend_from_slice(&rows.subjects);
    crate::sorting::sort(subjects, &|a, b| a.cmp(&b));
    subjects.dedup();
    for subject in &mut rows.subjects {
        *subject = subjects.partition_point(|known| known < subject) as u32;
    }
}
