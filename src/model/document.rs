//! A model as a whole: from JSON to checked rules.

use super::about::check_about;
use super::audience::{Audience, read_audiences};
use super::decay::Fading;
use super::fact::{KnownFacts, KnownProgress};
use super::lint::{self, Warning};
use super::nudge::{Nudge, NudgePolicy, read_nudges, read_policy};
use super::part::{Combine, Part, read_combine, read_parts};
use super::progress::{ProgressRules, read_badges, read_checklists, read_levels, read_streaks};
use super::reading::Reading;
use super::scale::{
    Bounds, Segment, StarScale, Target, TrendRule, default_segments, read_segments, read_stars,
    read_target, read_trend,
};
use super::stage::{Stage, read_stages};
use crate::check::{Checker, Fields, Place};
use crate::condition::Facts;
use crate::error::{Error, ErrorCode, Faults};
use crate::json::{JsonFault, MAX_DEPTH, Reader};
use crate::names::Names;
use crate::path::Path;
use crate::time::Instant;
use crate::value::Value;
use alloc::{boxed::Box, format, vec::Vec};

/// Bytes of a model's text, at most.
const MAX_TEXT_BYTES: usize = 256 * 1024;

const KEYS: [&str; 27] = [
    "$schema",
    "version",
    "id",
    "name",
    "icon",
    "description",
    "startedAt",
    "period",
    "decay",
    "criteria",
    "parts",
    "combine",
    "stages",
    "target",
    "min",
    "max",
    "stars",
    "segments",
    "trend",
    "audiences",
    "streaks",
    "levels",
    "badges",
    "checklists",
    "nudges",
    "nudgePolicy",
    "examples",
];

/// The rules by which customers are scored, checked.
///
/// # Example
/// ```
/// use starwise::Model;
/// let model = Model::parse(br#"{
///     "criteria": [{ "id": "login", "kind": "event", "event": "login", "points": 10 }]
/// }"#)?;
/// assert!(model.lint().is_empty());
/// # Ok::<(), starwise::Faults>(())
/// ```
#[derive(Debug, Clone)]
pub struct Model {
    pub(crate) started_at: Path,
    pub(crate) combine: Combine,
    /// At least one; a model with `criteria` of its own is one part without an id.
    pub(crate) parts: Vec<Part>,
    pub(crate) stages: Vec<Stage>,
    pub(crate) target: Target,
    pub(crate) bounds: Bounds,
    pub(crate) stars: StarScale,
    pub(crate) segments: Vec<Segment>,
    /// Whether the segments are the model's own, not the default ones.
    pub(super) has_own_segments: bool,
    pub(crate) trend: TrendRule,
    pub(crate) audiences: Vec<Audience>,
    pub(crate) progress: ProgressRules,
    pub(crate) nudges: Vec<Nudge>,
    pub(crate) nudge_policy: NudgePolicy,
    /// What of a history all this reads.
    pub(crate) reading: Reading,
}

impl Model {
    /// Reads a model from JSON text as UTF-8 bytes.
    ///
    /// # Errors
    /// Every fault of the model, with the `model-…` codes, in the order of the document.
    pub fn parse(bytes: &[u8]) -> Result<Model, Faults> {
        if bytes.len() > MAX_TEXT_BYTES {
            let detail = format!(
                "must be at most {MAX_TEXT_BYTES} bytes, found {}",
                bytes.len()
            );
            return Err(Error::new(ErrorCode::ModelTooLarge, "model", detail).into());
        }
        let mut reader = Reader::new(bytes).map_err(not_json)?;
        let value = reader.value().map_err(not_json)?;
        reader.end().map_err(not_json)?;
        if reader.has_torn_keys() {
            let detail = "must be well-formed Unicode, found a key with a lone surrogate";
            return Err(Error::new(ErrorCode::ModelInvalidText, "model", detail).into());
        }
        Model::from_value(&value)
    }

    /// Reads a model from plain data.
    ///
    /// # Errors
    /// As [`Model::parse`].
    pub fn from_value(value: &Value) -> Result<Model, Faults> {
        let Value::Map(entries) = value else {
            let detail = format!("must be an object, found {}", value.describe_kind());
            return Err(Error::new(ErrorCode::ModelWrongType, "model", detail).into());
        };
        if value.is_deeper_than(MAX_DEPTH) {
            return Err(not_json(JsonFault::TooDeep));
        }
        let mut checker = Checker::default();
        check_duplicate_keys(&mut checker, value, &Place::root("model"));
        let model = read_model(&mut checker, entries);
        checker.finish()?;
        Ok(model)
    }

    /// What is allowed and yet looks wrong: a segment out of reach, an event counted twice, and so on.
    pub fn lint(&self) -> Vec<Warning> {
        lint::lint(self)
    }

    /// Whether scores depend on civil days, and so on the time zone.
    pub fn uses_civil_days(&self) -> bool {
        self.criteria()
            .any(|(_, criterion)| criterion.uses_civil_days())
    }

