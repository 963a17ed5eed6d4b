//! An outcome over a stretch of time: what is certain of it without looking at every instant.

use super::Track;
use super::sweep::Sweep;
use super::swept::Swept;
use super::trail::Shape;
use super::view::View;
use crate::condition::{Moving, Outlook, Outlooks, Period, Seen};
use crate::model::{
    Combine, Criterion, CriterionKind, Curve, FilterRule, FrequencyRule, InactivityRule, Missing,
    Model, Target,
};
use crate::path::{Path, find_below};
use crate::score::{
    ProfileFacts, TENURE_DAYS, amount, days_between, filter_amount, idle_intervals, rounded,
    score_of, segment_of,
};
use crate::time::{Instant, MILLIS_PER_DAY};
use crate::value::Value;
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
const A_DAY: f64 = 1.0 / MILLIS_PER_DAY as f64;

/// A number of days that may be missing.
#[derive(Debug, Clone, Copy)]
enum Known {
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

    fn sweep(
        &self,
        number: usize,
        criterion: &Criterion,
        tenure_days: Known,
        interval: Interval,
    ) -> Swept {
        let (from, to) = (self.at(interval.from), self.at(interval.to));
        let track = self.course.tracks.get(number);
        match (&criterion.kind, track, Shape::of(criterion)) {
            (CriterionKind::Frequency(rule), Some(Track::Trail(trail)), Some(shape)) => {
                frequent(rule, trail.sweep(shape, from, to).count)
            }
            (_, Some(Track::Trail(trail)), Some(shape)) => trail.sweep(shape, from, to),
            (CriterionKind::Inactivity(rule), Some(track), _) => self.idle(rule, track, interval),
            (CriterionKind::Filter(rule), ..) => self.filtered(rule, tenure_days, interval),
            _ => Swept::same(0, 0.0),
        }
    }

    fn idle(&self, rule: &InactivityRule, track: &Track, interval: Interval) -> Swept {
        let intervals = |since, at| idle_intervals(rule, since, at) as f64;
        let since = self.idle_since(track, interval.from);
        let later = self.idle_since(track, interval.to);
        let first = intervals(since, interval.from);
        let last = intervals(later, interval.to);
        let (low, high) = match since {
            Some(_) if since == later => (first, last),
            // It only ever begins anew.
            Some(_) => (
                intervals(later, interval.from),
                intervals(since, interval.to),
            ),
            None => (0.0, intervals(Some(interval.from), interval.to)),
        };
        Swept {
            units: Sweep::jumping(first, last, low, high),
            count: (u32::from(low >= 1.0), u32::from(high >= 1.0)),
        }
    }

    fn filtered(&self, rule: &FilterRule, tenure_days: Known, interval: Interval) -> Swept {
        let facts = ProfileOutlook {
            profile: self.profile,
            tenure_days,
        };
        let holds = match &rule.condition {
            Some(condition) => condition.outlook(&facts, interval.period()),
            None => Some(true),
        };
        if holds == Some(false) {
            return Swept::same(0, 0.0);
        }
        let amount_at = |at: f64| {
            let facts = ProfileFacts {
                profile: self.profile,
                tenure_days: self.start(at).map(|start| days_between(start, at)),
            };
            filter_amount(rule, &facts, Instant::known(at))
        };
        let (first, last) = (amount_at(interval.from), amount_at(interval.to));
        let is_by_tenure = rule
            .per
            .as_ref()
            .is_some_and(|path| path.split_first() == (TENURE_DAYS, &[]));
        let (first_units, last_units) = (first.unwrap_or(0.0), last.unwrap_or(0.0));
        let amounts = match tenure_days {
            _ if !is_by_tenure => {
                let facts = ProfileFacts {
                    profile: self.profile,
                    tenure_days: None,
                };
                let amount = amount(&facts, rule.per.as_ref(), rule.curve.as_ref());
                let amount = amount.map(Sweep::same);
                match (holds, amount) {
                    (Some(_), Some(amount)) => {
                        return Swept::same(1, amount.first);
                    }
                    (_, None) => return Swept::same(0, 0.0),
                    (None, Some(amount)) => amount,
                }
            }
            Known::Missing => return Swept::same(0, 0.0),
            Known::Between(low, high) => graded(rule.curve.as_ref(), low, high),
            Known::Unknown => {
                let amounts = graded(
                    rule.curve.as_ref(),
                    0.0,
                    days_between(interval.from, interval.to),
                );
                return maybe(first_units, last_units, amounts);
            }
        };
        match holds {
            Some(_) => Swept {
                units: amounts,
                count: (1, 1),
            },
            None => maybe(first_units, last_units, amounts),
        }
    }
}

/// Something or nothing.
fn maybe(first: f64, last: f64, amounts: Sweep) -> Swept {
    let (low, high) = amounts.bounds();
    Swept {
        units: Sweep::jumping(first, last, low.min(0.0), high.max(0.0)),
        count: (0, 1),
    }
}

fn frequent(rule: &FrequencyRule, (least, most): (u32, u32)) -> Swept {
    let holds = |count: u32| (rule.at_least..=rule.at_most).contains(&count);
    if least >= rule.at_least && most <= rule.at_most {
        Swept::same(1, 1.0)
    } else if most < rule.at_least || least > rule.at_most {
        Swept::same(0, 0.0)
    } else {
        let unit = |count| f64::from(u8::from(holds(count)));
        maybe(unit(least), unit(most), Sweep::jumping(0.0, 1.0, 0.0, 1.0))
    }
}

/// Tenure as an amount: straight between the knots of a curve.
fn graded(curve: Option<&Curve>, from: f64, to: f64) -> Sweep {
    let Some(curve) = curve else {
        return Sweep::gliding(from, to, (A_DAY, A_DAY));
    };
    let (first, last) = (curve.at(from), curve.at(to));
    let mut sweep = Sweep::gliding(first, last, (0.0, 0.0));
    let mut before: Option<(f64, f64)> = None;
    for (x, y) in curve.knots.iter().copied() {
        if x > from && x < to {
            sweep.low = sweep.low.min(y);
            sweep.high = sweep.high.max(y);
        }
        if let Some((x0, y0)) = before
            && x0 < to
            && x > from
        {
            let slope = (y - y0) / (x - x0) * A_DAY;
            sweep.slope = (sweep.slope.0.min(slope), sweep.slope.1.max(slope));
        }
        before = Some((x, y));
    }
    match sweep.low == sweep.high {
        true => Sweep::same(first),
        false => sweep.with_slack(1e-15 * sweep.low.abs().max(sweep.high.abs())),
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
    fn outlook<'v>(self) -> Outlook<'v> {
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

/// The profile's own properties at the root, and `tenureDays`, over a stretch of time.
struct ProfileOutlook<'v> {
    profile: &'v Value,
    tenure_days: Known,
}

impl Outlooks for ProfileOutlook<'_> {
    fn outlook(&self, path: &Path) -> Outlook<'_> {
        match path.split_first() {
            (TENURE_DAYS, []) => self.tenure_days.outlook(),
            _ => Outlook::Same(path.find(self.profile).map(Seen::from)),
        }
    }
}
