//! One key of a style as it was handed over, checked: the first fault ends the picture.

use super::color::{NAMES, is_color};
use super::given::listed;
use super::words::{ENGLISH, english, wrong_placeholder};
use crate::check::Checker;
use crate::error::{Error, ErrorCode};
use crate::number::number_text;
use crate::time::Instant;
use crate::value::{Value, describe_text, key_step};
use alloc::{format, vec::Vec};

/// Bytes of a nonce, at most.
const MAX_NONCE_LENGTH: usize = 256;
const MAX_PREFIX_LENGTH: usize = 64;
/// Heights of a timeline at which a line is drawn, at most: as many stars as there can be.
const MAX_THRESHOLDS: usize = 10;

pub(super) fn check_keys(
    entries: &[(alloc::boxed::Box<str>, Value)],
    path: &str,
    known: &[&str],
) -> Result<(), Error> {
    match entries.iter().find(|(key, _)| !known.contains(&&**key)) {
        None => Ok(()),
        Some((key, _)) => {
            let hint = Checker::default().hint(key, known);
            let path = format!("{path}{}", key_step(key));
            Err(Error::new(
                ErrorCode::StyleUnknownKey,
                path,
                format!("is not a known key{hint}"),
            ))
        }
    }
}

pub(super) fn read_number(
    given: Option<&Value>,
    key: &str,
    least: f64,
    most: f64,
) -> Result<Option<f64>, Error> {
    match given {
        None => Ok(None),
        Some(Value::Number(number)) if (least..=most).contains(number) => Ok(Some(*number)),
        Some(Value::Number(number)) => {
            let expectation = format!(
                "a number from {} to {}",
                number_text(least),
                number_text(most)
            );
            Err(out_of_range(key, &expectation, &Value::Number(*number)))
        }
        Some(found) => Err(wrong_type(&format!("style.{key}"), "a number", found)),
    }
}

pub(super) fn read_text<'s>(given: Option<&'s Value>, key: &str) -> Result<Option<&'s str>, Error> {
    match given {
        None => Ok(None),
        Some(Value::Text(text) | Value::Torn(text)) => Ok(Some(text)),
        Some(found) => Err(wrong_type(&format!("style.{key}"), "a text", found)),
    }
}

pub(super) fn read_flag(given: Option<&Value>, key: &str) -> Result<bool, Error> {
    match given {
        None => Ok(false),
        Some(Value::Bool(flag)) => Ok(*flag),
        Some(found) => Err(wrong_type(&format!("style.{key}"), "true or false", found)),
    }
}

/// One of a few names; the first where there is none.
pub(super) fn read_choice(
    given: Option<&Value>,
    key: &str,
    choices: &[&'static str],
) -> Result<&'static str, Error> {
    let Some(text) = read_text(given, key)? else {
        return Ok(choices.first().copied().unwrap_or_default());
    };
    let found = choices.iter().find(|choice| **choice == text);
    found.copied().ok_or_else(|| {
        let hint = Checker::default().hint(text, choices);
        let detail = format!(
            "must be {}, found {}{hint}",
            listed(choices),
            describe_text(text)
        );
        Error::new(ErrorCode::StyleUnknownValue, format!("style.{key}"), detail)
    })
}

pub(super) fn read_color<'s>(text: Option<&'s str>, key: &str) -> Result<Option<&'s str>, Error> {
    let Some(wrong) = text.filter(|text| !is_color(text)) else {
        return Ok(text);
    };
    let names: Vec<&str> = NAMES.split(' ').collect();
    let hint = Checker::default().hint(wrong, &names);
    let detail = format!(
        "must be a color such as `#c60`, `rgb(204, 102, 0)`, `tomato` or `currentColor`, found {}{hint}",
        describe_text(wrong)
    );
    Err(Error::new(
        ErrorCode::StyleInvalidColor,
        format!("style.{key}"),
        detail,
    ))
}

