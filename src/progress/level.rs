//! Levels: how many lifetime points make which level.

use super::result::LevelProgress;
use crate::model::{LevelCurve, Levels};
use crate::number::rounded;
use alloc::string::ToString;

impl Levels {
    /// The lifetime points at which a level begins; infinite for one that there is not.
    ///
    /// Rounded as scores are, so that 1.1 times 50 is 55 and no more.
    ///
    /// # Source
    /// Habitica: the steps of `tnl` in its `common/script/statHelpers.js`.
    pub(crate) fn begin(&self, level: u32) -> f64 {
        let total = match &self.curve {
            LevelCurve::Thresholds(thresholds) => match level.checked_sub(1) {
                Some(place) => thresholds.get(place as usize).copied(),
                None => Some(0.0),
            },
            _ if level > self.last() => None,
            LevelCurve::Triangular => {
                let level = f64::from(level);
                Some(25.0 * level * (level - 1.0))
            }
            LevelCurve::Habitica => Some(habitica_total(level) as f64),
        };
        total.map_or(f64::INFINITY, |total| rounded(total * self.base))
    }

    /// The level of so many lifetime points, where it begins, and where the next one does; infinite where none does.
    pub(super) fn stand(&self, points: f64) -> (u32, f64, f64) {
        let mut last = self.last();
        let mut level = match &self.curve {
            LevelCurve::Thresholds(_) => 0,
            LevelCurve::Triangular | LevelCurve::Habitica => 1,
        };
        while level < last {
            let middle = last - (last - level) / 2;
            match self.begin(middle) <= points.max(0.0) {
                true => level = middle,
                false => last = middle - 1,
            }
        }
        (level, self.begin(level), self.begin(level + 1))
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

/// All steps below a level, where one is `round((0.25·L² + 10·L + 139.75) / 10) · 10`, and `25·L` below level 5.
///
/// The step of 5 is 150 in both ways of Habitica, and from there on one is `10·(L + ⌊(L² + 579) / 40⌋)`: the fraction is
/// never exactly a half. What is lost to rounding down comes again every 20 levels, so that the sum needs no loop.
fn habitica_total(level: u32) -> u64 {
    let steps = u64::from(level.saturating_sub(1));
    let sum = steps * (steps + 1) / 2;
    if steps < 5 {
        return 25 * sum;
    }
    let squares = sum * (2 * steps + 1) / 3;
    let lost = |end: u64| -> u64 { (0..end).map(|level| (level * level + 579) % 40).sum() };
    let (periods, rest) = ((steps + 1) / 20, (steps + 1) % 20);
    let fortieths = squares + 579 * (steps + 1) - periods * lost(20) - lost(rest);
    // The steps up to level 5 are 600 less than the sum would have them.
    10 * (sum + fortieths / 40) - 600
}
