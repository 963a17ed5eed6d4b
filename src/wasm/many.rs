//! Many customers: columns and lines that JavaScript lays down, and the scores it takes away.

use alloc::{format, vec::Vec};

use wasm_bindgen::prelude::*;

use super::desk::{DONE, Desk};
use super::model::ModelCore;
use super::{answer, wire};
use crate::audience::{check_rows, largest, number_subjects};
use crate::error::Error;
use crate::event::{Column, Lines, Span, check_profile};
use crate::value::Value;

/// The type of a row that has none.
const NO_TYPE: u32 = u32::MAX;

#[wasm_bindgen]
impl Desk {
    /// Forgets what the call before was about.
    pub fn forget(&mut self, model: &ModelCore) {
        self.clear(&model.0.reading);
    }

    /// Makes room for the columns of so many rows.
    pub fn lay_columns(&mut self, model: &ModelCore, count: usize) {
        self.clear(&model.0.reading);
        self.rows.times.resize(count, 0.0);
        self.rows.types.resize(count, 0);
        self.rows.subjects.resize(count, 0);
        self.crowd.introduce(Vec::new());
    }

    /// Where the customers' numbers are: u32.
    pub fn subjects(&mut self) -> *mut u32 {
        self.rows.subjects.as_mut_ptr()
    }

    /// Makes room for the numbers at a path of the model's reading; gives where they are: f64.
    pub fn number_column(&mut self, path: usize) -> *mut f64 {
        let mut numbers = Vec::new();
        numbers.resize(self.rows.len(), f64::NAN);
        let at = numbers.as_mut_ptr();
        self.rows.set_column(path, Column::Numbers(numbers));
        at
    }

    /// Makes room for the codes at a path; gives where they are: u32. The spans of the dictionary are the input, so many.
    pub fn code_column(&mut self, path: usize, words: usize) -> *mut u32 {
        let mut codes = Vec::new();
        codes.resize(self.rows.len(), NO_TYPE);
        let at = codes.as_mut_ptr();
        let dictionary = self.spans(words);
        self.rows
            .set_column(path, Column::Codes { codes, dictionary });
        at
    }

    /// Takes columns whose types are still the caller's codes: the spans of their names are the input, so many. `is_big`
    /// tells that the times are 64-bit integers.
    pub fn take_columns(&mut self, model: &ModelCore, names: usize, is_big: bool) -> u8 {
        let reading = &model.0.reading;
        let spans = self.spans(names);
        let rows = &mut self.rows;
        if is_big {
            for time in &mut rows.times {
                *time = time.to_bits() as i64 as f64;
            }
        }
        let mut numbers = Vec::new();
        for span in &spans {
            let name = rows.text(*span).to_vec();
            numbers.push(rows.type_number(reading, &name));
        }
        let is_sound = |code: u32| (code as usize) < numbers.len();
        let mut wrong = Vec::new();
        if !is_sound(largest(&rows.types)) {
            let codes = rows.types.iter().copied().enumerate();
            wrong.extend(codes.filter(|(_, code)| !is_sound(*code)));
        }
        for code in &mut rows.types {
            *code = numbers.get(*code as usize).copied().unwrap_or(NO_TYPE);
        }
        let code_of = |row: usize| {
            let known = wrong.partition_point(|(other, _)| *other < row);
            wrong.get(known).map_or(0, |(_, code)| *code)
        };
        if let Err(error) = check_rows(rows, self.on_invalid, names, &code_of) {
            return self.fail(error);
        }
        number_subjects(rows, &mut self.numbering);
        self.customers = self.numbering.subjects.len();
        self.settle(reading)
    }

    /// Where the customers' own numbers are, rising: u32, one a customer.
    pub fn known_subjects(&self) -> *const u32 {
        self.numbering.subjects.as_ptr()
    }

    /// How many customers there are.
    pub fn customers(&self) -> usize {
        self.customers
    }

