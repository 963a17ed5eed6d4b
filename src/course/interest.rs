//! Who looks at events of which type.

use crate::model::{EventMatch, Model};
use alloc::vec::Vec;

/// Numbers of those who look at events, by the number of the type; last of types that are named nowhere.
#[derive(Debug, Clone)]
pub(crate) struct Interest {
    by_type: Vec<Vec<u32>>,
}

impl Interest {
    /// Of so many matchings, by number; none for somebody who looks at no events.
    pub(crate) fn of(
        model: &Model,
        matchings: &mut dyn Iterator<Item = Option<&EventMatch>>,
    ) -> Interest {
        let mut by_type = alloc::vec![Vec::new(); model.reading.types.len() + 1];
        for (number, matching) in matchings.enumerate() {
            let Some(matching) = matching else { continue };
            for (type_number, interested) in by_type.iter_mut().enumerate() {
                if matching.is_about(type_number as u32) {
                    interested.push(number as u32);
                }
            }
        }
        Interest { by_type }
    }

    /// Those who look at events of a type. `"*"` is every activity: whether an event is one they ask themselves.
    pub(crate) fn in_type(&self, type_number: u32) -> &[u32] {
        let Some((others, named)) = self.by_type.split_last() else {
            return &[];
        };
        named.get(type_number as usize).unwrap_or(others)
    }
}
