//! Pictures: the same bytes as in JavaScript, and laws of what any text and number may do to them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod numerals;

use std::fs;

use proptest::prelude::*;
use roxmltree::Document;
use serde_json::{Value as Json, json};
use starwise::{
    Error, Value, badge_svg, checklist_html, leaderboard_html, level_svg, nudge_html,
    sparkline_svg, stars_svg, streak_svg, stylesheet,
};

/// What one function draws.
type Draw = fn(&Value, &Value) -> Result<String, Error>;

const PICTURES: [(&str, Draw); 8] = [
    ("starsSvg", stars_svg),
    ("levelSvg", level_svg),
    ("streakSvg", streak_svg),
    ("badgeSvg", badge_svg),
    ("sparklineSvg", sparkline_svg),
    ("checklistHtml", checklist_html),
    ("nudgeHtml", nudge_html),
    ("leaderboardHtml", leaderboard_html),
];

#[test]
fn every_picture_is_the_same_bytes() {
    for case in cases("pictures") {
        let name = case["name"].as_str().unwrap();
        let drawn = draw(&case["picture"], &case["value"], &case["style"]).unwrap();
        let extension = match case["picture"].as_str().unwrap().ends_with("Svg") {
            true => "svg",
            false => "html",
        };
        let expected = fs::read_to_string(format!("tests/pictures/{name}.{extension}")).unwrap();
        assert!(drawn == expected, "{name}: {drawn}");
        if !drawn.is_empty() {
            parsed(&drawn);
        }
    }
}

#[test]
fn every_fault_is_told() {
    for case in cases("faults") {
        let error = draw(&case["picture"], &case["value"], &case["style"]).unwrap_err();
        assert_eq!(error.code.as_str(), case["code"], "{case}");
        assert_eq!(error.path, case["path"], "{case}");
        if let Some(message) = case["message"].as_str() {
            assert_eq!(error.message(), message);
        }
    }
}

#[test]
fn the_stylesheet_is_there() {
    assert!(stylesheet().starts_with("/* base */\n.starwise {"));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_000) })]

    /// Any texts: they are read back as they were, but for what XML forbids, and elements and attributes are those
    /// of plain texts.
    #[test]
    fn texts_stay_texts(texts in [hostile(), hostile(), hostile(), hostile()]) {
        let plain = with_texts(&["a", "b", "c", "d"].map(str::to_owned));
        for ((picture, value), (_, plain)) in with_texts(&texts).into_iter().zip(plain) {
            let style = json!({ "label": texts[3], "caption": texts[2], "words": { "dismiss": texts[0], "optional": "{{}}" } });
            let style = if texts[0].contains(['{', '}']) { json!({ "label": texts[3], "caption": texts[2] }) } else { style };
            let drawn = draw(&picture.into(), &value, &style).unwrap();
            let model = draw(&picture.into(), &plain, &json!({ "label": "d", "caption": "c", "words": { "dismiss": "a" } })).unwrap();
            let (drawn, model) = (parsed(&drawn), parsed(&model));
            prop_assert_eq!(shape(&drawn), shape(&model));
            let text = texts_of(&drawn);
            prop_assert!(text.contains(&mended(&texts[0])), "{}: {}", picture, text);
        }
    }

    /// Any numbers: a picture without NaN and infinity, or a fault.
    #[test]
    fn numbers_stay_numbers(numbers in [number(), number(), number(), number()], of in prop_oneof![Just("score"), Just("points"), Just("stars")], dir in prop_oneof![Just("ltr"), Just("rtl")]) {
        let style = map(&[("dir", Value::from(dir)), ("of", Value::from(of)), ("now", Value::from(1.0))]);
        for (name, draw) in PICTURES {
            match draw(&with_numbers(name, &numbers), &style) {
                Ok(drawn) => {
                    prop_assert!(!drawn.contains("NaN") && !drawn.contains("nfinity"), "{}", drawn);
                    parsed(&drawn);
                }
                Err(error) => prop_assert!(error.code.as_str().starts_with("picture-"), "{}", error),
            }
        }
    }

    /// Any colour that is taken can be nothing but one.
    #[test]
    fn colors_stay_colors(color in "[#a-z(),./% 0-9<>\"';&{}:-]{0,24}|(rgb|hsl)a?\\([0-9 ,./%]{0,16}\\)") {
        let style = json!({ "color": color });
        match draw(&"starsSvg".into(), &json!(1.5), &style) {
            Ok(drawn) => prop_assert!(parsed(&drawn).descendants().any(|node| node.attribute("fill") == Some(&*color))),
            Err(error) => prop_assert_eq!(error.code.as_str(), "style-invalid-color"),
        }
    }
}

