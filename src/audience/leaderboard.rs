//! Leaderboards: customers by rank, with those around one of them, and who climbed.
//!
//! # Source
//! Ranks of ties: standard competition ranking (1-2-2-4), dense ranking (1-2-2-3), ordinal ranking (1-2-3-4).

use crate::error::{Error, ErrorCode};
use crate::number::number_text;
use crate::sorting::sorted_positions;
use crate::value::Value;
use alloc::{format, string::String, vec::Vec};
use core::cmp::Ordering;

/// A customer and what they are ranked by.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Who it is: a text or a number.
    pub id: Value,
    /// What decides; the greatest comes first.
    pub score: f64,
    /// What people call them.
    pub label: Option<String>,
}

/// How equal scores are ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ranking {
    /// 1, 2, 2, 4.
    #[default]
    Competition,
    /// 1, 2, 2, 3.
    Dense,
    /// 1, 2, 3, 4: ties go by id.
    Ordinal,
}

/// What of a leaderboard is wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct LeaderboardOptions {
    /// How equal scores are ranked.
    pub ranking: Ranking,
    /// So many rows from the top; none is all of them.
    pub top: Option<usize>,
    /// A customer whose neighbours are wanted too.
    pub around: Option<Value>,
    /// So many neighbours on each side.
    pub span: usize,
    /// Ranks that customers had before.
    pub previous: Vec<(Value, u32)>,
}

impl Default for LeaderboardOptions {
    fn default() -> LeaderboardOptions {
        LeaderboardOptions {
            ranking: Ranking::Competition,
            top: None,
            around: None,
            span: 2,
            previous: Vec::new(),
        }
    }
}

/// Customers by rank.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaderboard {
    /// How equal scores were ranked.
    pub ranking: Ranking,
    /// How many customers there are, shown or not.
    pub size: usize,
    /// Those at the top and those around the customer asked for, each once, by rank.
    pub rows: Vec<LeaderboardRow>,
    /// Where in the rows the customer asked for stands; none where they are not on the board.
    pub around: Option<usize>,
}

/// One customer on a leaderboard.
#[derive(Debug, Clone, PartialEq)]
pub struct LeaderboardRow {
    /// Who it is.
    pub id: Value,
    /// What people call them.
    pub label: Option<String>,
    /// What decided.
    pub score: f64,
    /// The rank, from 1 on.
    pub rank: u32,
    /// The rank before.
    pub previous_rank: Option<u32>,
    /// How many ranks they climbed; negative when they fell.
    pub movement: Option<i64>,
    /// Whether rows are left out before this one.
    pub gap: bool,
    /// Whether it is the customer asked for.
    pub is_around: bool,
}

impl Ranking {
    /// Its name in JavaScript.
    pub fn name(self) -> &'static str {
        match self {
            Ranking::Competition => "competition",
            Ranking::Dense => "dense",
            Ranking::Ordinal => "ordinal",
        }
    }
}

/// Ranks customers, the greatest score first; equal scores stand in the order of their ids: numbers first, by value, then
/// texts in byte order.
///
/// # Errors
/// `entry-invalid-id`, `entry-invalid-score`, and `entry-duplicate-id` where an id stands twice.
///
/// # Example
/// ```
/// use starwise::{Entry, LeaderboardOptions, leaderboard};
/// let entry = |id: &str, score| Entry { id: id.into(), score, label: None };
/// let entries = [entry("ann", 40.0), entry("bob", 60.0), entry("cem", 40.0), entry("dia", 10.0)];
/// let board = leaderboard(&entries, &LeaderboardOptions::default())?;
/// let ranks: Vec<u32> = board.rows.iter().map(|row| row.rank).collect();
/// assert_eq!(ranks, [1, 2, 2, 4]);
/// # Ok::<(), starwise::Error>(())
/// ```
pub fn leaderboard(entries: &[Entry], options: &LeaderboardOptions) -> Result<Leaderboard, Error> {
    let order = ordered(entries)?;
    let ranks = ranks(entries, &order, options.ranking);
    let place = options.around.as_ref().and_then(|id| {
        let mut places = order.iter();
        places.position(|position| entries.get(*position).is_some_and(|entry| entry.id == *id))
    });
    let previous = Previous::of(&options.previous);
    let top = options.top.unwrap_or(order.len());
    let near =
        place.map(|place| place.saturating_sub(options.span)..=place.saturating_add(options.span));
    let mut rows = Vec::new();
    let mut around = None;
    let mut last = None;
    for (at, (position, rank)) in order.iter().zip(&ranks).enumerate() {
        let is_near = near.as_ref().is_some_and(|near| near.contains(&at));
        let Some(entry) = entries.get(*position).filter(|_| at < top || is_near) else {
            continue;
        };
        let is_around = place == Some(at);
        if is_around {
            around = Some(rows.len());
        }
        let previous_rank = previous.rank(&entry.id);
        rows.push(LeaderboardRow {
            id: entry.id.clone(),
            label: entry.label.clone(),
            score: entry.score,
            rank: *rank,
            previous_rank,
            movement: previous_rank.map(|before| i64::from(before) - i64::from(*rank)),
            gap: last.map_or(at, |last: usize| at - last - 1) > 0,
            is_around,
        });
        last = Some(at);
    }
    Ok(Leaderboard {
        ranking: options.ranking,
        size: entries.len(),
        rows,
        around,
    })
}

