//! A sparkline: a timeline small enough for a line of text, with what is forecast dashed.

use super::given::Given;
use super::ink::{Role, both, fill, stroke};
use super::markup::{push_number, put};
use super::style::Style;
use crate::error::Error;
use crate::number::floor;
use crate::value::Value;
use alloc::{format, string::String, vec, vec::Vec};

const DEFAULT_WIDTH: f64 = 160.0;
const DEFAULT_HEIGHT: f64 = 40.0;
/// Room around what is drawn, in pixels.
const MARGIN: f64 = 5.0;
/// Instants of one timeline, as many as `timeline` gives.
const MAX_POINTS: usize = 100_001;
/// The least height that is shown of scores and points: smaller changes are not made to look like great ones. Chosen.
const LEAST_SPAN: f64 = 20.0;
/// Lines drawn for stars, at most.
const MAX_STARS: f64 = 10.0;

/// An instant and what was worked out for it.
type Point = (f64, f64);

/// Where points stand in the picture.
struct Frame {
    from: f64,
    to: f64,
    least: f64,
    most: f64,
    width: f64,
    height: f64,
    is_rtl: bool,
}

pub(super) fn draw(value: &Value, style: &Style<'_>) -> Result<String, Error> {
    let given = Given::root(value, "timeline").object()?;
    let points = read_points(&given, style.of)?;
    let thresholds = thresholds(&given, &points, style)?;
    let width = style.width.unwrap_or(DEFAULT_WIDTH);
    let height = style.size.unwrap_or(DEFAULT_HEIGHT);
    let mut markup = style.markup();
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        style.open_svg(
            &mut markup,
            "sparkline",
            (width, height),
            height,
            style.word("noData"),
            "",
        );
        put!(
            markup,
            r#"<path part="baseline"$ stroke-linecap="round" stroke-dasharray="1 5" d="M$ $H$"/></svg>"#,
            stroke(Role::Line, 1.5),
            MARGIN,
            height - MARGIN,
            width - MARGIN
        );
        return Ok(markup.finish());
    };

    let now = style.now.unwrap_or(last.0);
    // The last instant that is not after now stands for it; before the first, all is forecast.
    let known = points.iter().take_while(|point| point.0 <= now).count();
    let (past, ahead) = (
        points.get(..known).unwrap_or_default(),
        points.get(known.saturating_sub(1)..).unwrap_or_default(),
    );
    let current = past.last().unwrap_or(first);
    let lowest = points
        .iter()
        .fold(f64::INFINITY, |least, point| least.min(point.1));
    let highest = points
        .iter()
        .fold(f64::NEG_INFINITY, |most, point| most.max(point.1));
    let frame = frame(style, (first.0, last.0), (lowest, highest), (width, height));
    let is_ahead = known < points.len();

    let key = if style.of == "stars" {
        "starsOverTime"
    } else {
        style.of
    };
    let number = |value: f64| style.number(value);
    let mut name = style.words(
        key,
        &[
            ("value", &number(current.1)),
            ("lowest", &number(lowest)),
            ("highest", &number(highest)),
        ],
    );
    if is_ahead {
        name = style.words("forecast", &[("text", &name), ("value", &number(last.1))]);
    }
    style.open_svg(&mut markup, "sparkline", (width, height), height, &name, "");
    for threshold in thresholds {
        let y = frame.down(threshold);
        if y >= MARGIN && y <= height - MARGIN {
            put!(
                markup,
                r#"<path part="threshold"$ stroke-opacity=".45" stroke-dasharray="2 3" d="M0 $H$"/>"#,
                stroke(Role::Line, 1.0),
                y,
                width
            );
        }
    }
    let is_stepped = style.of == "stars";
    if past.len() > 1 {
        let line = frame.path(past, is_stepped);
        let area = format!("{line}V{}H{}z", text(height), text(frame.across(first.0)));
        put!(
            markup,
            r#"<path part="area"$ fill-opacity=".14" d="$"/>"#,
            fill(Role::Accent),
            &area
        );
        put!(
            markup,
            r#"<path part="line"$ stroke-linecap="round" stroke-linejoin="round" d="$"/>"#,
            stroke(Role::Accent, 2.0),
            &line
        );
    }
    if is_ahead && ahead.len() > 1 {
        put!(
            markup,
            r#"<path part="forecast"$ stroke-linecap="round" stroke-linejoin="round" stroke-dasharray="2 4" d="$"/>"#,
            stroke(Role::Accent, 1.8),
            &frame.path(ahead, is_stepped)
        );
        if known > 0 {
            put!(
                markup,
                r#"<path part="now"$ stroke-opacity=".8" d="M$ 0V$"/>"#,
                stroke(Role::Line, 1.0),
                frame.across(current.0),
                height
            );
        }
    }
    put!(
        markup,
        r#"<circle part="point" cx="$" cy="$" r="3.4"$/></svg>"#,
        frame.across(current.0),
        frame.down(current.1),
        both(Role::Accent, Role::Paper, 1.5)
    );
    Ok(markup.finish())
}

