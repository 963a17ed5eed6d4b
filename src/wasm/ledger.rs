//! Ledgers: made, added to, asked, merged, folded, and turned into bytes and back.

use wasm_bindgen::prelude::*;

use super::desk::{DONE, Desk};
use super::model::ModelCore;
use super::{answer, wire};
use crate::error::{Error, ErrorCode};
use crate::ledger::{Ledger, LedgerOptions, Restore};
use crate::time::{Instant, Zone};
use crate::value::Value;
use alloc::{
    format,
    string::{String, ToString},
};

/// The events of one customer, kept.
#[wasm_bindgen]
pub struct LedgerCore(Ledger);

#[wasm_bindgen]
impl Desk {
    /// A ledger without events, by the options that were read; none where they have faults, which are the text then.
    pub fn ledger(&mut self, model: &ModelCore) -> Option<LedgerCore> {
        let mut options = LedgerOptions::new(&self.given_text("replica"));
        if self.given_option("timeZone").is_some() {
            options.time_zone = self.given_text("timeZone");
        }
        options.day_start_hour = self.options.day_start_hour;
        if let Some(profile) = self.given_option("profile") {
            options.profile = profile.clone();
        }
        let ledger = Ledger::new(model.0.clone(), options);
        self.made(ledger)
    }

    /// The name of the time zone of the snapshot in the input into the text; false where that is damaged.
    pub fn snapshot_zone(&mut self, length: usize) -> bool {
        match Ledger::time_zone_of(self.input(length)) {
            Ok(name) => {
                self.text = name;
                true
            }
            Err(error) => {
                self.fail(error);
                false
            }
        }
    }

    /// A ledger from the snapshot in the input, by the options that were read; as `ledger`.
    pub fn restore(&mut self, model: &ModelCore, length: usize) -> Option<LedgerCore> {
        let rebase = match self.given_option("rebase") {
            None | Some(Value::Bool(false)) => false,
            Some(Value::Bool(true)) => true,
            Some(found) => {
                let detail = format!("must be `true` or `false`, found {}", found.describe());
                let code = ErrorCode::OptionsWrongType;
                self.fail(Error::new(code, "options.rebase", detail));
                return None;
            }
        };
        let restore = Restore {
            replica: self.given_text("replica"),
            // The face sets it before it is needed.
            zone: Zone::utc(),
            rebase,
        };
        let ledger = Ledger::from_bytes(model.0.clone(), self.input(length), restore);
        self.made(ledger)
    }

    /// Adds what was taken to a ledger.
    pub fn add(&mut self, ledger: &mut LedgerCore) -> u8 {
        let added = ledger.0.add_rows(&self.rows);
        self.told(added)
    }

    /// Scores a ledger: the numbers are the outcome. With a profile among the options, it is scored as if that were its own.
    pub fn score_ledger(&mut self, ledger: &mut LedgerCore) -> u8 {
        self.score_as(ledger, false)
    }

    /// Works out the progress of a ledger: the text. With a profile among the options, as if that were its own.
    pub fn progress_of(&mut self, ledger: &mut LedgerCore) -> u8 {
        let own = match self.lend_profile(ledger) {
            Ok(own) => own,
            Err(error) => return self.fail(error),
        };
        let progress = ledger.0.progress(&self.options);
        give_back(ledger, own);
        self.tell_progress(progress)
    }

    /// Chooses a nudge for the customer of a ledger: the text. With a profile among the options, as if that were its own.
    pub fn nudge_of(&mut self, ledger: &mut LedgerCore) -> u8 {
        let own = match self.lend_profile(ledger) {
            Ok(own) => own,
            Err(error) => return self.fail(error),
        };
        let decided = ledger.0.nudge(&self.options);
        give_back(ledger, own);
        self.tell_nudge(decided)
    }

    fn score_as(&mut self, ledger: &mut LedgerCore, has_more: bool) -> u8 {
        let own = match self.lend_profile(ledger) {
            Ok(own) => own,
            Err(error) => return self.fail(error),
        };
        let Desk {
            rows,
            options,
            outcome,
            ..
        } = self;
        let evaluated = match has_more {
            true => ledger.0.evaluate_with(rows, options, outcome),
            false => ledger.0.evaluate(options, outcome),
        };
        give_back(ledger, own);
        if evaluated.is_ok() {
            let model = ledger.0.model();
            answer::write_outcome(model, self.options.at, &self.outcome, &mut self.numbers);
        }
        self.told(evaluated)
    }

    /// Scores a ledger as if what was taken had been added to it: as `score_ledger`.
    pub fn what_if(&mut self, ledger: &mut LedgerCore) -> u8 {
        self.score_as(ledger, true)
    }

