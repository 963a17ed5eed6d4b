//! What holds for all nudges together: how many, how close, and when there is quiet.

use crate::check::{Checker, Node};
use crate::error::ErrorCode;
use crate::time::Duration;
use crate::value::Value;
use alloc::vec::Vec;

/// How much a customer is told.
#[derive(Debug, Clone, Default)]
pub(crate) struct NudgePolicy {
    pub(crate) max_per_day: Option<u32>,
    pub(crate) min_gap: Option<Duration>,
    pub(crate) quiet_hours: Option<QuietHours>,
}

/// `[from, to)` by the customer's clock, in minutes of the day; over midnight where `from` is the later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct QuietHours {
    pub(crate) from: u32,
    pub(crate) to: u32,
}

/// The policy of a model.
pub(in crate::model) fn read_policy(checker: &mut Checker, node: Node<'_, '_>) -> NudgePolicy {
    let known = ["maxPerDay", "minGap", "quietHours"];
    let Some(fields) = checker.fields(node.value, &node.place, &known) else {
        return NudgePolicy::default();
    };
    let quiet_hours = fields.get("quietHours");
    NudgePolicy {
        max_per_day: checker.count_at(fields, "maxPerDay", 0),
        min_gap: checker.duration_at(fields, "minGap"),
        quiet_hours: quiet_hours.and_then(|node| read_quiet_hours(checker, node)),
    }
}

fn read_quiet_hours(checker: &mut Checker, node: Node<'_, '_>) -> Option<QuietHours> {
    let items = match node.value {
        Value::List(items) if items.len() == 2 => items,
        _ => {
            let expectation = "two times of the day, such as `[\"22:00\", \"07:00\"]`";
            checker.expected(ErrorCode::ModelWrongType, node, expectation);
            return None;
        }
    };
    let mut minutes = Vec::with_capacity(2);
    for (index, value) in items.iter().enumerate() {
        let place = node.place.index(index);
        let node = Node { value, place };
        let read = checker.text(node).and_then(|text| {
            let read = minute_of_day(text);
            if read.is_none() {
                let expectation = "a time of the day from `00:00` to `24:00`";
                checker.expected(ErrorCode::ModelInvalidText, node, expectation);
            }
            read
        });
        minutes.push(read?);
    }
    let [from, to] = *minutes.as_slice() else {
        return None;
    };
    if from == to {
        let detail = "must end at another time than they begin at";
        checker.fault(ErrorCode::ModelOutOfRange, &node.place, detail);
    }
    Some(QuietHours { from, to })
}

/// `HH:MM` as minutes; `24:00` is the end of the day.
fn minute_of_day(text: &str) -> Option<u32> {
    let digits = |part: &str| {
        let is_plain = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        is_plain.then(|| {
            part.bytes()
                .fold(0, |sum, byte| sum * 10 + u32::from(byte - b'0'))
        })
    };
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes) = (digits(hours)?, digits(minutes)?);
    let total = hours * 60 + minutes;
    (minutes < 60 && total <= 24 * 60).then_some(total)
}
