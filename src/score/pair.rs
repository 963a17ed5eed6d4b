//! Two numbers at a time: one instruction for both where the build has SIMD, one after the other elsewhere, the same
//! bits either way.
//!
//! Comparisons give masks, all bits of a number or none.

/// Two numbers.
#[derive(Clone, Copy)]
pub(super) struct Pair(Lanes);

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
use scalar::*;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
use simd::*;

impl Pair {
    #[inline(always)]
    pub(super) fn new([first, second]: [f64; 2]) -> Pair {
        Pair(both(first, second))
    }

    #[inline(always)]
    pub(super) fn splat(number: f64) -> Pair {
        Pair(both(number, number))
    }

    #[inline(always)]
    pub(super) fn numbers(self) -> [f64; 2] {
        apart(self.0)
    }

    #[inline(always)]
    pub(super) fn plus(self, other: Pair) -> Pair {
        Pair(add(self.0, other.0))
    }

    #[inline(always)]
    pub(super) fn minus(self, other: Pair) -> Pair {
        Pair(subtract(self.0, other.0))
    }

    #[inline(always)]
    pub(super) fn times(self, other: Pair) -> Pair {
        Pair(multiply(self.0, other.0))
    }

    #[inline(always)]
    pub(super) fn by(self, other: Pair) -> Pair {
        Pair(divide(self.0, other.0))
    }

    /// Without their signs.
    #[inline(always)]
    pub(super) fn magnitude(self) -> Pair {
        Pair(absolute(self.0))
    }

    /// Mask of those that are at most as much.
    #[inline(always)]
    pub(super) fn is_at_most(self, other: Pair) -> Pair {
        Pair(at_most(self.0, other.0))
    }

    /// Mask of those that are less.
    #[inline(always)]
    pub(super) fn is_below(self, other: Pair) -> Pair {
        Pair(below(self.0, other.0))
    }

    /// Where a mask says so, else 0; of two masks, where both do.
    #[inline(always)]
    pub(super) fn within(self, mask: Pair) -> Pair {
        Pair(and(self.0, mask.0))
    }

    /// Where a mask says so, else not a number.
    #[inline(always)]
    pub(super) fn or_none(self, mask: Pair) -> Pair {
        Pair(or(self.0, not(mask.0)))
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd {
    use core::arch::wasm32::f64x2_extract_lane;
    pub(super) use core::arch::wasm32::{
        f64x2 as both, f64x2_abs as absolute, f64x2_add as add, f64x2_div as divide,
        f64x2_le as at_most, f64x2_lt as below, f64x2_mul as multiply, f64x2_sub as subtract,
        v128 as Lanes, v128_and as and, v128_not as not, v128_or as or,
    };

    #[inline(always)]
    pub(super) fn apart(pair: Lanes) -> [f64; 2] {
        [f64x2_extract_lane::<0>(pair), f64x2_extract_lane::<1>(pair)]
    }
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod scalar {
    pub(super) type Lanes = [f64; 2];

    #[inline(always)]
    fn each(one: Lanes, other: Lanes, of: impl Fn(f64, f64) -> f64) -> Lanes {
        let ([a, b], [c, d]) = (one, other);
        [of(a, c), of(b, d)]
    }

    fn mask(holds: bool) -> f64 {
        f64::from_bits(if holds { u64::MAX } else { 0 })
    }

    pub(super) fn both(first: f64, second: f64) -> Lanes {
        [first, second]
    }

    pub(super) fn apart(pair: Lanes) -> [f64; 2] {
        pair
    }

    pub(super) fn add(one: Lanes, other: Lanes) -> Lanes {
        each(one, other, |a, b| a + b)
    }

    pub(super) fn subtract(one: Lanes, other: Lanes) -> Lanes {
        each(one, other, |a, b| a - b)
    }

    pub(super) fn multiply(one: Lanes, other: Lanes) -> Lanes {
        each(one, other, |a, b| a * b)
    }

    pub(super) fn divide(one: Lanes, other: Lanes) -> Lanes {
        each(one, other, |a, b| a / b)
    }

    pub(super) fn absolute(pair: Lanes) -> Lanes {
        pair.map(f64::abs)
    }

    pub(super) fn at_most(one: Lanes, other: Lanes) -> Lanes {
        each(one, other, |a, b| mask(a <= b))
    }

    pub(super) fn below(one: Lanes, other: Lanes) -> Lanes {
        each(one, other, |a, b| mask(a < b))
    }

    pub(super) fn and(one: Lanes, other: Lanes) -> Lanes {
        each(one, other, |a, b| f64::from_bits(a.to_bits() & b.to_bits()))
    }

    pub(super) fn or(one: Lanes, other: Lanes) -> Lanes {
        each(one, other, |a, b| f64::from_bits(a.to_bits() | b.to_bits()))
    }

    pub(super) fn not(pair: Lanes) -> Lanes {
        pair.map(|number| f64::from_bits(!number.to_bits()))
    }
}
