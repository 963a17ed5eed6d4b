//! An outcome over a stretch of time: what is certain of it without looking at every instant.

use super::sweep::Sweep;
use super::view::View;
use crate::condition::{Moving, Outlook, Outlooks, Period, Seen};
use crate::model::{Combine, CriterionKind, Missing, Model, Target};
use crate::number::rounded;
use crate::path::{Path, find_below};
use crate::score::{TENURE_DAYS, days_between, score_of, segment_of};
use crate::time::{Instant, MILLIS_PER_DAY};
use alloc::vec::Vec;

/// From one instant up to and with another, both in epoch ms.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Interval {
    pub(crate) from: f64,
    pub(crate) to: f64,
}

/// What comparisons may differ by where both sides are rounded to 9 decimals.
const ROUNDED: f64 = 1e-9;
/// Days in a ms.
pub(super) const A_DAY: f64 = 1.0 / MILLIS_PER_DAY as f64;

/// A number of days that may be missing.
#[derive(Debug, Clone, Copy)]
pub(super) enum Known {
    Missing,
    /// From one to another, as time goes on.
    Between(f64, f64),
    /// It may come, or jump.
    Unknown,
}

/// What is certain of an outcome.
#[derive(Debug)]
pub(super) struct Prospect<'v> {
    view: View<'v>,
    points: Sweep,
    /// What points are divided by for a score of 100.
    target: f64,
    score: (f64, f64),
    stage: Option<usize>,
    /// By part: its own score, or its points.
    parts: Vec<Sweep>,
    /// By criterion.
    counts: Vec<Option<(u32, u32)>>,
    tenure_days: Known,
    days_since_last: Known,
}

impl Interval {
    fn millis(self) -> f64 {
        self.to - self.from
    }

    pub(super) fn period(self) -> Period {
        Period {
            from: Instant::known(self.from),
            to: Instant::known(self.to),
        }
    }
}

impl<'v> View<'v> {
    /// What is certain over a stretch of time; none where not even the stage is.
    pub(super) fn prospect(&self, interval: Interval) -> Option<Prospect<'v>> {
        let tenure_days = self.tenure_days(interval);
        let mut prospect = Prospect {
            view: *self,
            points: Sweep::same(0.0),
            target: 1.0,
            score: (0.0, 0.0),
            stage: None,
            parts: Vec::with_capacity(self.model.parts.len()),
            counts: Vec::with_capacity(self.course.tracks.len()),
            tenure_days,
            days_since_last: self.days_since_last(interval),
        };
        for (number, stage) in self.model.stages.iter().enumerate() {
            if stage.when.outlook(&prospect, interval.period())? {
                prospect.stage = Some(number);
                break;
            }
        }
        prospect.combine(interval);
        Some(prospect)
    }

    fn tenure_days(&self, interval: Interval) -> Known {
        match (self.start(interval.from), self.start(interval.to)) {
            (None, None) => Known::Missing,
            (Some(start), Some(_)) => Known::Between(
                days_between(start, interval.from),
                days_between(start, interval.to),
            ),
            _ => Known::Unknown,
        }
    }

    fn days_since_last(&self, interval: Interval) -> Known {
        match (self.latest(interval.from), self.latest(interval.to)) {
            (None, None) => Known::Missing,
            (Some(latest), Some(same)) if latest == same => Known::Between(
                days_between(latest, interval.from),
                days_between(latest, interval.to),
            ),
            _ => Known::Unknown,
        }
    }
}

