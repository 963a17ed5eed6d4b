//! A desk: the memory in which one call after the other is worked out, so that none has to ask for any.
//!
//! JavaScript writes into the input, or straight into the columns of the rows, and reads what came out: numbers and
//! text. A call that meets another one (a getter of the caller's that scores) works at a desk of its own.

use alloc::{string::String, vec::Vec};
use wasm_bindgen::prelude::*;

use super::model::ModelCore;
use super::time::Steps;
use super::{FORM_TEXT, answer, wire};
use crate::audience::{Crowd, Numbering};
use crate::error::Faults;
use crate::event::{
    Cell, Lines, OnInvalid, Rows, Settling, Span, Whole, check_profile, scan_history,
};
use crate::model::Reading;
use crate::question::Scorer;
use crate::score::{Outcome, ScoreOptions};
use crate::time::{Instant, Zone};
use crate::value::Value;

/// All went well.
pub(super) const DONE: u8 = 0;
/// The text tells the faults.
pub(super) const FAULTY: u8 = 1;
/// Rows that were laid quickly are not what the quick way takes, or their data must be handed over whole.
const UNUSUAL: u8 = 2;

/// The kind of a cell that is no cell but the time of its row, as a text.
const TIME: f64 = 5.0;

/// A buffer of texts that grew beyond this is given back at the next call.
const LARGEST_KEPT: usize = 16 * 1024 * 1024;

/// Memory for calls.
#[wasm_bindgen]
pub struct Desk {
    pub(super) input: Vec<u8>,
    pub(super) text: String,
    pub(super) numbers: Vec<f64>,
    pub(super) bytes: Vec<u8>,
    /// The options of the last call as they were given, unless they were plain.
    pub(super) given: Value,
    pub(super) options: ScoreOptions,
    pub(super) on_invalid: OnInvalid,
    pub(super) rows: Rows,
    settling: Settling,
    pub(super) profile: Value,
    /// Rows and profile that were put aside, for others to come on top of them.
    pub(super) aside: Rows,
    pub(super) profile_aside: Value,
    pub(super) steps: Option<Steps>,
    pub(super) outcome: Outcome,
    scorer: Scorer,
    pub(super) lines: Lines,
    pub(super) numbering: Numbering,
    pub(super) crowd: Crowd,
    pub(super) customers: usize,
}

#[wasm_bindgen]
impl Desk {
    /// An empty one.
    #[allow(clippy::new_without_default)]
    #[wasm_bindgen(constructor)]
    pub fn new() -> Desk {
        Desk {
            input: Vec::new(),
            text: String::new(),
            numbers: Vec::new(),
            bytes: Vec::new(),
            given: Value::Null,
            options: ScoreOptions::at(Instant::known(0.0)),
            on_invalid: OnInvalid::Error,
            rows: Rows::default(),
            settling: Settling::default(),
            profile: Value::Null,
            aside: Rows::default(),
            profile_aside: Value::Null,
            steps: None,
            outcome: Outcome::default(),
            scorer: Scorer::default(),
            lines: Lines::new(OnInvalid::Error, 0),
            numbering: Numbering::default(),
            crowd: Crowd::default(),
            customers: 0,
        }
    }

    /// Makes room for so many bytes of input; gives where it is.
    pub fn room(&mut self, bytes: usize) -> *mut u8 {
        if self.input.len() < bytes {
            // What was there is kept: texts are written piece by piece.
            self.input.resize(bytes, 0);
        }
        self.input.as_mut_ptr()
    }

    /// The instant of the options, in epoch ms.
    pub fn instant(&self) -> f64 {
        self.options.at.millis() as f64
    }

    /// Where the text is.
    pub fn text(&self) -> *const u8 {
        self.text.as_ptr()
    }

    /// How long the text is, in bytes.
    pub fn text_length(&self) -> usize {
        self.text.len()
    }

    /// Where the numbers are.
    pub fn numbers(&self) -> *const f64 {
        self.numbers.as_ptr()
    }

