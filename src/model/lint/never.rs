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
pub(super) fn lint_conditions(model: &Model, score: (f64, f64), warnings: &mut Warnings) {
    let facts = Possible {
        model,
        score,
        chosen: None,
    };
    let audiences = model.audiences.iter().map(|audience| &audience.when);
    let nudges = model.nudges.iter().map(|nudge| &nudge.when);
    let of_audiences = audiences.enumerate().map(|one| ("audiences", one));
    let of_nudges = nudges.enumerate().map(|one| ("nudges", one));
    for (owner, (index, condition)) in of_audiences.chain(of_nudges) {
        if let Some(reason) = facts.why_never(condition) {
            let path = format!("model.{owner}[{index}].when");
            warnings.push(
                "lint-condition-never-holds",
                path,
                format!("can never hold{reason}"),
            );
        }
    }
}

/// What the facts of the model's results can be.
#[derive(Clone, Copy)]
struct Possible<'m> {
    model: &'m Model,
    /// The least and the greatest score.
    score: (f64, f64),
    /// A fact, and what it is for now.
    chosen: Option<(&'m Path, Outlook<'m>)>,
}

impl<'m> Possible<'m> {
    /// Why a condition never holds, as far as one of its parts is the reason; none where it may hold.
    fn why_never(&self, condition: &Condition) -> Option<String> {
        if !self.never(condition) {
            return None;
        }
        Some(match condition {
            Condition::All(conditions) => {
                let mut reasons = conditions.iter();
                let reason = reasons.find_map(|one| self.why_never(one));
                reason.unwrap_or_default()
            }
            _ if condition.can_never_hold() => ": it contradicts itself".into(),
            Condition::At(path, _) => self.what_is(path),
            _ => String::new(),
        })
    }

    /// Whether it holds of nothing: tried with all that each of its facts can be, one fact at a time.
    fn never(&self, condition: &Condition) -> bool {
        if condition.can_never_hold() || self.fails(condition) {
            return true;
        }
        let mut open: Vec<Path> = Vec::new();
        condition.paths(&mut |path| {
            if !open.contains(path) && self.all(path).len() > 1 {
                open.push(path.clone());
            }
        });
        open.iter().any(|path| {
            let mut all = self.all(path).into_iter();
            all.all(|one| {
                let chosen = Some((path, one));
                Possible { chosen, ..*self }.fails(condition)
            })
        })
    }

    fn fails(&self, condition: &Condition) -> bool {
        condition.outlook(self, A_MOMENT) == Some(false)
    }

    /// What a fact can be, in words.
    fn what_is(&self, path: &Path) -> String {
        let fact = path.segments.join(".");
        let number = match self.all(path).into_iter().next_back() {
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

    /// Everything that a fact can be, what is a number last; nothing where that is not known.
    fn all(&self, path: &Path) -> Vec<Outlook<'m>> {
        let model = self.model;
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
            ("score", []) => vec![between(self.score)],
            ("stars", []) => vec![self.of_stars(|scale, score| f64::from(scale.stars(score)))],
            ("starsExact", []) => vec![self.of_stars(StarScale::exact)],
            ("points", []) | ("parts", [_]) => vec![between((-any, any))],
            ("trend", [field]) if **field == *"direction" => named(
                ["rising", "falling", "steady", "new"].into_iter(),
                Some(missing),
            ),
            ("tenureDays", []) | ("trend", [_]) => vec![missing, between((-any, any))],
            ("daysSinceLast", []) | ("counts", [_]) => vec![missing, between((0.0, any))],
            ("nextStar", [field]) if **field == *"points" => vec![missing, between((0.0, any))],
            ("segment", []) => {
                let segments = model.segments.iter().enumerate();
                let segments =
                    segments.filter(|(index, _)| reach::is_in_reach(model, *index, self.score));
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

    fn of_stars(&self, of: fn(&StarScale, f64) -> f64) -> Outlook<'m> {
        let (least, most) = self.score;
        let stars = &self.model.stars;
        between((of(stars, least), of(stars, most)))
    }
}

impl Outlooks for Possible<'_> {
    fn outlook(&self, path: &Path) -> Outlook<'_> {
        match self.chosen {
            Some((chosen, outlook)) if chosen == path => outlook,
            _ => match self.all(path)[..] {
                [only] => only,
                _ => Outlook::Unknown,
            },
        }
    }
}

fn named<'m>(
    names: impl Iterator<Item = &'m str>,
    missing: Option<Outlook<'m>>,
) -> Vec<Outlook<'m>> {
    let names = names.map(|name| Outlook::Same(Some(Seen::Text(name.as_bytes()))));
    missing.into_iter().chain(names).collect()
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
