//! A ledger as bytes, and back: everything is read and checked before anything is taken over.
//!
//! A snapshot is four bytes that name the format, its version, the fingerprint of the model, profile, zone and beginning
//! of days, what the model kept, who recorded it, the rows, what was folded, and a checksum over all that.

use super::Ledger;
use super::bytes::{Reader, put_number, put_signed};
use super::compaction::Fold;
use super::exposure::{put_exposed, read_exposed};
use super::hash::checksum;
use super::head::{HAS_EXPOSURE, HAS_FOLD, HAS_TALLY, Head, put_head};
use super::heritage::{Heritage, put_course};
use super::integers::{put_column, read_numbers};
use super::options::{LedgerOptions, check_replica};
use super::order::Order;
use super::rebase::Gaps;
use super::store::Store;
use super::table::{put_rows, read_rows};
use super::tally::{TallyFound, put_tally};
use crate::error::{Error, ErrorCode};
use crate::model::Model;
use crate::nudge::Exposed;
use crate::progress::{Stars, Tally};
use crate::time::Zone;
use alloc::{format, string::String, sync::Arc, vec::Vec};

/// What every snapshot begins with, whatever its version.
const MAGIC: [u8; 4] = *b"swl\n";
/// Of this format; one that folded nothing but what scores depend on is of the first version still.
const VERSION: u8 = 2;
const OF_SCORES: u8 = 1;
/// Bytes of the checksum, which every snapshot ends with.
const CHECKSUM_BYTES: usize = 8;

/// How a snapshot is to be taken over.
#[derive(Debug, Clone)]
pub struct Restore {
    /// A new name, as [`LedgerOptions::replica`]: one that the snapshot does not know.
    pub replica: String,
    /// The zone of the name that [`Ledger::time_zone_of`] tells.
    pub zone: Zone,
    /// Whether a snapshot of another model is taken over as far as it goes: see [`Ledger::complete_from`].
    pub rebase: bool,
}

impl Ledger {
    /// The ledger as bytes: those of equal ledgers are equal, but for profile, zone and beginning of days.
    pub fn to_bytes(&self) -> Vec<u8> {
        let order = Order::of(self);
        let mut out = MAGIC.to_vec();
        out.push(match self.has_tally() || self.has_exposure() {
            true => VERSION,
            false => OF_SCORES,
        });
        put_head(&mut out, self, &order);
        put_rows(&mut out, &self.store, &order);
        if let Some(fold) = &self.fold {
            put_signed(&mut out, fold.before as i64);
            put_number(&mut out, fold.ids.len() as u64);
            let ids = fold.ids.iter().map(|id| *id as i64);
            put_column(&mut out, &ids.collect::<Vec<i64>>());
            put_course(&mut out, &self.model, &fold.course);
            if self.has_tally() {
                put_tally(&mut out, &self.model, &fold.tally, &fold.stars);
            }
            if self.has_exposure() {
                put_exposed(&mut out, &fold.exposed);
            }
        }
        let sum = checksum(&out);
        out.extend_from_slice(&sum.to_le_bytes());
        out
    }

    /// The IANA name of the time zone of a snapshot: whoever restores it must find that zone.
    ///
    /// # Errors
    /// `snapshot-damaged` and `snapshot-newer`.
    pub fn time_zone_of(bytes: &[u8]) -> Result<String, Error> {
        let (_, body) = open(bytes)?;
        let head = Head::read(&mut Reader::new(body)).ok_or_else(damaged)?;
        Ok(head.time_zone.into())
    }

    /// A ledger from bytes: what it was, under another replica.
    ///
    /// # Errors
    /// `snapshot-damaged`, `snapshot-newer`, `options-invalid-replica`; and `snapshot-foreign` for the snapshot of
    /// another model, unless it is to be rebased.
    pub fn from_bytes(model: Arc<Model>, bytes: &[u8], restore: Restore) -> Result<Ledger, Error> {
        check_replica(&restore.replica)?;
        let mut ledger = read(model, bytes, restore.zone, restore.rebase)?;
        if ledger.replicas.find(&restore.replica).is_some() {
            let detail = "must be a name that the snapshot does not know yet";
            let code = ErrorCode::OptionsInvalidReplica;
            return Err(Error::new(code, "options.replica", detail));
        }
        ledger.options.replica = restore.replica;
        Ok(ledger)
    }

    /// [`Ledger::merge`] with the ledger of a snapshot, whose profile, zone and beginning of days play no part.
    ///
    /// # Errors
    /// As [`Ledger::from_bytes`] and [`Ledger::merge`]; nothing is changed then.
    pub fn merge_bytes(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let zone = self.options.zone.clone();
        let other = read(self.model.clone(), bytes, zone, false)?;
        self.merge(&other)
    }
}

