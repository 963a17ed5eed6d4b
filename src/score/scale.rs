//! From points to the score, and from the score to stars and segment.

use crate::error::{Error, ErrorCode};
use crate::model::{MIN_TARGET, Model, Segment, Stage, StarScale, Target};
use crate::number::{number_text, rounded, within};
use alloc::format;

/// `100 × points / target`, rounded to 9 decimals, halves away from zero.
pub(crate) fn score_of(points: f64, target: f64) -> f64 {
    rounded(100.0 * points / target)
}

/// The target that holds in a stage.
pub(crate) fn target_of(
    model: &Model,
    stage: Option<&Stage>,
    baseline: Option<f64>,
) -> Result<f64, Error> {
    let target = stage.and_then(|stage| stage.target).unwrap_or(model.target);
    match (target, baseline) {
        (Target::Points(points), _) => Ok(points),
        (Target::Baseline, Some(baseline)) if baseline >= MIN_TARGET && baseline.is_finite() => {
            Ok(baseline)
        }
        (Target::Baseline, Some(baseline)) => {
            let found = number_text(baseline);
            let least = number_text(MIN_TARGET);
            let detail = format!("must be a number of at least {least}, found `{found}`");
            let code = ErrorCode::OptionsInvalidBaseline;
            Err(Error::new(code, "options.baseline", detail))
        }
        (Target::Baseline, None) => Err(Error::new(
            ErrorCode::OptionsMissingBaseline,
            "options.baseline",
            "is missing, and the model's target is `baseline`",
        )),
    }
}

impl StarScale {
    /// Whole stars.
    pub(crate) fn stars(&self, score: f64) -> u8 {
        match self {
            StarScale::Five if score <= 0.0 => 0,
            StarScale::Five => (1.0 + libm::floor(score / 20.0)).min(5.0) as u8,
            StarScale::At(thresholds) => {
                thresholds.partition_point(|threshold| score >= *threshold) as u8
            }
        }
    }

    /// The real number behind the picture.
    pub(crate) fn exact(&self, score: f64) -> f64 {
        let thresholds = match self {
            StarScale::Five => return within(score / 20.0, 0.0, 5.0) + 0.0,
            StarScale::At(thresholds) => thresholds,
        };
        let end = match thresholds.as_slice() {
            [only] => (only + 1.0).max(100.0),
            [.., before, last] => (2.0 * last - before).max(100.0),
            [] => return 0.0,
        };
        let mut left: Option<(f64, f64)> = None;
        for (stars, x) in thresholds.iter().copied().chain([end]).enumerate() {
            let stars = stars as f64;
            if score < x {
                return left.map_or(0.0, |(x0, stars0)| {
                    stars0 + (stars - stars0) * ((score - x0) / (x - x0))
                });
            }
            left = Some((x, stars));
        }
        thresholds.len() as f64
    }
}

/// The number of the band the score lies in: edges `(lo, hi]`.
pub(crate) fn segment_of(segments: &[Segment], score: f64) -> usize {
    let mut segments = segments.iter();
    segments
        .position(|segment| segment.up_to.is_none_or(|up_to| score <= up_to))
        .unwrap_or_default()
}
