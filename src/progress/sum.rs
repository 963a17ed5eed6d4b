//! Sums of many numbers.

use crate::number::rounded;

/// A sum that loses nothing to rounding on the way.
///
/// # Source
/// Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", 1974.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sum {
    pub(crate) total: f64,
    pub(crate) lost: f64,
}

impl Sum {
    pub(super) fn add(&mut self, number: f64) {
        let total = self.total + number;
        self.lost += match self.total.abs() >= number.abs() {
            true => (self.total - total) + number,
            false => (number - total) + self.total,
        };
        self.total = total;
    }

    /// Rounded as a score is.
    pub(super) fn value(self) -> f64 {
        rounded(self.total + self.lost)
    }
}
