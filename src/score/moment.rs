//! What is known at the instant of evaluation: of one customer, or of many at once.

use super::bucket::Buckets;
use crate::condition::{Facts, Seen};
use crate::event::Rows;
use crate::model::{CriterionKind, Model};
use crate::path::{Path, find_below};
use crate::time::{Instant, MILLIS_PER_DAY, Zone};
use crate::value::Value;
use alloc::vec::Vec;

/// The fact that tells how long somebody has been a customer.
pub(crate) const TENURE_DAYS: &str = "tenureDays";

/// The profile of those who have none.
static NO_PROFILE: Value = Value::Map(Vec::new());

/// The rows as they were known at one instant.
#[derive(Clone, Copy)]
pub(crate) struct Moment<'r> {
    pub(crate) at: Instant,
    pub(crate) zone: &'r Zone,
    pub(crate) day_start_hour: u8,
    pub(crate) model: &'r Model,
    pub(crate) rows: &'r Rows,
    pub(crate) buckets: &'r Buckets,
    pub(crate) customers: &'r Customers,
}

/// The customers by number; the only one is number 0.
#[derive(Debug, Default)]
pub(crate) struct Customers {
    /// Epoch ms of the beginning: the profile's word for it, else the first activity. Infinite where there is neither.
    starts: Vec<f64>,
    /// Epoch ms of the latest activity; infinite where there is none.
    latest: Vec<f64>,
    /// Shorter than the customers where the rest has none.
    profiles: Vec<Value>,
}

impl Customers {
    /// Sets the profiles.
    pub(crate) fn introduce(&mut self, profiles: impl IntoIterator<Item = Value>) {
        self.profiles.clear();
        self.profiles.extend(profiles);
    }

    /// Finds the beginning and the latest activity of so many customers, by the events up to an instant.
    pub(crate) fn observe(&mut self, model: &Model, rows: &Rows, at: Instant, count: usize) {
        let Customers { starts, latest, .. } = self;
        starts.clear();
        latest.clear();
        starts.resize(count, f64::INFINITY);
        latest.resize(count, f64::NEG_INFINITY);
        let at = at.millis() as f64;
        if rows.subjects.is_empty() {
            let known = rows.times.partition_point(|time| *time <= at);
            let mut activities = rows
                .types
                .iter()
                .zip(&rows.times)
                .take(known)
                .filter(|(number, _)| rows.is_activity(**number))
                .map(|(_, time)| *time);
            if let (Some(first), [start], [last]) =
                (activities.next(), &mut **starts, &mut **latest)
            {
                *start = first;
                *last = activities.next_back().unwrap_or(first);
            }
        } else {
            let events = rows.subjects.iter().zip(&rows.types).zip(&rows.times);
            for ((subject, number), time) in events {
                let subject = *subject as usize;
                if *time > at || !rows.is_activity(*number) {
                    continue;
                }
                if let (Some(start), Some(last)) =
                    (starts.get_mut(subject), latest.get_mut(subject))
                {
                    *start = if *time < *start { *time } else { *start };
                    *last = if *time > *last { *time } else { *last };
                }
            }
        }
        self.hear(model);
    }

    /// The same from each customer's latest event, infinite where there is none: see [`Customers::ask_latest_only`].
    pub(crate) fn take_latest(&mut self, model: &Model, latest: impl Iterator<Item = f64>) {
        self.latest.clear();
        self.latest.extend(latest);
        self.starts.clone_from(&self.latest);
        self.hear(model);
    }

    /// Whether all events are activities, and a model asks for the latest only, never for the beginning of customers
    /// who have one.
    pub(crate) fn ask_latest_only(model: &Model, rows: &Rows) -> bool {
        let mut criteria = model.criteria();
        let mut types = 0..rows.types_met(&model.reading) as u32;
        types.all(|number| rows.is_activity(number))
            && model.stages.is_empty()
            && criteria.all(|(_, criterion)| match &criterion.kind {
                CriterionKind::Event(_) | CriterionKind::Frequency(_) => true,
                CriterionKind::Inactivity(rule) => rule.matching.is_any_activity(),
                CriterionKind::Filter(_) => false,
            })
    }

