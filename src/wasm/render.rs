//! Pictures: the text is one of them.

use wasm_bindgen::prelude::*;

use super::desk::{DONE, Desk};
use super::wire;
use crate::render;
use crate::value::Value;

#[wasm_bindgen]
impl Desk {
    /// Draws what the input holds, a list of what and how, as the picture of that number; the stylesheet beyond them.
    pub fn draw(&mut self, kind: u8, length: usize) -> u8 {
        let given = wire::read_value(self.input(length));
        let (value, style) = match &given {
            Value::List(items) => match items.as_slice() {
                [value, style] => (value, style),
                _ => (&Value::Null, &Value::Null),
            },
            _ => (&Value::Null, &Value::Null),
        };
        match render::draw(kind, value, style) {
            Ok(picture) => {
                self.text = picture;
                DONE
            }
            Err(error) => self.fail(error),
        }
    }
}
