//! The only units of time: instants in epoch milliseconds, fixed durations, civil days of a zone.

mod duration;
mod instant;
mod zone;

pub use duration::{Duration, DurationFault};
pub use instant::{Instant, InstantFault};
pub use zone::{UnknownZone, Zone};

pub(crate) use instant::{days_from_civil, month_of_day};

/// Milliseconds in a day of 24 hours.
pub const MILLIS_PER_DAY: i64 = 86_400_000;
/// Milliseconds in an hour.
pub const MILLIS_PER_HOUR: i64 = 3_600_000;
