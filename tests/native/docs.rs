//! The tables of `www/docs/errors.md`: one row for each code, no more and no less.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use starwise::ErrorCode;

/// What the JavaScript package finds before the core sees anything.
const FACE_CODES: [&str; 30] = [
    "model-freed",
    "model-unreadable",
    "history-unreadable",
    "lines-too-large",
    "lines-unreadable",
    "columns-wrong-type",
    "columns-too-deep",
    "columns-unreadable",
    "batch-split-subject",
    "batch-finished",
    "options-unreadable",
    "options-invalid-name",
    "options-invalid-storage",
    "options-invalid-save-after",
    "options-invalid-listener",
    "options-invalid-source",
    "ledger-freed",
    "picture-unreadable",
    "style-unreadable",
    "element-unknown",
    "element-unknown-property",
    "element-invalid-attribute",
    "element-invalid-json",
    "start-missing",
    "start-wrong-type",
    "start-not-found",
    "start-unreachable",
    "start-wrong-file",
    "start-wrong-version",
    "start-refused",
];

#[test]
fn every_error_code_has_its_row() {
    let codes = ErrorCode::ALL.iter().map(|code| code.as_str());
    let expected: BTreeSet<String> = codes.chain(FACE_CODES).map(str::to_owned).collect();
    assert_eq!(rows("## Codes"), expected);
}

#[test]
fn every_warning_has_its_row() {
    let mut expected = BTreeSet::new();
    collect_lint_codes(Path::new("src/model"), &mut expected);
    assert!(!expected.is_empty(), "no lint code was found in the source");
    assert_eq!(rows("## Warnings"), expected);
}

/// The types that editors complete name the same codes: `model-${ | "too-large" … }`.
#[test]
fn the_types_name_every_code() {
    let text = fs::read_to_string("www/package/index.d.ts").unwrap();
    let mut found = BTreeSet::new();
    let mut subject = None;
    for line in text.lines() {
        let begin = line
            .split_once('`')
            .and_then(|(_, rest)| rest.split_once("${"));
        subject = begin.map(|(begin, _)| begin).or(subject);
        if let Some(subject) = subject {
            let names = line.split('"').skip(1).step_by(2);
            found.extend(names.map(|name| format!("{subject}{name}")));
        }
        if line.contains("}`") {
            subject = None;
        }
    }
    let expected: BTreeSet<String> = [rows("## Codes"), rows("## Warnings")]
        .into_iter()
        .flatten()
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn every_row_says_when_and_where() {
    for line in document().lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [code, when, path] = cells[..] else {
            // The properties of the error.
            assert_eq!(cells.len(), 2, "{line}");
            continue;
        };
        assert!(when.ends_with('.'), "{code}: {when}");
        let subject = code.trim_matches('`').split('-').next().unwrap();
        let roots: &[&str] = match subject {
            "model" | "lint" => &["model"],
            "history" => &["history", "events", "profile"],
            "event" => &["events["],
            "entry" => &["entries"],
            "leaderboard" => &["options"],
            "options" => &["options", "source"],
            "snapshot" => &["bytes"],
            "element" => &["name", "properties", "options", "data"],
            "picture" => &["badge", "level", "timeline", "streak", "checklist"],
            "start" => &["starwise.wasm"],
            other => &[other],
        };
        let path = path.trim_matches('`');
        assert!(
            roots.iter().any(|root| path.starts_with(root)),
            "{code}: {path}"
        );
    }
}

/// The codes in the first column of the table below a heading; each once.
fn rows(heading: &str) -> BTreeSet<String> {
    let text = document();
    let (_, section) = text.split_once(heading).expect("the heading stands");
    let section = section.split("\n## ").next().unwrap();
    let codes: Vec<String> = section
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once('`'))
        .map(|(code, _)| code.to_owned())
        .collect();
    let distinct: BTreeSet<String> = codes.iter().cloned().collect();
    assert_eq!(distinct.len(), codes.len(), "a code has two rows");
    distinct
}

fn document() -> String {
    fs::read_to_string("www/docs/errors.md").unwrap()
}

/// Warnings have no list of their own: their codes stand in the source as texts.
fn collect_lint_codes(directory: &Path, codes: &mut BTreeSet<String>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect_lint_codes(&path, codes);
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        codes.extend(
            source
                .split('"')
                .filter(|text| text.starts_with("lint-"))
                .map(str::to_owned),
        );
    }
}
