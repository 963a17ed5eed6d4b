//! Who, together: many customers at once.
//!
//! | file | what it holds |
//! |---|---|
//! | `columns` | events of many customers as columns, checked |
//! | `population` | the scores of all of them |
//! | `leaderboard` | who stands where |
//! | `contest` | the same from plain data |

mod columns;
mod contest;
mod leaderboard;
mod population;

pub use columns::{Columns, DataColumn};
pub use leaderboard::{
    Entry, Leaderboard, LeaderboardOptions, LeaderboardRow, Ranking, leaderboard,
};
pub use population::{Scores, score_lines, score_many};

#[cfg(target_arch = "wasm32")]
pub(crate) use {
    columns::{Numbering, check_rows, largest, number_subjects},
    population::Crowd,
};
