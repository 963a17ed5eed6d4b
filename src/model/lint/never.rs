//! Conditions of audiences and nudges that no customer of the model can meet.

use super::{Warnings, reach};
use crate::condition::{Condition, Moving, Outlook, Outlooks, Period, Seen};
use crate::model::document::Model;
use crate::model::scale::StarScale;
use crate::number::number_text;
use crate::path::Path;
use crate::time::Instant;
use alloc::{format, string::String, vec, vec::Vec};

/// When conditions are asked: any moment will do, for what has a time is not known.
const A_MOMENT: Period = Period {
    from: Instant::LAST,
    to: Instant::LAST,
};

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
    let number = match possible(model, path).into_iter().next_back() {
        Some(Outlook::Number(number)) => number,
        _ => return format!(": no `{fact}` is so"),
    };
    let [floor, ceiling] = [number.low, number.high].map(number_text);
    match (number.low.is_finite(), number.high.is_finite()) {
        (true, true) => format!(": `{fact}` is a number between {floor} and {ceiling}"),
        (true, false) => format!(": `{fact}` is a number, never below {floor}"),
        (false, true) => format!(": `{fact}` is a number, never above {ceiling}"),
        (false, false) => format!(": `{fact}` is a number"),
    }
}

/// Whether it holds of nothing: tried with all that each of its facts can be, one fact at a time.
fn never_holds(model: &Model, condition: &Condition) -> bool {
    let fails = |chosen: Option<(&Path, Outlook<'_>)>| {
        let facts = Possible { model, chosen };
        condition.outlook(&facts, A_MOMENT) == Some(false)
    };
    let mut never = condition.can_never_hold() || fails(None);
    condition.paths(&mut |path| {
        let all = possible(model, path);
        never |= all.len() > 1 && all.into_iter().all(|one| fails(Some((path, one))));
    });
    never
}

/// What the facts of the model's results can be.
struct Possible<'m> {
    model: &'m Model,
    /// A fact, and what it is for now.
    chosen: Option<(&'m Path, Outlook<'m>)>,
}

impl Outlooks for Possible<'_> {
    fn outlook(&self, path: &Path) -> Outlook<'_> {
        match self.chosen {
            Some((chosen, outlook)) if chosen == path => outlook,
            _ => match possible(self.model, path)[..] {
                [only] => only,
                _ => Outlook::Unknown,
            },
        }
    }
}

/// Everything that a fact can be, what is a number last; nothing where that is not known.
fn possible<'m>(model: &'m Model, path: &Path) -> Vec<Outlook<'m>> {
    let missing = Outlook::Same(None);
    let flags = || {
        vec![
            Outlook::Same(Some(Seen::Bool(false))),
            Outlook::Same(Some(Seen::Bool(true))),
        ]
    };
    let rules = &model.progress;
    let any = f64::INFINITY;
    match path.split_first() {
        ("score", []) => vec![between(reach::score_range(model))],
        ("stars", []) => vec![of_stars(model, |scale, score| {
            f64::from(scale.stars(score))
        })],
        ("starsExact", []) => vec![of_stars(model, StarScale::exact)],
        ("points", []) | ("parts", [_]) => vec![between((-any, any))],
        ("tenureDays", []) | ("trend", [_])
            if path
                .segments
                .last()
                .is_some_and(|last| **last != *"direction") =>
        {
            vec![missing, between((-any, any))]
        }
        ("trend", [_]) => named(
            ["rising", "falling", "steady", "new"].into_iter(),
            Some(missing),
        ),
        ("daysSinceLast", []) | ("counts", [_]) => vec![missing, between((0.0, any))],
        ("nextStar", [field]) if **field == *"points" => vec![missing, between((0.0, any))],
        ("segment", []) => {
            let range = reach::score_range(model);
            let segments = model.segments.iter().enumerate();
            let segments = segments.filter(|(index, _)| reach::is_in_reach(model, *index, range));
            named(segments.map(|(_, segment)| &*segment.id), None)
        }
        ("stage", []) => named(model.stages.iter().map(|stage| &*stage.id), Some(missing)),
        ("level", []) => match &rules.levels {
            Some(levels) => vec![between((0.0, f64::from(levels.last())))],
            None => Vec::new(),
        },
        ("badges" | "audiences", [_]) => flags(),
        ("streaks", [id, field]) => match &**field {
            "atRisk" => flags(),
            "freezesLeft" => {
                let mut streaks = rules.streaks.iter();
                let freezes = streaks
                    .find(|streak| *streak.id == **id)
                    .map_or(0, |streak| streak.freezes);
                vec![between((0.0, f64::from(freezes)))]
            }
            _ => vec![between((0.0, any))],
        },
        ("checklists", [_, field]) => match &**field {
            "done" => flags(),
            _ => vec![between((0.0, 1.0))],
        },
        _ => Vec::new(),
    }
}

fn named<'m>(
    names: impl Iterator<Item = &'m str>,
    missing: Option<Outlook<'m>>,
) -> Vec<Outlook<'m>> {
    let names = names.map(|name| Outlook::Same(Some(Seen::Text(name.as_bytes()))));
    missing.into_iter().chain(names).collect()
}

fn of_stars<'m>(model: &Model, of: fn(&StarScale, f64) -> f64) -> Outlook<'m> {
    let (least, most) = reach::score_range(model);
    between((of(&model.stars, least), of(&model.stars, most)))
}

/// A number that may be anything from one to the other.
fn between<'m>((low, high): (f64, f64)) -> Outlook<'m> {
    Outlook::Number(Moving {
        low,
        high,
        first: low,
        last: high,
        slack: f64::INFINITY,
        slope: (0.0, 0.0),
    })
}
