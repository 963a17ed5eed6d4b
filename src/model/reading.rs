//! What of a history a model reads: event types and paths into their data, numbered.
//!
//! Everything else of a history is checked and left where it is.

use super::audience::Audience;
use super::criterion::{CountRule, Criterion, CriterionKind};
use super::document::Model;
use super::event_match::EventMatch;
use super::part::Part;
use super::progress::{BadgeAward, ProgressRules, StepDone};
use crate::event::is_activity;
use crate::names::Names;
use crate::path::Path;
use crate::sorting::sort;
use alloc::{boxed::Box, vec::Vec};

/// The types and paths that enabled criteria name, and all that is to be shown.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reading {
    /// Types by number.
    pub(crate) types: Names,
    /// Whether the data of events of a type is read, by the type's number.
    reads_data: Vec<bool>,
    /// Whether the data of every activity is read.
    reads_all_data: bool,
    /// The paths by number, as their dot-separated texts.
    pub(crate) paths: Names,
    pub(crate) tree: PathTree,
    /// What comes back of nudges; none where the model has none.
    pub(crate) exposure: Option<Exposure>,
}

/// Where a history tells what became of nudges: type numbers, and the path to the nudge's id in their data.
#[derive(Debug, Clone)]
pub(crate) struct Exposure {
    pub(crate) shown: u32,
    pub(crate) dismissed: u32,
    pub(crate) answered: u32,
    pub(crate) nudge: Path,
}

/// The paths as the objects that they lead through; the root is the first node.
#[derive(Debug, Clone, Default)]
pub(crate) struct PathTree {
    nodes: Vec<PathNode>,
}

#[derive(Debug, Clone, Default)]
struct PathNode {
    key: Box<[u8]>,
    /// The column of the path that ends here.
    column: Option<usize>,
    children: Vec<usize>,
}

impl Reading {
    /// Collects what all of a model reads, and gives its types and paths numbers.
    pub(super) fn of(
        parts: &mut [Part],
        progress: &mut ProgressRules,
        has_nudges: bool,
    ) -> Reading {
        let mut reading = Reading::default();
        reading.tree.nodes.push(PathNode::default());
        let criteria = parts.iter_mut().flat_map(|part| &mut part.criteria);
        for criterion in criteria.filter(|criterion| criterion.enabled) {
            match &mut criterion.kind {
                CriterionKind::Event(rule) => {
                    reading.add(&mut rule.matching, Some(&mut rule.count), rule.per.as_mut());
                }
                CriterionKind::Frequency(rule) => {
                    reading.add(&mut rule.matching, Some(&mut rule.count), None);
                }
                CriterionKind::Inactivity(rule) => reading.add(&mut rule.matching, None, None),
                CriterionKind::Filter(_) => {}
            }
        }
        reading.add_progress(progress);
        if has_nudges {
            let mut nudge = Path::name("nudge");
            nudge.column = reading.number_path(&nudge);
            reading.exposure = Some(Exposure {
                shown: reading.number_type("nudge.shown", true),
                dismissed: reading.number_type("nudge.dismissed", true),
                answered: reading.number_type("nudge.answered", true),
                nudge,
            });
        }
        reading
    }

    fn add_progress(&mut self, progress: &mut ProgressRules) {
        for streak in &mut progress.streaks {
            self.add(&mut streak.matching, None, None);
        }
        for badge in &mut progress.badges {
            if let BadgeAward::Event { matching, rule, .. } = &mut badge.award {
                self.add(matching, Some(rule), None);
            }
        }
        let steps = progress.checklists.iter_mut();
        for step in steps.flat_map(|checklist| &mut checklist.steps) {
            if let StepDone::Event { matching, rule, .. } = &mut step.done {
                self.add(matching, Some(rule), None);
            }
        }
    }

    /// Whether the data of events of a type is read.
    #[inline]
    pub(crate) fn reads_data(&self, type_number: u32, name: &[u8]) -> bool {
        match self.reads_data.get(type_number as usize) {
            Some(true) => true,
            _ => self.reads_all_data && is_activity(name),
        }
    }

    /// Whether the data of every activity is read.
    pub(crate) fn reads_all_data(&self) -> bool {
        self.reads_all_data
    }

    /// Whether the data of events of a type is read by a criterion that names it.
    pub(crate) fn reads_data_of(&self, type_number: u32) -> bool {
        self.reads_data.get(type_number as usize) == Some(&true)
    }