/// Texts by their key, whose placeholders are among ours.
pub(super) fn read_words(
    given: Option<&Value>,
) -> Result<&[(alloc::boxed::Box<str>, Value)], Error> {
    let entries = match given {
        None => return Ok(&[]),
        Some(Value::Map(entries)) => entries,
        Some(found) => return Err(wrong_type("style.words", "an object", found)),
    };
    let keys = ENGLISH.map(|(key, _)| key);
    check_keys(entries, "style.words", &keys)?;
    for (key, value) in entries {
        let path = format!("style.words{}", key_step(key));
        let (Value::Text(text) | Value::Torn(text)) = value else {
            return Err(wrong_type(&path, "a text", value));
        };
        if let Some(wrong) = wrong_placeholder(text, english(key).unwrap_or_default()) {
            let detail = match wrong {
                "" => "must have its braces in pairs, with a name between them; `{{` and `}}` are braces".into(),
                _ => format!("has no placeholder {}", describe_text(wrong)),
            };
            return Err(Error::new(ErrorCode::StyleInvalidWords, path, detail));
        }
    }
    Ok(entries)
}

/// `true` or `{ nonce }`: whether there is to be a `<style>` element, and its nonce.
pub(super) fn read_styles(given: Option<&Value>) -> Result<(bool, Option<&str>), Error> {
    let entries = match given {
        None | Some(Value::Bool(false)) => return Ok((false, None)),
        Some(Value::Bool(true)) => return Ok((true, None)),
        Some(Value::Map(entries)) => entries,
        Some(found) => {
            return Err(wrong_type(
                "style.styles",
                "true, false or an object",
                found,
            ));
        }
    };
    check_keys(entries, "style.styles", &["nonce"])?;
    let nonce = given
        .and_then(|styles| styles.get("nonce"))
        .filter(|nonce| **nonce != Value::Null);
    let nonce = read_text(nonce, "styles.nonce")?;
    if nonce.is_some_and(|nonce| !is_nonce(nonce)) {
        let expectation = "1 to 256 characters of base64";
        return Err(invalid(
            ErrorCode::StyleInvalidNonce,
            "styles.nonce",
            expectation,
            nonce,
        ));
    }
    Ok((true, nonce))
}

/// An instant, in epoch ms.
pub(super) fn read_now(given: Option<&Value>) -> Result<Option<f64>, Error> {
    let Some(value) = given else { return Ok(None) };
    match (value, Instant::from_value(value)) {
        (_, Ok(at)) => Ok(Some(at.millis() as f64)),
        // What is drawn may lie anywhere in time.
        (Value::Number(number), _) if number.is_finite() => Ok(Some(*number)),
        _ => Err(out_of_range("now", "an instant", value)),
    }
}

pub(super) fn read_thresholds(given: Option<&Value>) -> Result<Option<Vec<f64>>, Error> {
    let items = match given {
        None => return Ok(None),
        Some(Value::List(items)) if items.len() <= MAX_THRESHOLDS => items,
        Some(found @ Value::List(_)) => {
            return Err(out_of_range(
                "thresholds",
                &format!("a list of at most {MAX_THRESHOLDS}"),
                found,
            ));
        }
        Some(found) => return Err(wrong_type("style.thresholds", "a list", found)),
    };
    let numbers = items.iter().enumerate().map(|(index, item)| match item {
        Value::Number(number) if number.is_finite() => Ok(*number),
        _ => Err(out_of_range(
            &format!("thresholds[{index}]"),
            "a finite number",
            item,
        )),
    });
    numbers.collect::<Result<_, _>>().map(Some)
}

pub(super) fn wrong_type(path: &str, expectation: &str, found: &Value) -> Error {
    let detail = format!("must be {expectation}, found {}", found.describe_kind());
    Error::new(ErrorCode::StyleWrongType, path, detail)
}

pub(super) fn out_of_range(key: &str, expectation: &str, found: &Value) -> Error {
    let detail = format!("must be {expectation}, found {}", found.describe());
    Error::new(ErrorCode::StyleOutOfRange, format!("style.{key}"), detail)
}

pub(super) fn invalid(code: ErrorCode, key: &str, expectation: &str, found: Option<&str>) -> Error {
    let found = describe_text(found.unwrap_or_default());
    Error::new(
        code,
        format!("style.{key}"),
        format!("must be {expectation}, found {found}"),
    )
}

pub(super) fn is_prefix(text: &str) -> bool {
    text.len() <= MAX_PREFIX_LENGTH
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

/// # Source
/// Content Security Policy Level 3, `base64-value`.
fn is_nonce(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    (1..=MAX_NONCE_LENGTH).contains(&digits.len())
        && text.len() - digits.len() <= 2
        && digits
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'_' | b'-'))
}
