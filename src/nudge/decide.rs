//! The choice: every nudge with the reasons against it, and of those without any the one that comes first.

use super::explain::failing;
use super::exposure::{Exposed, Shown};
use super::facts::NudgeFacts;
use super::quiet::end_of_day;
use super::result::{
    ChosenNudge, NudgeAction, NudgeCandidate, NudgeDecision, NudgeReason, NudgeSurvey, ReasonKind,
};
use super::text::filled;
use crate::model::{Label, Model, Nudge};
use crate::time::{Duration, Instant, Zone};
use crate::value::{Value, describe_text};
use alloc::{borrow::Cow, borrow::ToOwned, format, string::String, string::ToString, vec::Vec};

/// What a reason repeats of a profile, at most: bytes of text and values together. Chosen.
const MOST_FOUND: usize = 4_096;

/// What a choice is made from.
pub(crate) struct Scene<'a> {
    pub(crate) facts: NudgeFacts<'a>,
    pub(crate) exposed: &'a Exposed,
    pub(crate) at: Instant,
    pub(crate) zone: &'a Zone,
    pub(crate) day_start_hour: u8,
    pub(crate) locale: Option<&'a str>,
    /// The number of the nudge on screen.
    pub(crate) showing: Option<usize>,
}

impl Scene<'_> {
    /// Chooses a nudge, or none.
    pub(crate) fn decide(&self) -> NudgeDecision {
        let nudges = &self.model().nudges;
        let policy = self.against_all();
        let mut against: Vec<Vec<NudgeReason>> = Vec::with_capacity(nudges.len());
        for (number, nudge) in nudges.iter().enumerate() {
            let shown = self.exposed.find(&nudge.id);
            let mut reasons = self.against(nudge, shown);
            if self.showing != Some(number) {
                self.against_repeating(nudge, shown, &mut reasons);
                reasons.extend_from_slice(&policy);
            }
            against.push(reasons);
        }
        let first = self.first(&against);
        let chosen = first.and_then(|number| nudges.get(number));
        let candidates = nudges.iter().zip(against).enumerate();
        let candidates = candidates.map(|(number, (nudge, mut reasons))| {
            let is_chosen = first == Some(number);
            if reasons.is_empty()
                && let Some(chosen) = chosen
            {
                reasons.push(self.verdict(chosen, is_chosen));
            }
            NudgeCandidate {
                id: nudge.id.to_string(),
                chosen: is_chosen,
                reasons,
            }
        });
        NudgeDecision {
            at: self.at,
            candidates: candidates.collect(),
            nudge: chosen.map(|nudge| self.told(nudge)),
        }
    }

    fn model(&self) -> &Model {
        self.facts.model()
    }

    /// The condition, and what the customer had to say.
    fn against(&self, nudge: &Nudge, shown: Shown) -> Vec<NudgeReason> {
        let mut reasons = Vec::new();
        if let Some(paths) = failing(&nudge.when, &self.facts, self.at) {
            for path in &paths {
                let fact = path.segments.join(".");
                let found = self.facts.value(path);
                let shown = found
                    .as_ref()
                    .map_or("missing".into(), |found| found.describe());
                let name = describe_text(&fact);
                let found = found.filter(|found| found.fits(&mut MOST_FOUND.clone()));
                let message = format!("{name} is {shown}, which its condition does not take");
                reasons.push(NudgeReason {
                    fact: Some(fact),
                    found: Some(found.map_or(Value::Null, Cow::into_owned)),
                    ..NudgeReason::new(ReasonKind::Condition, message)
                });
            }
            if paths.is_empty() {
                let message = "has a condition that never holds";
                reasons.push(NudgeReason::new(ReasonKind::Condition, message));
            }
        }
        if let Some((time, is_answer)) = shown.closed {
            let (kind, message) = match (is_answer, nudge.again) {
                (true, None) => (ReasonKind::Answered, "was answered"),
                (false, None) => (ReasonKind::Dismissed, "was dismissed"),
                (true, _) => (ReasonKind::Answered, "was answered less than `again` ago"),
                (false, _) => (ReasonKind::Dismissed, "was dismissed less than `again` ago"),
            };
            let until = nudge.again.map(|again| after(time, again));
            self.hold_until(until, NudgeReason::new(kind, message), &mut reasons);
        }
        reasons
    }

    /// How often it was shown, and when.
    fn against_repeating(&self, nudge: &Nudge, shown: Shown, reasons: &mut Vec<NudgeReason>) {
        let count = shown.count;
        if let Some(most) = nudge.max_shown.filter(|most| count >= *most) {
            let message = format!("was shown {count} of at most {most} times");
            reasons.push(NudgeReason {
                count: Some(count),
                ..NudgeReason::new(ReasonKind::MaxShown, message)
            });
        }
        if let (Some(last), Some(cooldown)) = (shown.last, nudge.cooldown) {
            let message = "was shown less than its cooldown ago";
            let reason = NudgeReason::new(ReasonKind::Cooldown, message);
            self.hold_until(Some(after(last, cooldown)), reason, reasons);
        }
    }

    /// What speaks against any nudge.
    fn against_all(&self) -> Vec<NudgeReason> {
        let mut reasons = Vec::new();
        let policy = &self.model().nudge_policy;
        let at = self.at.millis();
        if let Some(most) = policy.max_per_day {
            let today = self.zone.civil_day(at as f64, self.day_start_hour);
            let count = self.exposed.shown_on(today);
            if count >= most {
                let message = format!(
                    "must wait for another day: {count} of at most {most} nudges were shown today"
                );
                let until = (most > 0).then(|| end_of_day(at, self.zone, self.day_start_hour));
                reasons.push(NudgeReason {
                    until: until.filter(comes),
                    ..NudgeReason::new(ReasonKind::MaxPerDay, message)
                });
            }
        }
        if let (Some(last), Some(gap)) = (self.exposed.last, policy.min_gap) {
            let message = "must wait: a nudge was shown a short time ago";
            let reason = NudgeReason::new(ReasonKind::MinGap, message);
            self.hold_until(Some(after(last.time, gap)), reason, &mut reasons);
        }
        if let Some(quiet) = policy.quiet_hours.filter(|quiet| quiet.hold(at, self.zone)) {
            let message = "must wait for the end of the quiet hours";
            reasons.push(NudgeReason {
                until: quiet.end(at, self.zone).filter(comes),
                ..NudgeReason::new(ReasonKind::QuietHours, message)
            });
        }
        reasons
    }

    /// Adds a reason that stands until an instant in epoch ms, if that lies ahead; none is forever.
    fn hold_until(&self, until: Option<i64>, reason: NudgeReason, reasons: &mut Vec<NudgeReason>) {
        if until.is_some_and(|until| self.at.millis() >= until) {
            return;
        }
        let until = until.map(|until| Instant::known(until as f64));
        reasons.push(NudgeReason {
            until: until.filter(comes),
            ..reason
        });
    }

    /// The number of the one to show: the one on screen, else the first of the greatest priority.
    fn first(&self, against: &[Vec<NudgeReason>]) -> Option<usize> {
        let mut first: Option<(usize, f64)> = None;
        let nudges = self.model().nudges.iter().zip(against).enumerate();
        for (number, (nudge, _)) in nudges.filter(|(_, (_, reasons))| reasons.is_empty()) {
            if self.showing == Some(number) {
                return Some(number);
            }
            if first.is_none_or(|(_, priority)| nudge.priority > priority) {
                first = Some((number, nudge.priority));
            }
        }
        first.map(|(number, _)| number)
    }

    /// A word on one that could be shown.
    fn verdict(&self, chosen: &Nudge, is_chosen: bool) -> NudgeReason {
        let nudges = &self.model().nudges;
        let on_screen = self.showing.and_then(|number| nudges.get(number));
        if is_chosen {
            let message = match on_screen {
                Some(nudge) if nudge.id == chosen.id => "is on screen, and may stay",
                _ => "comes first of those that may be shown",
            };
            return NudgeReason::new(ReasonKind::Chosen, message);
        }
        let message = format!("another nudge, `{}`, comes first", chosen.id);
        NudgeReason {
            by: Some(chosen.id.to_string()),
            ..NudgeReason::new(ReasonKind::Outranked, message)
        }
    }

    /// The nudge in the customer's language.
    fn told(&self, nudge: &Nudge) -> ChosenNudge {
        let text = |template| filled(template, &self.facts, self.locale);
        let label = |label: &Option<Label>| -> Option<String> {
            let label = label.as_ref()?;
            Some(label.pick(self.locale).to_owned())
        };
        let checklist = |number: usize| self.facts.progress.checklists.get(number).cloned();
        ChosenNudge {
            id: nudge.id.to_string(),
            kind: nudge.kind.name(),
            priority: nudge.priority,
            title: text(&nudge.title),
            body: nudge.body.as_ref().map(text),
            action: nudge.action.as_ref().map(|action| NudgeAction {
                label: text(&action.label),
                href: action.href.as_deref().map(str::to_owned),
            }),
            checklist: nudge.checklist.and_then(checklist),
            survey: nudge.survey.as_ref().map(|survey| NudgeSurvey {
                from: survey.from,
                to: survey.to,
                low: label(&survey.low),
                high: label(&survey.high),
            }),
        }
    }
}

/// Whether an instant ever comes: what lies beyond all that a `Date` can be does not.
fn comes(instant: &Instant) -> bool {
    *instant <= Instant::LAST
}

/// So long after an instant in epoch ms.
fn after(time: f64, duration: Duration) -> i64 {
    (time as i64).saturating_add(duration.millis())
}