    /// Whether data is read, of each type by number and last of every other activity.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn reads(&self) -> impl Iterator<Item = bool> {
        let named = (0..self.types.len() as u32)
            .map(|number| self.reads_data(number, self.types.get(number)));
        named.chain([self.reads_all_data])
    }

    fn add(
        &mut self,
        matching: &mut EventMatch,
        count: Option<&mut CountRule>,
        per: Option<&mut Path>,
    ) {
        let mut reads = false;
        let mut number = |path: &mut Path| {
            reads = true;
            path.column = self.number_path(path);
        };
        if let Some(condition) = &mut matching.condition {
            condition.paths_mut(&mut number);
        }
        per.into_iter().for_each(&mut number);
        let unique_by = count.and_then(|count| count.unique_by.as_mut());
        unique_by.into_iter().for_each(&mut number);
        let Some(names) = &matching.types else {
            self.reads_all_data |= reads;
            return;
        };
        for name in names {
            let number = self.number_type(name, reads);
            matching.type_numbers.push(number);
        }
        sort(&mut matching.type_numbers, &|a, b| a.cmp(&b));
        matching.type_numbers.dedup();
    }

    fn number_type(&mut self, name: &str, reads: bool) -> u32 {
        let (number, is_new) = self.types.meet(name.as_bytes());
        if is_new {
            self.reads_data.push(false);
        }
        if let Some(flag) = self.reads_data.get_mut(number as usize) {
            *flag |= reads;
        }
        number
    }

    fn number_path(&mut self, path: &Path) -> usize {
        let text = path.segments.join(".");
        let (column, is_new) = self.paths.meet(text.as_bytes());
        if is_new {
            self.tree.grow(&path.segments, column as usize);
        }
        column as usize
    }
}

impl Model {
    /// Whether every activity matters, whatever its type: to a criterion, to progress, or to a condition.
    pub(crate) fn reads_activity(&self) -> bool {
        let mut criteria = self.criteria().map(|(_, criterion)| criterion);
        let mut progress = self.progress.matching();
        criteria.any(Criterion::reads_activity)
            || progress.any(|matching| matching.types.is_none())
            || self.asks_for_latest_activity()
    }

    /// Whether an audience or a nudge asks how long ago the latest activity was.
    pub(crate) fn asks_for_latest_activity(&self) -> bool {
        self.audiences.iter().any(Audience::reads_activity)
            || self
                .nudges
                .iter()
                .any(|nudge| nudge.asks_for("daysSinceLast"))
    }
}

impl Criterion {
    fn reads_activity(&self) -> bool {
        let matches_any = |matching: &EventMatch| matching.types.is_none();
        let from_last_activity = match &self.kind {
            CriterionKind::Event(rule) => rule.decay.from_last_activity,
            _ => false,
        };
        self.enabled && (from_last_activity || self.kind.matching().is_some_and(matches_any))
    }
}

impl PathTree {
    pub(crate) const ROOT: usize = 0;

    /// The node that a key leads to from a node.
    #[inline]
    pub(crate) fn child(&self, node: usize, key: &[u8]) -> Option<usize> {
        let mut children = self.nodes.get(node)?.children.iter().copied();
        children.find(|child| self.nodes.get(*child).is_some_and(|node| *node.key == *key))
    }

    /// The column of the path that ends at a node.
    pub(crate) fn column(&self, node: usize) -> Option<usize> {
        self.nodes.get(node)?.column
    }

    /// Whether paths lead on from a node.
    pub(crate) fn leads_on(&self, node: usize) -> bool {
        self.nodes
            .get(node)
            .is_some_and(|node| !node.children.is_empty())
    }

    /// The columns of the paths that end at a node or lead through it.
    pub(crate) fn columns_below(&self, node: usize, each: &mut dyn FnMut(usize)) {
        let Some(node) = self.nodes.get(node) else {
            return;
        };
        node.column.into_iter().for_each(&mut *each);
        for child in &node.children {
            self.columns_below(*child, each);
        }
    }

    fn grow(&mut self, segments: &[Box<str>], column: usize) {
        let mut at = PathTree::ROOT;
        for segment in segments {
            at = match self.child(at, segment.as_bytes()) {
                Some(child) => child,
                None => {
                    let child = self.nodes.len();
                    self.nodes.push(PathNode {
                        key: segment.as_bytes().into(),
                        ..PathNode::default()
                    });
                    if let Some(node) = self.nodes.get_mut(at) {
                        node.children.push(child);
                    }
                    child
                }
            };
        }
        if let Some(node) = self.nodes.get_mut(at) {
            node.column = Some(column);
        }
    }
}
