//! The face: what JavaScript calls. Every export decodes, calls the core, encodes; nothing else.
//!
//! The package's JavaScript stands between these exports and its users: it packs objects into the wire form,
//! and turns the lists of faults thrown here into errors.

mod wire;
mod zone;

use js_sys::Function;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::error::{Error, Faults};
use crate::event::{History, OnInvalid};
use crate::model::Model;
use crate::score::{ScoreOptions, score};

/// JSON text as UTF-8 bytes; anything else is the wire form.
const FORM_TEXT: u8 = 0;

/// A checked model.
#[wasm_bindgen]
pub struct ModelCore(Model);

#[wasm_bindgen]
impl ModelCore {
    /// Reads a model.
    #[wasm_bindgen(constructor)]
    pub fn new(input: &[u8], form: u8) -> Result<ModelCore, JsValue> {
        read_model(input, form).map(ModelCore).map_err(throw)
    }

    /// Scores a history. `zone` gives the offset changes of the caller's time zone for a span.
    pub fn score(
        &self,
        history: &[u8],
        form: u8,
        options: &[u8],
        zone: Option<Function>,
    ) -> Result<JsValue, JsValue> {
        let (mut options, on_invalid) =
            ScoreOptions::from_value(&wire::read_value(options)).map_err(throw)?;
        let history = read_history(history, form, on_invalid).map_err(throw)?;
        if let (Some(find_changes), true) = (zone, self.0.uses_civil_days()) {
            options.zone = zone::read(&find_changes, &history, options.at)?;
        }
        let result = score(&self.0, &history, &options).map_err(throw)?;
        encode(&result)
    }
}

/// Every fault of a model; none when it is sound.
#[wasm_bindgen]
pub fn check(input: &[u8], form: u8) -> Result<JsValue, JsValue> {
    match read_model(input, form) {
        Ok(_) => encode::<[Error; 0]>(&[]),
        Err(faults) => encode(&faults),
    }
}

/// Every warning about a model.
#[wasm_bindgen]
pub fn lint(input: &[u8], form: u8) -> Result<JsValue, JsValue> {
    encode(&read_model(input, form).map_err(throw)?.lint())
}

fn read_model(input: &[u8], form: u8) -> Result<Model, Faults> {
    match form {
        FORM_TEXT => Model::parse(input),
        _ => Model::from_value(&wire::read_value(input)),
    }
}

fn read_history(input: &[u8], form: u8, on_invalid: OnInvalid) -> Result<History, Error> {
    match form {
        FORM_TEXT => History::parse(input, on_invalid),
        _ => wire::read_history(input, on_invalid),
    }
}

/// Faults as JavaScript throws them: a plain list of `{ code, path, message }`.
fn throw(faults: impl Into<Faults>) -> JsValue {
    encode(&faults.into()).unwrap_or(JsValue::NULL)
}

/// Plain objects, with `null` for what is absent and known to be.
fn encode<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::new()
        .serialize_maps_as_objects(true)
        .serialize_missing_as_null(true);
    Ok(value.serialize(&serializer)?)
}
