//! The events that a ledger keeps: rows in canonical order, each with its identity, none with another's id.

use super::replicas::{Identity, Replicas};
use crate::event::{Rows, Span};
use crate::model::Model;
use crate::names::{Index, hash};
use crate::sorting::sort;
use alloc::vec::Vec;
use core::cmp::Ordering;

/// So many rows may be dropped before their room is freed, and as many again as there are rows.
const MOST_WASTE: usize = 1_024;

/// Events in canonical order; those that are the same but for their identities go by those.
#[derive(Debug, Clone)]
pub(super) struct Store {
    pub(super) rows: Rows,
    /// By row.
    pub(super) identities: Vec<Identity>,
    /// Rows by id.
    ids: Index,
    /// The row of the only activity that nothing reads and that has no id: see [`is_lone`].
    lone: Option<usize>,
    /// Rows dropped whose texts and data are still there.
    waste: usize,
}

/// What became of rows that were added.
#[derive(Debug, Default)]
pub(super) struct Settled {
    /// Events that another one with their id stands before.
    pub(super) duplicates: Vec<Identity>,
    /// How many rows from the first are where they were.
    pub(super) untouched: usize,
}

/// Whether events of a type are read by nothing, so that without an id only the first of them matters: it may be
/// the customer's start.
pub(super) fn is_lone(model: &Model, rows: &Rows, row: usize) -> bool {
    let number = rows.types.get(row).copied().unwrap_or_default();
    number as usize >= model.reading.types.len()
        && rows.id(row).is_none()
        && !model.reads_activity()
}

