//! How engaged: criteria, contributions, parts, points, score, stars and segment.
//!
//! | file | what it computes |
//! |---|---|
//! | `options` | what a caller says beside model and history |
//! | `moment` | what is known of the customer at the instant of evaluation |
//! | `bucket` | the rows by type |
//! | `counted` | which events a criterion counts |
//! | `amount` | how much one of them is worth |
//! | `exp2` | powers of two, the same bits everywhere |
//! | `fading` | how much of it is left at an age |
//! | `gain` | what a criterion gives, in units |
//! | `lanes` | many criteria over many customers in one pass |
//! | `combination` | units to points, parts to the whole, and the receipt |
//! | `scale` | points to score, stars and segment |
//! | `outcome` | the score in numbers |
//! | `result` | the same in the words of the model: what comes out |
//! | `evaluation` | the whole way, and the trend |

mod amount;
mod bucket;
mod combination;
mod counted;
mod evaluation;
mod exp2;
mod fading;
mod gain;
mod lanes;
mod moment;
mod options;
mod outcome;
mod result;
mod scale;

pub use evaluation::{score, score_text};
pub use options::{Include, ScoreOptions};
pub use outcome::Lost;

pub(crate) use bucket::Buckets;
pub(crate) use combination::{Standing, Whole};
pub(crate) use gain::Room;
pub(crate) use lanes::Lanes;
pub(crate) use moment::{Customers, Moment};
pub use result::{Contribution, Direction, Ignored, PartResult, ScoreResult, Trend};
pub(crate) use scale::{score_of, segment_of, target_of};

#[cfg(target_arch = "wasm32")]
pub(crate) use {evaluation::Scorer, outcome::Outcome};
