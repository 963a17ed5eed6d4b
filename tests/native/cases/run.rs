//! One case through the public interface.

use serde_json::{Value as Json, json};
use starwise::{
    Duration, Error, ErrorCode, Faults, History, Model, OnInvalid, Prepared, ScoreOptions,
    TimeRange, Zone, nudge, progress, score, score_text, timeline, transitions, what_if,
};

use super::compare::contains;
use super::plain::plain;

/// The difference between what happens and what must.
pub fn run(case: &Json) -> Result<(), String> {
    let model = Model::parse(text_of(case, "model").as_bytes());
    if let Some(expected) = case.get("faults") {
        let faults = match &model {
            Ok(_) => json!([]),
            Err(faults) => serde_json::to_value(faults).unwrap(),
        };
        contains(&faults, expected, "faults")?;
    }
    if let Some(expected) = case.get("lint") {
        let model = model.map_err(|faults| faults.to_string())?;
        let warnings = serde_json::to_value(model.lint()).unwrap();
        return contains(&warnings, expected, "lint");
    }
    let has_history = case.get("history").is_some() || case.get("historyText").is_some();
    let outcome = match model {
        Ok(_) if !has_history => Err("the model is good".to_owned()),
        Ok(model) => Ok(answer_of(&model, case)),
        Err(faults) if has_history => Err(format!("the model is refused: {faults}")),
        Err(faults) => Ok(Err(first(&faults))),
    }?;
    match (outcome, case.get("error"), case.get("expect")) {
        (Ok(result), None, Some(expected)) => contains(&result, expected, "result"),
        (Err(error), Some(expected), None) => {
            contains(&serde_json::to_value(error).unwrap(), expected, "error")
        }
        (Ok(_), Some(expected), None) => Err(format!("expected {expected}, found a result")),
        (Err(error), None, Some(_)) => Err(format!("expected a result, found {error}")),
        _ => Err("a case has either `expect` or `error`".into()),
    }
}

/// What the question of a case is answered with.
fn answer_of(model: &Model, case: &Json) -> Result<Json, Error> {
    let given = case.get("options").cloned().unwrap_or(json!({}));
    match case["question"].as_str().unwrap_or("score") {
        "score" => {
            let (options, on_invalid) = options_of(&given)?;
            let result = score_of(model, case, &options, on_invalid)?;
            Ok(serde_json::to_value(result).unwrap())
        }
        "whatIf" => {
            let (options, on_invalid) = options_of(&given)?;
            let history = History::parse(text_of(case, "history").as_bytes(), on_invalid)?;
            let extra = json!({ "events": case["extra"] }).to_string();
            let extra = History::parse(extra.as_bytes(), OnInvalid::Error)?;
            let result = what_if(model, &history, extra.events().collect(), &options)?;
            Ok(serde_json::to_value(result).unwrap())
        }
        "progress" => {
            let (options, on_invalid) = options_of(&given)?;
            let history = History::parse(text_of(case, "history").as_bytes(), on_invalid)?;
            let found = progress(model, &history, &options)?;
            let prepared = Prepared::new(model, &history, &options);
            assert_eq!(prepared.progress(&options).as_ref(), Ok(&found));
            Ok(serde_json::to_value(found).unwrap())
        }
        "nudge" => {
            let (options, on_invalid) = options_of(&given)?;
            let history = History::parse(text_of(case, "history").as_bytes(), on_invalid)?;
            let found = nudge(model, &history, &options)?;
            let prepared = Prepared::new(model, &history, &options);
            assert_eq!(prepared.nudge(&options).as_ref(), Ok(&found));
            Ok(serde_json::to_value(found).unwrap())
        }
        question => {
            // They have no instant of their own, and options without one are none.
            let mut dated = given.clone();
            dated["at"] = json!(1e11);
            let (options, on_invalid) = options_of(&dated)?;
            let range = TimeRange::from_value(&plain(&given))?;
            let history = || History::parse(text_of(case, "history").as_bytes(), on_invalid);
            if question == "transitions" {
                let turns = transitions(model, &history()?, range, &options)?;
                return Ok(serde_json::to_value(turns).unwrap());
            }
            assert_eq!(question, "timeline", "no such question");
            let step = step_of(&given["step"])?;
            let timeline = timeline(model, &history()?, range, step, &options)?;
            Ok(serde_json::to_value(timeline).unwrap())
        }
    }
}

fn options_of(given: &Json) -> Result<(ScoreOptions, OnInvalid), Error> {
    let (mut options, on_invalid) = ScoreOptions::from_value(&plain(given))?;
    match &given["timeZone"] {
        Json::Null => {}
        Json::String(name) => options.zone = Zone::named(name).map_err(|_| unknown_zone())?,
        _ => return Err(unknown_zone()),
    }
    Ok((options, on_invalid))
}

/// Natively a step is the caller's to make, and so is the error where it is none.
fn step_of(given: &Json) -> Result<Duration, Error> {
    let step = match given {
        Json::Number(millis) => millis.as_f64().and_then(Duration::from_millis),
        Json::String(text) => Duration::parse(text).ok(),
        _ => None,
    };
    step.ok_or_else(|| Error {
        code: ErrorCode::OptionsInvalidStep,
        path: "options.step".into(),
        detail: String::new(),
    })
}

fn score_of(
    model: &Model,
    case: &Json,
    options: &ScoreOptions,
    on_invalid: OnInvalid,
) -> Result<starwise::ScoreResult, Error> {
    let text = text_of(case, "history");
    let whole = History::parse(text.as_bytes(), on_invalid)
        .and_then(|history| score(model, &history, options));
    // The way straight from text gives the same, faults and all.
    let straight = score_text(model, text.as_bytes(), on_invalid, options);
    assert_eq!(straight, whole, "the two ways in differ");
    whole
}

/// Natively a zone is the caller's to find, and so is this error.
fn unknown_zone() -> Error {
    Error {
        code: ErrorCode::OptionsInvalidTimeZone,
        path: "options.timeZone".into(),
        detail: String::new(),
    }
}

fn text_of(case: &Json, key: &str) -> String {
    match case.get(format!("{key}Text")) {
        Some(text) => text.as_str().unwrap().to_owned(),
        None => case[key].to_string(),
    }
}

fn first(faults: &Faults) -> Error {
    faults.as_slice()[0].clone()
}
