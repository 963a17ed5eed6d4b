//! The stylesheet, of which a `<style>` element has what its picture needs.

/// The file that ships; each of its sections begins with a line such as `/* base */`.
pub(super) const SHEET: &str = include_str!("../../www/package/starwise.css");

/// The rules of a section by its heading, spaces and all; empty for one that there is not.
///
/// No rule has an asterisk, so that the headings' are enough to find them.
pub(super) fn section(heading: &str) -> &'static str {
    let mut pieces = SHEET.split('*');
    match pieces.find(|piece| *piece == heading) {
        Some(_) => pieces.next().unwrap_or_default().trim_matches('/'),
        None => "",
    }
}
