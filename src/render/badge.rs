//! A badge: a medal once it is earned; until then what it will be, in grey, within a ring that closes.

use super::given::Given;
use super::ink::{Role, both, fill, stroke};
use super::level::{dash, fitting};
use super::markup::put;
use super::stars::STAR;
use super::style::Style;
use crate::error::Error;
use crate::value::Value;
use alloc::string::String;

const DEFAULT_SIZE: f64 = 96.0;
/// Of a ring whose length is 100, what is drawn at most before it is closed: its round ends take 2.7 more, and a gap stays.
const OPEN: f64 = 95.3;
/// A disc of twelve waves around (48, 42).
const DISC: &str = "M48 6a10.6 10.6 0 0 1 18 4.82a10.6 10.6 0 0 1 13.18 13.18a10.6 10.6 0 0 1 4.82 18a10.6 10.6 0 0 1-4.82 18a10.6 10.6 0 0 1-13.18 13.18a10.6 10.6 0 0 1-18 4.82a10.6 10.6 0 0 1-18-4.82a10.6 10.6 0 0 1-13.18-13.18a10.6 10.6 0 0 1-4.82-18a10.6 10.6 0 0 1 4.82-18a10.6 10.6 0 0 1 13.18-13.18a10.6 10.6 0 0 1 18-4.82z";

pub(super) fn draw(value: &Value, style: &Style<'_>) -> Result<String, Error> {
    let given = Given::root(value, "badge").object()?;
    let label = given.key("label").text()?;
    let description = given
        .key("description")
        .optional_text()?
        .unwrap_or_default();
    let icon = given.key("icon").optional_text()?.unwrap_or_default();
    let is_earned = given.key("earned").flag()?;
    let share = given.key("share").share()?;
    let need = given.key("need").number()?;
    let have = style.number_towards(given.key("have").number()?, need);
    let need = style.number(need);
    let name = match is_earned {
        true => style.words("earned", &[("label", label)]),
        false => style.words(
            "locked",
            &[("label", label), ("have", &have), ("need", &need)],
        ),
    };

    let mut markup = style.markup();
    style.open_svg(
        &mut markup,
        "badge",
        (96.0, 96.0),
        style.size.unwrap_or(DEFAULT_SIZE),
        &name,
        description,
    );
    if is_earned {
        put!(
            markup,
            r#"<g part="ribbons"$ stroke-linejoin="round"><path d="M27 65l-7 24 12-3.5 8 9 8-21.5zM69 65l7 24-12-3.5-8 9-8-21.5z"/></g>"#,
            both(Role::Accent, Role::Accent, 2.0)
        );
        // A hole in the medal, so that what it holds stands out from a ground that is transparent too.
        put!(
            markup,
            r#"<circle$ cx="48" cy="42" r="28.5"/><path part="medal"$ fill-rule="evenodd" d="$M48 14a28 28 0 1 0 .01 0z"/>"#,
            fill(Role::Paper),
            both(Role::Color, Role::Paper, 1.5),
            DISC
        );
    } else {
        put!(
            markup,
            r#"<path part="medal"$ d="$"/><circle part="track" cx="48" cy="42" r="30"$/>"#,
            both(Role::Track, Role::Line, 1.5),
            DISC,
            stroke(Role::Rail, 5.0)
        );
        if share > 0.0 {
            let turn = if style.is_rtl {
                "matrix(0-1-1 0 90 90)"
            } else {
                "matrix(0-1 1 0 6 90)"
            };
            put!(
                markup,
                r#"<circle part="bar" cx="48" cy="42" r="30"$ stroke-linecap="round" pathLength="100" transform="$" stroke-dasharray="$ 100"/>"#,
                stroke(Role::Color, 5.0),
                turn,
                dash(share, OPEN)
            );
        }
    }
    let opacity = if is_earned { 1.0 } else { 0.55 };
    if !icon.is_empty() {
        let size = fitting(icon, 40.0, 0.9, 32.0);
        put!(
            markup,
            r#"<text part="icon" x="48" y="$"$ opacity="$" font-family="system-ui, sans-serif" font-size="$" text-anchor="middle">$</text>"#,
            42.0 + 0.36 * size,
            fill(Role::Text),
            opacity,
            size,
            icon
        );
    } else if is_earned {
        put!(
            markup,
            r#"<path part="icon"$ transform="translate(30 23.1)scale(1.5)" d="M10.99 3.18$"/>"#,
            fill(Role::Color),
            STAR
        );
    } else {
        put!(
            markup,
            r#"<g part="icon"><rect$ x="37" y="40" width="22" height="17" rx="4"/><path$ stroke-linecap="round" d="M41 40v-5a7 7 0 0 1 14 0v5"/></g>"#,
            fill(Role::Muted),
            stroke(Role::Muted, 3.6)
        );
    }
    if !is_earned {
        let mut share = have;
        share.push('/');
        share.push_str(&need);
        let size = fitting(&share, 60.0, 0.56, 13.0);
        put!(
            markup,
            r#"<rect part="pill"$ x="16" y="75" width="64" height="20" rx="10"/>"#,
            both(Role::Paper, Role::Line, 1.2)
        );
        put!(
            markup,
            r#"<text part="share" x="48" y="$"$ direction="ltr" font-family="system-ui, sans-serif" font-size="$" font-weight="600" text-anchor="middle">$</text>"#,
            85.0 + 0.36 * size,
            fill(Role::Text),
            size,
            &share
        );
    }
    put!(markup, "</svg>");
    Ok(markup.finish())
}
