//! Texts for people: one, or one for each language.

use crate::check::{Checker, Fields, Node};
use crate::error::ErrorCode;
use crate::link::link_fault;
use crate::value::{Value, describe_text};
use alloc::{borrow::ToOwned, boxed::Box, format, vec, vec::Vec};

/// A text by BCP 47 language tag; the first is the one for everybody else.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Label {
    /// Tag and text; a text without a language has the empty tag.
    variants: Vec<(Box<str>, Box<str>)>,
}

impl Label {
    /// No text at all, in the place of one at fault.
    pub(super) fn none() -> Label {
        Label {
            variants: Vec::new(),
        }
    }

    /// The texts of all languages.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.variants.iter().map(|(_, text)| &**text)
    }

    /// The text for a locale: its exact tag, else its language, else the first.
    pub(crate) fn pick(&self, locale: Option<&str>) -> &str {
        self.variant(locale).map_or("", |(_, text)| text)
    }

    /// Whose numbers go with the text for a locale: the locale itself where the text is in its language or in none, else the text's.
    pub(crate) fn language<'l>(&'l self, locale: Option<&'l str>) -> Option<&'l str> {
        let tag = self.variant(locale).map_or("", |(tag, _)| tag);
        let language = |tag: &'l str| tag.split('-').next().unwrap_or_default();
        let is_own = |locale: &&'l str| {
            tag.is_empty() || language(locale).eq_ignore_ascii_case(language(tag))
        };
        locale
            .filter(is_own)
            .or(Some(tag).filter(|tag| !tag.is_empty()))
    }

    fn variant(&self, locale: Option<&str>) -> Option<&(Box<str>, Box<str>)> {
        let by_tag = |tag: &str| {
            self.variants
                .iter()
                .find(|(name, _)| name.eq_ignore_ascii_case(tag))
        };
        let language = |tag: &str| tag.split('-').next().unwrap_or_default().to_owned();
        locale
            .and_then(|tag| by_tag(tag).or_else(|| by_tag(&language(tag))))
            .or(self.variants.first())
    }
}

/// A text, or an object of texts by language.
pub(super) fn read_label(checker: &mut Checker, node: Node<'_, '_>) -> Option<Label> {
    let Value::Map(entries) = node.value else {
        if !matches!(node.value, Value::Text(_) | Value::Torn(_)) {
            let expectation = "a text, or an object of texts by language";
            checker.expected(ErrorCode::ModelWrongType, node, expectation);
            return None;
        }
        let text = checker.text(node)?;
        return Some(Label {
            variants: vec![(Box::default(), text.into())],
        });
    };
    if entries.is_empty() {
        let detail = "must hold a text for at least one language";
        checker.fault(ErrorCode::ModelInvalidText, &node.place, detail);
    }
    let mut variants = Vec::new();
    for (position, (tag, value)) in entries.iter().enumerate() {
        let place = node.place.key(tag, position);
        if !is_language_tag(tag) {
            let detail = format!(
                "must be a language tag such as `en` or `pt-BR`, found {}",
                describe_text(tag)
            );
            checker.fault(ErrorCode::ModelInvalidText, &place, detail);
        }
        if let Some(text) = checker.text(Node { value, place }) {
            variants.push((tag.clone(), text.into()));
        }
    }
    Some(Label { variants })
}

/// A text at a key, or an object of texts by language.
pub(super) fn read_label_at(
    checker: &mut Checker,
    fields: Fields<'_, '_>,
    key: &'static str,
) -> Option<Label> {
    let node = fields.get(key)?;
    read_label(checker, node)
}

/// A required text at a key; the empty one where it is missing.
pub(super) fn read_required_label(
    checker: &mut Checker,
    fields: Fields<'_, '_>,
    key: &'static str,
) -> Label {
    let node = checker.required(fields, key);
    let label = node.and_then(|node| read_label(checker, node));
    label.unwrap_or_else(Label::none)
}

/// The `icon` of something: a text, an emoji as a rule.
pub(super) fn read_icon(checker: &mut Checker, fields: Fields<'_, '_>) -> Option<Box<str>> {
    let node = fields.get("icon")?;
    checker.text(node).map(Into::into)
}

/// The `href` of something.
pub(super) fn read_href(checker: &mut Checker, fields: Fields<'_, '_>) -> Option<Box<str>> {
    let node = fields.get("href")?;
    let text = checker.text(node)?;
    if let Some(expectation) = link_fault(text) {
        checker.expected(ErrorCode::ModelInvalidLink, node, expectation);
        return None;
    }
    Some(text.into())
}

/// The outer shape of BCP 47: a language of 2 to 8 letters, then subtags of 1 to 8 letters or digits.
pub(crate) fn is_language_tag(tag: &str) -> bool {
    tag.split('-').enumerate().all(|(place, subtag)| {
        let length = subtag.len();
        match place {
            0 => (2..=8).contains(&length) && subtag.bytes().all(|b| b.is_ascii_alphabetic()),
            _ => (1..=8).contains(&length) && subtag.bytes().all(|b| b.is_ascii_alphanumeric()),
        }
    })
}
