//! Levels: how many lifetime points make which level.

use super::result::LevelProgress;
use crate::model::{LevelCurve, Levels};
use crate::score::rounded;
use alloc::string::ToString;

/// The last level of a curve that has no end of its own.
const LAST_LEVEL: u32 = 1_000_000;

impl Levels {
    /// The lifetime points at which a level begins; infinite for one that there is not.
    ///
    /// Rounded as scores are, so that 1.1 times 50 is 55 and no more.
    ///
    /// # Source
    /// Habitica: the steps of `tnl` in its `common/script/statHelpers.js`.
    pub(super) fn begin(&self, level: u32) -> f64 {
        let total = match &self.curve {
            LevelCurve::Thresholds(thresholds) => match level.checked_sub(1) {
                Some(place) => thresholds.get(place as usize).copied(),
                None => Some(0.0),
            },
            _ if level > LAST_LEVEL => None,
            LevelCurve::Triangular => {
                let level = f64::from(level);
                Some(25.0 * level * (level - 1.0))
            }
            LevelCurve::Habitica => Some((1..level).map(habitica_step).sum::<u64>() as f64),
        };
        total.map_or(f64::INFINITY, |total| rounded(total * self.base))
    }

    /// The level of so many lifetime points, where it begins, and where the next one does; infinite where none does.
    pub(super) fn stand(&self, points: f64) -> (u32, f64, f64) {
        let (mut level, mut total) = match self.curve {
            LevelCurve::Thresholds(_) => (0, 0),
            _ => (1, 0),
        };
        let mut from = 0.0;
        loop {
            let next = match self.curve {
                LevelCurve::Habitica if level < LAST_LEVEL => {
                    // The sum goes on from level to level: from the first for each would take a million of them.
                    total += habitica_step(level);
                    rounded(total as f64 * self.base)
                }
                _ => self.begin(level + 1),
            };
            if next > points.max(0.0) {
                return (level, from, next);
            }
            (level, from) = (level + 1, next);
        }
    }

    /// The level of so many lifetime points, and the way to the next.
    pub(super) fn progress(&self, points: f64, locale: Option<&str>) -> LevelProgress {
        let (level, from, next) = self.stand(points);
        let next = Some(next).filter(|next| next.is_finite());
        let name = level.checked_sub(1);
        let name = name.and_then(|place| self.names.get(place as usize));
        LevelProgress {
            level,
            name: name.map(|label| label.pick(locale).to_string()),
            points,
            from,
            next,
            share: next.map_or(1.0, |next| {
                ((points - from) / (next - from)).clamp(0.0, 1.0)
            }),
        }
    }
}

/// From a level to the next: `round((0.25·L² + 10·L + 139.75) / 10) · 10`, and another way up to level 5.
fn habitica_step(level: u32) -> u64 {
    let level = u64::from(level);
    match level {
        0..5 => 25 * level,
        5 => 150,
        // Whole numbers throughout: the fraction is never exactly a half.
        _ => 10 * (level + (level * level + 579) / 40),
    }
}
