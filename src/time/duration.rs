//! Durations of fixed length: `"90s"`, `"30d"`, `"1d12h"`, `"P30D"`, `"PT1H30M"`.

use crate::number::read_number;
use core::fmt;

use super::MILLIS_PER_DAY;

/// Twice the reach of a `Date`: no two instants are further apart.
const MAX_MILLIS: f64 = 1.728e16;
/// Units of the short form, largest first, in ms.
const SHORT_UNITS: [(&str, f64); 6] = [
    ("w", 7.0 * MILLIS_PER_DAY as f64),
    ("d", MILLIS_PER_DAY as f64),
    ("h", 3_600_000.0),
    ("m", 60_000.0),
    ("s", 1_000.0),
    ("ms", 1.0),
];
/// Units of ISO 8601 before and after its `T`, largest first, in ms.
const ISO_DATE_UNITS: [(&str, f64); 2] = [
    ("W", 7.0 * MILLIS_PER_DAY as f64),
    ("D", MILLIS_PER_DAY as f64),
];
const ISO_TIME_UNITS: [(&str, f64); 3] = [("H", 3_600_000.0), ("M", 60_000.0), ("S", 1_000.0)];

/// A fixed length of time, in whole milliseconds; a day is 24 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration(i64);

/// Why a text is no duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DurationFault {
    /// Not of the grammar.
    Malformed,
    /// Years and months: they differ in length, so they name no fixed duration.
    Calendar,
    /// Longer than any two instants are apart.
    TooLong,
}

impl Duration {
    /// Thirty days: the engagement period of a model that names none (the specification's default).
    pub const DAYS_30: Duration = Duration(30 * MILLIS_PER_DAY);
    /// 365 days: how far a next change is looked for by default (the specification's default).
    pub const DAYS_365: Duration = Duration(365 * MILLIS_PER_DAY);
    /// Seven days: how far a trend looks back by default (the specification's default).
    pub const DAYS_7: Duration = Duration(7 * MILLIS_PER_DAY);

    /// Reads a duration; fractions of a millisecond are rounded to the nearest.
    ///
    /// # Shapes
    /// Numbers (decimals allowed) with units `w d h m s ms`, each at most once, largest first; or ISO 8601
    /// with `W`, `D` and after a `T` `H`, `M`, `S`.
    ///
    /// # Errors
    /// [`DurationFault`].
    ///
    /// # Example
    /// ```
    /// use starwise::{Duration, DurationFault};
    /// assert_eq!(Duration::parse("1d12h"), Duration::parse("PT36H"));
    /// assert_eq!(Duration::parse("P1M"), Err(DurationFault::Calendar));
    /// ```
    pub fn parse(text: &str) -> Result<Duration, DurationFault> {
        let millis = match text.strip_prefix('P') {
            Some(iso) => iso_millis(iso),
            None => millis_of(text, &SHORT_UNITS),
        };
        match millis {
            Some(millis) if libm::round(millis) > MAX_MILLIS => Err(DurationFault::TooLong),
            Some(millis) => Ok(Duration(libm::round(millis) as i64)),
            None if names_calendar_unit(text) => Err(DurationFault::Calendar),
            None => Err(DurationFault::Malformed),
        }
    }

    /// From milliseconds, fractions floored; none below 0, or longer than any two instants are apart.
    pub fn from_millis(millis: f64) -> Option<Duration> {
        (0.0..=MAX_MILLIS)
            .contains(&millis)
            .then_some(Duration(millis as i64))
    }

    /// Milliseconds.
    pub fn millis(self) -> i64 {
        self.0
    }
}

impl DurationFault {
    /// What was expected, for a message.
    pub(crate) fn expectation(self) -> &'static str {
        match self {
            DurationFault::Malformed => {
                "must be a duration such as `30d`, `1d12h`, `90s` or `PT1H30M`"
            }
            DurationFault::Calendar => {
                "must be of fixed length, and months and years are not: use days, such as `30d` or `365d`"
            }
            DurationFault::TooLong => "must not be longer than 1.728e16 ms",
        }
    }
}

impl fmt::Display for DurationFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expectation())
    }
}

impl core::error::Error for DurationFault {}

fn iso_millis(text: &str) -> Option<f64> {
    match text.split_once('T') {
        None => millis_of(text, &ISO_DATE_UNITS),
        Some(("", time)) => millis_of(time, &ISO_TIME_UNITS),
        Some((date, time)) => {
            Some(millis_of(date, &ISO_DATE_UNITS)? + millis_of(time, &ISO_TIME_UNITS)?)
        }
    }
}

/// One or more numbers with units, each further down the list than the one before.
fn millis_of(mut text: &str, mut units: &[(&str, f64)]) -> Option<f64> {
    let mut millis = 0.0;
    loop {
        let number_length = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, rest) = text.split_at_checked(number_length)?;
        let unit_length = rest
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(rest.len());
        let (unit, rest) = rest.split_at_checked(unit_length)?;
        let place = units.iter().position(|(name, _)| *name == unit)?;
        let (known, smaller) = units.split_at_checked(place + 1)?;
        let (_, unit_millis) = known.last()?;
        millis += decimal(number)? * unit_millis;
        if rest.is_empty() {
            return Some(millis);
        }
        text = rest;
        units = smaller;
    }
}

/// Digits, with a point only between digits.
fn decimal(text: &str) -> Option<f64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    if whole.is_empty() || fraction.is_empty() || fraction.contains('.') {
        return None;
    }
    Some(read_number(text))
}

/// Whether a text that is no duration reads like months or years: `P1M`, `P1Y`, `3mo`, `1 year`.
fn names_calendar_unit(text: &str) -> bool {
    if let Some(iso) = text.strip_prefix('P') {
        let date = iso.split('T').next().unwrap_or_default();
        return date.contains(['Y', 'M']);
    }
    let unit = text.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    ["M", "mo", "Mo", "y", "Y"].contains(&unit)
        || ["month", "year", "mon", "yr"]
            .iter()
            .any(|name| unit.starts_with(name))
}
