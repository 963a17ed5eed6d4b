//! What one criterion counted, and what it gives at any instant.

use super::block::{Block, Left};
use super::counter::{Counter, Days, Rule, Verdict};
use super::stream::Stream;
use crate::event::Rows;
use crate::model::{Award, CountRule, Criterion, CriterionKind, DecayCurve, EventMatch};
use crate::score::{Fading, Gain};
use alloc::boxed::Box;

/// The error of a sum over blocks, of 1; generously.
const BLOCK_SLACK: f64 = 2e-14;
/// The error of a sum one by one, of 1 and for the square root of the number of its terms; generously.
const ADDING_SLACK: f64 = 5e-16;

/// The counted events of an event or frequency criterion.
#[derive(Debug, Clone)]
pub(crate) struct Trail {
    pub(crate) counter: Counter,
    /// All of them, in canonical order.
    pub(crate) all: Stream,
    /// Those of 0 and more, and those below, apart; only where there are some below.
    pub(crate) signs: Option<Box<[Stream; 2]>>,
    /// What was folded: events that no longer have to be told apart.
    pub(crate) base: Base,
}

/// Folded events.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Base {
    /// Those that count as long as there is time.
    pub(crate) count: u32,
    pub(crate) block: Block,
    /// The amounts of those older than the period.
    pub(crate) expired: f64,
}

/// The numbers of a criterion that its trail depends on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    pub(crate) fading: Fading,
    /// In ms; infinite for all time.
    pub(crate) period: f64,
    pub(crate) from_last_activity: bool,
    pub(crate) only_last: bool,
}

/// Which counted events stand in the period: from a place up to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) from: usize,
    pub(crate) to: usize,
}

/// An instant, and what is known then.
#[derive(Debug, Clone, Copy)]
pub(crate) struct At {
    /// Epoch ms.
    pub(crate) at: f64,
    /// Events later than this never happen.
    pub(crate) known: f64,
    /// The latest activity up to then.
    pub(crate) latest: Option<f64>,
}

impl Shape {
    /// Of an event or frequency criterion.
    pub(crate) fn of(criterion: &Criterion) -> Option<Shape> {
        match &criterion.kind {
            CriterionKind::Event(rule) => Some(Shape {
                fading: Fading::new(rule.decay.curve, rule.period),
                period: rule
                    .period
                    .map_or(f64::INFINITY, |period| period.millis() as f64),
                from_last_activity: rule.decay.from_last_activity
                    && rule.decay.curve != DecayCurve::None,
                only_last: rule.count.award == Award::Last,
            }),
            CriterionKind::Frequency(rule) => Some(Shape {
                fading: Fading::None,
                period: rule.within.millis() as f64,
                from_last_activity: false,
                only_last: rule.count.award == Award::Last,
            }),
            CriterionKind::Inactivity(_) | CriterionKind::Filter(_) => None,
        }
    }

    /// How single events fade in sums.
    pub(crate) fn summed(&self) -> Fading {
        match self.from_last_activity {
            true => Fading::None,
            false => self.fading,
        }
    }
}

impl<'m> Rule<'m> {
    /// Of an event or frequency criterion.
    pub(crate) fn of(criterion: &'m Criterion) -> Option<Rule<'m>> {
        let (matching, count): (_, &CountRule) = match &criterion.kind {
            CriterionKind::Event(rule) => {
                return Some(Rule {
                    matching: &rule.matching,
                    count: &rule.count,
                    per: rule.per.as_ref(),
                    curve: rule.curve.as_ref(),
                });
            }
            CriterionKind::Frequency(rule) => (&rule.matching, &rule.count),
            CriterionKind::Inactivity(_) | CriterionKind::Filter(_) => return None,
        };
        Some(Rule::plain(matching, count))
    }

    /// Of events that count one each.
    pub(crate) fn plain(matching: &'m EventMatch, count: &'m CountRule) -> Rule<'m> {
        Rule {
            matching,
            count,
            per: None,
            curve: None,
        }
    }
}

