//! A checklist: what is done, what is next, and how far one is.

use super::given::Given;
use super::ink::{Role, both, fill, stroke};
use super::markup::{Markup, put};
use super::style::Style;
use crate::error::Error;
use crate::value::Value;
use alloc::string::String;

pub(super) fn draw(value: &Value, style: &Style<'_>) -> Result<String, Error> {
    let given = Given::root(value, "checklist");
    let mut markup = style.markup();
    put!(markup, "<section");
    style.put_root(&mut markup, "checklist");
    match style.heading() {
        Some(label) => put!(markup, r#" aria-label="$">"#, label),
        None => put!(
            markup,
            r#" aria-labelledby="$-checklist-title">"#,
            style.prefix
        ),
    }
    style.put_styles(&mut markup, &[" card ", " checklist "]);
    put_inside(&mut markup, given, style)?;
    put!(markup, "</section>");
    Ok(markup.finish())
}

/// What stands within the outermost element: title, bar, steps.
pub(super) fn put_inside(
    markup: &mut Markup<'_>,
    given: Given<'_>,
    style: &Style<'_>,
) -> Result<(), Error> {
    let given = given.object()?;
    let label = given.key("label").text()?;
    let share = given.key("share").share()?;
    let done = given.key("doneSteps").number()?;
    let total = given.key("requiredSteps").number()?;
    let next = given.key("next").optional_text()?;
    let steps = given.key("steps");
    // Where every step is optional, the share is over all of them.
    let (done, total) = match total > 0.0 {
        true => (done, total),
        false => count(steps)?,
    };

    put!(markup, r#"<div class="starwise-head">"#);
    if let Some(icon) = given.key("icon").optional_text()? {
        put!(
            markup,
            r#"<span class="starwise-emoji" part="icon" aria-hidden="true">$</span> "#,
            icon
        );
    }
    put!(
        markup,
        r#"<strong class="starwise-title" part="title" id="$-checklist-title"><bdi>$</bdi></strong> "#,
        style.prefix,
        label
    );
    // Of nothing, nothing can be done.
    if total > 0.0 {
        let progress = style.words(
            "steps",
            &[
                ("done", &style.number_towards(done, total)),
                ("total", &style.number(total)),
            ],
        );
        put!(
            markup,
            r#"<span class="starwise-note" part="progress"><bdi>$</bdi></span></div>"#,
            &progress
        );
        put_bar(markup, share, &progress, style);
    } else {
        put!(markup, "</div>");
        return Ok(());
    }

    put!(
        markup,
        r#"<ol class="starwise-steps" part="steps" role="list">"#
    );
    for step in steps.objects()? {
        let step = step?;
        put_step(markup, step, next, style)?;
    }
    put!(markup, "</ol>");
    Ok(())
}

/// A bar whose width is an attribute, so that it shows without the stylesheet.
fn put_bar(markup: &mut Markup<'_>, share: f64, progress: &str, style: &Style<'_>) {
    let percent = crate::number::floor(100.0 * share);
    put!(
        markup,
        r#"<div class="starwise-bar" part="bar" role="progressbar" aria-labelledby="$-checklist-title" aria-valuemin="0" aria-valuemax="100" aria-valuenow="$" aria-valuetext="$">"#,
        style.prefix,
        percent,
        progress
    );
    put!(
        markup,
        r#"<svg width="100%" height="8" aria-hidden="true" focusable="false"><rect part="track"$ width="100%" height="8" rx="4"/>"#,
        fill(Role::Rail)
    );
    if share > 0.0 {
        let left = if style.is_rtl {
            100.0 - 100.0 * share
        } else {
            0.0
        };
        put!(
            markup,
            r#"<rect part="share"$ x="$%" width="$%" height="8" rx="4"/>"#,
            fill(Role::Accent),
            left,
            100.0 * share
        );
    }
    put!(markup, "</svg></div>");
}

fn put_step(
    markup: &mut Markup<'_>,
    step: Given<'_>,
    next: Option<&str>,
    style: &Style<'_>,
) -> Result<(), Error> {
    let id = step.key("id").text()?;
    let label = step.key("label").optional_text()?.unwrap_or(id);
    let href = step.key("href").link()?;
    let is_done = step.key("done").flag()?;
    let is_next = !is_done && next == Some(id);
    let count = step.key("count").optional_number()?;
    let need = step.key("need").optional_number()?;

    let state = match (is_done, is_next) {
        (true, _) => "done",
        (_, true) => "next",
        _ => "open",
    };
    put!(
        markup,
        r#"<li class="starwise-step starwise-$" part="step step-$">"#,
        state,
        state
    );
    put_mark(markup, is_done, is_next, style);
    match href {
        Some(href) => put!(
            markup,
            r#"<a class="starwise-label" part="label" href="$" data-starwise-action="step" data-starwise-id="$""#,
            href,
            id
        ),
        None if style.has_actions && !is_done => {
            put!(
                markup,
                r#"<button type="button" class="starwise-label" part="label" data-starwise-action="step" data-starwise-id="$""#,
                id
            );
        }
        None => put!(markup, r#"<span class="starwise-label" part="label""#),
    }
    if is_next {
        put!(markup, r#" aria-current="step""#);
    }
    put!(markup, "><bdi>$</bdi></", label);
    put!(
        markup,
        match href {
            Some(_) => "a>",
            None if style.has_actions && !is_done => "button>",
            None => "span>",
        }
    );
    if let (Some(count), Some(need), false) = (count, need, is_done)
        && need > 1.0
    {
        let text = style.words(
            "count",
            &[
                ("count", &style.number_towards(count, need)),
                ("need", &style.number(need)),
            ],
        );
        put!(
            markup,
            r#" <span class="starwise-note" part="count"><bdi>$</bdi></span>"#,
            &text
        );
    }
    if step.key("optional").flag()? {
        put!(
            markup,
            r#" <span class="starwise-note starwise-optional" part="optional">$</span>"#,
            style.word("optional")
        );
    }
    put!(markup, "</li>");
    Ok(())
}

/// A circle with a check mark, with a dot, or empty; it says which.
fn put_mark(markup: &mut Markup<'_>, is_done: bool, is_next: bool, style: &Style<'_>) {
    let (word, ink) = match (is_done, is_next) {
        (true, _) => ("stepDone", both(Role::Accent, Role::Accent, 1.5)),
        (_, true) => ("stepNext", stroke(Role::Accent, 2.0)),
        _ => ("stepOpen", both(Role::Track, Role::Line, 1.5)),
    };
    put!(
        markup,
        r#"<svg part="mark" width="22" height="22" viewBox="0 0 22 22" role="img" aria-label="$"><circle cx="11" cy="11" r="9.5"$/>"#,
        style.word(word),
        ink
    );
    if is_done {
        put!(
            markup,
            r#"<path$ stroke-linecap="round" stroke-linejoin="round" d="M6.8 11.4l2.9 2.9 5.6-6.3"/>"#,
            stroke(Role::OnAccent, 2.0)
        );
    } else if is_next {
        put!(
            markup,
            r#"<circle cx="11" cy="11" r="4"$/>"#,
            fill(Role::Accent)
        );
    }
    put!(markup, "</svg> ");
}

/// How many steps are done, and how many there are.
fn count(steps: Given<'_>) -> Result<(f64, f64), Error> {
    let (mut done, mut total) = (0.0, 0.0);
    for step in steps.objects()? {
        total += 1.0;
        if step?.key("done").flag()? {
            done += 1.0;
        }
    }
    Ok((done, total))
}
