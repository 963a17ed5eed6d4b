//! A streak: a flame, how long it has burned, and its last seven days (weeks, months).

use super::given::Given;
use super::ink::{Role, both, fill, stroke};
use super::level::{DIGIT, fitting};
use super::markup::put;
use super::style::Style;
use crate::error::Error;
use crate::value::Value;
use alloc::string::String;
use alloc::vec::Vec;

const DEFAULT_SIZE: f64 = 56.0;
const VIEW: (f64, f64) = (176.0, 56.0);
const DAYS: usize = 7;
/// From day to day, and where the first stands.
const STEP: f64 = 17.0;
const FIRST: f64 = 65.0;
/// Room for the number.
const NUMBER_ROOM: f64 = 68.0;
const STATES: [&str; 5] = ["done", "frozen", "missed", "open", BEFORE];
/// Of what was before there was anything to go on.
const BEFORE: &str = "before";

pub(super) fn draw(value: &Value, style: &Style<'_>) -> Result<String, Error> {
    let given = Given::root(value, "streak").object()?;
    let current = given.key("current").number()?;
    let every = given.key("every").choice(&["day", "week", "month"])?;
    let freezes = given
        .key("freezesLeft")
        .optional_number()?
        .unwrap_or_default();
    let is_at_risk = given.key("atRisk").flag()?;
    let recent = given.key("recent");
    let mut states = Vec::new();
    if !recent.is_absent() {
        for day in recent.objects()? {
            states.push(day?.key("state").choice(&STATES)?);
        }
    }
    let states = states
        .get(states.len().saturating_sub(DAYS)..)
        .unwrap_or_default();

    let length = style.number(current);
    let mut name = match current > 0.0 {
        true => style.words(every, &[("length", &length)]),
        false => style.word("noStreak").into(),
    };
    if is_at_risk {
        name = style.words("atRisk", &[("text", &name)]);
    }
    if freezes > 0.0 {
        name = style.words(
            "freezes",
            &[("text", &name), ("freezes", &style.number(freezes))],
        );
    }
    if let Some(label) = given.key("label").optional_text()? {
        name = style.words("named", &[("label", label), ("text", &name)]);
    }
    let description = describe(states, style);

    let mut markup = style.markup();
    style.open_svg(
        &mut markup,
        "streak",
        VIEW,
        style.size.unwrap_or(DEFAULT_SIZE),
        &name,
        &description,
    );
    let across = |x: f64| if style.is_rtl { VIEW.0 - x } else { x };
    let burns = current > 0.0;
    let turn = if style.is_rtl {
        "translate(176 0)scale(-1 1)"
    } else {
        "translate(0 0)"
    };
    let (inside, outline) = if burns {
        (Role::Color, Role::Color)
    } else {
        (Role::Track, Role::Line)
    };
    put!(
        markup,
        r#"<g part="flame" transform="$" stroke-linejoin="round"><path$ fill-opacity="$" d="M25.6 3.4c1.6 7.6-1.7 11.6-6.2 16.5C14 25.7 9 30.3 9 37.3a16.5 16.5 0 0 0 33 0c0-8-3.7-13.1-7.7-17.4-.6 3.6-2.1 6-4.7 7.7 1-8.6.7-17.6-4-24.2z"/>"#,
        turn,
        both(inside, outline, 1.5),
        if is_at_risk { 0.35 } else { 1.0 }
    );
    if burns {
        put!(
            markup,
            r##"<path fill="#fff" fill-opacity=".6" d="M25.5 52.5a8.3 8.3 0 0 1-8.3-8.3c0-5.2 4-7.9 6.2-12.1 3.9 2.3 4.3 5.4 3.9 7.7 1.5-.7 2.5-1.7 3.2-3 2 2.3 3.3 4.5 3.3 7.4a8.3 8.3 0 0 1-8.3 8.3z"/>"##
        );
    }
    put!(markup, "</g>");
    // Digits read from left to right in every language.
    put!(
        markup,
        r#"<text part="number" x="$" y="28"$ direction="ltr" font-family="system-ui, sans-serif" font-size="$" font-weight="700" text-anchor="$">$</text>"#,
        across(57.0),
        fill(Role::Text),
        fitting(&length, NUMBER_ROOM, DIGIT, 28.0),
        if style.is_rtl { "end" } else { "start" },
        &length
    );
    if freezes > 0.0 {
        put!(
            markup,
            r#"<g part="freezes"><path$ stroke-linecap="round" transform="translate($ 19)" d="$"/>"#,
            stroke(Role::Frozen, 1.6),
            across(136.0),
            SNOW
        );
        put!(
            markup,
            r#"<text x="$" y="24"$ direction="ltr" font-family="system-ui, sans-serif" font-size="14" font-weight="600" text-anchor="$">$</text></g>"#,
            across(147.0),
            fill(Role::Muted),
            if style.is_rtl { "end" } else { "start" },
            &style.number(freezes)
        );
    }
    for (position, state) in states.iter().enumerate() {
        let x = across(FIRST + STEP * position as f64);
        if *state == BEFORE {
            put!(
                markup,
                r#"<circle part="day $" cx="$" cy="44" r="2"$/>"#,
                BEFORE,
                x,
                fill(Role::Line)
            );
            continue;
        }
        let ink = match *state {
            "done" => both(Role::Color, Role::Color, 1.2),
            "frozen" => both(Role::Frozen, Role::Frozen, 1.2),
            "missed" => both(Role::Track, Role::Line, 1.2),
            _ => stroke(Role::Color, 1.8),
        };
        put!(
            markup,
            r#"<circle part="day $" cx="$" cy="44" r="6.4"$/>"#,
            *state,
            x,
            ink
        );
        match *state {
            "done" => put!(
                markup,
                r#"<path$ stroke-linecap="round" stroke-linejoin="round" d="M$ 44.2l2 2.1 3.9-4.3"/>"#,
                stroke(Role::OnColor, 1.8),
                x - 2.9
            ),
            "frozen" => put!(
                markup,
                r#"<path$ stroke-linecap="round" transform="translate($ 44)scale(.68)" d="$"/>"#,
                stroke(Role::OnColor, 1.8),
                x,
                SNOW
            ),
            "missed" => put!(
                markup,
                r#"<path$ stroke-linecap="round" d="M$ 44h5"/>"#,
                stroke(Role::Line, 1.6),
                x - 2.5
            ),
            _ => {}
        }
    }
    put!(markup, "</svg>");
    Ok(markup.finish())
}

/// A flake of snow around (0, 0).
const SNOW: &str =
    "M0-6V6M-5.2-3l10.4 6M-5.2 3l10.4-6M-1.8-5.2L0-3.6l1.8-1.6M-1.8 5.2L0 3.6l1.8 1.6";

/// The days in words, from the first that counts.
fn describe(states: &[&str], style: &Style<'_>) -> String {
    let mut list = String::new();
    let mut count = 0.0;
    for state in states.iter().filter(|state| **state != BEFORE) {
        if count > 0.0 {
            list.push_str(style.word("separator"));
        }
        list.push_str(style.word(state));
        count += 1.0;
    }
    match count > 0.0 {
        true => style.words(
            "recent",
            &[("count", &style.number(count)), ("states", &list)],
        ),
        false => list,
    }
}
