//! Numbers and their decimal texts, as ECMAScript writes and reads them.
//!
//! Both ways are exact by standard, so the digits come from whoever has the code already: natively from the standard
//! library, in JavaScript from its own `String` and `Number`, which spares the module some 15 KB of tables.

#[cfg(not(target_arch = "wasm32"))]
use alloc::{format, string::String, string::ToString};

/// Powers of ten that are doubles exactly.
const POWERS_OF_TEN: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];
/// Whole numbers up to here are doubles exactly.
const EXACT: u64 = 1 << 53;

/// A number as ECMAScript writes it: the shortest digits that read back as the same double.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn number_text(number: f64) -> String {
    if number.is_nan() {
        return "NaN".into();
    }
    if number.is_infinite() {
        return if number > 0.0 {
            "Infinity"
        } else {
            "-Infinity"
        }
        .into();
    }
    let size = number.abs();
    if size == 0.0 {
        return "0".into();
    }
    if (1e-6..1e21).contains(&size) {
        return number.to_string();
    }
    let text = format!("{number:e}");
    match text.split_once('e') {
        Some((digits, exponent)) if !exponent.starts_with('-') => format!("{digits}e+{exponent}"),
        _ => text,
    }
}

/// The double nearest to a number of JSON, which the text is known to be.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn read_number(text: &str) -> f64 {
    text.parse().unwrap_or(f64::NAN)
}

#[cfg(target_arch = "wasm32")]
pub(crate) use host::{number_text, read_number};

#[cfg(target_arch = "wasm32")]
mod host {
    use alloc::string::String;

    use wasm_bindgen::prelude::wasm_bindgen;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_name = String)]
        pub(crate) fn number_text(number: f64) -> String;
        #[wasm_bindgen(js_name = Number)]
        pub(crate) fn read_number(text: &str) -> f64;
    }
}

/// The whole number at or below a number nearer to 0 than 2^63.
#[inline(always)]
pub(crate) fn floor(number: f64) -> f64 {
    let whole = number as i64 as f64;
    if whole > number { whole - 1.0 } else { whole }
}

/// A number within bounds, which are known to be in order: the library's `clamp` brings the words of a panic along.
pub(crate) fn within(number: f64, least: f64, most: f64) -> f64 {
    if number < least {
        least
    } else if number > most {
        most
    } else {
        number
    }
}

/// Whether a number has no fraction.
pub(crate) fn is_whole(number: f64) -> bool {
    libm::trunc(number) == number
}

/// `digits × 10^exponent`, where one multiplication or division gives the nearest double.
///
/// # Source
/// W. D. Clinger, "How to read floating point numbers accurately", PLDI 1990: the fast case.
pub(crate) fn short_decimal(digits: u64, exponent: i32) -> Option<f64> {
    if digits > EXACT {
        return None;
    }
    let power = POWERS_OF_TEN.get(exponent.unsigned_abs() as usize)?;
    let number = digits as f64;
    Some(if exponent < 0 {
        number / power
    } else {
        number * power
    })
}

/// Results are rounded to this many to the unit, so that stars and segments do not hang on the far tail of a decay.
const ROUNDING: f64 = 1e9;
/// From here on doubles have no nine decimals left to round.
const NOTHING_TO_ROUND: f64 = 8_388_608.0;

/// To 9 decimals, halves away from zero.
pub(crate) fn rounded(exact: f64) -> f64 {
    if exact.abs() >= NOTHING_TO_ROUND {
        return exact;
    }
    libm::round(exact * ROUNDING) / ROUNDING + 0.0
}
