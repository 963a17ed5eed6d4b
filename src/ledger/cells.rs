//! Data and plain values in a snapshot: what stands at one path of all rows, and whole values.

use super::bytes::{Reader, folded, put_double, put_number, put_text, unfolded};
use super::integers::{put_column, read_column, read_numbers};
use crate::event::{Cell, Rows};
use crate::json::MAX_DEPTH;
use crate::names::Names;
use crate::value::Value;
use alloc::{boxed::Box, vec::Vec};

/// Kinds of cells.
const ABSENT: u8 = 0;
const NULL: u8 = 1;
const FALSE: u8 = 2;
const TRUE: u8 = 3;
const NUMBER: u8 = 4;
const TEXT: u8 = 5;
const VALUE: u8 = 6;
const KINDS: usize = 7;
/// Kinds of values beyond those.
const LIST: u8 = 6;
const MAP: u8 = 7;
/// Whole numbers up to here are doubles exactly.
const EXACT: f64 = 9_007_199_254_740_992.0;
/// What numbers with few decimals are multiplied by to be whole.
const SCALES: [f64; 5] = [1.0, 10.0, 100.0, 1_000.0, 10_000.0];
/// Instead of a scale: numbers are written bit by bit.
const BIT_BY_BIT: u8 = 255;

/// Writes a number: whole ones in a few bytes.
pub(super) fn put_real(out: &mut Vec<u8>, number: f64) {
    match as_whole(number, 1.0) {
        Some(whole) => put_number(out, 1 + folded(whole)),
        None => {
            put_number(out, 0);
            put_double(out, number);
        }
    }
}

/// Reads a number: any that a double can be.
pub(super) fn read_real(reader: &mut Reader<'_>) -> Option<f64> {
    match reader.number()? {
        0 => reader.double(),
        whole => Some(unfolded(whole - 1) as f64),
    }
}

/// Writes what stands at one path of all rows.
pub(super) fn put_cells(out: &mut Vec<u8>, rows: &Rows, column: usize) {
    let cells = || (0..rows.len()).map(|row| rows.cell(row, column));
    let mut counts = [0_usize; KINDS];
    for cell in cells() {
        if let Some(count) = counts.get_mut(usize::from(kind_of(cell))) {
            *count += 1;
        }
    }
    // The commonest kind is the shortest.
    let mut kinds: Vec<u32> = (0..KINDS as u32).collect();
    let count = |kind: u32| counts.get(kind as usize).copied().unwrap_or_default();
    kinds.retain(|kind| count(*kind) > 0);
    crate::sorting::sort(&mut kinds, &|a, b| count(b).cmp(&count(a)));
    out.push(kinds.len() as u8);
    out.extend(kinds.iter().map(|kind| *kind as u8));
    let rank = |cell| {
        let mut ranked = kinds.iter();
        ranked.position(|kind| *kind as u8 == kind_of(cell))
    };
    let ranks: Vec<i64> = cells().filter_map(rank).map(|rank| rank as i64).collect();
    put_column(out, &ranks);

    let numbers = cells().filter_map(|cell| match cell {
        Cell::Number(number) => Some(number),
        _ => None,
    });
    put_doubles(out, &numbers.collect::<Vec<f64>>());
    let mut names = Names::default();
    let texts: Vec<i64> = cells()
        .filter_map(|cell| match cell {
            Cell::Text(span) => Some(i64::from(names.meet(rows.text(span)).0)),
            _ => None,
        })
        .collect();
    put_number(out, names.len() as u64);
    for number in 0..names.len() as u32 {
        put_text(out, names.get(number));
    }
    put_column(out, &texts);
    for cell in cells() {
        if let Cell::Value(at) = cell {
            put_value(out, rows.value(at));
        }
    }
}

/// Reads what stands at one path of so many rows; texts and values are kept by other rows.
pub(super) fn read_cells(
    reader: &mut Reader<'_>,
    count: usize,
    rows: &mut Rows,
) -> Option<Vec<Cell>> {
    let kinds = usize::from(reader.byte()?);
    let kinds = reader.take(kinds)?;
    let most = kinds.len().saturating_sub(1) as u64;
    let ranks = read_numbers(reader, count, most)?;
    let kind_of = |rank: u64| kinds.get(rank as usize).copied();
    let count_of = |kind: u8| {
        let ranks = ranks.iter();
        ranks.filter(|rank| kind_of(**rank) == Some(kind)).count()
    };
    let mut numbers = read_doubles(reader, count_of(NUMBER))?.into_iter();
    let names = reader.count()?;
    let mut spans = Vec::with_capacity(names);
    for _ in 0..names {
        spans.push(rows.keep_text(reader.text()?.as_bytes()));
    }
    let most = names.saturating_sub(1) as u64;
    let mut texts = read_numbers(reader, count_of(TEXT), most)?.into_iter();
    let mut cells = Vec::with_capacity(count);
    for rank in &ranks {
        cells.push(match kind_of(*rank)? {
            ABSENT => Cell::Absent,
            NULL => Cell::Null,
            FALSE => Cell::Bool(false),
            TRUE => Cell::Bool(true),
            NUMBER => Cell::Number(numbers.next()?),
            TEXT => Cell::Text(*spans.get(texts.next()? as usize)?),
            VALUE => Cell::Value(rows.keep(read_value(reader, MAX_DEPTH)?)),
            _ => return None,
        });
    }
    Some(cells)
}