    /// What the profiles say of the beginning.
    fn hear(&mut self, model: &Model) {
        for (start, profile) in self.starts.iter_mut().zip(&self.profiles) {
            *start = Customers::declared_start(model, profile).unwrap_or(*start);
        }
    }

    /// Where a profile says when its customer began, in epoch ms.
    pub(crate) fn declared_start(model: &Model, profile: &Value) -> Option<f64> {
        let found = model.started_at.find(profile)?;
        let declared = Instant::from_value(found).ok()?;
        Some(declared.millis() as f64)
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.starts.len()
    }

    pub(crate) fn profile(&self, customer: usize) -> &Value {
        self.profiles.get(customer).unwrap_or(&NO_PROFILE)
    }
}

impl<'r> Moment<'r> {
    /// The instant in epoch ms.
    pub(crate) fn millis(&self) -> f64 {
        self.at.millis() as f64
    }

    /// The beginning of a customer, in epoch ms.
    pub(crate) fn start(&self, customer: usize) -> Option<f64> {
        known(&self.customers.starts, customer)
    }

    /// The latest activity of a customer, in epoch ms.
    pub(crate) fn latest(&self, customer: usize) -> Option<f64> {
        known(&self.customers.latest, customer)
    }

    /// Days of 24 hours since the start.
    pub(crate) fn tenure_days(&self, customer: usize) -> Option<f64> {
        let start = self.start(customer)?;
        Some(days_between(start, self.millis()))
    }

    /// The profile and the tenure of a customer, as filters see them.
    pub(crate) fn profile_facts(&self, customer: usize) -> ProfileFacts<'r> {
        ProfileFacts {
            profile: self.customers.profile(customer),
            tenure_days: self.tenure_days(customer),
        }
    }

    /// The same as the conditions of stages see them.
    pub(crate) fn customer_facts(&self, customer: usize) -> CustomerFacts<'r> {
        CustomerFacts(self.profile_facts(customer))
    }

    /// The number of the stage a customer is in.
    pub(crate) fn stage(&self, customer: usize) -> Option<usize> {
        self.model
            .stage_number(&self.customer_facts(customer), self.at)
    }
}

/// Days of 24 hours from one instant to another, both in epoch ms.
pub(crate) fn days_between(from: f64, to: f64) -> f64 {
    (to - from) / MILLIS_PER_DAY as f64
}

fn known(times: &[f64], customer: usize) -> Option<f64> {
    times.get(customer).copied().filter(|time| time.is_finite())
}

/// The data of one row.
pub(crate) struct RowFacts<'r> {
    pub(crate) rows: &'r Rows,
    pub(crate) row: usize,
}

impl Facts for RowFacts<'_> {
    fn find(&self, path: &Path) -> Option<Seen<'_>> {
        self.rows.seen(self.row, path.column)
    }
}

/// The profile's own properties at the root, and `tenureDays`.
pub(crate) struct ProfileFacts<'p> {
    pub(crate) profile: &'p Value,
    pub(crate) tenure_days: Option<f64>,
}

impl Facts for ProfileFacts<'_> {
    fn find(&self, path: &Path) -> Option<Seen<'_>> {
        match path.split_first() {
            (TENURE_DAYS, []) => self.tenure_days.map(Seen::Number),
            _ => path.find(self.profile).map(Seen::from),
        }
    }
}

/// `profile.*` and `tenureDays`.
pub(crate) struct CustomerFacts<'p>(pub(crate) ProfileFacts<'p>);

impl Facts for CustomerFacts<'_> {
    fn find(&self, path: &Path) -> Option<Seen<'_>> {
        match path.split_first() {
            (TENURE_DAYS, []) => self.0.tenure_days.map(Seen::Number),
            ("profile", rest) => find_below(self.0.profile, rest).map(Seen::from),
            _ => None,
        }
    }
}
