//! Conditions of audiences and nudges that no customer of the model can meet.

use super::{Warnings, reach};
use crate::condition::{Condition, Moving, Outlook, Outlooks, Period, Seen};
use crate::model::document::Model;
use crate::model::scale::StarScale;
use crate::number::number_text;
use crate::path::Path;
use crate::time::Instant;
use alloc::{format, string::String, vec::Vec};

/// When conditions are asked: any moment will do, for what has a time is not known.
const A_MOMENT: Period = Period {
    from: Instant::LAST,
    to: Instant::LAST,
};
/// Facts that are one of the model's own names; each is tried with all of its names.
const NAMED: [&str; 2] = ["segment", "stage"];

/// Conditions that ask facts for what they can never be.
pub(super) fn lint_conditions(model: &Model, warnings: &mut Warnings) {
    let audiences = model.audiences.iter().map(|audience| &audience.when);
    let nudges = model.nudges.iter().map(|nudge| &nudge.when);
    let of_audiences = audiences.enumerate().map(|one| ("audiences", one));
    let of_nudges = nudges.enumerate().map(|one| ("nudges", one));
    for (owner, (index, condition)) in of_audiences.chain(of_nudges) {
        if let Some(reason) = why_it_never_holds(model, condition) {
            let path = format!("model.{owner}[{index}].when");
            warnings.push(
                "lint-condition-never-holds",
                path,
                format!("can never hold{reason}"),
            );
        }
    }
}

/// None where it may hold; else the reason, as far as one of its parts is it.
fn why_it_never_holds(model: &Model, condition: &Condition) -> Option<String> {
    if !never_holds(model, condition) {
        return None;
    }
    Some(match condition {
        Condition::All(conditions) => {
            let mut reasons = conditions.iter();
            let reason = reasons.find_map(|one| why_it_never_holds(model, one));
            reason.unwrap_or_default()
        }
        _ if condition.can_never_hold() => ": it contradicts itself".into(),
        Condition::At(path, _) => what_it_can_be(model, path),
        _ => String::new(),
    })
}

fn what_it_can_be(model: &Model, path: &Path) -> String {
    let fact = path.segments.join(".");
    match range_of(model, path) {
        Some((least, most)) => {
            let [floor, ceiling] = [least, most].map(number_text);
            match (least.is_finite(), most.is_finite()) {
                (true, true) => format!(": `{fact}` is a number between {floor} and {ceiling}"),
                (true, false) => format!(": `{fact}` is a number, never below {floor}"),
                (false, true) => format!(": `{fact}` is a number, never above {ceiling}"),
                (false, false) => format!(": `{fact}` is a number"),
            }
        }
        None => format!(": no {fact} of the model fits"),
    }
}

fn never_holds(model: &Model, condition: &Condition) -> bool {
    let fails = |named: Option<Named<'_>>| {
        let facts = Possible { model, named };
        condition.outlook(&facts, A_MOMENT) == Some(false)
    };
    let fails_with_each = |fact| {
        let mut names = names_of(model, fact).into_iter();
        names.all(|name| fails(Some(Named { fact, name })))
    };
    condition.can_never_hold() || fails(None) || NAMED.into_iter().any(fails_with_each)
}

/// What a named fact may be; none a fact may be; none where it may be missing.
fn names_of<'m>(model: &'m Model, fact: &str) -> Vec<Option<&'m str>> {
    if fact == "segment" {
        let segments = model.segments.iter();
        return segments.map(|segment| Some(&*segment.id)).collect();
    }
    let stages = model.stages.iter();
    let stages = stages.map(|stage| Some(&*stage.id));
    core::iter::once(None).chain(stages).collect()
}

/// What the facts of the model's results can be.
struct Possible<'m> {
    model: &'m Model,
    named: Option<Named<'m>>,
}

/// A named fact, and what it is for now.
#[derive(Clone, Copy)]
struct Named<'m> {
    fact: &'m str,
    name: Option<&'m str>,
}

impl Outlooks for Possible<'_> {
    fn outlook(&self, path: &Path) -> Outlook<'_> {
        if let (fact, []) = path.split_first()
            && let Some(named) = self.named
            && named.fact == fact
        {
            return Outlook::Same(named.name.map(|name| Seen::Text(name.as_bytes())));
        }
        match range_of(self.model, path) {
            Some((low, high)) => Outlook::Number(Moving {
                low,
                high,
                first: low,
                last: high,
                slack: f64::INFINITY,
                slope: (0.0, 0.0),
            }),
            None => Outlook::Unknown,
        }
    }
}

/// The least and the greatest that a number can be; none of what may be missing, and of what is no number.
fn range_of(model: &Model, path: &Path) -> Option<(f64, f64)> {
    let score = || reach::score_range(model);
    let stars = |of: fn(&StarScale, f64) -> f64| {
        let (least, most) = score();
        (of(&model.stars, least), of(&model.stars, most))
    };
    Some(match path.split_first() {
        ("score", []) => score(),
        ("stars", []) => stars(|scale, score| f64::from(scale.stars(score))),
        ("starsExact", []) => stars(StarScale::exact),
        ("points", []) | ("parts", [_]) => (f64::NEG_INFINITY, f64::INFINITY),
        ("level", []) => (1.0, f64::from(model.progress.levels.as_ref()?.last())),
        ("streaks", [id, field]) => match &**field {
            "current" | "longest" => (0.0, f64::INFINITY),
            "freezesLeft" => {
                let mut streaks = model.progress.streaks.iter();
                (
                    0.0,
                    f64::from(streaks.find(|streak| *streak.id == **id)?.freezes),
                )
            }
            _ => return None,
        },
        ("checklists", [_, field]) if &**field == "share" => (0.0, 1.0),
        _ => return None,
    })
}
