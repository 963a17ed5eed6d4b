//! How a picture is to look: `style` as it was handed over, checked.
//!
//! Every key is known to every picture, so that one style serves a whole page; a picture ignores what it has no use for.

use super::color::{NAMES, is_color};
use super::direction::is_right_to_left;
use super::given::listed;
use super::ink::Palette;
use super::markup::Markup;
use super::words::{ENGLISH, Words, english, wrong_placeholder};
use crate::check::Checker;
use crate::error::{Error, ErrorCode};
use crate::model::is_language_tag;
use crate::number::{floor, is_whole, number_text};
use crate::numeral::Numerals;
use crate::time::Instant;
use crate::value::{Value, describe_text, key_step};
use alloc::{format, string::String, vec::Vec};

const KEYS: [&str; 18] = [
    "size",
    "theme",
    "color",
    "trackColor",
    "label",
    "locale",
    "dir",
    "prefix",
    "words",
    "animated",
    "styles",
    "count",
    "width",
    "of",
    "now",
    "caption",
    "actions",
    "thresholds",
];
/// Pixels.
const MIN_SIZE: f64 = 8.0;
const MAX_SIZE: f64 = 1_024.0;
const MAX_WIDTH: f64 = 4_096.0;
const MAX_COUNT: f64 = 10.0;
const MAX_PREFIX_LENGTH: usize = 64;
const MAX_NONCE_LENGTH: usize = 256;
/// Heights of a timeline at which a line is drawn, at most: as many stars as there can be.
const MAX_THRESHOLDS: usize = 10;

/// What a caller may say of the looks.
pub(super) struct Style<'s> {
    /// The height in pixels.
    pub(super) size: Option<f64>,
    /// `auto`, `light` or `dark`.
    pub(super) theme: &'static str,
    palette: Palette<'s>,
    /// The accessible name; an empty one is that of decoration.
    pub(super) label: Option<&'s str>,
    pub(super) locale: Option<&'s str>,
    pub(super) is_rtl: bool,
    /// What ids begin with.
    pub(super) prefix: &'s str,
    words: Words<'s>,
    numerals: Numerals<'s>,
    pub(super) is_animated: bool,
    pub(super) has_styles: bool,
    pub(super) nonce: Option<&'s str>,
    /// Of how many stars.
    pub(super) count: u32,
    /// The width in pixels.
    pub(super) width: Option<f64>,
    /// What of a timeline is drawn.
    pub(super) of: &'static str,
    /// Epoch ms.
    pub(super) now: Option<f64>,
    pub(super) thresholds: Option<Vec<f64>>,
    pub(super) caption: Option<&'s str>,
    /// Whether steps without a link are buttons.
    pub(super) has_actions: bool,
}

impl<'s> Style<'s> {
    /// Reads a style; `null` is absence, of a key as of all.
    pub(super) fn read(value: &'s Value) -> Result<Style<'s>, Error> {
        let entries: &[_] = match value {
            Value::Null => &[],
            Value::Map(entries) => entries,
            _ => return Err(wrong_type("style", "an object", value)),
        };
        check_keys(entries, "style", &KEYS)?;
        let given = |key| value.get(key).filter(|found| **found != Value::Null);
        let number = |key, least, most| read_number(given(key), key, least, most);
        let text = |key| read_text(given(key), key);
        let theme = read_choice(given("theme"), "theme", &["auto", "light", "dark"])?;
        let dir = match given("dir") {
            Some(_) => Some(read_choice(given("dir"), "dir", &["ltr", "rtl"])?),
            None => None,
        };
        let locale = text("locale")?;
        if locale.is_some_and(|locale| !is_language_tag(locale)) {
            return Err(invalid(
                ErrorCode::StyleInvalidLocale,
                "locale",
                "a language tag such as `pt-BR`",
                locale,
            ));
        }
        let prefix = text("prefix")?.unwrap_or("starwise");
        if !is_prefix(prefix) {
            let expectation = "a letter and up to 63 letters, digits, `_` or `-`";
            return Err(invalid(
                ErrorCode::StyleInvalidPrefix,
                "prefix",
                expectation,
                Some(prefix),
            ));
        }
        let words = Words {
            own: read_words(given("words"))?,
        };
        let numerals = Numerals::of(locale).with(words.own("decimal"), words.own("group"));
        let (has_styles, nonce) = read_styles(given("styles"))?;
        let size = number("size", MIN_SIZE, MAX_SIZE)?;
        let count = number("count", 1.0, MAX_COUNT)?.unwrap_or(5.0);
        if !is_whole(count) {
            return Err(out_of_range(
                "count",
                "a whole number",
                &Value::Number(count),
            ));
        }
        Ok(Style {
            size,
            theme,
            palette: Palette {
                is_dark: theme == "dark",
                color: read_color(text("color")?, "color")?,
                track: read_color(text("trackColor")?, "trackColor")?,
            },
            label: text("label")?,
            locale,
            is_rtl: match dir {
                Some(dir) => dir == "rtl",
                None => locale.is_some_and(is_right_to_left),
            },
            prefix,
            words,
            numerals,
            is_animated: read_flag(given("animated"), "animated")?,
            has_styles,
            nonce,
            count: count as u32,
            width: number("width", MIN_SIZE, MAX_WIDTH)?,
            of: read_choice(given("of"), "of", &["score", "points", "stars"])?,
            now: read_now(given("now"))?,
            thresholds: read_thresholds(given("thresholds"))?,
            caption: text("caption")?,
            has_actions: read_flag(given("actions"), "actions")?,
        })
    }

    /// Something to write into.
    pub(super) fn markup(&self) -> Markup<'s> {
        Markup::new(self.palette)
    }

