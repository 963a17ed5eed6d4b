//! Facts of a result: what the conditions of audiences and nudges, and the texts of nudges, may ask for.

use super::audience::Audience;
use super::part::Part;
use super::progress::ProgressRules;
use crate::check::{Checker, Node, Place};
use crate::condition::{Condition, each_path, read_condition};
use crate::error::ErrorCode;
use crate::path::Path;
use crate::value::describe_text;
use alloc::{boxed::Box, format, string::String, vec::Vec};

/// All that a condition of an audience may begin with; the first three have names below them, the others none.
const ROOTS: [&str; 11] = [
    "profile",
    "parts",
    "counts",
    "tenureDays",
    "points",
    "score",
    "stars",
    "starsExact",
    "segment",
    "stage",
    "daysSinceLast",
];
/// How many of them have names below them.
const GROUPS: usize = 3;
/// What a condition of a nudge may begin with beside those.
const MORE_ROOTS: [&str; 7] = [
    "trend",
    "level",
    "streaks",
    "badges",
    "checklists",
    "nextStar",
    "audiences",
];

/// What a model has names for.
#[derive(Clone, Copy)]
pub(super) struct KnownFacts<'m> {
    pub(super) parts: &'m [Part],
    /// None for an audience: it is asked before any progress is known.
    pub(super) progress: Option<KnownProgress<'m>>,
}

/// What of a customer's progress a model has names for.
#[derive(Clone, Copy)]
pub(super) struct KnownProgress<'m> {
    pub(super) rules: &'m ProgressRules,
    /// Whether the model has levels, be they at fault.
    pub(super) has_levels: bool,
    pub(super) audiences: &'m [Audience],
}

/// What a fact is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    Condition,
    /// To be shown as a text.
    Placeholder,
}

/// What a path leads to.
enum Lead {
    /// A number or a text.
    Showable,
    /// True or false.
    Flag,
    /// Nothing; the end of a message that suggests the nearest name.
    Unknown(String),
}

impl KnownFacts<'_> {
    /// A condition over facts; what is no fact is a fault.
    pub(super) fn read_condition(&self, checker: &mut Checker, node: Node<'_, '_>) -> Condition {
        let mut check = |path: &str, place: &Place<'_>| {
            // One that is no path at all is a fault of the condition.
            let fault =
                Path::parse(path).and_then(|path| self.fault_of(checker, &path, Use::Condition));
            if let Some(detail) = fault {
                checker.fault(ErrorCode::ModelUnknownReference, place, detail);
            }
        };
        each_path(node.value, &node.place, &mut check);
        read_condition(checker, node)
    }

    /// What is wrong with a path; none where it leads to a fact of use.
    pub(super) fn fault_of(&self, checker: &Checker, path: &Path, used: Use) -> Option<String> {
        let found = describe_text(&path.segments.join("."));
        match self.lead(checker, path, used) {
            Lead::Unknown(hint) => Some(format!(
                "must be a fact of a result, such as `score` or `profile.plan`, found {found}{hint}"
            )),
            Lead::Flag if used == Use::Placeholder => Some(format!(
                "must place a number or a text, and {found} is true or false"
            )),
            _ => None,
        }
    }

    /// The ids of the checklists.
    pub(super) fn checklists(&self) -> Vec<&str> {
        let progress = self.progress.iter();
        let checklists = progress.flat_map(|progress| &progress.rules.checklists);
        checklists.map(|checklist| &*checklist.id).collect()
    }

    fn lead(&self, checker: &Checker, path: &Path, used: Use) -> Lead {
        let among = |ids: Vec<&str>, id: &str, lead: Lead| match ids.contains(&id) {
            true => lead,
            false => Lead::Unknown(checker.hint(id, &ids)),
        };
        let (name, rest) = path.split_first();
        match (name, rest) {
            ("profile", [_, ..]) => return Lead::Showable,
            ("parts", [id]) => {
                let parts = self.parts.iter();
                let ids = parts.filter_map(|part| part.id.as_deref()).collect();
                return among(ids, id, Lead::Showable);
            }
            ("counts", [id]) => {
                let criteria = self.parts.iter().flat_map(|part| &part.criteria);
                let ids = criteria.map(|criterion| &*criterion.id).collect();
                return among(ids, id, Lead::Showable);
            }
            (_, []) if ROOTS.iter().skip(GROUPS).any(|fact| *fact == name) => {
                return Lead::Showable;
            }
            _ => {}
        }
        let Some(progress) = &self.progress else {
            return Lead::Unknown(checker.hint(name, &ROOTS));
        };
        if let Some(lead) = progress.lead(name, rest, used, &among) {
            return lead;
        }
        let roots: Vec<&str> = ROOTS.iter().chain(&MORE_ROOTS).copied().collect();
        Lead::Unknown(checker.hint(name, &roots))
    }
}

impl KnownProgress<'_> {
    /// What a path of the facts of progress leads to; none where nothing of it begins so.
    fn lead(
        &self,
        name: &str,
        rest: &[Box<str>],
        used: Use,
        among: &dyn Fn(Vec<&str>, &str, Lead) -> Lead,
    ) -> Option<Lead> {
        let flag_if = |is_flag: bool| match is_flag {
            true => Lead::Flag,
            false => Lead::Showable,
        };
        Some(match (name, rest) {
            ("level", []) if self.has_levels => Lead::Showable,
            ("trend", [field]) => among(["delta", "direction"].into(), field, Lead::Showable),
            ("nextStar", [field]) => {
                let mut fields = Vec::from(["points"]);
                if used == Use::Placeholder {
                    fields.push("action");
                }
                among(fields, field, Lead::Showable)
            }
            ("audiences", [id]) => {
                let ids = self.audiences.iter().map(|audience| &*audience.id);
                among(ids.collect(), id, Lead::Flag)
            }
            ("badges", [id]) => {
                let ids = self.rules.badges.iter().map(|badge| &*badge.id);
                among(ids.collect(), id, Lead::Flag)
            }
            ("streaks", [id, name]) => {
                let ids = self.rules.streaks.iter().map(|streak| &*streak.id);
                let own = flag_if(&**name == "atRisk");
                let own = among(["current", "longest", "atRisk"].into(), name, own);
                among(ids.collect(), id, own)
            }
            ("checklists", [id, name]) => {
                let ids = self.rules.checklists.iter().map(|checklist| &*checklist.id);
                let own = among(["done", "share"].into(), name, flag_if(&**name == "done"));
                among(ids.collect(), id, own)
            }
            _ => return None,
        })
    }
}