/// The positions of the entries by rank.
fn ordered(entries: &[Entry]) -> Result<Vec<usize>, Error> {
    for (position, entry) in entries.iter().enumerate() {
        if !is_id(&entry.id) {
            let found = entry.id.describe();
            let detail = format!("must be a text that is not empty, or a number, found {found}");
            return Err(fault(ErrorCode::EntryInvalidId, position, "id", detail));
        }
        if !entry.score.is_finite() {
            let found = number_text(entry.score);
            let detail = format!("must be a finite number, found `{found}`");
            return Err(fault(
                ErrorCode::EntryInvalidScore,
                position,
                "score",
                detail,
            ));
        }
    }
    let compare = |one: usize, other: usize| match (entries.get(one), entries.get(other)) {
        (Some(one), Some(other)) => {
            let by_score = other.score.partial_cmp(&one.score);
            by_score
                .unwrap_or(Ordering::Equal)
                .then_with(|| compare_ids(&one.id, &other.id))
        }
        _ => Ordering::Equal,
    };
    let id_of = |position: usize| entries.get(position).map(|entry| &entry.id);
    let by_id = sorted_positions(
        entries.len(),
        &|one, other| match (id_of(one), id_of(other)) {
            (Some(one), Some(other)) => compare_ids(one, other),
            _ => Ordering::Equal,
        },
    );
    for pair in by_id.windows(2) {
        if let [one, other] = *pair
            && id_of(one) == id_of(other)
        {
            let shown = id_of(other).map(Value::describe).unwrap_or_default();
            let detail = format!("must be unique, found {shown} again");
            return Err(fault(
                ErrorCode::EntryDuplicateId,
                one.max(other),
                "id",
                detail,
            ));
        }
    }
    Ok(sorted_positions(entries.len(), &compare))
}

fn ranks(entries: &[Entry], order: &[usize], ranking: Ranking) -> Vec<u32> {
    let mut ranks: Vec<u32> = Vec::with_capacity(order.len());
    let mut before: Option<f64> = None;
    for (at, position) in order.iter().enumerate() {
        let score = entries.get(*position).map(|entry| entry.score);
        let place = u32::try_from(at + 1).unwrap_or(u32::MAX);
        let last = ranks.last().copied().unwrap_or(0);
        let is_tie = before.is_some() && before == score;
        ranks.push(match ranking {
            Ranking::Ordinal => place,
            _ if is_tie => last,
            Ranking::Competition => place,
            Ranking::Dense => last + 1,
        });
        before = score;
    }
    ranks
}

/// Numbers first, by value; then texts in byte order.
fn compare_ids(one: &Value, other: &Value) -> Ordering {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one.partial_cmp(other).unwrap_or(Ordering::Equal)
        }
        (Value::Number(_), _) => Ordering::Less,
        (_, Value::Number(_)) => Ordering::Greater,
        (Value::Text(one), Value::Text(other)) => one.cmp(other),
        _ => Ordering::Equal,
    }
}

fn is_id(id: &Value) -> bool {
    match id {
        Value::Text(text) => !text.is_empty(),
        Value::Number(number) => number.is_finite(),
        _ => false,
    }
}

fn fault(code: ErrorCode, position: usize, key: &str, detail: String) -> Error {
    Error::new(code, format!("entries[{position}].{key}"), detail)
}

/// Former ranks, by id.
struct Previous<'p> {
    ranks: &'p [(Value, u32)],
    by_id: Vec<usize>,
}

impl Previous<'_> {
    fn of(ranks: &[(Value, u32)]) -> Previous<'_> {
        let id = |position: usize| ranks.get(position).map(|(id, _)| id);
        let by_id = sorted_positions(ranks.len(), &|one, other| match (id(one), id(other)) {
            (Some(one), Some(other)) => compare_ids(one, other),
            _ => Ordering::Equal,
        });
        Previous { ranks, by_id }
    }

    fn rank(&self, id: &Value) -> Option<u32> {
        let entry = |position: usize| self.ranks.get(position);
        let found = self.by_id.partition_point(|position| {
            entry(*position).is_some_and(|(before, _)| compare_ids(before, id).is_lt())
        });
        let (found, rank) = entry(*self.by_id.get(found)?)?;
        (compare_ids(found, id).is_eq() && *found == *id).then_some(*rank)
    }
}
