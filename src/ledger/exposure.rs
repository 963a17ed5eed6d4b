//! What became of nudges that were folded, in a snapshot.

use super::bytes::{Reader, put_number, put_text};
use super::cells::{put_real, read_real};
use crate::nudge::{Exposed, LastShown, Shown};
use alloc::vec::Vec;

/// What is known of a nudge.
const WAS_SHOWN: u8 = 1;
const WAS_CLOSED: u8 = 2;
const WAS_ANSWERED: u8 = 4;

/// Writes what became of nudges.
pub(super) fn put_exposed(out: &mut Vec<u8>, exposed: &Exposed) {
    let count = exposed.last.map_or(0, |last| last.count);
    put_number(out, u64::from(count));
    if let Some(last) = exposed.last {
        put_real(out, last.time);
        put_real(out, last.day);
    }
    put_number(out, exposed.ids.len() as u64);
    for (number, shown) in (0..).zip(&exposed.nudges) {
        put_text(out, exposed.ids.get(number));
        let shown_flag = if shown.last.is_some() { WAS_SHOWN } else { 0 };
        let closed_flags = match shown.closed {
            None => 0,
            Some((_, false)) => WAS_CLOSED,
            Some((_, true)) => WAS_CLOSED | WAS_ANSWERED,
        };
        out.push(shown_flag | closed_flags);
        if let Some(last) = shown.last {
            put_number(out, u64::from(shown.count));
            put_real(out, last);
        }
        if let Some((time, _)) = shown.closed {
            put_real(out, time);
        }
    }
}

/// Reads what became of nudges; none where it is damaged.
pub(super) fn read_exposed(reader: &mut Reader<'_>) -> Option<Exposed> {
    let mut exposed = Exposed::default();
    let count = read_count(reader)?;
    if count > 0 {
        exposed.last = Some(LastShown {
            time: read_finite(reader)?,
            day: read_finite(reader)?,
            count,
        });
    }
    for _ in 0..reader.count()? {
        let length = reader.count()?;
        let is_new = exposed.ids.is_new(reader.take(length)?);
        let flags = reader.byte()?;
        let mut shown = Shown::default();
        if flags & WAS_SHOWN != 0 {
            shown.count = read_count(reader)?;
            shown.last = Some(read_finite(reader)?);
        }
        if flags & WAS_CLOSED != 0 {
            shown.closed = Some((read_finite(reader)?, flags & WAS_ANSWERED != 0));
        }
        is_new.then_some(())?;
        exposed.nudges.push(shown);
    }
    Some(exposed)
}

fn read_count(reader: &mut Reader<'_>) -> Option<u32> {
    let count = reader.number_to(u64::from(u32::MAX))?;
    Some(count as u32)
}

fn read_finite(reader: &mut Reader<'_>) -> Option<f64> {
    read_real(reader).filter(|number| number.is_finite())
}
