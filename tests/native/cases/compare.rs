//! Whether a result contains what a case expects.

use serde_json::Value as Json;

/// Whole numbers between these are instants, which are compared to the millisecond.
const INSTANTS: std::ops::RangeInclusive<f64> = 1e11..=8.64e15;

/// The first difference, with its path.
pub fn contains(found: &Json, expected: &Json, path: &str) -> Result<(), String> {
    let differ = || Err(format!("{path}: expected {expected}, found {found}"));
    match (found, expected) {
        (Json::Object(found), Json::Object(expected)) => {
            expected.iter().try_for_each(|(key, value)| {
                let place = format!("{path}.{key}");
                match found.get(key) {
                    Some(found) => contains(found, value, &place),
                    None => Err(format!("{place}: expected {value}, found nothing")),
                }
            })
        }
        (Json::Array(found), Json::Array(expected)) if found.len() == expected.len() => found
            .iter()
            .zip(expected)
            .enumerate()
            .try_for_each(|(index, (found, expected))| {
                contains(found, expected, &format!("{path}[{index}]"))
            }),
        (Json::Number(found), Json::Number(expected)) => {
            let (found, expected) = (found.as_f64().unwrap(), expected.as_f64().unwrap());
            let is_negative_zero = found == 0.0 && found.is_sign_negative();
            let is_instant = expected.fract() == 0.0 && INSTANTS.contains(&expected);
            let tolerance = match is_instant {
                true => 0.0,
                false => 1e-9 * found.abs().max(expected.abs()),
            };
            if (found - expected).abs() <= tolerance && !is_negative_zero {
                Ok(())
            } else {
                differ()
            }
        }
        _ if found == expected => Ok(()),
        _ => differ(),
    }
}
