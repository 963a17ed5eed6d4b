//! How does it look? Results as pictures: SVG and HTML, the same bytes on every host. The only place that writes `<`.
//!
//! | function | of what |
//! |---|---|
//! | [`stars_svg`] | a number of stars, or a score's result |
//! | [`level_svg`], [`streak_svg`], [`badge_svg`] | the parts of a customer's progress |
//! | [`sparkline_svg`] | a timeline |
//! | [`checklist_html`], [`nudge_html`], [`leaderboard_html`] | what their names say |
//!
//! Each takes what is drawn and how as plain data. Keys of the data that it does not know are ignored, those of the
//! style are errors. Nothing is drawn by an inline style or a script, and no `<style>` element is written but on demand.
//!
//! | file | what it holds |
//! |---|---|
//! | `markup` | the writer: templates, and escaping |
//! | `ink` | colours by what they are for |
//! | `color` | the grammar of a caller's colours |
//! | `style` | the looks as they were handed over |
//! | `setting` | and their keys, one by one |
//! | `direction` | which way a language is written |
//! | `frame` | how a picture begins |
//! | `words` | what the pictures say of their own |
//! | `given` | reading what is drawn |
//! | `sheet` | the stylesheet |

mod badge;
mod checklist;
mod color;
mod direction;
mod frame;
mod given;
mod ink;
mod leaderboard;
mod level;
mod markup;
mod nudge;
mod setting;
mod sheet;
mod sparkline;
mod stars;
mod streak;
mod style;
mod words;

use crate::error::Error;
use crate::value::Value;
use alloc::string::String;
use style::Style;

/// What draws one kind of picture.
type Draw = fn(&Value, &Style<'_>) -> Result<String, Error>;

/// The stylesheet of all pictures: the text of `starwise.css`.
pub fn stylesheet() -> &'static str {
    sheet::SHEET
}

/// What draws a picture, by its place among the functions of the package's JavaScript.
#[cfg(target_arch = "wasm32")]
pub(crate) fn draw(kind: u8, value: &Value, style: &Value) -> Result<String, Error> {
    const KINDS: [Draw; 8] = [
        stars::draw,
        level::draw,
        streak::draw,
        badge::draw,
        sparkline::draw,
        checklist::draw,
        nudge::draw,
        leaderboard::draw,
    ];
    match KINDS.get(usize::from(kind)) {
        Some(draw) => drawn(*draw, value, style),
        None => Ok(stylesheet().into()),
    }
}

fn drawn(draw: Draw, value: &Value, style: &Value) -> Result<String, Error> {
    draw(value, &Style::read(style)?)
}

macro_rules! pictures {
    ($($(#[$doc:meta])* $function:ident = $file:ident;)*) => {
        $($(#[$doc])*
        pub fn $function(value: &Value, style: &Value) -> Result<String, Error> {
            drawn($file::draw, value, style)
        })*
    };
}

pictures! {
    /// Stars as SVG, the last perhaps in part: of a number, or of `{ starsExact, stars? }`.
    ///
    /// Numbers below 0 and above `count` are drawn as these.
    ///
    /// # Errors
    /// The `picture-…` and `style-…` codes.
    ///
    /// # Example
    /// ```
    /// use starwise::{Value, stars_svg};
    /// let picture = stars_svg(&Value::from(3.5), &Value::Null)?;
    /// assert!(picture.contains("3.5 of 5 stars"));
    /// # Ok::<(), starwise::Error>(())
    /// ```
    stars_svg = stars;
    /// A level as SVG, its number within a ring that closes: of `{ level, name?, points, next, share }`.
    ///
    /// # Errors
    /// The `picture-…` and `style-…` codes.
    level_svg = level;
    /// A streak as SVG, a flame and the last seven days: of `{ label?, every, current, atRisk?, freezesLeft?, recent? }`.
    ///
    /// # Errors
    /// The `picture-…` and `style-…` codes.
    streak_svg = streak;
    /// A badge as SVG, a medal or what is to become one: of `{ label, description?, icon?, earned, have, need, share }`.
    ///
    /// # Errors
    /// The `picture-…` and `style-…` codes.
    badge_svg = badge;
    /// A timeline as a small SVG: of `{ times, score, points?, stars? }`, at most 100,001 instants.
    ///
    /// # Errors
    /// The `picture-…` and `style-…` codes.
    sparkline_svg = sparkline;
    /// A checklist as HTML: of `{ label, icon?, share, doneSteps, requiredSteps, next, steps }`.
    ///
    /// # Errors
    /// The `picture-…` and `style-…` codes.
    checklist_html = checklist;
    /// A nudge as HTML: of `{ id, kind, title, body?, cta?, checklist?, survey? }`; of `null` the empty text.
    ///
    /// # Errors
    /// The `picture-…` and `style-…` codes.
    nudge_html = nudge;
    /// A leaderboard as HTML: of `{ rows: [{ id, label?, score, rank, previousRank?, movement?, isAround?, gap? }] }`.
    ///
    /// # Errors
    /// The `picture-…` and `style-…` codes.
    leaderboard_html = leaderboard;
}
