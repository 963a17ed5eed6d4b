//! The one writer of markup: its own templates with places in them, and whatever comes into a place is escaped.
//!
//! A template is a text of the program, so nothing of a caller's can be anything but text or the value of an attribute.

use super::ink::{Ink, Palette};
use crate::number::within;
use crate::numeral::push_decimal;
use alloc::string::String;

/// The place of a slot in a template.
const PLACE: char = '$';
/// Coordinates and sizes beyond this are drawn as if they were this.
const FARTHEST: f64 = 1e9;

/// Markup being written.
pub(super) struct Markup<'s> {
    out: String,
    palette: Palette<'s>,
}

/// What comes into a place of a template.
pub(super) enum Slot<'a> {
    /// A coordinate: at most two decimals.
    Number(f64),
    /// A text, or the value of an attribute.
    Text(&'a str),
    /// The attributes by which a shape is coloured.
    Ink(Ink),
}

impl From<f64> for Slot<'_> {
    fn from(number: f64) -> Self {
        Slot::Number(number)
    }
}

impl<'a> From<&'a str> for Slot<'a> {
    fn from(text: &'a str) -> Self {
        Slot::Text(text)
    }
}

impl<'a> From<&'a String> for Slot<'a> {
    fn from(text: &'a String) -> Self {
        Slot::Text(text)
    }
}

impl From<Ink> for Slot<'_> {
    fn from(ink: Ink) -> Self {
        Slot::Ink(ink)
    }
}

/// Writes a template, its places filled in order.
macro_rules! put {
    ($markup:expr, $template:expr $(, $slot:expr)* $(,)?) => {
        $markup.put($template, &[$($crate::render::markup::Slot::from($slot)),*])
    };
}
pub(super) use put;

impl<'s> Markup<'s> {
    /// Nothing yet.
    pub(super) fn new(palette: Palette<'s>) -> Markup<'s> {
        Markup {
            out: String::new(),
            palette,
        }
    }

    /// Writes a template, its places filled in order.
    pub(super) fn put(&mut self, template: &'static str, slots: &[Slot<'_>]) {
        let mut slots = slots.iter();
        for (position, piece) in template.split(PLACE).enumerate() {
            if position > 0 {
                match slots.next() {
                    Some(Slot::Number(number)) => push_number(*number, &mut self.out),
                    Some(Slot::Text(text)) => push_escaped(text, &mut self.out),
                    Some(Slot::Ink(ink)) => self.palette.push(*ink, &mut self.out),
                    None => {}
                }
            }
            self.out.push_str(piece);
        }
    }

    /// Writes rules of the stylesheet, which hold nothing that would have to be escaped.
    pub(super) fn put_sheet(&mut self, rules: &'static str) {
        self.out.push_str(rules);
    }

    /// What was written.
    pub(super) fn finish(self) -> String {
        self.out
    }
}

/// A text as it may stand anywhere: what means something to XML or HTML as references, what XML forbids as U+FFFD.
///
/// # Source
/// XML 1.0, fifth edition, production 2 (`Char`). Line ends and tabs as references, so that attributes keep them.
fn push_escaped(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&#34;"),
            '\'' => out.push_str("&#39;"),
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\0'..=' ' if c != ' ' => out.push('\u{fffd}'),
            '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

/// A coordinate, to a hundredth.
pub(super) fn push_number(number: f64, out: &mut String) {
    push_decimal(within(number, -FARTHEST, FARTHEST), 2, out);
}
