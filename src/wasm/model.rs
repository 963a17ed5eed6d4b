//! Models: read, checked, described.

use alloc::sync::Arc;
use wasm_bindgen::prelude::*;

use super::desk::Desk;
use super::{FORM_TEXT, answer, wire};
use crate::error::Faults;
use crate::model::Model;

/// A checked model.
#[wasm_bindgen]
pub struct ModelCore(pub(super) Arc<Model>);

#[wasm_bindgen]
impl Desk {
    /// Reads a model from the input; none where it has faults, which are the text then.
    pub fn model(&mut self, length: usize, form: u8) -> Option<ModelCore> {
        match read_model(self.input(length), form) {
            Ok(model) => Some(ModelCore(Arc::new(model))),
            Err(faults) => {
                self.fail(faults);
                None
            }
        }
    }

    /// Every fault of a model into the text; none when it is sound.
    pub fn check(&mut self, length: usize, form: u8) {
        let faults = read_model(self.input(length), form).err();
        self.text = answer::faults(faults.iter().flat_map(|faults| faults.as_slice()));
    }

    /// Every warning about a model into the text; false where it has faults, which are the text then.
    pub fn lint(&mut self, length: usize, form: u8) -> bool {
        match read_model(self.input(length), form) {
            Ok(model) => {
                self.text = answer::warnings(&model.lint());
                true
            }
            Err(faults) => {
                self.fail(faults);
                false
            }
        }
    }

    /// What a model is called and what it reads, into the text; labels in the language of the options.
    pub fn describe(&mut self, model: &ModelCore) {
        self.text = answer::describe(&model.0, self.options.locale.as_deref());
    }
}

fn read_model(input: &[u8], form: u8) -> Result<Model, Faults> {
    match form {
        FORM_TEXT => Model::parse(input),
        _ => Model::from_value(&wire::read_value(input)),
    }
}
