//! Leaderboards from plain data: entries and options as JavaScript hands them over.

use super::leaderboard::{Entry, LeaderboardOptions, Ranking};
use crate::error::{Error, ErrorCode};
use crate::names::Names;
use crate::number::{is_whole, number_text, read_number};
use crate::value::{Value, key_step};
use alloc::{format, string::String, string::ToString, vec::Vec};

impl Entry {
    /// Reads entries: a list of `{ id, score, label? }`, or the columns `{ subjects, values }`.
    ///
    /// # Errors
    /// `entry-wrong-type`, `entry-invalid-id` and `entry-invalid-score`.
    pub fn from_value(value: &Value) -> Result<Vec<Entry>, Error> {
        if let (Some(Value::List(subjects)), Some(Value::List(values))) =
            (value.get("subjects"), value.get("values"))
        {
            if subjects.len() != values.len() {
                let (found, count) = (values.len(), subjects.len());
                let detail =
                    format!("must have a score for each of {count} subjects, found {found}");
                return Err(Error::new(ErrorCode::EntryWrongType, "entries", detail));
            }
            let pairs = subjects.iter().zip(values).enumerate();
            let read = pairs.map(|(at, (id, score))| read_entry(at, Some(id), Some(score), None));
            return read.collect();
        }
        let Value::List(items) = value else {
            let found = value.describe_kind();
            let detail = format!("must be a list, or the result of `scoreMany`, found {found}");
            return Err(Error::new(ErrorCode::EntryWrongType, "entries", detail));
        };
        let read = items.iter().enumerate().map(|(at, item)| match item {
            Value::Map(_) => read_entry(at, item.get("id"), item.get("score"), item.get("label")),
            _ => {
                let detail = format!("must be an object, found {}", item.describe_kind());
                let path = format!("entries[{at}]");
                Err(Error::new(ErrorCode::EntryWrongType, path, detail))
            }
        });
        read.collect()
    }
}

fn read_entry(
    at: usize,
    id: Option<&Value>,
    score: Option<&Value>,
    label: Option<&Value>,
) -> Result<Entry, Error> {
    let fault = |code, key: &str, expectation: &str, found: Option<&Value>| {
        let found = found.map_or_else(|| "nothing".into(), Value::describe);
        let detail = format!("must be {expectation}, found {found}");
        Error::new(code, format!("entries[{at}].{key}"), detail)
    };
    let Some(id @ (Value::Text(_) | Value::Number(_))) = id else {
        let expectation = "a text or a number";
        return Err(fault(ErrorCode::EntryInvalidId, "id", expectation, id));
    };
    let Some(Value::Number(score)) = score else {
        let expectation = "a finite number";
        return Err(fault(
            ErrorCode::EntryInvalidScore,
            "score",
            expectation,
            score,
        ));
    };
    let label = match label {
        None | Some(Value::Null) => None,
        Some(Value::Text(text) | Value::Torn(text)) => Some(text.to_string()),
        other => return Err(fault(ErrorCode::EntryWrongType, "label", "a text", other)),
    };
    Ok(Entry {
        id: id.clone(),
        score: *score,
        label,
    })
}

impl LeaderboardOptions {
    /// Reads `{ ranking?, top?, around?, span?, previous?, labels? }`; gives the labels to the entries.
    ///
    /// # Errors
    /// `leaderboard-invalid-option`.
    pub fn from_value(value: &Value, entries: &mut [Entry]) -> Result<LeaderboardOptions, Error> {
        let given = |key| value.get(key).filter(|found| **found != Value::Null);
        let mut options = LeaderboardOptions::default();
        if let Some(found) = given("ranking") {
            let rankings = [Ranking::Competition, Ranking::Dense, Ranking::Ordinal];
            let named =
                |ranking: &Ranking| matches!(found, Value::Text(name) if **name == *ranking.name());
            options.ranking = rankings
                .into_iter()
                .find(named)
                .ok_or_else(|| refuse("ranking", "`competition`, `dense` or `ordinal`", found))?;
        }
        options.top = given("top")
            .map(|found| read_count("top", found))
            .transpose()?;
        if let Some(found) = given("span") {
            options.span = read_count("span", found)?;
        }
        options.around = match given("around") {
            Some(id @ (Value::Text(_) | Value::Number(_))) => Some(id.clone()),
            Some(other) => return Err(refuse("around", "the id of an entry", other)),
            None => None,
        };
        if let Some(found) = given("previous") {
            options.previous = read_previous(found)?;
        }
        if let Some(found) = given("labels") {
            let Value::Map(labels) = found else {
                return Err(refuse("labels", "an object of texts by id", found));
            };
            let mut ids = Names::default();
            let mut texts = Vec::with_capacity(labels.len());
            for (id, label) in labels {
                if !matches!(label, Value::Text(_) | Value::Torn(_) | Value::Null) {
                    let key = ["labels", &key_step(id)].concat();
                    return Err(refuse(&key, "a text", label));
                }
                if ids.is_new(id.as_bytes()) {
                    texts.push(label);
                }
            }
            for entry in entries {
                let number = ids.find(key_of(&entry.id).as_bytes());
                let label = number.and_then(|number| texts.get(number as usize));
                if let Some(Value::Text(text) | Value::Torn(text)) = label {
                    entry.label = Some(text.to_string());
                }
            }
        }
        Ok(options)
    }
}

/// Ranks by id: of a former leaderboard, or an object. As keys of an object numbers are texts: either is found.
fn read_previous(value: &Value) -> Result<Vec<(Value, u32)>, Error> {
    let expectation = "a former leaderboard, or an object of ranks by id";
    let rank = |at: &str, found: Option<&Value>| match found {
        Some(Value::Number(rank))
            if is_whole(*rank) && (1.0..=f64::from(u32::MAX)).contains(rank) =>
        {
            Ok(*rank as u32)
        }
        Some(other) => Err(refuse(
            &["previous", at].concat(),
            "a rank from 1 on",
            other,
        )),
        None => Err(refuse("previous", expectation, value)),
    };
    if let Some(Value::List(rows)) = value.get("rows") {
        let read = rows.iter().enumerate().map(|(number, row)| {
            let id = row.get("id").cloned().unwrap_or(Value::Null);
            Ok((id, rank(&format!(".rows[{number}].rank"), row.get("rank"))?))
        });
        return read.collect();
    }
    let Value::Map(entries) = value else {
        return Err(refuse("previous", expectation, value));
    };
    let mut previous = Vec::new();
    for (key, found) in entries {
        let rank = rank(&key_step(key), Some(found))?;
        previous.push((Value::Text(key.clone()), rank));
        let number = read_number(key);
        if number_text(number) == **key {
            previous.push((Value::Number(number), rank));
        }
    }
    Ok(previous)
}

fn read_count(key: &str, found: &Value) -> Result<usize, Error> {
    match found {
        Value::Number(count) if is_whole(*count) && (0.0..=4e9).contains(count) => {
            Ok(*count as usize)
        }
        _ => Err(refuse(key, "a whole number from 0 on", found)),
    }
}

fn refuse(key: &str, expectation: &str, found: &Value) -> Error {
    let detail = format!("must be {expectation}, found {}", found.describe());
    let path = format!("options.{key}");
    Error::new(ErrorCode::LeaderboardInvalidOption, path, detail)
}

/// An id as the key of an object.
fn key_of(id: &Value) -> String {
    match id {
        Value::Text(text) => text.to_string(),
        Value::Number(number) => number_text(*number),
        _ => String::new(),
    }
}