/// Writes numbers that are doubles.
pub(super) fn put_doubles(out: &mut Vec<u8>, numbers: &[f64]) {
    let wholes = |scale: f64| -> Option<Vec<i64>> {
        let scaled = numbers.iter().map(|number| as_whole(*number, scale));
        scaled.collect()
    };
    let found = (0_u8..).zip(SCALES).find_map(|(decimals, scale)| {
        let wholes = wholes(scale)?;
        Some((decimals, wholes))
    });
    match found {
        Some((decimals, wholes)) => {
            out.push(decimals);
            put_column(out, &wholes);
        }
        None => {
            out.push(BIT_BY_BIT);
            for number in numbers {
                put_double(out, *number);
            }
        }
    }
}

/// Reads so many numbers that are doubles.
pub(super) fn read_doubles(reader: &mut Reader<'_>, count: usize) -> Option<Vec<f64>> {
    match reader.byte()? {
        BIT_BY_BIT => {
            let bytes = reader.take(count.checked_mul(8)?)?;
            let (doubles, _) = bytes.as_chunks::<8>();
            Some(
                doubles
                    .iter()
                    .map(|bytes| f64::from_le_bytes(*bytes))
                    .collect(),
            )
        }
        decimals => {
            let scale = SCALES.get(usize::from(decimals))?;
            let wholes = read_column(reader, count)?;
            Some(
                wholes
                    .into_iter()
                    .map(|whole| whole as f64 / scale)
                    .collect(),
            )
        }
    }
}

/// Writes a value.
pub(super) fn put_value(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Null | Value::Alien(_) => out.push(NULL),
        Value::Bool(flag) => out.push(if *flag { TRUE } else { FALSE }),
        Value::Number(number) => {
            out.push(NUMBER);
            put_real(out, *number);
        }
        Value::Text(text) | Value::Torn(text) => {
            out.push(TEXT);
            put_text(out, text.as_bytes());
        }
        Value::List(items) => {
            out.push(LIST);
            put_number(out, items.len() as u64);
            for item in items {
                put_value(out, item);
            }
        }
        Value::Map(entries) => {
            out.push(MAP);
            put_number(out, entries.len() as u64);
            for (key, item) in entries {
                put_text(out, key.as_bytes());
                put_value(out, item);
            }
        }
    }
}

/// Reads a value of at most so many containers in each other.
pub(super) fn read_value(reader: &mut Reader<'_>, depth: usize) -> Option<Value> {
    Some(match reader.byte()? {
        NULL => Value::Null,
        FALSE => Value::Bool(false),
        TRUE => Value::Bool(true),
        NUMBER => Value::Number(read_real(reader)?),
        TEXT => Value::Text(reader.text()?),
        LIST => {
            let depth = depth.checked_sub(1)?;
            let count = reader.count()?;
            let mut items = Vec::new();
            for _ in 0..count {
                items.push(read_value(reader, depth)?);
            }
            Value::List(items)
        }
        MAP => {
            let depth = depth.checked_sub(1)?;
            let count = reader.count()?;
            let mut entries: Vec<(Box<str>, Value)> = Vec::new();
            for _ in 0..count {
                let key = reader.text()?;
                entries.push((key, read_value(reader, depth)?));
            }
            Value::Map(entries)
        }
        _ => return None,
    })
}

fn kind_of(cell: Cell) -> u8 {
    match cell {
        Cell::Absent => ABSENT,
        Cell::Null => NULL,
        Cell::Bool(false) => FALSE,
        Cell::Bool(true) => TRUE,
        Cell::Number(_) => NUMBER,
        Cell::Text(_) => TEXT,
        Cell::Value(_) => VALUE,
    }
}

/// A number times a scale, where that is whole and gives the number back.
fn as_whole(number: f64, scale: f64) -> Option<i64> {
    let scaled = libm::round(number * scale);
    let is_exact = scaled.abs() < EXACT && (scaled / scale).to_bits() == number.to_bits();
    is_exact.then_some(scaled as i64)
}
