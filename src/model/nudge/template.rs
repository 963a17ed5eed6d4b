//! Texts with places for facts: `{stars}`, `{profile.name|there}`.

use crate::braces::{Stretch, Unbalanced, take_apart};
use crate::check::{Checker, Fields, Node, Place};
use crate::error::ErrorCode;
use crate::model::fact::{KnownFacts, Use};
use crate::model::label::{Label, read_label};
use crate::path::Path;
use crate::value::{Value, describe_text};
use alloc::{format, string::String, vec::Vec};

/// A text with places for facts, by language.
#[derive(Debug, Clone)]
pub(crate) struct Template {
    label: Label,
}

/// A stretch of a text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Piece<'t> {
    Plain(&'t str),
    /// What stands at a path of the facts, or else a text.
    Fact {
        path: Path,
        otherwise: &'t str,
    },
}

impl Template {
    /// The pieces of the text for a locale.
    pub(crate) fn pieces(&self, locale: Option<&str>) -> Vec<Piece<'_>> {
        let mut pieces = Vec::new();
        // It was checked when it was read: no piece is at fault.
        let _ = split(self.label.pick(locale), &mut |piece| pieces.push(piece));
        pieces
    }

    /// Whose numbers go with the text for a locale.
    pub(crate) fn language<'l>(&'l self, locale: Option<&'l str>) -> Option<&'l str> {
        self.label.language(locale)
    }

    /// Every path that some language's text asks for.
    pub(crate) fn paths(&self, each: &mut dyn FnMut(&Path)) {
        for text in self.label.texts() {
            let _ = split(text, &mut |piece| {
                if let Piece::Fact { path, .. } = piece {
                    each(&path);
                }
            });
        }
    }
}

/// A text with places for facts that the model knows, at a key of an object.
pub(super) fn read_template(
    checker: &mut Checker,
    fields: Fields<'_, '_>,
    key: &str,
    known: &KnownFacts<'_>,
) -> Option<Template> {
    let node = fields.get(key)?;
    let label = read_label(checker, node)?;
    match node.value {
        Value::Map(entries) => {
            for (position, (tag, value)) in entries.iter().enumerate() {
                let place = node.place.key(tag, position);
                check_text(checker, Node { value, place }, known);
            }
        }
        _ => check_text(checker, node, known),
    }
    Some(Template { label })
}

fn check_text(checker: &mut Checker, node: Node<'_, '_>, known: &KnownFacts<'_>) {
    let Value::Text(text) = node.value else {
        return;
    };
    let mut paths = Vec::new();
    let split = split(text, &mut |piece| {
        if let Piece::Fact { path, .. } = piece {
            paths.push(path);
        }
    });
    if let Err(detail) = split {
        fault(checker, &node.place, detail);
        return;
    }
    for path in paths {
        if let Some(detail) = known.fault_of(checker, &path, Use::Placeholder) {
            fault(checker, &node.place, detail);
        }
    }
}

fn fault(checker: &mut Checker, place: &Place<'_>, detail: String) {
    checker.fault(ErrorCode::ModelInvalidPlaceholder, place, detail);
}

/// Takes a text apart, up to what is wrong with it.
fn split<'t>(text: &'t str, each: &mut dyn FnMut(Piece<'t>)) -> Result<(), String> {
    let mut wrong = None;
    let balanced = take_apart(text, &mut |stretch| {
        let inside = match stretch {
            Stretch::Plain(text) => return each(Piece::Plain(text)),
            Stretch::Place(inside) => inside,
        };
        let (name, otherwise) = inside.split_once('|').unwrap_or((inside, ""));
        match Path::parse(name.trim()) {
            Some(path) => each(Piece::Fact { path, otherwise }),
            None => wrong = wrong.or(Some(inside)),
        }
    });
    if let Some(inside) = wrong {
        let shown = describe_text(inside);
        return Err(format!("must name a fact between braces, found {shown}"));
    }
    balanced.map_err(|fault| match fault {
        Unbalanced::Closed => {
            "must open a placeholder before it closes one: `}}` is a brace".into()
        }
        Unbalanced::Open => "must close its placeholder with `}`: `{{` is a brace".into(),
    })
}
