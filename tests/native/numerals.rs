//! Numbers as people of a language write them, in pictures and nudges: as CLDR has them, and otherwise where `words` say so.

use super::draw;
use serde_json::{Value as Json, json};
use starwise::{History, Instant, Model, OnInvalid, ScoreOptions, nudge};

/// What the only score of a leaderboard is written as.
fn written(score: f64, style: &Json) -> String {
    let board = json!({ "rows": [{ "id": "a", "score": score, "rank": 1 }] });
    let html = draw(&json!("leaderboardHtml"), &board, style).unwrap();
    let (_, behind) = html.split_once(r#"<td part="score">"#).unwrap();
    behind.split_once('<').unwrap().0.replace("&#39;", "'")
}

#[test]
fn numbers_are_those_of_cldr() {
    let expected: Json = serde_json::from_str(include_str!("../numerals.json")).unwrap();
    let numbers = expected["numbers"].as_array().unwrap();
    let rows = expected["expected"].as_array().unwrap();
    assert!(rows.len() > 200);
    for row in rows {
        let style = json!({ "locale": row[0] });
        for (number, text) in numbers.iter().zip(row[1].as_array().unwrap()) {
            let found = written(number.as_f64().unwrap(), &style);
            assert_eq!(found, text.as_str().unwrap(), "{number} in {}", row[0]);
        }
    }
}

#[test]
fn percentages_are_those_of_cldr() {
    let expected: Json = serde_json::from_str(include_str!("../numerals.json")).unwrap();
    let percent = expected["percent"].as_u64().unwrap();
    let step = |number: u64| {
        let event = if number < percent { "done" } else { "not done" };
        json!({ "id": number.to_string(), "label": "a step", "done": { "event": event } })
    };
    let steps: Vec<Json> = (0..100).map(step).collect();
    let model = json!({
        "criteria": [{ "id": "done", "kind": "event", "event": "done", "points": 1 }],
        "checklists": [{ "id": "all", "label": "All", "steps": steps }],
        "nudges": [{ "id": "far", "kind": "banner", "when": {}, "title": "{checklists.all.share}" }],
    });
    let model = Model::parse(model.to_string().as_bytes()).unwrap();
    let events = br#"{ "events": [{ "type": "done", "time": "2024-06-01T00:00:00Z" }] }"#;
    let history = History::parse(events, OnInvalid::Error).unwrap();
    for row in expected["expected"].as_array().unwrap() {
        let at = Instant::from_rfc3339("2024-06-02T00:00:00Z").unwrap();
        let options = ScoreOptions {
            locale: row[0].as_str().map(Into::into),
            ..ScoreOptions::at(at)
        };
        let title = nudge(&model, &history, &options)
            .unwrap()
            .nudge
            .unwrap()
            .title;
        assert_eq!(title, row[2].as_str().unwrap(), "in {}", row[0]);
    }
}

#[test]
fn numbers_are_plain_without_a_locale_and_in_languages_that_are_not_known() {
    for style in [
        json!(null),
        json!({ "locale": "tlh" }),
        json!({ "locale": "tlh-KX" }),
    ] {
        assert_eq!(written(-1_234_567.5, &style), "-1234567.5");
    }
    assert_eq!(
        written(-1e15, &json!({ "locale": "de" })),
        "-1.000.000.000.000.000"
    );
    assert_eq!(written(1e21, &json!({ "locale": "de" })), "1e+21");
    assert_eq!(
        written(999_999_999_999_999.0, &json!({ "locale": "en" })),
        "999,999,999,999,999"
    );
}

#[test]
fn words_come_before_the_locale() {
    let own = json!({ "locale": "de", "words": { "decimal": "·", "group": " " } });
    assert_eq!(written(12_345.5, &own), "12 345·5");
    let ungrouped = json!({ "locale": "de", "words": { "group": "" } });
    assert_eq!(written(12_345.5, &ungrouped), "12345,5");
    let decimal = json!({ "words": { "decimal": "," } });
    assert_eq!(written(12_345.5, &decimal), "12345,5");
}
