//! Instants: whole milliseconds since 1970-01-01T00:00:00Z, within the range of a JavaScript `Date`.

use core::fmt;

use serde::Serialize;

use super::duration::Duration;
use super::{MILLIS_PER_DAY, MILLIS_PER_HOUR};
use crate::number::{floor, within};
use crate::value::Value;

/// The largest distance from 1970 a `Date` can hold, in ms (ECMAScript, "Time Values").
const MAX_MILLIS: f64 = 8.64e15;
/// Numbers nearer to 1970 than this are taken for seconds: 1973-03-03 as ms, the year 5138 as seconds.
const LOOKS_LIKE_SECONDS: f64 = 1e11;
const MILLIS_PER_MINUTE: i64 = 60_000;

/// One instant, in epoch milliseconds UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Instant(i64);

/// Why something is no instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InstantFault {
    /// Neither a number nor a text.
    WrongType,
    /// NaN.
    NotANumber,
    /// Nearer to 1970 than 10^11 ms.
    LooksLikeSeconds,
    /// Beyond the range of a `Date`.
    OutOfRange,
    /// A text that is no RFC 3339 date and time of the calendar.
    NotRfc3339,
}

/// 2^52: doubles from here on are whole.
const NO_FRACTION: f64 = (1_u64 << 52) as f64;

impl Instant {
    /// The last one that a JavaScript `Date` can be.
    pub(crate) const LAST: Instant = Instant(MAX_MILLIS as i64);

    /// From epoch milliseconds; fractions are floored.
    ///
    /// # Errors
    /// [`InstantFault`] for what is no number, looks like seconds, or is out of range.
    ///
    /// # Example
    /// ```
    /// use starwise::{Instant, InstantFault};
    /// assert_eq!(Instant::from_millis(1_704_368_738_000.9).map(Instant::millis), Ok(1_704_368_738_000));
    /// assert_eq!(Instant::from_millis(1_704_368_738.0), Err(InstantFault::LooksLikeSeconds));
    /// ```
    #[inline]
    pub fn from_millis(millis: f64) -> Result<Instant, InstantFault> {
        if millis.is_nan() {
            return Err(InstantFault::NotANumber);
        }
        if millis.abs() < LOOKS_LIKE_SECONDS {
            return Err(InstantFault::LooksLikeSeconds);
        }
        if millis.abs() > MAX_MILLIS + 1.0 || floor(millis).abs() > MAX_MILLIS {
            return Err(InstantFault::OutOfRange);
        }
        Ok(Instant(floor(millis) as i64))
    }

    /// From an RFC 3339 text with an offset or `Z`, checked as a calendar date.
    ///
    /// # Source
    /// RFC 3339, section 5.6, strictly; a leap second (`:60`) has no epoch millisecond and is refused.
    ///
    /// # Errors
    /// [`InstantFault::NotRfc3339`].
    ///
    /// # Example
    /// ```
    /// use starwise::Instant;
    /// let at = Instant::from_rfc3339("2024-03-01T00:30:00+01:00");
    /// assert_eq!(at.map(Instant::millis), Ok(1_709_249_400_000));
    /// assert!(Instant::from_rfc3339("2024-02-30T00:00:00Z").is_err());
    /// ```
    pub fn from_rfc3339(text: &str) -> Result<Instant, InstantFault> {
        Instant::from_rfc3339_bytes(text.as_bytes())
    }

    /// From the UTF-8 of such a text.
    pub(crate) fn from_rfc3339_bytes(text: &[u8]) -> Result<Instant, InstantFault> {
        read_rfc3339(text)
            .map(Instant)
            .ok_or(InstantFault::NotRfc3339)
    }

    /// Whether a number of milliseconds is an instant as it stands, without a fraction. Of the last some it may say no:
    /// whoever asks has a careful way besides.
    #[inline(always)]
    pub(crate) fn is_whole(millis: f64) -> bool {
        let size = millis.abs();
        // Beside so large a number there is no room for a fraction.
        (size + NO_FRACTION) - NO_FRACTION == size
            && (LOOKS_LIKE_SECONDS..=MAX_MILLIS).contains(&size)
    }

    /// From whole milliseconds that were checked before.
    pub(crate) fn known(millis: f64) -> Instant {
        Instant(millis as i64)
    }

    /// The same, or the nearest that a `Date` can be.
    pub(crate) fn nearest(millis: f64) -> Instant {
        Instant::known(within(millis, -MAX_MILLIS, MAX_MILLIS))
    }

