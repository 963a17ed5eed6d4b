//! Texts seen before: one table for types, ids, keys and values, so that its code is compiled once.

use std::collections::BTreeMap;

/// Texts numbered in the order they were first met.
#[derive(Debug, Default)]
pub(crate) struct Names {
    numbers: BTreeMap<Box<str>, u32>,
}

impl Names {
    /// The number of a text, and whether it is met for the first time.
    pub(crate) fn meet(&mut self, text: &str) -> (u32, bool) {
        if let Some(number) = self.numbers.get(text) {
            return (*number, false);
        }
        let number = self.numbers.len() as u32;
        self.numbers.insert(text.into(), number);
        (number, true)
    }

    /// Whether a text is met for the first time.
    pub(crate) fn is_new(&mut self, text: &str) -> bool {
        self.meet(text).1
    }

    /// Whether a text was met.
    pub(crate) fn knows(&self, text: &str) -> bool {
        self.numbers.contains_key(text)
    }

    /// The texts by number.
    pub(crate) fn into_list(self) -> Vec<Box<str>> {
        let mut list = vec![Box::default(); self.numbers.len()];
        for (text, number) in self.numbers {
            if let Some(slot) = list.get_mut(number as usize) {
                *slot = text;
            }
        }
        list
    }
}