    /// Takes the profiles of the customers, a list in the input, in the order of their numbers.
    pub fn take_profiles(&mut self, length: usize) -> u8 {
        let Value::List(items) = wire::read_value(self.input(length)) else {
            return DONE;
        };
        let mut profiles = Vec::with_capacity(items.len());
        for (customer, item) in items.into_iter().enumerate() {
            match check_profile(Some(item)) {
                Ok(profile) => profiles.push(profile),
                Err(error) => {
                    let subject = self.numbering.subjects.get(customer);
                    let subject = subject.copied().unwrap_or_default();
                    let below = error.path.strip_prefix("profile").unwrap_or_default();
                    let path = format!("columns.profiles[{subject}]{below}");
                    return self.fail(Error::new(error.code, path, error.detail));
                }
            }
        }
        self.crowd.introduce(profiles);
        DONE
    }

    /// Begins with lines, the first of which has this number.
    pub fn start_lines(&mut self, model: &ModelCore, first: usize, length: usize) {
        self.clear(&model.0.reading);
        self.lines = Lines::new(self.on_invalid, first);
        self.input.truncate(length);
        self.rows.base = length as u32;
    }

    /// Reads lines of the input from an offset until another is reached; gives where the next begins, or -1 with the
    /// text for the faults.
    pub fn scan_lines(&mut self, model: &ModelCore, from: usize, until: usize) -> f64 {
        let Desk {
            lines, input, rows, ..
        } = self;
        match lines.scan_some(input, from, until, &model.0.reading, rows) {
            Ok(next) => next as f64,
            Err(error) => {
                self.fail(error);
                -1.0
            }
        }
    }

    /// Ends with lines; those of the last customer are taken back where more of them may come. Then the numbers are the
    /// offset and the number of the first line that was not taken.
    pub fn take_lines(&mut self, model: &ModelCore, may_go_on: bool) -> u8 {
        let Desk {
            lines, input, rows, ..
        } = self;
        let end = (input.len(), lines.position());
        let (offset, line) = match may_go_on {
            true => lines.hold_back(rows).unwrap_or(end),
            false => end,
        };
        let text = core::mem::take(input);
        *input = rows.join(text);
        input.clear();
        self.customers = lines.customers();
        self.crowd.introduce(lines.take_profiles());
        self.numbers.clear();
        self.numbers.extend([offset as f64, line as f64]);
        self.settle(&model.0.reading)
    }

    /// The customers' names as a JSON list, into the text.
    pub fn name_subjects(&mut self) {
        self.text = answer::texts(&self.lines.subjects());
    }

    /// The time of the first event, in epoch ms; NaN where there is none.
    pub fn least_time(&self) -> f64 {
        self.rows.times.iter().copied().fold(f64::NAN, f64::min)
    }

    /// Scores all customers of what was taken: the numbers are their points and then their scores, followed by the four
    /// counts of events that were left out; the bytes are their stars and then their segments.
    pub fn score_many(&mut self, model: &ModelCore) -> u8 {
        let Desk {
            crowd,
            rows,
            options,
            numbers,
            bytes,
            ..
        } = self;
        if let Err(error) = crowd.score(&model.0, rows, self.customers, options) {
            return self.fail(error);
        }
        let scores = &crowd.scores;
        numbers.clear();
        numbers.extend_from_slice(&scores.points);
        numbers.extend_from_slice(&scores.score);
        // Nothing is ever settled here.
        let [counts @ .., _] = answer::counts(&scores.ignored);
        numbers.extend(counts);
        bytes.clear();
        bytes.extend_from_slice(&scores.stars);
        bytes.extend_from_slice(&scores.segment);
        DONE
    }

    /// Where the bytes are.
    pub fn bytes(&self) -> *const u8 {
        self.bytes.as_ptr()
    }
}

impl Desk {
    /// So many pairs of start and length, u32 each, from the input.
    fn spans(&self, count: usize) -> Vec<Span> {
        let (pairs, _) = self.input(count * 8).as_chunks::<8>();
        pairs.iter().map(Span::from_bytes).collect()
    }
}
