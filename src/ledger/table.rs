//! Rows in a snapshot, column by column.

use super::bytes::{Reader, put_number, put_text};
use super::cells::{put_cells, read_cells};
use super::head::Kept;
use super::integers::{put_column, read_column, read_numbers};
use super::order::Order;
use super::replicas::Identity;
use super::store::Store;
use super::times::{put_times, read_times};
use crate::event::{Cell, MAX_EVENTS, Rows, Whole, is_activity};
use crate::model::Model;
use crate::names::Names;
use crate::sorting::sort;
use alloc::{boxed::Box, vec, vec::Vec};

/// Bytes of an id, at most.
const MAX_ID_BYTES: u64 = 256;
/// Heads of ids: none, 16 bytes of a UUID, and from here on the length of what is not as in the id before.
const NO_ID: u64 = 0;
const UUID: u64 = 1;
const LENGTH: u64 = 2;
/// Where a UUID has hyphens, before so many digits.
const HYPHENS: [usize; 4] = [8, 12, 16, 20];
const HEX: &[u8; 16] = b"0123456789abcdef";

/// Writes rows; `order` says how types, paths and replicas are numbered.
pub(super) fn put_rows(out: &mut Vec<u8>, store: &Store, order: &Order<'_>) {
    let Store {
        rows, identities, ..
    } = store;
    put_times(out, &rows.times);
    if rows.len() == 0 {
        return;
    }
    put_types(out, rows, order);
    let rank = |identity: &Identity| {
        let ranks = order.replica_ranks.get(identity.replica as usize);
        ranks.copied().unwrap_or_default()
    };
    let ranks: Vec<i64> = identities.iter().map(|one| rank(one) as i64).collect();
    put_column(out, &ranks);
    let mut next = vec![0; order.replica_ranks.len()];
    let steps = identities.iter().map(|identity| {
        let counter = i64::from(identity.counter);
        let expected = next.get_mut(identity.replica as usize);
        expected.map_or(counter, |next| {
            let step = counter - *next;
            *next = counter + 1;
            step
        })
    });
    let steps: Vec<i64> = steps.collect();
    put_column(out, &steps);
    put_ids(out, rows);
    for (_, column) in &order.paths {
        put_cells(out, rows, *column);
    }
}

/// Reads rows into a store of a model, in the order they stand; what the model does not read is left out. None where
/// they are damaged.
pub(super) fn read_rows(
    reader: &mut Reader<'_>,
    model: &Model,
    kept: &Kept,
    nexts: &[u32],
) -> Option<Store> {
    let mut store = Store::new(model);
    let times = read_times(reader)?;
    let count = times.len();
    if count == 0 {
        return Some(store);
    }
    if count > MAX_EVENTS {
        return None;
    }
    let (names, types) = read_types(reader, kept, count)?;
    let most = nexts.len().saturating_sub(1) as u64;
    let replicas = read_numbers(reader, count, most)?;
    let steps = read_column(reader, count)?;
    let mut counters = vec![0_i64; nexts.len()];
    let identities = replicas.into_iter().zip(steps).map(|(replica, step)| {
        let next = counters.get_mut(replica as usize)?;
        let counter = next.checked_add(step)?;
        *next = counter.checked_add(1)?;
        let end = i64::from(*nexts.get(replica as usize)?);
        (0..end).contains(&counter).then_some(Identity {
            replica: replica as u32,
            counter: counter as u32,
        })
    });
    let identities: Option<Vec<Identity>> = identities.collect();
    let ids = read_ids(reader, count)?;
    let reading = &model.reading;
    let rows = &mut store.rows;
    let mut columns = vec![None; reading.paths.len()];
    for path in &kept.paths {
        let cells = read_cells(reader, count, rows)?;
        let column = reading.paths.find(path.as_bytes());
        if let Some(slot) = column.and_then(|column| columns.get_mut(column as usize)) {
            *slot = Some(cells);
        }
    }
    let numbers: Vec<u32> = names
        .iter()
        .map(|name| rows.type_number(reading, name.as_bytes()))
        .collect();
    let events = times.into_iter().zip(types).zip(ids).zip(identities?);
    for (row, (((time, rank), id), identity)) in events.enumerate() {
        let name = names.get(rank as usize)?.as_bytes();
        let number = *numbers.get(rank as usize)?;
        let is_named = (number as usize) < reading.types.len();
        if id.is_none() && !is_named && !is_activity(name) {
            continue;
        }
        let id = id.map(|id| rows.keep_text(&id));
        rows.push(number, time, id);
        store.identities.push(identity);
        let cell = |column: &Option<Vec<Cell>>| {
            let cells = column.as_ref()?;
            cells.get(row).copied().filter(|cell| *cell != Cell::Absent)
        };
        if !reading.reads_data(number, name) || columns.iter().all(|cells| cell(cells).is_none()) {
            continue;
        }
        rows.open_block(Whole::Cells);
        for (column, cells) in columns.iter().enumerate() {
            if let Some(cell) = cell(cells) {
                rows.set_cell(column, cell);
            }
        }
    }
    Some(store)
}

