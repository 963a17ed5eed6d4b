//! Leaderboards: ranks of ties, neighbours, movement, and what is refused.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

use starwise::{Entry, LeaderboardOptions, Ranking, Value, leaderboard};

fn entry(id: &str, score: f64) -> Entry {
    Entry {
        id: id.into(),
        score,
        label: None,
    }
}

fn ranks(ranking: Ranking, scores: &[f64]) -> Vec<u32> {
    let entries: Vec<Entry> = scores
        .iter()
        .enumerate()
        .map(|(number, score)| Entry {
            id: Value::Number(number as f64),
            score: *score,
            label: None,
        })
        .collect();
    let options = LeaderboardOptions {
        ranking,
        ..LeaderboardOptions::default()
    };
    let board = leaderboard(&entries, &options).unwrap();
    board.rows.iter().map(|row| row.rank).collect()
}

#[test]
fn ties_are_ranked_in_three_ways() {
    let scores = [30.0, 10.0, 30.0, 50.0, 10.0, 5.0];
    assert_eq!(ranks(Ranking::Competition, &scores), [1, 2, 2, 4, 4, 6]);
    assert_eq!(ranks(Ranking::Dense, &scores), [1, 2, 2, 3, 3, 4]);
    assert_eq!(ranks(Ranking::Ordinal, &scores), [1, 2, 3, 4, 5, 6]);
}

#[test]
fn equal_scores_stand_by_number_then_by_bytes() {
    let number = |id| Entry {
        id: Value::Number(id),
        score: 1.0,
        label: None,
    };
    let entries = [
        entry("b", 1.0),
        number(10.0),
        entry("B", 1.0),
        number(9.0),
        entry("ä", 1.0),
    ];
    let board = leaderboard(&entries, &LeaderboardOptions::default()).unwrap();
    let ids: Vec<Value> = board.rows.into_iter().map(|row| row.id).collect();
    let expected: Vec<Value> = vec![9.0.into(), 10.0.into(), "B".into(), "b".into(), "ä".into()];
    assert_eq!(ids, expected);
}

#[test]
fn the_top_and_the_neighbours_come_once_each_with_the_gap_between() {
    let entries: Vec<Entry> = (0..20)
        .map(|number| entry(&format!("c{number:02}"), 100.0 - f64::from(number)))
        .collect();
    let options = LeaderboardOptions {
        top: Some(3),
        around: Some("c10".into()),
        span: 1,
        previous: vec![("c10".into(), 15), ("c00".into(), 1), ("c02".into(), 1)],
        ..LeaderboardOptions::default()
    };
    let board = leaderboard(&entries, &options).unwrap();
    let rows: Vec<(u32, bool)> = board.rows.iter().map(|row| (row.rank, row.gap)).collect();
    let expected = [
        (1, false),
        (2, false),
        (3, false),
        (10, true),
        (11, false),
        (12, false),
    ];
    assert_eq!(rows, expected);
    assert_eq!(board.size, 20);
    let movement: Vec<Option<i64>> = board.rows.iter().map(|row| row.movement).collect();
    assert_eq!(movement, [Some(0), None, Some(-2), None, Some(4), None]);
    let around = &board.rows[board.around.unwrap()];
    assert_eq!((&around.id, around.is_around), (&Value::from("c10"), true));
}

#[test]
fn ids_and_scores_are_checked() {
    let refused = |entries: &[Entry]| {
        let error = leaderboard(entries, &LeaderboardOptions::default()).unwrap_err();
        (error.code.as_str(), error.message())
    };
    assert_eq!(
        refused(&[entry("a", 1.0), entry("b", 2.0), entry("a", 3.0)]),
        (
            "entry-duplicate-id",
            "`entries[2].id` must be unique, found `a` again".into()
        )
    );
    assert_eq!(
        refused(&[entry("", 1.0)]),
        (
            "entry-invalid-id",
            "`entries[0].id` must be a text that is not empty, or a number, found an empty text"
                .into()
        )
    );
    assert_eq!(
        refused(&[entry("a", f64::NAN)]),
        (
            "entry-invalid-score",
            "`entries[0].score` must be a finite number, found `NaN`".into()
        )
    );
}
