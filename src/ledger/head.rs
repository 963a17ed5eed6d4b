//! What stands before the rows of a snapshot: whose it is, what was kept, and who recorded it.

use super::Ledger;
use super::bytes::{Reader, put_number, put_text};
use super::cells::{put_real, put_value, read_real, read_value};
use super::order::Order;
use super::replicas::Replicas;
use super::roster::{put_replicas, read_replicas};
use crate::json::MAX_DEPTH;
use crate::value::Value;
use alloc::{boxed::Box, vec::Vec};

/// Flags: what was kept, and what follows.
const READS_ACTIVITY: u8 = 1;
const READS_ALL_DATA: u8 = 2;
pub(super) const HAS_FOLD: u8 = 4;
const IS_INCOMPLETE: u8 = 8;
pub(super) const HAS_TALLY: u8 = 16;
pub(super) const HAS_EXPOSURE: u8 = 32;

/// What the ledger of a snapshot kept.
#[derive(Debug)]
pub(super) struct Kept {
    /// The types that were read, and whether their data was.
    pub(super) types: Vec<(Box<str>, bool)>,
    pub(super) paths: Vec<Box<str>>,
    /// Whether every activity was kept, and whether with its data.
    pub(super) reads_activity: bool,
    pub(super) reads_all_data: bool,
}

/// What stands before the rows.
pub(super) struct Head {
    pub(super) fingerprint: u64,
    pub(super) profile: Value,
    pub(super) time_zone: Box<str>,
    pub(super) day_start_hour: u8,
    pub(super) flags: u8,
    pub(super) kept: Kept,
    pub(super) latest: f64,
    pub(super) complete_from: f64,
    pub(super) replicas: Replicas,
}

/// Writes what stands before the rows.
pub(super) fn put_head(out: &mut Vec<u8>, ledger: &Ledger, order: &Order<'_>) {
    out.extend_from_slice(&ledger.fingerprint.to_le_bytes());
    put_value(out, &ledger.options.profile);
    put_text(out, ledger.options.time_zone.as_bytes());
    out.push(ledger.options.day_start_hour);
    let flag = |holds: bool, flag: u8| if holds { flag } else { 0 };
    out.push(
        flag(ledger.model.reads_activity(), READS_ACTIVITY)
            | flag(order.reading.reads_all_data(), READS_ALL_DATA)
            | flag(ledger.fold.is_some(), HAS_FOLD)
            | flag(ledger.has_tally(), HAS_TALLY)
            | flag(ledger.has_exposure(), HAS_EXPOSURE)
            | flag(ledger.complete_from > f64::NEG_INFINITY, IS_INCOMPLETE),
    );
    put_number(out, order.types.len() as u64);
    for (name, reads_data) in &order.types {
        put_number(out, (name.len() as u64) << 1 | u64::from(*reads_data));
        out.extend_from_slice(name);
    }
    put_number(out, order.paths.len() as u64);
    for (name, _) in &order.paths {
        put_text(out, name);
    }
    put_real(out, ledger.latest);
    if ledger.complete_from > f64::NEG_INFINITY {
        put_real(out, ledger.complete_from);
    }
    put_replicas(out, &ledger.replicas, &order.replicas);
}

impl Head {
    /// Reads what stands before the rows; none where it is damaged.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Head> {
        let fingerprint = u64::from_le_bytes(reader.array()?);
        let profile = read_value(reader, MAX_DEPTH)?;
        let time_zone = reader.text()?;
        let day_start_hour = reader.byte().filter(|hour| *hour < 24)?;
        let flags = reader.byte()?;
        let mut types = Vec::new();
        for _ in 0..reader.count()? {
            let head = reader.number()?;
            let name = reader.take(usize::try_from(head >> 1).ok()?)?;
            let name = core::str::from_utf8(name).ok()?;
            types.push((name.into(), head & 1 == 1));
        }
        let mut paths = Vec::new();
        for _ in 0..reader.count()? {
            paths.push(reader.text()?);
        }
        let latest = read_real(reader).filter(|time| !time.is_nan())?;
        let complete_from = match flags & IS_INCOMPLETE {
            0 => f64::NEG_INFINITY,
            _ => read_real(reader).filter(|time| !time.is_nan())?,
        };
        matches!(profile, Value::Map(_)).then_some(())?;
        Some(Head {
            fingerprint,
            profile,
            time_zone,
            day_start_hour,
            flags,
            kept: Kept {
                types,
                paths,
                reads_activity: flags & READS_ACTIVITY != 0,
                reads_all_data: flags & READS_ALL_DATA != 0,
            },
            latest,
            complete_from,
            replicas: read_replicas(reader)?,
        })
    }
}
