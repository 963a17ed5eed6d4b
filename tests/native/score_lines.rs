//! Scores one case a line from standard input, `{ model, history, options }`, of which the first two are JSON texts
//! (serde_json would refuse the lone surrogates that starwise takes), and prints one result a line:
//! the native half of the comparison of bits in `tests/js/bits.test.mjs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

#[path = "cases/plain.rs"]
mod plain;

use std::io::{BufRead, Write, stdin, stdout};

use serde_json::Value as Json;
use starwise::{History, Model, ScoreOptions, Zone, score};

fn main() {
    let mut out = std::io::BufWriter::new(stdout().lock());
    for line in stdin().lock().lines() {
        let case: Json = serde_json::from_str(&line.expect("a line of text")).expect("JSON");
        let model = Model::parse(text(&case["model"])).expect("a valid model");
        let (mut options, on_invalid) =
            ScoreOptions::from_value(&plain::plain(&case["options"])).expect("valid options");
        if let Some(name) = case["options"]["timeZone"].as_str() {
            options.zone = Zone::named(name).expect("a known zone");
        }
        let history = History::parse(text(&case["history"]), on_invalid);
        let result = score(&model, &history.expect("a valid history"), &options);
        serde_json::to_writer(&mut out, &result.expect("a result")).unwrap();
        out.write_all(b"\n").unwrap();
    }
}

fn text(json: &Json) -> &[u8] {
    json.as_str().expect("a text").as_bytes()
}
