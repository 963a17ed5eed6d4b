//! How much one event, or one customer, is worth: the number at a path, through a curve.

use crate::check::MAX_NUMBER;
use crate::condition::{Facts, Seen};
use crate::event::Cell;
use crate::model::Curve;
use crate::path::Path;

/// 1, or with `per` the number there through the curve; none without a number of at most 1e12.
pub(crate) fn amount(facts: &dyn Facts, per: Option<&Path>, curve: Option<&Curve>) -> Option<f64> {
    let found = per.map(|path| match facts.find(path) {
        Some(Seen::Number(number)) => Cell::Number(number),
        _ => Cell::Absent,
    });
    amount_of(found, curve)
}

/// The same of what stands at the path of `per`; none where there is no `per`.
#[inline(always)]
pub(crate) fn amount_of(found: Option<Cell>, curve: Option<&Curve>) -> Option<f64> {
    let plain = match found {
        None => 1.0,
        Some(Cell::Number(number)) if number.abs() <= MAX_NUMBER => number,
        Some(_) => return None,
    };
    Some(curve.map_or(plain, |curve| curve.at(plain)))
}

impl Curve {
    /// Linear between the knots, flat outside.
    pub(crate) fn at(&self, x: f64) -> f64 {
        let above = self.knots.partition_point(|(knot, _)| *knot <= x);
        let right = self.knots.get(above);
        let left = above.checked_sub(1).and_then(|below| self.knots.get(below));
        match (left, right) {
            (Some((x0, y0)), Some((x1, y1))) => y0 + (y1 - y0) * ((x - x0) / (x1 - x0)),
            (Some((_, y)), None) | (None, Some((_, y))) => *y,
            (None, None) => x,
        }
    }
}
