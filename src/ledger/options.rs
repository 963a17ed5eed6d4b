//! What a ledger is told beside its model.

use crate::error::{Error, ErrorCode};
use crate::event::check_profile;
use crate::json::{JsonFault, MAX_DEPTH};
use crate::time::Zone;
use crate::value::Value;
use alloc::{format, string::String, vec::Vec};

/// Bytes of a replica's or a time zone's name, at most. Chosen.
const MAX_NAME_BYTES: usize = 256;
/// Hours of a day.
const HOURS: u8 = 24;

/// What a ledger is told beside its model.
///
/// # Example
/// ```
/// use starwise::LedgerOptions;
/// let options = LedgerOptions::new("tab-1");
/// assert_eq!(options.time_zone, "UTC");
/// ```
#[derive(Debug, Clone)]
pub struct LedgerOptions {
    /// The profile of the customer: a [`Value::Map`].
    pub profile: Value,
    /// The zone whose civil days `perDay` counts by.
    pub zone: Zone,
    /// The IANA name of that zone, which snapshots carry.
    pub time_zone: String,
    /// The hour, 0 to 23, at which a civil day begins.
    pub day_start_hour: u8,
    /// Whose events these are: a name that no other ledger of this customer has or ever had, such as a random one.
    ///
    /// By replica and counter an event without an id is known to be the same when it comes again.
    pub replica: String,
}

impl LedgerOptions {
    /// For a replica, in universal time, with an empty profile.
    pub fn new(replica: &str) -> LedgerOptions {
        LedgerOptions {
            profile: Value::Map(Vec::new()),
            zone: Zone::utc(),
            time_zone: "UTC".into(),
            day_start_hour: 0,
            replica: replica.into(),
        }
    }

    /// The same, once all of it is what it must be.
    pub(super) fn checked(self) -> Result<LedgerOptions, Error> {
        if self.day_start_hour >= HOURS {
            let found = self.day_start_hour;
            let detail = format!("must be a whole number from 0 to 23, found `{found}`");
            let code = ErrorCode::OptionsInvalidDayStartHour;
            return Err(Error::new(code, "options.dayStartHour", detail));
        }
        check_replica(&self.replica)?;
        if !is_name(&self.time_zone) {
            let detail = format!("must be a name of at most {MAX_NAME_BYTES} bytes");
            let code = ErrorCode::OptionsInvalidTimeZone;
            return Err(Error::new(code, "options.timeZone", detail));
        }
        let profile = checked_profile(self.profile)?;
        Ok(LedgerOptions { profile, ..self })
    }
}

pub(super) fn check_replica(name: &str) -> Result<(), Error> {
    if is_name(name) {
        return Ok(());
    }
    let detail = format!("must be a text of 1 to {MAX_NAME_BYTES} bytes");
    Err(Error::new(
        ErrorCode::OptionsInvalidReplica,
        "options.replica",
        detail,
    ))
}

/// A profile, once it is one.
pub(super) fn checked_profile(profile: Value) -> Result<Value, Error> {
    // A history that holds it is one container more.
    if profile.is_deeper_than(MAX_DEPTH - 1) {
        return Err(JsonFault::TooDeep.into());
    }
    check_profile(Some(profile))
}

fn is_name(name: &str) -> bool {
    (1..=MAX_NAME_BYTES).contains(&name.len())
}
