//! The score at many instants, past and future alike.

use super::view::View;
use crate::error::Error;
use crate::score::Outcome;

impl View<'_> {
    /// Works out so many outcomes, the first at an instant in epoch ms and each a step in ms after the one before, as if
    /// only the events up to it were known.
    pub(crate) fn timeline(
        &self,
        from: f64,
        step: f64,
        count: usize,
        each: &mut dyn FnMut(f64, &Outcome),
    ) -> Result<(), Error> {
        let mut outcome = Outcome::default();
        for number in 0..count {
            let at = from + step * number as f64;
            self.evaluate(at, &mut outcome)?;
            each(at, &outcome);
        }
        Ok(())
    }
}
