//! What can be asked of one customer: the score, its course through time, what would change it.
//!
//! | file | what it answers |
//! |---|---|
//! | `score` | the score of a history, and what it would be if more had happened |
//! | `scorer` | the same again and again, in the same room |
//! | `asked` | anything, of a history that is prepared |
//! | `nudge` | which nudge to show |
//! | `prepared` | the same from Rust |
//! | `progress` | streaks, level, badges and checklists of a history |
//! | `range` | from when to when, and in which steps |

mod asked;
mod nudge;
mod prepared;
mod progress;
mod range;
mod score;
mod scorer;

pub use nudge::nudge;
pub use prepared::{Prepared, timeline, transitions};
pub use progress::progress;
pub use range::TimeRange;
pub use score::{score, score_text, what_if};

pub(crate) use asked::Asked;
#[cfg(target_arch = "wasm32")]
pub(crate) use scorer::Scorer;
