//! What became of each nudge: how often it was shown, when last, and what the customer answered.

use crate::condition::Seen;
use crate::event::Rows;
use crate::model::{Exposure, Model};
use crate::names::Names;
use crate::time::Zone;
use alloc::vec::Vec;

/// What became of nudges up to an instant, be they ones that the model has no more.
#[derive(Debug, Clone, Default)]
pub(crate) struct Exposed {
    /// The ids of those of which anything became.
    pub(crate) ids: Names,
    /// By the number of the id.
    pub(crate) nudges: Vec<Shown>,
    /// When any nudge was shown last, in epoch ms, on which civil day, and how many on that.
    pub(crate) last: Option<LastShown>,
}

/// The last showing of any nudge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct LastShown {
    /// Epoch ms.
    pub(crate) time: f64,
    /// The civil day of that.
    pub(crate) day: f64,
    /// How many were shown on that day.
    pub(crate) count: u32,
}

/// What became of one nudge.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Shown {
    pub(crate) count: u32,
    /// Epoch ms.
    pub(crate) last: Option<f64>,
    /// When the customer had enough of it last, in epoch ms, and whether by an answer.
    pub(crate) closed: Option<(f64, bool)>,
}

impl Exposed {
    /// Takes the first so many rows, which are in order of time and no earlier than what was taken before.
    pub(crate) fn extend(
        &mut self,
        model: &Model,
        rows: &Rows,
        count: usize,
        zone: &Zone,
        day_start_hour: u8,
    ) {
        let Some(exposure) = &model.reading.exposure else {
            return;
        };
        let events = rows.types.iter().zip(&rows.times).take(count).enumerate();
        for (row, (number, time)) in events {
            if !exposure.names(*number) {
                continue;
            }
            let is_shown = *number == exposure.shown;
            if is_shown {
                self.show(*time, zone.civil_day(*time, day_start_hour));
            }
            let id = match rows.seen(row, exposure.nudge.column) {
                Some(Seen::Text(id)) => id,
                _ => continue,
            };
            let nudge = self.ids.meet(id).0 as usize;
            self.nudges.resize(self.ids.len(), Shown::default());
            let Some(nudge) = self.nudges.get_mut(nudge) else {
                continue;
            };
            if is_shown {
                nudge.count = nudge.count.saturating_add(1);
                nudge.last = Some(*time);
            } else {
                nudge.closed = Some((*time, *number == exposure.answered));
            }
        }
    }

    /// Whether nothing became of any nudge.
    pub(crate) fn is_empty(&self) -> bool {
        self.nudges.is_empty() && self.last.is_none()
    }

    /// What became of a nudge.
    pub(super) fn find(&self, id: &str) -> Shown {
        let number = self.ids.find(id.as_bytes());
        let found = number.and_then(|number| self.nudges.get(number as usize));
        found.copied().unwrap_or_default()
    }

    /// How many were shown on a civil day, of which there is none later with any.
    pub(super) fn shown_on(&self, day: f64) -> u32 {
        let last = self.last.filter(|last| last.day == day);
        last.map_or(0, |last| last.count)
    }

    fn show(&mut self, time: f64, day: f64) {
        let count = self.shown_on(day).saturating_add(1);
        self.last = Some(LastShown { time, day, count });
    }
}

impl Exposure {
    /// Whether events of a type tell what became of a nudge.
    fn names(&self, number: u32) -> bool {
        [self.shown, self.dismissed, self.answered].contains(&number)
    }
}