    /// Reads the options of a call from the input.
    pub fn options(&mut self, length: usize) -> u8 {
        self.given = wire::read_value(self.input(length));
        match ScoreOptions::from_value(&self.given) {
            Ok((options, on_invalid)) => {
                self.options = options;
                self.on_invalid = on_invalid;
                DONE
            }
            Err(error) => self.fail(error),
        }
    }

    /// Sets the options of a plain call: nothing but an instant within the range of a `Date`, in epoch ms.
    pub fn at(&mut self, at: f64) {
        self.given = Value::Null;
        self.options.at = Instant::known(libm::floor(at));
        self.options.zone = Zone::utc();
        self.options.day_start_hour = 0;
        self.options.baseline = None;
        self.options.include = Default::default();
        self.options.locale = None;
        self.options.showing = None;
        self.on_invalid = OnInvalid::Error;
    }

    /// Sets the zone: pairs of instant and offset in the input, so many numbers.
    pub fn zone(&mut self, numbers: usize) {
        let (numbers, _) = self.input(numbers * 8).as_chunks::<8>();
        let (pairs, _) = numbers.as_chunks::<2>();
        // A float too small for an integer becomes the least one: the offset from the beginning of time.
        let changes = pairs
            .iter()
            .map(|pair| pair.map(|bytes| f64::from_le_bytes(bytes) as i64).into())
            .collect();
        self.options.zone = Zone::from_changes(changes);
    }

    /// Reads a history from the input.
    pub fn take(&mut self, model: &ModelCore, length: usize, form: u8) -> u8 {
        let reading = &model.0.reading;
        self.clear(reading);
        let on_invalid = self.on_invalid;
        let rows = &mut self.rows;
        let input = self.input.get(..length).unwrap_or_default();
        let profile = match form {
            FORM_TEXT => scan_history(input, reading, on_invalid, rows),
            _ => wire::read_history(input, reading, on_invalid, rows),
        };
        let profile = profile.and_then(check_profile);
        match profile {
            Ok(profile) => self.profile = profile,
            Err(error) => return self.fail(error),
        }
        if form == FORM_TEXT {
            self.input.truncate(length);
            let text = core::mem::take(&mut self.input);
            self.input = self.rows.join(text);
            self.input.clear();
        }
        self.settle(reading)
    }

    /// Makes room for so many rows, to be laid by `times`, `types` and `ids`, texts and cells.
    pub fn lay(&mut self, model: &ModelCore, count: usize) {
        self.clear(&model.0.reading);
        self.profile = Value::Map(Vec::new());
        self.rows.times.resize(count, 0.0);
        self.rows.types.resize(count, 0);
    }

    /// Where the times are: f64, epoch ms.
    pub fn times(&mut self) -> *mut f64 {
        self.rows.times.as_mut_ptr()
    }

    /// Where the types are: u32, as the model's description numbers them; new ones from there on.
    pub fn types(&mut self) -> *mut u32 {
        self.rows.types.as_mut_ptr()
    }

    /// Where the ids are, once they are asked for: start and length in the texts, u32 each; none at first.
    pub fn ids(&mut self) -> *mut u32 {
        let count = self.rows.times.len();
        self.rows.ids.resize(count, Span::NONE);
        self.rows.ids.as_mut_ptr().cast()
    }

    /// Makes room for so many bytes of texts; gives where they are.
    pub fn texts(&mut self, bytes: usize) -> *mut u8 {
        if self.rows.texts.len() < bytes {
            self.rows.texts.resize(bytes, 0);
        }
        self.rows.texts.as_mut_ptr()
    }

