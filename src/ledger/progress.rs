//! Progress of a ledger: of what was folded, and of the rows after it.

use super::Ledger;
use crate::course::Course;
use crate::error::Error;
use crate::progress::{Progress, Stars, Tally};
use crate::question::Asked;
use crate::score::ScoreOptions;

impl Ledger {
    /// Progress at an instant: that of the united history. Of the options zone and beginning of days play no part, since
    /// the ledger has its own.
    ///
    /// Of a ledger that was compacted and then carried over to another model ([`Restore::rebase`](crate::Restore)), rules that
    /// stayed the same go on, others begin anew with the compaction, and badges that were earned stay earned; of one that
    /// was only carried over, it is that of the events that were kept.
    ///
    /// # Errors
    /// As [`progress`](crate::progress()); and `options-at-settled` for an instant before that to which the ledger was
    /// compacted.
    ///
    /// # Example
    /// ```
    /// use std::sync::Arc;
    /// use starwise::{History, Instant, Ledger, LedgerOptions, Model, OnInvalid, ScoreOptions};
    ///
    /// let model = Arc::new(Model::parse(br#"{
    ///     "criteria": [{ "id": "login", "kind": "event", "event": "login", "points": 10 }],
    ///     "streaks": [{ "id": "weekly", "event": "login", "every": "week" }]
    /// }"#)?);
    /// let mut ledger = Ledger::new(model, LedgerOptions::new("phone"))?;
    /// let text = br#"{ "events": [{ "type": "login", "time": "2024-03-01T09:00:00Z" }] }"#;
    /// ledger.add(&History::parse(text, OnInvalid::Error)?)?;
    /// let at = Instant::from_rfc3339("2024-03-05T00:00:00Z").unwrap();
    /// let streak = &ledger.progress(&ScoreOptions::at(at))?.streaks[0];
    /// assert_eq!((streak.current, streak.at_risk), (1, true));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn progress(&mut self, options: &ScoreOptions) -> Result<Progress, Error> {
        self.check_instant(options.at, "options.at")?;
        if self.model.most_stars_of_badges() > 0 {
            self.prepare();
        }
        let (tally, stars, from) = match &self.fold {
            Some(fold) => (fold.tally.clone(), fold.stars.clone(), fold.before),
            None => (Tally::new(&self.model), Stars::default(), f64::NEG_INFINITY),
        };
        let unasked = Course::new(&self.model);
        let asked = Asked {
            model: &self.model,
            rows: &self.store.rows,
            course: self.live.as_ref().unwrap_or(&unasked),
            folded: None,
            profile: &self.options.profile,
            zone: &self.options.zone,
            day_start_hour: self.options.day_start_hour,
            baseline: options.baseline,
        };
        asked.progress_from(options, tally, stars, from)
    }

    /// Whether a snapshot has to say what progress depends on.
    pub(super) fn has_tally(&self) -> bool {
        self.fold.is_some() && self.model.has_progress()
    }
}
