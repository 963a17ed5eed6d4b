//! How a picture is to look: `style` as it was handed over, checked.
//!
//! Every key is known to every picture, so that one style serves a whole page; a picture ignores what it has no use for.

use super::direction::is_right_to_left;
use super::ink::Palette;
use super::markup::Markup;
use super::setting::{
    check_keys, invalid, is_prefix, out_of_range, read_choice, read_color, read_flag, read_now,
    read_number, read_styles, read_text, read_thresholds, read_words, wrong_type,
};
use super::words::Words;
use crate::error::{Error, ErrorCode};
use crate::model::is_language_tag;
use crate::number::{floor, is_whole};
use crate::numeral::Numerals;
use crate::value::Value;
use alloc::{string::String, vec::Vec};

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
