//! The limits that are too large for a case file, on both sides.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

use std::sync::Arc;

use starwise::{
    Error, ErrorCode, Event, History, Instant, Ledger, LedgerOptions, Model, OnInvalid,
};

const MAX_EVENTS: usize = 1_000_000;

#[test]
fn a_history_has_at_most_a_million_events() {
    let event = Event {
        event_type: "view".into(),
        time: Instant::from_millis(1.7e12).unwrap(),
        id: None,
        data: None,
    };
    let history = History::new(vec![event.clone(); MAX_EVENTS], None).unwrap();
    assert_eq!(history.len(), MAX_EVENTS);
    let error = History::new(vec![event; MAX_EVENTS + 1], None).unwrap_err();
    assert_eq!(
        code_and_path(&error),
        (ErrorCode::HistoryTooManyEvents, "events")
    );
}

/// What does not fit is refused, and nothing of it taken.
#[test]
fn a_ledger_has_at_most_a_million_events() {
    let model =
        br#"{ "criteria": [{ "id": "view", "kind": "event", "event": "view", "points": 1 }] }"#;
    let model = Arc::new(Model::parse(model).unwrap());
    let views = |count, minute: f64| {
        let event = Event {
            event_type: "view".into(),
            time: Instant::from_millis(1.7e12 + 60_000.0 * minute).unwrap(),
            id: None,
            data: None,
        };
        History::new(vec![event; count], None).unwrap()
    };
    let mut one = Ledger::new(model.clone(), LedgerOptions::new("one")).unwrap();
    one.add(&views(MAX_EVENTS - 1, 0.0)).unwrap();
    one.add(&views(1, 1.0)).unwrap();
    let before = one.to_bytes();
    let error = one.add(&views(1, 2.0)).unwrap_err();
    assert_eq!(
        code_and_path(&error),
        (ErrorCode::HistoryTooManyEvents, "events")
    );
    let mut other = Ledger::new(model, LedgerOptions::new("other")).unwrap();
    other.add(&views(1, 3.0)).unwrap();
    assert!(one.merge(&other).is_err());
    assert_eq!(one.to_bytes(), before);
    one.compact(Instant::from_millis(1.7e12 + 1.0).unwrap());
    one.merge(&other).unwrap();
    assert_eq!(one.len(), 2);
}

#[test]
fn a_text_has_at_most_a_million_events() {
    let text = |count| {
        let event = r#"{"type":"view","time":1700000000000},"#.repeat(count);
        format!(r#"{{"events":[{}]}}"#, event.trim_end_matches(','))
    };
    let history = History::parse(text(MAX_EVENTS).as_bytes(), OnInvalid::Error).unwrap();
    assert_eq!(history.len(), MAX_EVENTS);
    let error = History::parse(text(MAX_EVENTS + 1).as_bytes(), OnInvalid::Error).unwrap_err();
    assert_eq!(
        code_and_path(&error),
        (ErrorCode::HistoryTooManyEvents, "events")
    );
}

/// Skipped events count too: they had to be read.
#[test]
fn invalid_events_are_among_the_million() {
    let text = format!(r#"{{"events":[{}0]}}"#, "0,".repeat(MAX_EVENTS));
    let error = History::parse(text.as_bytes(), OnInvalid::Skip).unwrap_err();
    assert_eq!(
        code_and_path(&error),
        (ErrorCode::HistoryTooManyEvents, "events")
    );
}

#[test]
fn a_text_holds_at_most_twenty_million_values() {
    // The object, the two lists, and what stands in the second.
    let text = |values: usize| format!(r#"{{"events":[],"rest":[{}0]}}"#, "0,".repeat(values - 4));
    assert!(History::parse(text(20_000_000).as_bytes(), OnInvalid::Error).is_ok());
    let error = History::parse(text(20_000_001).as_bytes(), OnInvalid::Error).unwrap_err();
    assert_eq!(
        code_and_path(&error),
        (ErrorCode::HistoryTooLarge, "history")
    );
}

#[test]
fn a_text_has_at_most_256_mib() {
    let text = |bytes: usize| {
        let mut text = br#"{"events":[]}"#.to_vec();
        text.resize(bytes, b' ');
        text
    };
    assert!(History::parse(&text(256 << 20), OnInvalid::Error).is_ok());
    let error = History::parse(&text((256 << 20) + 1), OnInvalid::Error).unwrap_err();
    assert_eq!(
        code_and_path(&error),
        (ErrorCode::HistoryTooLarge, "history")
    );
}

fn code_and_path(error: &Error) -> (ErrorCode, &str) {
    (error.code, &error.path)
}

#[test]
fn an_unknown_zone_is_told_by_its_name() {
    let fault = starwise::Zone::named("Mars/Base").unwrap_err();
    let words =
        "must be a time zone of the IANA database, such as `Europe/Berlin`, found `Mars/Base`";
    assert_eq!(fault.to_string(), words);
}
