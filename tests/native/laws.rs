//! Laws: what holds of every model and every history, tried on about a thousand random ones each.
//!
//! | file | what it holds |
//! |---|---|
//! | `models` | random valid models, by what they may hold |
//! | `criteria` | the criteria in them |
//! | `conditions` | the conditions and paths they use |
//! | `histories` | random histories, as JSON and as Rust events |
//! | `scoring` | from JSON to a result; what is true of every result |
//! | `damage` | what breaks texts and documents |
//! | `spelling` | the many texts of one document |
//! | `invariance` | laws: what changes nothing |
//! | `receipt` | laws: what adds up, what is proportional |
//! | `passing_time` | laws: what time does to a score |
//! | `fading` | laws: the formulas of decay |
//! | `columns` | laws: the quick way from text to a score |
//! | `many` | laws: many customers at once |
//! | `any_instant` | laws: timelines, changes, and what it would take |
//! | `fleet` | the devices of one customer, each with a ledger |
//! | `ledger` | laws: a ledger is the united history |
//! | `snapshots` | laws: ledgers as bytes |
//! | `nudge` | laws: which nudge is shown, and why not another |
//! | `progress` | laws: streaks, levels, badges and checklists |
//! | `rebased` | compacted ledgers under other rules of progress |
//! | `bands` | laws: stars and segments |
//! | `door` | laws: any input gives an answer or an error |
//!
//! Each law says on which models it holds. Runs are the same each time; `PROPTEST_RNG_SEED` and
//! `PROPTEST_CASES` make them others, or more.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[path = "laws/any_instant.rs"]
mod any_instant;
#[path = "laws/bands.rs"]
mod bands;
#[path = "laws/columns.rs"]
mod columns;
#[path = "laws/conditions.rs"]
mod conditions;
#[path = "laws/criteria.rs"]
mod criteria;
#[path = "laws/damage.rs"]
mod damage;
#[path = "laws/door.rs"]
mod door;
#[path = "laws/fading.rs"]
mod fading;
#[path = "laws/fleet.rs"]
mod fleet;
#[path = "laws/histories.rs"]
mod histories;
#[path = "laws/invariance.rs"]
mod invariance;
#[path = "laws/ledger.rs"]
mod ledger;
#[path = "laws/many.rs"]
mod many;
#[path = "laws/models.rs"]
mod models;
#[path = "laws/nudge.rs"]
mod nudge;
#[path = "laws/passing_time.rs"]
mod passing_time;
#[path = "laws/progress.rs"]
mod progress;
#[path = "laws/rebased.rs"]
mod rebased;
#[path = "laws/receipt.rs"]
mod receipt;
#[path = "laws/scoring.rs"]
mod scoring;
#[path = "laws/snapshots.rs"]
mod snapshots;
#[path = "laws/spelling.rs"]
mod spelling;
