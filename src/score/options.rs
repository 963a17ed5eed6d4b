//! What a caller says beside model and history.

use crate::error::{Error, ErrorCode};
use crate::event::OnInvalid;
use crate::model::is_language_tag;
use crate::number::is_whole;
use crate::time::{Duration, Instant, Zone};
use crate::value::Value;
use alloc::{format, string::String, string::ToString};

/// The instant of evaluation and what else a score may depend on.
///
/// # Example
/// ```
/// use starwise::{Instant, ScoreOptions, Zone};
/// let at = Instant::from_rfc3339("2024-03-01T00:00:00Z").map_err(|_| "an instant")?;
/// let options = ScoreOptions { zone: Zone::named("Europe/Berlin").map_err(|_| "a zone")?, ..ScoreOptions::at(at) };
/// # assert_eq!(options.day_start_hour, 0);
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug, Clone)]
pub struct ScoreOptions {
    /// The instant of evaluation. The core has no clock: it is always given.
    pub at: Instant,
    /// The zone whose civil days `perDay` counts by.
    pub zone: Zone,
    /// The hour, 0 to 23, at which a civil day begins.
    pub day_start_hour: u8,
    /// The p95 of a population, for models whose target is `"baseline"`.
    pub baseline: Option<f64>,
    /// What to work out beside the score.
    pub include: Include,
    /// How far to look for the next change.
    pub horizon: Duration,
    /// The BCP 47 tag by which texts are picked.
    pub locale: Option<String>,
    /// The id of the nudge that the customer sees now: it stays while it may, whatever else could be shown.
    pub showing: Option<String>,
}

/// What is worked out only when asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Include {
    /// Where the score is heading.
    pub trend: bool,
    /// What it takes to reach the next star.
    pub next_star: bool,
    /// When stars or segment change if nothing more happens.
    pub next_change: bool,
}

impl ScoreOptions {
    /// At an instant, in universal time, with nothing extra.
    pub fn at(at: Instant) -> ScoreOptions {
        ScoreOptions {
            at,
            zone: Zone::utc(),
            day_start_hour: 0,
            baseline: None,
            include: Include::default(),
            horizon: Duration::DAYS_365,
            locale: None,
            showing: None,
        }
    }

    /// Reads the options of a call from plain data: `{ at, dayStartHour?, baseline?, include?, locale?, showing?,
    /// onInvalid? }`.
    ///
    /// `null` is absence, other keys are ignored. `timeZone` is the caller's to turn into a [`Zone`].
    ///
    /// # Errors
    /// The `options-…` codes.
    pub fn from_value(value: &Value) -> Result<(ScoreOptions, OnInvalid), Error> {
        if !matches!(value, Value::Map(_)) {
            let detail = format!("must be an object, found {}", value.describe_kind());
            return Err(Error::new(ErrorCode::OptionsWrongType, "options", detail));
        }
        let given = |key| value.get(key).filter(|found| **found != Value::Null);
        let at = given("at")
            .ok_or_else(|| Error::new(ErrorCode::OptionsInvalidAt, "options.at", "is missing"))?;
        let at = Instant::from_value(at).map_err(|reason| {
            let detail = format!("{}, found {}", reason.expectation(), at.describe());
            Error::new(ErrorCode::OptionsInvalidAt, "options.at", detail)
        })?;
        let options = ScoreOptions {
            day_start_hour: given("dayStartHour").map_or(Ok(0), read_day_start_hour)?,
            baseline: given("baseline").map(read_baseline).transpose()?,
            include: given("include").map_or(Ok(Include::default()), read_include)?,
            horizon: given("horizon").map_or(Ok(Duration::DAYS_365), |found| {
                read_length(found, ErrorCode::OptionsInvalidHorizon, "options.horizon")
            })?,
            locale: given("locale").map(read_locale).transpose()?,
            showing: given("showing").map(read_showing).transpose()?,
            ..ScoreOptions::at(at)
        };
        let on_invalid = given("onInvalid").map_or(Ok(OnInvalid::Error), read_on_invalid)?;
        Ok((options, on_invalid))
    }
}

