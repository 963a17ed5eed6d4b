//! Leaderboards: who stands where.

use wasm_bindgen::prelude::*;

use super::desk::{DONE, Desk};
use super::object::object;
use super::wire;
use crate::audience::{Entry, Leaderboard, LeaderboardOptions, LeaderboardRow, leaderboard};
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
                self.text = board_value(&board).json_text();
                DONE
            }
            Err(error) => self.fail(error),
        }
    }
}

fn board_value(board: &Leaderboard) -> Value {
    let around = board.around.and_then(|place| board.rows.get(place));
    object()
        .text("ranking", board.ranking.name())
        .number("size", board.size as f64)
        .list("rows", &board.rows, row_value)
        .with("around", around.map_or(Value::Null, row_value))
        .value()
}

fn row_value(row: &LeaderboardRow) -> Value {
    let number = |number: Option<f64>| number.map_or(Value::Null, Value::Number);
    object()
        .with("id", row.id.clone())
        .optional("label", &row.label)
        .number("score", row.score)
        .count("rank", row.rank)
        .with("previousRank", number(row.previous_rank.map(f64::from)))
        .with("movement", number(row.movement.map(|ranks| ranks as f64)))
        .flag("gap", row.gap)
        .flag("isAround", row.is_around)
        .value()
}
