//! The face: what JavaScript calls. Every export decodes, calls the core, encodes; nothing else.
//!
//! | file | what it holds |
//! |---|---|
//! | `desk` | one score: what JavaScript laid down, and what is handed back |
//! | `leaderboard` | who stands where |
//! | `many` | many scores: columns and lines |
//! | `time` | timelines and transitions, and a history with more in it |
//! | `progress` | streaks, level, badges and checklists as JSON text |
//! | `ledger` | ledgers |
//! | `nudge` | which nudge to show, as JSON text |
//! | `model` | models: read, checked, described |
//! | `object` | objects in the making |
//! | `render` | pictures |
//! | `wire` | plain values as bytes |
//! | `answer` | outcomes as numbers, faults and names as JSON text |
//!
//! The package's JavaScript stands between these exports and its users: it lays rows and bytes into the memory of
//! a desk, and turns numbers and faults into results and errors.

mod answer;
mod desk;
mod leaderboard;
mod ledger;
mod many;
mod model;
mod nudge;
mod object;
mod progress;
mod render;
mod time;
mod wire;

/// The allocator of Rust's own standard library, which is not linked: its panics and their words are a third of a module.
#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

/// No panic can be reached; one that were would end the call.
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}

/// JSON text as UTF-8 bytes; anything else is the wire form.
const FORM_TEXT: u8 = 0;
