//! Timelines, the next change, transitions and the next star, against scoring at each instant.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use starwise::{
    Duration, Event, History, Include, Model, Prepared, ScoreOptions, ScoreResult, TimeRange,
    Transition, TransitionKind, score, timeline, transitions, what_if,
};

use crate::conditions::on_result;
use crate::histories::{DAY, HOUR, NOW, history, moderate_amounts, recent_times};
use crate::models::{ANY, model, with_audiences};
use crate::scoring::{Json, any_options, cases, instant, moved, read_history, read_model};

const CASES: u32 = 1_500;
/// Two ways to the same number.
const SAME: f64 = 1e-9;
/// Looks between two instants for changes that were not told.
const LOOKS: i64 = 40;

/// What can change.
type State = (u8, String, Vec<String>);

fn state(result: &ScoreResult) -> State {
    (
        result.stars,
        result.segment.clone(),
        result.audiences.clone(),
    )
}

fn is_close(one: f64, other: f64) -> bool {
    (one - other).abs() <= SAME * one.abs().max(other.abs()).max(1.0)
}

/// Scores below 100 are the same to the bit; above, the ninth decimal may differ.
fn is_same_score(one: f64, other: f64) -> bool {
    one == other || (one.abs() > 99.0 && is_close(one, other))
}

/// A model with audiences, a history and options.
fn scene() -> impl Strategy<Value = (Model, History, ScoreOptions)> {
    let models = (model(ANY), vec(on_result(), 0..3));
    let models = models.prop_map(|(model, audiences)| with_audiences(&model, audiences));
    let histories = history(recent_times(), moderate_amounts());
    (models, histories, any_options()).prop_map(|(model, history, options): (Json, Json, _)| {
        (read_model(&model), read_history(&history), options)
    })
}

/// Instants where something may happen: of events, some durations later, and beside.
fn odd_instants(history: &History) -> Vec<i64> {
    let mut instants = Vec::new();
    let Some((first, last)) = history.span() else {
        return instants;
    };
    for edge in [first.millis(), last.millis()] {
        for days in [0, 1, 7, 14, 15, 30, 60, 90] {
            for beside in -1..=1 {
                instants.push(edge + days * DAY + beside);
            }
        }
    }
    instants
}

