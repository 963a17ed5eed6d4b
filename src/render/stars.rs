//! Stars: as many as were reached, the last perhaps in part.

use super::given::Given;
use super::ink::{Role, both};
use super::markup::{push_number, put};
use super::style::Style;
use crate::error::Error;
use crate::number::{floor, within};
use crate::value::Value;
use alloc::string::String;

const DEFAULT_SIZE: f64 = 24.0;
/// A star stands in a square of 24, and so far from the next.
const STEP: f64 = 27.0;
const SIDE: f64 = 24.0;
/// From where a star's shape begins, in its square.
const START: (f64, f64) = (10.99, 3.18);
/// A star with round corners: radii of 11.9 and 5.75 around (12, 12.9), corners cut by 2.4 and 1.2.
pub(super) const STAR: &str = "q1.01-2.18 2.02 0l1.86 3.98q.51 1.09 1.7 1.23l4.37 .54q2.38 .29 .62 1.93l-3.21 3q-.88 .82-.65 1.99l.84 4.32q.45 2.36-1.64 1.19l-3.85-2.13q-1.05-.58-2.1 0l-3.85 2.13q-2.09 1.17-1.64-1.19l.84-4.32q.23-1.17-.65-1.99l-3.21-3q-1.76-1.64 .62-1.93l4.37-.54q1.19-.14 1.7-1.23z";

pub(super) fn draw(value: &Value, style: &Style<'_>) -> Result<String, Error> {
    let given = Given::root(value, "value");
    let stars = match value {
        Value::Map(_) if given.key("starsExact").is_absent() => given.key("stars").number()?,
        Value::Map(_) => given.key("starsExact").number()?,
        Value::Number(_) => given.number()?,
        _ => return Err(given.wrong_type("a number or a result with `stars`")),
    };
    let count = f64::from(style.count);
    let stars = within(stars, 0.0, count);
    let whole = floor(stars);
    let part = stars - whole;
    let place = |position: f64| {
        STEP * if style.is_rtl {
            count - 1.0 - position
        } else {
            position
        }
    };
    let row = |from: f64, to: f64| {
        let mut path = String::new();
        let mut position = from;
        while position < to {
            path.push('M');
            push_number(place(position) + START.0, &mut path);
            path.push(' ');
            push_number(START.1, &mut path);
            path.push_str(STAR);
            position += 1.0;
        }
        path
    };

    let mut markup = style.markup();
    let name = style.words(
        "stars",
        &[
            ("stars", &style.number_towards(stars, whole + 1.0)),
            ("count", &style.number(count)),
        ],
    );
    let size = style.size.unwrap_or(DEFAULT_SIZE);
    let view = (STEP * count - STEP + SIDE, SIDE);
    style.open_svg(&mut markup, "stars", view, size, &name, "");
    if stars < count {
        put!(
            markup,
            r#"<path part="empty"$ d="$"/>"#,
            both(Role::Track, Role::Line, 1.2),
            &row(whole, count)
        );
    }
    let full = || both(Role::Color, Role::Color, 1.2);
    if whole > 0.0 {
        put!(
            markup,
            r#"<path part="full"$ d="$"/>"#,
            full(),
            &row(0.0, whole)
        );
    }
    if part > 0.0 {
        let left = place(whole)
            + if style.is_rtl {
                SIDE * (1.0 - part)
            } else {
                0.0
            };
        put!(
            markup,
            r#"<clipPath id="$-stars-part"><path d="M$ 0h$v24h-$z"/></clipPath>"#,
            style.prefix,
            left,
            SIDE * part,
            SIDE * part
        );
        put!(
            markup,
            r#"<path part="full"$ clip-path="url(#$-stars-part)" d="$"/>"#,
            full(),
            style.prefix,
            &row(whole, whole + 1.0)
        );
    }
    put!(markup, "</svg>");
    Ok(markup.finish())
}
