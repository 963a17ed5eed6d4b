//! When there were first so many stars, for the badges that ask for them.

use super::answer::Standing;
use crate::course::{Interval, Scope, View};
use crate::error::Error;
use crate::model::{BadgeAward, Model};
use crate::score::Outcome;
use alloc::vec::Vec;
use core::ops::ControlFlow;

/// The stars of a customer, as far as badges ask for them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stars {
    /// At the instant.
    pub(super) now: u32,
    /// Epoch ms of the first instant with at least 1, 2, … of them.
    pub(crate) firsts: Vec<f64>,
}

impl Stars {
    /// As they were remembered.
    pub(crate) fn known(firsts: Vec<f64>) -> Stars {
        Stars { now: 0, firsts }
    }

    /// Epoch ms of the first instant with so many.
    pub(super) fn first(&self, stars: u8) -> Option<f64> {
        let place = usize::from(stars).checked_sub(1)?;
        self.firsts.get(place).copied()
    }

    /// There are so many at an instant, in epoch ms.
    fn note(&mut self, stars: u8, at: f64) {
        while self.firsts.len() < usize::from(stars) {
            self.firsts.push(at);
        }
    }
}

impl Model {
    /// The most stars that a badge asks for; 0 where none does.
    pub(crate) fn most_stars_of_badges(&self) -> u8 {
        let awards = self.progress.badges.iter().map(|badge| &badge.award);
        let stars = awards.map(|award| match award {
            BadgeAward::Stars(stars) => *stars,
            _ => 0,
        });
        stars.max().unwrap_or(0)
    }
}

impl Standing<'_> {
    /// Finds the first instants of stars from the customer's beginning on, or from an activity before it, or from where
    /// others left off, up to the instant.
    ///
    /// # Errors
    /// As a score: only of the baseline.
    pub(crate) fn count_stars(
        &mut self,
        view: &View<'_>,
        known: Stars,
        from: f64,
    ) -> Result<(), Error> {
        let most = self.model.most_stars_of_badges();
        self.stars = known;
        if most == 0 {
            return Ok(());
        }
        let mut outcome = Outcome::default();
        view.evaluate_exactly(self.at, &mut outcome)?;
        self.stars.now = u32::from(outcome.stars);
        let interval = Interval {
            from: self.dawn().unwrap_or(self.at).max(from).min(self.at),
            to: self.at,
        };
        let is_settled = |stars: &Stars| stars.firsts.len() >= usize::from(most);
        if is_settled(&self.stars) {
            return Ok(());
        }
        view.evaluate_exactly(interval.from, &mut outcome)?;
        self.stars.note(outcome.stars, interval.from);
        if is_settled(&self.stars) {
            return Ok(());
        }
        let stars = &mut self.stars;
        view.changes(interval, Scope::Records, &mut |change| {
            stars.note(change.after.stars, change.at);
            match is_settled(stars) {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        })
    }
}
