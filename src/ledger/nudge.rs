//! Which nudge the customer of a ledger is to see.

use super::Ledger;
use crate::error::Error;
use crate::nudge::NudgeDecision;
use crate::progress::Progress;
use crate::score::ScoreOptions;

impl Ledger {
    /// The nudge to show at an instant: that of the united history. Of the options zone and beginning of days play no part,
    /// since the ledger has its own.
    ///
    /// Of a ledger that was carried over to a model with nudges from one without ([`Restore::rebase`](crate::Restore)),
    /// what became of nudges before is not known.
    ///
    /// # Errors
    /// As [`nudge`](crate::nudge()); and `options-at-settled` for an instant, or a trend that a nudge asks for and that
    /// looks back to one, before that to which the ledger was compacted.
    ///
    /// # Example
    /// ```
    /// use std::sync::Arc;
    /// use starwise::{History, Instant, Ledger, LedgerOptions, Model, OnInvalid, ScoreOptions};
    ///
    /// let model = Arc::new(Model::parse(br#"{
    ///     "criteria": [{ "id": "login", "kind": "event", "event": "login", "points": 10 }],
    ///     "nudges": [{ "id": "hello", "kind": "banner", "when": {}, "maxShown": 1, "title": "Hello" }]
    /// }"#)?);
    /// let mut ledger = Ledger::new(model, LedgerOptions::new("phone"))?;
    /// let options = ScoreOptions::at(Instant::from_rfc3339("2024-03-05T00:00:00Z").unwrap());
    /// assert_eq!(ledger.nudge(&options)?.nudge.map(|nudge| nudge.title), Some("Hello".into()));
    ///
    /// let text = br#"{ "events": [
    ///     { "type": "nudge.shown", "time": "2024-03-01T09:00:00Z", "data": { "nudge": "hello" } }
    /// ] }"#;
    /// ledger.add(&History::parse(text, OnInvalid::Error)?)?;
    /// assert_eq!(ledger.nudge(&options)?.nudge, None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn nudge(&mut self, options: &ScoreOptions) -> Result<NudgeDecision, Error> {
        self.check_instant(options.at, "options.at")?;
        if self.model.nudges_ask_for("trend") {
            let then = options.at.before(self.model.trend.over);
            self.check_instant(then, "options.at")?;
        }
        let progress = match self.model.nudges_ask_for_progress() {
            true => self.progress(options)?,
            false => Progress::none(options.at),
        };
        self.prepare();
        let folded = self.fold.as_ref().map(|fold| fold.exposed.clone());
        match self.asked(options.baseline) {
            Some(asked) => asked.nudge_with(options, folded.unwrap_or_default(), &progress),
            // It was just prepared: there is one.
            None => Ok(NudgeDecision::none(options.at)),
        }
    }

    /// Whether a snapshot has to say what became of nudges that was folded.
    pub(super) fn has_exposure(&self) -> bool {
        let mut fold = self.fold.iter();
        fold.any(|fold| !fold.exposed.is_empty())
    }
}
