//! A result as facts: what the conditions of audiences ask about.

use super::moment::{TENURE_DAYS, days_between};
use super::outcome::Outcome;
use crate::condition::{Facts, Seen};
use crate::model::Model;
use crate::number::rounded;
use crate::path::{Path, find_below};
use crate::time::Instant;
use crate::value::Value;

/// A customer's result and profile.
pub(crate) struct ResultFacts<'r> {
    pub(crate) model: &'r Model,
    pub(crate) outcome: &'r Outcome,
    pub(crate) profile: &'r Value,
    /// Days since the latest activity.
    pub(crate) days_since_last: Option<f64>,
}

impl Facts for ResultFacts<'_> {
    fn find(&self, path: &Path) -> Option<Seen<'_>> {
        let ResultFacts { model, outcome, .. } = self;
        let number = match path.split_first() {
            ("profile", rest) => return find_below(self.profile, rest).map(Seen::from),
            ("segment", []) => {
                let segment = model.segments.get(outcome.segment)?;
                return Some(Seen::Text(segment.id.as_bytes()));
            }
            ("stage", []) => {
                let stage = model.stages.get(outcome.stage?)?;
                return Some(Seen::Text(stage.id.as_bytes()));
            }
            (TENURE_DAYS, []) => outcome.tenure_days?,
            ("points", []) => rounded(outcome.points),
            ("score", []) => outcome.score,
            ("stars", []) => f64::from(outcome.stars),
            ("starsExact", []) => outcome.stars_exact,
            ("daysSinceLast", []) => self.days_since_last?,
            ("parts", [id]) => {
                let part = model.part_number(id)?;
                rounded(outcome.parts.get(part)?.own())
            }
            ("counts", [id]) => {
                let criterion = model.criterion_number(id)?;
                let mut lines = outcome.lines.iter();
                f64::from(lines.find(|line| line.criterion == Some(criterion))?.count)
            }
            _ => return None,
        };
        Some(Seen::Number(number))
    }
}

impl Outcome {
    /// Finds out which audiences of the model the customer belongs to.
    pub(crate) fn join(
        &mut self,
        model: &Model,
        profile: &Value,
        latest: Option<f64>,
        at: Instant,
    ) {
        let mut audiences = core::mem::take(&mut self.audiences);
        audiences.clear();
        let facts = ResultFacts {
            model,
            outcome: self,
            profile,
            days_since_last: latest.map(|latest| days_between(latest, at.millis() as f64)),
        };
        let belongs = |audience: &crate::model::Audience| audience.when.holds(&facts, at);
        audiences.extend(model.audiences.iter().map(belongs));
        self.audiences = audiences;
    }
}
