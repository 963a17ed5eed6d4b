//! What went wrong, where, and what was expected: one error type for everything a caller can hand over.

use alloc::{string::String, string::ToString, vec, vec::Vec};
use core::fmt;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

/// One fault: a stable code, the place in the caller's own notation, and a sentence.
///
/// Serialises as `{ code, path, message }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// What kind of fault it is; stable across versions.
    pub code: ErrorCode,
    /// Where it is, in the caller's notation: `model.criteria[2].decay.halfLife`, `events[3].time`.
    pub path: String,
    /// What was expected and what was found, without the path.
    pub detail: String,
}

impl Error {
    pub(crate) fn new(
        code: ErrorCode,
        path: impl Into<String>,
        detail: impl Into<String>,
    ) -> Error {
        Error {
            code,
            path: path.into(),
            detail: detail.into(),
        }
    }

    /// The whole sentence: the path in backticks, what was expected, what was found.
    pub fn message(&self) -> String {
        self.to_string()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.path, self.detail)
    }
}

impl core::error::Error for Error {}

impl Serialize for Error {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Error", 3)?;
        fields.serialize_field("code", self.code.as_str())?;
        fields.serialize_field("path", &self.path)?;
        fields.serialize_field("message", &self.message())?;
        fields.end()
    }
}

/// Every fault of a model, in the order of the document; never empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Faults(Vec<Error>);

impl Faults {
    /// The list as an outcome: `Ok` when it is empty.
    pub(crate) fn none_of(list: Vec<Error>) -> Result<(), Faults> {
        if list.is_empty() {
            Ok(())
        } else {
            Err(Faults(list))
        }
    }

    /// All of them, first to last.
    pub fn as_slice(&self) -> &[Error] {
        &self.0
    }
}

impl From<Error> for Faults {
    fn from(error: Error) -> Faults {
        Faults(vec![error])
    }
}

impl IntoIterator for Faults {
    type Item = Error;
    type IntoIter = alloc::vec::IntoIter<Error>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, fault) in self.0.iter().enumerate() {
            if position > 0 {
                f.write_str("; ")?;
            }
            fault.fmt(f)?;
        }
        Ok(())
    }
}

impl core::error::Error for Faults {}

macro_rules! error_codes {
    ($($variant:ident = $text:literal : $doc:literal,)*) => {
        /// The documented kinds of faults. Each has one stable text, `<subject>-<fault>`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ErrorCode {
            $(#[doc = $doc] $variant,)*
        }

        impl ErrorCode {
            /// Every code, in the order of the documentation.
            pub const ALL: &'static [ErrorCode] = &[$(ErrorCode::$variant,)*];

            /// The stable text, as it stands in `code` of the JavaScript error.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(ErrorCode::$variant => $text,)*
                }
            }
        }
    };
}