/// Types by how common they are, each by its place among those that the model reads or by its name.
fn put_types(out: &mut Vec<u8>, rows: &Rows, order: &Order<'_>) {
    let mut counts = vec![0_u32; rows.types_met(order.reading)];
    for number in &rows.types {
        if let Some(count) = counts.get_mut(*number as usize) {
            *count += 1;
        }
    }
    let count = |number: u32| counts.get(number as usize).copied().unwrap_or_default();
    let name = |number: u32| rows.type_name(order.reading, number);
    let mut used: Vec<u32> = (0..counts.len() as u32).collect();
    used.retain(|number| count(*number) > 0);
    sort(&mut used, &|a, b| {
        count(b).cmp(&count(a)).then_with(|| name(a).cmp(name(b)))
    });
    put_number(out, used.len() as u64);
    let mut ranks = vec![0; counts.len()];
    for (rank, number) in used.iter().enumerate() {
        let mut kept = order.types.iter();
        match kept.position(|(kept, _)| *kept == name(*number)) {
            Some(place) => put_number(out, place as u64),
            None => {
                put_number(out, order.types.len() as u64);
                put_text(out, name(*number));
            }
        }
        if let Some(slot) = ranks.get_mut(*number as usize) {
            *slot = rank as i64;
        }
    }
    let rank = |number: &u32| ranks.get(*number as usize).copied().unwrap_or_default();
    put_column(out, &rows.types.iter().map(rank).collect::<Vec<i64>>());
}

/// The names of the types, and by row which it is.
fn read_types(
    reader: &mut Reader<'_>,
    kept: &Kept,
    count: usize,
) -> Option<(Vec<Box<str>>, Vec<u64>)> {
    let used = reader.count()?;
    let mut names: Vec<Box<str>> = Vec::new();
    let mut seen = Names::default();
    for _ in 0..used {
        let place = reader.number_to(kept.types.len() as u64)? as usize;
        let name = match kept.types.get(place) {
            Some((name, _)) => name.clone(),
            None => reader.text().filter(|name| !name.is_empty())?,
        };
        if !seen.is_new(name.as_bytes()) {
            return None;
        }
        names.push(name);
    }
    let types = read_numbers(reader, count, used.saturating_sub(1) as u64)?;
    Some((names, types))
}

fn put_ids(out: &mut Vec<u8>, rows: &Rows) {
    let has_any = (0..rows.len()).any(|row| rows.id(row).is_some());
    out.push(u8::from(has_any));
    if !has_any {
        return;
    }
    let mut before: &[u8] = &[];
    for row in 0..rows.len() {
        let Some(id) = rows.id(row) else {
            put_number(out, NO_ID);
            continue;
        };
        if let Some(uuid) = uuid_of(id) {
            put_number(out, UUID);
            out.extend_from_slice(&uuid);
            continue;
        }
        let pairs = id.iter().zip(before);
        let shared = pairs.take_while(|(one, other)| one == other).count();
        put_number(out, LENGTH + (id.len() - shared) as u64);
        put_number(out, shared as u64);
        out.extend_from_slice(id.get(shared..).unwrap_or_default());
        before = id;
    }
}

fn read_ids(reader: &mut Reader<'_>, count: usize) -> Option<Vec<Option<Vec<u8>>>> {
    match reader.byte()? {
        0 => return Some(vec![None; count]),
        1 if count <= reader.left() => {}
        _ => return None,
    }
    let mut ids = Vec::with_capacity(count);
    let mut before: Vec<u8> = Vec::new();
    for _ in 0..count {
        ids.push(match reader.number_to(LENGTH + MAX_ID_BYTES)? {
            NO_ID => None,
            UUID => Some(uuid_text(&reader.array()?)),
            length => {
                let shared = reader.number_to(before.len() as u64)? as usize;
                let rest = reader.take((length - LENGTH) as usize)?;
                before.truncate(shared);
                before.extend_from_slice(rest);
                let is_whole = before.len() as u64 <= MAX_ID_BYTES;
                core::str::from_utf8(&before).ok().filter(|_| is_whole)?;
                Some(before.clone())
            }
        });
    }
    Some(ids)
}

/// The 16 bytes of a UUID in its usual spelling, small letters and all.
fn uuid_of(id: &[u8]) -> Option<[u8; 16]> {
    let id: &[u8; 36] = id.try_into().ok()?;
    let mut digits = id.iter().filter(|byte| **byte != b'-');
    let mut uuid = [0; 16];
    for byte in &mut uuid {
        let mut digit = || {
            let digit = digits.next()?;
            HEX.iter()
                .position(|hex| hex == digit)
                .map(|digit| digit as u8)
        };
        *byte = digit()? << 4 | digit()?;
    }
    (uuid_text(&uuid) == id).then_some(uuid)
}

fn uuid_text(uuid: &[u8; 16]) -> Vec<u8> {
    let mut text = Vec::with_capacity(36);
    let halves = uuid.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    for (place, half) in halves.enumerate() {
        if HYPHENS.contains(&place) {
            text.push(b'-');
        }
        text.extend(HEX.get(usize::from(half)));
    }
    text
}
