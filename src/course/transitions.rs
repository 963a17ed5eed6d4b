//! Changes as they are told: one entry for each thing that changes, in order.

use super::changes::{Change, Scope};
use super::prospect::Interval;
use super::view::View;
use crate::error::Error;
use crate::score::NextChange;
use alloc::vec::Vec;
use core::ops::ControlFlow;

/// One change, by the numbers of the model's segments and audiences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    Stars { from: u8, to: u8 },
    Segment { from: usize, to: usize },
    Audience { number: usize, belongs: bool },
}

impl View<'_> {
    /// Every change after the beginning of a stretch of time, up to and with its end: its instant in epoch ms, and what
    /// it is; of one instant stars first, then segment, then audiences.
    pub(crate) fn transitions(&self, interval: Interval) -> Result<Vec<(f64, Turn)>, Error> {
        let mut turns = Vec::new();
        self.changes(interval, Scope::Everything, &mut |change| {
            change.tell(&mut turns);
            ControlFlow::Continue(())
        })?;
        Ok(turns)
    }

    /// The first instant after the beginning of a stretch of time at which stars or segment differ, if nothing more
    /// happens from its beginning on.
    pub(crate) fn next_change(&self, interval: Interval) -> Result<Option<NextChange>, Error> {
        let mut next = None;
        let idle = self.until(interval.from);
        idle.changes(interval, Scope::Standing, &mut |change| {
            next = Some(NextChange {
                at: change.at,
                stars: change.after.stars,
                segment: change.after.segment,
            });
            ControlFlow::Break(())
        })?;
        Ok(next)
    }
}

impl Change<'_> {
    fn tell(&self, turns: &mut Vec<(f64, Turn)>) {
        let Change { at, before, after } = self;
        if before.stars != after.stars {
            let (from, to) = (before.stars, after.stars);
            turns.push((*at, Turn::Stars { from, to }));
        }
        if before.segment != after.segment {
            let (from, to) = (before.segment, after.segment);
            turns.push((*at, Turn::Segment { from, to }));
        }
        let audiences = before.audiences.iter().zip(&after.audiences).enumerate();
        for (number, (before, belongs)) in audiences {
            if before != belongs {
                let belongs = *belongs;
                turns.push((*at, Turn::Audience { number, belongs }));
            }
        }
    }
}