/// The ledger of a snapshot, whose replica has no name yet.
fn read(model: Arc<Model>, bytes: &[u8], zone: Zone, rebase: bool) -> Result<Ledger, Error> {
    let (version, body) = open(bytes)?;
    let mut reader = Reader::new(body);
    let head = Head::read(&mut reader).ok_or_else(damaged)?;
    if (version == VERSION) != (head.flags & (HAS_TALLY | HAS_EXPOSURE) != 0) {
        return Err(damaged());
    }
    let is_own = head.fingerprint == model.fingerprint();
    if !is_own && !rebase {
        let detail = "must be of the same model, but for texts and links, or be rebased";
        return Err(Error::new(ErrorCode::SnapshotForeign, "bytes", detail));
    }
    let Body { store, fold } = Body::read(&mut reader, &model, &head).ok_or_else(damaged)?;
    if reader.left() > 0 {
        return Err(damaged());
    }
    let Head {
        profile,
        time_zone,
        day_start_hour,
        kept,
        latest,
        complete_from,
        replicas,
        ..
    } = head;
    let options = LedgerOptions {
        profile,
        zone,
        time_zone: time_zone.into(),
        day_start_hour,
        replica: String::new(),
    };
    let mut ledger = Ledger {
        replicas,
        store,
        latest,
        complete_from,
        ..Ledger::empty(model, options)
    };
    let mut has_tally = true;
    let is_known = fold.map(|found| {
        let (course, is_known) = found.heritage.handed_over(&ledger.model);
        let is_of = |tally: &TallyFound| tally.is_of(&ledger.model);
        let is_own_tally = found.tally.as_ref().is_some_and(is_of);
        has_tally = is_own_tally || !ledger.model.has_progress();
        let (mut tally, stars) = match found.tally {
            Some(tally) if is_own_tally => (tally.tally, tally.stars),
            Some(tally) => tally.handed_over(&ledger.model, found.before),
            None => (Tally::new(&ledger.model), Stars::default()),
        };
        tally.first_activity = course.first_activity;
        ledger.fold = Some(Fold {
            before: found.before,
            course,
            tally,
            stars,
            exposed: found.exposed,
            ids: found.ids,
        });
        is_known
    });
    if is_own {
        // The order is the model's own, and so is what was folded.
        let is_whole = has_tally && is_known.is_none_or(|is_known| !is_known.contains(&false));
        let is_in_order = ledger.store.follow(&ledger.model, &ledger.replicas, 0);
        return match is_whole && is_in_order {
            true => Ok(ledger),
            false => Err(damaged()),
        };
    }
    let gaps = Gaps {
        kept: &kept,
        latest,
        fold: is_known.as_deref().zip(ledger.fold.as_ref()),
    };
    ledger.complete_from = complete_from.max(gaps.complete_from(&ledger.model));
    ledger.settle(0);
    Ok(ledger)
}

/// What stands after the head.
struct Body {
    store: Store,
    fold: Option<Found>,
}

/// What was folded.
struct Found {
    /// Epoch ms.
    before: f64,
    ids: Vec<u64>,
    heritage: Heritage,
    tally: Option<TallyFound>,
    exposed: Exposed,
}

impl Body {
    fn read(reader: &mut Reader<'_>, model: &Model, head: &Head) -> Option<Body> {
        let nexts: Vec<u32> = head
            .replicas
            .list
            .iter()
            .map(|replica| replica.next)
            .collect();
        let store = read_rows(reader, model, &head.kept, &nexts)?;
        let fold = match head.flags & HAS_FOLD {
            0 => None,
            _ => {
                let before = reader.signed()? as f64;
                let count = reader.number_to(u64::from(u32::MAX))? as usize;
                let ids = read_numbers(reader, count, u64::MAX)?;
                let is_after = store
                    .rows
                    .times
                    .first()
                    .is_none_or(|first| *first >= before);
                if !is_after || !ids.is_sorted_by(|a, b| a < b) {
                    return None;
                }
                let heritage = Heritage::read(reader)?;
                let tally = match head.flags & HAS_TALLY {
                    0 => None,
                    _ => Some(TallyFound::read(reader)?),
                };
                let exposed = match head.flags & HAS_EXPOSURE {
                    0 => Exposed::default(),
                    _ => read_exposed(reader)?,
                };
                Some(Found {
                    before,
                    ids,
                    heritage,
                    tally,
                    exposed,
                })
            }
        };
        Some(Body { store, fold })
    }
}

/// The version of the format, and the bytes between that and the checksum, once both are what they must be.
fn open(bytes: &[u8]) -> Result<(u8, &[u8]), Error> {
    let (body, sum) = bytes
        .split_last_chunk::<CHECKSUM_BYTES>()
        .ok_or_else(damaged)?;
    let rest = body.strip_prefix(&MAGIC).ok_or_else(damaged)?;
    if checksum(body) != u64::from_le_bytes(*sum) {
        return Err(damaged());
    }
    match rest.split_first() {
        Some((version @ OF_SCORES..=VERSION, rest)) => Ok((*version, rest)),
        Some((version, _)) if *version > VERSION => {
            let detail = format!(
                "must be of format {VERSION}, which is the newest that this version of starwise reads, found {version}"
            );
            Err(Error::new(ErrorCode::SnapshotNewer, "bytes", detail))
        }
        _ => Err(damaged()),
    }
}

fn damaged() -> Error {
    let detail = "must be a whole snapshot of a ledger, and is damaged or none at all";
    Error::new(ErrorCode::SnapshotDamaged, "bytes", detail)
}