proptest! {
    #![proptest_config(cases(CASES))]

    /// A prepared history gives what scoring gives, whatever the instant.
    #[test]
    fn prepared_is_scored(
        (model, history, options) in scene(),
        instants in vec(NOW - 70 * DAY..NOW + 200 * DAY, 1..12),
    ) {
        let prepared = Prepared::new(&model, &history, &options);
        for at in instants.into_iter().chain(odd_instants(&history)) {
            let options = moved(&options, at);
            let one = prepared.score(&options).unwrap();
            let other = score(&model, &history, &options).unwrap();
            prop_assert_eq!(state(&one), state(&other));
            prop_assert!(is_same_score(one.score, other.score), "{} {}", one.score, other.score);
            prop_assert!(is_close(one.points, other.points), "{} {}", one.points, other.points);
            prop_assert_eq!(&one.stage, &other.stage);
            prop_assert_eq!(one.tenure_days, other.tenure_days);
            prop_assert_eq!(one.ignored, other.ignored);
            let delta = |result: &ScoreResult| result.trend.map_or(0.0, |trend| trend.delta);
            let moved = one.score.abs().max(delta(&one).abs());
            prop_assert!((delta(&one) - delta(&other)).abs() <= SAME * moved.max(1.0));
            prop_assert_eq!(one.contributions.len(), other.contributions.len());
            for (line, same) in one.contributions.iter().zip(&other.contributions) {
                prop_assert_eq!(&line.criterion, &same.criterion);
                prop_assert_eq!(line.count, same.count);
                for (a, b) in [
                    (line.points, same.points),
                    (line.effect, same.effect),
                    (line.lost.decay, same.lost.decay),
                    (line.lost.limit, same.lost.limit),
                    (line.lost.expired, same.lost.expired),
                ] {
                    prop_assert!(is_close(a, b), "{line:?} {same:?}");
                }
            }
        }
    }

    /// A timeline is scoring at each of its instants.
    #[test]
    fn timelines_are_scores(
        (model, history, options) in scene(),
        from in NOW - 70 * DAY..NOW + 30 * DAY,
        length in 0..100 * DAY,
        step in prop_oneof![1..5 * DAY, select(&[DAY, HOUR * 6][..])],
    ) {
        let range = TimeRange::new(instant(from), instant(from + length)).unwrap();
        let step = Duration::from_millis(step.max(length / 50 + 1) as f64).unwrap();
        let timeline = timeline(&model, &history, range, step, &options).unwrap();
        prop_assert_eq!(timeline.times.len() as i64, length / step.millis() + 1);
        for (place, at) in timeline.times.iter().enumerate() {
            prop_assert_eq!(*at as i64, from + step.millis() * place as i64);
            let known = score(&model, &history, &moved(&options, *at as i64)).unwrap();
            prop_assert!(is_same_score(timeline.score[place], known.score));
            prop_assert_eq!(timeline.stars[place], known.stars);
            prop_assert!(is_close(timeline.points[place], known.points));
        }
    }

    /// Stars and segment differ first at the next change, and nowhere before.
    #[test]
    fn the_next_change_is_the_first(
        (model, history, options) in scene(),
        horizon in select(&[DAY, 30 * DAY, 365 * DAY, 3_650 * DAY][..]),
        looks in vec(0.0..1.0, LOOKS as usize),
    ) {
        let at = options.at.millis();
        let options = ScoreOptions {
            include: Include { next_change: true, ..Include::default() },
            horizon: Duration::from_millis(horizon as f64).unwrap(),
            ..options
        };
        // What happens later is not known yet.
        let known: Vec<Event> = events_up_to(&history, at);
        let idle = History::new(known, Some(history.profile().clone())).unwrap();
        let result = score(&model, &history, &options).unwrap();
        let standing = |at| {
            let result = score(&model, &idle, &moved(&plain(&options), at)).unwrap();
            (result.stars, result.segment)
        };
        let next = result.next_change.clone().unwrap();
        let now = (result.stars, result.segment.clone());
        let end = match &next {
            Some(next) => {
                let change = next.at.millis();
                prop_assert!(change > at && change <= at + horizon);
                prop_assert_eq!(standing(change), (next.stars, next.segment.clone()));
                prop_assert_ne!(&standing(change), &now);
                prop_assert_eq!(&standing(change - 1), &now);
                change
            }
            None => at + horizon + 1,
        };
        let random = looks.into_iter().map(|look| at + ((end - at) as f64 * look) as i64);
        let odd = odd_instants(&idle).into_iter().filter(|odd| *odd > at && *odd < end);
        for look in random.chain(odd) {
            prop_assert_eq!(&standing(look), &now, "{} of {:?}", look, &next);
        }
    }

    /// Transitions tell every change, at its first ms: put one after the other they give the state at any instant.
    #[test]
    fn transitions_tell_all(
        (model, history, options) in scene(),
        from in NOW - 70 * DAY..NOW,
        length in select(&[DAY, 20 * DAY, 100 * DAY, 1_000 * DAY][..]),
        looks in vec(0.0..1.0, LOOKS as usize),
    ) {
        let range = TimeRange::new(instant(from), instant(from + length)).unwrap();
        let told = transitions(&model, &history, range, &options).unwrap();
        let at = |at| state(&score(&model, &history, &moved(&plain(&options), at)).unwrap());
        let mut state = at(from);
        let mut rest = &told[..];
        let changes = told.iter().flat_map(|one| [one.at.millis() - 1, one.at.millis()]);
        let random = looks.into_iter().map(|look| from + (length as f64 * look) as i64);
        let odd = odd_instants(&history);
        let odd = odd.into_iter().filter(|odd| *odd >= from && *odd <= from + length);
        let mut instants: Vec<i64> = changes.chain(random).chain(odd).chain([from + length]).collect();
        instants.sort_unstable();
        for look in instants {
            while let Some((next, later)) = rest.split_first()
                && next.at.millis() <= look
            {
                prop_assert!(next.at.millis() > from);
                apply(&mut state, next);
                rest = later;
            }
            let known = at(look);
            let order = |audiences: &[String]| {
                let mut sorted = audiences.to_vec();
                sorted.sort();
                sorted
            };
            prop_assert_eq!(&(state.0, &state.1, order(&state.2)), &(known.0, &known.1, order(&known.2)),
                "at {} of {:?}", look, &told);
        }
        prop_assert!(rest.is_empty());
    }

    /// The counts of the next star are the smallest that would do, and no criterion that would do is left out.
    #[test]
    fn the_next_star_is_within_reach((model, history, options) in scene()) {
        let include = Include { next_star: true, ..Include::default() };
        let asked = ScoreOptions { include, ..options.clone() };
        let options = plain(&options);
        let result = score(&model, &history, &asked).unwrap();
        let Some(next) = result.next_star.clone().unwrap() else { return Ok(()) };
        prop_assert_eq!(next.stars, result.stars + 1);
        prop_assert!(next.points >= 0.0);
        // Only types of criteria without `uniqueBy`: for those, plain events are what it means.
        for action in &next.actions {
            let text = format!("{model:?}");
            if text.contains("unique_by: Some") {
                continue;
            }
            let event_type = type_of(&text, &action.criterion);
            let stars = |count: u32| {
                let event = Event {
                    event_type: event_type.clone(),
                    time: options.at,
                    id: None,
                    data: None,
                };
                let extra = vec![event; count as usize];
                what_if(&model, &history, extra, &options).unwrap().stars
            };
            prop_assert!(stars(action.count) >= next.stars, "{action:?}");
            for count in 1..action.count.min(30) {
                prop_assert!(stars(count) < next.stars, "{count} of {action:?}");
            }
            if action.count > 1 {
                prop_assert!(stars(action.count - 1) < next.stars, "{action:?}");
            }
        }
    }
}

/// The type of an event criterion, from what a model looks like.
fn type_of(model: &str, criterion: &str) -> String {
    let (_, rest) = model.split_once(&format!("id: \"{criterion}\"")).unwrap();
    let (_, rest) = rest.split_once("types: Some([\"").unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

fn plain(options: &ScoreOptions) -> ScoreOptions {
    ScoreOptions {
        include: Include::default(),
        ..options.clone()
    }
}

fn apply(state: &mut State, transition: &Transition) {
    match &transition.kind {
        TransitionKind::Stars { from, to } => {
            assert_eq!(state.0, *from);
            state.0 = *to;
        }
        TransitionKind::Segment { from, to } => {
            assert_eq!(&state.1, from);
            state.1.clone_from(to);
        }
        TransitionKind::Audience { id, from, to } => {
            assert_eq!(state.2.contains(id), *from);
            assert_ne!(from, to);
            match to {
                true => state.2.push(id.clone()),
                false => state.2.retain(|belongs| belongs != id),
            }
        }
    }
}

/// The events of a history up to an instant.
fn events_up_to(history: &History, at: i64) -> Vec<Event> {
    history
        .events()
        .filter(|event| event.time.millis() <= at)
        .collect()
}
