//! What it would take: how many further events reach the next star, found by having them happen.

use super::Course;
use super::view::View;
use crate::error::Error;
use crate::event::{Cell, Rows, Span, Whole};
use crate::model::{Criterion, CriterionKind, Model, StarScale};
use crate::number::rounded;
use crate::score::{NextStar, Outcome, target_of};
use crate::sorting::{arranged, sorted_positions};
use crate::time::Zone;
use crate::value::Value;
use alloc::{format, vec::Vec};

/// Occurrences of an action, at most.
const MOST_OCCURRENCES: u32 = 1_000;

/// Where something could happen: a course of no event later than the instant, and what else it takes to score it.
pub(crate) struct Ground<'g> {
    pub(crate) model: &'g Model,
    pub(crate) profile: &'g Value,
    pub(crate) zone: &'g Zone,
    pub(crate) day_start_hour: u8,
    pub(crate) baseline: Option<f64>,
    /// Epoch ms.
    pub(crate) at: f64,
}

impl Ground<'_> {
    /// What it takes to reach the next star; none where there is none.
    pub(crate) fn reach(&self, course: &Course) -> Result<Option<NextStar>, Error> {
        let mut outcome = Outcome::default();
        self.evaluate(course, &mut outcome)?;
        let Some(threshold) = self.model.stars.next(outcome.stars) else {
            return Ok(None);
        };
        let stage = outcome
            .stage
            .and_then(|number| self.model.stages.get(number));
        let target = target_of(self.model, stage, self.baseline)?;
        let stars = outcome.stars + 1;
        let mut next = NextStar {
            stars,
            points: rounded(threshold * target / 100.0 - outcome.points).max(0.0),
            actions: Vec::new(),
        };
        // Criteria on one type ask for the same events.
        let mut tried: Vec<(u32, Option<u32>)> = Vec::new();
        let mut efforts: Vec<f64> = Vec::new();
        let mut found = Vec::new();
        for (number, (_, criterion)) in self.model.criteria().enumerate() {
            if !criterion.enabled || criterion.points_in(stage) <= 0.0 {
                continue;
            }
            let Some(type_number) = action_type(criterion) else {
                continue;
            };
            let known = tried.iter().find(|(tried, _)| *tried == type_number);
            let count = match known {
                Some((_, count)) => *count,
                None => {
                    let count = self.occurrences(course, type_number, stars)?;
                    tried.push((type_number, count));
                    count
                }
            };
            if let Some(count) = count {
                efforts.push(criterion.effort * f64::from(count));
                found.push((number, count));
            }
        }
        let effort = |place: usize| efforts.get(place).copied().unwrap_or_default();
        let least_first = sorted_positions(efforts.len(), &|a, b| effort(a).total_cmp(&effort(b)));
        next.actions = arranged(found, &least_first);
        Ok(Some(next))
    }

    fn evaluate(&self, course: &Course, outcome: &mut Outcome) -> Result<(), Error> {
        View::new(self.model, course, self.profile, self.baseline).evaluate(self.at, outcome)
    }

    /// The least number of further events of a type that reaches so many stars.
    fn occurrences(
        &self,
        course: &Course,
        type_number: u32,
        stars: u8,
    ) -> Result<Option<u32>, Error> {
        let mut trial = course.clone();
        let mut outcome = Outcome::default();
        let mut rows = Occurrences::new(self.model, type_number);
        for count in 1..=MOST_OCCURRENCES {
            rows.next(self.model, self.at, count);
            let has_told = trial.extend(self.model, &rows.rows, 0, self.zone, self.day_start_hour);
            if count > 1 && !has_told {
                // Nothing counts it any more, nor will anything count the next one.
                return Ok(None);
            }
            self.evaluate(&trial, &mut outcome)?;
            if outcome.stars >= stars {
                return Ok(Some(count));
            }
        }
        Ok(None)
    }
}

/// The one type of a criterion that anybody could simply do.
fn action_type(criterion: &Criterion) -> Option<u32> {
    match &criterion.kind {
        CriterionKind::Event(rule) if rule.per.is_none() => {
            match (
                &rule.matching.condition,
                rule.matching.type_numbers.as_slice(),
            ) {
                (None, [number]) => Some(*number),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Further events of one type, one at a time.
struct Occurrences {
    rows: Rows,
    type_number: u32,
    /// The columns that ask for a fresh value each time.
    fresh: Vec<usize>,
}

impl Occurrences {
    fn new(model: &Model, type_number: u32) -> Occurrences {
        let mut fresh = Vec::new();
        for (_, criterion) in model.criteria().filter(|(_, criterion)| criterion.enabled) {
            let rule = match &criterion.kind {
                CriterionKind::Event(rule) => &rule.count,
                CriterionKind::Frequency(rule) => &rule.count,
                CriterionKind::Inactivity(_) | CriterionKind::Filter(_) => continue,
            };
            let matching = criterion.kind.matching();
            let is_about = matching.is_some_and(|matching| matching.is_about(type_number));
            if let (true, Some(path)) = (is_about, &rule.unique_by) {
                fresh.push(path.column);
            }
        }
        Occurrences {
            rows: Rows::default(),
            type_number,
            fresh,
        }
    }

    fn next(&mut self, model: &Model, at: f64, count: u32) {
        let Occurrences {
            rows,
            type_number,
            fresh,
        } = self;
        rows.restart(&model.reading);
        rows.texts.clear();
        rows.push(*type_number, at, None);
        rows.mark_activities(&model.reading);
        if fresh.is_empty() {
            return;
        }
        let value = format!("starwise: occurrence {count}");
        rows.texts.extend_from_slice(value.as_bytes());
        rows.open_block(Whole::Unknown);
        for column in fresh {
            rows.set_cell(*column, Cell::Text(Span::new(0, value.len())));
        }
    }
}

impl StarScale {
    /// The score that the next star asks for; none where there is none.
    pub(crate) fn next(&self, stars: u8) -> Option<f64> {
        match self {
            StarScale::Five if stars >= 5 => None,
            StarScale::Five => Some(20.0 * f64::from(stars)),
            StarScale::At(thresholds) => thresholds.get(usize::from(stars)).copied(),
        }
    }
}
