//! From when to when, and in which steps.

use crate::course::Interval;
use crate::error::{Error, ErrorCode};
#[cfg(target_arch = "wasm32")]
use crate::score::read_length;
use crate::time::{Duration, Instant};
use crate::value::Value;
use alloc::format;

/// Steps of a timeline, at most.
const MAX_STEPS: i64 = 100_000;

/// A stretch of time, past or future.
///
/// # Example
/// ```
/// use starwise::{Instant, TimeRange};
/// let day = |text| Instant::from_rfc3339(text).map_err(|_| "an instant");
/// let range = TimeRange::new(day("2024-03-01T00:00:00Z")?, day("2024-04-01T00:00:00Z")?)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeRange {
    from: Instant,
    to: Instant,
}

impl TimeRange {
    /// From one instant to another that is not before it.
    ///
    /// # Errors
    /// `options-invalid-from`.
    pub fn new(from: Instant, to: Instant) -> Result<TimeRange, Error> {
        if from > to {
            let detail = "must not be after `to`";
            return Err(Error::new(
                ErrorCode::OptionsInvalidFrom,
                "options.from",
                detail,
            ));
        }
        Ok(TimeRange { from, to })
    }

    /// Reads `from` and `to` of the options of a call.
    ///
    /// # Errors
    /// `options-invalid-from`, `options-invalid-to`.
    pub fn from_value(options: &Value) -> Result<TimeRange, Error> {
        let read = |key: &str, code| {
            let path = format!("options.{key}");
            let found = options.get(key).filter(|found| **found != Value::Null);
            let Some(found) = found else {
                return Err(Error::new(code, path, "is missing"));
            };
            Instant::from_value(found).map_err(|reason| {
                let detail = format!("{}, found {}", reason.expectation(), found.describe());
                Error::new(code, path, detail)
            })
        };
        TimeRange::new(
            read("from", ErrorCode::OptionsInvalidFrom)?,
            read("to", ErrorCode::OptionsInvalidTo)?,
        )
    }

    /// The beginning.
    pub fn from(&self) -> Instant {
        self.from
    }

    /// The end, which belongs to it.
    pub fn to(&self) -> Instant {
        self.to
    }

    pub(crate) fn interval(&self) -> Interval {
        Interval {
            from: self.from.millis() as f64,
            to: self.to.millis() as f64,
        }
    }

    /// Reads `step` of the options of a call.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn read_step(options: &Value) -> Result<Duration, Error> {
        let code = ErrorCode::OptionsInvalidStep;
        match options.get("step").filter(|found| **found != Value::Null) {
            Some(found) => read_length(found, code, "options.step"),
            None => Err(Error::new(code, "options.step", "is missing")),
        }
    }

    /// How many instants it has, with a step between them.
    ///
    /// # Errors
    /// `options-invalid-step` for a step of nothing, `options-too-many-steps` beyond 100,000.
    pub(crate) fn count(&self, step: Duration) -> Result<usize, Error> {
        if step.millis() < 1 {
            let detail = "must be at least 1 ms, found `0`";
            return Err(Error::new(
                ErrorCode::OptionsInvalidStep,
                "options.step",
                detail,
            ));
        }
        let steps = self.to.since(self.from) / step.millis();
        if steps > MAX_STEPS {
            let detail = format!("must make at most {MAX_STEPS} steps, found `{steps}`");
            return Err(Error::new(
                ErrorCode::OptionsTooManySteps,
                "options.step",
                detail,
            ));
        }
        Ok(steps as usize + 1)
    }
}
