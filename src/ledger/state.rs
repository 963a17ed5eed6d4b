//! The ledger itself: what it holds, and its score at any instant.

use super::compaction::Fold;
use super::options::{LedgerOptions, checked_profile};
use super::replicas::Replicas;
use super::store::Store;
use crate::course::Course;
use crate::error::{Error, ErrorCode};
use crate::model::Model;
use crate::question::Asked;
use crate::score::{Ignored, Outcome, ScoreOptions, ScoreResult};
use crate::time::Instant;
#[cfg(target_arch = "wasm32")]
use crate::time::Zone;
use crate::value::Value;
use alloc::{format, sync::Arc};

/// The incremental form of a score: a customer's events as they come, on one device or on many.
///
/// Adding in any order, merging in any order and any number of times, and going through bytes at any moment give what
/// scoring the united history gives.
///
/// # What is kept
/// Events of the types that some criterion names, with what the model reads of their data; all other activities only
/// where the model asks about any activity (`"*"`, an `inactivity` without `event`, a decay from the last activity, an
/// audience that asks for `daysSinceLast`). Of other activities the first one is kept, which may be the customer's
/// start, and whatever has an id, which a later event may repeat. `ignored.future` counts events that were kept.
///
/// Events of one time, type and id are told apart by what the model reads of their data, not by the rest of it.
///
/// # Duplicates
/// Of events with the same id the first in canonical order is kept, and `ignored.duplicate` counts the others:
/// everything that was added by [`Ledger::add`] is an event of its own, and counted where it was added; what comes by
/// merging and was kept there is counted if it is another event with the same id, and not if it is the same one again.
///
/// # Example
/// ```
/// use std::sync::Arc;
/// use starwise::{History, Instant, Ledger, LedgerOptions, Model, OnInvalid, ScoreOptions};
///
/// let model = Arc::new(Model::parse(br#"{
///     "criteria": [{ "id": "login", "kind": "event", "event": "login", "points": 10 }]
/// }"#)?);
/// let login = |day: u8| {
///     let text = format!(r#"{{ "events": [{{ "type": "login", "time": "2024-03-0{day}T09:00:00Z" }}] }}"#);
///     History::parse(text.as_bytes(), OnInvalid::Error)
/// };
/// let mut phone = Ledger::new(model.clone(), LedgerOptions::new("phone"))?;
/// let mut laptop = Ledger::new(model.clone(), LedgerOptions::new("laptop"))?;
/// phone.add(&login(2)?)?;
/// laptop.add(&login(1)?)?;
/// phone.merge_bytes(&laptop.to_bytes())?;
/// phone.merge(&laptop)?;
/// let at = Instant::from_rfc3339("2024-03-03T00:00:00Z").unwrap();
/// assert_eq!(phone.score(&ScoreOptions::at(at))?.points, 20.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Ledger {
    pub(super) model: Arc<Model>,
    /// Of the model.
    pub(super) fingerprint: u64,
    pub(super) options: LedgerOptions,
    pub(super) replicas: Replicas,
    pub(super) store: Store,
    /// What was folded, and up to when.
    pub(super) fold: Option<Fold>,
    /// The course of what was folded and of the first rows.
    pub(super) live: Option<Course>,
    /// How many rows that course has taken.
    pub(super) taken: usize,
    /// The latest time of any event that was ever added, kept or not, in epoch ms; infinite before the first.
    pub(super) latest: f64,
    /// See [`Ledger::complete_from`].
    pub(super) complete_from: f64,
}

impl Ledger {
    /// A ledger without an event.
    ///
    /// # Errors
    /// The `profile-…` codes, `options-invalid-day-start-hour`, `options-invalid-time-zone` and
    /// `options-invalid-replica`.
    pub fn new(model: Arc<Model>, options: LedgerOptions) -> Result<Ledger, Error> {
        Ok(Ledger::empty(model, options.checked()?))
    }

    pub(super) fn empty(model: Arc<Model>, options: LedgerOptions) -> Ledger {
        Ledger {
            store: Store::new(&model),
            fingerprint: model.fingerprint(),
            model,
            options,
            replicas: Replicas::default(),
            fold: None,
            live: None,
            taken: 0,
            latest: f64::NEG_INFINITY,
            complete_from: f64::NEG_INFINITY,
        }
    }

    /// The model.
    pub fn model(&self) -> &Arc<Model> {
        &self.model
    }

    /// How many events it keeps one by one, what was folded left out.
    pub fn len(&self) -> usize {
        self.store.len()
    }

    /// Whether it keeps no event one by one.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The profile of the customer.
    pub fn profile(&self) -> &Value {
        &self.options.profile
    }

