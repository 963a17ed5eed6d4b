//! A leaderboard: a table of ranks, with what changed since, and one row that stands out.

use super::given::Given;
use super::ink::{Role, fill};
use super::markup::{Markup, put};
use super::style::Style;
use crate::error::Error;
use crate::number::number_text;
use crate::value::Value;
use alloc::string::String;

pub(super) fn draw(value: &Value, style: &Style<'_>) -> Result<String, Error> {
    let given = Given::root(value, "leaderboard").object()?;
    let rows = given.key("rows");
    // Without a former leaderboard there is nothing to say of changes.
    let mut has_movement = false;
    for row in rows.objects()? {
        has_movement |= row?.key("previousRank").optional_number()?.is_some();
    }

    let mut markup = style.markup();
    let out = &mut markup;
    put!(out, "<div");
    style.put_root(out, "leaderboard");
    put!(out, ">");
    style.put_styles(out, &[" card ", " leaderboard "]);
    match style.caption {
        Some(caption) => {
            put!(out, r#"<table part="table""#);
            if let Some(label) = style.heading() {
                put!(out, r#" aria-label="$""#, label);
            }
            put!(
                out,
                r#"><caption class="starwise-title" part="caption">$</caption>"#,
                caption
            );
        }
        None => put!(
            out,
            r#"<table part="table" aria-label="$">"#,
            style.heading().unwrap_or(style.word("leaderboard"))
        ),
    }
    put!(
        out,
        r#"<thead><tr><th scope="col">$</th><th scope="col" class="starwise-name">$</th><th scope="col">$</th>"#,
        style.word("rank"),
        style.word("name"),
        style.word("total")
    );
    if has_movement {
        put!(
            out,
            r#"<th scope="col"><span class="starwise-change">$</span></th>"#,
            style.word("movement")
        );
    }
    put!(out, "</tr></thead><tbody>");
    let mut is_empty = true;
    for row in rows.objects()? {
        put_row(out, row?, has_movement, style)?;
        is_empty = false;
    }
    if is_empty {
        put!(
            out,
            r#"<tr class="starwise-empty" part="empty"><td colspan="3">$</td></tr>"#,
            style.word("noData")
        );
    }
    put!(out, "</tbody></table></div>");
    Ok(markup.finish())
}

fn put_row(
    out: &mut Markup<'_>,
    row: Given<'_>,
    has_movement: bool,
    style: &Style<'_>,
) -> Result<(), Error> {
    let rank = row.key("rank").number()?;
    let score = style.number(row.key("score").number()?);
    let id = row.key("id");
    let number;
    let id = match id.value {
        Value::Number(_) => {
            number = number_text(id.number()?);
            &number
        }
        _ => id.text()?,
    };
    let label = row.key("label").optional_text()?.unwrap_or(id);
    if row.key("gap").flag()? {
        put!(
            out,
            r#"<tr class="starwise-gap" part="gap"><td colspan="$"><span aria-hidden="true">⋯</span> <span class="starwise-hidden">$</span></td></tr>"#,
            if has_movement { 4.0 } else { 3.0 },
            style.word("gap")
        );
    }
    match row.key("isAround").flag()? {
        true => put!(
            out,
            r#"<tr class="starwise-around" part="row row-around" aria-current="true" data-starwise-id="$">"#,
            id
        ),
        false => put!(out, r#"<tr part="row" data-starwise-id="$">"#, id),
    }
    put!(out, r#"<td class="starwise-rank" part="rank"><span"#);
    if (1.0..=3.0).contains(&rank) {
        put!(out, r#" class="starwise-medal-$""#, rank);
    }
    put!(
        out,
        r#">$</span></td><th scope="row" class="starwise-name" part="name"><bdi>$</bdi></th><td part="score">$</td>"#,
        &style.number(rank),
        label,
        &score
    );
    if has_movement {
        put_movement(out, row, style)?;
    }
    put!(out, "</tr>");
    Ok(())
}

/// An arrow and by how many places; in words for those who do not see it.
fn put_movement(out: &mut Markup<'_>, row: Given<'_>, style: &Style<'_>) -> Result<(), Error> {
    let movement = row.key("movement").optional_number()?;
    let (class, arrow, key) = match movement {
        None => ("new", "M6 2v8M2 6h8", "new"),
        Some(places) if places > 0.0 => ("up", "M6 2l4.5 7h-9z", "up"),
        Some(places) if places < 0.0 => ("down", "M6 10l4.5-7h-9z", "down"),
        Some(_) => ("same", "M2 5h8v2H2z", "same"),
    };
    let places = style.number(movement.unwrap_or_default().abs());
    let role = if class == "new" {
        Role::Accent
    } else {
        Role::Muted
    };
    put!(
        out,
        r#"<td class="starwise-movement starwise-$" part="movement"><svg width="12" height="12" viewBox="0 0 12 12" role="img" aria-label="$">"#,
        class,
        &style.words(key, &[("places", &places)])
    );
    match class {
        "new" => put!(
            out,
            r#"<path d="$"$ stroke-linecap="round"/></svg>"#,
            arrow,
            super::ink::stroke(role, 2.0)
        ),
        _ => put!(out, r#"<path d="$"$/></svg>"#, arrow, fill(role)),
    }
    if matches!(class, "up" | "down") {
        put!(out, r#" <span aria-hidden="true">$</span>"#, &places);
    }
    put!(out, "</td>");
    Ok(())
}
