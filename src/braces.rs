//! Texts with places in braces, `{name}`; `{{` and `}}` are braces.

/// A stretch of such a text.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Stretch<'t> {
    Plain(&'t str),
    /// What stands between braces.
    Place(&'t str),
}

/// Why a text is none of these.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Unbalanced {
    /// It closes what it has not opened.
    Closed,
    /// It does not close what it opens.
    Open,
}

/// Takes a text apart, as far as it can be.
pub(crate) fn take_apart<'t>(
    text: &'t str,
    each: &mut dyn FnMut(Stretch<'t>),
) -> Result<(), Unbalanced> {
    let mut rest = text;
    while let Some(position) = rest.find(['{', '}']) {
        // Cuts that cannot fail bring no words about cuts within a character along.
        let (before, found) = rest.split_at_checked(position).unwrap_or((rest, ""));
        let (brace, after) = found.split_at_checked(1).unwrap_or((found, ""));
        each(Stretch::Plain(before));
        if let Some(after) = after.strip_prefix(brace) {
            each(Stretch::Plain(brace));
            rest = after;
            continue;
        }
        if brace == "}" {
            return Err(Unbalanced::Closed);
        }
        let (inside, after) = after.split_once('}').ok_or(Unbalanced::Open)?;
        each(Stretch::Place(inside));
        rest = after;
    }
    each(Stretch::Plain(rest));
    Ok(())
}
