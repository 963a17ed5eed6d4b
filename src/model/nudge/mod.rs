//! What a customer is told, and when: nudges, as the model writes them.
//!
//! | file | what it holds |
//! |---|---|
//! | `nudges` | nudges: whom they are for, how often, what they say |
//! | `policy` | what holds for all of them together |
//! | `template` | texts with places for facts |

mod nudges;
mod policy;
mod template;

pub(crate) use nudges::Nudge;
pub(crate) use policy::{NudgePolicy, QuietHours};
pub(crate) use template::{Piece, Template};

pub(super) use nudges::read_nudges;
pub(super) use policy::read_policy;