impl Prospect<'_> {
    /// Parts and points, as [`crate::score::combine`] puts them together.
    fn combine(&mut self, interval: Interval) {
        let View { model, .. } = self.view;
        let stage = self.stage.and_then(|number| model.stages.get(number));
        let is_weighted = model.combine == Combine::Weighted;
        let mut sum = Sweep::same(0.0);
        let mut divisor = if is_weighted { 0.0 } else { 1.0 };
        let mut is_sure = true;
        let mut number = 0;
        for part in &model.parts {
            let mut points = Sweep::same(0.0);
            let mut missing = Some(true);
            for criterion in &part.criteria {
                let mut count = None;
                if criterion.enabled {
                    let swept = self
                        .view
                        .sweep(number, criterion, self.tenure_days, interval);
                    let limit = match &criterion.kind {
                        CriterionKind::Event(rule) => rule.limit,
                        _ => None,
                    };
                    let worth = swept.units.times(criterion.points_in(stage));
                    points = points.plus(worth.clamped(limit.map(|limit| -limit), limit));
                    missing = match swept.count {
                        (_, 0) => missing,
                        (0, _) => {
                            missing.and_then(|missing| if missing { None } else { Some(false) })
                        }
                        _ => Some(false),
                    };
                    count = Some(swept.count);
                }
                self.counts.push(count);
                number += 1;
            }
            let points = points.tightened(interval.millis());
            let id = part.id.as_deref().unwrap_or_default();
            let target = stage.and_then(|stage| stage.targets.get(id));
            let weight = stage.and_then(|stage| stage.weights.get(id));
            let own = match is_weighted {
                true => points.times(100.0).over(target.unwrap_or(part.target)),
                false => points,
            };
            let own = own.clamped(part.bounds.min, part.bounds.max);
            let counting = match (is_weighted, part.missing, missing) {
                (false, ..) => 1.0,
                (true, Missing::Skip, Some(true)) => 0.0,
                (true, Missing::Skip, None) => {
                    is_sure = false;
                    0.0
                }
                _ => weight.unwrap_or(part.weight),
            };
            sum = sum.plus(own.times(counting));
            if is_weighted {
                divisor += counting;
            }
            self.parts.push(own);
        }
        let whole = match divisor > 0.0 {
            _ if !is_sure => self.any_mean(),
            true => sum.over(divisor),
            false => Sweep::same(0.0),
        };
        let bounds = model.bounds;
        self.points = whole
            .clamped(bounds.min, bounds.max)
            .tightened(interval.millis());
        let target = stage.and_then(|stage| stage.target).unwrap_or(model.target);
        let target = match target {
            Target::Points(points) => points,
            Target::Baseline => self.view.baseline().unwrap_or(1.0),
        };
        self.target = target;
        let (low, high) = self.points.bounds();
        self.score = (score_of(low, target), score_of(high, target));
    }

    /// A weighted mean of some of the parts, or of none.
    fn any_mean(&self) -> Sweep {
        let mut low = 0.0_f64;
        let mut high = 0.0_f64;
        for own in &self.parts {
            let (least, most) = own.bounds();
            low = low.min(least);
            high = high.max(most);
        }
        let slack = 1e-13 * low.abs().max(high.abs());
        Sweep::jumping(low, high, low, high).with_slack(slack)
    }

    /// No more stars than these.
    pub(super) fn most_stars(&self) -> u8 {
        self.view.model.stars.stars(self.score.1)
    }

    /// The stars, where they are the same all through.
    pub(super) fn stars(&self) -> Option<u8> {
        let stars = &self.view.model.stars;
        let (low, high) = (stars.stars(self.score.0), stars.stars(self.score.1));
        (low == high).then_some(low)
    }

    /// The number of the segment, where it is the same all through.
    pub(super) fn segment(&self) -> Option<usize> {
        let segments = &self.view.model.segments;
        let (low, high) = (
            segment_of(segments, self.score.0),
            segment_of(segments, self.score.1),
        );
        (low == high).then_some(low)
    }
}

impl Outlooks for Prospect<'_> {
    fn outlook(&self, path: &Path) -> Outlook<'_> {
        let model: &Model = self.view.model;
        let (low, high) = self.score;
        match path.split_first() {
            ("profile", rest) => Outlook::Same(find_below(self.view.profile, rest).map(Seen::from)),
            (TENURE_DAYS, []) => self.tenure_days.outlook(),
            ("daysSinceLast", []) => self.days_since_last.outlook(),
            ("score", []) => moving(low, high, self.points.times(100.0).over(self.target)),
            ("points", []) => rounded_facts(&self.points),
            ("starsExact", []) => between(model.stars.exact(low), model.stars.exact(high)),
            ("stars", []) => between(
                f64::from(model.stars.stars(low)),
                f64::from(model.stars.stars(high)),
            ),
            ("segment", []) => match self.segment() {
                Some(number) => {
                    let segment = model.segments.get(number);
                    Outlook::Same(segment.map(|segment| Seen::Text(segment.id.as_bytes())))
                }
                None => Outlook::Unknown,
            },
            ("stage", []) => {
                let stage = self.stage.and_then(|number| model.stages.get(number));
                Outlook::Same(stage.map(|stage| Seen::Text(stage.id.as_bytes())))
            }
            ("parts", [id]) => {
                let number = model.part_number(id);
                match number.and_then(|number| self.parts.get(number)) {
                    Some(part) => rounded_facts(part),
                    None => Outlook::Same(None),
                }
            }
            ("counts", [id]) => {
                let number = model.criterion_number(id);
                match number.and_then(|number| self.counts.get(number).copied().flatten()) {
                    Some((least, most)) => between(f64::from(least), f64::from(most)),
                    None => Outlook::Same(None),
                }
            }
            _ => Outlook::Same(None),
        }
    }
}

/// A number that is rounded where it is compared.
fn rounded_facts<'v>(sweep: &Sweep) -> Outlook<'v> {
    let (low, high) = sweep.bounds();
    moving(rounded(low), rounded(high), *sweep)
}

fn between<'v>(low: f64, high: f64) -> Outlook<'v> {
    moving(low, high, Sweep::jumping(low, high, low, high))
}

fn moving<'v>(low: f64, high: f64, sweep: Sweep) -> Outlook<'v> {
    if low == high {
        return Outlook::Same(Some(Seen::Number(low)));
    }
    Outlook::Number(Moving {
        low,
        high,
        first: sweep.first,
        last: sweep.last,
        slack: sweep.slack + ROUNDED,
        slope: sweep.slope,
    })
}

impl Known {
    pub(super) fn outlook<'v>(self) -> Outlook<'v> {
        match self {
            Known::Missing => Outlook::Same(None),
            Known::Between(low, high) if low == high => Outlook::Same(Some(Seen::Number(low))),
            Known::Between(low, high) => Outlook::Number(Moving {
                low,
                high,
                first: low,
                last: high,
                slack: 0.0,
                slope: (A_DAY, A_DAY),
            }),
            Known::Unknown => Outlook::Unknown,
        }
    }
}
