//! The many texts of one JSON document: white space, escapes, numbers written otherwise, keys said twice.

use proptest::collection::vec;
use proptest::prelude::*;

use crate::scoring::Json;

const SPACES: &[&str] = &["", "", "", " ", "\n", "\t \r\n"];

/// Which of its spellings each piece of a document takes: used from the front, over and over.
#[derive(Debug, Clone)]
pub struct Choices {
    numbers: Vec<u8>,
    next: usize,
}

/// Any choices; of the first, all are the plainest.
pub fn choices() -> impl Strategy<Value = Choices> {
    let numbers = prop_oneof![
        1 => Just(vec![0]),
        2 => vec(prop_oneof![4 => Just(0), 1 => any::<u8>()], 7..80),
        1 => vec(any::<u8>(), 7..80),
    ];
    numbers.prop_map(|numbers| Choices { numbers, next: 0 })
}

impl Choices {
    fn pick(&mut self, count: usize) -> usize {
        let number = self.numbers[self.next % self.numbers.len()];
        self.next += 1;
        usize::from(number) % count
    }

    fn space(&mut self) -> &'static str {
        SPACES[self.pick(SPACES.len())]
    }
}

/// A text of the document. Keys below `data` may be said twice: the last counts.
pub fn spelled(json: &Json, choices: &mut Choices) -> String {
    let mut text = String::new();
    write(json, false, choices, &mut text);
    text
}

fn write(json: &Json, is_data: bool, choices: &mut Choices, text: &mut String) {
    text.push_str(choices.space());
    match json {
        Json::Number(number) => text.push_str(&number_text(&number.to_string(), choices)),
        Json::String(plain) => write_text(plain, choices, text),
        Json::Array(items) => {
            text.push('[');
            for (position, item) in items.iter().enumerate() {
                text.push_str(if position > 0 { "," } else { "" });
                write(item, is_data, choices, text);
            }
            text.push(']');
        }
        Json::Object(entries) => {
            text.push('{');
            for (position, (key, item)) in entries.iter().enumerate() {
                text.push_str(if position > 0 { "," } else { "" });
                if is_data && choices.pick(9) == 8 {
                    let other = choices.pick(entries.len());
                    let stranger = entries.values().nth(other).unwrap();
                    write_entry(key, stranger, true, choices, text);
                    text.push(',');
                }
                write_entry(key, item, is_data || key == "data", choices, text);
            }
            text.push('}');
        }
        other => text.push_str(&other.to_string()),
    }
    text.push_str(choices.space());
}

fn write_entry(key: &str, item: &Json, is_data: bool, choices: &mut Choices, text: &mut String) {
    text.push_str(choices.space());
    write_text(key, choices, text);
    text.push_str(choices.space());
    text.push(':');
    write(item, is_data, choices, text);
}

/// The same double in other digits.
fn number_text(plain: &str, choices: &mut Choices) -> String {
    let is_whole = plain.bytes().all(|byte| byte.is_ascii_digit());
    match choices.pick(6) {
        3 if is_whole => format!("{plain}.0"),
        4 if is_whole => format!("{plain}000000000000000000000e-21"),
        5 if !plain.contains('e') => format!("{plain}E+0"),
        _ => plain.to_owned(),
    }
}

fn write_text(plain: &str, choices: &mut Choices, text: &mut String) {
    let has_escapes = choices.pick(6) == 5;
    text.push('"');
    for c in plain.chars() {
        let is_escaped = has_escapes && choices.pick(2) == 1;
        if is_escaped || c < ' ' || matches!(c, '"' | '\\') {
            for unit in c.encode_utf16(&mut [0; 2]) {
                text.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            text.push(c);
        }
    }
    text.push('"');
}
