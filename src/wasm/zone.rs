//! Time zones from the host: its offset changes as a small table.

use js_sys::{Float64Array, Function};
use wasm_bindgen::prelude::*;

use crate::event::History;
use crate::time::{Instant, Zone};

/// Asks the host for the offset changes from the first event to the instant of evaluation.
pub(super) fn read(
    find_changes: &Function,
    history: &History,
    at: Instant,
) -> Result<Zone, JsValue> {
    let Some((first, _)) = history.span() else {
        return Ok(Zone::utc());
    };
    let from = JsValue::from_f64(first.min(at).millis() as f64);
    let to = JsValue::from_f64(at.millis() as f64);
    let changes = find_changes.call2(&JsValue::NULL, &from, &to)?;
    let numbers = changes.dyn_into::<Float64Array>()?.to_vec();
    let pairs = numbers.chunks_exact(2).filter_map(|pair| match pair {
        // A float too small for an integer becomes the least one: the offset from the beginning of time.
        [from, offset] => Some((*from as i64, *offset as i64)),
        _ => None,
    });
    Ok(Zone::from_changes(pairs.collect()))
}