    /// The same where they may lie beyond what a `Date` can be.
    pub(crate) fn within(millis: f64) -> Option<Instant> {
        (millis.abs() <= MAX_MILLIS).then_some(Instant(millis as i64))
    }

    /// From what stands in JSON: a number of milliseconds or an RFC 3339 text.
    pub(crate) fn from_value(value: &Value) -> Result<Instant, InstantFault> {
        match value {
            Value::Number(millis) => Instant::from_millis(*millis),
            Value::Text(text) | Value::Torn(text) => Instant::from_rfc3339(text),
            _ => Err(InstantFault::WrongType),
        }
    }

    /// Epoch milliseconds.
    pub fn millis(self) -> i64 {
        self.0
    }

    /// Milliseconds from `earlier` to this instant; negative when it is the later one.
    pub fn since(self, earlier: Instant) -> i64 {
        self.0 - earlier.0
    }

    /// The instant a duration earlier. It may lie before the first `Date`.
    pub fn before(self, duration: Duration) -> Instant {
        Instant(self.0 - duration.millis())
    }
}

impl InstantFault {
    /// What was expected, for a message.
    pub(crate) fn expectation(self) -> &'static str {
        match self {
            InstantFault::WrongType | InstantFault::NotANumber => {
                "must be epoch milliseconds or an RFC 3339 text"
            }
            InstantFault::LooksLikeSeconds => {
                "must be epoch milliseconds, and this looks like seconds"
            }
            InstantFault::OutOfRange => "must lie within 8.64e15 ms of 1970",
            InstantFault::NotRfc3339 => {
                "must be an RFC 3339 date and time with an offset, such as `2024-02-29T12:00:00Z`"
            }
        }
    }
}

impl fmt::Display for InstantFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expectation())
    }
}

impl core::error::Error for InstantFault {}

/// `YYYY-MM-DDThh:mm:ss[.fraction](Z|±hh:mm)` in epoch milliseconds.
fn read_rfc3339(text: &[u8]) -> Option<i64> {
    let (date_time, mut rest) = text.split_at_checked(19)?;
    let &[
        y1,
        y2,
        y3,
        y4,
        b'-',
        m1,
        m2,
        b'-',
        d1,
        d2,
        b'T' | b't',
        h1,
        h2,
        b':',
        n1,
        n2,
        b':',
        s1,
        s2,
    ] = date_time
    else {
        return None;
    };
    let year = digits(&[y1, y2, y3, y4])?;
    let month = digits(&[m1, m2])?;
    let day = digits(&[d1, d2])?;
    let hour = digits(&[h1, h2])?;
    let minute = digits(&[n1, n2])?;
    let second = digits(&[s1, s2])?;
    if !(1..=12).contains(&month) || !(1..=days_in_month(year, month)).contains(&day) {
        return None;
    }
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let mut millis = 0;
    if let Some((b'.', fraction)) = rest.split_first() {
        let length = fraction
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        if length == 0 {
            return None;
        }
        let (fraction, after) = fraction.split_at_checked(length)?;
        let mut places = fraction.iter().copied().chain(core::iter::repeat(b'0'));
        millis = digits(&[places.next()?, places.next()?, places.next()?])?;
        rest = after;
    }
    let local = days_from_civil(year, month, day) * MILLIS_PER_DAY
        + hour * MILLIS_PER_HOUR
        + minute * MILLIS_PER_MINUTE
        + second * 1_000
        + millis;
    Some(local - offset_millis(rest)?)
}

fn offset_millis(text: &[u8]) -> Option<i64> {
    match *text {
        [b'Z' | b'z'] => Some(0),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let (hour, minute) = (digits(&[h1, h2])?, digits(&[m1, m2])?);
            if hour > 23 || minute > 59 {
                return None;
            }
            let offset = hour * MILLIS_PER_HOUR + minute * MILLIS_PER_MINUTE;
            Some(if sign == b'-' { -offset } else { offset })
        }
        _ => None,
    }
}

fn digits(bytes: &[u8]) -> Option<i64> {
    bytes.iter().try_fold(0, |number, byte| {
        byte.is_ascii_digit()
            .then(|| number * 10 + i64::from(byte - b'0'))
    })
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar.
///
/// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
pub(crate) fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The year and the month, 1 to 12, of a day counted from 1970-01-01.
///
/// Source: the same, `civil_from_days`.
pub(crate) fn month_of_day(day: i64) -> (i64, i64) {
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month)
}
