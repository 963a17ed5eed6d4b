//! Time zones as a table of UTC offsets, and the civil days they make.

use alloc::{string::String, vec::Vec};
use core::fmt;

use super::{MILLIS_PER_DAY, MILLIS_PER_HOUR};
use crate::number::floor;
use crate::sorting::{arranged, sorted_positions};
use crate::value::describe_text;

/// The UTC offsets of one zone: what the host knows of it, as a small table.
///
/// Given the same table, civil days are the same on every host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    /// `(from, offset)` in ms, rising; the first offset also holds before its `from`.
    changes: Vec<(i64, i64)>,
}

/// A zone name the database does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownZone {
    name: String,
}

impl fmt::Display for UnknownZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = describe_text(&self.name);
        write!(
            f,
            "must be a time zone of the IANA database, such as `Europe/Berlin`, found {found}"
        )
    }
}

impl core::error::Error for UnknownZone {}

impl Zone {
    /// Universal time: one offset of 0.
    pub fn utc() -> Zone {
        Zone {
            changes: Vec::new(),
        }
    }

    /// From offset changes: the epoch ms at which an offset begins, and the offset in ms, east positive.
    ///
    /// The first offset also holds for everything before it. Entries may come in any order.
    pub fn from_changes(changes: Vec<(i64, i64)>) -> Zone {
        let at = |position: usize| changes.get(position);
        let positions = sorted_positions(changes.len(), &|a, b| at(a).cmp(&at(b)));
        Zone {
            changes: arranged(changes, &positions),
        }
    }

    /// A zone of the IANA database by name, with its changes from 1900 to 2100.
    ///
    /// # Errors
    /// [`UnknownZone`] when the database has no zone of that name.
    #[cfg(all(feature = "time-zones", not(target_arch = "wasm32")))]
    pub fn named(name: &str) -> Result<Zone, UnknownZone> {
        /// 1900-01-01 and 2100-01-01, in epoch seconds: outside, the offsets at the ends hold.
        const SPAN_SECONDS: (i64, i64) = (-2_208_988_800, 4_102_444_800);
        let unknown = |_| UnknownZone { name: name.into() };
        let zone = jiff::tz::TimeZone::get(name).map_err(unknown)?;
        let start = jiff::Timestamp::from_second(SPAN_SECONDS.0).map_err(unknown)?;
        let first = (
            start.as_millisecond(),
            i64::from(zone.to_offset(start).seconds()) * 1_000,
        );
        let later = zone
            .following(start)
            .take_while(|change| change.timestamp().as_second() < SPAN_SECONDS.1)
            .map(|change| {
                let offset = i64::from(change.offset().seconds());
                (change.timestamp().as_millisecond(), offset * 1_000)
            });
        Ok(Zone {
            changes: core::iter::once(first).chain(later).collect(),
        })
    }

    /// The civil day that a time in epoch ms falls on, counted from 1970-01-01, when days begin at `day_start_hour`.
    pub(crate) fn civil_day(&self, time: f64, day_start_hour: u8) -> f64 {
        let shift = i64::from(day_start_hour) * MILLIS_PER_HOUR;
        let local = time + (self.offset_millis(time) - shift) as f64;
        floor(local / MILLIS_PER_DAY as f64)
    }

    /// The first instant, in epoch ms, whose civil day is this one or a later one, when days begin at `day_start_hour`.
    ///
    /// A day whose beginning is jumped over begins where the jump leads, and one that begins twice with the first time.
    pub(crate) fn first_instant_of(&self, day: f64, day_start_hour: u8, after: f64) -> f64 {
        let local =
            day * MILLIS_PER_DAY as f64 + (i64::from(day_start_hour) * MILLIS_PER_HOUR) as f64;
        let mut from = f64::NEG_INFINITY;
        for (number, (_, offset)) in self.changes.iter().enumerate() {
            let end = self.changes.get(number + 1);
            let end = end.map_or(f64::INFINITY, |(end, _)| *end as f64);
            let begin = (local - *offset as f64).max(from).max(after);
            if begin < end {
                return begin;
            }
            from = end;
        }
        local
    }

    /// The first instant after one at which the clock is set, both in epoch ms.
    pub(crate) fn next_change(&self, time: i64) -> Option<i64> {
        let begun = self.changes.partition_point(|(from, _)| *from <= time);
        // The first offset holds before its beginning, too.
        self.changes.get(begun.max(1)).map(|(from, _)| *from)
    }

    pub(crate) fn offset_millis(&self, time: f64) -> i64 {
        if self.changes.is_empty() {
            return 0;
        }
        let begun = self
            .changes
            .partition_point(|(from, _)| *from as f64 <= time);
        self.changes
            .get(begun.saturating_sub(1))
            .map_or(0, |(_, offset)| *offset)
    }
}
