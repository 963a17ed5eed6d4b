//! What a customer has got to, and what is next: streaks, levels, badges, checklists.
//!
//! | file | what it holds |
//! |---|---|
//! | `tally` | what was done so far, taken event by event |
//! | `watch` | who looks at which events |
//! | `sum` | sums of many numbers |
//! | `calendar` | days, weeks and months by number |
//! | `streak` | days, weeks or months in a row |
//! | `pace` | when a number of events first lay within bounds |
//! | `level` | lifetime points as a level |
//! | `stars` | when there were first so many stars |
//! | `badge` | badges, earned or on the way |
//! | `checklist` | checklists and their steps |
//! | `answer` | all of that at an instant |
//! | `result` | progress as a caller gets it |

mod answer;
mod badge;
mod calendar;
mod checklist;
mod level;
mod pace;
mod result;
mod stars;
mod streak;
mod sum;
mod tally;
mod watch;

pub use result::{
    BadgeProgress, ChecklistProgress, IntervalState, LevelProgress, Progress, StepProgress,
    StreakInterval, StreakProgress,
};

pub(crate) use answer::Standing;
pub(crate) use pace::Pace;
pub(crate) use stars::Stars;
pub(crate) use streak::{Count, KEPT, Run, Spell};
pub(crate) use sum::Sum;
pub(crate) use tally::{Deed, Goal, Tally};
