//! Colours by what they are for, light and dark; each has a class by which the stylesheet puts its own in their place.
//!
//! # Source
//! WCAG 2.2, success criteria 1.4.3 and 1.4.11: texts stand out 4.5 to 1 from white and from `#15171c`, and what a
//! picture tells 3 to 1. `tests/js/pictures.test.mjs` measures them.

use super::markup::{Slot, push_number};
use alloc::string::String;

/// What a colour is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// What was reached: stars, flames, medals.
    Color,
    /// How far one is: rings, bars, lines.
    Accent,
    /// What is still empty.
    Track,
    /// The same as a line, along which something grows.
    Rail,
    /// The outline of what is empty.
    Line,
    /// Words and numbers.
    Text,
    /// Words that matter less.
    Muted,
    /// A day that a freeze bridged.
    Frozen,
    /// The ground that all stand on.
    Paper,
    /// What stands on the first two.
    OnColor,
    OnAccent,
}

/// How a shape is coloured.
#[derive(Debug, Clone, Copy)]
pub(super) enum Ink {
    /// Its inside.
    Fill(Role),
    /// Its outline only, so wide.
    Stroke(Role, f64),
    /// Inside and outline, so wide.
    Both(Role, Role, f64),
}

/// The colours of one picture.
#[derive(Debug, Clone, Copy)]
pub(super) struct Palette<'s> {
    pub(super) is_dark: bool,
    /// The caller's own for what was reached, and for how far one is.
    pub(super) color: Option<&'s str>,
    /// The caller's own for what is empty.
    pub(super) track: Option<&'s str>,
}

impl Palette<'_> {
    /// Writes the attributes.
    pub(super) fn push(&self, ink: Ink, out: &mut String) {
        let (fill, stroke) = match ink {
            Ink::Fill(fill) => (Some(fill), None),
            Ink::Stroke(stroke, width) => (None, Some((stroke, width))),
            Ink::Both(fill, stroke, width) => (Some(fill), Some((stroke, width))),
        };
        let fill_class = fill.and_then(|role| self.class(role));
        let stroke_class = stroke.and_then(|(role, _)| self.class(role));
        if fill_class.is_some() || stroke_class.is_some() {
            out.push_str(" class=\"");
            for (place, name) in [
                ("starwise-fill-", fill_class),
                ("starwise-stroke-", stroke_class),
            ] {
                let Some(name) = name else { continue };
                if !out.ends_with('"') {
                    out.push(' ');
                }
                out.push_str(place);
                out.push_str(name);
            }
            out.push('"');
        }
        out.push_str(" fill=\"");
        out.push_str(fill.map_or("none", |role| self.color(role)));
        if let Some((role, width)) = stroke {
            out.push_str("\" stroke=\"");
            out.push_str(self.color(role));
            out.push_str("\" stroke-width=\"");
            push_number(width, out);
        }
        out.push('"');
    }

    /// The colour as it stands in an attribute: one of ours, or one that was checked.
    fn color(&self, role: Role) -> &str {
        if let Some(own) = self.own(role) {
            return own;
        }
        let (light, dark) = match role {
            Role::Color => ("#d67200", "#fbbf24"),
            Role::Accent => ("#4f46e5", "#a5b4fc"),
            Role::Track => ("#f3f4f7", "#2d323d"),
            Role::Rail => ("#e2e5ec", "#353b47"),
            Role::Line => ("#858b96", "#7b8394"),
            Role::Text => ("#1b1f27", "#f3f4f6"),
            Role::Muted => ("#5b6270", "#a3aab8"),
            Role::Frozen => ("#0284c7", "#38bdf8"),
            Role::Paper | Role::OnColor | Role::OnAccent => ("#ffffff", "#15171c"),
        };
        if self.is_dark { dark } else { light }
    }

    /// The end of the class; none where the caller's own colour is to stay.
    fn class(&self, role: Role) -> Option<&'static str> {
        match self.own(role) {
            Some(_) => None,
            None => Some(match role {
                Role::Color => "color",
                Role::Accent => "accent",
                Role::Track => "track",
                Role::Rail => "rail",
                Role::Line => "line",
                Role::Text => "text",
                Role::Muted => "muted",
                Role::Frozen => "frozen",
                Role::Paper => "paper",
                Role::OnColor => "on-color",
                Role::OnAccent => "on-accent",
            }),
        }
    }

    fn own(&self, role: Role) -> Option<&str> {
        match role {
            Role::Color | Role::Accent => self.color,
            Role::Track | Role::Rail => self.track,
            _ => None,
        }
    }
}

/// The inside of a shape.
pub(super) fn fill(role: Role) -> Slot<'static> {
    Slot::Ink(Ink::Fill(role))
}

/// The outline of a shape, so wide.
pub(super) fn stroke(role: Role, width: f64) -> Slot<'static> {
    Slot::Ink(Ink::Stroke(role, width))
}

/// Inside and outline of a shape, so wide.
pub(super) fn both(inside: Role, outline: Role, width: f64) -> Slot<'static> {
    Slot::Ink(Ink::Both(inside, outline, width))
}
