//! Checklists: which steps are done, since when, and which is next.

use super::answer::Standing;
use super::result::{ChecklistProgress, StepProgress};
use super::tally::Goal;
use crate::model::{Checklist, CriterionKind, Step, StepDone};
use crate::score::filter_amount;
use crate::time::Instant;
use alloc::{string::ToString, vec::Vec};

impl Checklist {
    /// The checklist at an instant; the goals begin with those of its steps.
    pub(super) fn progress(&self, goals: &[Goal], standing: &Standing<'_>) -> ChecklistProgress {
        let steps = self.steps.iter().zip(goals);
        let steps: Vec<StepProgress> = steps
            .map(|(step, goal)| step.progress(goal, standing))
            .collect();
        // Where no step is required, all of them count.
        let is_any_required = steps.iter().any(|step| !step.optional);
        let counts = |step: &&StepProgress| !is_any_required || !step.optional;
        let counting = || steps.iter().filter(counts);
        let have = counting().filter(|step| step.done).count();
        let need = counting().count();
        let done = have == need;
        let mut instants = counting().map(|step| step.done_at);
        let last = instants.try_fold(None, |last: Option<Instant>, at| Some(last.max(Some(at?))));
        let open = |optional: bool| {
            steps
                .iter()
                .find(|step| step.optional == optional && !step.done)
        };
        let next = open(false).or_else(|| open(true));
        ChecklistProgress {
            id: self.id.to_string(),
            label: self.label.pick(standing.locale).to_string(),
            icon: self.icon.as_deref().map(ToString::to_string),
            done,
            done_at: last.flatten().filter(|_| done),
            share: have as f64 / need.max(1) as f64,
            done_steps: have as u32,
            required_steps: need as u32,
            next: next.map(|step| step.id.clone()),
            steps,
        }
    }
}

impl Step {
    fn progress(&self, goal: &Goal, standing: &Standing<'_>) -> StepProgress {
        let at = standing.at;
        let (mut count, mut need) = (None, None);
        let (done, done_at) = match &self.done {
            StepDone::Event { count: enough, .. } => {
                (count, need) = (Some(goal.count), Some(*enough));
                (goal.reached.is_some(), goal.reached)
            }
            StepDone::Profile(condition) => {
                (condition.holds(&standing.facts, Instant::known(at)), None)
            }
            StepDone::Criterion(number) => standing.fulfils(*number),
        };
        StepProgress {
            id: self.id.to_string(),
            label: self.label.pick(standing.locale).to_string(),
            href: self.href.as_deref().map(ToString::to_string),
            optional: self.is_optional,
            done,
            done_at: done_at.map(Instant::known),
            count,
            need,
        }
    }
}

impl Standing<'_> {
    /// Whether a criterion is fulfilled, and since when, in epoch ms, where events tell.
    fn fulfils(&self, number: usize) -> (bool, Option<f64>) {
        let criterion = self.model.criteria().nth(number);
        let (Some((_, criterion)), Some(deed)) = (criterion, self.tally.criteria.get(number))
        else {
            return (false, None);
        };
        let reached = match &criterion.kind {
            CriterionKind::Filter(rule) => {
                let amount = filter_amount(rule, &self.facts, Instant::known(self.at));
                return (amount.is_some(), None);
            }
            // None at all are enough, before the first one comes.
            CriterionKind::Frequency(rule)
                if rule.at_least == 0 && deed.first.is_none_or(|first| first > self.begin()) =>
            {
                Some(self.begin())
            }
            CriterionKind::Frequency(rule) => deed.pace.first(rule, self.at),
            CriterionKind::Event(_) | CriterionKind::Inactivity(_) => deed.first,
        };
        (reached.is_some(), reached)
    }
}
