//! A ledger: a customer's events as they come, on one device or on many, ready to be scored at any time.
//!
//! | file | what it holds |
//! |---|---|
//! | `options` | what it is told beside its model |
//! | `state` | the ledger itself |
//! | `store` | the events that it keeps, in canonical order |
//! | `replicas` | who recorded them, and what became of those that are kept no longer |
//! | `ranges` | sets of counters |
//! | `addition` | adding events |
//! | `merging` | merging two ledgers |
//! | `nudge` | which nudge to show |
//! | `trial` | what if more had happened |
//! | `progress` | streaks, level, badges and checklists |
//! | `compaction` | folding the past |
//! | `fingerprint` | what makes two models the same to a ledger |
//! | `digest` | hashes of the pieces of a model |
//! | `snapshot` | a ledger as bytes, and back |
//! | `head` | whose a snapshot is, and what was kept |
//! | `order` | how things are numbered in it |
//! | `roster` | replicas in a snapshot |
//! | `table` | rows in a snapshot |
//! | `heritage` | what was folded, in a snapshot |
//! | `tally` | what progress depends on of what was folded, in a snapshot |
//! | `exposure` | what became of nudges that was folded, in a snapshot |
//! | `cells` | data and plain values in a snapshot |
//! | `times` | times in a snapshot |
//! | `integers` | columns of whole numbers in few bits |
//! | `bytes` | numbers, texts and bits |
//! | `hash` | hashes and checksums |
//! | `rebase` | a snapshot carried over to another model |
//! | `rules` | what makes rules of progress the same |

mod addition;
mod bytes;
mod cells;
mod compaction;
mod digest;
mod exposure;
mod fingerprint;
mod hash;
mod head;
mod heritage;
mod integers;
mod merging;
mod nudge;
mod options;
mod order;
mod progress;
mod ranges;
mod rebase;
mod replicas;
mod roster;
mod rules;
mod snapshot;
mod state;
mod store;
mod table;
mod tally;
mod times;
mod trial;

pub use options::LedgerOptions;
pub use snapshot::Restore;
pub use state::Ledger;