impl Store {
    pub(super) fn new(model: &Model) -> Store {
        let mut rows = Rows::default();
        rows.restart(&model.reading);
        rows.mark_activities(&model.reading);
        Store {
            rows,
            identities: Vec::new(),
            ids: Index::default(),
            lone: None,
            waste: 0,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The row with an id.
    pub(super) fn find(&self, id: &[u8]) -> Option<usize> {
        let is_same = |number: u32| self.rows.id(number as usize) == Some(id);
        let found = self.ids.known(&|seed| hash(id, seed), &is_same);
        found.map(|number| number as usize)
    }

    /// The row of the only activity that nothing reads and that has no id.
    pub(super) fn lone(&self) -> Option<usize> {
        self.lone
    }

    /// Adds a row of others, wherever it belongs: to be settled.
    pub(super) fn push(&mut self, model: &Model, others: &Rows, row: usize, identity: Identity) {
        self.rows.push_from(&model.reading, others, row);
        self.identities.push(identity);
    }

    /// Puts all rows in order, of which the first so many are so already, and drops duplicates.
    pub(super) fn settle(&mut self, model: &Model, replicas: &Replicas, before: usize) -> Settled {
        if self.follow(model, replicas, before) {
            return Settled {
                untouched: before,
                ..Settled::default()
            };
        }
        let mut order: Vec<u32> = (0..self.len() as u32).collect();
        sort(&mut order, &|a, b| {
            self.compare(model, replicas, a as usize, b as usize)
        });
        let duplicates = self.keep_firsts(model, &mut order);
        let in_place = order.iter().enumerate();
        let untouched = in_place.take_while(|(place, row)| *place == **row as usize);
        let untouched = untouched.count();
        self.arrange(&order);
        if self.waste > MOST_WASTE + self.len() {
            self.rebuild(model);
        }
        Settled {
            duplicates,
            untouched,
        }
    }

    /// Keeps only some of the rows, in their order.
    pub(super) fn retain(&mut self, model: &Model, is_kept: impl Fn(usize) -> bool) {
        let mut order: Vec<u32> = (0..self.len() as u32)
            .filter(|row| is_kept(*row as usize))
            .collect();
        self.keep_firsts(model, &mut order);
        self.arrange(&order);
        self.rebuild(model);
    }

    /// The rows from one on, in a store of their own.
    pub(super) fn from(&self, model: &Model, first: usize) -> Store {
        let mut store = Store::new(model);
        for row in first..self.len() {
            let identity = self.identities.get(row).copied().unwrap_or_default();
            store.push(model, &self.rows, row, identity);
        }
        store.index(model);
        store
    }

    /// Finds ids and what else is found by, once rows that are known to be in order have been pushed.
    pub(super) fn index(&mut self, model: &Model) {
        self.rows.mark_activities(&model.reading);
        let mut order: Vec<u32> = (0..self.len() as u32).collect();
        self.keep_firsts(model, &mut order);
    }

    /// By canonical order, then by identity.
    pub(super) fn compare(
        &self,
        model: &Model,
        replicas: &Replicas,
        a: usize,
        b: usize,
    ) -> Ordering {
        let undecided = core::cell::Cell::new(false);
        let by_rows = self.rows.compare(&model.reading, a, b, &undecided);
        by_rows.then_with(|| {
            let identity = |row: usize| self.identities.get(row).copied().unwrap_or_default();
            let (a, b) = (identity(a), identity(b));
            let key = |identity: Identity| replicas.key(identity.replica);
            key(a).cmp(&key(b)).then(a.counter.cmp(&b.counter))
        })
    }

    /// Takes the rows from one on as they are, if they come after all others and none has another's id.
    pub(super) fn follow(&mut self, model: &Model, replicas: &Replicas, before: usize) -> bool {
        self.rows.mark_activities(&model.reading);
        let follows = |row: usize| row == 0 || self.compare(model, replicas, row - 1, row).is_lt();
        if !(before..self.len()).all(follows) {
            return false;
        }
        let mut lone = (before..self.len()).filter(|row| is_lone(model, &self.rows, *row));
        let lone = match (lone.next(), lone.next(), self.lone) {
            (None, ..) => self.lone,
            (first, None, None) => first,
            _ => return false,
        };
        let Store { rows, ids, .. } = self;
        for row in before..rows.len() {
            let Some(id) = rows.id(row) else { continue };
            let hash_of =
                |number: u32, seed: u32| hash(rows.id(number as usize).unwrap_or_default(), seed);
            let is_same = |number: u32| rows.id(number as usize) == Some(id);
            if ids.meet(row as u32, &hash_of, &is_same).is_some() {
                return false;
            }
        }
        self.lone = lone;
        true
    }

    /// Leaves out of an order of rows those whose id, or whose being alone, was there before; gives the former. What
    /// is found by is then by place in that order.
    fn keep_firsts(&mut self, model: &Model, order: &mut Vec<u32>) -> Vec<Identity> {
        let Store {
            rows,
            identities,
            ids,
            lone,
            ..
        } = self;
        let mut kept: Vec<u32> = Vec::with_capacity(order.len());
        let mut duplicates = Vec::new();
        ids.reset(if rows.ids.is_empty() { 0 } else { order.len() });
        *lone = None;
        for row in order.iter().copied() {
            let place = kept.len() as u32;
            if let Some(id) = rows.id(row as usize) {
                let id_at = |number: u32| match number == place {
                    true => Some(id),
                    false => kept
                        .get(number as usize)
                        .and_then(|row| rows.id(*row as usize)),
                };
                let hash_of = |number, seed| hash(id_at(number).unwrap_or_default(), seed);
                if ids
                    .meet(place, &hash_of, &|number| id_at(number) == Some(id))
                    .is_some()
                {
                    duplicates.extend(identities.get(row as usize).copied());
                    continue;
                }
            } else if is_lone(model, rows, row as usize) {
                if lone.is_some() {
                    continue;
                }
                *lone = Some(place as usize);
            }
            kept.push(row);
        }
        *order = kept;
        duplicates
    }

    fn arrange(&mut self, order: &[u32]) {
        self.waste += self.len() - order.len();
        let Rows {
            times,
            types,
            ids,
            blocks,
            ..
        } = &mut self.rows;
        arrange(times, order, 0.0);
        arrange(types, order, 0);
        arrange(ids, order, Span::NONE);
        arrange(blocks, order, 0);
        arrange(&mut self.identities, order, Identity::default());
    }

    /// Frees the room of what was dropped.
    fn rebuild(&mut self, model: &Model) {
        let mut rows = Rows::default();
        rows.restart(&model.reading);
        for row in 0..self.len() {
            rows.push_from(&model.reading, &self.rows, row);
        }
        rows.mark_activities(&model.reading);
        self.rows = rows;
        self.waste = 0;
    }
}

/// Some of a column's rows in another order; one that is shorter than the rows is filled up, an empty one stays so.
fn arrange<T: Copy>(column: &mut Vec<T>, order: &[u32], none: T) {
    if column.is_empty() {
        return;
    }
    let moved = order
        .iter()
        .map(|row| column.get(*row as usize).copied().unwrap_or(none));
    *column = moved.collect();
}