/// A length of time of at least a ms: ms, or a duration.
pub(crate) fn read_length(value: &Value, code: ErrorCode, path: &str) -> Result<Duration, Error> {
    let length = match value {
        Value::Number(millis) => Duration::from_millis(*millis),
        Value::Text(text) => Duration::parse(text).ok(),
        _ => None,
    };
    match length {
        Some(length) if length.millis() >= 1 => Ok(length),
        _ => Err(refuse(
            code,
            path,
            "at least 1 ms: a number, or a duration such as `1d`",
            value,
        )),
    }
}

fn read_day_start_hour(value: &Value) -> Result<u8, Error> {
    match value {
        Value::Number(hour) if is_whole(*hour) && (0.0..=23.0).contains(hour) => Ok(*hour as u8),
        _ => Err(refuse(
            ErrorCode::OptionsInvalidDayStartHour,
            "options.dayStartHour",
            "a whole number from 0 to 23",
            value,
        )),
    }
}

fn read_baseline(value: &Value) -> Result<f64, Error> {
    match value {
        // Whether it is in range matters only to a model that asks for it.
        Value::Number(baseline) => Ok(*baseline),
        _ => Err(refuse(
            ErrorCode::OptionsInvalidBaseline,
            "options.baseline",
            "a number",
            value,
        )),
    }
}

fn read_locale(value: &Value) -> Result<String, Error> {
    match value {
        Value::Text(locale) if is_language_tag(locale) => Ok(locale.to_string()),
        _ => Err(refuse(
            ErrorCode::OptionsInvalidLocale,
            "options.locale",
            "a language tag such as `pt-BR`",
            value,
        )),
    }
}

/// Whether there is a nudge of that name, its model knows.
fn read_showing(value: &Value) -> Result<String, Error> {
    match value {
        Value::Text(id) => Ok(id.to_string()),
        _ => Err(refuse(
            ErrorCode::OptionsUnknownNudge,
            "options.showing",
            "the id of a nudge of the model",
            value,
        )),
    }
}

fn read_on_invalid(value: &Value) -> Result<OnInvalid, Error> {
    match value {
        Value::Text(name) if &**name == "error" => Ok(OnInvalid::Error),
        Value::Text(name) if &**name == "skip" => Ok(OnInvalid::Skip),
        _ => Err(refuse(
            ErrorCode::OptionsInvalidOnInvalid,
            "options.onInvalid",
            "`error` or `skip`",
            value,
        )),
    }
}

/// `"all"`, or a list of names.
fn read_include(value: &Value) -> Result<Include, Error> {
    match value {
        Value::Text(name) if &**name == "all" => Ok(Include {
            trend: true,
            next_star: true,
            next_change: true,
        }),
        Value::List(names) => {
            let mut include = Include::default();
            for (index, name) in names.iter().enumerate() {
                match name {
                    Value::Text(name) if &**name == "trend" => include.trend = true,
                    Value::Text(name) if &**name == "nextStar" => include.next_star = true,
                    Value::Text(name) if &**name == "nextChange" => include.next_change = true,
                    _ => {
                        let path = format!("options.include[{index}]");
                        return Err(refuse(
                            ErrorCode::OptionsInvalidInclude,
                            &path,
                            "`trend`, `nextStar` or `nextChange`",
                            name,
                        ));
                    }
                }
            }
            Ok(include)
        }
        _ => Err(refuse(
            ErrorCode::OptionsInvalidInclude,
            "options.include",
            "`all` or a list such as `[\"trend\"]`",
            value,
        )),
    }
}

fn refuse(code: ErrorCode, path: &str, expectation: &str, found: &Value) -> Error {
    let detail = format!("must be {expectation}, found {}", found.describe());
    Error::new(code, path, detail)
}
