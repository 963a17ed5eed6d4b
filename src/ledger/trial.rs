//! What if: a ledger as it would be if more had happened.

use super::state::Ledger;
use crate::error::Error;
use crate::event::{Event, History, Rows};
use crate::score::{Outcome, ScoreOptions, ScoreResult};
use alloc::vec::Vec;

impl Ledger {
    /// The score as if these events had been added; the ledger stays as it is.
    ///
    /// # Errors
    /// As [`History::new`], [`Ledger::add`] and [`Ledger::score`].
    pub fn what_if(&self, extra: Vec<Event>, options: &ScoreOptions) -> Result<ScoreResult, Error> {
        let rows = History::new(extra, None)?.rows(&self.model.reading);
        let mut outcome = Outcome::default();
        self.evaluate_with(&rows, options, &mut outcome)?;
        Ok(ScoreResult::new(&self.model, &outcome, options))
    }

    /// Works out the score as if these events had been added; the ledger stays as it is.
    ///
    /// # Errors
    /// As those of adding and scoring.
    pub(crate) fn evaluate_with(
        &self,
        rows: &Rows,
        options: &ScoreOptions,
        outcome: &mut Outcome,
    ) -> Result<(), Error> {
        // One that is given away would name its events as this one does.
        let mut trial = Ledger {
            model: self.model.clone(),
            fingerprint: self.fingerprint,
            options: self.options.clone(),
            replicas: self.replicas.clone(),
            store: self.store.clone(),
            fold: self.fold.clone(),
            live: self.live.clone(),
            taken: self.taken,
            latest: self.latest,
            complete_from: self.complete_from,
        };
        trial.add_rows(rows)?;
        trial.evaluate(options, outcome)
    }
}
