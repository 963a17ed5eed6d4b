//! Civil days, ISO weeks and months by number, and when each begins.
//!
//! Days are those of a zone, shifted by the hour at which they begin; weeks and months are made of such days. Nothing is
//! reckoned by 24 hours: when an interval begins, the offsets of the zone say.

#[cfg(target_arch = "wasm32")]
use super::streak::SHOWN;
use crate::course::Days;
use crate::model::Every;
#[cfg(target_arch = "wasm32")]
use crate::model::Model;
use crate::time::{days_from_civil, month_of_day};

/// From the Monday before it to 1970-01-01, in days.
const FROM_MONDAY: i64 = 3;

impl Days<'_> {
    /// The number of the interval that a time in epoch ms falls into.
    pub(super) fn interval(self, every: Every, time: f64) -> i64 {
        let day = self.zone.civil_day(time, self.start_hour) as i64;
        match every {
            Every::Day => day,
            Every::Week => (day + FROM_MONDAY).div_euclid(7),
            Every::Month => {
                let (year, month) = month_of_day(day);
                year * 12 + month - 1
            }
        }
    }

    /// The first instant of an interval, in epoch ms; of one that a zone leaves out, that of the next.
    pub(super) fn start(self, every: Every, interval: i64) -> f64 {
        self.start_after(every, interval, f64::NEG_INFINITY)
    }

    /// The same, after an instant at which it has not begun: where clocks are set back over its beginning, it begins twice.
    pub(super) fn start_after(self, every: Every, interval: i64, after: f64) -> f64 {
        let day = match every {
            Every::Day => interval,
            Every::Week => interval * 7 - FROM_MONDAY,
            Every::Month => {
                let (year, month) = (interval.div_euclid(12), interval.rem_euclid(12) + 1);
                days_from_civil(year, month, 1)
            }
        };
        self.zone
            .first_instant_of(day as f64, self.start_hour, after)
    }
}

#[cfg(target_arch = "wasm32")]
impl Model {
    /// How many days of 24 hours around an instant streaks ask the zone about: ahead up to where one ends, back to the
    /// beginning of the first interval that is shown; 0 without streaks.
    pub(crate) fn days_of_streaks(&self, is_ahead: bool) -> u64 {
        let days = self.progress.streaks.iter().map(|streak| {
            let days = match streak.every {
                Every::Day => 1,
                Every::Week => 7,
                Every::Month => 31,
            };
            let intervals = match is_ahead {
                true => u64::from(streak.freezes) + 2,
                false => SHOWN as u64,
            };
            // A day more on either side, for days that are longer.
            days * intervals + 2
        });
        days.max().unwrap_or(0)
    }
}