    /// Puts another profile in its place: a [`Value::Map`].
    ///
    /// # Errors
    /// `profile-wrong-type`, `profile-invalid-value` and `history-too-deep`.
    pub fn set_profile(&mut self, profile: Value) -> Result<(), Error> {
        self.options.profile = checked_profile(profile)?;
        Ok(())
    }

    /// The IANA name of the time zone by whose civil days it counts.
    pub fn time_zone(&self) -> &str {
        &self.options.time_zone
    }

    /// The hour at which its civil days begin.
    pub fn day_start_hour(&self) -> u8 {
        self.options.day_start_hour
    }

    /// The instant, in epoch ms, from which on its scores are those of everything that was ever added: negative
    /// infinity for always, infinity for none.
    ///
    /// Only carrying a snapshot over to another model ([`Restore::rebase`](crate::Restore)) makes it anything else than
    /// always: events that the old model did not read were never kept. A trend looks back, and is complete so much later.
    pub fn complete_from(&self) -> f64 {
        self.complete_from
    }

    /// The instant before which everything was folded, in epoch ms: see [`Ledger::compact`].
    pub fn compacted_to(&self) -> Option<Instant> {
        self.fold.as_ref().map(|fold| Instant::known(fold.before))
    }

    /// The score at an instant: that of the united history. Of the options zone and beginning of days play no part, since
    /// the ledger has its own.
    ///
    /// # Errors
    /// As [`score`](crate::score()); and `options-at-settled` for an instant, or a trend that looks back to one, before
    /// that to which the ledger was compacted.
    pub fn score(&mut self, options: &ScoreOptions) -> Result<ScoreResult, Error> {
        let mut outcome = Outcome::default();
        self.evaluate(options, &mut outcome)?;
        Ok(ScoreResult::new(&self.model, &outcome, options))
    }

    /// The same in numbers.
    pub(crate) fn evaluate(
        &mut self,
        options: &ScoreOptions,
        outcome: &mut Outcome,
    ) -> Result<(), Error> {
        self.check_instant(options.at, "options.at")?;
        if options.include.trend {
            let then = options.at.before(self.model.trend.over);
            self.check_instant(then, "options.include")?;
        }
        self.prepare();
        if let Some(asked) = self.asked(options.baseline) {
            asked.score(options, outcome)?;
        }
        outcome.ignored = Ignored {
            invalid: self.replicas.invalid(),
            duplicate: self.replicas.duplicate(),
            settled: self.replicas.settled(),
            ..outcome.ignored
        };
        Ok(())
    }

    /// The first and the last time of the events that it keeps one by one, in epoch ms.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn times(&self) -> Option<(f64, f64)> {
        let times = &self.store.rows.times;
        Some((*times.first()?, *times.last()?))
    }

    /// Sets the offsets of its zone. Those of times that were counted before must not differ.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn set_zone(&mut self, zone: Zone) {
        self.options.zone = zone;
    }

    /// All that can be asked of it, once it is prepared.
    pub(crate) fn asked(&self, baseline: Option<f64>) -> Option<Asked<'_>> {
        Some(Asked {
            model: &self.model,
            rows: &self.store.rows,
            course: self.live.as_ref()?,
            folded: self.fold.as_ref().map(|fold| &fold.course),
            profile: &self.options.profile,
            zone: &self.options.zone,
            day_start_hour: self.options.day_start_hour,
            baseline,
        })
    }

    /// Brings the course up to date.
    pub(crate) fn prepare(&mut self) {
        let Ledger {
            model,
            options,
            store,
            fold,
            live,
            taken,
            ..
        } = self;
        let course = live.get_or_insert_with(|| {
            *taken = 0;
            match fold {
                Some(fold) => fold.course.clone(),
                None => Course::new(model),
            }
        });
        if *taken < store.len() {
            let (zone, hour) = (&options.zone, options.day_start_hour);
            course.extend(model, &store.rows, *taken, zone, hour);
            *taken = store.len();
        }
    }

    /// Refuses an instant before which everything was folded.
    pub(crate) fn check_instant(&self, at: Instant, path: &str) -> Result<(), Error> {
        match self.compacted_to() {
            Some(before) if at < before => {
                let detail = format!(
                    "must not be before {}, up to where the ledger was compacted, found {}",
                    before.millis(),
                    at.millis()
                );
                Err(Error::new(ErrorCode::OptionsAtSettled, path, detail))
            }
            _ => Ok(()),
        }
    }

    /// The course is good for the first so many rows only.
    pub(super) fn unsettle(&mut self, untouched: usize) {
        if self.taken > untouched {
            self.live = None;
            self.taken = 0;
        }
    }
}
