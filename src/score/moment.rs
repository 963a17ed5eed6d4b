//! What is known of the customer at the instant of evaluation.

use crate::condition::{Facts, Seen};
use crate::event::{Entry, History, is_activity};
use crate::model::{EventMatch, Model};
use crate::path::{Path, find_below};
use crate::time::{Instant, MILLIS_PER_DAY, Zone};
use crate::value::Value;

/// An empty object, for events without data.
static NO_DATA: Value = Value::Map(Vec::new());

/// The history as it was known at one instant.
pub(super) struct Moment<'h> {
    pub(super) at: Instant,
    pub(super) zone: &'h Zone,
    pub(super) day_start_hour: u8,
    /// Events up to `at`, in canonical order.
    pub(super) events: &'h [Entry],
    types: &'h [Box<str>],
    profile: &'h Value,
    /// The beginning of the customer: the profile's word for it, else the first activity.
    pub(super) start: Option<Instant>,
    /// The latest activity.
    last_activity: Option<Instant>,
}

impl<'h> Moment<'h> {
    pub(super) fn new(
        model: &Model,
        history: &'h History,
        at: Instant,
        zone: &'h Zone,
        day_start_hour: u8,
    ) -> Moment<'h> {
        let events = history.up_to(at);
        let types = history.types();
        let activities: Vec<bool> = types.iter().map(|name| is_activity(name)).collect();
        let is_activity = |entry: &&Entry| is_set(&activities, entry.type_index);
        let first_activity = events.iter().find(is_activity).map(|entry| entry.time);
        let declared = model
            .started_at
            .find(history.profile())
            .and_then(|value| Instant::from_value(value).ok());
        Moment {
            at,
            zone,
            day_start_hour,
            events,
            types,
            profile: history.profile(),
            start: declared.or(first_activity),
            last_activity: events
                .iter()
                .rev()
                .find(is_activity)
                .map(|entry| entry.time),
        }
    }

    /// Days of 24 hours since the start.
    pub(super) fn tenure_days(&self) -> Option<f64> {
        let start = self.start?;
        Some(self.at.since(start) as f64 / MILLIS_PER_DAY as f64)
    }

    /// Milliseconds since an event.
    pub(super) fn age_millis(&self, event: &Entry) -> i64 {
        self.at.since(event.time)
    }

    /// Milliseconds since the latest activity.
    pub(super) fn idle_millis(&self) -> Option<i64> {
        self.last_activity.map(|last| self.at.since(last))
    }

    /// The events a criterion is about, with their positions, in canonical order.
    pub(super) fn matching<'m>(
        &'m self,
        rule: &'m EventMatch,
    ) -> impl DoubleEndedIterator<Item = (usize, &'h Entry)> + 'm {
        let wanted: Vec<bool> = self
            .types
            .iter()
            .map(|name| match &rule.types {
                Some(names) => names.contains(name),
                None => is_activity(name),
            })
            .collect();
        let events: &'h [Entry] = self.events;
        events.iter().enumerate().filter(move |(_, event)| {
            is_set(&wanted, event.type_index)
                && rule
                    .condition
                    .as_ref()
                    .is_none_or(|condition| condition.holds(data_of(event), event.time))
        })
    }

    /// The profile and the tenure, as filters see them.
    pub(super) fn profile_facts(&self) -> ProfileFacts<'_> {
        ProfileFacts {
            profile: self.profile,
            tenure_days: self.tenure_days(),
        }
    }

    /// The profile and the tenure, as the conditions of stages see them.
    pub(super) fn customer_facts(&self) -> CustomerFacts<'_> {
        CustomerFacts(self.profile_facts())
    }
}

/// An event's data; an empty object where it has none.
pub(super) fn data_of(event: &Entry) -> &Value {
    event.data.as_ref().unwrap_or(&NO_DATA)
}

/// The profile's own properties at the root, and `tenureDays`.
pub(super) struct ProfileFacts<'p> {
    profile: &'p Value,
    tenure_days: Option<f64>,
}

impl Facts for ProfileFacts<'_> {
    fn find(&self, path: &Path) -> Option<Seen<'_>> {
        match path.split_first() {
            ("tenureDays", []) => self.tenure_days.map(Seen::Number),
            _ => path.find(self.profile).map(Seen::from),
        }
    }
}

/// `profile.*` and `tenureDays`.
pub(super) struct CustomerFacts<'p>(ProfileFacts<'p>);

impl Facts for CustomerFacts<'_> {
    fn find(&self, path: &Path) -> Option<Seen<'_>> {
        match path.split_first() {
            ("tenureDays", []) => self.0.tenure_days.map(Seen::Number),
            ("profile", rest) => find_below(self.0.profile, rest).map(Seen::from),
            _ => None,
        }
    }
}

fn is_set(flags: &[bool], index: u32) -> bool {
    flags.get(index as usize).copied().unwrap_or(false)
}
