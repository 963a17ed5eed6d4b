//! Leaderboards: who stands where.

use wasm_bindgen::prelude::*;

use super::desk::{DONE, Desk};
use super::wire;
use crate::audience::{Entry, LeaderboardOptions, leaderboard};
use crate::value::Value;

#[wasm_bindgen]
impl Desk {
    /// Ranks the entries of the input, `{ entries, options }`; the board is the text, or the fault.
    pub fn leaderboard(&mut self, length: usize) -> u8 {
        let input = wire::read_value(self.input(length));
        let part = |key| input.get(key).unwrap_or(&Value::Null);
        let board = Entry::from_value(part("entries")).and_then(|mut entries| {
            let options = LeaderboardOptions::from_value(part("options"), &mut entries)?;
            leaderboard(&entries, &options)
        });
        match board {
            Ok(board) => {
                self.text = board.value().canonical_text();
                DONE
            }
            Err(error) => self.fail(error),
        }
    }
}
