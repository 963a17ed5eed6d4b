//! What one criterion gives over a stretch of time.

use super::block::Left;
use super::stream::Stream;
use super::sweep::Sweep;
use super::trail::{At, Shape, Stretch, Trail};
use crate::score::Fading;
use core::f64::consts::PI;

/// What a criterion gives over a stretch of time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Swept {
    pub(super) units: Sweep,
    /// The least and the greatest count.
    pub(super) count: (u32, u32),
}

impl Swept {
    /// Of a criterion that holds or does not all through.
    pub(super) fn same(count: u32, units: f64) -> Swept {
        Swept {
            units: Sweep::same(units),
            count: (count, count),
        }
    }
}

impl Trail {
    /// What it gives from one instant up to and with another.
    pub(super) fn sweep(&self, shape: Shape, from: At, to: At) -> Swept {
        let begin = self.stretch(&self.all, shape, from);
        let end = self.stretch(&self.all, shape, to);
        let is_steady = begin == end;
        if shape.only_last && !is_steady {
            return self.sweep_lasts(shape, from, to);
        }
        let base = self.base.count;
        let count = (
            begin.to.saturating_sub(end.from) as u32 + base,
            (end.to - begin.from) as u32 + base,
        );
        let units = match shape.from_last_activity {
            true => self.sweep_from_last(shape, from, to, is_steady),
            false if is_steady && self.is_still(shape, begin, from.at, to.at) => {
                Sweep::same(self.exact_gain(shape, from).units)
            }
            false => self.sweep_by_age(shape, from, to),
        };
        Swept { units, count }
    }

    /// Whether nothing fades between two instants at which the same events count.
    fn is_still(&self, shape: Shape, stretch: Stretch, from: f64, to: f64) -> bool {
        let is_empty = stretch.from == stretch.to;
        match shape.fading {
            Fading::None => true,
            _ if is_empty && self.base.count == 0 => true,
            Fading::Step(half) => {
                let young = |at| self.all.younger(at, half).clamp(stretch.from, stretch.to);
                young(from) == young(to)
            }
            Fading::Linear(end) | Fading::Cosine(end) => self.all.younger(from, end) >= stretch.to,
            Fading::Exponential(_) => false,
        }
    }

    fn sweep_by_age(&self, shape: Shape, from: At, to: At) -> Sweep {
        let base = (self.base_left(from.at), self.base_left(to.at));
        let (first, last) = base;
        let slope = hull(first.slope, last.slope);
        let mut sum = Sweep::gliding(first.units, last.units, slope);
        let mut size = self.base_size(from.at);
        let mut count = 0;
        let streams = match &self.signs {
            Some(signs) => signs.as_slice(),
            None => core::slice::from_ref(&self.all),
        };
        for stream in streams {
            let begin = self.stretch(stream, shape, from);
            let end = self.stretch(stream, shape, to);
            let swept = sweep_stream(stream, begin, end, from.at, to.at);
            size += match stream.fading() {
                Fading::Exponential(_) => swept.low.abs().max(swept.high.abs()),
                _ => stream.amount_of(begin.from, end.to).abs(),
            };
            count += end.to - begin.from;
            sum = sum.plus(swept);
        }
        sum.with_slack(sum.slack + self.slack(shape, count, size))
    }

    /// All events fade with the age of the latest activity.
    fn sweep_from_last(&self, shape: Shape, from: At, to: At, is_steady: bool) -> Sweep {
        let first = self.gain(shape, from).units;
        let last = self.gain(shape, to).units;
        let slack = |size: f64| self.slack(shape, self.all.len(), size);
        let base = self.base.block.amount;
        if is_steady && from.latest == to.latest {
            if from.latest.is_none() {
                return self.sweep_without_activity(shape, from, to);
            }
            let steepest = steepest(shape.fading);
            let begin = self.stretch(&self.all, shape, from);
            let amount = self.all.amount_of(begin.from, begin.to) + base;
            if first == last {
                // What fades nowhere is the same to the bit.
                return Sweep::same(self.exact_gain(shape, from).units);
            }
            let slope = hull(-steepest * amount, 0.0);
            let size = self.size(shape, from);
            return Sweep::gliding(first, last, slope).with_slack(slack(size));
        }
        let begin = self.stretch(&self.all, shape, from).from;
        let end = self.stretch(&self.all, shape, to).to;
        let (mut above, mut below) = (base.max(0.0), base.min(0.0));
        for place in begin..end {
            let amount = self.all.amount(place);
            above += amount.max(0.0);
            below += amount.min(0.0);
        }
        Sweep::jumping(first, last, below, above).with_slack(slack(above - below))
    }