    /// Takes what was laid. The input holds so many spans of new types' names, u32 each, and then so many cells, each
    /// its row, its column, its kind and two numbers, f64; then the profile, so many bytes, where there is one.
    pub fn take_laid(
        &mut self,
        model: &ModelCore,
        types: usize,
        cells: usize,
        profile: usize,
    ) -> u8 {
        let reading = &model.0.reading;
        let spans = types * 8;
        let laid = spans + cells * 40;
        let input = self.input.get(..laid + profile).unwrap_or_default();
        let (names, rest) = input.split_at_checked(spans).unwrap_or_default();
        let (cells, profile) = rest.split_at_checked(laid - spans).unwrap_or_default();
        let rows = &mut self.rows;
        for bytes in names.as_chunks::<8>().0 {
            rows.meet_type(Span::from_bytes(bytes));
        }
        if !take_cells(cells, rows) {
            return UNUSUAL;
        }
        if !profile.is_empty() {
            match check_profile(Some(wire::read_value(profile))) {
                Ok(profile) => self.profile = profile,
                Err(error) => return self.fail(error),
            }
        }
        let is_whole = |time: &f64| Instant::is_whole(*time);
        if !rows.times.iter().all(is_whole) && !rows.times.iter_mut().all(floor_time) {
            return UNUSUAL;
        }
        self.settle(reading)
    }

    /// The time of the first row, in epoch ms; NaN where there is none.
    pub fn first_time(&self) -> f64 {
        self.rows.times.first().copied().unwrap_or(f64::NAN)
    }

    /// The time of the last row, in epoch ms; NaN where there is none.
    pub fn last_time(&self) -> f64 {
        self.rows.times.last().copied().unwrap_or(f64::NAN)
    }

    /// Scores what was taken: the numbers are the outcome.
    pub fn score(&mut self, model: &ModelCore) -> u8 {
        let profile = core::mem::replace(&mut self.profile, Value::Null);
        match self
            .scorer
            .evaluate(&model.0, &self.rows, profile, &self.options)
        {
            Ok(()) => {
                let outcome = &self.scorer.outcome;
                answer::write_outcome(&model.0, self.options.at, outcome, &mut self.numbers);
                DONE
            }
            Err(error) => self.fail(error),
        }
    }
}

impl Desk {
    /// The beginning of the input.
    pub(super) fn input(&self, length: usize) -> &[u8] {
        self.input.get(..length).unwrap_or_default()
    }

    /// Puts faults into the text.
    pub(super) fn fail(&mut self, faults: impl Into<Faults>) -> u8 {
        self.text = answer::faults(faults.into().as_slice());
        FAULTY
    }

    /// Forgets the rows, and room that is larger than calls mostly need.
    pub(super) fn clear(&mut self, reading: &Reading) {
        self.rows.restart(reading);
        self.rows.texts.clear();
        if self.rows.texts.capacity() > LARGEST_KEPT {
            self.rows.texts = Vec::new();
        }
    }

    pub(super) fn settle(&mut self, reading: &Reading) -> u8 {
        match self.rows.settle(reading, &mut self.settling) {
            Ok(()) => DONE,
            Err(_) => UNUSUAL,
        }
    }
}

/// Floors a time; false where it is none.
fn floor_time(time: &mut f64) -> bool {
    match Instant::from_millis(*time) {
        Ok(at) => {
            *time = at.millis() as f64;
            true
        }
        Err(_) => false,
    }
}

/// Cells of rows in rising order, and times that are texts; false where one of these is no time.
fn take_cells(cells: &[u8], rows: &mut Rows) -> bool {
    let mut open = None;
    for bytes in cells.as_chunks::<8>().0.as_chunks::<5>().0 {
        let [row, column, kind, one, two] = bytes.map(f64::from_le_bytes);
        let span = Span {
            start: one as u32,
            length: two as u32,
        };
        if kind == TIME {
            let time = Instant::from_rfc3339_bytes(rows.text(span));
            let (Ok(time), Some(slot)) = (time, rows.times.get_mut(row as usize)) else {
                return false;
            };
            *slot = time.millis() as f64;
            continue;
        }
        if open != Some(row) {
            rows.open_block_of(row as usize, Whole::Unknown);
            open = Some(row);
        }
        let cell = match kind as u8 {
            1 => Cell::Bool(false),
            2 => Cell::Bool(true),
            3 => Cell::Number(one),
            4 => Cell::Text(span),
            _ => Cell::Null,
        };
        rows.set_cell(column as usize, cell);
    }
    true
}
