//! A level: its number within a ring that closes towards the next.

use super::given::Given;
use super::ink::{Role, fill, stroke};
use super::markup::put;
use super::style::Style;
use crate::error::Error;
use crate::value::Value;
use alloc::string::String;

const DEFAULT_SIZE: f64 = 96.0;
/// Smaller pictures have no room for a word.
const LEAST_WITH_WORD: f64 = 56.0;
/// Words in smaller letters are left out, of 96.
const LEAST_LETTERS: f64 = 6.0;
/// Of a ring whose length is 100, what is drawn at most before it is closed: its round ends take 3.4 more, and a gap stays.
const OPEN: f64 = 94.5;
/// Room for the number within the ring, and for the word above it.
const NUMBER_ROOM: f64 = 58.0;
const WORD_ROOM: f64 = 44.0;
/// How wide characters are beside their size, about: what fonts share.
pub(super) const DIGIT: f64 = 0.6;
const LETTER: f64 = 0.72;

pub(super) fn draw(value: &Value, style: &Style<'_>) -> Result<String, Error> {
    let given = Given::root(value, "level").object()?;
    let level = style.number(given.key("level").number()?);
    let next = given.key("next").optional_number()?;
    let points = given.key("points").number()?;
    let points = style.number_towards(points, next.unwrap_or(points));
    let share = given.key("share").share()?;
    let name = match next {
        Some(next) => style.words(
            "level",
            &[
                ("level", &level),
                ("points", &points),
                ("next", &style.number(next)),
            ],
        ),
        None => style.words("levelHighest", &[("level", &level), ("points", &points)]),
    };
    let name = match given.key("name").optional_text()? {
        Some(label) => style.words("named", &[("label", label), ("text", &name)]),
        None => name,
    };

    let mut markup = style.markup();
    style.open_svg(
        &mut markup,
        "level",
        (96.0, 96.0),
        style.size.unwrap_or(DEFAULT_SIZE),
        &name,
        "",
    );
    put!(
        markup,
        r#"<circle part="track" cx="48" cy="48" r="42"$/>"#,
        stroke(Role::Rail, 9.0)
    );
    let role = if next.is_some() {
        Role::Accent
    } else {
        Role::Color
    };
    if share > 0.0 {
        let turn = if style.is_rtl {
            "matrix(0-1-1 0 96 96)"
        } else {
            "matrix(0-1 1 0 0 96)"
        };
        put!(
            markup,
            r#"<circle part="bar" cx="48" cy="48" r="42"$ stroke-linecap="round" pathLength="100" transform="$" stroke-dasharray="$ 100"/>"#,
            stroke(role, 9.0),
            turn,
            dash(share, OPEN)
        );
    }
    let word = style.word("levelMark");
    let size = style.size.unwrap_or(DEFAULT_SIZE);
    let letters = fitting(word, WORD_ROOM, LETTER, 10.0);
    let has_word = !word.is_empty() && size >= LEAST_WITH_WORD && letters >= LEAST_LETTERS;
    if has_word {
        put!(
            markup,
            r#"<text part="mark" x="48" y="34"$ font-family="system-ui, sans-serif" font-size="$" font-weight="600" letter-spacing=".06em" text-anchor="middle">$</text>"#,
            fill(Role::Muted),
            letters,
            word
        );
    }
    let size = fitting(&level, NUMBER_ROOM, DIGIT, 34.0);
    let base = if has_word { 54.0 } else { 48.0 } + 0.36 * size;
    put!(
        markup,
        r#"<text part="number" x="48" y="$"$ direction="ltr" font-family="system-ui, sans-serif" font-size="$" font-weight="700" text-anchor="middle">$</text></svg>"#,
        base,
        fill(Role::Text),
        size,
        &level
    );
    Ok(markup.finish())
}

/// How much of a ring is drawn: all of it only where nothing is missing, so that it does not look closed before.
pub(super) fn dash(share: f64, open: f64) -> f64 {
    if share < 1.0 { open * share } else { 100.0 }
}

/// The size at which a text fits, and no larger than the largest.
pub(super) fn fitting(text: &str, room: f64, width: f64, largest: f64) -> f64 {
    let size = room / (width * count(text).max(1.0));
    if size < largest { size } else { largest }
}

/// How many characters are seen: an emoji of several joined ones is one, and so is a flag.
fn count(text: &str) -> f64 {
    let (mut count, mut before, mut is_half_flag) = (0.0, ' ', false);
    for c in text.chars() {
        let ends_flag = is_half_flag && is_flag(c);
        let is_part = is_joined(c) || ends_flag || before == '\u{200d}' && c >= '\u{2190}';
        if !is_part {
            count += 1.0;
        }
        is_half_flag = is_flag(c) && !ends_flag;
        before = c;
    }
    count
}

/// Whether a character is one of the two letters of a flag.
fn is_flag(c: char) -> bool {
    matches!(c, '\u{1f1e6}'..='\u{1f1ff}')
}

/// Whether a character takes no room of its own: joiners, variation selectors, skin tones, marks.
fn is_joined(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{300}'..='\u{36f}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{20e3}' | '\u{e0000}'..='\u{e007f}')
}
