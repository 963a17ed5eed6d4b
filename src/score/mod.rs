//! How engaged: criteria, contributions, parts, points, score, stars and segment.
//!
//! | file | what it computes |
//! |---|---|
//! | `options` | what a caller says beside model and history |
//! | `moment` | what is known of the customer at the instant of evaluation |
//! | `counted` | which events a criterion counts |
//! | `amount` | how much one of them is worth |
//! | `fading` | how much of it is left at an age |
//! | `contribution` | what a criterion gives, and what age, limit and expiry took |
//! | `combination` | parts to points, and the receipt |
//! | `scale` | points to score, stars and segment |
//! | `result` | the shapes of what comes out |
//! | `evaluation` | the whole way, and the trend |

mod amount;
mod combination;
mod contribution;
mod counted;
mod evaluation;
mod fading;
mod moment;
mod options;
mod result;
mod scale;

pub use evaluation::score;
pub use options::{Include, ScoreOptions};
pub use result::{Contribution, Direction, Ignored, Lost, PartResult, ScoreResult, Trend};
