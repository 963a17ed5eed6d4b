//! When stars, segment and audiences change, to the millisecond.
//!
//! A stretch of time is either known to hold no change, or halved. What is known rests on bounds: events of one sign
//! only lose worth, conditions are judged with everything that a fact may be, and where points move without jumps the
//! steepest slope tells how far they can stray. So nothing is missed between two looks.

use super::prospect::Interval;
use super::view::View;
use crate::error::Error;
use crate::score::Outcome;
use alloc::vec::Vec;
use core::ops::ControlFlow;

/// Looks that may leave one thing open before a stretch of time with the same at both ends is taken to be so: only where
/// numbers creep along an edge, or along each other, in steps too small for their digits.
const MOST_LOOKS: u32 = 100_000;

/// What can change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct State {
    pub(crate) stars: u8,
    /// By number.
    pub(crate) segment: usize,
    /// Whether the customer belongs to each audience of the model.
    pub(crate) audiences: Vec<bool>,
}

/// What to look for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Stars and segment.
    Standing,
    /// Audiences too.
    Everything,
    /// More stars than ever before.
    Records,
}

/// A change at an instant, in epoch ms.
pub(crate) struct Change<'s> {
    pub(crate) at: f64,
    pub(crate) before: &'s State,
    pub(crate) after: &'s State,
}

struct Search<'v, 'f> {
    view: View<'v>,
    scope: Scope,
    /// The looks that left stars and segment open, and after them each audience.
    open_looks: Vec<u32>,
    outcome: Outcome,
    /// At the latest instant that was looked at.
    state: State,
    each: &'f mut dyn FnMut(Change<'_>) -> ControlFlow<()>,
}

impl View<'_> {
    /// Tells every change after one instant, up to and with another, in order.
    pub(crate) fn changes(
        &self,
        interval: Interval,
        scope: Scope,
        each: &mut dyn FnMut(Change<'_>) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        let mut outcome = Outcome::default();
        self.evaluate_exactly(interval.from, &mut outcome)?;
        let mut search = Search {
            view: *self,
            scope,
            open_looks: alloc::vec![0; self.model.audiences.len() + 1],
            state: State::of(&outcome, scope, 0),
            outcome,
            each,
        };
        // A break is how the caller says that it has seen enough.
        search.look(interval).map(|_| ())
    }
}

impl State {
    /// The state that an outcome makes; a record stands where the stars are fewer.
    fn of(outcome: &Outcome, scope: Scope, record: u8) -> State {
        let is_record = scope == Scope::Records;
        State {
            stars: outcome.stars.max(if is_record { record } else { 0 }),
            segment: if is_record { 0 } else { outcome.segment },
            audiences: match scope {
                Scope::Standing | Scope::Records => Vec::new(),
                Scope::Everything => outcome.audiences.clone(),
            },
        }
    }
}

impl Search<'_, '_> {
    /// Finds the changes of a stretch; the state at its beginning is known.
    fn look(&mut self, interval: Interval) -> Result<ControlFlow<()>, Error> {
        if interval.to <= interval.from || self.is_same(interval)? {
            return Ok(ControlFlow::Continue(()));
        }
        let half = libm::floor((interval.to - interval.from) / 2.0);
        if half == 0.0 {
            return self.step(interval.to);
        }
        let middle = interval.from + half;
        let (from, to) = (interval.from, interval.to);
        match self.look(Interval { from, to: middle })? {
            ControlFlow::Break(()) => Ok(ControlFlow::Break(())),
            ControlFlow::Continue(()) => self.look(Interval { from: middle, to }),
        }
    }

    /// Whether nothing changes in a stretch: for certain, or as far as anybody can tell.
    fn is_same(&mut self, interval: Interval) -> Result<bool, Error> {
        let Some(prospect) = self.view.prospect(interval) else {
            return Ok(false);
        };
        let stands = match self.scope {
            Scope::Records => prospect.most_stars() <= self.state.stars,
            _ => {
                prospect.stars() == Some(self.state.stars)
                    && prospect.segment() == Some(self.state.segment)
            }
        };
        let audiences = self.view.model.audiences.iter();
        let belong = audiences
            .zip(&self.state.audiences)
            .map(|(audience, belongs)| {
                audience.when.outlook(&prospect, interval.period()) == Some(*belongs)
            });
        let mut is_open = false;
        let mut is_given_up = false;
        for (is_known, looks) in core::iter::once(stands)
            .chain(belong)
            .zip(&mut self.open_looks)
        {
            if is_known {
                continue;
            }
            *looks = looks.saturating_add(1);
            is_given_up |= *looks > MOST_LOOKS;
            is_open |= *looks <= MOST_LOOKS;
        }
        match (is_open, is_given_up) {
            (true, _) => Ok(false),
            (false, false) => Ok(true),
            (false, true) => Ok(self.state_at(interval.to)? == self.state),
        }
    }

    /// One ms on.
    fn step(&mut self, at: f64) -> Result<ControlFlow<()>, Error> {
        let after = self.state_at(at)?;
        if after == self.state {
            return Ok(ControlFlow::Continue(()));
        }
        let before = core::mem::replace(&mut self.state, after);
        let change = Change {
            at,
            before: &before,
            after: &self.state,
        };
        Ok((self.each)(change))
    }

    fn state_at(&mut self, at: f64) -> Result<State, Error> {
        self.view.evaluate_exactly(at, &mut self.outcome)?;
        Ok(State::of(&self.outcome, self.scope, self.state.stars))
    }
}
