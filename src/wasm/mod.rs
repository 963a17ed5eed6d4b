//! The face: what JavaScript calls. Every export decodes, calls the core, encodes; nothing else.
//!
//! | file | what it holds |
//! |---|---|
//! | `desk` | one score: what JavaScript laid down, and what is handed back |
//! | `model` | models: read, checked, described |
//! | `wire` | plain values as bytes |
//! | `answer` | outcomes as numbers, faults and names as JSON text |
//!
//! The package's JavaScript stands between these exports and its users: it lays rows and bytes into the memory of
//! a desk, and turns numbers and faults into results and errors.

mod answer;
mod desk;
mod model;
mod wire;

/// JSON text as UTF-8 bytes; anything else is the wire form.
const FORM_TEXT: u8 = 0;
