//! Runs every case of `tests/cases` natively: models and histories as JSON text, results as they serialise.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[path = "cases/compare.rs"]
mod compare;
#[path = "cases/expand.rs"]
mod expand;
#[path = "cases/plain.rs"]
mod plain;
#[path = "cases/run.rs"]
mod run;

use std::fs;
use std::sync::Arc;

use serde_json::Value as Json;
use starwise::{
    Columns, Entry, Instant, LeaderboardOptions, Ledger, LedgerOptions, Model, OnInvalid,
    ScoreOptions, Value, leaderboard, score_lines, score_many,
};

#[test]
fn every_case_holds() {
    let mut failures = Vec::new();
    let mut count = 0;
    let mut names = std::collections::BTreeSet::new();
    for file in case_files() {
        let text = fs::read_to_string(&file).unwrap();
        let json: Json = serde_json::from_str(&text).expect("a case file is JSON");
        for case in json["cases"].as_array().expect("cases is a list") {
            let case = expand::expand(case);
            let name = case["name"].as_str().expect("a case has a name").to_owned();
            assert!(names.insert(name.clone()), "two cases are called {name}");
            count += 1;
            if let Err(difference) = run::run(&case) {
                failures.push(format!(
                    "{}: {name}\n    {difference}",
                    file.file_name().unwrap().to_string_lossy()
                ));
            }
        }
    }
    assert!(count > 100, "only {count} cases were found");
    assert!(
        failures.is_empty(),
        "{} of {count} cases fail:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

/// Every documented code that text can provoke is provoked by a case; the others need JavaScript.
#[test]
fn every_error_code_has_a_case() {
    const ONLY_FROM_JAVASCRIPT: [&str; 5] = [
        "columns-too-large",
        "history-too-many-events",
        "history-too-large",
        "profile-invalid-value",
        "event-invalid-data",
    ];
    let mut provoked: std::collections::BTreeSet<String> = faults_of_many().into();
    provoked.extend(faults_of_ledgers());
    provoked.extend(faults_of_leaderboards());
    provoked.extend(faults_of_pictures());
    for file in case_files() {
        let json: Json = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        for case in json["cases"].as_array().unwrap() {
            let faults = case["faults"].as_array().cloned().unwrap_or_default();
            for fault in faults.iter().chain([&case["error"]]) {
                provoked.extend(fault["code"].as_str().map(str::to_owned));
            }
        }
    }
    let missing: Vec<&str> = starwise::ErrorCode::ALL
        .iter()
        .map(|code| code.as_str())
        .filter(|code| !provoked.contains(*code) && !ONLY_FROM_JAVASCRIPT.contains(code))
        .collect();
    assert!(missing.is_empty(), "no case provokes {missing:?}");
}

/// The codes of pictures: `tests/native/pictures.rs` provokes what their file lists.
fn faults_of_pictures() -> Vec<String> {
    let text = fs::read_to_string("tests/pictures/pictures.json").unwrap();
    let json: Json = serde_json::from_str(&text).unwrap();
    let faults = json["faults"].as_array().unwrap().iter();
    faults
        .map(|fault| fault["code"].as_str().unwrap().to_owned())
        .collect()
}

/// The codes of columns and lines, which have no case files: each is provoked here.
fn faults_of_many() -> [String; 5] {
    let model = Model::parse(
        br#"{ "criteria": [{ "id": "a", "kind": "event", "event": "a", "points": 1 }] }"#,
    )
    .unwrap();
    let options = ScoreOptions::at(Instant::from_millis(1.7e12).unwrap());
    let columns = |types: &[u16], type_names: &[&str]| {
        let columns = Columns {
            subjects: &[0],
            types,
            type_names,
            times: &[1.7e12],
            data: &[],
        };
        score_many(&model, &columns, &[], OnInvalid::Error, &options).unwrap_err()
    };
    let line =
        |text: &str| score_lines(&model, text.as_bytes(), OnInvalid::Error, &options).unwrap_err();
    [
        columns(&[], &["a"]),
        columns(&[0], &[""]),
        columns(&[1], &["a"]),
        line("{"),
        line(r#"{ "type": "a", "time": 1700000000000 }"#),
    ]
    .map(|error| error.code.as_str().to_owned())
}

/// The codes of ledgers and their snapshots, likewise.
fn faults_of_ledgers() -> [String; 5] {
    let model = |points| {
        let text = format!(
            r#"{{ "criteria": [{{ "id": "a", "kind": "event", "event": "a", "points": {points} }}] }}"#
        );
        Arc::new(Model::parse(text.as_bytes()).unwrap())
    };
    let ledger = |points| Ledger::new(model(points), LedgerOptions::new("one"));
    let mut compacted = ledger(1).unwrap();
    compacted.compact(Instant::from_millis(1.7e12).unwrap());
    let options = ScoreOptions::at(Instant::from_millis(1.6e12).unwrap());
    let mut newer = compacted.to_bytes();
    newer.truncate(newer.len() - 8);
    newer[4] = u8::MAX;
    // FNV-1a with 64 bits, after RFC 9923.
    let sum = newer.iter().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    newer.extend_from_slice(&sum.to_le_bytes());
    [
        ledger(1).unwrap().merge_bytes(&[]).unwrap_err(),
        ledger(1).unwrap().merge_bytes(&newer).unwrap_err(),
        ledger(2).unwrap().merge(&compacted).unwrap_err(),
        compacted.score(&options).unwrap_err(),
        Ledger::new(model(1), LedgerOptions::new("")).unwrap_err(),
    ]
    .map(|error| error.code.as_str().to_owned())
}

/// The codes of leaderboards, likewise.
fn faults_of_leaderboards() -> [String; 5] {
    let list = |id: &str, score| {
        let id = Value::from(id);
        Value::List(vec![Value::Map(vec![
            ("id".into(), id),
            ("score".into(), score),
        ])])
    };
    let ranked = |entries: &Value, options: &Value| {
        let mut entries = Entry::from_value(entries)?;
        let options = LeaderboardOptions::from_value(options, &mut entries)?;
        leaderboard(&entries, &options)
    };
    let Value::List(one) = list("a", 1.0.into()) else {
        unreachable!()
    };
    let twice = Value::List([one.clone(), one].concat());
    let negative = Value::Map(vec![("top".into(), (-1.0).into())]);
    [
        ranked(&Value::Null, &Value::Null).unwrap_err(),
        ranked(&list("", 1.0.into()), &Value::Null).unwrap_err(),
        ranked(&list("a", "1".into()), &Value::Null).unwrap_err(),
        ranked(&twice, &Value::Null).unwrap_err(),
        ranked(&list("a", 1.0.into()), &negative).unwrap_err(),
    ]
    .map(|error| error.code.as_str().to_owned())
}

fn case_files() -> Vec<std::path::PathBuf> {
    let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases");
    let mut files: Vec<_> = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    files.sort();
    files
}
