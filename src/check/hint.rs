//! The nearest known name to a wrong one: "did you mean …?"

use alloc::{format, string::String, vec, vec::Vec};

/// Names longer than this are not compared: they are no slips.
const MAX_LENGTH: usize = 64;

/// The end of a message that suggests the nearest known name; empty where none is near.
pub(crate) fn hint(wrong: &str, known: &[&str]) -> String {
    nearest(wrong, known)
        .map(|near| format!(", did you mean `{near}`?"))
        .unwrap_or_default()
}

/// The known name nearest to a wrong one, where it is near enough to be a slip.
fn nearest<'k>(wrong: &str, known: &[&'k str]) -> Option<&'k str> {
    let wrong = wrong.to_ascii_lowercase();
    if wrong.len() > MAX_LENGTH {
        return None;
    }
    known
        .iter()
        .map(|name| (edit_distance(&wrong, &name.to_ascii_lowercase()), *name))
        .filter(|(distance, name)| *distance * 3 <= name.len())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// How many letters must change: Levenshtein's distance.
fn edit_distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (line, letter) in from.chars().enumerate() {
        let mut left = line + 1;
        let mut next = vec![left];
        for (above, other) in row.windows(2).zip(&to) {
            if let [diagonal, above] = above {
                left = (diagonal + usize::from(letter != *other))
                    .min(above + 1)
                    .min(left + 1);
                next.push(left);
            }
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}
