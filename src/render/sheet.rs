//! The stylesheet, of which a `<style>` element has what its picture needs.

/// The file that ships; each of its sections begins with a line such as `/* base */`.
pub(super) const SHEET: &str = include_str!("../../www/package/starwise.css");

/// The rules of a section; empty for a name that none has.
pub(super) fn section(name: &str) -> &'static str {
    let sections = SHEET
        .split("/* ")
        .filter_map(|section| section.split_once(" */\n"));
    let mut found = sections.filter(|(heading, _)| *heading == name);
    found.next().map_or("", |(_, rules)| rules)
}
