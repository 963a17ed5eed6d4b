//! What one criterion gives over a stretch of time, whatever its kind.

use super::Track;
use super::prospect::{A_DAY, Interval, Known};
use super::sweep::Sweep;
use super::swept::Swept;
use super::trail::Shape;
use super::view::View;
use crate::condition::{Outlook, Outlooks, Seen};
use crate::model::{Criterion, CriterionKind, Curve, FilterRule, FrequencyRule, InactivityRule};
use crate::path::Path;
use crate::score::{
    ProfileFacts, TENURE_DAYS, amount, days_between, filter_amount, idle_intervals,
};
use crate::time::Instant;
use crate::value::Value;

impl View<'_> {
    pub(super) fn sweep(
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