    /// The text of a key as it is.
    pub(super) fn word(&self, key: &str) -> &str {
        self.words.get(key)
    }

    /// The text of a key with its placeholders filled.
    pub(super) fn words(&self, key: &str, facts: &[(&str, &str)]) -> String {
        self.words.fill(key, facts)
    }

    /// The accessible name of what is more than an image, and so never without one.
    pub(super) fn heading(&self) -> Option<&'s str> {
        self.label.filter(|label| !label.is_empty())
    }

    /// A number for people: at most one decimal, half away from zero.
    pub(super) fn number(&self, number: f64) -> String {
        self.numerals.amount(number)
    }

    /// The same of a number on its way to another: it is not said to be there before it is.
    pub(super) fn number_towards(&self, number: f64, whole: f64) -> String {
        let text = self.number(number);
        match number < whole && text == self.number(whole) {
            true => self.number(floor(10.0 * number) / 10.0),
            false => text,
        }
    }
}

fn check_keys(
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

fn read_number(
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

fn read_text<'s>(given: Option<&'s Value>, key: &str) -> Result<Option<&'s str>, Error> {
    match given {
        None => Ok(None),
        Some(Value::Text(text) | Value::Torn(text)) => Ok(Some(text)),
        Some(found) => Err(wrong_type(&format!("style.{key}"), "a text", found)),
    }
}

fn read_flag(given: Option<&Value>, key: &str) -> Result<bool, Error> {
    match given {
        None => Ok(false),
        Some(Value::Bool(flag)) => Ok(*flag),
        Some(found) => Err(wrong_type(&format!("style.{key}"), "true or false", found)),
    }
}

/// One of a few names; the first where there is none.
fn read_choice(
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

fn read_color<'s>(text: Option<&'s str>, key: &str) -> Result<Option<&'s str>, Error> {
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
fn read_words(given: Option<&Value>) -> Result<&[(alloc::boxed::Box<str>, Value)], Error> {
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
fn read_styles(given: Option<&Value>) -> Result<(bool, Option<&str>), Error> {
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
fn read_now(given: Option<&Value>) -> Result<Option<f64>, Error> {
    let Some(value) = given else { return Ok(None) };
    match (value, Instant::from_value(value)) {
        (_, Ok(at)) => Ok(Some(at.millis() as f64)),
        // What is drawn may lie anywhere in time.
        (Value::Number(number), _) if number.is_finite() => Ok(Some(*number)),
        _ => Err(out_of_range("now", "an instant", value)),
    }
}

fn read_thresholds(given: Option<&Value>) -> Result<Option<Vec<f64>>, Error> {
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

fn wrong_type(path: &str, expectation: &str, found: &Value) -> Error {
    let detail = format!("must be {expectation}, found {}", found.describe_kind());
    Error::new(ErrorCode::StyleWrongType, path, detail)
}

fn out_of_range(key: &str, expectation: &str, found: &Value) -> Error {
    let detail = format!("must be {expectation}, found {}", found.describe());
    Error::new(ErrorCode::StyleOutOfRange, format!("style.{key}"), detail)
}

fn invalid(code: ErrorCode, key: &str, expectation: &str, found: Option<&str>) -> Error {
    let found = describe_text(found.unwrap_or_default());
    Error::new(
        code,
        format!("style.{key}"),
        format!("must be {expectation}, found {found}"),
    )
}

fn is_prefix(text: &str) -> bool {
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
