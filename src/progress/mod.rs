//! What a customer has got to, and what is next: streaks, levels, badges, checklists.
//!
//! | file | what it holds |
//! |---|---|
//! | `result` | progress as a caller gets it |

mod result;

pub use result::{
    BadgeProgress, ChecklistProgress, IntervalState, LevelProgress, Progress, StepProgress,
    StreakInterval, StreakProgress,
};
