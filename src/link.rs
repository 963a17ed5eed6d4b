//! Addresses that may stand in an `href`: http, https, mailto, and those relative to the page.
//!
//! # Source
//! RFC 3986, section 4.2, narrowed: no other scheme, no host without a scheme (`//host`), and none of the characters
//! that browsers drop or turn into others before they look for the scheme.

/// Bytes of a link, at most. Chosen: what servers and browsers take everywhere.
const MAX_LINK_BYTES: usize = 2_048;
const SCHEMES: [&str; 3] = ["http", "https", "mailto"];

/// What a text must be to be a link; none where it is one.
pub(crate) fn link_fault(text: &str) -> Option<&'static str> {
    if text.len() > MAX_LINK_BYTES {
        return Some("a link of at most 2048 bytes");
    }
    let expectation = "a link that begins with http:, https: or mailto:, or a relative one";
    (!is_link(text)).then_some(expectation)
}

/// Whether a text is a link that can be shown to anybody.
fn is_link(text: &str) -> bool {
    let is_plain = |c: char| {
        !(c.is_control()
            || c.is_whitespace()
            || matches!(c, '\\' | '<' | '>' | '"' | '`' | '{' | '}' | '^' | '|')
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'))
    };
    if text.is_empty() || !text.chars().all(is_plain) {
        return false;
    }
    let end = text.find(['/', '?', '#', ':']).unwrap_or(text.len());
    let (before, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    if !rest.starts_with(':') {
        return !text.starts_with("//");
    }
    let is_known = SCHEMES
        .iter()
        .any(|scheme| before.eq_ignore_ascii_case(scheme));
    // A scheme that takes a host is nothing without one.
    is_known && (before.eq_ignore_ascii_case("mailto") || rest.starts_with("://"))
}