impl Trail {
    pub(crate) fn new(shape: Shape) -> Trail {
        Trail {
            counter: Counter::new(),
            all: Stream::new(shape.summed()),
            signs: None,
            base: Base {
                count: 0,
                block: Block::of(shape.summed(), f64::NEG_INFINITY, 0.0),
                expired: 0.0,
            },
        }
    }

    /// Takes the next event in canonical order.
    pub(crate) fn take(
        &mut self,
        rule: Rule<'_>,
        rows: &Rows,
        row: usize,
        days: Days<'_>,
    ) -> Verdict {
        let verdict = self.counter.judge(rule, rows, row, days);
        if let Verdict::Counted(amount) = verdict {
            self.push(rows.times.get(row).copied().unwrap_or_default(), amount);
        }
        verdict
    }

    /// Adds a counted event.
    pub(crate) fn push(&mut self, time: f64, amount: f64) {
        self.all.push(time, amount);
        match &mut self.signs {
            Some(signs) => {
                let [above, below] = &mut **signs;
                (if amount < 0.0 { below } else { above }).push(time, amount);
            }
            None if amount < 0.0 => self.part(),
            None => {}
        }
    }

    /// Tells signs apart from now on.
    fn part(&mut self) {
        let empty = || Stream::new(self.all.fading());
        let mut signs = [empty(), empty()];
        let [above, below] = &mut signs;
        for place in 0..self.all.len() {
            let (time, amount) = (self.all.time(place), self.all.amount(place));
            (if amount < 0.0 {
                &mut *below
            } else {
                &mut *above
            })
            .push(time, amount);
        }
        self.signs = Some(Box::new(signs));
    }

    /// What counts at an instant, of one of the streams.
    pub(crate) fn stretch(&self, stream: &Stream, shape: Shape, at: At) -> Stretch {
        let known = at.at.min(at.known);
        let to = stream.times.partition_point(|time| *time <= known);
        let from = stream.younger(at.at, shape.period).min(to);
        let from = match shape.only_last {
            true => from.max(to.saturating_sub(1)),
            false => from,
        };
        Stretch { from, to }
    }

    /// What the criterion gives, close to what adding one by one gives.
    pub(crate) fn gain(&self, shape: Shape, at: At) -> Gain {
        let stretch = self.stretch(&self.all, shape, at);
        let full = self.all.amount_of(stretch.from, stretch.to) + self.base.block.amount;
        let units = match (shape.from_last_activity, at.latest) {
            (true, Some(latest)) => full * shape.fading.left(at.at - latest),
            (true, None) => self.left_by_age(shape, stretch, at.at),
            (false, _) => {
                self.all.left(stretch.from, stretch.to, at.at).units + self.base_left(at.at).units
            }
        };
        let size = match (&self.signs, self.all.fading()) {
            (None, Fading::Exponential(_)) => units.abs(),
            (None, _) if shape.from_last_activity => units.abs(),
            (None, _) => full.abs(),
            (Some(_), _) => self.size(shape, at),
        };
        Gain {
            slack: self.slack(shape, stretch.to - stretch.from, size),
            ..self.gained(shape, stretch, units, full)
        }
    }

    /// The same, to the bit what a score works out.
    pub(crate) fn exact_gain(&self, shape: Shape, at: At) -> Gain {
        let Stretch { from, to } = self.stretch(&self.all, shape, at);
        let begin = self.base_left(at.at).units;
        let units = match (shape.from_last_activity, at.latest) {
            (true, Some(latest)) => {
                let left = shape.fading.left(at.at - latest);
                (from..to).fold(begin * left, |sum, place| {
                    sum + self.all.amount(place) * left
                })
            }
            (true, None) => self.left_by_age(shape, Stretch { from, to }, at.at),
            (false, _) => self.all.exactly_left(from, to, at.at, begin),
        };
        let full = (from..to).fold(self.base.block.amount, |sum, place| {
            sum + self.all.amount(place)
        });
        self.gained(shape, Stretch { from, to }, units, full)
    }

