//! 2^x for x ≤ 0, the same bits everywhere: a table of 32 steps and a polynomial, two numbers at a time where the
//! build has SIMD.
//!
//! # Source
//! P. T. P. Tang, "Table-driven implementation of the exponential function in IEEE floating-point arithmetic", ACM
//! TOMS 15 (1989), with a shorter polynomial: the relative error is below 3e-15. Whole 32nds are exact, results below the
//! least normal double are 0.

/// Added and taken away again, it leaves a number rounded to a 32nd, whose count of 32nds then stands in the last bits.
const ROUNDER: f64 = 1.5 * (1_u64 << 47) as f64;
/// Below it 2^x is no normal double.
const LEAST: f64 = -1022.0;
const MANTISSA_BITS: u32 = 52;
const STEPS: u64 = 32;

/// ln(2)^n / n!: 2^r for |r| ≤ 1/64 is their sum with the powers of r.
const C1: f64 = core::f64::consts::LN_2;
const C2: f64 = 0.240_226_506_959_100_72;
const C3: f64 = 0.055_504_108_664_821_58;
const C4: f64 = 0.009_618_129_107_628_477;
const C5: f64 = 0.001_333_355_814_642_844_3;

/// 2^(n/32).
const TABLE: [f64; STEPS as usize] = [
    1.0,
    1.021_897_148_654_116_6,
    1.044_273_782_427_413_8,
    1.067_140_400_676_823_7,
    1.090_507_732_665_257_7,
    1.114_386_742_595_892_4,
    1.138_788_634_756_691_6,
    1.163_724_858_777_577_5,
    1.189_207_115_002_721,
    1.215_247_359_980_469,
    1.241_857_812_073_484,
    1.269_050_957_191_733_2,
    1.296_839_554_651_009_6,
    1.325_236_643_159_741_3,
    1.354_255_546_936_892_7,
    1.383_909_881_963_832,
    core::f64::consts::SQRT_2,
    1.445_180_806_977_046_7,
    1.476_826_145_939_499_3,
    1.509_164_427_593_422_8,
    1.542_210_825_407_940_7,
    1.575_980_845_107_886_5,
    1.610_490_331_949_254_3,
    1.645_755_478_153_965,
    1.681_792_830_507_429,
    1.718_619_298_122_478,
    1.756_252_160_373_299_5,
    1.794_709_075_003_107_2,
    1.834_008_086_409_342_4,
    1.874_167_634_110_3,
    1.915_206_561_397_147_4,
    1.957_144_124_175_400_2,
];

/// 2^x.
#[inline(always)]
pub(crate) fn exp2(x: f64) -> f64 {
    let shifted = x + ROUNDER;
    let bits = shifted.to_bits();
    let r = x - (shifted - ROUNDER);
    let step = TABLE.get((bits % STEPS) as usize).copied().unwrap_or(1.0);
    let tail = r * (C1 + r * (C2 + r * (C3 + r * (C4 + r * C5))));
    let fraction = step + step * tail;
    if x < LEAST {
        return 0.0;
    }
    // The whole part goes into the exponent; what is left of it above is shifted out.
    let whole = (bits / STEPS) << MANTISSA_BITS;
    f64::from_bits(fraction.to_bits().wrapping_add(whole))
}

/// 2^x of two numbers.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
#[inline(always)]
pub(super) fn exp2_pair(x: [f64; 2]) -> [f64; 2] {
    x.map(exp2)
}

/// 2^x of two numbers.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline(always)]
pub(super) fn exp2_pair(x: [f64; 2]) -> [f64; 2] {
    use core::arch::wasm32::*;
    let [first, second] = x;
    let x = f64x2(first, second);
    let rounder = f64x2_splat(ROUNDER);
    let shifted = f64x2_add(x, rounder);
    let r = f64x2_sub(x, f64x2_sub(shifted, rounder));
    let at = |bits: u64| TABLE.get((bits % STEPS) as usize).copied().unwrap_or(1.0);
    let step = f64x2(
        at(u64x2_extract_lane::<0>(shifted)),
        at(u64x2_extract_lane::<1>(shifted)),
    );
    let mut tail = f64x2_splat(C5);
    for constant in [C4, C3, C2, C1] {
        tail = f64x2_add(f64x2_splat(constant), f64x2_mul(r, tail));
    }
    let tail = f64x2_mul(r, tail);
    let fraction = f64x2_add(step, f64x2_mul(step, tail));
    let whole = u64x2_shl(u64x2_shr(shifted, STEPS.trailing_zeros()), MANTISSA_BITS);
    let is_least = f64x2_ge(x, f64x2_splat(LEAST));
    let power = v128_and(u64x2_add(fraction, whole), is_least);
    [
        f64x2_extract_lane::<0>(power),
        f64x2_extract_lane::<1>(power),
    ]
}
