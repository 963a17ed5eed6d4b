//! Facts of a result: what the conditions of audiences and nudges, and the texts of nudges, may ask for.

use super::audience::Audience;
use super::part::Part;
use super::progress::ProgressRules;
use crate::check::{Checker, Node, Place};
use crate::condition::{Condition, each_path, read_condition};
use crate::error::ErrorCode;
use crate::path::Path;
use crate::value::describe_text;
use alloc::{format, string::String, vec::Vec};

/// Facts of every result.
const ALWAYS: [&str; 8] = [
    "tenureDays",
    "points",
    "score",
    "stars",
    "starsExact",
    "segment",
    "stage",
    "daysSinceLast",
];
/// What facts of scores begin with that have names of a model's own, and the model's key for these.
const NAMED_OF_SCORES: [(&str, &str); 2] = [("parts", "parts"), ("counts", "criteria")];
/// The same of all facts.
const NAMED: [(&str, &str); 7] = [
    ("parts", "parts"),
    ("counts", "criteria"),
    ("level", "levels"),
    ("streaks", "streaks"),
    ("badges", "badges"),
    ("checklists", "checklists"),
    ("audiences", "audiences"),
];

/// What the other facts begin with that only nudges know.
const OF_NUDGES: [&str; 2] = ["trend", "nextStar"];

/// What the conditions and texts of a model may ask for.
pub(super) struct KnownFacts<'m> {
    /// Every fact that has a name, and what it is; those of the profile have none that we know.
    facts: Vec<(String, Kind)>,
    progress: Option<KnownProgress<'m>>,
    /// What they may begin with that has the names of a model's own, and the model's key for these.
    named: &'static [(&'static str, &'static str)],
    /// What may stand there, in words.
    what: &'static str,
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

/// What a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A number or a text.
    Showable,
    /// A text that is made for people: no condition can ask for it.
    Shown,
    /// True or false.
    Flag,
}

impl<'m> KnownFacts<'m> {
    /// Those of a model; without progress for an audience, which is asked before any of that is known.
    pub(super) fn new(parts: &[Part], progress: Option<KnownProgress<'m>>) -> KnownFacts<'m> {
        let mut facts = Facts(Vec::new());
        for fact in ALWAYS {
            facts.push(fact, "", "", Kind::Showable);
        }
        for part in parts {
            if let Some(id) = &part.id {
                facts.push("parts.", id, "", Kind::Showable);
            }
            for criterion in &part.criteria {
                facts.push("counts.", &criterion.id, "", Kind::Showable);
            }
        }
        if let Some(progress) = &progress {
            progress.list(&mut facts);
        }
        KnownFacts {
            facts: facts.0,
            named: match progress {
                Some(_) => &NAMED,
                None => &NAMED_OF_SCORES,
            },
            progress,
            what: "a fact of a result, such as `score` or `profile.plan`",
        }
    }

    /// Those that a stage is chosen by, before anything is scored.
    pub(super) fn of_stages() -> KnownFacts<'m> {
        let mut facts = Facts(Vec::new());
        facts.push("tenureDays", "", "", Kind::Showable);
        KnownFacts {
            facts: facts.0,
            progress: None,
            named: &[],
            what: "`tenureDays` or a fact of the profile, such as `profile.plan`",
        }
    }

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
        if matches!(path.split_first(), ("profile", [_, ..])) {
            return None;
        }
        let wanted = path.segments.join(".");
        let found = describe_text(&wanted);
        let of_use = |kind: Kind| match used {
            Use::Condition => kind != Kind::Shown,
            Use::Placeholder => kind != Kind::Flag,
        };
        let mut facts = self.facts.iter();
        match facts.find(|(fact, _)| *fact == wanted) {
            Some((_, kind)) if of_use(*kind) => None,
            Some((_, Kind::Flag)) => Some(format!(
                "must place a number or a text, and {found} is true or false"
            )),
            _ => {
                let known = self.facts.iter().filter(|(_, kind)| of_use(*kind));
                let known: Vec<&str> = known.map(|(fact, _)| &**fact).collect();
                let hint = self.hint(checker, &wanted, &known);
                let what = self.what;
                Some(match used {
                    Use::Condition => format!("must be {what}, found {found}{hint}"),
                    Use::Placeholder => format!("must place {what}, found {found}{hint}"),
                })
            }
        }
    }

    /// The end of a message on what is no fact: what the model lacks, or the nearest fact that it has.
    fn hint(&self, checker: &Checker, wanted: &str, known: &[&str]) -> String {
        let root = wanted.split('.').next().unwrap_or_default();
        let is_of = |named: &[(&str, &str)]| named.iter().any(|(name, _)| *name == root);
        let is_of_nudges = OF_NUDGES.contains(&root) || (is_of(&NAMED) && !is_of(&NAMED_OF_SCORES));
        if self.progress.is_none() && is_of_nudges {
            return ", which only nudges may ask for".into();
        }
        let group = self.named.iter().find(|(name, _)| *name == root);
        let is_of_group = |fact: &&str| fact.split('.').next() == Some(root);
        if let Some((_, key)) = group
            && !known.iter().any(is_of_group)
        {
            return format!(", and the model has no `{key}`");
        }
        if root == "profile" {
            return String::new();
        }
        let hint = checker.hint(wanted, known);
        match known.iter().find(|fact| fact.starts_with(wanted)) {
            Some(longer) if hint.is_empty() => format!(", did you mean `{longer}`?"),
            _ => hint,
        }
    }

    /// The ids of the checklists.
    pub(super) fn checklists(&self) -> Vec<&str> {
        let progress = self.progress.iter();
        let checklists = progress.flat_map(|progress| &progress.rules.checklists);
        checklists.map(|checklist| &*checklist.id).collect()
    }
}

impl KnownProgress<'_> {
    fn list(&self, facts: &mut Facts) {
        let level = self.has_levels.then_some(("level", Kind::Showable));
        let others = [
            ("trend.delta", Kind::Showable),
            ("trend.direction", Kind::Showable),
            ("nextStar.points", Kind::Showable),
            ("nextStar.action", Kind::Shown),
        ];
        for (fact, kind) in level.into_iter().chain(others) {
            facts.push(fact, "", "", kind);
        }
        for streak in &self.rules.streaks {
            facts.push("streaks.", &streak.id, ".current", Kind::Showable);
            facts.push("streaks.", &streak.id, ".longest", Kind::Showable);
            facts.push("streaks.", &streak.id, ".freezesLeft", Kind::Showable);
            facts.push("streaks.", &streak.id, ".atRisk", Kind::Flag);
        }
        for badge in &self.rules.badges {
            facts.push("badges.", &badge.id, "", Kind::Flag);
        }
        for checklist in &self.rules.checklists {
            facts.push("checklists.", &checklist.id, ".done", Kind::Flag);
            facts.push("checklists.", &checklist.id, ".share", Kind::Showable);
        }
        for audience in self.audiences {
            facts.push("audiences.", &audience.id, "", Kind::Flag);
        }
    }
}

/// A list of facts in the making.
struct Facts(Vec<(String, Kind)>);

impl Facts {
    fn push(&mut self, before: &str, id: &str, behind: &str, kind: Kind) {
        self.0.push(([before, id, behind].concat(), kind));
    }
}
