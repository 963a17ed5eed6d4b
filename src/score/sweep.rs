//! One pass over the rows of many customers: what each event weighs, added up, and all else that is asked of every row.

use super::counted::WithoutValue;
use super::exp2::exp2_pair;
use super::pair::Pair;
use crate::check::MAX_NUMBER;
use crate::event::Rows;
use crate::time::Instant;

/// The place of a record where the age of the latest event is, in ms; sums come behind it.
pub(super) const LEAST_AGE: usize = 0;

/// What an event of a type does in a pass.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weighing {
    /// In ms, negative; infinite where nothing fades.
    pub(super) minus_half_life: f64,
    /// Events count below this age, in ms.
    pub(super) period: f64,
    /// What one is worth before it fades, times its amount where it has one.
    pub(super) worth: f64,
    /// 0 where an event is as much as the pass's amounts say, else 1.
    pub(super) plain: f64,
    /// The place of its sum in a record.
    pub(super) place: u32,
    /// Whether its rows are to be listed.
    pub(super) is_listed: bool,
}

/// What a pass adds up in.
pub(super) struct Sweep<'s> {
    /// By type.
    pub(super) types: &'s [Weighing],
    /// By row; empty where no type has amounts.
    pub(super) amounts: &'s [f64],
    /// So many numbers a customer, one record behind the other.
    pub(super) width: usize,
    pub(super) records: &'s mut [f64],
    /// Rows of the types that are to be listed; longer than the rows.
    pub(super) listed: &'s mut [u32],
    pub(super) without_value: &'s mut WithoutValue,
}

/// What else was found on the way.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    /// Rows that are later than the instant.
    pub(super) later: u64,
    /// Rows that were listed.
    pub(super) listed: usize,
    row: usize,
}

/// Two rows.
struct Two {
    times: [f64; 2],
    types: [u32; 2],
    subjects: [u32; 2],
    amounts: [f64; 2],
}

impl Weighing {
    /// Of types that no sum is about: 0 added to an age.
    pub(super) const NOTHING: Weighing = Weighing {
        minus_half_life: -1.0,
        period: 0.0,
        worth: 0.0,
        plain: 1.0,
        place: LEAST_AGE as u32,
        is_listed: false,
    };
}

impl Sweep<'_> {
    /// Goes over all rows.
    pub(super) fn run(mut self, rows: &Rows, at: Instant) -> Tally {
        let at = at.millis() as f64;
        // Any numbers will do where none are looked at.
        let amounts = match self.amounts {
            [] => &rows.times,
            amounts => amounts,
        };
        let (times, last_time) = rows.times.as_chunks::<2>();
        let (types, last_type) = rows.types.as_chunks::<2>();
        let (subjects, last_subject) = rows.subjects.as_chunks::<2>();
        let (amounts, last_amount) = amounts.as_chunks::<2>();
        let mut tally = Tally::default();
        let known = self.take_all(times, types, subjects, amounts, at, &mut tally);
        let mut known = known.into_iter().sum::<f64>();
        if let ([time], [number], [subject], [amount]) =
            (last_time, last_type, last_subject, last_amount)
        {
            // The second of the two is of no type.
            let types = [[*number, u32::MAX]];
            let (time, subject, amount) = ([[*time; 2]], [[*subject; 2]], [[*amount; 2]]);
            let [last, _] = self.take_all(&time, &types, &subject, &amount, at, &mut tally);
            known += last;
        }
        tally.later = rows.len() as u64 - known as u64;
        tally
    }

    /// Takes rows two by two; gives how many of the firsts and of the seconds are not later than the instant.
    #[inline(never)]
    fn take_all(
        &mut self,
        times: &[[f64; 2]],
        types: &[[u32; 2]],
        subjects: &[[u32; 2]],
        amounts: &[[f64; 2]],
        at: f64,
        tally: &mut Tally,
    ) -> [f64; 2] {
        let mut known = Pair::splat(0.0);
        let pairs = times.iter().zip(types).zip(subjects).zip(amounts);
        for (((times, types), subjects), amounts) in pairs {
            let two = Two {
                times: *times,
                types: *types,
                subjects: *subjects,
                amounts: *amounts,
            };
            known = known.plus(self.take(two, at, tally));
        }
        known.numbers()
    }

    /// Gives 1 for those that are not later than the instant.
    #[inline(always)]
    fn take(&mut self, two: Two, at: f64, tally: &mut Tally) -> Pair {
        let [one, other] = two.types.map(|number| {
            let known = self.types.get(number as usize);
            known.unwrap_or(const { &Weighing::NOTHING })
        });
        let ages = Pair::splat(at).minus(Pair::new(two.times));
        let is_known = Pair::splat(0.0).is_at_most(ages);
        let is_in = ages.is_below(Pair::new([one.period, other.period]));
        let half_lives = ages.by(Pair::new([one.minus_half_life, other.minus_half_life]));
        let left = Pair::new(exp2_pair(half_lives.numbers()));
        let worth = Pair::new([one.worth, other.worth]);
        let worth = left.within(is_known).within(is_in).times(worth);
        let plain = Pair::new([one.plain, other.plain]);
        let amount = Pair::new(two.amounts);
        let is_sound = amount.magnitude().is_at_most(Pair::splat(MAX_NUMBER));
        let has_amount = plain.is_at_most(Pair::splat(0.0));
        let amount = amount.or_none(is_sound).within(has_amount).plus(plain);
        let [worth, other_worth] = worth.times(amount).numbers();
        let [age, other_age] = ages.or_none(is_known).numbers();
        let [subject, other_subject] = two.subjects;
        self.add(subject, one, age, worth, tally);
        self.add(other_subject, other, other_age, other_worth, tally);
        Pair::splat(1.0).within(is_known)
    }

    #[inline(always)]
    fn add(&mut self, subject: u32, one: &Weighing, age: f64, worth: f64, tally: &mut Tally) {
        let record = subject as usize * self.width;
        if let Some(least) = self.records.get_mut(record + LEAST_AGE)
            && age < *least
        {
            *least = age;
        }
        if worth.is_nan() {
            self.leave_out(tally.row, age);
        } else if let Some(sum) = self.records.get_mut(record + one.place as usize) {
            *sum += worth;
        }
        if let Some(slot) = self.listed.get_mut(tally.listed) {
            *slot = tally.row as u32;
        }
        tally.listed += usize::from(one.is_listed);
        tally.row += 1;
    }

    #[cold]
    fn leave_out(&mut self, row: usize, age: f64) {
        if !age.is_nan() {
            self.without_value.note(row);
        }
    }
}
