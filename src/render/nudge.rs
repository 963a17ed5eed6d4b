//! A nudge: a card that says one thing, by its kind, with what can be answered to it.

use super::checklist;
use super::given::Given;
use super::ink::{Role, both, stroke};
use super::markup::{Markup, put};
use super::stars::STAR;
use super::style::Style;
use crate::error::Error;
use crate::number::is_whole;
use crate::value::Value;
use alloc::string::String;

const KINDS: [&str; 7] = [
    "tooltip",
    "banner",
    "checklist",
    "survey",
    "upgrade",
    "reward",
    "message",
];
/// The numbers of a survey: the model's bounds.
const MAX_ANSWERS: f64 = 10.0;
const FARTHEST_ANSWER: f64 = 1e6;

pub(super) fn draw(value: &Value, style: &Style<'_>) -> Result<String, Error> {
    if *value == Value::Null {
        return Ok(String::new());
    }
    let given = Given::root(value, "nudge").object()?;
    let id = given.key("id").text()?;
    let kind = given.key("kind").choice(&KINDS)?;
    let title = given.key("title").text()?;
    let body = given.key("body").optional_text()?.unwrap_or_default();
    let survey = given.key("survey");

    let mut markup = style.markup();
    let out = &mut markup;
    put!(out, "<section");
    style.put_root(out, "nudge");
    put!(
        out,
        r#" data-starwise-kind="$" data-starwise-id="$""#,
        kind,
        id
    );
    match style.heading() {
        Some(label) => put!(out, r#" aria-label="$">"#, label),
        None => put!(out, r#" aria-labelledby="$-nudge-title">"#, style.prefix),
    }
    style.put_styles(out, &[" card ", " checklist ", " nudge "]);
    put_icon(out, kind);
    // What a survey asks is the legend of its answers.
    let (block, heading) = match kind {
        "survey" => ("fieldset", "legend"),
        _ => ("div", "p"),
    };
    put!(
        out,
        r#"<div class="starwise-content" part="content"><$ class="starwise-words"><$ class="starwise-title" part="title" id="$-nudge-title"><strong><bdi>$</bdi></strong></$>"#,
        block,
        heading,
        style.prefix,
        title,
        heading
    );
    if !body.is_empty() {
        put!(
            out,
            r#"<p class="starwise-body" part="body"><bdi>$</bdi></p>"#,
            body
        );
    }
    let list = given.key("checklist");
    if kind == "checklist" && !list.is_absent() {
        put!(out, r#"<div class="starwise-checklist" part="checklist">"#);
        checklist::put_inside(out, list, style)?;
        put!(out, "</div>");
    }
    if kind == "survey" {
        put_answers(out, survey.object()?, id, style)?;
    }
    put!(out, "</$>", block);
    put_call(out, given.key("cta"), id)?;
    put!(out, "</div>");
    put!(
        out,
        r#"<button type="button" class="starwise-dismiss" part="dismiss" data-starwise-action="dismiss" data-starwise-id="$" aria-label="$">"#,
        id,
        style.word("dismiss")
    );
    put!(
        out,
        r#"<svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path$ stroke-linecap="round" d="M4 4l8 8M12 4l-8 8"/></svg></button></section>"#,
        stroke(Role::Muted, 2.0)
    );
    Ok(markup.finish())
}

/// What is asked for: a link, or a button where there is none.
fn put_call(out: &mut Markup<'_>, call: Given<'_>, id: &str) -> Result<(), Error> {
    if call.is_absent() {
        return Ok(());
    }
    let call = call.object()?;
    let label = call.key("label").text()?;
    match call.key("href").link()? {
        Some(href) => put!(
            out,
            r#"<a class="starwise-button" part="button" href="$" data-starwise-action="cta" data-starwise-id="$"><bdi>$</bdi></a>"#,
            href,
            id,
            label
        ),
        None => put!(
            out,
            r#"<button type="button" class="starwise-button" part="button" data-starwise-action="cta" data-starwise-id="$"><bdi>$</bdi></button>"#,
            id,
            label
        ),
    }
    Ok(())
}

/// A button for each number; the ends say what they mean.
fn put_answers(
    out: &mut Markup<'_>,
    survey: Given<'_>,
    id: &str,
    style: &Style<'_>,
) -> Result<(), Error> {
    let bound = |key| {
        let given = survey.key(key);
        match given.number() {
            Ok(number) if !is_whole(number) || number.abs() > FARTHEST_ANSWER => {
                Err(given.out_of_range("a whole number from -1000000 to 1000000"))
            }
            read => read,
        }
    };
    let (from, to) = (bound("from")?, bound("to")?);
    if !(1.0..=MAX_ANSWERS).contains(&(to - from)) {
        return Err(survey.key("to").out_of_range("1 to 10 above `from`"));
    }
    let (low, high) = (survey.key("low"), survey.key("high"));
    let (low, high) = (
        low.optional_text()?.unwrap_or_default(),
        high.optional_text()?.unwrap_or_default(),
    );
    put!(out, r#"<div class="starwise-answers" part="answers">"#);
    let mut value = from;
    while value <= to {
        let meaning = match () {
            _ if value == from => low,
            _ if value == to => high,
            _ => "",
        };
        let number = style.number(value);
        put!(
            out,
            r#"<button type="button" class="starwise-answer" part="answer" data-starwise-action="answer" data-starwise-id="$" data-starwise-value="$""#,
            id,
            value
        );
        if !meaning.is_empty() {
            put!(
                out,
                r#" aria-label="$""#,
                &style.words("answer", &[("value", &number), ("text", meaning)])
            );
        }
        put!(out, ">$</button> ", &number);
        value += 1.0;
    }
    put!(out, "</div>");
    if !(low.is_empty() && high.is_empty()) {
        put!(
            out,
            r#"<div class="starwise-ends" part="ends" aria-hidden="true"><span><bdi>$</bdi></span> <span><bdi>$</bdi></span></div>"#,
            low,
            high
        );
    }
    Ok(())
}

/// A small picture for each kind.
fn put_icon(out: &mut Markup<'_>, kind: &str) {
    put!(
        out,
        r#"<span class="starwise-icon" part="icon" aria-hidden="true"><svg width="24" height="24" viewBox="0 0 24 24" focusable="false">"#
    );
    match kind {
        "reward" => put!(
            out,
            r#"<path stroke-linejoin="round"$ d="M4 11h16v9H4zM3 7h18v4H3zM12 7v13M12 7C9 7 7 6 7 4.5S10 2 12 7c2-5 5-4 5-2.5S15 7 12 7z"/>"#,
            stroke(Role::Color, 2.0)
        ),
        "upgrade" => put!(
            out,
            r#"<path stroke-linecap="round" stroke-linejoin="round"$ d="M12 20V5M5.5 11L12 4.5 18.5 11"/>"#,
            stroke(Role::Accent, 2.4)
        ),
        "survey" => put!(
            out,
            r#"<path d="M10.99 3.18$"$/>"#,
            STAR,
            both(Role::Color, Role::Color, 1.0)
        ),
        "checklist" => put!(
            out,
            r#"<path stroke-linecap="round" stroke-linejoin="round"$ d="M4 6.5l1.8 1.8L9 4.8M4 16.5l1.8 1.8L9 14.8M13 7h7M13 17h7"/>"#,
            stroke(Role::Accent, 2.0)
        ),
        "message" => put!(
            out,
            r#"<path stroke-linejoin="round"$ d="M4 5h16v11h-8.5L7 20v-4H4z"/>"#,
            stroke(Role::Accent, 2.0)
        ),
        "tooltip" => put!(
            out,
            r#"<path stroke-linecap="round" stroke-linejoin="round"$ d="M9 18.5h6M10 21.5h4M12 2.5a6.5 6.5 0 0 0-3.8 11.8c.6.5.8 1 .8 1.7h6c0-.7.2-1.2.8-1.7A6.5 6.5 0 0 0 12 2.5z"/>"#,
            stroke(Role::Color, 2.0)
        ),
        _ => {
            put!(
                out,
                r#"<path stroke-linejoin="round" stroke-linecap="round"$ d="M4 10v4l3 .5 10 4.5V5L7 9.5zM8 15l1 5h2.5l-.8-3.8"/>"#,
                stroke(Role::Accent, 2.0)
            );
        }
    }
    put!(out, "</svg></span>");
}