error_codes! {
    ModelInvalidJson = "model-invalid-json": "The model's text is not JSON.",
    ModelTooLarge = "model-too-large": "The model is larger than 256 KB.",
    ModelTooDeep = "model-too-deep": "The model nests deeper than 64.",
    ModelDuplicateKey = "model-duplicate-key": "A key stands twice in one object of the model's text.",
    ModelWrongType = "model-wrong-type": "A value of the model has another type than its key asks for.",
    ModelMissingKey = "model-missing-key": "A required key is absent.",
    ModelUnknownKey = "model-unknown-key": "A key that no version of starwise knows, with the nearest known one.",
    ModelUnknownValue = "model-unknown-value": "A name that is not among the choices of its key.",
    ModelOutOfRange = "model-out-of-range": "A number, a duration or the length of a list beyond its bounds.",
    ModelInvalidId = "model-invalid-id": "An id that is not 1 to 64 of A-Z, a-z, 0-9, _ and -.",
    ModelDuplicateId = "model-duplicate-id": "Two criteria, parts, stages or segments share an id.",
    ModelInvalidDuration = "model-invalid-duration": "A duration that cannot be read, or is not of fixed length.",
    ModelInvalidPath = "model-invalid-path": "A path with an empty segment.",
    ModelInvalidText = "model-invalid-text": "A text that is empty where it may not be, in no language, or with lone surrogates.",
    ModelInvalidLink = "model-invalid-link": "An `href` that is neither http, https, mailto nor relative.",
    ModelInvalidPlaceholder = "model-invalid-placeholder": "A text with a brace left open, or a place for something that is no fact.",
    ModelUnknownReference = "model-unknown-reference": "Something names a part, criterion, streak, checklist or fact that the model does not have.",
    ModelNotRising = "model-not-rising": "Thresholds, segments or knots that do not rise.",
    ModelConflictingKeys = "model-conflicting-keys": "Keys that exclude each other, or one that needs another.",
    ModelConditionTooDeep = "model-condition-too-deep": "A condition nests deeper than 16.",
    ModelTooManyCriteria = "model-too-many-criteria": "More than 500 criteria.",
    ModelTooManyTypes = "model-too-many-types": "More than 100 event types in one criterion.",
    HistoryInvalidJson = "history-invalid-json": "The history's text is not JSON.",
    HistoryTooLarge = "history-too-large": "The history is larger than starwise takes at once.",
    HistoryTooDeep = "history-too-deep": "The history nests deeper than 64.",
    HistoryDuplicateKey = "history-duplicate-key": "One of starwise's own keys stands twice in one object of the text.",
    HistoryWrongType = "history-wrong-type": "The history is not an object, or its events are not a list.",
    HistoryMissingEvents = "history-missing-events": "The history has no `events`.",
    HistoryTooManyEvents = "history-too-many-events": "More than 1,000,000 events.",
    ProfileWrongType = "profile-wrong-type": "The profile is not an object.",
    ProfileInvalidValue = "profile-invalid-value": "The profile holds what JSON cannot carry.",
    EventWrongType = "event-wrong-type": "An event is not an object.",
    EventMissingType = "event-missing-type": "An event has no type.",
    EventInvalidType = "event-invalid-type": "An event's type is not a non-empty text without lone surrogates.",
    EventMissingTime = "event-missing-time": "An event has no time.",
    EventInvalidTime = "event-invalid-time": "An event's time is no instant.",
    EventTimeInSeconds = "event-time-in-seconds": "An event's time looks like seconds, not milliseconds.",
    EventTimeOutOfRange = "event-time-out-of-range": "An event's time is outside the range of a JavaScript date.",
    EventInvalidId = "event-invalid-id": "An event's id is not a text without lone surrogates.",
    EventIdTooLong = "event-id-too-long": "An event's id is longer than 256 bytes.",
    EventInvalidData = "event-invalid-data": "An event's data is not an object that JSON can carry.",
    LineInvalidJson = "line-invalid-json": "A line of NDJSON is not JSON.",
    LineInvalidSubject = "line-invalid-subject": "A line has no `subject`, or it is not a non-empty text.",
    ColumnsTooLarge = "columns-too-large": "More rows than starwise takes at once.",
    ColumnsLengthMismatch = "columns-length-mismatch": "A column has more or fewer rows than the others.",
    ColumnsInvalidName = "columns-invalid-name": "The name of a type is not a non-empty text.",
    ColumnsUnknownCode = "columns-unknown-code": "A row's type is not the place of a name.",
    EntryWrongType = "entry-wrong-type": "What is to be ranked is no list of entries, or an entry no object.",
    EntryInvalidId = "entry-invalid-id": "An entry's id is neither a number nor a non-empty text.",
    EntryInvalidScore = "entry-invalid-score": "An entry's score is not a finite number.",
    EntryDuplicateId = "entry-duplicate-id": "Two entries share an id.",
    LeaderboardInvalidOption = "leaderboard-invalid-option": "An option of a leaderboard is not what it can be.",
    OptionsWrongType = "options-wrong-type": "The options are not an object.",
    OptionsInvalidAt = "options-invalid-at": "`at` is no instant.",
    OptionsInvalidTimeZone = "options-invalid-time-zone": "The time zone is not known to the host.",
    OptionsInvalidDayStartHour = "options-invalid-day-start-hour": "`dayStartHour` is not a whole number from 0 to 23.",
    OptionsInvalidOnInvalid = "options-invalid-on-invalid": "`onInvalid` is neither `error` nor `skip`.",
    OptionsInvalidInclude = "options-invalid-include": "`include` names something unknown or not supported yet.",
    OptionsInvalidLocale = "options-invalid-locale": "`locale` is not a text.",
    OptionsInvalidBaseline = "options-invalid-baseline": "`baseline` is not a number above 0.",
    OptionsInvalidFrom = "options-invalid-from": "`from` is missing, no instant, or after `to`.",
    OptionsInvalidTo = "options-invalid-to": "`to` is missing or no instant.",
    OptionsInvalidStep = "options-invalid-step": "`step` is missing, or not at least 1 ms.",
    OptionsInvalidHorizon = "options-invalid-horizon": "`horizon` is not at least 1 ms.",
    OptionsTooManySteps = "options-too-many-steps": "A timeline of more than 100,000 steps.",
    OptionsUnknownNudge = "options-unknown-nudge": "`showing` is not the id of a nudge of the model.",
    OptionsInvalidReplica = "options-invalid-replica": "`replica` is not a text of 1 to 256 bytes, or not a new one.",
    OptionsAtSettled = "options-at-settled": "`at` lies before the instant up to which the ledger was compacted.",
    OptionsMissingBaseline = "options-missing-baseline": "The model's target is the baseline, and none was given.",
    PictureWrongType = "picture-wrong-type": "What is to be drawn, or something in it, has another type.",
    PictureMissingKey = "picture-missing-key": "What a picture cannot do without is absent.",
    PictureOutOfRange = "picture-out-of-range": "A number that is not finite, instants out of order, or a list that is too long.",
    PictureUnknownValue = "picture-unknown-value": "A name that is not among the choices of its key.",
    PictureInvalidLink = "picture-invalid-link": "A link that is neither relative nor one of http, https or mailto.",
    StyleWrongType = "style-wrong-type": "The style, or something in it, has another type.",
    StyleUnknownKey = "style-unknown-key": "A key of the style or of its words that starwise does not know, with the nearest known one.",
    StyleUnknownValue = "style-unknown-value": "A name of the style that is not among the choices of its key.",
    StyleOutOfRange = "style-out-of-range": "A number of the style beyond its bounds.",
    StyleInvalidColor = "style-invalid-color": "A color that cannot be read.",
    StyleInvalidPrefix = "style-invalid-prefix": "A prefix of ids that is no name.",
    StyleInvalidLocale = "style-invalid-locale": "The locale is no language tag.",
    StyleInvalidNonce = "style-invalid-nonce": "The nonce of a `<style>` element is not base64.",
    StyleInvalidWords = "style-invalid-words": "A text has a placeholder that its key does not know, or a lone brace.",
    SnapshotDamaged = "snapshot-damaged": "The bytes are no whole snapshot of a ledger.",
    SnapshotForeign = "snapshot-foreign": "The snapshot, or the ledger, is of another model.",
    SnapshotNewer = "snapshot-newer": "The snapshot is of a newer format.",
}