    /// Whether nudges depend on the customer's clock.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn asks_the_clock(&self) -> bool {
        let policy = &self.nudge_policy;
        policy.max_per_day.is_some() || policy.quiet_hours.is_some()
    }

    /// The number of the stage that a customer is in at an instant: the first whose condition holds of the facts.
    pub(crate) fn stage_number(&self, facts: &dyn Facts, at: Instant) -> Option<usize> {
        let mut stages = self.stages.iter();
        stages.position(|stage| stage.when.holds(facts, at))
    }

    /// The number of a part.
    pub(crate) fn part_number(&self, id: &str) -> Option<usize> {
        let mut parts = self.parts.iter();
        parts.position(|part| part.id.as_deref() == Some(id))
    }

    /// The number of a criterion over all parts.
    pub(crate) fn criterion_number(&self, id: &str) -> Option<usize> {
        self.criteria()
            .position(|(_, criterion)| *criterion.id == *id)
    }

    /// Every criterion with its part.
    pub(crate) fn criteria(&self) -> impl Iterator<Item = (&Part, &super::Criterion)> {
        self.parts
            .iter()
            .flat_map(|part| part.criteria.iter().map(move |criterion| (part, criterion)))
    }
}

fn not_json(fault: JsonFault) -> Faults {
    let code = match fault {
        JsonFault::Syntax { .. } => ErrorCode::ModelInvalidJson,
        JsonFault::TooDeep => ErrorCode::ModelTooDeep,
        JsonFault::TooLarge => ErrorCode::ModelTooLarge,
    };
    Error::new(code, "model", fault.into_detail()).into()
}

fn read_model(checker: &mut Checker, entries: &[(Box<str>, Value)]) -> Model {
    let root = Place::root("model");
    let fields = checker.entries(entries, &root, &KEYS);
    check_about(checker, fields);
    let fading = Fading::DEFAULT.read(checker, fields);
    let combine = read_combine(checker, fields);
    let mut parts = read_parts(checker, fields, fading, combine);
    let stages = read_stages(checker, fields, &parts);
    let audiences = fields
        .get("audiences")
        .map(|node| read_audiences(checker, node, &parts));
    let audiences = audiences.unwrap_or_default();
    let stars = fields.get("stars");
    let stars = stars.map_or(StarScale::Five, |node| read_stars(checker, node));
    let mut progress = read_progress(checker, fields, &parts, &stars);
    let nudges = read_all_nudges(checker, fields, &parts, &audiences, &progress);
    let policy = fields.get("nudgePolicy");
    let reading = Reading::of(&mut parts, &mut progress, !nudges.is_empty());
    Model {
        started_at: checker
            .path_at(fields, "startedAt")
            .unwrap_or_else(|| Path::name("createdAt")),
        combine,
        stages,
        parts,
        target: fields
            .get("target")
            .and_then(|node| read_target(checker, node))
            .unwrap_or(Target::Points(100.0)),
        bounds: Bounds::read(checker, fields, Bounds::NONE),
        stars,
        has_own_segments: fields.has("segments"),
        segments: fields
            .get("segments")
            .map_or_else(default_segments, |node| read_segments(checker, node)),
        trend: read_trend(checker, fields.get("trend")),
        audiences,
        progress,
        nudges,
        nudge_policy: policy.map_or_else(NudgePolicy::default, |node| read_policy(checker, node)),
        reading,
    }
}

fn read_progress(
    checker: &mut Checker,
    fields: Fields<'_, '_>,
    parts: &[Part],
    stars: &StarScale,
) -> ProgressRules {
    let streaks = fields.get("streaks");
    let streaks = streaks.map_or_else(Vec::new, |node| read_streaks(checker, node));
    let levels = fields.get("levels");
    let levels = levels.map(|node| read_levels(checker, node));
    let badges = fields.get("badges").map_or_else(Vec::new, |node| {
        read_badges(checker, node, &streaks, levels.as_ref(), stars)
    });
    let checklists = fields.get("checklists");
    let checklists = checklists.map_or_else(Vec::new, |node| read_checklists(checker, node, parts));
    ProgressRules {
        streaks,
        levels,
        badges,
        checklists,
    }
}

fn read_all_nudges(
    checker: &mut Checker,
    fields: Fields<'_, '_>,
    parts: &[Part],
    audiences: &[Audience],
    progress: &ProgressRules,
) -> Vec<Nudge> {
    let Some(node) = fields.get("nudges") else {
        return Vec::new();
    };
    let progress = KnownProgress {
        rules: progress,
        has_levels: fields.has("levels"),
        audiences,
    };
    let known = KnownFacts::new(parts, Some(progress));
    read_nudges(checker, node, &known)
}

/// A key that stands twice in one object of the text: what one of them says would be lost.
fn check_duplicate_keys(checker: &mut Checker, value: &Value, place: &Place<'_>) {
    match value {
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                check_duplicate_keys(checker, item, &place.index(index));
            }
        }
        Value::Map(entries) => {
            let mut seen = Names::default();
            for (position, (key, item)) in entries.iter().enumerate() {
                let place = place.key(key, position);
                if !seen.is_new(key.as_bytes()) {
                    let detail = "must stand only once";
                    checker.fault(ErrorCode::ModelDuplicateKey, &place, detail);
                }
                check_duplicate_keys(checker, item, &place);
            }
        }
        _ => {}
    }
}
