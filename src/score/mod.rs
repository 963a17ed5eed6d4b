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
//! | `sweep` | that pass |
//! | `spaced` | daily caps and cooldowns of many customers |
//! | `pair` | two numbers at a time |
//! | `combination` | units to points, parts to the whole, and the receipt |
//! | `facts` | a result as conditions see it |
//! | `scale` | points to score, stars and segment |
//! | `outcome` | the score in numbers |
//! | `result` | the same in the words of the model: what comes out |
//! | `moving` | how a score moves through time: what comes out |

mod amount;
mod bucket;
mod combination;
mod counted;
mod exp2;
mod facts;
mod fading;
mod gain;
mod lanes;
mod moment;
mod moving;
mod options;
mod outcome;
mod pair;
mod result;
mod scale;
mod spaced;
mod sweep;

#[cfg(target_arch = "wasm32")]
pub(crate) use options::read_length;
pub use options::{Include, ScoreOptions};
pub use outcome::Lost;

pub(crate) use amount::{amount, amount_of};
pub(crate) use bucket::Buckets;
pub(crate) use combination::{Standing, Whole, combine};
pub(crate) use counted::{DayCounts, write_key};
pub(crate) use exp2::exp2;
pub(crate) use facts::ResultFacts;
pub(crate) use fading::{Fading, sine};
pub(crate) use gain::{Gain, Room, filter_amount, idle_intervals, idle_since};
pub(crate) use lanes::{Lane, Lanes};
pub(crate) use moment::{
    CustomerFacts, Customers, Moment, ProfileFacts, RowFacts, TENURE_DAYS, days_between,
};
pub use moving::{Timeline, Transition, TransitionKind};
pub(crate) use outcome::{NextChange, NextStar, Outcome};
pub use result::{
    Action, ComingChange, Contribution, Direction, Ignored, PartResult, ScoreResult,
    StarWithinReach, Trend,
};
pub(crate) use scale::{score_of, segment_of, target_of};