/// A value of each kind that holds texts, wherever one may stand.
fn with_texts([a, b, c, d]: &[String; 4]) -> Vec<(&'static str, Json)> {
    let steps = json!([{ "id": a, "label": b, "href": "/x?a=1&b=2", "done": true }, { "id": c, "label": a, "optional": true }]);
    let checklist = json!({ "label": a, "icon": b, "share": 0.5, "doneSteps": 1, "requiredSteps": 2, "next": null, "steps": steps });
    let survey = json!({ "from": 0, "to": 3, "low": format!("!{c}"), "high": format!("!{d}") });
    vec![
        (
            "badgeSvg",
            json!({ "label": b, "description": a, "icon": format!("!{c}"), "have": 1, "need": 2, "share": 0.5 }),
        ),
        ("checklistHtml", checklist.clone()),
        (
            "nudgeHtml",
            json!({ "id": b, "kind": "survey", "title": a, "body": format!("!{b}"), "cta": { "label": c }, "survey": survey }),
        ),
        (
            "nudgeHtml",
            json!({ "id": b, "kind": "checklist", "title": a, "body": format!("!{b}"), "checklist": checklist }),
        ),
        (
            "leaderboardHtml",
            json!({ "rows": [{ "id": b, "label": a, "score": 1, "rank": 1 }, { "id": a, "score": 1, "rank": 2 }] }),
        ),
    ]
}

fn with_numbers(picture: &str, [a, b, c, d]: &[f64; 4]) -> Value {
    let [a, b, c, d] = [*a, *b, *c, *d].map(Value::from);
    let list = |items: &[&Value]| Value::List(items.iter().map(|item| (*item).clone()).collect());
    match picture {
        "starsSvg" => a,
        "levelSvg" => map(&[("level", a), ("points", b), ("next", c), ("share", d)]),
        "streakSvg" => map(&[
            ("every", Value::from("day")),
            ("current", a),
            ("freezesLeft", b),
        ]),
        "badgeSvg" => map(&[
            ("label", Value::from("x")),
            ("have", a),
            ("need", b),
            ("share", c),
        ]),
        "sparklineSvg" => map(&[
            ("times", list(&[&a, &b])),
            ("score", list(&[&c, &d])),
            ("points", list(&[&d, &c])),
            ("stars", list(&[&c, &c])),
        ]),
        "checklistHtml" => map(&[
            ("label", Value::from("x")),
            ("share", a),
            ("doneSteps", b),
            ("requiredSteps", c),
            ("steps", list(&[])),
        ]),
        "nudgeHtml" => map(&[
            ("id", Value::from("x")),
            ("kind", Value::from("survey")),
            ("title", Value::from("x")),
            ("survey", map(&[("from", a), ("to", b)])),
        ]),
        _ => {
            let row = map(&[
                ("id", a),
                ("rank", b),
                ("score", c),
                ("movement", d.clone()),
                ("previousRank", d),
            ]);
            map(&[("rows", list(&[&row]))])
        }
    }
}

fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        Just("</title><script>alert(1)</script>".to_owned()),
        Just("\" onload='x' ]]> <!-- &amp; &#0; <![CDATA[ $ {0}".to_owned()),
        proptest::collection::vec(any::<char>(), 1..12).prop_map(String::from_iter),
        "[\u{0}-\u{9f}\u{fffe}\u{ffff}\u{202e}<>&\"'$]{1,12}",
    ];
    // Beyond ASCII space: what is all white would be found in every text.
    pieces.prop_map(|piece| format!("x{piece}"))
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<f64>(),
        -10.0..10.0,
        Just(0.0),
        Just(f64::MAX),
        Just(f64::MIN),
        Just(f64::NAN),
        (-3..12).prop_map(f64::from)
    ]
}

/// The names of all elements and of their attributes.
fn shape(document: &Document<'_>) -> Vec<String> {
    let elements = document.descendants().filter(|node| node.is_element());
    let names = elements.map(|node| {
        let attributes: Vec<&str> = node
            .attributes()
            .map(|attribute| attribute.name())
            .collect();
        format!("{} {attributes:?}", node.tag_name().name())
    });
    names.collect()
}

/// All texts and attributes, one after the other.
fn texts_of(document: &Document<'_>) -> String {
    let mut out = String::new();
    for node in document.descendants() {
        for attribute in node.attributes() {
            out.push_str(attribute.value());
        }
        out.push_str(node.text().filter(|_| node.is_text()).unwrap_or_default());
    }
    out
}

/// A text as XML can carry it.
fn mended(text: &str) -> String {
    let is_forbidden = |c: char| {
        (c.is_control() && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}')
    };
    text.chars()
        .map(|c| if is_forbidden(c) { '\u{fffd}' } else { c })
        .collect()
}

fn parsed(markup: &str) -> Document<'_> {
    Document::parse(markup).unwrap_or_else(|error| panic!("{error}: {markup}"))
}

fn draw(picture: &Json, value: &Json, style: &Json) -> Result<String, Error> {
    let (_, draw) = PICTURES
        .into_iter()
        .find(|(name, _)| picture == name)
        .unwrap();
    draw(&read(value), &read(style))
}

fn cases(list: &str) -> Vec<Json> {
    let text = fs::read_to_string("tests/pictures/pictures.json").unwrap();
    let json: Json = serde_json::from_str(&text).unwrap();
    json[list].as_array().unwrap().clone()
}

fn map(entries: &[(&str, Value)]) -> Value {
    let entries = entries
        .iter()
        .map(|(key, value)| ((*key).into(), value.clone()));
    Value::Map(entries.collect())
}

fn read(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(flag) => Value::Bool(*flag),
        Json::Number(number) => Value::Number(number.as_f64().unwrap()),
        Json::String(text) => Value::from(text.as_str()),
        Json::Array(items) => Value::List(items.iter().map(read).collect()),
        Json::Object(entries) => Value::Map(
            entries
                .iter()
                .map(|(key, item)| (key.as_str().into(), read(item)))
                .collect(),
        ),
    }
}
