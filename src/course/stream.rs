//! Events in order of time, and what is left of any stretch of them, in the logarithm of their number.

use super::block::{Block, Left};
use crate::score::Fading;
use alloc::vec::Vec;

/// Events in a block, and blocks in one of the next level.
const FAN: usize = 8;
/// Up to here, sums of whole numbers are exact.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Events with their amounts; sums over blocks of 8, 64, 512 and so on grow along.
#[derive(Debug, Clone)]
pub(crate) struct Stream {
    fading: Fading,
    /// Epoch ms, never falling.
    pub(crate) times: Vec<f64>,
    /// Empty as long as each is 1.
    pub(crate) amounts: Vec<f64>,
    levels: Vec<Vec<Block>>,
    /// The sum of the sizes of all amounts; infinite once they are not whole numbers.
    whole: f64,
}

impl Stream {
    pub(crate) fn new(fading: Fading) -> Stream {
        Stream {
            fading,
            times: Vec::new(),
            amounts: Vec::new(),
            levels: Vec::new(),
            whole: 0.0,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.times.len()
    }

    /// Adds the latest event.
    pub(crate) fn push(&mut self, time: f64, amount: f64) {
        if amount != 1.0 && self.amounts.is_empty() {
            self.amounts.resize(self.times.len(), 1.0);
        }
        if amount != 1.0 || !self.amounts.is_empty() {
            self.amounts.push(amount);
        }
        self.times.push(time);
        self.whole += match crate::number::is_whole(amount) {
            true => amount.abs(),
            false => f64::INFINITY,
        };
        let mut count = self.len();
        let mut level = 0;
        while count.is_multiple_of(FAN) {
            count /= FAN;
            let Some(block) = self.gather(level, (count - 1) * FAN) else {
                return;
            };
            match self.levels.get_mut(level) {
                Some(blocks) => blocks.push(block),
                None => self.levels.push(alloc::vec![block]),
            }
            level += 1;
        }
    }

    /// Forgets all but those from a place on, and up to another.
    pub(crate) fn keep(&mut self, from: usize, to: usize) {
        let kept = core::mem::replace(self, Stream::new(self.fading));
        for place in from..to.min(kept.len()) {
            self.push(kept.time(place), kept.amount(place));
        }
    }

    pub(crate) fn time(&self, place: usize) -> f64 {
        self.times.get(place).copied().unwrap_or_default()
    }

    pub(crate) fn amount(&self, place: usize) -> f64 {
        self.amounts.get(place).copied().unwrap_or(1.0)
    }

    /// Whether sums of amounts are exact, whatever their order.
    pub(crate) fn is_whole(&self) -> bool {
        self.whole < EXACT
    }

    /// The first place of an age below one that is given.
    pub(crate) fn younger(&self, at: f64, age: f64) -> usize {
        self.times.partition_point(|time| at - time >= age)
    }

    /// The sum of the amounts of a stretch.
    pub(crate) fn amount_of(&self, from: usize, to: usize) -> f64 {
        if self.amounts.is_empty() {
            return to.saturating_sub(from) as f64;
        }
        let mut sum = 0.0;
        self.visit(from, to, &mut |block| sum += block.amount);
        sum
    }

    /// What is left of a stretch at an instant, close to what adding one by one gives.
    pub(crate) fn left(&self, from: usize, to: usize, at: f64) -> Left {
        let mut left = Left::default();
        match self.fading {
            Fading::None => left.units = self.amount_of(from, to),
            Fading::Step(half) => {
                let young = self.younger(at, half).clamp(from, to.max(from));
                left.units = 0.5 * self.amount_of(from, young) + self.amount_of(young, to);
            }
            Fading::Exponential(_) => self.add_left(from, to, at, &mut left),
            Fading::Linear(end) | Fading::Cosine(end) => {
                self.add_left(from.max(self.younger(at, end)), to, at, &mut left);
            }
        }
        left
    }

    /// How they fade.
    pub(crate) fn fading(&self) -> Fading {
        self.fading
    }

    /// The same as [`Stream::left`], one by one in order, as a score is worked out.
    pub(crate) fn exactly_left(&self, from: usize, to: usize, at: f64, begin: f64) -> f64 {
        if self.amounts.is_empty() && begin == 0.0 {
            let times = self.times.get(from..to).unwrap_or_default();
            return self.fading.sum(at, times);
        }
        (from..to).fold(begin, |sum, place| {
            sum + self.amount(place) * self.fading.left(at - self.time(place))
        })
    }

    #[inline(always)]
    fn add_left(&self, from: usize, to: usize, at: f64, left: &mut Left) {
        self.visit(from, to, &mut |block| *left += block.left(self.fading, at));
    }

    /// The fewest blocks that make up a stretch.
    #[inline(always)]
    fn visit(&self, from: usize, to: usize, each: &mut impl FnMut(&Block)) {
        let (mut from, mut to) = (from, to.max(from));
        let mut level = None;
        loop {
            let above = level.map_or(0, |level: usize| level + 1);
            let inner = (from.div_ceil(FAN), to / FAN);
            let is_top = inner.0 >= inner.1 || above >= self.levels.len();
            let ends = match is_top {
                true => (to, to),
                false => (inner.0 * FAN, inner.1 * FAN),
            };
            for place in (from..ends.0).chain(ends.1..to) {
                each(&self.block(level, place));
            }
            if is_top {
                return;
            }
            (from, to) = inner;
            level = Some(above);
        }
    }

    /// A block of a level, or a single event.
    #[inline(always)]
    fn block(&self, level: Option<usize>, place: usize) -> Block {
        let block = match level {
            None => None,
            Some(level) => self.levels.get(level).and_then(|level| level.get(place)),
        };
        match block {
            Some(block) => *block,
            None => Block::of(self.fading, self.time(place), self.amount(place)),
        }
    }

    /// The block of the eight below it, from a place of theirs on.
    fn gather(&self, level: usize, from: usize) -> Option<Block> {
        let below = level.checked_sub(1);
        let blocks = (from..from + FAN).map(|place| self.block(below, place));
        blocks.reduce(|sum, block| sum.and(self.fading, block))
    }
}
