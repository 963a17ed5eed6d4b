//! What makes two models the same to a ledger: a hash of everything that scores depend on.
//!
//! It is taken from the checked model, so that neither the order of keys, nor a default that is written out, nor any
//! text for people makes a difference.

use super::digest::{Digest, condition};
use crate::model::{Combine, Criterion, CriterionKind, Missing, Model, StarScale};

impl Model {
    /// The same for all models that score the same, and whose progress is the same.
    pub(super) fn fingerprint(&self) -> u64 {
        let mut digest = Digest::new();
        digest.path(&self.started_at);
        digest.tag(self.combine == Combine::Weighted);
        for part in &self.parts {
            digest.text(part.id.as_deref().unwrap_or_default());
            digest.number(part.weight);
            digest.number(part.target);
            digest.optional(part.bounds.min);
            digest.optional(part.bounds.max);
            digest.tag(part.missing == Missing::Skip);
            for criterion in part.criteria.iter().filter(|criterion| criterion.enabled) {
                digest.text(&criterion.id);
                digest.number(criterion.points);
                digest.add(criterion.digest());
            }
        }
        for stage in &self.stages {
            digest.text(&stage.id);
            digest.add(condition(&stage.when));
            digest.target(stage.target);
            for id in self.parts.iter().filter_map(|part| part.id.as_deref()) {
                digest.optional(stage.weights.get(id));
                digest.optional(stage.targets.get(id));
            }
            for (_, criterion) in self.criteria() {
                digest.optional(stage.points.get(&criterion.id));
            }
        }
        digest.target(Some(self.target));
        digest.optional(self.bounds.min);
        digest.optional(self.bounds.max);
        match &self.stars {
            StarScale::Five => digest.tag(false),
            StarScale::At(thresholds) => {
                thresholds
                    .iter()
                    .for_each(|threshold| digest.number(*threshold));
            }
        }
        for segment in &self.segments {
            digest.text(&segment.id);
            digest.optional(segment.up_to);
        }
        digest.duration(self.trend.over);
        digest.number(self.trend.dead_band);
        for audience in &self.audiences {
            digest.text(&audience.id);
            digest.add(condition(&audience.when));
        }
        // Without it, the fingerprint is what it was before there was any.
        if self.has_progress() {
            digest.add(self.progress_digest());
        }
        if !self.nudges.is_empty() {
            // Of others, what became of nudges was never kept.
            digest.text("nudges");
        }
        if self.nudges_ask_for("daysSinceLast") {
            // Of others, not every activity was kept.
            digest.text("daysSinceLast");
        }
        digest.finish()
    }
}

impl Criterion {
    /// The same for all criteria that count the same events alike: id and points play no part.
    pub(super) fn digest(&self) -> u64 {
        let mut digest = Digest::new();
        match &self.kind {
            CriterionKind::Event(rule) => {
                digest.text("event");
                digest.matching(&rule.matching);
                digest.count(&rule.count);
                digest.path_or_none(rule.per.as_ref());
                digest.curve(rule.curve.as_ref());
                digest.optional(rule.period.map(|period| period.millis() as f64));
                digest.decay(rule.decay);
                digest.optional(rule.limit);
            }
            CriterionKind::Frequency(rule) => {
                digest.text("frequency");
                digest.matching(&rule.matching);
                digest.count(&rule.count);
                digest.add(u64::from(rule.at_least));
                digest.add(u64::from(rule.at_most));
                digest.duration(rule.within);
            }
            CriterionKind::Inactivity(rule) => {
                digest.text("inactivity");
                digest.matching(&rule.matching);
                digest.duration(rule.idle_for);
                digest.tag(rule.repeat);
            }
            CriterionKind::Filter(rule) => {
                digest.text("filter");
                digest.condition_or_none(rule.condition.as_ref());
                digest.path_or_none(rule.per.as_ref());
                digest.curve(rule.curve.as_ref());
            }
        }
        digest.finish()
    }
}