    /// What the error of the sums is in proportion to, at an instant: the sum of the sizes of the amounts, as much as is
    /// left of each where they fade in proportion.
    pub(crate) fn size(&self, shape: Shape, at: At) -> f64 {
        let size = |stream: &Stream| {
            let Stretch { from, to } = self.stretch(stream, shape, at);
            match stream.fading() {
                Fading::Exponential(_) => stream.left(from, to, at.at).units.abs(),
                _ => stream.amount_of(from, to).abs(),
            }
        };
        let sizes = match &self.signs {
            Some(signs) => signs.iter().map(size).sum(),
            None => size(&self.all),
        };
        let left = match (shape.from_last_activity, at.latest) {
            (true, Some(latest)) => shape.fading.left(at.at - latest),
            _ => 1.0,
        };
        (sizes + self.base_size(at.at)) * left
    }

    /// The same of the folded events.
    pub(crate) fn base_size(&self, at: f64) -> f64 {
        match self.all.fading() {
            Fading::Exponential(_) => self.base_left(at).units.abs(),
            _ => self.base.block.amount.abs(),
        }
    }

    /// How far sums over blocks may be from sums one by one, by the number of events and the sum of their sizes.
    pub(crate) fn slack(&self, shape: Shape, count: usize, size: f64) -> f64 {
        match shape.fading {
            Fading::None | Fading::Step(_) if self.all.is_whole() && self.base.count == 0 => 0.0,
            _ => size * (BLOCK_SLACK + ADDING_SLACK * libm::sqrt(count as f64)),
        }
    }

    fn gained(&self, shape: Shape, stretch: Stretch, units: f64, full: f64) -> Gain {
        let expired = match shape.only_last {
            // The last one alone could have expired.
            true if stretch.from == stretch.to && stretch.to > 0 => self.all.amount(stretch.to - 1),
            true => 0.0,
            false => self.all.amount_of(0, stretch.from),
        };
        Gain {
            slack: 0.0,
            units,
            count: (stretch.to - stretch.from) as u32 + self.base.count,
            full,
            expired: expired + self.base.expired,
        }
    }

    /// Where there was no activity whose age could be taken: only `nudge.` events were counted, and those are few.
    fn left_by_age(&self, shape: Shape, stretch: Stretch, at: f64) -> f64 {
        (stretch.from..stretch.to).fold(0.0, |sum, place| {
            sum + self.all.amount(place) * shape.fading.left(at - self.all.time(place))
        })
    }

    /// What is left of the folded events by each one's own age.
    pub(crate) fn base_left(&self, at: f64) -> Left {
        match self.all.fading() {
            // Those are folded when nothing is left of them.
            Fading::Linear(_) | Fading::Cosine(_) => Left::default(),
            _ if self.base.count == 0 => Left::default(),
            fading => self.base.block.left(fading, at),
        }
    }

    /// Folds what no instant from one on has to tell apart.
    pub(crate) fn retire(&mut self, shape: Shape, before: f64) {
        let at = At {
            at: before,
            known: before,
            latest: None,
        };
        let count = self.all.len();
        let stretch = self.stretch(&self.all, shape, at);
        if shape.only_last {
            return self.keep(count.saturating_sub(1));
        }
        for place in 0..stretch.from {
            self.base.expired += self.all.amount(place);
        }
        let all_time = shape.period == f64::INFINITY;
        let mut from = stretch.from;
        match shape.summed() {
            _ if !all_time => {}
            Fading::Linear(end) | Fading::Cosine(end) => {
                let done = self.all.younger(before, end);
                self.base.block.amount += self.all.amount_of(from, done);
                self.base.count += (done - from) as u32;
                from = done;
            }
            fading => {
                for place in from..count {
                    let (time, amount) = (self.all.time(place), self.all.amount(place));
                    let block = Block::of(fading, time, amount);
                    self.base.block = match self.base.count {
                        0 => block,
                        _ => self.base.block.and(fading, block),
                    };
                    self.base.count += 1;
                }
                from = count;
            }
        }
        self.keep(from);
    }

    fn keep(&mut self, from: usize) {
        self.all.keep(from, self.all.len());
        if self.signs.is_some() {
            self.part();
        }
    }
}