    /// Where there was no activity whose age could be taken, each event fades by its own: see [`Trail::gain`].
    fn sweep_without_activity(&self, shape: Shape, from: At, to: At) -> Sweep {
        let Stretch {
            from: begin,
            to: end,
        } = self.stretch(&self.all, shape, from);
        let mut sum = Sweep::same(0.0);
        for place in begin..end {
            let (time, amount) = (self.all.time(place), self.all.amount(place));
            let left = |at: At| amount * shape.fading.left(at.at - time);
            let slope = match left(from) == left(to) {
                true => (0.0, 0.0),
                false => hull(-steepest(shape.fading) * amount, 0.0),
            };
            sum = sum.plus(Sweep::gliding(left(from), left(to), slope));
        }
        sum
    }

    /// Only the last event counts, and that changes.
    fn sweep_lasts(&self, shape: Shape, from: At, to: At) -> Swept {
        let first = self.exact_gain(shape, from);
        let last = self.exact_gain(shape, to);
        let begin = self.stretch(&self.all, shape, from);
        let end = self.stretch(&self.all, shape, to);
        let (mut low, mut high) = (0.0_f64, 0.0_f64);
        for place in begin.from..end.to {
            low = low.min(self.all.amount(place));
            high = high.max(self.all.amount(place));
        }
        Swept {
            units: Sweep::jumping(first.units, last.units, low, high),
            count: (0, 1),
        }
    }
}

/// Events of one sign over a stretch of time: what is left of each only shrinks.
fn sweep_stream(stream: &Stream, begin: Stretch, end: Stretch, from: f64, to: f64) -> Sweep {
    let first = stream.left(begin.from, begin.to, from);
    let last = stream.left(end.from, end.to, to);
    if begin == end {
        let slope = match first.units == last.units {
            true => (0.0, 0.0),
            false => slopes(stream, begin, first, last, to - from),
        };
        return Sweep::gliding(first.units, last.units, slope);
    }
    // Those that come are worth no more than when they are new, and those that stay no less than at the end.
    let most = first.units + stream.amount_of(begin.to, end.to);
    let least = match end.from < begin.to {
        true => stream.left(end.from, begin.to, to).units,
        false => 0.0,
    };
    let (low, high) = (most.min(least), most.max(least));
    Sweep::jumping(first.units, last.units, low, high)
}

/// Between which slopes what is left of the same events moves.
fn slopes(stream: &Stream, stretch: Stretch, first: Left, last: Left, millis: f64) -> (f64, f64) {
    let (low, high) = hull(first.slope, last.slope);
    match stream.fading() {
        Fading::None => (0.0, 0.0),
        Fading::Step(_) => (f64::NEG_INFINITY, f64::INFINITY),
        // Slopes that only rise or only fall.
        Fading::Exponential(_) | Fading::Linear(_) => (low, high),
        Fading::Cosine(end) => {
            let turning = PI / end;
            let amount = stream.amount_of(stretch.from, stretch.to).abs();
            let bend = 0.25 * millis * turning * turning * amount;
            (low - bend, high + bend)
        }
    }
}

/// The greatest share that is lost in a ms.
fn steepest(fading: Fading) -> f64 {
    match fading {
        Fading::None => 0.0,
        Fading::Exponential(half_life) => core::f64::consts::LN_2 / half_life,
        Fading::Linear(over) => 1.0 / over,
        Fading::Cosine(end) => 0.5 * PI / end,
        Fading::Step(_) => f64::INFINITY,
    }
}

fn hull(one: f64, other: f64) -> (f64, f64) {
    (one.min(other), one.max(other))
}
