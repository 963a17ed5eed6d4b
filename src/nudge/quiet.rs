//! Quiet hours and the end of a day, by the customer's clock: right where the clock is set forward or back.

use crate::model::QuietHours;
use crate::time::{Instant, MILLIS_PER_DAY, MILLIS_PER_HOUR, Zone};

const MILLIS_PER_MINUTE: i64 = 60_000;

impl QuietHours {
    /// Whether it is quiet at an instant.
    pub(super) fn hold(&self, at: i64, zone: &Zone) -> bool {
        self.left(at + zone.offset_millis(at as f64)) > 0
    }

    /// The first instant after one in quiet hours at which they are over; none where they never are.
    pub(super) fn end(&self, at: i64, zone: &Zone) -> Option<Instant> {
        let is_always = (self.from, self.to) == (0, 24 * 60);
        (!is_always).then(|| first_without(at, zone, &|local| self.left(local)))
    }

    /// For how long it is still quiet at a local time, if the clock goes on as it does; 0 where it is not quiet.
    fn left(&self, local: i64) -> i64 {
        let now = local.rem_euclid(MILLIS_PER_DAY);
        let [from, to] = [self.from, self.to].map(|minute| i64::from(minute) * MILLIS_PER_MINUTE);
        let is_quiet = match from < to {
            true => from <= now && now < to,
            false => from <= now || now < to,
        };
        match is_quiet {
            true if now < to => to - now,
            true => to - now + MILLIS_PER_DAY,
            false => 0,
        }
    }
}

/// The first instant after one that falls on another civil day.
pub(super) fn end_of_day(at: i64, zone: &Zone, day_start_hour: u8) -> Instant {
    let shift = i64::from(day_start_hour) * MILLIS_PER_HOUR;
    let day_of = |local: i64| (local - shift).div_euclid(MILLIS_PER_DAY);
    let today = day_of(at + zone.offset_millis(at as f64));
    first_without(at, zone, &|local| match day_of(local) == today {
        true => (today + 1) * MILLIS_PER_DAY + shift - local,
        false => 0,
    })
}

/// The first instant at which nothing is left, where `left` tells how long it will be by a clock that is never set.
fn first_without(at: i64, zone: &Zone, left: &dyn Fn(i64) -> i64) -> Instant {
    let mut at = at;
    loop {
        match left(at + zone.offset_millis(at as f64)) {
            0 => return Instant::known(at as f64),
            left => {
                at = zone
                    .next_change(at)
                    .map_or(at + left, |set| set.min(at + left))
            }
        }
    }
}