    /// Works out the timeline or the transitions of a ledger: the numbers. Gives their count, -1 where there are faults.
    pub fn ask_ledger(&mut self, ledger: &mut LedgerCore) -> i32 {
        let Some(steps) = self.steps else { return 0 };
        let ledger = &mut ledger.0;
        let answered = ledger
            .check_instant(steps.from(), "options.from")
            .and_then(|()| {
                ledger.prepare();
                match ledger.asked(self.options.baseline) {
                    Some(asked) => steps.answer(&asked, &mut self.numbers),
                    None => Ok(0),
                }
            });
        match answered {
            Ok(count) => count as i32,
            Err(error) => {
                self.fail(error);
                -1
            }
        }
    }

    /// Puts the profile in the input in the place of a ledger's own.
    pub fn set_profile(&mut self, ledger: &mut LedgerCore, length: usize) -> u8 {
        let profile = wire::read_value(self.input(length));
        let set = ledger.0.set_profile(profile);
        self.told(set)
    }

    /// The profile of a ledger as JSON text.
    pub fn profile_of(&mut self, ledger: &LedgerCore) {
        self.text = ledger.0.profile().canonical_text();
    }

    /// The ledger as bytes.
    pub fn snapshot(&mut self, ledger: &LedgerCore) {
        self.bytes = ledger.0.to_bytes();
    }

    /// How many they are.
    pub fn bytes_length(&self) -> usize {
        self.bytes.len()
    }

    /// Forgets the bytes.
    pub fn drop_bytes(&mut self) {
        self.bytes = alloc::vec::Vec::new();
    }

    /// Merges the ledger of the snapshot in the input into another.
    pub fn merge_bytes(&mut self, ledger: &mut LedgerCore, length: usize) -> u8 {
        let merged = ledger.0.merge_bytes(self.input(length));
        self.told(merged)
    }

    /// Merges a ledger into another.
    pub fn merge(&mut self, ledger: &mut LedgerCore, other: &LedgerCore) -> u8 {
        let merged = ledger.0.merge(&other.0);
        self.told(merged)
    }

    /// Gives a ledger the profile among the options, where there is one, for a while; hands its own out.
    fn lend_profile(&self, ledger: &mut LedgerCore) -> Result<Option<Value>, Error> {
        let Some(profile) = self.given_option("profile") else {
            return Ok(None);
        };
        let own = ledger.0.profile().clone();
        ledger.0.set_profile(profile.clone())?;
        Ok(Some(own))
    }

    /// An option that was given.
    fn given_option(&self, key: &str) -> Option<&Value> {
        self.given.get(key).filter(|found| **found != Value::Null)
    }

    /// A text that was given; empty for anything else.
    fn given_text(&self, key: &str) -> String {
        match self.given_option(key) {
            Some(Value::Text(text)) => text.to_string(),
            _ => String::new(),
        }
    }

    fn made(&mut self, ledger: Result<Ledger, Error>) -> Option<LedgerCore> {
        match ledger {
            Ok(ledger) => Some(LedgerCore(ledger)),
            Err(error) => {
                self.fail(error);
                None
            }
        }
    }

    fn told(&mut self, result: Result<(), Error>) -> u8 {
        match result {
            Ok(()) => DONE,
            Err(error) => self.fail(error),
        }
    }
}

/// Gives a ledger its own profile back.
fn give_back(ledger: &mut LedgerCore, own: Option<Value>) {
    if let Some(own) = own {
        // It was its own before: nothing is wrong with it.
        let _ = ledger.0.set_profile(own);
    }
}

#[wasm_bindgen]
impl LedgerCore {
    /// Folds all before an instant, in epoch ms.
    pub fn compact(&mut self, before: f64) {
        self.0.compact(Instant::known(before));
    }

    /// The first and the last time that it keeps one by one, in epoch ms; NaN where there is none.
    pub fn first_time(&self) -> f64 {
        self.0.times().map_or(f64::NAN, |(first, _)| first)
    }

    /// See `first_time`.
    pub fn last_time(&self) -> f64 {
        self.0.times().map_or(f64::NAN, |(_, last)| last)
    }

    /// Its model.
    pub fn model(&self) -> ModelCore {
        ModelCore(self.0.model().clone())
    }

    /// How many events it keeps one by one.
    pub fn size(&self) -> usize {
        self.0.len()
    }

    /// From which instant on it is complete, in epoch ms; infinite for always and never.
    pub fn complete_from(&self) -> f64 {
        self.0.complete_from()
    }

    /// The instant before which all was folded, in epoch ms; NaN where nothing was.
    pub fn compacted_to(&self) -> f64 {
        let before = self.0.compacted_to();
        before.map_or(f64::NAN, |before| before.millis() as f64)
    }

    /// The hour at which its days begin.
    pub fn day_start_hour(&self) -> u8 {
        self.0.day_start_hour()
    }

    /// Sets the offsets of its zone: those that the last call laid down at a desk.
    pub fn set_zone(&mut self, desk: &Desk) {
        self.0.set_zone(desk.options.zone.clone());
    }
}