/// The instants in order, and the column that is drawn.
fn read_points(given: &Given<'_>, of: &str) -> Result<Vec<Point>, Error> {
    let (times, column) = (given.key("times"), given.key(of));
    let (instants, values) = (times.items(MAX_POINTS)?, column.items(MAX_POINTS)?);
    if instants.len() != values.len() {
        let expectation = format!("as many as the {} instants of `times`", instants.len());
        return Err(column.out_of_range(&expectation));
    }
    let mut points: Vec<Point> = Vec::with_capacity(values.len());
    for (index, (time, value)) in instants.iter().zip(values).enumerate() {
        let place = times.at(index, time);
        let at = place.number()?;
        if points.last().is_some_and(|before| before.0 > at) {
            return Err(place.out_of_range("no earlier than the instant before"));
        }
        points.push((at, column.at(index, value).number()?));
    }
    Ok(points)
}

/// Where lines are drawn: as the style says; of stars at each; of scores and points, where `stars` show that one begins.
fn thresholds(given: &Given<'_>, points: &[Point], style: &Style<'_>) -> Result<Vec<f64>, Error> {
    if let Some(thresholds) = &style.thresholds {
        return Ok(thresholds.clone());
    }
    let mut star = 1.0;
    let mut found = Vec::new();
    if style.of == "stars" {
        while star <= MAX_STARS {
            found.push(star);
            star += 1.0;
        }
        return Ok(found);
    }
    let column = given.key("stars");
    let stars = column.items(MAX_POINTS)?;
    if stars.len() != points.len() {
        return Ok(found);
    }
    let mut counts = Vec::with_capacity(stars.len());
    for (index, value) in stars.iter().enumerate() {
        counts.push(column.at(index, value).number()?);
    }
    while star <= MAX_STARS {
        let both = || points.iter().map(|point| point.1).zip(&counts);
        let above = both()
            .filter(|(_, count)| **count >= star)
            .fold(f64::INFINITY, |least, (value, _)| least.min(value));
        let below = both()
            .filter(|(_, count)| **count < star)
            .fold(f64::NEG_INFINITY, |most, (value, _)| most.max(value));
        if above.is_finite() && below.is_finite() && below <= above {
            found.push((above + below) / 2.0);
        }
        star += 1.0;
    }
    Ok(found)
}

fn frame(
    style: &Style<'_>,
    (from, to): Point,
    (lowest, highest): Point,
    (width, height): (f64, f64),
) -> Frame {
    let (mut least, mut most) = (lowest, highest);
    if style.of == "stars" {
        (least, most) = (least.min(0.0), most.max(f64::from(style.count)));
    } else if most - least < LEAST_SPAN {
        let middle = (least + most) / 2.0;
        (least, most) = (middle - LEAST_SPAN / 2.0, middle + LEAST_SPAN / 2.0);
        // What is never below 0 is not shown as if it could be.
        if least < 0.0 && lowest >= 0.0 {
            (least, most) = (0.0, LEAST_SPAN);
        }
    }
    Frame {
        from,
        to,
        least,
        most,
        width,
        height,
        is_rtl: style.is_rtl,
    }
}

impl Frame {
    fn across(&self, time: f64) -> f64 {
        // Halved first: the span of two finite numbers may be infinite.
        let span = self.to / 2.0 - self.from / 2.0;
        let share = if span > 0.0 {
            (time / 2.0 - self.from / 2.0) / span
        } else {
            1.0
        };
        let x = MARGIN + share * (self.width - 2.0 * MARGIN);
        if self.is_rtl { self.width - x } else { x }
    }

    fn down(&self, value: f64) -> f64 {
        let span = self.most / 2.0 - self.least / 2.0;
        let share = (value / 2.0 - self.least / 2.0) / span;
        self.height - MARGIN - share * (self.height - 2.0 * MARGIN)
    }

    /// A line through the points, of which a column of pixels keeps the first, the least, the greatest and the last.
    ///
    /// # Source
    /// U. Jugel and others, "M4: A Visualization-Oriented Time Series Data Aggregation", VLDB 2014.
    fn path(&self, points: &[Point], is_stepped: bool) -> String {
        let mut out = String::new();
        let mut column = f64::NEG_INFINITY;
        let mut kept: Vec<Point> = vec![];
        let mut before = None;
        for point in points {
            let at = floor(self.across(point.0));
            if at != column {
                self.push_column(&kept, is_stepped, &mut before, &mut out);
                kept.clear();
                column = at;
            }
            match kept.as_mut_slice() {
                [_, least, most, last] => {
                    if point.1 < least.1 {
                        *least = *point;
                    }
                    if point.1 > most.1 {
                        *most = *point;
                    }
                    *last = *point;
                }
                _ => kept = vec![*point; 4],
            }
        }
        self.push_column(&kept, is_stepped, &mut before, &mut out);
        out
    }

    fn push_column(
        &self,
        kept: &[Point],
        is_stepped: bool,
        before: &mut Option<Point>,
        out: &mut String,
    ) {
        let [first, least, most, last] = kept else {
            return;
        };
        let (one, other) = if least.0 <= most.0 {
            (least, most)
        } else {
            (most, least)
        };
        for point in [first, one, other, last] {
            if *before == Some(*point) {
                continue;
            }
            let (x, y) = (self.across(point.0), self.down(point.1));
            match before {
                None => out.push('M'),
                Some(_) if is_stepped => {
                    out.push('H');
                    push_number(x, out);
                    out.push('V');
                }
                Some(_) => out.push('L'),
            }
            if before.is_none() || !is_stepped {
                push_number(x, out);
                out.push(' ');
            }
            push_number(y, out);
            *before = Some(*point);
        }
    }
}

fn text(number: f64) -> String {
    let mut out = String::new();
    push_number(number, &mut out);
    out
}
